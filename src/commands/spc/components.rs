use super::choice::word;
use super::measured::MeasuredArgs;
use super::options::unfit;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_spc::components::{Method, components};
use libchar_spc::data::Readings;
use libchar_spc::mean_squares::Negative;
use serde_json::json;

/// Split the variance of nested data: lot, wafer in lot, site in wafer
#[derive(Args)]
#[command(after_long_help = "\
Example:
  libchar spc components thickness.csv -c tox_nm --nested lot,wafer --svg components.svg

Labels of a lower factor may repeat: wafer 1 of lot A is not wafer 1 of lot B. Mean squares are used if the design is balanced,
restricted maximum likelihood if it is not. A negative component is printed as it was estimated and as it counts.")]
pub struct Components {
    #[command(flatten)]
    data: MeasuredArgs,
    /// Columns of the factors, highest first; the variance within the last factor is `residual`
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',', required = true)]
    nested: Vec<String>,
    /// Method: mean squares, or restricted maximum likelihood [default: anova, reml where the design is not balanced]
    #[arg(long, value_parser = word::<Method>())]
    method: Option<Method>,
    /// Negative components of the analysis of variance: taken as 0, or kept
    #[arg(long, value_parser = word::<Negative>(), default_value = "zero")]
    negative: Negative,
    /// Confidence of the intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Draw the shares of the variance
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

pub fn run(args: &Components, ctx: &Context) -> Result<Outcome> {
    ctx.begin("spc components", json!({ "input": args.data.input, "nested": args.nested }));
    let names: Vec<&str> = args.nested.iter().map(String::as_str).collect();
    let Readings { file, column, values, labels, .. } = args.data.read(ctx, &names, None)?;
    let keep = args.negative == Negative::Keep;
    let found = components(&values, &args.nested, &labels, args.method, keep, args.confidence)
        .map_err(|e| unfit(&file, e))?;
    for warning in &found.warnings {
        ctx.log.warning("components", warning);
    }
    ctx.answer(|| found.document(&column), || found.frame())?;
    if let Some(file) = &args.svg {
        ctx.write(file, found.picture(&column).as_bytes())?;
    }
    Ok(Outcome::Fine)
}
