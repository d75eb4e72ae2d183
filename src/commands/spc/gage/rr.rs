use super::super::choice::word;
use super::super::measured::MeasuredArgs;
use super::super::options::{unfit, usage};
use super::tell;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_spc::gage::rr::{Asked, Like, Method};
use libchar_spc::gage::{Comparison, Design, Interaction, Options};
use libchar_spc::mean_squares::Negative;
use serde_json::json;

/// Split the spread of readings into parts, operators and the gage itself (gage R&R)
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc gage rr study.csv -c x_nm --part part --operator operator --lsl 95 --usl 105
  libchar spc gage rr study.csv -c trial1 -c trial2 -c trial3 --part part --operator operator --method xbar-r
  libchar spc gage rr pull.csv -c force_n --part part --operator operator --nested      destructive: each part has one operator
  libchar spc gage rr auto.csv -c x_nm --part part --max-grr 10                           one operator: repeatability alone

Every operator measures every part as often as the others (crossed), or measures different parts (--nested). Exit code 1: the
spread of the gage takes more than --max-grr % of the tolerance (of the study without one), or --min-ndc is not reached.")]
pub struct Rr {
    #[command(flatten)]
    data: MeasuredArgs,
    /// Column of parts
    #[arg(long, value_name = "COLUMN")]
    part: String,
    /// Column of operators [default: all readings are of one operator]
    #[arg(long, value_name = "COLUMN")]
    operator: Option<String>,
    /// Every operator measures different parts: part 1 of A is not part 1 of B
    #[arg(long, requires = "operator")]
    nested: bool,
    /// Method: analysis of variance, or averages and ranges
    #[arg(long, value_parser = word::<Method>(), default_value = "anova")]
    method: Method,
    /// Keep the interaction of part and operator: if its p value is at most --alpha, always, or never
    #[arg(long, value_parser = word::<Interaction>(), default_value = "tested")]
    interaction: Interaction,
    /// p value above which the interaction is pooled with repeatability (AIAG: 0.25)
    #[arg(long, value_name = "P", default_value_t = 0.05)]
    alpha: f64,
    /// Negative variances: taken as 0 before the total, or kept
    #[arg(long, value_parser = word::<Negative>(), default_value = "zero")]
    negative: Negative,
    /// Constants of xbar-r: exact, or four digits as the AIAG's worksheet prints them
    #[arg(long, value_parser = word::<Like>(), default_value = "exact")]
    like: Like,
    /// Width of the tolerance
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["lsl", "usl"])]
    tolerance: Option<f64>,
    /// Lower specification limit
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    lsl: Option<f64>,
    /// Upper specification limit
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    usl: Option<f64>,
    /// Mean of the process, for a tolerance with only one limit [default: that of the study]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    mean: Option<f64>,
    /// Sigma of the process, in place of the sigma of the study's parts
    #[arg(long, value_name = "NUMBER")]
    historical_sigma: Option<f64>,
    /// Number of sigmas in the study variation (older practice: 5.15)
    #[arg(long, value_name = "SIGMA", default_value_t = 6.0)]
    multiplier: f64,
    /// Confidence of the intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Exit 1 when the gage takes more than this share of the tolerance (of the study without one), %
    #[arg(long, value_name = "PERCENT")]
    max_grr: Option<f64>,
    /// Exit 1 when there are fewer distinct categories than this
    #[arg(long, value_name = "N")]
    min_ndc: Option<usize>,
    /// Draw variance components and cell means
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

impl Rr {
    fn asked(&self) -> Asked {
        Asked {
            design: if self.nested { Design::Nested } else { Design::Crossed },
            method: self.method,
            like: self.like,
            options: Options {
                interaction: self.interaction,
                alpha: self.alpha,
                keep_negative: self.negative == Negative::Keep,
                multiplier: self.multiplier,
                confidence: self.confidence,
                against: Comparison {
                    tolerance: self.tolerance,
                    lsl: self.lsl,
                    usl: self.usl,
                    mean: self.mean,
                    historical_sigma: self.historical_sigma,
                },
            },
            max_grr: self.max_grr,
            min_ndc: self.min_ndc,
        }
    }
}

pub fn run(args: &Rr, ctx: &Context) -> Result<Outcome> {
    let asked = args.asked();
    asked.check().map_err(usage)?;
    ctx.begin(
        "spc gage rr",
        json!({ "input": args.data.input, "part": args.part, "operator": args.operator, "nested": args.nested }),
    );
    let names: Vec<&str> =
        std::iter::once(args.part.as_str()).chain(args.operator.as_deref()).collect();
    let readings = args.data.read(ctx, &names, None)?;
    let study = asked.study(&readings).map_err(|e| unfit(&readings.file, e))?;
    tell(ctx, &study, args.svg.as_deref())
}
