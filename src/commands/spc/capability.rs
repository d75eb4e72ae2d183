use super::chart::warn_skipped;
use super::options::{DataArgs, Like, unfit, usage};
use super::picture;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::{Format, Frame, frame};
use libchar_history::Alert;
use libchar_spc::capability::{
    Capability as Found, Family, Index, Specification, anderson_darling, box_cox, capability,
    percentile_indices,
};
use libchar_spc::chart::{Data, Design, Given, Kind, Phase};
use libchar_spc::sigma::Estimator;
use libchar_spc::subgroup::Subgroups;
use libchar_spc::violation::judge;
use serde_json::{Value, json};
use std::io::Write;

/// Compare the spread of a process with its specification
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc capability run.csv -c tox_nm --lsl 95 --usl 105
  libchar spc capability run.csv -c tox_nm --lsl 95 --usl 105 --subgroup-size 5 --sigma range --min-cpk 1.33
  libchar spc capability particles.csv -c count --usl 12 --method box-cox,lognormal

The process is charted first: capability says nothing about an unstable one, and is then printed with that warning
and exit code 1. --min-cpk gives exit code 1 when Cpk (Ppk of the first other method, where one is named) falls short.")]
pub struct Capability {
    #[command(flatten)]
    data: DataArgs,
    /// Lower specification limit
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    lsl: Option<f64>,
    /// Upper specification limit
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    usl: Option<f64>,
    /// Target, for Cpm [default: the middle of the limits]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    target: Option<f64>,
    /// Short-term sigma: an estimator of `spc chart --sigma`, or a number [default: mr, or range in subgroups]
    #[arg(long, value_name = "ESTIMATOR|NUMBER")]
    sigma: Option<String>,
    /// Confidence of the intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Ways to judge a process that is not normal, besides the normal indices
    #[arg(long, value_enum, value_delimiter = ',')]
    method: Vec<MethodName>,
    /// Rules of the stability gate
    #[arg(long, value_name = "LIST", default_value = "rule1")]
    rules: String,
    /// Exit 1 when the index falls below this
    #[arg(long, value_name = "INDEX")]
    min_cpk: Option<f64>,
    /// Constants and intervals: exact, or as R qcc 2.7 rounds them
    #[arg(long, value_enum, default_value_t = Like::Exact)]
    like: Like,
    /// Draw the histogram
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MethodName {
    /// Power transformation to normality (values above 0)
    BoxCox,
    /// Percentiles of a normal distribution
    Normal,
    /// Percentiles of a lognormal distribution (values above 0)
    Lognormal,
    /// Percentiles of a Weibull distribution (values above 0)
    Weibull,
    /// Percentiles of the sample itself
    Empirical,
}

/// Whether the process is fit to be judged at all.
struct Gate {
    chart: Kind,
    events: usize,
    fired: Vec<String>,
}

pub fn run(args: &Capability, ctx: &Context) -> Result<Outcome> {
    let specification = Specification::new(args.lsl, args.usl, args.target).map_err(usage)?;
    if args.data.stage.is_some() {
        return Err(Usage("capability is of one stage; cut the data first".to_owned()).into());
    }
    let subgrouped = args.data.subgroup.is_some()
        || args.data.subgroup_size.is_some_and(|n| n > 1)
        || args.data.columns.len() > 1;
    let kind = if subgrouped { Kind::XbarR } else { Kind::IMr };
    let mut design = Design { convention: args.like.into(), ..Design::new(kind) };
    let given = match args.sigma.as_deref().map(|text| (text, text.parse::<f64>())) {
        Some((_, Ok(sigma))) => Some(sigma),
        Some((name, Err(_))) => {
            design.estimator = Estimator::parse(name).map_err(usage)?;
            None
        }
        None => None,
    };
    let rules = super::options::rules(&args.rules, &design)?;
    ctx.begin(
        "spc capability",
        json!({ "input": args.data.input, "specification": specification, "design": design, "rules": args.rules }),
    );
    let prepared = args.data.prepare(ctx, kind)?;
    warn_skipped(ctx, &prepared);
    let fault = |error| unfit(&prepared.file, error);
    let Data::Measured(groups) = &prepared.data else {
        return Err(Usage("capability is of measurements".to_owned()).into());
    };
    let given = Given { center: None, sigma: given };
    let parameters = design.estimate(&prepared.data, given).map_err(fault)?;
    let sigma = parameters.sigma.unwrap_or(f64::NAN);
    let found = capability(groups, &specification, sigma, args.confidence, design.convention)
        .map_err(fault)?;
    let chart = design.chart(&parameters, &prepared.data, Phase::One).map_err(fault)?;
    let verdicts = judge(&chart, &rules, false);
    let mut fired: Vec<String> = verdicts
        .iter()
        .flat_map(|verdict| verdict.events.iter().map(|event| verdict.rules[event.rule].id.clone()))
        .collect();
    let events = fired.len();
    fired.sort();
    fired.dedup();
    let gate = Gate { chart: kind, events, fired };
    let others = others(args, groups, &specification).map_err(fault)?;
    let estimator = if given.sigma.is_some() { "given" } else { design.estimator.formula() };
    let column = prepared.columns.join(",");
    let mut warnings = Vec::new();
    if gate.events > 0 {
        warnings.push(format!(
            "the process is not stable ({} events of {}): these indices do not predict what it will do",
            gate.events,
            gate.fired.join(", ")
        ));
    }
    let normality = anderson_darling(groups.values());
    if let Some(test) = normality.filter(|test| test.p_value < 0.005 && args.method.is_empty()) {
        warnings.push(format!(
            "the values are not normal (Anderson-Darling {:.2}, p {:.1e}): see --method",
            test.statistic, test.p_value
        ));
    }
    for warning in &warnings {
        ctx.log.warning("capability", warning);
    }
    if ctx.format() == Format::Json {
        let document =
            document(&column, &specification, &found, estimator, &gate, &others, &warnings);
        let mut document = document;
        document["normality"] = json!(normality);
        document["confidence"] = json!(args.confidence);
        let mut out = ctx.stdout();
        frame::write_json(&mut out, &document)?;
        out.flush()?;
    } else {
        ctx.print(&rows(&found, &others))?;
    }
    if let Some(file) = &args.svg {
        let svg = picture::histogram(
            &column,
            groups.values(),
            &specification,
            found.mean,
            sigma,
            found.sigma_overall,
        );
        ctx.write(file, svg.as_bytes())?;
    }
    let judged = others.first().map_or(found.within.worst.value, |(_, _, ppk)| *ppk);
    let short = args.min_cpk.is_some_and(|least| judged < least);
    if short {
        let message = format!(
            "{column}: capability index {judged:.3} is below {}",
            args.min_cpk.unwrap_or(0.0)
        );
        ctx.log.warning("capability", &message);
        let alert = Alert {
            source: "spc".to_owned(),
            severity: "warning".to_owned(),
            message,
            details: None,
        };
        ctx.journal.alert(alert);
    }
    Ok(Outcome::found(gate.events + usize::from(short)))
}

/// Every other method: its name, its document, its Ppk.
fn others(
    args: &Capability,
    groups: &Subgroups,
    specification: &Specification,
) -> Result<Vec<(&'static str, Value, f64)>, libchar_spc::SpcError> {
    let values = groups.values();
    args.method
        .iter()
        .map(|method| {
            let family = match method {
                MethodName::BoxCox => {
                    let found = box_cox(values, specification, args.confidence)?;
                    let document = json!({
                        "lambda": found.lambda, "mean": found.mean, "sigma": found.sigma,
                        "pp": found.overall.both, "ppl": found.overall.lower,
                        "ppu": found.overall.upper, "ppk": found.overall.worst,
                        "expected_ppm": found.overall.expected_ppm,
                    });
                    return Ok(("box_cox", document, found.overall.worst.value));
                }
                MethodName::Normal => Family::Normal,
                MethodName::Lognormal => Family::Lognormal,
                MethodName::Weibull => Family::Weibull,
                MethodName::Empirical => Family::Empirical,
            };
            let name = match family {
                Family::Normal => "normal_percentile",
                Family::Lognormal => "lognormal_percentile",
                Family::Weibull => "weibull_percentile",
                Family::Empirical => "empirical_percentile",
            };
            let found = percentile_indices(values, specification, family)?;
            Ok((name, json!(found), found.ppk))
        })
        .collect()
}

fn document(
    column: &str,
    specification: &Specification,
    found: &Found,
    estimator: &str,
    gate: &Gate,
    others: &[(&'static str, Value, f64)],
    warnings: &[String],
) -> Value {
    let mut body = json!({
        "column": column,
        "specification": specification,
        "n": found.n,
        "mean": found.mean,
        "sigma_within": found.sigma_within,
        "sigma_estimator": estimator,
        "sigma_overall": found.sigma_overall,
        "cp": found.within.both,
        "cpl": found.within.lower,
        "cpu": found.within.upper,
        "cpk": found.within.worst,
        "cpm": found.cpm,
        "pp": found.overall.both,
        "ppl": found.overall.lower,
        "ppu": found.overall.upper,
        "ppk": found.overall.worst,
        "expected_ppm_within": found.within.expected_ppm,
        "expected_ppm_overall": found.overall.expected_ppm,
        "observed_ppm": found.observed_ppm,
        "stability": {
            "stable": gate.events == 0, "chart": gate.chart.name(),
            "events": gate.events, "rules": gate.fired,
        },
        "warnings": warnings,
    });
    for (name, document, _) in others {
        body[*name] = document.clone();
    }
    frame::document("libchar.spc-capability", 1, body)
}

fn rows(found: &Found, others: &[(&'static str, Value, f64)]) -> Frame {
    let mut frame = Frame::new("libchar.spc-capability", 1, ["index", "value", "lower", "upper"]);
    let named: [(&str, Option<Index>); 9] = [
        ("cp", found.within.both),
        ("cpl", found.within.lower),
        ("cpu", found.within.upper),
        ("cpk", Some(found.within.worst)),
        ("cpm", found.cpm),
        ("pp", found.overall.both),
        ("ppl", found.overall.lower),
        ("ppu", found.overall.upper),
        ("ppk", Some(found.overall.worst)),
    ];
    for (name, index) in named {
        if let Some(Index { value, lower, upper }) = index {
            frame.push(vec![name.into(), value.into(), lower.into(), upper.into()]);
        }
    }
    let single = [
        ("mean", found.mean),
        ("sigma_within", found.sigma_within),
        ("sigma_overall", found.sigma_overall),
        ("expected_ppm_within", found.within.expected_ppm),
        ("expected_ppm_overall", found.overall.expected_ppm),
        ("observed_ppm", found.observed_ppm),
    ];
    let empty = || None::<f64>.into();
    for (name, value) in single {
        frame.push(vec![name.into(), value.into(), empty(), empty()]);
    }
    for (name, _, ppk) in others {
        frame.push(vec![format!("ppk_{name}").into(), (*ppk).into(), empty(), empty()]);
    }
    frame
}
