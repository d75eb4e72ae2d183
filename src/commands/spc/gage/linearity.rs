use super::super::measured::MeasuredArgs;
use super::super::options::unfit;
use super::tell;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_spc::gage::linearity::Asked;
use serde_json::json;

/// Fit the bias of readings as a straight line over their reference values
#[derive(Args)]
#[command(after_long_help = "\
Example:
  libchar spc gage linearity refs.csv -c x_nm --reference ref_nm --process-variation 12 --svg linearity.svg

Least squares of single readings, not of means. Exit code 1: zero lies outside the confidence band of the line at one of the
references. --process-variation is 6 sigma of the process; linearity is |slope| times it.")]
pub struct Linearity {
    #[command(flatten)]
    data: MeasuredArgs,
    /// Column of reference values
    #[arg(long, value_name = "COLUMN")]
    reference: String,
    /// Spread of the process (6 sigma)
    #[arg(long, value_name = "NUMBER")]
    process_variation: Option<f64>,
    /// Confidence of the band
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Draw bias, line and band
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

pub fn run(args: &Linearity, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "spc gage linearity",
        json!({ "input": args.data.input, "reference": args.reference }),
    );
    let readings = args.data.read(ctx, &[], Some(&args.reference))?;
    let Linearity { process_variation, confidence, .. } = *args;
    let asked = Asked { process_variation, confidence };
    let study = asked.study(&readings).map_err(|e| unfit(&readings.file, e))?;
    tell(ctx, &study, args.svg.as_deref())
}
