use super::super::choice::word;
use super::super::measured::MeasuredArgs;
use super::super::options::unfit;
use super::tell;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_spc::gage::stability::{Asked, Spread};
use serde_json::json;

/// Watch a gage over time by readings of a master: control chart, and drift per day
#[derive(Args)]
#[command(after_long_help = "\
Example:
  libchar spc gage stability master.csv -c x_nm --time at --alpha 0.01

Readings at the same time form a subgroup; single readings give an I-MR chart; both use rule 1. The drift is the slope of the means
over time, per day if the times are dates. Exit code 1: the chart alarms, or the p value of the slope is at most --alpha.")]
pub struct Stability {
    #[command(flatten)]
    data: MeasuredArgs,
    /// Kind of chart for subgroups
    #[arg(long, value_parser = word::<Spread>(), default_value = "xbar-r")]
    chart: Spread,
    /// Significance level: a drift with a p value up to this is a finding
    #[arg(long, value_name = "P", default_value_t = 0.05)]
    alpha: f64,
    /// Confidence of the interval of the slope
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
}

pub fn run(args: &Stability, ctx: &Context) -> Result<Outcome> {
    if args.data.rows.time.is_none() {
        return Err(Usage("stability needs --time: the column of times".to_owned()).into());
    }
    ctx.begin("spc gage stability", json!({ "input": args.data.input }));
    let readings = args.data.read(ctx, &[], None)?;
    let Stability { chart, alpha, confidence, .. } = *args;
    let asked = Asked { chart, alpha, confidence };
    let study = asked.study(&readings).map_err(|e| unfit(&readings.file, e))?;
    tell(ctx, &study, None)
}
