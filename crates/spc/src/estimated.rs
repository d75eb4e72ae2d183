//! Charts whose limits were estimated from few points: their actual false-alarm rate, and the width
//! they should have.
//!
//! There are three criteria, which must not be mixed. The *average rate*: the false-alarm rate is
//! nominal when averaged over all Phase I samples. The *guarantee*: a stated share of the Phase I
//! samples has at most the nominal rate. And the average run length, which a few lucky samples
//! dominate; no width is chosen by it here, but [`ewma`] reports it.

use crate::arl::is_limit_rule;
use crate::chart::{Design, Kind, Parameters};
use crate::constants::{c4, range_moments};
use crate::distribution::{chi2_quantile, over_chi, t_quantile, t_sf};
use crate::error::SpcError;
use crate::normal;
use crate::quadrature::{gauss_legendre, increasing_root};
use crate::rules::{Monitor, Pattern};
use crate::sigma::Estimator;
use crate::tolerance::{Sides, factor, half_width};
use nalgebra::{DMatrix, DVector};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;
use serde::Serialize;

/// How sigma was estimated, which determines its scatter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spread {
    /// A standard deviation with the given degrees of freedom, optionally divided by c4.
    Sd {
        /// Degrees of freedom.
        freedom: f64,
        /// Whether it was divided by c4.
        unbiased: bool,
    },
    /// The mean moving range of this many points over d2.
    MovingRange(usize),
}

/// Behaviour of a chart of independent normal points whose limits were estimated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Behaviour {
    /// Number of points (subgroups) that the limits were estimated from.
    pub points: usize,
    /// Degrees of freedom of sigma, if they are defined.
    pub freedom: Option<f64>,
    /// Share of in-control points beyond the limits, averaged over Phase I samples.
    pub false_alarm_rate: f64,
    /// The width at which that average is nominal.
    pub width_for_average_rate: f64,
    /// The width that keeps the rate at or below nominal in the stated share of the samples.
    pub width_guaranteed: f64,
    /// Median in-control run length of all such charts.
    pub median_arl: f64,
    /// Share of such charts whose in-control run length is below 200.
    pub share_below_200: f64,
}

/// Number of Phase I samples drawn for a moving range, whose scatter has no closed form.
const SAMPLES: usize = 100_000;

/// Nominal false-alarm rate of limits at `width` sigma.
pub fn nominal(width: f64) -> f64 {
    2.0 * normal::sf(width)
}

/// Behaviour of a Shewhart chart at `width` sigma. `guarantee` is the share of samples for the
/// guaranteed width.
///
/// # Errors
/// Fewer than two points, a guarantee outside (0, 1).
pub fn shewhart(
    points: usize,
    spread: Spread,
    width: f64,
    guarantee: f64,
) -> Result<Behaviour, SpcError> {
    let alpha = nominal(width);
    if points < 2 {
        let what = "limits that are estimated";
        return Err(SpcError::TooFew { what, needed: 2, unit: "points", found: points });
    }
    let m = points as f64;
    match spread {
        Spread::Sd { freedom, unbiased } => {
            let unbias = if unbiased { c4(freedom.round() as usize + 1)? } else { 1.0 };
            let stretch = (1.0 + 1.0 / m).sqrt();
            let k = factor(m, freedom, 1.0 - alpha, guarantee, Sides::Two)?;
            let draws = draws_by_quantile(m, freedom, unbias);
            let (median_arl, share_below_200) = conditional(&draws, width);
            Ok(Behaviour {
                points,
                freedom: Some(freedom),
                false_alarm_rate: 2.0 * t_sf(width / unbias / stretch, freedom),
                width_for_average_rate: t_quantile(1.0 - alpha / 2.0, freedom) * stretch * unbias,
                width_guaranteed: k * unbias,
                median_arl,
                share_below_200,
            })
        }
        Spread::MovingRange(m) => {
            let draws = draws_of_moving_ranges(m, SAMPLES);
            let rate = |width: f64| mean_of(&draws, |d| alarm(d, width));
            let average = increasing_root(|width| Ok(alpha.ln() - rate(width).ln()), 0.5, 1e-9)?;
            let mut widths: Vec<f64> = draws
                .par_iter()
                .map(|(delta, ratio)| half_width(*delta, 1.0 - alpha) / ratio)
                .collect();
            widths.sort_by(f64::total_cmp);
            let at = (guarantee * widths.len() as f64) as usize;
            let (median_arl, share_below_200) = conditional(&draws, width);
            Ok(Behaviour {
                points,
                freedom: None,
                false_alarm_rate: rate(width),
                width_for_average_rate: average,
                width_guaranteed: widths[at.min(widths.len() - 1)],
                median_arl,
                share_below_200,
            })
        }
    }
}

