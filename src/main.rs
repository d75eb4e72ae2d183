//! The `libchar` command: parse, dispatch, exit code.

mod choice;
mod cli;
mod commands;
mod context;
mod data_format;
mod domain;
mod effect;
mod exit;
mod families;
mod journal;
mod log;
mod metrics;
mod netlists;
mod nodes;
mod point_list;
mod presets;
mod provenance;
mod registry;
mod sources;
mod stage;
mod stale;
mod trust;
mod validated_core;
mod who;

use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::Cli::read();
    if let commands::Command::Supervise(args) = &cli.command {
        return commands::run::supervise::run(args);
    }
    let exit_zero = cli.global.exit_zero;
    let result = context::Context::new(cli.global).and_then(|ctx| {
        let result = commands::run(cli.command, &ctx);
        ctx.close(&result)?;
        result
    });
    exit::code(&result, exit_zero)
}
