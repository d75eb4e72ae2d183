use clap::Args;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Simulate tickets from standard input; started by `libchar run`
#[derive(Args)]
#[command(hide = true)]
pub struct Supervise {
    /// The slot whose lock to hold
    #[arg(long)]
    slot: usize,
}

/// Runs a supervisor. It needs no configuration and writes no history: all that it must know is in its tickets.
pub fn run(args: &Supervise) -> ExitCode {
    match libchar_runner::worker::serve(Path::new(super::RUNS), args.slot) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            // A closed stderr leaves nobody to tell.
            let _ = writeln!(io::stderr(), "libchar supervise: {e}");
            ExitCode::from(2)
        }
    }
}
