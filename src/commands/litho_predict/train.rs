use super::plain;
use super::process::ProcessArgs;
use super::registry::{Candidate, RegistryArgs, Store};
use crate::context::Context;
use crate::exit::{Outcome, refused};
use crate::told::{keep, measure};
use anyhow::Result;
use clap::Args;
use libchar_assurance::gate::Gate;
use libchar_assurance::litho::known_table;
use libchar_assurance::litho::tables;
use libchar_assurance::litho::training::{self, Parts, Trained, rows};
use libchar_history::registry::LITHO;
use libchar_learn::artifact;
use libchar_learn::train::Settings;
use serde_json::json;
use std::ops::Range;

/// Train a model on jobs with known results, calibrate its intervals, and register it as a candidate
#[derive(Args)]
pub struct Train {
    /// Jobs with their results as CSV, JSON or JSON lines [default: standard input]
    data: Option<String>,
    /// Rows to train on, counted from 0, both ends included [default: the first 60 %]
    #[arg(long, value_name = "A-B", value_parser = rows)]
    train_rows: Option<Range<usize>>,
    /// Rows to calibrate the intervals on [default: the next 15 %]
    #[arg(long, value_name = "A-B", value_parser = rows)]
    calibrate_rows: Option<Range<usize>>,
    /// Rows to test on [default: the rest]
    #[arg(long, value_name = "A-B", value_parser = rows)]
    test_rows: Option<Range<usize>>,
    /// Results to predict [default: all that the data has]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    targets: Vec<String>,
    /// Columns to ignore
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Share of results that may lie outside their intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.05)]
    alpha: f64,
    /// Seed of all random draws
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write the model to this file instead of registering it
    #[arg(short, long, value_name = "FILE")]
    output: Option<String>,
    #[command(flatten)]
    process: ProcessArgs,
    #[command(flatten)]
    registry: RegistryArgs,
}

/// Registers a trained model as a candidate; returns its version.
pub fn register(ctx: &Context, store: &Store, trained: &Trained) -> Result<String> {
    let report = &trained.report;
    let candidate = Candidate {
        family: LITHO.to_owned(),
        ending: "lcm",
        bytes: &trained.bytes,
        digest: artifact::digest(&trained.bytes).unwrap_or_default(),
        rows: report.train_rows,
        accuracy: Some(report.within_tolerance).filter(|v| v.is_finite()),
        critical_accuracy: report.critical_within_tolerance,
        report: serde_json::to_string(report)?,
    };
    Ok(store.register(ctx, candidate)?.1)
}

pub fn run(args: &Train, ctx: &Context) -> Result<Outcome> {
    ctx.begin("litho-predict train", json!({ "seed": args.seed, "alpha": args.alpha }));
    let source = ctx.read(args.data.as_deref().unwrap_or("-"))?;
    let mut known = known_table::read(&source, &args.targets, &args.ignore)?;
    known.jobs = args.process.run(ctx, known.jobs, false)?;
    let given = [&args.train_rows, &args.calibrate_rows, &args.test_rows].map(Clone::clone);
    let parts = Parts::of(known.jobs.len(), given).map_err(refused)?;
    let settings = Settings { alpha: args.alpha, seed: args.seed, ..Settings::default() };
    let trained = Trained::of(&known, parts, &settings).map_err(plain)?;
    let report = &trained.report;

    match &args.output {
        Some(file) => ctx.write(file, &trained.bytes)?,
        None => {
            register(ctx, &args.registry.open(ctx)?, &trained)?;
        }
    }
    keep(ctx, training::kept(report));
    ctx.print(&tables::frame(report))?;
    measure(ctx, training::accuracy(report.r2_mean));
    let missed: Vec<&Gate> = report.gates.iter().filter(|gate| !gate.passed).collect();
    missed.iter().for_each(|gate| ctx.log.warning("gate", gate.sentence()));
    Ok(Outcome::found(missed.len()))
}
