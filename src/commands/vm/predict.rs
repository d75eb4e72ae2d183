use super::artifact;
use super::input::Runs;
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use crate::registry::RegistryArgs;
use crate::told::{keep, say};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_assurance::intervals::Interval;
use libchar_assurance::predict::{Rule, replay};
use libchar_assurance::predicted::Predicted;
use libchar_assurance::runs::Questions;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar vm predict new.csv --model depth.json
  libchar vm predict new.csv --lower 43.5 --upper 44.5 --risk 0.05
  libchar vm predict new.csv --tolerance 0.4 --risk 0.05 --format json

Rows are runs in the order of time. A number in the column of the target is a measurement: it shows how many runs lay
inside their intervals so far, corrects later predictions, and counts in the decision which runs to measure.
Exit 1 when a run's inputs lie outside the range of the training runs.";

/// Which interval is used
#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// One fixed width, from held-out errors by group or forward in time
    Static,
    /// A width that follows the errors of measured runs
    Adaptive,
}

/// Predict runs with intervals, the contribution of each feature, and whether to measure
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Predict {
    #[command(flatten)]
    runs: Runs,
    /// Model: a file, version or id [default: the one in production]
    #[arg(short, long, value_name = "MODEL")]
    model: Option<String>,
    /// Kind of interval [default: the one that kept its coverage in the evaluation]
    #[arg(long, value_enum)]
    interval: Option<Kind>,
    /// Lower limit of the target: a run need not be measured if its interval stays above it
    #[arg(long, value_name = "VALUE")]
    lower: Option<f64>,
    /// Upper limit of the target
    #[arg(long, value_name = "VALUE")]
    upper: Option<f64>,
    /// Greatest error allowed for a run that is not measured, in place of limits
    #[arg(long, value_name = "VALUE", conflicts_with_all = ["lower", "upper"])]
    tolerance: Option<f64>,
    /// Greatest share of wrong skips allowed; the upper 95 % bound of Wilson must not exceed it
    #[arg(long, value_name = "SHARE", default_value_t = 0.05)]
    risk: f64,
    /// Number of runs from a run to its measurement [default: as in training]
    #[arg(long, value_name = "RUNS")]
    delay: Option<usize>,
    #[command(flatten)]
    registry: RegistryArgs,
}

pub fn run(args: &Predict, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "vm predict",
        json!({ "data": args.runs.data, "model": args.model, "risk": args.risk }),
    );
    let rule = Rule::of((args.tolerance, args.lower, args.upper), args.risk).map_err(refused)?;
    let loaded = artifact::choose(&args.registry, ctx, args.model.as_deref())?;
    let table = args.runs.read(ctx)?.table;
    let na = args.runs.na.into();
    let hear = &mut |note| say(ctx, note);
    let asked = Questions::of(&table, &loaded.model, na, hear).map_err(refused)?;
    let interval = match args.interval {
        Some(Kind::Static) => Interval::Static,
        Some(Kind::Adaptive) => Interval::Adaptive,
        None => loaded.model.interval.kind,
    };
    let trained = loaded.model.update.as_ref().map_or(1, |update| update.delay);
    let delay = args.delay.unwrap_or(trained);
    if delay == 0 {
        return Err(Usage("--delay 0: expected 1 or more".to_owned()).into());
    }
    let mut model = loaded.model.clone();
    model.update.iter_mut().for_each(|update| update.delay = delay);
    let found = replay(&model, &loaded.fitted, &asked.x, &asked.truth, interval, rule, delay);
    let version = &loaded.version;
    let shown = Predicted { model: &model, version, asked: &asked, found: &found, interval, rule };
    ctx.answer(|| shown.document(), || shown.frame())?;
    keep(ctx, shown.kept());
    shown.notes().into_iter().for_each(|note| say(ctx, note));
    Ok(Outcome::found(shown.beyond()))
}
