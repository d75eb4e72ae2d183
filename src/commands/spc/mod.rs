//! Statistical process control: one file per action.

mod acknowledged;
mod alerts;
mod arl;
mod baseline;
mod bench_drift;
mod capability;
mod chart;
mod choice;
mod components;
mod constants;
mod drift;
mod features;
mod forecast;
mod gage;
mod health;
mod limits;
mod measured;
mod model_file;
mod oc;
mod options;
mod picture;
mod rules;
mod runs;
mod selection;
mod tolerance;
mod watch;

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
    Chart(Box<chart::Chart>),
    Limits(Box<limits::Limits>),
    Watch(Box<watch::Watch>),
    Capability(Box<capability::Capability>),
    Gage(Box<gage::Gage>),
    Components(Box<components::Components>),
    Tolerance(Box<tolerance::Tolerance>),
    Rules(rules::Rules),
    Arl(arl::Arl),
    Oc(oc::Oc),
    Constants(constants::Constants),
    Drift(Box<drift::Drift>),
    BenchDrift(bench_drift::BenchDrift),
    Features(Box<features::Features>),
    Health(Box<health::Health>),
    Forecast(Box<forecast::Forecast>),
}

pub fn run(args: Spc, ctx: &Context) -> Result<Outcome> {
    match args.action {
        Action::Chart(args) => chart::run(&args, ctx),
        Action::Limits(args) => limits::run(&args, ctx),
        Action::Watch(args) => watch::run(&args, ctx),
        Action::Capability(args) => capability::run(&args, ctx),
        Action::Gage(args) => gage::run(&args, ctx),
        Action::Components(args) => components::run(&args, ctx),
        Action::Tolerance(args) => tolerance::run(&args, ctx),
        Action::Rules(args) => rules::run(&args, ctx),
        Action::Arl(args) => arl::run(&args, ctx),
        Action::Oc(args) => oc::run(&args, ctx),
        Action::Constants(args) => constants::run(&args, ctx),
        Action::Drift(args) => drift::run(&args, ctx),
        Action::BenchDrift(args) => bench_drift::run(&args, ctx),
        Action::Features(args) => features::run(&args, ctx),
        Action::Health(args) => health::run(&args, ctx),
        Action::Forecast(args) => forecast::run(&args, ctx),
    }
}
