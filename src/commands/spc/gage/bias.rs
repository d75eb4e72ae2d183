use super::super::measured::MeasuredArgs;
use super::super::options::unfit;
use super::{quantities, raise};
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_core::{Format, frame, number};
use libchar_spc::gage::bias;
use serde_json::json;

/// Test readings of one reference for bias
#[derive(Args)]
#[command(after_long_help = "\
Example:
  libchar spc gage bias master.csv -c x_nm --reference 100

A one-sample t test of the readings less the reference. A bias that is significant may still be small against the
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
    /// p value up to which a bias is a finding
    #[arg(long, value_name = "P", default_value_t = 0.05)]
    alpha: f64,
    /// Confidence of the interval
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
}

pub fn run(args: &Bias, ctx: &Context) -> Result<Outcome> {
    ctx.begin("spc gage bias", json!({ "input": args.data.input, "reference": args.reference }));
    let readings = args.data.read(ctx, &[], None)?;
    let found = bias(&readings.values, args.reference, args.confidence)
        .map_err(|e| unfit(&readings.file, e))?;
    let share = args.tolerance.map(|tolerance| 100.0 * found.bias.abs() / tolerance);
    if ctx.format() == Format::Json {
        let mut body = json!(found);
        body["column"] = json!(readings.column);
        body["reference"] = json!(args.reference);
        body["confidence"] = json!(args.confidence);
        body["percent_tolerance"] = json!(share);
        ctx.write_document("-", &frame::document("libchar.spc-gage-bias", 1, body))?;
    } else {
        let rows = [
            ("n", found.n.into()),
            ("bias", found.bias.into()),
            ("lower", found.ci[0].into()),
            ("upper", found.ci[1].into()),
            ("sigma_r", found.sigma_r.into()),
            ("sigma_b", found.sigma_b.into()),
            ("t", found.t.into()),
            ("df", found.df.into()),
            ("p", found.p.into()),
            ("percent_tolerance", share.into()),
        ];
        ctx.print(&quantities("libchar.spc-gage-bias", rows))?;
    }
    let biased = found.p <= args.alpha;
    if biased {
        let (bias, p) = (number::significant(found.bias, 4), number::significant(found.p, 2));
        raise(ctx, format!("{}: the bias {bias} is significant (p {p})", readings.column));
    }
    Ok(Outcome::found(usize::from(biased)))
}
