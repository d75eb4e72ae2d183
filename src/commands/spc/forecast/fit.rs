use super::super::runs::{FeatureArgs, read};
use super::super::selection::TimeColumn;
use crate::context::Context;
use crate::data_format::DataFormat;
use crate::exit::Outcome;
use crate::told::say;
use anyhow::Result;
use clap::Args;
use libchar_core::Table;
use libchar_spc::forecast::{History, Settings};
use libchar_spc::health::LAMBDA;
use libchar_spc::run_table::Wanted;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar spc forecast fit history.csv --unit tool --horizon 30 -o model.json
  libchar spc forecast fit history.csv --unit tool --failed failed --features temp_c,pressure_pa -o model.json

The history has one row per run, in order within each unit; a unit is one life of a tool, healthy at its start. Every unit failed at its
last run, unless --failed names a column that is 1 there for units that failed and 0 for units that still work.";

/// Fit the forecast model to recorded failures
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Fit {
    #[command(flatten)]
    history: HistoryArgs,
    #[command(flatten)]
    columns: FeatureArgs,
    /// Number of runs within which a failure is predicted
    #[arg(long, value_name = "RUNS", default_value_t = 30)]
    horizon: usize,
    /// Number of healthy runs at the start of each life
    #[arg(long, value_name = "RUNS", default_value_t = 20)]
    healthy: usize,
    /// Weight of the newest run in the smoothed features
    #[arg(long, default_value_t = LAMBDA)]
    lambda: f64,
    /// File to write the model to, `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: String,
}

/// A table of lives.
#[derive(Args)]
pub struct HistoryArgs {
    /// Table with one row per run and one column per feature: CSV, JSON or JSON lines; `-` is standard input
    #[arg(value_name = "HISTORY", default_value = "-")]
    pub table: String,
    /// Column that identifies each life of a tool
    #[arg(long, value_name = "COLUMN")]
    pub unit: String,
    /// Column that is 1 at the last run of a life that ended in failure [default: every life did]
    #[arg(long, value_name = "COLUMN")]
    pub failed: Option<String>,
    #[command(flatten)]
    pub rows: TimeColumn,
    #[command(flatten)]
    pub format: DataFormat,
}

pub fn run(args: &Fit, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "spc forecast fit",
        json!({
            "history": args.history.table, "unit": args.history.unit, "failed": args.history.failed,
            "horizon": args.horizon, "healthy": args.healthy, "lambda": args.lambda,
        }),
    );
    let table = args.history.read(ctx)?;
    let Fit { horizon: horizon_runs, healthy: healthy_runs, lambda, .. } = *args;
    let settings = Settings { horizon_runs, healthy_runs, lambda };
    let history = args.history.wanted(args.columns.wanted());
    let model = history.fit(&table, settings, &mut |note| say(ctx, note))?;
    ctx.write_document(&args.output, &model.document())?;
    say(ctx, model.note());
    Ok(Outcome::Fine)
}

impl HistoryArgs {
    /// Reads the selected rows of the table.
    pub fn read(&self, ctx: &Context) -> Result<Table> {
        self.rows.apply(ctx, read(ctx, &self.format, &self.table)?)
    }

    /// The columns of the table that contain the lives, with these features.
    pub fn wanted<'a>(&'a self, columns: Wanted<'a>) -> History<'a> {
        History { unit: &self.unit, failed: self.failed.as_deref(), columns }
    }
}
