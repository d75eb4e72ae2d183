use super::super::measured::MeasuredArgs;
use super::super::options::unfit;
use super::tell;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_spc::gage::bias::Asked;
use serde_json::json;

/// Test readings of one reference for bias
#[derive(Args)]
#[command(after_long_help = "\
Example:
  libchar spc gage bias master.csv -c x_nm --reference 100

A one-sample t test of the readings minus the reference. A bias that is significant may still be small against the
tolerance: --tolerance prints its share. Exit code 1: p is at most --alpha.")]
pub struct Bias {
    #[command(flatten)]
    data: MeasuredArgs,
    /// Value of the reference
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    reference: f64,
    /// Width of the tolerance
    #[arg(long, value_name = "NUMBER")]
    tolerance: Option<f64>,
    /// Significance level: a bias with a p value up to this is a finding
    #[arg(long, value_name = "P", default_value_t = 0.05)]
    alpha: f64,
    /// Confidence of the interval
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
}

pub fn run(args: &Bias, ctx: &Context) -> Result<Outcome> {
    let Bias { reference, tolerance, alpha, confidence, .. } = *args;
    ctx.begin("spc gage bias", json!({ "input": args.data.input, "reference": reference }));
    let readings = args.data.read(ctx, &[], None)?;
    let asked = Asked { reference, tolerance, alpha, confidence };
    let study = asked.study(&readings).map_err(|e| unfit(&readings.file, e))?;
    tell(ctx, &study, None)
}
