use super::super::model_file;
use super::super::runs::{self, FeatureArgs};
use super::super::selection::TimeColumn;
use crate::context::Context;
use crate::data_format::DataFormat;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_core::table::Header;
use libchar_core::{Fault, Faults, Table, number};
use libchar_spc::forecast::{Life, Model, SMALLEST_FAILURES, Settings};
use libchar_spc::health::LAMBDA;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar spc forecast fit history.csv --unit tool --horizon 30 -o model.json
  libchar spc forecast fit history.csv --unit tool --failed failed --features temp_c,pressure_pa -o model.json

The history has one row a run, in order for each unit; a unit is one life of a tool, healthy at its start. Every unit failed at its
last run unless --failed names a column that is 1 there for those that did and 0 for those still working.";

/// Learn from recorded failures
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Fit {
    #[command(flatten)]
    history: HistoryArgs,
    #[command(flatten)]
    columns: FeatureArgs,
    /// Runs within which a failure is to be foreseen
    #[arg(long, value_name = "RUNS", default_value_t = 30)]
    horizon: usize,
    /// Runs at the start of each life that are healthy
    #[arg(long, value_name = "RUNS", default_value_t = 20)]
    healthy: usize,
    /// Weight of the newest run in the smoothed features
    #[arg(long, default_value_t = LAMBDA)]
    lambda: f64,
    /// Where the model goes
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: String,
}

/// A table of lives.
#[derive(Args)]
pub struct HistoryArgs {
    /// One row a run, one column a feature: CSV, JSON or JSON lines; `-` is standard input
    #[arg(value_name = "HISTORY", default_value = "-")]
    pub table: String,
    /// The column that tells the lives apart
    #[arg(long, value_name = "COLUMN")]
    pub unit: String,
    /// The column that is 1 at the last run of a life that ended in failure [default: every life did]
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
    let others: Vec<&str> =
        std::iter::once(args.history.unit.as_str()).chain(args.history.failed.as_deref()).collect();
    let mut features = args.columns.choose(&table, &others, ctx)?;
    let mut lives = args.history.lives(&table, &args.columns, &features, ctx)?;
    if args.columns.features.is_empty() {
        let healthy: Vec<Vec<f64>> =
            lives.iter().flat_map(|life| life.rows.iter().take(args.healthy).cloned()).collect();
        let varying = runs::varying(features.clone(), &healthy, ctx);
        if varying.len() < features.len() {
            features = varying;
            lives = args.history.lives(&table, &args.columns, &features, ctx)?;
        }
    }
    let settings =
        Settings { horizon_runs: args.horizon, healthy_runs: args.healthy, lambda: args.lambda };
    let model = Model::fit(&features, &lives, settings)
        .map_err(|fault| Faults::from(Fault::of(&table.file, fault.to_string())))?;
    ctx.write_document(&args.output, &model_file::document(&model)?)?;
    announce(&model, ctx);
    Ok(Outcome::Fine)
}

fn announce(model: &Model, ctx: &Context) {
    let lives = format!(
        "{} lives, {} failures, {} features",
        model.lives,
        model.failures,
        model.reference.features.len()
    );
    let percent =
        |share: Option<f64>| share.map_or("-".to_owned(), |s| number::significant(100.0 * s, 3));
    match &model.classifier {
        Some(classifier) => {
            let unseen = &classifier.cross_validation;
            let auc = unseen.auc.map_or("-".to_owned(), |auc| number::significant(auc, 4));
            let skill = percent(unseen.brier_skill);
            ctx.log.info("fit", format!("{lives}; on lives left out of the fit: AUC {auc}, Brier skill {skill} %"));
        }
        None => ctx.log.warning(
            "fit",
            format!("{lives}: no classifier, which needs {SMALLEST_FAILURES} failures; forecasts will not be calibrated"),
        ),
    }
}

impl HistoryArgs {
    /// The rows that are wanted.
    pub fn read(&self, ctx: &Context) -> Result<Table> {
        let source = ctx.read(&self.table)?;
        self.rows.apply(ctx, self.format.read(ctx, &source, Header::Required)?)
    }

    /// Groups the rows by unit, in the order in which the units first appear.
    pub fn lives(
        &self,
        table: &Table,
        columns: &FeatureArgs,
        features: &[String],
        ctx: &Context,
    ) -> Result<Vec<Life>, Faults> {
        let unit = table.column(&self.unit)?;
        let failed = self.failed.as_ref().map(|name| table.column(name)).transpose()?;
        let numbers = columns.rows(table, features, ctx)?;
        let mut lives: Vec<Life> = Vec::new();
        let mut index = std::collections::BTreeMap::new();
        let mut faults = Vec::new();
        for (row, values) in numbers.rows.iter().zip(numbers.values) {
            let name = table.cell(*row, unit);
            if name.is_empty() {
                faults.push(table.fault(
                    *row,
                    unit,
                    format!("empty cell in column `{}`", self.unit),
                ));
                continue;
            }
            let ended = match failed.map(|column| (column, table.cell(*row, column))) {
                None => true,
                Some((_, "1" | "true")) => true,
                Some((_, "" | "0" | "false")) => false,
                Some((column, other)) => {
                    let fault = table.fault(
                        *row,
                        column,
                        format!("`{other}` in column `{}`", table.columns[column]),
                    );
                    faults.push(fault.expected("0 or 1"));
                    continue;
                }
            };
            let at = *index.entry(name).or_insert_with(|| {
                lives.push(Life { unit: name.to_owned(), rows: Vec::new(), failed: false });
                lives.len() - 1
            });
            if failed.is_some() && lives[at].failed {
                let found = format!("unit `{name}` goes on after its failure");
                faults
                    .push(table.fault(*row, unit, found).expected("a new unit name for each life"));
                continue;
            }
            lives[at].rows.push(values);
            lives[at].failed = ended;
        }
        Faults::or(lives, faults)
    }
}
