use crate::cli::Cli;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

/// Print the completion script for a shell
#[derive(Args)]
pub struct Completions {
    /// Name of the shell
    shell: Shell,
}

pub fn run(args: Completions, ctx: &Context) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "libchar", &mut script);
    ctx.write("-", &script)?;
    Ok(Outcome::Fine)
}