/// A Phase I sample: the error of the centre in sigma of what is plotted, and the ratio of the
/// estimated to the true sigma.
type Draw = (f64, f64);

/// Probability that an in-control point lies beyond the limits from this sample.
fn alarm((delta, ratio): Draw, width: f64) -> f64 {
    normal::cdf(delta - width * ratio) + normal::sf(delta + width * ratio)
}

/// Mean of `f` over the draws, summed in their order so that the result is reproducible.
fn mean_of(draws: &[Draw], f: impl Fn(Draw) -> f64) -> f64 {
    draws.iter().map(|draw| f(*draw)).sum::<f64>() / draws.len() as f64
}

/// Median in-control run length of the charts, and the share of them below 200.
fn conditional(draws: &[Draw], width: f64) -> (f64, f64) {
    let mut arls: Vec<f64> = draws.iter().map(|draw| 1.0 / alarm(*draw, width)).collect();
    arls.sort_by(f64::total_cmp);
    let below = arls.iter().filter(|arl| **arl < 200.0).count();
    (arls[arls.len() / 2], below as f64 / arls.len() as f64)
}

/// Evenly spread samples at the points of a Halton sequence: δ ~ N(0, 1/m) and, independent of it,
/// √(χ²_f/f).
fn draws_by_quantile(m: f64, freedom: f64, unbias: f64) -> Vec<Draw> {
    let table: Vec<f64> = (0..400)
        .map(|i| (chi2_quantile((f64::from(i) + 0.5) / 400.0, freedom) / freedom).sqrt() / unbias)
        .collect();
    (1..=20_000u32)
        .map(|i| {
            let place = (halton(i, 3) * 400.0) as usize;
            (normal::quantile(halton(i, 2)) / m.sqrt(), table[place.min(399)])
        })
        .collect()
}

fn halton(mut i: u32, base: u32) -> f64 {
    let (mut f, mut found) = (1.0, 0.0);
    while i > 0 {
        f /= f64::from(base);
        found += f * f64::from(i % base);
        i /= base;
    }
    found
}

/// Mean and mean moving range of simulated samples. For long samples the moving range is drawn from
/// a χ distribution with the same two moments.
fn draws_of_moving_ranges(m: usize, samples: usize) -> Vec<Draw> {
    const LONG: usize = 200;
    if m > LONG {
        let steps = m as f64 - 1.0;
        // Var(MR̄/d2): adjacent ranges share a point, so their covariance is (4/π)(√3/2 + π/12 −
        // 1).
        let variance = (0.826_48 * steps - 0.255_63) / (steps * steps);
        return draws_by_quantile(m as f64, 0.5 / variance, 1.0);
    }
    let d2 = 2.0 / std::f64::consts::PI.sqrt();
    (0..samples)
        .into_par_iter()
        .map(|sample| {
            let mut gauss = Gauss::new(0x6d72, sample as u64);
            let (mut sum, mut ranges, mut last) = (0.0, 0.0, gauss.next());
            sum += last;
            for _ in 1..m {
                let x = gauss.next();
                sum += x;
                ranges += (x - last).abs();
                last = x;
            }
            (sum / m as f64, ranges / (m as f64 - 1.0) / d2)
        })
        .collect()
}

