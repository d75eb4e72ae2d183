mod shown;

use super::input::Runs;
use crate::context::Context;
use crate::data_format::Na;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_assurance::forecast::{self, LEAST_JUDGED, MOST_FITTED, Settings};
use libchar_core::Format;
use libchar_history::ResultRow;
use libchar_learn::series::{LEAST_VALUES, Method};
use serde_json::json;
use shown::Shown;

/// Simulated paths for the probability of a violation.
const PATHS: usize = 20_000;
/// Most runs ahead.
const MOST_RUNS: usize = 1000;

const EXAMPLES: &str = "\
Examples:
  libchar vm forecast runs.csv --target depth_um
  libchar vm forecast runs.csv --target y --time run --runs 20 --upper 52 --risk 0.1
  libchar vm forecast runs.csv --target y --methods ewma,local-level --format json

On stdout: one row for each of the next runs, with the naive forecast beside it; how every method forecast the past is on
stderr and in the JSON document. Exit 1 when a limit is violated within these runs with at least the probability --risk.";

/// Forecast the next runs of a series, with intervals and the probability to violate a limit
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Forecast {
    #[command(flatten)]
    runs_in: Runs,
    /// Column of the series
    #[arg(long, value_name = "COLUMN")]
    target: String,
    /// Runs to forecast
    #[arg(long, value_name = "N", default_value_t = 10)]
    runs: usize,
    /// Methods to choose from: naive, ewma, local-level, ar, holt [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = method)]
    methods: Vec<Method>,
    /// Values before the first forecast by which methods are judged [default: 60 %]
    #[arg(long, value_name = "N")]
    train_rows: Option<usize>,
    /// Share of values that may lie outside their intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.05)]
    alpha: f64,
    /// Lower limit of the series
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    lower: Option<f64>,
    /// Upper limit of the series
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    upper: Option<f64>,
    /// Probability of a violation that is a finding [default: 0.05]
    #[arg(long, value_name = "P")]
    risk: Option<f64>,
    /// Seed of the simulated paths
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn method(text: &str) -> Result<Method, String> {
    let names = Method::ALL.map(Method::name).join(", ");
    Method::parse(text).ok_or_else(|| format!("expected one of: {names}"))
}

pub fn run(args: &Forecast, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "vm forecast",
        json!({ "data": args.runs_in.data, "target": args.target, "runs": args.runs, "alpha": args.alpha, "seed": args.seed }),
    );
    args.check()?;
    let table = args.runs_in.read(ctx)?;
    let column = table.table.column(&args.target).map_err(libchar_core::Faults::from)?;
    let cells = match args.runs_in.na {
        Na::Error => table.target(column)?,
        Na::Skip => {
            let values = table.numbers(&[column], Na::Skip)?.values.concat();
            values.into_iter().map(|v| Some(v).filter(|v| !v.is_nan())).collect()
        }
    };
    let series: Vec<f64> = cells.iter().flatten().copied().collect();
    let settings = args.settings(&table.table.file, series.len())?;
    if series.len() < cells.len() {
        let left = cells.len() - series.len();
        let runs = if left == 1 { "1 run has" } else { &format!("{left} runs have") };
        let message = format!("{runs} no value of `{}`: the series goes on without", args.target);
        ctx.log.warning("vm", message);
    }
    if series.len() > MOST_FITTED {
        ctx.log.info(
            "vm",
            format!("parameters are fitted to the newest {MOST_FITTED} values before each fit"),
        );
    }
    let found = forecast::forecast(&series, &settings)
        .map_err(|error| Usage(format!("{}: {error}", table.table.file)))?;
    let shown = Shown { args, settings: &settings, found: &found, values: series.len() };
    match ctx.format() {
        Format::Json => {
            let source = json!({ "file": table.table.file, "sha256": table.sha256 });
            ctx.write_document("-", &shown.document(source))?;
        }
        _ => ctx.print(&shown.frame())?,
    }
    ctx.journal.results(found.ahead.iter().enumerate().map(|(h, ahead)| ResultRow {
        point: Some(format!("run +{}", h + 1)),
        ..ResultRow::value(format!("{} forecast", args.target), ahead.value, None)
    }));
    Ok(Outcome::found(usize::from(shown.tell(ctx))))
}

impl Forecast {
    fn check(&self) -> Result<(), Usage> {
        if !(self.alpha > 0.0 && self.alpha < 1.0) {
            return Err(Usage(format!("--alpha {}: expected above 0, below 1", self.alpha)));
        }
        if self.runs == 0 || self.runs > MOST_RUNS {
            return Err(Usage(format!("--runs {}: expected 1 to {MOST_RUNS}", self.runs)));
        }
        if let Some(risk) = self.risk {
            if self.lower.is_none() && self.upper.is_none() {
                return Err(Usage(format!("--risk {risk}: state a limit by --lower or --upper")));
            }
            if !(risk > 0.0 && risk <= 1.0) {
                return Err(Usage(format!("--risk {risk}: expected above 0, at most 1")));
            }
        }
        let finite = |name: &str, value: Option<f64>| match value {
            Some(v) if !v.is_finite() => {
                Err(Usage(format!("{name} {v}: expected a finite number")))
            }
            _ => Ok(()),
        };
        finite("--lower", self.lower)?;
        finite("--upper", self.upper)?;
        match (self.lower, self.upper) {
            (Some(low), Some(high)) if low >= high => Err(Usage(format!(
                "--lower {low} --upper {high}: expected the lower limit below the upper"
            ))),
            _ => Ok(()),
        }
    }

    fn settings(&self, file: &str, values: usize) -> Result<Settings, Usage> {
        let least = LEAST_VALUES + LEAST_JUDGED;
        if values < least {
            return Err(Usage(format!(
                "{file}: {values} values of `{}`: a forecast and its judgement need at least {least}",
                self.target
            )));
        }
        let most = values - LEAST_JUDGED;
        let train = self.train_rows.unwrap_or((values * 3 / 5).clamp(LEAST_VALUES, most));
        if !(LEAST_VALUES..=most).contains(&train) {
            return Err(Usage(format!(
                "--train-rows {train}: expected {LEAST_VALUES} to {most}, as {values} values are there and at least {LEAST_JUDGED} of them judge"
            )));
        }
        let limits = (self.lower.is_some() || self.upper.is_some()).then_some((
            self.lower.unwrap_or(f64::NEG_INFINITY),
            self.upper.unwrap_or(f64::INFINITY),
        ));
        let methods = match self.methods.is_empty() {
            true => Method::ALL.to_vec(),
            false => self.methods.clone(),
        };
        Ok(Settings {
            runs: self.runs,
            train,
            alpha: self.alpha,
            methods,
            limits,
            paths: PATHS,
            seed: self.seed,
        })
    }

    fn risk(&self) -> f64 {
        self.risk.unwrap_or(0.05)
    }
}
