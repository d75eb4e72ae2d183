use super::alerts::alert;
use super::model_file;
use super::runs::{FeatureArgs, read};
use super::selection::TimeColumn;
use crate::context::Context;
use crate::data_format::DataFormat;
use crate::exit::Outcome;
use crate::told::say;
use anyhow::Result;
use clap::Args;
use libchar_core::Table;
use libchar_spc::forecast::Model;
use libchar_spc::health::{Asked, Study};
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar spc health features.csv --healthy 60             the first 60 runs are the reference
  libchar spc health new.csv --reference good.csv --svg health.svg
  libchar spc health new.csv --model furnace-a.json        reference and failure level of a forecast model

Exit 1 when the smoothed distance from the healthy runs exceeds its 3 sigma limit.";

/// Score each run of a tool against its healthy runs, and name the features that differ
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Health {
    /// Table with one row per run, in order, and one column per feature: CSV, JSON or JSON lines; `-` is standard input
    #[arg(default_value = "-")]
    input: String,
    #[command(flatten)]
    columns: FeatureArgs,
    /// Table of healthy runs, in place of the first runs of the input
    #[arg(long, value_name = "FILE", conflicts_with = "healthy")]
    reference: Option<String>,
    /// Number of healthy runs at the start of the input [default: 30]
    #[arg(long, value_name = "N")]
    healthy: Option<usize>,
    /// Take reference, smoothing and failure level from a forecast model
    #[arg(long, value_name = "FILE", conflicts_with_all = ["reference", "healthy", "lambda", "failure_level", "features", "patterns", "ignore"])]
    model: Option<String>,
    /// Weight of the newest run in the smoothed distance [default: 0.1]
    #[arg(long)]
    lambda: Option<f64>,
    /// Smoothed ln T² at which the tool fails: health is 0 there
    #[arg(long, value_name = "LN_T2", allow_negative_numbers = true)]
    failure_level: Option<f64>,
    /// Draw the trend of health
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
    #[command(flatten)]
    rows: TimeColumn,
    #[command(flatten)]
    data_format: DataFormat,
}

pub fn run(args: &Health, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "spc health",
        json!({
            "input": args.input, "reference": args.reference, "healthy": args.healthy,
            "model": args.model, "lambda": args.lambda, "failure_level": args.failure_level,
        }),
    );
    let table = args.rows.apply(ctx, read(ctx, &args.data_format, &args.input)?)?;
    let study = study(args, &table, ctx)?;
    ctx.answer(|| study.document(), || study.frame())?;
    if let Some(path) = &args.svg {
        ctx.write(path, study.picture().as_bytes())?;
    }
    if let Some(first) = study.alarms().next() {
        let details = serde_json::to_string(first).ok();
        alert(ctx, "spc health", "warning", first.sentence(), details);
    }
    Ok(Outcome::found(study.alarms().count()))
}

/// Judges the runs of a table by a model, by the runs of a separate table, or by the first runs.
fn study(args: &Health, table: &Table, ctx: &Context) -> Result<Study> {
    let tell = &mut |note| say(ctx, note);
    let columns = args.columns.wanted();
    if let Some(path) = &args.model {
        let Model { reference, lambda, failure_level, .. } = model_file::read(path, ctx)?;
        return Ok(Study::known(table, &columns, reference, lambda, failure_level, tell)?);
    }
    let Health { healthy, lambda, failure_level, .. } = *args;
    let asked = Asked { columns, healthy, lambda, failure_level };
    let reference = args.reference.as_ref().map(|path| read(ctx, &args.data_format, path));
    Ok(asked.study(table, reference.transpose()?.as_ref(), tell)?)
}
