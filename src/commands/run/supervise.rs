use clap::Args;
use libchar_runner::cluster::submission;
use libchar_runner::worker;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Simulate tickets from standard input; started by `libchar run` and `libchar tune`
#[derive(Args)]
#[command(hide = true)]
pub struct Supervise {
    /// The slot whose lock to hold
    #[arg(long, required_unless_present = "submission")]
    slot: Option<usize>,
    /// The folder of the attempts and of the slots' locks
    #[arg(long, default_value = super::RUNS)]
    runs: PathBuf,
    /// Simulate the tickets of a cluster job instead: the folder of its submission
    #[arg(long)]
    submission: Option<PathBuf>,
    /// The job's element, from 0, if no environment variable gives it
    zero: Option<usize>,
}

/// Runs a supervisor. It needs no configuration and writes no history: its tickets contain
/// everything.
pub fn run(args: &Supervise) -> ExitCode {
    let result = match &args.submission {
        Some(folder) => submission::supervise(folder, args.zero),
        None => worker::serve(&args.runs, args.slot.unwrap_or(0)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            // If stderr is closed, nobody can be told.
            let _ = writeln!(io::stderr(), "libchar supervise: {e}");
            ExitCode::from(2)
        }
    }
}
