use super::super::measured::MeasuredArgs;
use super::super::options::unfit;
use super::raise;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_core::{Format, Frame, frame, number};
use libchar_spc::gage::picture;
use libchar_spc::gage::{Linearity as Found, linearity};
use serde_json::json;
use std::io::Write;

/// Fit the bias of readings as a line over their references
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
    let found =
        linearity(&readings.values, &readings.extra, args.process_variation, args.confidence)
            .map_err(|e| unfit(&readings.file, e))?;
    match ctx.format() {
        Format::Json => {
            let mut body = json!(found);
            body["column"] = json!(readings.column);
            body["confidence"] = json!(args.confidence);
            ctx.write_document("-", &frame::document("libchar.spc-gage-linearity", 1, body))?;
        }
        Format::Table => {
            let mut out = ctx.stdout();
            frame_of(&found).write(Format::Table, &mut out)?;
            let text = |x: f64| number::significant(x, 4);
            writeln!(
                out,
                "\nbias = {} + {} reference (p of the slope {}), mean bias {}, R2 {}",
                text(found.intercept),
                text(found.slope),
                text(found.p_slope),
                text(found.mean_bias),
                text(found.r2)
            )?;
            out.flush()?;
        }
        _ => ctx.print(&frame_of(&found))?,
    }
    if let Some(file) = &args.svg {
        let svg = picture::linearity(
            &readings.column,
            &readings.values,
            &readings.extra,
            &found,
            args.confidence,
        );
        ctx.write(file, svg.as_bytes())?;
    }
    let outside = found.bias_by_reference.values().filter(|at| !at.holds_zero).count();
    if outside > 0 {
        let of = found.bias_by_reference.len();
        let message = format!(
            "{}: zero lies outside the band of the bias at {outside} of {of} references",
            readings.column
        );
        raise(ctx, message);
    }
    Ok(Outcome::found(outside))
}

fn frame_of(found: &Found) -> Frame {
    let columns = ["reference", "bias", "s", "t", "p", "lower", "upper", "holds_zero"];
    let mut frame = Frame::new("libchar.spc-gage-linearity", 1, columns);
    let mut rows: Vec<_> = found.bias_by_reference.iter().collect();
    rows.sort_by(|a, b| {
        let value = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
        value(a.0).total_cmp(&value(b.0))
    });
    for (reference, at) in rows {
        frame.push(vec![
            reference.parse::<f64>().unwrap_or(f64::NAN).into(),
            at.bias.into(),
            at.s.into(),
            at.t.into(),
            at.p.into(),
            at.band[0].into(),
            at.band[1].into(),
            at.holds_zero.into(),
        ]);
    }
    frame
}
