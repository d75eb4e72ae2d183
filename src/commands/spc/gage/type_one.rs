use super::super::measured::MeasuredArgs;
use super::super::options::unfit;
use super::tell;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_spc::gage::type_one::Asked;
use serde_json::json;

/// Judge readings of one reference against its tolerance: Cg and Cgk
#[derive(Args)]
#[command(after_long_help = "\
Example:
  libchar spc gage type1 master.csv -c x_nm --reference 100 --tolerance 10 --min-cgk 1.33

Cg = percent/100 T/(multiplier s), Cgk = (percent/200 T - |bias|)/(multiplier/2 s); the defaults are 20 % and 6 sigma; VDA 5 and
older practice use 4 sigma. Exit code 1: Cgk is below --min-cgk.")]
pub struct TypeOne {
    #[command(flatten)]
    data: MeasuredArgs,
    /// Value of the reference
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    reference: f64,
    /// Width of the tolerance
    #[arg(long, value_name = "NUMBER")]
    tolerance: f64,
    /// Share of the tolerance that the gage may take, %
    #[arg(long, value_name = "PERCENT", default_value_t = 20.0)]
    percent: f64,
    /// Number of sigmas in the spread of the gage
    #[arg(long, value_name = "SIGMA", default_value_t = 6.0)]
    multiplier: f64,
    /// Confidence of the interval of the bias
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Exit 1 when Cgk falls below this
    #[arg(long, value_name = "INDEX")]
    min_cgk: Option<f64>,
}

pub fn run(args: &TypeOne, ctx: &Context) -> Result<Outcome> {
    let TypeOne { reference, tolerance, percent, multiplier, confidence, min_cgk, .. } = *args;
    ctx.begin("spc gage type1", json!({ "input": args.data.input, "reference": reference }));
    let readings = args.data.read(ctx, &[], None)?;
    let asked = Asked { reference, tolerance, percent, multiplier, confidence, min_cgk };
    let study = asked.study(&readings).map_err(|e| unfit(&readings.file, e))?;
    tell(ctx, &study, None)
}
