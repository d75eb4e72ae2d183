use super::options::{EwmaLimits, usage};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::Frame;
use libchar_spc::SpcError;
use libchar_spc::arl::rules::Conditions;
use libchar_spc::arl::{Change, Method, MovingRange, RunLength, cusum, ewma, rules_arl, shewhart};
use libchar_spc::constants::range_moments;
use libchar_spc::rules::{Pattern, parse_rules};

/// Compute average run lengths, or the design that has one
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc arl --rules we --shift 0,0.5,1,2          Western Electric: 91.75 points in control
  libchar spc arl --chart ewma --lambda 0.2 --width 2.86 --limits asymptotic --shift 0,1
  libchar spc arl --chart cusum --k 0.5 --h 4 --fir
  libchar spc arl --chart cusum --k 0.5 --target-arl 370          the h that has it
  libchar spc arl --rules we12 --slope 0.01,0.1                   a drifting mean
  libchar spc arl --chart i-mr                                    individuals and moving range together
  libchar spc arl --phi 0,0.4,0.8                                 autocorrelated points

Zone rules are solved exactly as a Markov chain, EWMA and CUSUM as integral equations; rules that compare neighbours
are simulated, and the standard error says how well.")]
pub struct Arl {
    /// Kind of chart
    #[arg(long, value_enum, default_value_t = ArlChart::Shewhart)]
    chart: ArlChart,
    /// Rules of a shewhart or i-mr chart
    #[arg(long, value_name = "LIST", default_value = "rule1")]
    rules: String,
    /// Shifts of the mean, in sigma of what is plotted
    #[arg(
        long,
        value_name = "SIGMA",
        value_delimiter = ',',
        default_value = "0",
        allow_negative_numbers = true
    )]
    shift: Vec<f64>,
    /// Drift of the mean in sigma a point, in place of a shift
    #[arg(long, value_name = "SIGMA", value_delimiter = ',', conflicts_with_all = ["shift", "target_arl"], allow_negative_numbers = true)]
    slope: Vec<f64>,
    /// Lag-one autocorrelations of the points, in place of a shift (shewhart, rule 1)
    #[arg(long, value_name = "PHI", value_delimiter = ',', conflicts_with_all = ["shift", "slope", "target_arl"], allow_negative_numbers = true)]
    phi: Vec<f64>,
    /// Find the width (shewhart rule 1, ewma) or h (cusum) with this in-control run length
    #[arg(long, value_name = "ARL", conflicts_with = "shift")]
    target_arl: Option<f64>,
    /// Distance of the limits in sigma of what is plotted
    #[arg(long, value_name = "SIGMA", default_value_t = 3.0)]
    width: f64,
    /// EWMA: weights of the newest value
    #[arg(long, value_name = "WEIGHT", value_delimiter = ',', default_value = "0.2")]
    lambda: Vec<f64>,
    /// EWMA: limits of the exact variance of each point, or of the last
    #[arg(long, value_enum, default_value_t = EwmaLimits::Exact)]
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
    /// Simulated runs where nothing exact exists
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

impl ArlChart {
    fn name(self) -> &'static str {
        match self {
            Self::Shewhart => "shewhart",
            Self::IMr => "i-mr",
            Self::Ewma => "ewma",
            Self::Cusum => "cusum",
        }
    }
}

const COLUMNS: [&str; 8] =
    ["chart", "design", "shift", "slope", "phi", "arl", "standard_error", "method"];

pub fn run(args: &Arl, ctx: &Context) -> Result<Outcome> {
    if !(2..=20_000_000).contains(&args.runs) {
        return Err(Usage("--runs is 2 to 20000000".to_owned()).into());
    }
    let disturbed = args.shift.iter().chain(&args.slope).chain(&args.phi);
    if let Some(value) = disturbed.copied().find(|value| !value.is_finite()) {
        return Err(Usage(format!("{value} is no finite number")).into());
    }
    let frame = match args.target_arl {
        Some(target) => designs(args, target),
        None if !args.phi.is_empty() => autocorrelated(args),
        None => run_lengths(args),
    };
    ctx.print(&frame.map_err(usage)?)?;
    Ok(Outcome::Fine)
}

