use super::input::Runs;
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use crate::told::{keep, say};
use anyhow::Result;
use clap::Args;
use libchar_assurance::forecast::{self, Asked, Shown};
use libchar_assurance::runs;
use libchar_learn::series::Method;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar vm forecast runs.csv --target depth_um
  libchar vm forecast runs.csv --target y --time run --runs 20 --upper 52 --risk 0.1
  libchar vm forecast runs.csv --target y --methods ewma,local-level --format json

On stdout: one row for each of the next runs, with the naive forecast beside it; how well every method forecast the past is on
stderr and in the JSON document. Exit 1 when a limit is violated within these runs with at least the probability --risk.";

/// Forecast the next runs of a series, with intervals and the probability of violating a limit
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Forecast {
    #[command(flatten)]
    runs_in: Runs,
    /// Column of the series
    #[arg(long, value_name = "COLUMN")]
    target: String,
    /// Number of runs to forecast
    #[arg(long, value_name = "N", default_value_t = 10)]
    runs: usize,
    /// Methods to choose from: naive, ewma, local-level, ar, holt [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = method)]
    methods: Vec<Method>,
    /// Number of first values; the forecasts of the later ones judge the methods [default: 60 %]
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
    /// Exit 1 if a limit is violated with at least this probability [default: 0.05]
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
    let asked = args.asked();
    asked.check().map_err(refused)?;
    let table = args.runs_in.read(ctx)?;
    let file = &table.table.file;
    let (series, without) = runs::series(&table.table, &args.target, args.runs_in.na.into())?;
    let settings = asked.settings(file, series.len()).map_err(refused)?;
    let notes = without.into_iter().chain(forecast::long_series(series.len()));
    notes.for_each(|note| say(ctx, note));
    let found = forecast::forecast(&series, &settings)
        .map_err(|error| Usage(format!("{file}: {error}")))?;
    let shown = Shown { asked: &asked, settings: &settings, found: &found, values: series.len() };
    ctx.answer(|| shown.document(table.source()), || shown.frame())?;
    keep(ctx, shown.kept());
    shown.notes().into_iter().for_each(|note| say(ctx, note));
    Ok(Outcome::found(usize::from(shown.is_finding())))
}

impl Forecast {
    fn asked(&self) -> Asked<'_> {
        Asked {
            target: &self.target,
            runs: self.runs,
            methods: &self.methods,
            train_rows: self.train_rows,
            alpha: self.alpha,
            lower: self.lower,
            upper: self.upper,
            risk: self.risk,
            seed: self.seed,
        }
    }
}
