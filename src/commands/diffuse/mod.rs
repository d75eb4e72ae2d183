//! `libchar diffuse`: one file an action.

mod calibrate;
mod check;
mod closed;
mod input;
mod many;
mod oxide;
mod resistivity;
mod rs;
mod run;
mod sensitivity;
mod solve;
mod sweep;
mod uniformity;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};

const EXAMPLES: &str = "\
Examples:
  libchar diffuse base.toml                              junction, sheet resistance, doses
  libchar diffuse base.toml --profile base.csv --svg base.svg
  libchar diffuse base.toml --set step.2.time='45 min' --set model.field=false
  libchar diffuse recipes/*.toml -o results              one table of all recipes, and the files of each in results/
  libchar diffuse solve base.toml --target xj_nm=600 --vary step.2.time=5min..10h
  libchar diffuse sweep base.toml --vary step.2.temperature=1000C..1100C:11 > sweep.csv
  libchar diffuse oxide --ambient dry --temp 1000C --time 30min,60min
  libchar diffuse check examples/golden --junit golden.xml";

/// Simulate diffusion, implantation and oxidation by a recipe: junctions, doses, sheet resistance
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_long_help = EXAMPLES)]
pub struct Diffuse {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    run: run::Run,
}

#[derive(Subcommand)]
enum Action {
    Run(run::Run),
    Rs(rs::Rs),
    Oxide(oxide::Oxide),
    Closed(closed::Closed),
    Resistivity(resistivity::Resistivity),
    Uniformity(uniformity::Uniformity),
    Sweep(sweep::Sweep),
    Solve(solve::Solve),
    Sensitivity(sensitivity::Sensitivity),
    Calibrate(calibrate::Calibrate),
    Check(check::Check),
}

pub fn run(args: Diffuse, ctx: &Context) -> Result<Outcome> {
    match args.action.unwrap_or(Action::Run(args.run)) {
        Action::Run(args) => one_or_many(args, ctx),
        Action::Rs(args) => rs::run(args, ctx),
        Action::Oxide(args) => oxide::run(args, ctx),
        Action::Closed(args) => closed::run(args, ctx),
        Action::Resistivity(args) => resistivity::run(args, ctx),
        Action::Uniformity(args) => uniformity::run(args, ctx),
        Action::Sweep(args) => sweep::run(args, ctx),
        Action::Solve(args) => solve::run(args, ctx),
        Action::Sensitivity(args) => sensitivity::run(args, ctx),
        Action::Calibrate(args) => calibrate::run(args, ctx),
        Action::Check(args) => check::run(args, ctx),
    }
}

fn one_or_many(args: run::Run, ctx: &Context) -> Result<Outcome> {
    match args.more.is_empty() && args.output.is_none() {
        true => run::run(args, ctx),
        false => many::run(&args, ctx),
    }
}
