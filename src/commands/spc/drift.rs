use super::baseline;
use super::chart::knowledge;
use super::options::{read_table, unfit};
use super::selection::TimeColumn;
use crate::context::Context;
use crate::data_format::{DataFormat, Na};
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::input::Source;
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_core::{Fault, Faults, Format, Frame, Table, frame, number};
use libchar_history::Alert;
use libchar_spc::SpcError;
use libchar_spc::baseline::Baseline;
use libchar_spc::data::request as input;
use libchar_spc::drift::{self, Alarm, HORIZON, Limit, Phase1};
use libchar_spc::knowledge::Knowledge;
use libchar_spc::rules::Severity;
use serde::Serialize;
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

const DEFAULT_PHASE1: usize = 50;
/// Alerts of one command; more are one alert with their number.
const MOST_ALERTS: usize = 100;

/// The series as judged: what it is measured against, where it starts and what came out.
struct Judged {
    column: String,
    /// 1-based rows of the judged values.
    indices: Vec<usize>,
    values: Vec<f64>,
    skipped: usize,
    phase1: Phase1,
    limit: Limit,
    /// The level at each judged value.
    levels: Vec<f64>,
    alarms: Vec<Told>,
}

/// An alarm, and what it may mean.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    alarm: Alarm,
    severity: Severity,
    suggested_causes: Vec<String>,
    recommended_actions: Vec<String>,
}

impl Told {
    fn new(alarm: Alarm, column: &str, knowledge: Option<&Knowledge>) -> Self {
        let advice = knowledge.map(|known| known.drift_advice(alarm.kind, column));
        let advice = advice.unwrap_or_default();
        let severity = advice.severity.unwrap_or(alarm.kind.severity());
        Told {
            alarm,
            severity,
            suggested_causes: advice.causes,
            recommended_actions: advice.actions,
        }
    }
}

