use super::super::measured::MeasuredArgs;
use super::super::options::unfit;
use super::{quantities, raise};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::{Format, frame, number};
use libchar_spc::chart::{Data, Design, Kind};
use libchar_spc::gage::drift;
use libchar_spc::rules::parse_rules;
use libchar_spc::study::{Span, Study};
use libchar_spc::subgroup::Subgroups;
use serde_json::json;

/// Watch a gage over time by a master: chart and drift a day
#[derive(Args)]
#[command(after_long_help = "\
Example:
  libchar spc gage stability master.csv -c x_nm --time at --alpha 0.01

Readings at one time are a subgroup; single ones make an I-MR chart, both by rule 1. The drift is the slope of the means
over time, a day where the times are of a calendar. Exit code 1: the chart alarms, or the slope has p of at most --alpha.")]
pub struct Stability {
    #[command(flatten)]
    data: MeasuredArgs,
    /// Chart of subgroups
    #[arg(long, value_enum, default_value_t = Spread::XbarR)]
    chart: Spread,
    /// p value up to which a drift is a finding
    #[arg(long, value_name = "P", default_value_t = 0.05)]
    alpha: f64,
    /// Confidence of the interval of the slope
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Spread {
    XbarR,
    XbarS,
}

const DAY_S: f64 = 86_400.0;

pub fn run(args: &Stability, ctx: &Context) -> Result<Outcome> {
    if args.data.rows.time.is_none() {
        return Err(Usage("stability needs --time: the column of times".to_owned()).into());
    }
    ctx.begin("spc gage stability", json!({ "input": args.data.input }));
    let readings = args.data.read(ctx, &[], None)?;
    let fault = |error| unfit(&readings.file, error);
    let (scale, unit) = if readings.is_calendar { (DAY_S, "day") } else { (1.0, "unit of time") };
    // Small numbers keep the digits that the seconds of a century lose.
    let times: Vec<f64> = readings.times.iter().map(|t| (t - readings.times[0]) / scale).collect();
    let at_one: Vec<&[f64]> = times.chunk_by(|a, b| a == b).collect();
    let sizes: Vec<usize> = at_one.iter().map(|times| times.len()).collect();
    let groups = Subgroups::by_sizes(readings.values.clone(), &sizes).map_err(fault)?;
    let means = groups.means();
    let kind = match args.chart {
        _ if sizes.iter().all(|n| *n == 1) => Kind::IMr,
        Spread::XbarR => Kind::XbarR,
        Spread::XbarS => Kind::XbarS,
    };
    let rules = parse_rules("rule1").map_err(fault)?;
    let span = Span { name: None, first: 0, end: sizes.len() };
    let analysis = Study::new(Design::new(kind), rules)
        .analyse(&Data::Measured(groups), &[span])
        .map_err(|error| fault(error.error))?;
    let times: Vec<f64> = at_one.iter().map(|times| times[0]).collect();
    let found = drift(&times, &means, args.confidence).map_err(fault)?;
    let panel = &analysis.stages[0].chart.panels[0];
    let beyond: Vec<usize> =
        (0..means.len()).filter(|i| panel.beyond(*i) != (false, false)).map(|i| i + 1).collect();
    let parameters = &analysis.stages[0].parameters;
    let events = analysis.findings();
    if ctx.format() == Format::Json {
        let mut body = json!(found);
        for (name, value) in [
            ("column", json!(readings.column)),
            ("chart", json!(kind.name())),
            ("unit", json!(unit)),
            ("center", json!(parameters.center)),
            ("ucl", json!(panel.upper.constant())),
            ("lcl", json!(panel.lower.constant())),
            ("beyond", json!(beyond)),
            ("sigma", json!(parameters.sigma)),
            ("events", json!(events)),
            ("confidence", json!(args.confidence)),
        ] {
            body[name] = value;
        }
        ctx.write_document("-", &frame::document("libchar.spc-gage-stability", 1, body))?;
    } else {
        let rows = [
            ("n", found.n.into()),
            ("mean", found.mean.into()),
            ("ucl", panel.upper.constant().into()),
            ("lcl", panel.lower.constant().into()),
            ("sigma_within", parameters.sigma.into()),
            ("events", events.into()),
            ("slope", found.slope.into()),
            ("lower", found.ci[0].into()),
            ("upper", found.ci[1].into()),
            ("t", found.t.into()),
            ("p", found.p.into()),
            ("span", found.span.into()),
            ("total", found.total.into()),
        ];
        ctx.print(&quantities("libchar.spc-gage-stability", rows))?;
    }
    if events > 0 {
        let chart = kind.name();
        let name = &readings.column;
        raise(ctx, format!("{name}: the {chart} chart of the master has {events} events"));
    }
    let drifts = found.p <= args.alpha;
    if drifts {
        let slope = number::significant(found.slope, 3);
        let p = number::significant(found.p, 2);
        raise(ctx, format!("{}: the gage drifts by {slope} a {unit} (p {p})", readings.column));
    }
    Ok(Outcome::found(events + usize::from(drifts)))
}
