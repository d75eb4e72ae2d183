mod many;

use super::chart::warn_skipped;
use super::options::{DataArgs, Like, unfit, usage};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::{Format, Frame, frame, number};
use libchar_history::Alert;
use libchar_spc::SpcError;
use libchar_spc::capability::{
    Capability as Found, ENOUGH_FOR_TAILS, Family, Index, Law, QuantileType, Specification,
    anderson_darling, box_cox, capability, percentile_indices, sigmas,
};
use libchar_spc::chart::{Data, Design, Given, Kind, Phase};
use libchar_spc::data::shape;
use libchar_spc::normal;
use libchar_spc::picture;
use libchar_spc::rules::Rule;
use libchar_spc::sigma::Estimator;
use libchar_spc::study::rules;
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
  libchar spc capability fab.csv --spec spec.csv --subgroup lot          a table of columns; spec.csv: column,lsl,usl,target
  libchar spc capability fab.csv --columns 'cd_*' --by tool --lsl 42 --usl 48

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
    /// Target, for Cpm: none without one [--like qcc: the middle of the limits]
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
    /// empirical: position of a percentile among n values, 6: p(n+1), 7: p(n-1)+1
    #[arg(long, value_name = "6|7", default_value = "7", value_parser = ["6", "7"])]
    quantile_type: String,
    /// Table of column, lsl, usl, target: one row of results a column
    #[arg(long, value_name = "FILE", conflicts_with_all = ["columns", "lsl", "usl", "target", "svg"])]
    spec: Option<String>,
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
    /// Percentiles of a Weibull distribution with a threshold
    Weibull3,
    /// Percentiles of a Johnson curve through four percentiles (Slifker and Shapiro)
    Johnson,
    /// Percentiles of a Pearson curve of four moments (Clements)
    Pearson,
    /// Percentiles of the sample itself
    Empirical,
}

impl MethodName {
    fn family(self) -> Option<Family> {
        Some(match self {
            Self::BoxCox => return None,
            Self::Normal => Family::Normal,
            Self::Lognormal => Family::Lognormal,
            Self::Weibull => Family::Weibull,
            Self::Weibull3 => Family::Weibull3,
            Self::Johnson => Family::Johnson,
            Self::Pearson => Family::Pearson,
            Self::Empirical => Family::Empirical,
        })
    }
}

/// Another way to judge: its name, document, Ppk, and parts a million of its own.
struct Other {
    name: String,
    document: Value,
    ppk: f64,
    ppm: f64,
    warning: Option<String>,
}

/// Whether the process is fit to be judged at all.
struct Gate {
    chart: Kind,
    events: usize,
    fired: Vec<String>,
}

pub fn run(args: &Capability, ctx: &Context) -> Result<Outcome> {
    let grouped = args.data.subgroup.is_some() || args.data.subgroup_size.is_some_and(|n| n > 1);
    let own = if grouped || args.data.columns.len() > 1 { Kind::XbarR } else { Kind::IMr };
    if args.spec.is_some() || args.data.layout().is_many(own) {
        return many::run(args, ctx);
    }
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
    let rules = rules(&args.rules, &design).map_err(refused)?;
    ctx.begin(
        "spc capability",
        json!({ "input": args.data.input, "specification": specification, "design": design, "rules": args.rules }),
    );
    let source = ctx.read(&args.data.input)?;
    let table = args.data.table(ctx, &source)?;
    let layout = args.data.layout();
    let prepared = shape(&layout, &table, &source.bytes, &design, false).map_err(refused)?;
    warn_skipped(ctx, &prepared);
    let fault = |error| unfit(&prepared.file, error);
    let Data::Measured(groups) = &prepared.data else {
        return Err(Usage("capability is of measurements".to_owned()).into());
    };
    let given = Given { sigma: given, ..Given::default() };
    let parameters = design.estimate(&prepared.data, &given).map_err(fault)?;
    let sigma = parameters.sigma.unwrap_or(f64::NAN);
    let found = capability(groups, &specification, sigma, args.confidence, design.convention)
        .map_err(fault)?;
    let others = others(args, groups, &specification).map_err(fault)?;
    // The verdict beside a fitted distribution is of its normal scores: a skewed process is no unstable one.
    let scores = args.method.first().map(|method| scores(*method, args, groups)).transpose();
    let gate = match scores.map_err(fault)?.flatten() {
        Some(scored) => Gate::of(&design, &Data::Measured(scored), &Given::default(), &rules),
        None => Gate::of(&design, &prepared.data, &given, &rules),
    }
    .map_err(fault)?;
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
    warnings.extend(others.iter().filter_map(|other| other.warning.clone()));
    for warning in &warnings {
        ctx.log.warning("capability", warning);
    }
    if ctx.format() == Format::Json {
        let document =
            document(&column, &specification, &found, estimator, &gate, &others, &warnings);
        let mut document = document;
        document["normality"] = json!(normality);
        document["confidence"] = json!(args.confidence);
        document["sigmas"] = json!(sigmas(groups, &specification, design.convention).ok());
        let first = others.first();
        document["expected_ppm"] = json!(first.map_or(found.overall.expected_ppm, |o| o.ppm));
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
            &told(&found),
        );
        ctx.write(file, svg.as_bytes())?;
    }
    let judged = others.first().map_or(found.within.worst.value, |other| other.ppk);
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

