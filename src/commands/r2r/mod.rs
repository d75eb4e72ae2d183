//! `libchar r2r`: steer the next run without hiding faults.

mod design;
mod plant;
mod simulate;
mod step;
mod trim;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};

/// Run-to-run control: what a controller costs, gains and hides
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct R2r {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Design(design::Design),
    Step(Box<step::Step>),
    Trim(Box<trim::Trim>),
    Simulate(Box<simulate::Simulate>),
}

pub fn run(args: R2r, ctx: &Context) -> Result<Outcome> {
    match args.action {
        Action::Design(args) => design::run(&args, ctx),
        Action::Step(args) => step::run(&args, ctx),
        Action::Trim(args) => trim::run(&args, ctx),
        Action::Simulate(args) => simulate::run(&args, ctx),
    }
}
