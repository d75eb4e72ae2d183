use super::model_file;
use super::runs::{self, FeatureArgs};
use super::selection::TimeColumn;
use crate::context::Context;
use crate::data_format::DataFormat;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_core::table::Header;
use libchar_core::{Fault, Faults, Format, Table};
use libchar_history::Alert;
use libchar_spc::health::report::{document, picture, rows};
use libchar_spc::health::{self, LAMBDA, Reference, RunHealth, Scale};
use libchar_spc::{SpcError, forecast::Model};
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar spc health features.csv --healthy 60             the first 60 runs are the reference
  libchar spc health new.csv --reference good.csv --svg health.svg
  libchar spc health new.csv --model furnace-a.json        reference and failure level of a forecast model

Exit 1 when the smoothed distance from health passes its 3 sigma limit.";

/// Score each run of a tool against its healthy runs, and name the features that differ
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Health {
    /// One row a run, one column a feature, in order: CSV, JSON or JSON lines; `-` is standard input
    #[arg(default_value = "-")]
    input: String,
    #[command(flatten)]
    columns: FeatureArgs,
    /// Healthy runs in a table of their own
    #[arg(long, value_name = "FILE", conflicts_with = "healthy")]
    reference: Option<String>,
    /// Runs at the start of the input that were healthy [default: 30]
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

const DEFAULT_HEALTHY: usize = 30;

/// Against what the runs are judged, and which of the input's runs they are.
struct Basis {
    reference: Reference,
    lambda: f64,
    failure_level: Option<f64>,
    /// Judged runs: rows of the input, from 0.
    rows: Vec<usize>,
    values: Vec<Vec<f64>>,
}

pub fn run(args: &Health, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "spc health",
        json!({
            "input": args.input, "reference": args.reference, "healthy": args.healthy,
            "model": args.model, "lambda": args.lambda, "failure_level": args.failure_level,
        }),
    );
    let source = ctx.read(&args.input)?;
    let table = args.rows.apply(ctx, args.data_format.read(ctx, &source, Header::Required)?)?;
    let basis = basis(args, &table, ctx)?;
    let scale = Scale::new(&basis.reference, basis.lambda, basis.failure_level);
    let mut runs = health::assess(&basis.reference, &basis.values, basis.lambda, scale)
        .map_err(|fault| unfit(&table.file, &fault))?;
    for (run, row) in runs.iter_mut().zip(&basis.rows) {
        run.run = row + 1;
    }
    match ctx.format() {
        Format::Json => {
            let document = document(&basis.reference, basis.lambda, scale, &runs);
            ctx.write_document("-", &document)?;
        }
        _ => ctx.print(&rows(&runs))?,
    }
    if let Some(path) = &args.svg {
        ctx.write(path, picture(&runs).as_bytes())?;
    }
    let alarms: Vec<&RunHealth> = runs.iter().filter(|run| run.alarm).collect();
    if let Some(first) = alarms.first() {
        let worst = first.contributions.first().map_or("", |c| c.feature.as_str());
        ctx.journal.alert(Alert {
            source: "spc health".to_owned(),
            severity: "warning".to_owned(),
            message: format!("health {:.2} at run {}, mostly {worst}", first.health, first.run),
            details: serde_json::to_string(first).ok(),
        });
    }
    Ok(Outcome::found(alarms.len()))
}

fn unfit(file: &str, fault: &SpcError) -> Faults {
    Fault::of(file, fault.to_string()).into()
}

fn basis(args: &Health, table: &Table, ctx: &Context) -> Result<Basis> {
    if let Some(path) = &args.model {
        let Model { reference, lambda, failure_level, .. } = model_file::read(path, ctx)?;
        let numbers = args.columns.rows(table, &reference.features, ctx)?;
        let (rows, values) = (numbers.rows, numbers.values);
        return Ok(Basis { reference, lambda, failure_level, rows, values });
    }
    let chosen = args.columns.choose(table, &[], ctx)?;
    let explicit = !args.columns.features.is_empty();
    let healthy_table = match &args.reference {
        Some(path) => {
            let source = ctx.read(path)?;
            Some(args.data_format.read(ctx, &source, Header::Required)?)
        }
        None => None,
    };
    let healthy_rows = |features: &[String]| -> Result<Vec<Vec<f64>>> {
        let mut rows =
            args.columns.rows(healthy_table.as_ref().unwrap_or(table), features, ctx)?.values;
        if healthy_table.is_none() {
            rows.truncate(args.healthy.unwrap_or(DEFAULT_HEALTHY));
        }
        Ok(rows)
    };
    let file = healthy_table.as_ref().map_or(&table.file, |table| &table.file);
    let mut rows = healthy_rows(&chosen)?;
    let mut features = chosen;
    if !explicit && !rows.is_empty() {
        let kept = runs::varying(features.clone(), &rows, ctx);
        if kept.len() < features.len() {
            rows = healthy_rows(&kept)?;
            features = kept;
        }
    }
    let reference = Reference::fit(&features, &rows).map_err(|fault| unfit(file, &fault))?;
    let mut judged = args.columns.rows(table, &features, ctx)?;
    if healthy_table.is_none() {
        let healthy = rows.len();
        judged.rows.drain(..healthy);
        judged.values.drain(..healthy);
        if judged.rows.is_empty() {
            let fault = Fault::of(
                file,
                format!("all {healthy} runs are the healthy reference: none is left to judge"),
            );
            return Err(Faults::from(
                fault.expected("more runs, a smaller --healthy, or --reference"),
            )
            .into());
        }
    }
    Ok(Basis {
        reference,
        lambda: args.lambda.unwrap_or(LAMBDA),
        failure_level: args.failure_level,
        rows: judged.rows,
        values: judged.values,
    })
}
