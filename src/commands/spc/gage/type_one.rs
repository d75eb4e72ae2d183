use super::super::measured::MeasuredArgs;
use super::super::options::unfit;
use super::{quantities, raise};
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_core::{Format, frame, number};
use libchar_spc::gage::type_one;
use serde_json::json;

/// Judge readings of one reference against its tolerance: Cg and Cgk
#[derive(Args)]
#[command(after_long_help = "\
Example:
  libchar spc gage type1 master.csv -c x_nm --reference 100 --tolerance 10 --min-cgk 1.33

Cg = percent/100 T/(multiplier s), Cgk = (percent/200 T - |bias|)/(multiplier/2 s); 20 % of 6 sigma unless said otherwise, 4
sigma by VDA 5 and older practice. Exit code 1: Cgk is below --min-cgk.")]
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
    /// Sigmas in the spread of the gage
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
    ctx.begin("spc gage type1", json!({ "input": args.data.input, "reference": args.reference }));
    let readings = args.data.read(ctx, &[], None)?;
    let found = type_one(
        &readings.values,
        args.reference,
        args.tolerance,
        args.percent,
        args.multiplier,
        args.confidence,
    )
    .map_err(|e| unfit(&readings.file, e))?;
    if ctx.format() == Format::Json {
        let mut body = json!(found);
        body["column"] = json!(readings.column);
        body["reference"] = json!(args.reference);
        body["tolerance"] = json!(args.tolerance);
        body["confidence"] = json!(args.confidence);
        ctx.write_document("-", &frame::document("libchar.spc-gage-type1", 1, body))?;
    } else {
        let rows = [
            ("n", found.bias.n.into()),
            ("bias", found.bias.bias.into()),
            ("lower", found.bias.ci[0].into()),
            ("upper", found.bias.ci[1].into()),
            ("sigma_r", found.bias.sigma_r.into()),
            ("t", found.bias.t.into()),
            ("p", found.bias.p.into()),
            ("cg", found.cg.into()),
            ("cgk", found.cgk.into()),
            ("percent_var_repeatability", found.percent_var_repeatability.into()),
            ("percent_var_repeatability_and_bias", found.percent_var_repeatability_and_bias.into()),
            ("resolution_percent", found.resolution_percent.into()),
        ];
        ctx.print(&quantities("libchar.spc-gage-type1", rows))?;
    }
    if found.resolution_percent > 5.0 {
        let percent = number::significant(found.resolution_percent, 3);
        ctx.log.warning(
            "gage",
            format!(
                "the smallest step of the readings is {percent} % of the tolerance, more than 5 %"
            ),
        );
    }
    let short = args.min_cgk.filter(|least| found.cgk < *least);
    if let Some(least) = short {
        let cgk = number::significant(found.cgk, 4);
        raise(ctx, format!("{}: Cgk {cgk} is below {least}", readings.column));
    }
    Ok(Outcome::found(usize::from(short.is_some())))
}
