use super::measured::MeasuredArgs;
use super::options::unfit;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::number::significant;
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_core::{Format, Frame, frame};
use libchar_spc::components::{self, Components as Found, components};
use serde_json::json;

/// Split the variance of nested data: lot, wafer in lot, site in wafer
#[derive(Args)]
#[command(after_long_help = "\
Example:
  libchar spc components thickness.csv -c tox_nm --nested lot,wafer --svg components.svg

Labels of a lower factor may repeat: wafer 1 of lot A is not wafer 1 of lot B. Mean squares where the design is balanced,
restricted maximum likelihood where it is not; both are printed, negative components as they came out and as they count.")]
pub struct Components {
    #[command(flatten)]
    data: MeasuredArgs,
    /// Columns of the factors, highest first; what is left within the last is `residual`
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',', required = true)]
    nested: Vec<String>,
    /// Mean squares, or restricted maximum likelihood [default: anova, reml where the design is not balanced]
    #[arg(long, value_enum)]
    method: Option<Method>,
    /// Negative components of the analysis of variance: taken as 0, or kept
    #[arg(long, value_enum, default_value_t = Negative::Zero)]
    negative: Negative,
    /// Confidence of the intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Draw the shares
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Method {
    Anova,
    Reml,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Negative {
    Zero,
    Keep,
}

pub fn run(args: &Components, ctx: &Context) -> Result<Outcome> {
    ctx.begin("spc components", json!({ "input": args.data.input, "nested": args.nested }));
    let names: Vec<&str> = args.nested.iter().map(String::as_str).collect();
    let readings = args.data.read(ctx, &names, None)?;
    let method = args.method.map(|method| match method {
        Method::Anova => components::Method::Anova,
        Method::Reml => components::Method::Reml,
    });
    let keep = args.negative == Negative::Keep;
    let found =
        components(&readings.values, &args.nested, &readings.labels, method, keep, args.confidence)
            .map_err(|e| unfit(&readings.file, e))?;
    for warning in &found.warnings {
        ctx.log.warning("components", warning);
    }
    if ctx.format() == Format::Json {
        let mut body = json!(found);
        body["column"] = json!(readings.column);
        ctx.write_document("-", &frame::document("libchar.spc-components", 1, body))?;
    } else {
        ctx.print(&frame_of(&found))?;
    }
    if let Some(file) = &args.svg {
        ctx.write(file, picture(&readings.column, &found).as_bytes())?;
    }
    Ok(Outcome::Fine)
}

fn frame_of(found: &Found) -> Frame {
    let columns = [
        "level",
        "df",
        "ss",
        "ms",
        "f",
        "p",
        "variance",
        "lower",
        "upper",
        "percent",
        "sd",
        "variance_untruncated",
    ];
    let mut frame = Frame::new("libchar.spc-components", 1, columns);
    for level in &found.levels {
        frame.push(vec![
            level.name.as_str().into(),
            level.df.into(),
            level.ss.into(),
            level.ms.into(),
            level.f.into(),
            level.p.into(),
            level.variance.into(),
            level.interval.map(|i| i[0]).into(),
            level.interval.map(|i| i[1]).into(),
            level.percent.into(),
            level.variance.max(0.0).sqrt().into(),
            level.variance_untruncated.into(),
        ]);
    }
    frame
}

/// The share of each level as a bar.
fn picture(column: &str, found: &Found) -> String {
    let names = found.levels.iter().enumerate().map(|(i, l)| (i as f64 + 0.5, l.name.clone()));
    let x = Axis::linear("level", [0.0, found.levels.len() as f64]).named(names);
    let shares = found.levels.iter().map(|level| level.percent);
    let y = Axis::linear("share of the variance (%)", shares.chain([0.0, 100.0]));
    let mut chart = Chart::new(format!("variance components of {column}"), x, y);
    for (i, level) in found.levels.iter().enumerate() {
        let left = i as f64 + 0.2;
        chart.rect((left, 0.0), (left + 0.6, level.percent), PALETTE[0], 0.8);
        let text = format!(
            "{} % (sd {})",
            significant(level.percent, 3),
            significant(level.variance.max(0.0).sqrt(), 3)
        );
        chart.label(left, level.percent, &text, "#333333");
    }
    chart.render()
}