/// A stream of standard normal numbers.
struct Gauss(ChaCha8Rng);

impl Gauss {
    fn new(seed: u64, stream: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(stream);
        Self(random)
    }

    fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) * (1.0 / (1u64 << 53) as f64)
    }

    fn next(&mut self) -> f64 {
        normal::quantile(self.uniform())
    }
}

/// How often a chart with its actual limits alarms in control, including companion panels and all
/// rules.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimated {
    /// Number of points that the limits were estimated from.
    pub points: usize,
    /// Alarms per point, averaged over Phase I samples.
    pub rate: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// Number of Phase I samples that are simulated for the rate beside a chart.
const CHARTS: u64 = 1_000;
const POINTS: usize = 500;

/// How the sigma of a chart of `m` points of `size` values scatters; `None` if that is not known
/// here.
pub fn spread_of(design: &Design, m: usize, size: usize) -> Option<Spread> {
    if m < 2 || size < 1 {
        return None;
    }
    let freedom = m as f64 * (size as f64 - 1.0);
    Some(match (design.chart, design.estimator) {
        (Kind::IMr, Estimator::Mr) if design.span == 2 => Spread::MovingRange(m),
        (Kind::IMr, Estimator::Overall) => Spread::Sd { freedom: m as f64 - 1.0, unbiased: true },
        (Kind::XbarR, Estimator::Range | Estimator::RangeWeighted) => {
            let (d2, d3) = range_moments(size).ok()?;
            let freedom = 0.5 * m as f64 * (d2 / d3).powi(2);
            Spread::Sd { freedom, unbiased: true }
        }
        (Kind::XbarR | Kind::XbarS, Estimator::Pooled) => Spread::Sd { freedom, unbiased: true },
        (Kind::XbarS, Estimator::Sd | Estimator::SdWeighted) => {
            let c4 = c4(size).ok()?;
            let freedom = 0.5 * m as f64 * c4 * c4 / (1.0 - c4 * c4);
            Spread::Sd { freedom, unbiased: true }
        }
        _ => return None,
    })
}

/// The average false-alarm rate of `design` judged by `patterns`, with limits from
/// `parameters.points` points of `size` values.
///
/// `None` for charts with given limits, with so many points that the difference is below one per
/// cent, or of kinds whose scatter is not known here (counts, CUSUM, and T², whose limits allow for
/// it).
pub fn of_chart(
    design: &Design,
    patterns: &[Pattern],
    parameters: &Parameters,
    size: usize,
) -> Option<Estimated> {
    let m = parameters.points;
    if !(2..=20_000).contains(&m) || parameters.sigma.is_none() || patterns.is_empty() {
        return None;
    }
    let spread = spread_of(design, m, size)?;
    let draws = match spread {
        Spread::MovingRange(m) => draws_of_moving_ranges(m, CHARTS as usize),
        Spread::Sd { freedom, .. } => {
            draws_by_quantile(m as f64, freedom, c4(freedom.round() as usize + 1).ok()?)
        }
    };
    let companion = Companion::of(design, patterns, size)?;
    let rates: Vec<f64> = (0..CHARTS)
        .into_par_iter()
        .map(|chart| {
            // The first points of a Halton sequence are evenly spread; a subset at regular
            // intervals would not be.
            simulate(patterns, draws[chart as usize], companion, chart)
        })
        .collect();
    let n = rates.len() as f64;
    let rate = rates.iter().sum::<f64>() / n;
    let variance = rates.iter().map(|r| (r - rate) * (r - rate)).sum::<f64>() / (n - 1.0);
    Some(Estimated { points: m, rate, standard_error: (variance / n).sqrt() })
}

/// The alarms of the second panel.
#[derive(Clone, Copy)]
enum Companion {
    None,
    /// A moving range above this many sigma.
    Range(f64),
    /// Range or standard deviation of a subgroup.
    Subgroup {
        size: usize,
        by_range: bool,
    },
}