pub fn run(args: &Drift, ctx: &Context) -> Result<Outcome> {
    ctx.begin("spc drift", parameters(args));
    let knowledge = knowledge(ctx, &args.knowledge)?;
    let frozen = args.baseline.as_deref().map(|file| baseline::read(ctx, file)).transpose()?;
    let source = ctx.read(&args.input)?;
    let table = args.rows.apply(ctx, read_table(&args.format, ctx, &source)?)?;
    let judged = judge(args, &source, &table, frozen.as_ref(), knowledge.as_ref())?;
    announce(args, &judged, ctx);
    print(args, &judged, ctx)?;
    if let Some(path) = &args.svg {
        ctx.write(path, picture(&judged).as_bytes())?;
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

fn judge(
    args: &Drift,
    source: &Source,
    table: &Table,
    frozen: Option<&Baseline>,
    knowledge: Option<&Knowledge>,
) -> Result<Judged> {
    let wanted: Vec<String> = match (&args.column, frozen) {
        (None, Some(frozen)) => frozen.columns.clone(),
        (column, _) => column.iter().cloned().collect(),
    };
    let request = input::Request {
        values: &wanted,
        several: false,
        extra: None,
        labels: Vec::new(),
        na: args.na.into(),
    };
    let rows = input::from_table(table, &source.bytes, &request)?;
    let (indices, all): (Vec<usize>, Vec<f64>) = rows.values[0]
        .iter()
        .enumerate()
        .filter(|(_, value)| !value.is_nan())
        .map(|(row, value)| (row + 1, *value))
        .unzip();
    let usage = |fault: SpcError| Faults::from(Fault::of(&source.name, fault.to_string()));
    let (phase1, offset) = match (frozen, args.mean, args.sigma) {
        (Some(frozen), ..) => {
            let file = args.baseline.as_deref().unwrap_or_default();
            let phase1 = Phase1::of_baseline(frozen).map_err(|e| unfit(file, e))?;
            frozen.check(&rows.columns, Some(1)).map_err(|e| unfit(&source.name, e))?;
            (phase1, 0)
        }
        (None, Some(mean), Some(sigma)) => (Phase1::known(mean, sigma).map_err(usage)?, 0),
        _ => {
            let m = args.phase1.unwrap_or(DEFAULT_PHASE1);
            if all.len() <= m {
                let found =
                    format!("Phase I takes the first {m} of {} points and leaves none", all.len());
                let fault = Fault::of(&source.name, found);
                return Err(Faults::from(
                    fault.expected("another --phase1, --baseline, or --mean and --sigma"),
                )
                .into());
            }
            (Phase1::estimate(&all[..m]).map_err(usage)?, m)
        }
    };
    let method = args.method.into();
    let limit = drift::limit(method, args.arl, phase1.points).map_err(usage)?;
    let values = all[offset..].to_vec();
    let detection = drift::detect(&values, &phase1, method, limit.level).map_err(usage)?;
    let indices = indices[offset..].to_vec();
    let column = rows.columns[0].clone();
    let tell = |mut alarm: Alarm| {
        alarm.onset_index = alarm.onset_index.map(|onset| indices[onset - 1]);
        alarm.index = indices[alarm.index - 1];
        Told::new(alarm, &column, knowledge)
    };
    let alarms = detection.alarms.into_iter().map(tell).collect();
    let (skipped, levels) = (rows.skipped.len(), detection.levels);
    Ok(Judged { column, indices, values, skipped, phase1, limit, levels, alarms })
}

fn announce(args: &Drift, judged: &Judged, ctx: &Context) {
    if judged.skipped > 0 {
        let skipped = judged.skipped;
        ctx.log.warning("skipped", format!("{skipped} rows without a finite number left out"));
    }
    let Limit { level, false_alarm_100, uncorrected_false_alarm_100, .. } = judged.limit;
    let percent = |share: f64| number::significant(100.0 * share, 3);
    let estimated = judged.phase1.points.map_or(String::new(), |m| {
        let uncorrected = percent(uncorrected_false_alarm_100);
        format!(" (corrected for a Phase I of {m} points; uncorrected {uncorrected} %)")
    });
    ctx.log.info(
        "drift",
        format!(
            "{} alarms in {} points; limit {} for an ARL of {}: {} % false alarms in {HORIZON} points{estimated}",
            judged.alarms.len(),
            judged.values.len(),
            number::significant(level, 5),
            number::shortest(args.arl),
            percent(false_alarm_100),
        ),
    );
}

fn print(args: &Drift, judged: &Judged, ctx: &Context) -> Result<()> {
    if ctx.format() == Format::Json {
        return ctx.write_document("-", &document(args, judged));
    }
    let mut rows;
    if args.points {
        rows = Frame::new("libchar.spc-drift", 1, ["index", "value", "z_score", "level", "alarm"]);
        for (i, (value, level)) in judged.values.iter().zip(&judged.levels).enumerate() {
            rows.push(vec![
                judged.indices[i].into(),
                (*value).into(),
                judged.phase1.standardize(*value).into(),
                (*level).into(),
                (*level > judged.limit.level).into(),
            ]);
        }
    } else {
        let columns = [
            "index",
            "value",
            "z_score",
            "level",
            "kind",
            "evidence_share",
            "onset_index",
            "severity",
            "suggested_causes",
            "recommended_actions",
        ];
        rows = Frame::new("libchar.spc-drift", 1, columns);
        for told in &judged.alarms {
            let alarm = &told.alarm;
            rows.push(vec![
                alarm.index.into(),
                alarm.value.into(),
                alarm.z_score.into(),
                alarm.level.into(),
                alarm.kind.name().into(),
                alarm.evidence_share.into(),
                alarm.onset_index.into(),
                told.severity.name().into(),
                told.suggested_causes.join("; ").into(),
                told.recommended_actions.join("; ").into(),
            ]);
        }
    }
    ctx.print(&rows)
}

fn document(args: &Drift, judged: &Judged) -> serde_json::Value {
    let Limit { level, known_level, false_alarm_100, uncorrected_false_alarm_100 } = judged.limit;
    let mut body = json!({
        "column": judged.column,
        "method": drift::Method::from(args.method),
        "arl": args.arl,
        "phase1": judged.phase1,
        "limit": {
            "level": level,
            "known_level": known_level,
            "false_alarm_100": false_alarm_100,
            "uncorrected_false_alarm_100": uncorrected_false_alarm_100,
        },
        "first_index": judged.indices.first(),
        "points": judged.values.len(),
        "skipped_rows": judged.skipped,
        "alarms": judged.alarms,
    });
    if args.points {
        body["values"] = json!(judged.values);
        body["levels"] = json!(judged.levels);
    }
    frame::document("libchar.spc-drift", 1, body)
}

fn picture(judged: &Judged) -> String {
    let limit = judged.limit.level;
    let index = |i: usize| judged.indices[i] as f64;
    let levels = &judged.levels;
    // A spike of level 300 must not flatten everything else.
    let shown = |level: f64| level.clamp(-2.0, 3.0 * limit);
    let line: Vec<(f64, f64)> =
        levels.iter().enumerate().map(|(i, level)| (index(i), shown(*level))).collect();
    let x = Axis::linear("point", judged.indices.iter().map(|i| *i as f64));
    let y = Axis::linear("drift level (ln)", line.iter().map(|p| p.1).chain([limit]));
    let mut chart = Chart::new(format!("Drift of {}", judged.column), x, y);
    chart.line(&line, PALETTE[0], 1.2).level(limit, "limit", PALETTE[1]);
    for Told { alarm, .. } in &judged.alarms {
        let (x, y) = (alarm.index as f64, shown(alarm.level));
        chart.dot(x, y, 4.0, PALETTE[1]).label(x, y, alarm.kind.name(), PALETTE[1]);
    }
    chart.render()
}
