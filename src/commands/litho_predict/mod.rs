//! Lithography: simulates a job's image and process window, predicts them, and manages the
//! prediction models.

pub mod alerts;
mod calibrate;
mod drift;
mod external;
mod formula;
mod jobs;
pub mod models;
mod optimise;
mod pipeline;
mod predict;
mod process;
mod profile;
pub mod registry;
mod retrain;
mod shadow;
mod simulate;
mod simulate_many;
mod simulators;
mod sweep;
mod train;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_assurance::litho::{NamedJob, TrustError, job_table};
use serde::Serialize;
use std::io::Write;

/// Turns faults of the input back into faults, so that they are printed with their places.
fn plain(error: TrustError) -> anyhow::Error {
    match error {
        TrustError::Faults(faults) => faults.into(),
        other => other.into(),
    }
}

/// Reads the jobs of a file, else of standard input, with fields that are set. Fields alone make
/// one job.
fn read_jobs(ctx: &Context, file: Option<&str>, set: &[(String, String)]) -> Result<Vec<NamedJob>> {
    Ok(match file {
        None if !set.is_empty() => job_table::from_fields(set)?,
        file => job_table::read_with(&ctx.read(file.unwrap_or("-"))?, set)?,
    })
}

/// Prints one JSON object per line.
fn lines(ctx: &Context, rows: impl IntoIterator<Item = impl Serialize>) -> Result<()> {
    let mut out = ctx.stdout();
    for row in rows {
        serde_json::to_writer(&mut out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

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
    Calibrate(calibrate::Calibrate),
    Sweep(sweep::Sweep),
    Optimise(optimise::Optimise),
    Formula(formula::Formula),
    Train(train::Train),
    Retrain(retrain::Retrain),
    Predict(predict::Predict),
    Drift(drift::Drift),
    Models(models::Models),
    Shadow(shadow::Shadow),
    Alerts(alerts::Alerts),
    Jobs(jobs::Jobs),
}

pub fn run(args: LithoPredict, ctx: &Context) -> Result<Outcome> {
    match args.action {
        Action::Simulate(args) => match &args.output {
            Some(folder) => simulate_many::run(&args, folder, ctx),
            None => simulate::run(&args, ctx),
        },
        Action::Calibrate(args) => calibrate::run(&args, ctx),
        Action::Sweep(args) => sweep::run(&args, ctx),
        Action::Optimise(args) => optimise::run(&args, ctx),
        Action::Formula(args) => formula::run(&args, ctx),
        Action::Train(args) => train::run(&args, ctx),
        Action::Retrain(args) => retrain::run(&args, ctx),
        Action::Predict(args) => predict::run(&args, ctx),
        Action::Drift(args) => drift::run(&args, ctx),
        Action::Models(args) => models::run(&args, ctx),
        Action::Shadow(args) => shadow::run(&args, ctx),
        Action::Alerts(args) => alerts::run(&args, ctx),
        Action::Jobs(args) => jobs::run(&args, ctx),
    }
}