impl Companion {
    fn of(design: &Design, patterns: &[Pattern], size: usize) -> Option<Self> {
        if !patterns.iter().any(is_limit_rule) {
            return Some(Self::None);
        }
        Some(match design.chart {
            Kind::IMr => {
                let (d2, d3) = range_moments(2).ok()?;
                Self::Range(d2 + 3.0 * d3)
            }
            kind => Self::Subgroup { size, by_range: kind == Kind::XbarR },
        })
    }

    /// Probability that the spread of an in-control subgroup alarms if sigma was estimated `ratio`
    /// times too large.
    fn alarm(self, ratio: f64) -> f64 {
        match self {
            Self::Subgroup { size, by_range } => {
                crate::arl::spread_alarm_at(by_range, size, ratio).unwrap_or(0.0)
            }
            _ => 0.0,
        }
    }
}

/// Alarms per point of one chart. The rules restart after each alarm, so this is the reciprocal of
/// its run length.
fn simulate(patterns: &[Pattern], (delta, ratio): Draw, companion: Companion, chart: u64) -> f64 {
    let other = companion.alarm(ratio);
    let mut random = Gauss::new(0x6573, chart);
    let range = match companion {
        Companion::Range(limit) => Some(limit * ratio),
        _ => None,
    };
    // Without a moving range, uniform numbers compared with transformed lines save transforming
    // every point.
    let mut monitor = match range {
        Some(_) => Monitor::with_lines(patterns, |z| delta + z * ratio),
        None => Monitor::with_lines(patterns, |z| normal::cdf(delta + z * ratio)),
    };
    let (mut alarms, mut last) = (0usize, f64::NAN);
    for _ in 0..POINTS {
        let x = if range.is_some() { random.next() } else { random.uniform() };
        monitor.push(x);
        let jumped = range.is_some_and(|limit| (x - last).abs() > limit);
        let also = other > 0.0 && random.uniform() < other;
        last = x;
        if monitor.any() || jumped || also {
            alarms += 1;
            monitor.reset();
            last = f64::NAN;
        }
    }
    alarms as f64 / POINTS as f64
}

/// Average run lengths of an EWMA whose mean and sigma were estimated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct EstimatedEwma {
    /// With known mean and sigma.
    pub arl_known: f64,
    /// With the mean estimated from m values.
    pub arl_mean_estimated: f64,
    /// With sigma estimated with f degrees of freedom.
    pub arl_sigma_estimated: f64,
    /// With both estimated.
    pub arl_both: f64,
}

/// Number of nodes over the error of the mean; below, over the ratio of sigmas.
const MEAN_NODES: usize = 40;
const SIGMA_NODES: usize = 32;

/// Average run length of an EWMA with fixed (asymptotic) limits at `width`, averaged over Phase I
/// samples.
///
/// # Errors
/// A design out of range, fewer than two points.
pub fn ewma(
    lambda: f64,
    width: f64,
    m: usize,
    freedom: f64,
    shift: f64,
) -> Result<EstimatedEwma, SpcError> {
    let mean_only = over_mean(m, |delta| arl_at(lambda, width, shift - delta, 1.0))?;
    let nodes = chi_nodes(freedom);
    let sigma_only = nodes
        .par_iter()
        .map(|(ratio, weight)| Ok(weight * arl_at(lambda, width, shift, *ratio)?))
        .collect::<Result<Vec<f64>, SpcError>>()?;
    Ok(EstimatedEwma {
        arl_known: arl_at(lambda, width, shift, 1.0)?,
        arl_mean_estimated: mean_only,
        arl_sigma_estimated: sigma_only.iter().sum(),
        arl_both: ewma_both(lambda, width, m, freedom, shift)?,
    })
}

