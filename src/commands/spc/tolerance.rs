use super::choice::word;
use super::measured::MeasuredArgs;
use super::options::{unfit, usage};
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_spc::tolerance::{self, Asked, Method};
use libchar_spc::words::Word;
use serde_json::json;

/// Compute statistical tolerance intervals, which hold a share of the process with stated confidence
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc tolerance run.csv -c tox_nm --content 0.99 --confidence 0.95
  libchar spc tolerance particles.csv -c count --method nonparametric
  libchar spc tolerance --n 30 --content 0.95                  the factors k of mean ± k s
  libchar spc tolerance --n 30 --df 120                        the same for s of a pooled sample

Normal: exact factors, one-sided by the noncentral t distribution, two-sided by ISO 16269-6. Nonparametric: order
statistics; if the sample is too small there is no interval, and the confidence that its extremes attain and the
sample size that is needed are printed (exit code 1).")]
pub struct Tolerance {
    #[command(flatten)]
    data: MeasuredArgs,
    /// Share of the process that the interval holds
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    content: f64,
    /// Confidence that the interval holds this share
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Distribution of the process
    #[arg(long, value_parser = word::<Method>(), default_value = "normal")]
    method: Method,
    /// Print the factors for this many values, instead of an interval from data
    #[arg(long, value_name = "N", conflicts_with_all = ["columns", "conditions", "method"])]
    n: Option<f64>,
    /// Degrees of freedom of s, with --n [default: n - 1]
    #[arg(long, value_name = "F", requires = "n")]
    df: Option<f64>,
}

pub fn run(args: &Tolerance, ctx: &Context) -> Result<Outcome> {
    let Tolerance { content, confidence, method, .. } = *args;
    tolerance::check(content, confidence).map_err(usage)?;
    ctx.begin(
        "spc tolerance",
        json!({ "input": args.data.input, "content": content, "confidence": confidence, "method": method.word() }),
    );
    if let Some(n) = args.n {
        ctx.print(&tolerance::factors(n, args.df, content, confidence).map_err(usage)?)?;
        return Ok(Outcome::Fine);
    }
    let readings = args.data.read(ctx, &[], None)?;
    let study = Asked { content, confidence, method }.study(&readings.values);
    let study = study.map_err(|error| unfit(&readings.file, error))?;
    if let Some(warning) = &study.warning {
        ctx.log.warning("tolerance", warning);
    }
    ctx.answer(|| study.document(&readings.column), || study.frame())?;
    Ok(Outcome::found(usize::from(study.is_short())))
}
