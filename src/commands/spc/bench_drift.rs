use super::drift::method;
use super::options::usage;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_spc::bench_drift::{self, Settings};
use libchar_spc::drift::Method;

const EXAMPLES: &str = "\
Examples:
  libchar spc bench-drift                              29 kinds of change at about 5 % false alarms per 100 points
  libchar spc bench-drift --method charts --arl 370    six classical charts with an ARL of 370
  libchar spc bench-drift --phase1 50 --series 20000   mean and sigma estimated from 50 points

Each series has 50 in-control points, then the change; series with an alarm before it are left out.";

/// Measure which changes the drift detector finds, how fast, and how often it gives a false alarm
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct BenchDrift {
    /// Method of detection
    #[arg(long, value_parser = method(), default_value = "likelihood")]
    method: Method,
    /// Average number of points between false alarms for which the limit is set
    #[arg(long, value_name = "POINTS", default_value_t = 2000.0)]
    arl: f64,
    /// Estimate mean and sigma from M points, again for each series [default: known]
    #[arg(long, value_name = "M")]
    phase1: Option<usize>,
    /// Number of simulated series for each kind of change
    #[arg(long, default_value_t = 4000)]
    series: usize,
    /// Seed of the random numbers
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub fn run(args: &BenchDrift, ctx: &Context) -> Result<Outcome> {
    let BenchDrift { method, arl, phase1, series, seed } = *args;
    let settings = Settings { method, arl, phase1, series, seed };
    ctx.begin("spc bench-drift", settings.parameters());
    let report = bench_drift::run(&settings).map_err(usage)?;
    ctx.answer(|| report.document(&settings), || report.frame())?;
    ctx.log.info("bench-drift", report.sentence());
    Ok(Outcome::Fine)
}