/// The average run length with both mean and sigma estimated.
///
/// # Errors
/// A design out of range, fewer than two points.
pub fn ewma_both(
    lambda: f64,
    width: f64,
    m: usize,
    freedom: f64,
    shift: f64,
) -> Result<f64, SpcError> {
    if m < 2 {
        let what = "limits that are estimated";
        return Err(SpcError::TooFew { what, needed: 2, unit: "points", found: m });
    }
    let parts = chi_nodes(freedom)
        .par_iter()
        .map(|(ratio, weight)| {
            Ok(weight * over_mean(m, |delta| arl_at(lambda, width, shift - delta, *ratio))?)
        })
        .collect::<Result<Vec<f64>, SpcError>>()?;
    Ok(parts.iter().sum())
}

/// The width whose average run length is `target` if both mean and sigma are estimated.
///
/// # Errors
/// As [`ewma_both`], or no such width.
pub fn ewma_width(lambda: f64, m: usize, freedom: f64, target: f64) -> Result<f64, SpcError> {
    let missing = |width: f64| Ok(ewma_both(lambda, width, m, freedom, 0.0)?.ln() - target.ln());
    increasing_root(missing, 1.5, 1e-5)
}

/// Run length with limits `ratio` times too wide: L(z) = 1 + ∫ L(y) φ((y − (1−λ)z)/λ − δ)/λ dy on Gauss nodes.
fn arl_at(lambda: f64, width: f64, shift: f64, ratio: f64) -> Result<f64, SpcError> {
    crate::arl::ewma::check_lambda(lambda)?;
    let half = width * ratio * (lambda / (2.0 - lambda)).sqrt();
    let count = ((5.0 * half / lambda) as usize).clamp(30, 160);
    let nodes = gauss_legendre(count, -half, half);
    let keep = 1.0 - lambda;
    let density = |from: f64, to: f64| normal::pdf((to - keep * from) / lambda - shift) / lambda;
    let matrix = DMatrix::from_fn(count, count, |i, j| {
        f64::from(u8::from(i == j)) - nodes[j].1 * density(nodes[i].0, nodes[j].0)
    });
    let lengths = matrix
        .lu()
        .solve(&DVector::from_element(count, 1.0))
        .ok_or_else(|| SpcError::Invalid("the run length is too long to compute".to_owned()))?;
    let rest: f64 =
        nodes.iter().zip(lengths.iter()).map(|((y, w), l)| w * density(0.0, *y) * l).sum();
    Ok(1.0 + rest)
}

/// Mean over δ ~ N(0, 1/m), integrated separately on both sides of 0, where the run length has its
/// peak.
fn over_mean(m: usize, f: impl Fn(f64) -> Result<f64, SpcError> + Sync) -> Result<f64, SpcError> {
    let root = (m as f64).sqrt();
    let reach = 6.5 / root;
    let halves = [(-reach, 0.0), (0.0, reach)];
    let nodes: Vec<(f64, f64)> =
        halves.iter().flat_map(|(a, b)| gauss_legendre(MEAN_NODES / 2, *a, *b)).collect();
    let parts = nodes
        .into_par_iter()
        .map(|(delta, w)| Ok(w * root * normal::pdf(delta * root) * f(delta)?))
        .collect::<Result<Vec<f64>, SpcError>>()?;
    Ok(parts.iter().sum())
}

/// Quadrature nodes and weights for √(χ²_f/f).
fn chi_nodes(freedom: f64) -> Vec<(f64, f64)> {
    let (low, high) = (chi2_quantile(1e-10, freedom), chi2_quantile(1.0 - 1e-10, freedom));
    let (low, high) = ((low / freedom).sqrt(), (high / freedom).sqrt());
    let half = freedom / 2.0;
    let density = |s: f64| ((freedom - 1.0) * s.ln() - half * s * s + half).exp();
    let nodes = gauss_legendre(SIGMA_NODES, low, high);
    let total: f64 = nodes.iter().map(|(s, w)| w * density(*s)).sum();
    debug_assert!((over_chi(freedom, |_| 1.0) - 1.0).abs() < 1e-6);
    nodes.into_iter().map(|(s, w)| (s, w * density(s) / total)).collect()
}
