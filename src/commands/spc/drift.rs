use super::baseline;
use super::chart::knowledge;
use super::options::read_table;
use super::selection::TimeColumn;
use crate::context::Context;
use crate::data_format::{DataFormat, Na};
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::Format;
use libchar_history::Alert;
use libchar_spc::drift::{self, Alarm};
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
    /// The column to watch [default: that of the baseline, or the only column of numbers]
    #[arg(short, long)]
    column: Option<String>,
    /// Average points between false alarms, 10 to 1e9
    #[arg(long, value_name = "POINTS", default_value_t = 370.0)]
    arl: f64,
    /// Rows at the start that are in control and give mean and sigma [default: 50]
    #[arg(long, value_name = "M", conflicts_with_all = ["mean", "sigma"])]
    phase1: Option<usize>,
    /// Known mean
    #[arg(long, requires = "sigma", allow_negative_numbers = true)]
    mean: Option<f64>,
    /// Known standard deviation
    #[arg(long, requires = "mean")]
    sigma: Option<f64>,
    /// Mean and sigma of a chart of single values that `spc limits` froze
    #[arg(long, value_name = "FILE", conflicts_with_all = ["phase1", "mean", "sigma"])]
    baseline: Option<String>,
    /// How evidence is gathered
    #[arg(long, value_enum, default_value_t = Method::Likelihood)]
    method: Method,
    /// Print every point with its level instead of the alarms
    #[arg(long)]
    points: bool,
    /// Cells that are not finite numbers
    #[arg(long, value_enum, default_value_t = Na::Error)]
    na: Na,
    /// Causes and actions: furnace, litho, metrology, none, or a TOML file
    #[arg(long, value_name = "NAME|FILE", default_value = "furnace")]
    knowledge: String,
    /// Draw the level with its limit
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
    #[command(flatten)]
    rows: TimeColumn,
    #[command(flatten)]
    format: DataFormat,
}

/// The command line's name of a detector.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Method {
    /// Likelihood ratios of a bank of changes, added up
    Likelihood,
    /// Shewhart, EWMA, CUSUM, EWMA of z² and of lag-1 products
    Charts,
}

impl From<Method> for drift::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Likelihood => drift::Method::Likelihood,
            Method::Charts => drift::Method::Charts,
        }
    }
}

/// Alerts of one command; more are one alert with their number.
const MOST_ALERTS: usize = 100;

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
        method: args.method.into(),
        na: args.na.into(),
    };
    let judged = asked.judge(&table, &source.bytes, knowledge.as_ref())?;
    if judged.skipped > 0 {
        let skipped = judged.skipped;
        ctx.log.warning("skipped", format!("{skipped} rows without a finite number left out"));
    }
    ctx.log.info("drift", judged.sentence());
    match ctx.format() {
        Format::Json => ctx.write_document("-", &judged.document(args.points))?,
        _ => ctx.print(&judged.frame(args.points))?,
    }
    if let Some(path) = &args.svg {
        ctx.write(path, judged.picture().as_bytes())?;
    }
    for told in judged.alarms.iter().take(MOST_ALERTS) {
        let Alarm { kind, index, .. } = told.alarm;
        ctx.journal.alert(Alert {
            source: "spc drift".to_owned(),
            severity: told.severity.name().to_ascii_lowercase(),
            message: format!("{kind} of {} at point {index}", judged.column),
            details: serde_json::to_string(told).ok(),
        });
    }
    if judged.alarms.len() > MOST_ALERTS {
        let rest = judged.alarms.len() - MOST_ALERTS;
        ctx.journal.alert(Alert {
            source: "spc drift".to_owned(),
            severity: "warning".to_owned(),
            message: format!("{rest} more alarms of {}", judged.column),
            details: None,
        });
    }
    Ok(Outcome::found(judged.alarms.len()))
}

fn parameters(args: &Drift) -> serde_json::Value {
    json!({
        "input": args.input, "column": args.column, "arl": args.arl, "phase1": args.phase1,
        "mean": args.mean, "sigma": args.sigma, "baseline": args.baseline,
        "method": drift::Method::from(args.method), "knowledge": args.knowledge,
    })
}
