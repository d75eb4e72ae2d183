use super::alerts::alerts;
use super::baseline;
use super::chart::knowledge;
use super::choice::told;
use super::options::read_table;
use super::selection::TimeColumn;
use crate::context::Context;
use crate::data_format::{DataFormat, Na};
use crate::exit::Outcome;
use crate::told::say;
use anyhow::Result;
use clap::Args;
use clap::builder::TypedValueParser;
use libchar_spc::drift::Method;
use libchar_spc::drift_study::Asked;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar spc drift furnace.csv --column xj_nm --phase1 100      limits from the first 100 rows
  libchar spc drift data.csv --mean 1000 --sigma 0.8 --arl 2000  mean and sigma known
  libchar spc limits march.csv -c xj_nm --sigma overall -o xj.json && libchar spc drift april.csv --baseline xj.json
  cut -d, -f3 log.csv | libchar spc drift - --format json

Exit 1 when the detector alarms.";

/// Find any kind of change in a series: level, spread, correlation, cycles, outliers
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Drift {
    /// CSV, JSON or JSON lines; `-` is standard input
    #[arg(default_value = "-")]
    input: String,
    /// Column to watch [default: that of the baseline, or the only column of numbers]
    #[arg(short, long)]
    column: Option<String>,
    /// Average number of points between false alarms, 10 to 1e9
    #[arg(long, value_name = "POINTS", default_value_t = 370.0)]
    arl: f64,
    /// Number of first rows, which are in control and give mean and sigma [default: 50]
    #[arg(long, value_name = "M", conflicts_with_all = ["mean", "sigma"])]
    phase1: Option<usize>,
    /// Known mean
    #[arg(long, requires = "sigma", allow_negative_numbers = true)]
    mean: Option<f64>,
    /// Known standard deviation
    #[arg(long, requires = "mean")]
    sigma: Option<f64>,
    /// Take mean and sigma from a baseline that `spc limits` wrote for a chart of single values
    #[arg(long, value_name = "FILE", conflicts_with_all = ["phase1", "mean", "sigma"])]
    baseline: Option<String>,
    /// Method of detection
    #[arg(long, value_parser = method(), default_value = "likelihood")]
    method: Method,
    /// Print every point with its level instead of the alarms
    #[arg(long)]
    points: bool,
    /// What to do with cells that are not finite numbers
    #[arg(long, value_enum, default_value_t = Na::Error)]
    na: Na,
    /// Causes and actions: furnace, litho, metrology, none, or a TOML file
    #[arg(long, value_name = "NAME|FILE", default_value = "furnace")]
    knowledge: String,
    /// Draw the level of evidence with its limit
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
    #[command(flatten)]
    rows: TimeColumn,
    #[command(flatten)]
    format: DataFormat,
}

/// A parser of detectors.
pub fn method() -> impl TypedValueParser<Value = Method> {
    let charts = "Shewhart, EWMA, CUSUM, EWMA of z² and of lag-1 products";
    told([
        (
            Method::Likelihood,
            "likelihood",
            "Sum of the likelihood ratios for many possible changes",
        ),
        (Method::Charts, "charts", charts),
    ])
}

pub fn run(args: &Drift, ctx: &Context) -> Result<Outcome> {
    ctx.begin("spc drift", parameters(args));
    let knowledge = knowledge(ctx, &args.knowledge)?;
    let frozen = args.baseline.as_deref().map(|file| baseline::read(ctx, file)).transpose()?;
    let source = ctx.read(&args.input)?;
    let table = args.rows.apply(ctx, read_table(&args.format, ctx, &source)?)?;
    let file = args.baseline.as_deref().unwrap_or_default();
    let asked = Asked {
        column: args.column.as_deref(),
        arl: args.arl,
        phase1: args.phase1,
        known: args.mean.zip(args.sigma),
        frozen: frozen.as_ref().map(|frozen| (frozen, file)),
        method: args.method,
        na: args.na.into(),
    };
    let judged = asked.judge(&table, &source.bytes, knowledge.as_ref())?;
    judged.skipped_note().into_iter().for_each(|note| say(ctx, note));
    ctx.log.info("drift", judged.sentence());
    ctx.answer(|| judged.document(args.points), || judged.frame(args.points))?;
    if let Some(path) = &args.svg {
        ctx.write(path, judged.picture().as_bytes())?;
    }
    let raised = judged.alarms.iter().map(|told| {
        let severity = told.severity.name().to_owned();
        (severity, judged.sentence_of(told), serde_json::to_string(told).ok())
    });
    let rest = |rest| format!("{rest} more alarms of {}", judged.column);
    alerts(ctx, "spc drift", raised, rest);
    Ok(Outcome::found(judged.alarms.len()))
}

fn parameters(args: &Drift) -> serde_json::Value {
    json!({
        "input": args.input, "column": args.column, "arl": args.arl, "phase1": args.phase1,
        "mean": args.mean, "sigma": args.sigma, "baseline": args.baseline,
        "method": args.method, "knowledge": args.knowledge,
    })
}