/// The numbers of a study as its picture shows them.
fn told(found: &Found) -> Vec<String> {
    let text = |x: f64| number::significant(x, 4);
    let index = |name: &str, index: Option<Index>| {
        let Index { value, lower, upper } = index?;
        Some(format!("{name} {} ({} to {})", text(value), text(lower), text(upper)))
    };
    let numbers = [
        Some(format!("n {}", found.n)),
        Some(format!("mean {}", text(found.mean))),
        Some(format!("sigma within {}", text(found.sigma_within))),
        Some(format!("sigma overall {}", text(found.sigma_overall))),
        index("Cp", found.within.both),
        index("Cpk", Some(found.within.worst)),
        index("Pp", found.overall.both),
        index("Ppk", Some(found.overall.worst)),
        index("Cpm", found.cpm),
        Some(format!("expected {} ppm", text(found.overall.expected_ppm))),
        Some(format!("observed {} ppm", text(found.observed_ppm))),
    ];
    numbers.into_iter().flatten().collect()
}

impl Gate {
    /// Charts and judges the data.
    fn of(design: &Design, data: &Data, given: &Given, rules: &[Rule]) -> Result<Gate, SpcError> {
        let parameters = design.estimate(data, given)?;
        let chart = design.chart(&parameters, data, Phase::One)?;
        let verdicts = judge(&chart, rules, false);
        let mut fired: Vec<String> = verdicts
            .iter()
            .flat_map(|verdict| {
                verdict.events.iter().map(|event| verdict.rules[event.rule].id.clone())
            })
            .collect();
        let events = fired.len();
        fired.sort();
        fired.dedup();
        Ok(Gate { chart: design.chart, events, fired })
    }
}

/// Values as normal scores of a fitted distribution, in their subgroups; `None` for an empirical one, whose scores say
/// nothing of time.
fn scores(
    method: MethodName,
    args: &Capability,
    groups: &Subgroups,
) -> Result<Option<Subgroups>, SpcError> {
    let values = groups.values();
    let scored: Vec<f64> = match method.family() {
        Some(Family::Empirical) => return Ok(None),
        Some(family) => {
            let law = Law::fit(values, family, args.quantiles())?;
            values.iter().map(|x| normal::quantile(law.cdf(*x).clamp(1e-15, 1.0 - 1e-15))).collect()
        }
        None => {
            let open = Specification { lsl: None, usl: Some(f64::MAX), target: None };
            let lambda = box_cox(values, &open, args.confidence)?.lambda;
            values
                .iter()
                .map(|x| if lambda == 0.0 { x.ln() } else { (lambda * x.ln()).exp_m1() / lambda })
                .collect()
        }
    };
    let sizes: Vec<usize> = groups.iter().map(<[f64]>::len).collect();
    Subgroups::by_sizes(scored, &sizes).map(Some)
}

impl Capability {
    fn quantiles(&self) -> QuantileType {
        if self.quantile_type == "6" { QuantileType::Six } else { QuantileType::Seven }
    }
}

/// Every other method.
fn others(
    args: &Capability,
    groups: &Subgroups,
    specification: &Specification,
) -> Result<Vec<Other>, SpcError> {
    let values = groups.values();
    args.method
        .iter()
        .map(|method| {
            let Some(family) = method.family() else {
                let found = box_cox(values, specification, args.confidence)?;
                let document = json!({
                    "lambda": found.lambda, "mean": found.mean, "sigma": found.sigma,
                    "pp": found.overall.both, "ppl": found.overall.lower,
                    "ppu": found.overall.upper, "ppk": found.overall.worst,
                    "expected_ppm": found.overall.expected_ppm,
                });
                return Ok(Other {
                    name: "box_cox".to_owned(),
                    document,
                    ppk: found.overall.worst.value,
                    ppm: found.overall.expected_ppm,
                    warning: None,
                });
            };
            let found = percentile_indices(values, specification, family, args.quantiles())?;
            let warning = if family == Family::Empirical && values.len() < ENOUGH_FOR_TAILS {
                let n = values.len();
                Some(format!("with {n} values the outer percentiles are the extremes of the sample ({ENOUGH_FOR_TAILS} reach them)"))
            } else {
                let misfit = found.goodness.p_value.filter(|p| *p < 0.005);
                misfit.map(|p| format!("the values are not {} (p {p:.1e})", family.name()))
            };
            Ok(Other {
                name: format!("{}_percentile", family.name()),
                document: json!(found),
                ppk: found.ppk,
                ppm: found.expected_ppm,
                warning,
            })
        })
        .collect()
}

fn document(
    column: &str,
    specification: &Specification,
    found: &Found,
    estimator: &str,
    gate: &Gate,
    others: &[Other],
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
        "cpm_deviations": found.cpm_deviations,
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
    for other in others {
        body[other.name.as_str()] = other.document.clone();
    }
    frame::document("libchar.spc-capability", 1, body)
}

fn rows(found: &Found, others: &[Other]) -> Frame {
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
    // Parts a million of the normal distribution are no answer where another one was asked for.
    for (name, value) in single {
        if name.starts_with("expected_ppm") && !others.is_empty() {
            continue;
        }
        frame.push(vec![name.into(), value.into(), empty(), empty()]);
    }
    for Other { name, ppk, ppm, .. } in others {
        frame.push(vec![format!("ppk_{name}").into(), (*ppk).into(), empty(), empty()]);
        frame.push(vec![format!("expected_ppm_{name}").into(), (*ppm).into(), empty(), empty()]);
    }
    frame
}
