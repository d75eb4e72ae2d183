//! `libchar vm`: predicts what was not measured, with a stated skill.

pub mod artifact;
mod forecast;
mod input;
mod predict;
mod train;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};

/// Virtual metrology: predict a measurement from process data, and compare the skill with baselines
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct Vm {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    // Boxed, because their arguments are large and differ in size.
    Train(Box<train::Train>),
    Predict(Box<predict::Predict>),
    Forecast(Box<forecast::Forecast>),
}

pub fn run(args: Vm, ctx: &Context) -> Result<Outcome> {
    match args.action {
        Action::Train(args) => train::run(&args, ctx),
        Action::Predict(args) => predict::run(&args, ctx),
        Action::Forecast(args) => forecast::run(&args, ctx),
    }
}
