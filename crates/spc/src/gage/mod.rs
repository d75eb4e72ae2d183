//! Measurement systems: repeatability and reproducibility, bias, linearity.

mod anova;
pub mod bias;
mod cells;
mod line;
pub mod linearity;
pub mod picture;
mod range;
mod report;
pub mod rr;
pub mod sources;
pub mod stability;
pub mod type_one;

pub use anova::{Anova, anova};
pub use bias::{Bias, bias};
pub use cells::{Cells, Design};
pub use linearity::{BiasAt, Linearity, linearity};
pub use range::{RangeStudy, xbar_r};
pub use report::Report;
pub use stability::{Drift, drift};
pub use type_one::{TypeOne, type_one};

use serde::Serialize;
use std::collections::BTreeMap;

/// When the interaction of part and operator stays in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Interaction {
    /// If its p value is at most alpha.
    #[default]
    Tested,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What the spread of the gage is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Comparison {
    /// Width of the tolerance.
    pub tolerance: Option<f64>,
    /// Lower specification limit.
    pub lsl: Option<f64>,
    /// Upper specification limit.
    pub usl: Option<f64>,
    /// Process mean for a one-sided tolerance, in place of that of the study.
    pub mean: Option<f64>,
    /// Sigma of the process, in place of that of the study's parts.
    pub historical_sigma: Option<f64>,
}

/// Choices of a study.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Whether the interaction is kept.
    pub interaction: Interaction,
    /// p value above which it is dropped.
    pub alpha: f64,
    /// Whether negative components stay as they are; else they are 0 before the total.
    pub keep_negative: bool,
    /// Sigmas in a study variation.
    pub multiplier: f64,
    /// Confidence of the intervals.
    pub confidence: f64,
    /// Tolerance and history.
    pub against: Comparison,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            interaction: Interaction::Tested,
            alpha: 0.05,
            keep_negative: false,
            multiplier: 6.0,
            confidence: 0.95,
            against: Comparison::default(),
        }
    }
}

/// Spread of a measurement system by source; absent sources were not measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spread {
    /// Variance of each source: grr, repeatability, reproducibility, part, total.
    pub variance: BTreeMap<&'static str, f64>,
    /// Share of the total variance, %.
    pub percent_contribution: BTreeMap<&'static str, f64>,
    /// Standard deviation.
    pub sd: BTreeMap<&'static str, f64>,
    /// So many standard deviations.
    pub study_variation: BTreeMap<&'static str, f64>,
    /// Share of the total standard deviation, %; these do not add up.
    pub percent_study_variation: BTreeMap<&'static str, f64>,
    /// Study variation over the tolerance, %; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent_tolerance: Option<BTreeMap<&'static str, f64>>,
    /// Number of distinct categories: 1.41 part/grr cut to a whole number, at least 1.
    pub ndc: usize,
    /// √2 part/grr before that.
    pub ndc_unrounded_sqrt2: f64,
}

/// Builds the table from variances; `part` is replaced by what a historical sigma leaves for it.
pub(crate) fn spread(
    repeatability: f64,
    reproducibility: Option<f64>,
    part: f64,
    grand_mean: f64,
    options: &Options,
    warnings: &mut Vec<String>,
) -> Spread {
    let grr = repeatability + reproducibility.unwrap_or(0.0);
    let part = match options.against.historical_sigma {
        Some(sigma) => {
            let rest = sigma * sigma - grr;
            if rest < 0.0 {
                warnings.push(format!(
                    "the historical sigma {sigma} is smaller than that of the gage: nothing is left for the parts"
                ));
            }
            rest.max(0.0)
        }
        None => part,
    };
    let total = grr + part;
    let mut variance = BTreeMap::from([
        ("grr", grr),
        ("repeatability", repeatability),
        ("part", part),
        ("total", total),
    ]);
    variance.extend(reproducibility.map(|value| ("reproducibility", value)));
    let map = |f: &dyn Fn(f64) -> f64| variance.iter().map(|(name, v)| (*name, f(*v))).collect();
    let sd = |v: f64| v.max(0.0).sqrt();
    let share = tolerance_share(grand_mean, options, warnings);
    let ratio = sd(part) / sd(grr);
    Spread {
        percent_contribution: map(&|v| 100.0 * v / total),
        sd: map(&sd),
        study_variation: map(&|v| options.multiplier * sd(v)),
        percent_study_variation: map(&|v| 100.0 * sd(v) / sd(total)),
        percent_tolerance: share.map(|share| map(&|v| 100.0 * share * sd(v))),
        ndc: ((1.41 * ratio) as usize).max(1),
        ndc_unrounded_sqrt2: std::f64::consts::SQRT_2 * ratio,
        variance,
    }
}

/// Share of the tolerance that one unit of sd takes: multiplier over its width; half of it over the distance from the
/// mean to the only limit.
fn tolerance_share(grand_mean: f64, options: &Options, warnings: &mut Vec<String>) -> Option<f64> {
    let against = options.against;
    let width = against.tolerance.or_else(|| Some(against.usl? - against.lsl?));
    if let Some(width) = width {
        return Some(options.multiplier / width);
    }
    let limit = against.usl.or(against.lsl)?;
    let mean = against.mean.unwrap_or(grand_mean);
    let distance = if against.usl.is_some() { limit - mean } else { mean - limit };
    if distance <= 0.0 {
        warnings.push(format!(
            "the mean {mean} lies beyond the limit {limit}, so there is no share of the tolerance"
        ));
        return None;
    }
    Some(options.multiplier / 2.0 / distance)
}
