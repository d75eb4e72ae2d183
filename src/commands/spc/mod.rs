//! Statistical process control: one file an action.

mod bench_drift;
mod columns;
mod constants;
mod drift;
mod features;
mod forecast;
mod health;
mod model_file;
mod runs;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};

/// Watch a process: control charts, rules, capability, drift, tool health
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct Spc {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Constants(constants::Constants),
    Drift(drift::Drift),
    BenchDrift(bench_drift::BenchDrift),
    Features(features::Features),
    Health(health::Health),
    Forecast(forecast::Forecast),
}

pub fn run(args: Spc, ctx: &Context) -> Result<Outcome> {
    match args.action {
        Action::Constants(args) => constants::run(&args, ctx),
        Action::Drift(args) => drift::run(&args, ctx),
        Action::BenchDrift(args) => bench_drift::run(&args, ctx),
        Action::Features(args) => features::run(&args, ctx),
        Action::Health(args) => health::run(&args, ctx),
        Action::Forecast(args) => forecast::run(&args, ctx),
    }
}
