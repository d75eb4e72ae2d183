//! The `libchar` command: parse, dispatch, exit code.

mod answers;
mod cli;
mod commands;
mod context;
mod data_format;
mod domain;
mod effect;
mod exit;
mod families;
mod freshness;
mod global;
mod journal;
mod last_words;
mod log;
mod many;
mod notify;
mod preflight;
mod record;
mod registry;
mod resources;
mod sources;
mod stage;
mod told;
mod who;

use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::Cli::read();
    if let commands::Command::Supervise(args) = &cli.command {
        return commands::run::supervise::run(args);
    }
    // If this fails, the signal keeps its default action.
    let _ = libchar_runner::signals::say_when_a_file_is_too_large();
    let (exit_zero, format) = (cli.global.exit_zero, cli.global.log_format);
    match context::Context::new(cli.global) {
        Ok(ctx) => {
            let result = commands::run(cli.command, &ctx);
            let result = ctx.close(&result).and(result);
            last_words::code(&result, exit_zero, &ctx.log)
        }
        Err(error) => last_words::code(&Err(error), exit_zero, &log::Log::early(format)),
    }
}
