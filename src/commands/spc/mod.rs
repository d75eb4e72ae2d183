//! Statistical process control: one file an action.

mod constants;

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
}

pub fn run(args: Spc, ctx: &Context) -> Result<Outcome> {
    match args.action {
        Action::Constants(args) => constants::run(&args, ctx),
    }
}
