use super::measured::MeasuredArgs;
use super::options::{unfit, usage};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::{Format, Frame, frame};
use libchar_spc::capability::anderson_darling;
use libchar_spc::tolerance::{self, Sides};
use serde_json::{Value, json};

/// Bound a share of the process with stated confidence: statistical tolerance intervals
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc tolerance run.csv -c tox_nm --content 0.99 --confidence 0.95
  libchar spc tolerance particles.csv -c count --method nonparametric
  libchar spc tolerance --n 30 --content 0.95                  the factors k of mean ± k s
  libchar spc tolerance --n 30 --df 120                        s of a pooled sample

Normal: exact factors, on one side by the noncentral t distribution, on two by ISO 16269-6. Nonparametric: order
statistics; where the sample is too small there is no interval, and the confidence that its extremes attain and the
size that is needed are printed (exit code 1).")]
pub struct Tolerance {
    #[command(flatten)]
    data: MeasuredArgs,
    /// Share of the process that the interval holds
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    content: f64,
    /// Confidence that it does
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Distribution of the process
    #[arg(long, value_enum, default_value_t = Method::Normal)]
    method: Method,
    /// Print the factors for so many values, in place of an interval of data
    #[arg(long, value_name = "N", conflicts_with_all = ["columns", "conditions", "method"])]
    n: Option<f64>,
    /// Degrees of freedom of s, with --n [default: n - 1]
    #[arg(long, value_name = "F", requires = "n")]
    df: Option<f64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Method {
    Normal,
    Lognormal,
    Nonparametric,
}

impl Method {
    fn name(self) -> &'static str {
        match self {
            Method::Normal => "normal",
            Method::Lognormal => "lognormal",
            Method::Nonparametric => "nonparametric",
        }
    }
}

pub fn run(args: &Tolerance, ctx: &Context) -> Result<Outcome> {
    tolerance::check(args.content, args.confidence).map_err(usage)?;
    ctx.begin(
        "spc tolerance",
        json!({ "input": args.data.input, "content": args.content, "confidence": args.confidence, "method": args.method.name() }),
    );
    if let Some(n) = args.n {
        return factors(args, ctx, n);
    }
    let readings = args.data.read(ctx, &[], None)?;
    let fault = |error| unfit(&readings.file, error);
    let values = &readings.values;
    let (content, confidence) = (args.content, args.confidence);
    let mut body = json!({
        "column": readings.column, "method": args.method.name(), "n": values.len(),
        "content": content, "confidence": confidence,
    });
    let columns = ["interval", "lower", "upper", "k", "attained"];
    let mut frame = Frame::new("libchar.spc-tolerance", 1, columns);
    let none = || None::<f64>.into();
    let mut short = false;
    if args.method == Method::Nonparametric {
        let found = tolerance::nonparametric(values, content, confidence).map_err(fault)?;
        let pair = found.two_sided;
        frame.push(vec![
            "two-sided".into(),
            pair.map(|p| p.values[0]).into(),
            pair.map(|p| p.values[1]).into(),
            none(),
            pair.map_or(found.attained_by_min_max, |p| p.attained).into(),
        ]);
        let (lower, upper) = (found.lower, found.upper);
        let at = |bound: Option<tolerance::Bound>| bound.map(|b| b.attained).into();
        frame.push(vec!["lower".into(), lower.map(|b| b.value).into(), none(), none(), at(lower)]);
        frame.push(vec!["upper".into(), none(), upper.map(|b| b.value).into(), none(), at(upper)]);
        short = pair.is_none() || upper.is_none();
        if short {
            let needed =
                if upper.is_none() { found.n_needed_one_sided } else { found.n_needed_two_sided };
            let sides = if upper.is_none() { "a bound" } else { "a two-sided interval" };
            ctx.log.warning(
                "tolerance",
                format!("{} values are too few for {sides}, which needs {needed}; their extremes hold the content with confidence {:.3}", values.len(), found.attained_by_min_max),
            );
        }
        body["nonparametric"] = json!(found);
    } else {
        let logarithmic = args.method == Method::Lognormal;
        let found = tolerance::interval(values, content, confidence, logarithmic).map_err(fault)?;
        frame.push(vec![
            "two-sided".into(),
            found.two_sided[0].into(),
            found.two_sided[1].into(),
            found.k_two_sided.into(),
            confidence.into(),
        ]);
        let k = found.k_one_sided;
        frame.push(vec!["lower".into(), found.lower.into(), none(), k.into(), confidence.into()]);
        frame.push(vec!["upper".into(), none(), found.upper.into(), k.into(), confidence.into()]);
        body["interval"] = json!(found);
        body["normality"] = normality(args, ctx, values);
    }
    if ctx.format() == Format::Json {
        ctx.write_document("-", &frame::document("libchar.spc-tolerance", 1, body))?;
    } else {
        ctx.print(&frame)?;
    }
    Ok(Outcome::found(usize::from(short)))
}

/// Whether the values, or their logarithms, are normal: a bound far out stands and falls with that.
fn normality(args: &Tolerance, ctx: &Context, values: &[f64]) -> Value {
    let logs: Vec<f64> = values.iter().map(|x| x.ln()).collect();
    let tested = anderson_darling(if args.method == Method::Lognormal { &logs } else { values });
    if let Some(test) = tested.filter(|test| test.p_value < 0.005) {
        let what = args.method.name();
        ctx.log.warning(
            "tolerance",
            format!("the values are not {what} (Anderson-Darling {:.2}, p {:.1e}): see --method nonparametric", test.statistic, test.p_value),
        );
    }
    json!(tested)
}

/// Factors without data.
fn factors(args: &Tolerance, ctx: &Context, n: f64) -> Result<Outcome> {
    if !(n >= 2.0 && n.fract() == 0.0) {
        return Err(Usage(format!("--n {n} is no whole number from 2")).into());
    }
    let df = args.df.unwrap_or(n - 1.0);
    let k = |sides| tolerance::factor(n, df, args.content, args.confidence, sides).map_err(usage);
    let columns = ["sides", "k", "n", "df", "content", "confidence"];
    let mut frame = Frame::new("libchar.spc-tolerance-factors", 1, columns);
    for (name, sides) in [("one", Sides::One), ("two", Sides::Two)] {
        frame.push(vec![
            name.into(),
            k(sides)?.into(),
            n.into(),
            df.into(),
            args.content.into(),
            args.confidence.into(),
        ]);
    }
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}
