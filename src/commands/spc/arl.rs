use super::choice::word;
use super::options::usage;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_spc::arl::EwmaLimits;
use libchar_spc::arl::asked::{Asked, Charted, Disturbed, design_frame, frame};
use libchar_spc::arl::cusum::head_start;

/// Compute average run lengths (ARL), or find the design for a given ARL
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc arl --rules we --shift 0,0.5,1,2          Western Electric: 91.75 points in control
  libchar spc arl --chart ewma --lambda 0.2 --width 2.86 --limits asymptotic --shift 0,1
  libchar spc arl --chart cusum --k 0.5 --h 4 --fir
  libchar spc arl --chart cusum --k 0.5 --target-arl 370          the h that gives this ARL
  libchar spc arl --rules we12 --slope 0.01,0.1                   a drifting mean
  libchar spc arl --chart i-mr                                    individuals and moving range together
  libchar spc arl --phi 0,0.4,0.8                                 autocorrelated points

Zone rules are solved exactly as a Markov chain, EWMA and CUSUM as integral equations; rules that compare neighbours
are simulated, and the standard error is printed.")]
pub struct Arl {
    /// Kind of chart
    #[arg(long, value_enum, default_value_t = ArlChart::Shewhart)]
    chart: ArlChart,
    /// Rules of a shewhart or i-mr chart
    #[arg(long, value_name = "LIST", default_value = "rule1")]
    rules: String,
    /// Shifts of the mean, in sigma of the plotted statistic
    #[arg(
        long,
        value_name = "SIGMA",
        value_delimiter = ',',
        default_value = "0",
        allow_negative_numbers = true
    )]
    shift: Vec<f64>,
    /// Drift of the mean in sigma per point, in place of a shift
    #[arg(long, value_name = "SIGMA", value_delimiter = ',', conflicts_with_all = ["shift", "target_arl"], allow_negative_numbers = true)]
    slope: Vec<f64>,
    /// Lag-one autocorrelations of the points, in place of a shift (shewhart, rule 1)
    #[arg(long, value_name = "PHI", value_delimiter = ',', conflicts_with_all = ["shift", "slope", "target_arl"], allow_negative_numbers = true)]
    phi: Vec<f64>,
    /// Find the width (shewhart rule 1, ewma) or h (cusum) that gives this in-control run length
    #[arg(long, value_name = "ARL", conflicts_with = "shift")]
    target_arl: Option<f64>,
    /// Distance of the limits from the centre line, in sigma of the plotted statistic
    #[arg(long, value_name = "SIGMA", default_value_t = 3.0)]
    width: f64,
    /// EWMA: weights of the newest value
    #[arg(long, value_name = "WEIGHT", value_delimiter = ',', default_value = "0.2")]
    lambda: Vec<f64>,
    /// EWMA: limits from the exact variance of each point, or from the asymptotic variance
    #[arg(long, value_parser = word::<EwmaLimits>(), default_value = "exact")]
    limits: EwmaLimits,
    /// CUSUM: reference values in sigma
    #[arg(long, value_name = "SIGMA", value_delimiter = ',', default_value = "0.5")]
    k: Vec<f64>,
    /// CUSUM: decision interval in sigma
    #[arg(long, value_name = "SIGMA", default_value_t = 5.0)]
    h: f64,
    /// CUSUM: start both sums at this many sigma
    #[arg(long, value_name = "SIGMA", conflicts_with = "fir")]
    head_start: Option<f64>,
    /// CUSUM: fast initial response, a head start of h/2
    #[arg(long)]
    fir: bool,
    /// Number of simulated runs, if there is no exact solution
    #[arg(long, value_name = "N", default_value_t = 200_000)]
    runs: usize,
    /// Seed of the simulation
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ArlChart {
    /// Points with known limits, judged by --rules
    Shewhart,
    /// Individuals judged by --rules, with their moving-range chart
    IMr,
    /// Exponentially weighted moving average
    Ewma,
    /// Tabular cumulative sum
    Cusum,
}

impl Arl {
    fn asked(&self) -> Asked {
        let (lambda, k, h) = (self.lambda.clone(), self.k.clone(), self.h);
        let chart = match self.chart {
            ArlChart::Shewhart => Charted::Shewhart(self.rules.clone()),
            ArlChart::IMr => Charted::IMr(self.rules.clone()),
            ArlChart::Ewma => Charted::Ewma { lambda, limits: self.limits },
            ArlChart::Cusum => {
                Charted::Cusum { k, h, head_start: head_start(self.head_start, self.fir, h) }
            }
        };
        let disturbed = match (self.phi.is_empty(), self.slope.is_empty()) {
            (false, _) => Disturbed::Autocorrelations(self.phi.clone()),
            (true, false) => Disturbed::Slopes(self.slope.clone()),
            (true, true) => Disturbed::Shifts(self.shift.clone()),
        };
        Asked { chart, width: self.width, disturbed, runs: self.runs, seed: self.seed }
    }
}

pub fn run(args: &Arl, ctx: &Context) -> Result<Outcome> {
    let asked = args.asked();
    let found = match args.target_arl {
        Some(target) => asked.designs(target).map(|designs| design_frame(&designs)),
        None => asked.run_lengths().map(|rows| frame(&rows)),
    };
    ctx.print(&found.map_err(usage)?)?;
    Ok(Outcome::Fine)
}
