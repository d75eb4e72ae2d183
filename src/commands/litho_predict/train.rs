use super::plain;
use super::process::ProcessArgs;
use super::registry::{RegistryArgs, Store, now};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::evaluate::{Report, evaluate};
use libchar_assurance::litho::known::Known;
use libchar_assurance::litho::known_table;
use libchar_assurance::litho::tables;
use libchar_history::ResultRow;
use libchar_history::registry::{LITHO, NewModel};
use libchar_learn::artifact;
use libchar_learn::train::{Settings, train};
use serde_json::json;
use std::ops::Range;

/// Train a model on jobs with known results, calibrate its intervals, and register it as a candidate
#[derive(Args)]
pub struct Train {
    /// Jobs with their results as CSV, JSON or JSON lines [default: standard input]
    data: Option<String>,
    /// Rows to fit on, from 0, both ends included [default: the first 60 %]
    #[arg(long, value_name = "A-B", value_parser = rows)]
    train_rows: Option<Range<usize>>,
    /// Rows to calibrate intervals on [default: the next 15 %]
    #[arg(long, value_name = "A-B", value_parser = rows)]
    calibrate_rows: Option<Range<usize>>,
    /// Rows to test on [default: the rest]
    #[arg(long, value_name = "A-B", value_parser = rows)]
    test_rows: Option<Range<usize>>,
    /// Results to predict [default: all that the data has]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    targets: Vec<String>,
    /// Columns to leave aside
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Share of results that may lie outside their intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.05)]
    alpha: f64,
    /// Seed of everything that is drawn
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

fn rows(text: &str) -> Result<Range<usize>, String> {
    let wrong = || format!("`{text}` is not a range of rows such as 0-2399");
    let (first, last) = text.split_once('-').ok_or_else(wrong)?;
    let (first, last): (usize, usize) =
        (first.trim().parse().map_err(|_| wrong())?, last.trim().parse().map_err(|_| wrong())?);
    if first > last || last == usize::MAX {
        return Err(format!("`{text}` has no rows: the last one comes before the first"));
    }
    Ok(first..last + 1)
}

/// The three parts of the rows.
pub struct Parts {
    pub train: Range<usize>,
    pub calibrate: Range<usize>,
    pub test: Range<usize>,
}

/// A model with its evaluation, and as it is written.
pub struct Trained {
    pub report: Report,
    bytes: Vec<u8>,
}

impl Trained {
    /// Fits, calibrates and tests on three parts of the rows.
    pub fn of(known: &Known, parts: Parts, settings: &Settings) -> Result<Trained> {
        let names = known.names(parts.train.clone());
        let fit = known.rows(parts.train.clone(), &names).map_err(plain)?;
        let held = known.rows(parts.calibrate, &names).map_err(plain)?;
        let test = known.rows(parts.test.clone(), &names).map_err(plain)?;
        let model = train(&names, &fit, &held, settings)?;
        let rows = parts.train.len();
        let report = evaluate(&model, known, parts.test, &test, rows, &held)?;
        let bytes = artifact::encode(&model);
        Ok(Trained { report, bytes })
    }

    /// Registers it as a candidate; returns its version.
    pub fn register(&self, ctx: &Context, store: &Store) -> Result<String> {
        let digest = artifact::digest(&self.bytes).unwrap_or_default();
        let id = format!("m{}", &digest[..12]);
        let artifact_path = format!("models/{id}.lcm");
        let new = NewModel {
            model_id: id,
            family: LITHO.to_owned(),
            trained_at: now(),
            training_samples: self.report.train_rows as u64,
            overall_accuracy: Some(self.report.within_tolerance).filter(|v| v.is_finite()),
            critical_accuracy: self.report.critical_within_tolerance,
            artifact_path,
            artifact_sha256: digest,
            report: serde_json::to_string(&self.report)?,
        };
        store.register(ctx, &new, &self.bytes)
    }
}

/// Leaves in the history how good the model is, by result.
pub fn leave_results(ctx: &Context, report: &Report) {
    let mut all = vec![
        ResultRow::value("r2_mean", report.r2_mean.unwrap_or(f64::NAN), None),
        ResultRow::value("within_tolerance", report.within_tolerance, None),
        ResultRow::value("error_mean", report.error_mean, None),
    ];
    for t in &report.targets {
        let values = [("r2", t.r2.unwrap_or(f64::NAN)), ("rmse", t.rmse), ("coverage", t.coverage)];
        all.extend(values.map(|(measure, value)| ResultRow {
            point: Some(t.target.clone()),
            ..ResultRow::value(measure, value, None)
        }));
    }
    ctx.journal.results(all);
}

pub fn run(args: &Train, ctx: &Context) -> Result<Outcome> {
    ctx.begin("litho-predict train", json!({ "seed": args.seed, "alpha": args.alpha }));
    let source = ctx.read(args.data.as_deref().unwrap_or("-"))?;
    let mut known = known_table::read(&source, &args.targets, &args.ignore)?;
    known.jobs = args.process.run(ctx, known.jobs, false)?;
    let parts = args.parts(known.jobs.len())?;
    let settings = Settings { alpha: args.alpha, seed: args.seed, ..Settings::default() };
    let trained = Trained::of(&known, parts, &settings)?;
    let report = &trained.report;

    match &args.output {
        Some(file) => ctx.write(file, &trained.bytes)?,
        None => {
            trained.register(ctx, &args.registry.open(ctx)?)?;
        }
    }
    leave_results(ctx, report);
    ctx.print(&tables::frame(report))?;
    let metrics = &mut ctx.metrics.borrow_mut();
    let help = "Mean R2 of the model on its test rows";
    if let Some(r2) = report.r2_mean {
        metrics.gauge("lto_model_accuracy_score", help, &[], r2);
    }
    for gate in report.gates.iter().filter(|gate| !gate.passed) {
        let found = gate.found.map_or("unknown".to_owned(), |found| format!("{found:.4}"));
        ctx.log.warning(
            "gate",
            format!("{} is {found}, limit {}: not fit for production", gate.gate, gate.limit),
        );
    }
    Ok(Outcome::found(report.gates.iter().filter(|gate| !gate.passed).count()))
}

impl Train {
    fn parts(&self, rows: usize) -> Result<Parts> {
        let (fit, held) = (rows * 60 / 100, rows * 75 / 100);
        let part = |given: &Option<Range<usize>>, default| given.clone().unwrap_or(default);
        let parts = Parts {
            train: part(&self.train_rows, 0..fit),
            calibrate: part(&self.calibrate_rows, fit..held),
            test: part(&self.test_rows, held..rows),
        };
        let named = [
            ("--train-rows", &parts.train),
            ("--calibrate-rows", &parts.calibrate),
            ("--test-rows", &parts.test),
        ];
        for (i, (name, range)) in named.iter().enumerate() {
            if range.end > rows {
                let message = format!("{name}: row {} of {rows}, counted from 0", range.end - 1);
                return Err(Usage(message).into());
            }
            for (other, earlier) in &named[..i] {
                if range.start < earlier.end && earlier.start < range.end {
                    let message = format!(
                        "{other} and {name} share rows: a model must not be judged on what it learned"
                    );
                    return Err(Usage(message).into());
                }
            }
        }
        Ok(parts)
    }
}