/// The design parameter that has the wanted run length.
fn designs(args: &Arl, target: f64) -> Result<Frame, SpcError> {
    let mut frame =
        Frame::new("libchar.spc-design", 1, ["chart", "lambda", "k", "width", "h", "arl"]);
    let empty = || None::<f64>.into();
    match args.chart {
        ArlChart::Ewma => {
            for &lambda in &args.lambda {
                let limits = limits(args);
                let width = ewma::ewma_width(lambda, target, limits)?;
                let arl = ewma::ewma_arl(lambda, width, limits, Change::NONE)?;
                frame.push(vec![
                    "ewma".into(),
                    lambda.into(),
                    empty(),
                    width.into(),
                    empty(),
                    arl.into(),
                ]);
            }
        }
        ArlChart::Cusum => {
            for &k in &args.k {
                let h = cusum::cusum_interval(k, target)?;
                let arl = cusum::cusum_arl(k, h, 0.0, 0.0)?;
                frame.push(vec!["cusum".into(), empty(), k.into(), empty(), h.into(), arl.into()]);
            }
        }
        ArlChart::Shewhart | ArlChart::IMr => {
            if !(target > 1.0 && target <= 1e9) || args.chart == ArlChart::IMr {
                return Err(SpcError::Invalid(
                    "--target-arl is for shewhart (rule 1), ewma and cusum, between 1 and 1e9"
                        .to_owned(),
                ));
            }
            let width = -libchar_spc::normal::quantile(0.5 / target);
            frame.push(vec![
                "shewhart".into(),
                empty(),
                empty(),
                width.into(),
                empty(),
                target.into(),
            ]);
        }
    }
    Ok(frame)
}

fn autocorrelated(args: &Arl) -> Result<Frame, SpcError> {
    let mut frame = Frame::new("libchar.spc-arl", 1, COLUMNS);
    for &phi in &args.phi {
        if phi.abs() >= 1.0 {
            return Err(SpcError::OutOfRange { name: "phi", value: phi, expected: "-1 < phi < 1" });
        }
        let arl = shewhart::autocorrelated(phi, args.width);
        let method = Method::IntegralEquation.name();
        let nothing = || None::<f64>.into();
        frame.push(vec![
            args.chart.name().into(),
            format!("width {}", args.width).into(),
            nothing(),
            nothing(),
            phi.into(),
            arl.into(),
            0.0.into(),
            method.into(),
        ]);
    }
    Ok(frame)
}

/// One row a shift or slope, for each weight or reference value.
fn run_lengths(args: &Arl) -> Result<Frame, SpcError> {
    let mut frame = Frame::new("libchar.spc-arl", 1, COLUMNS);
    let changes: Vec<Change> = if args.slope.is_empty() {
        args.shift.iter().map(|&sigma| Change::Step { sigma }).collect()
    } else {
        args.slope.iter().map(|&slope| Change::Ramp { slope }).collect()
    };
    let mut add = |design: &str, change: Change, found: RunLength| {
        let (shift, slope) = match change {
            Change::Step { sigma } => (Some(sigma), None),
            Change::Ramp { slope } => (None, Some(slope)),
        };
        frame.push(vec![
            args.chart.name().into(),
            design.into(),
            shift.into(),
            slope.into(),
            None::<f64>.into(),
            found.arl.into(),
            found.standard_error.into(),
            found.method.name().into(),
        ]);
    };
    let solved = |arl| RunLength { arl, standard_error: 0.0, method: Method::IntegralEquation };
    for change in changes {
        match args.chart {
            ArlChart::Shewhart | ArlChart::IMr => {
                add(&args.rules, change, of_rules(args, change)?);
            }
            ArlChart::Ewma => {
                for &lambda in &args.lambda {
                    let arl = ewma::ewma_arl(lambda, args.width, limits(args), change)?;
                    add(&format!("lambda {lambda} width {}", args.width), change, solved(arl));
                }
            }
            ArlChart::Cusum => {
                let head = args.head_start.unwrap_or(if args.fir { args.h / 2.0 } else { 0.0 });
                for &k in &args.k {
                    let arl = match change {
                        Change::Step { sigma } => cusum::cusum_arl(k, args.h, head, sigma)?,
                        // The side that the drift runs towards; the other hardly ever alarms first.
                        Change::Ramp { slope } => {
                            let toward = Change::Ramp { slope: slope.abs() };
                            cusum::cusum_one_sided_arl(k, args.h, head, toward)?
                        }
                    };
                    add(&format!("k {k} h {} head start {head}", args.h), change, solved(arl));
                }
            }
        }
    }
    Ok(frame)
}

fn of_rules(args: &Arl, change: Change) -> Result<RunLength, SpcError> {
    let mut patterns: Vec<Pattern> =
        parse_rules(&args.rules)?.iter().map(|rule| rule.pattern).collect();
    for pattern in &mut patterns {
        if let Pattern::Beyond { k: 1, m: 1, z } = pattern
            && *z == 3.0
        {
            *z = args.width;
        }
    }
    for pattern in &patterns {
        pattern.check()?;
    }
    let moving_range = match args.chart {
        ArlChart::IMr => {
            let (d2, d3) = range_moments(2)?;
            Some(MovingRange { upper_sigma: d2 + 3.0 * d3 })
        }
        _ => None,
    };
    let (runs, seed) = (args.runs, args.seed);
    let conditions = Conditions { change, moving_range, runs, seed, ..Conditions::default() };
    rules_arl(&patterns, &conditions)
}

fn limits(args: &Arl) -> ewma::EwmaLimits {
    match args.limits {
        EwmaLimits::Exact => ewma::EwmaLimits::Exact,
        EwmaLimits::Asymptotic => ewma::EwmaLimits::Asymptotic,
    }
}
