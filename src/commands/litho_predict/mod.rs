//! Lithography: simulate a job's image and process window, predict them, keep the models that do.

mod chart;
mod external;
mod formula;
mod job_table;
mod report;
mod simulate;
mod simulators;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};

/// Simulate and predict lithography: image, process window, trade-offs of a job
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct LithoPredict {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Simulate(simulate::Simulate),
    Formula(formula::Formula),
}

pub fn run(args: LithoPredict, ctx: &Context) -> Result<Outcome> {
    match args.action {
        Action::Simulate(args) => simulate::run(&args, ctx),
        Action::Formula(args) => formula::run(&args, ctx),
    }
}
