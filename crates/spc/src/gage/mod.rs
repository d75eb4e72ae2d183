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
pub use report::{Report, write};
pub use stability::{Drift, drift};
pub use type_one::{TypeOne, type_one};

use serde::Serialize;
use std::collections::BTreeMap;

/// When the interaction of part and operator is kept in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Interaction {
    /// If its p value is at most the `alpha` of the options.
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
    /// Process mean for a one-sided tolerance, instead of that of the study.
    pub mean: Option<f64>,
    /// Sigma of the process, instead of the one from the parts of the study.
    pub historical_sigma: Option<f64>,
}

/// Options of a study.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Whether the interaction is kept.
    pub interaction: Interaction,
    /// p value above which the interaction is dropped.
    pub alpha: f64,
    /// Whether negative components are kept; if not, they are set to 0 before the total.
    pub keep_negative: bool,
    /// Number of standard deviations in a study variation.
    pub multiplier: f64,
    /// Confidence of the intervals.
    pub confidence: f64,
    /// The tolerance and process that the gage is compared with.
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

/// Spread of a measurement system by source. Sources that were not measured are absent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spread {
    /// Variance of each source: grr, repeatability, reproducibility, part, total.
    pub variance: BTreeMap<&'static str, f64>,
    /// Share of the total variance, %.
    pub percent_contribution: BTreeMap<&'static str, f64>,
    /// Standard deviation of each source.
    pub sd: BTreeMap<&'static str, f64>,
    /// Study variation of each source: a multiple of its standard deviation.
    pub study_variation: BTreeMap<&'static str, f64>,
    /// Share of the total standard deviation, %; these do not add up.
    pub percent_study_variation: BTreeMap<&'static str, f64>,
    /// Study variation over the tolerance, %; absent if there is no tolerance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent_tolerance: Option<BTreeMap<&'static str, f64>>,
    /// Number of distinct categories: 1.41 part/grr truncated to a whole number, at least 1.
    pub ndc: usize,
    /// √2 part/grr before truncation.
    pub ndc_unrounded_sqrt2: f64,
}

/// Builds the table from variances. With a historical sigma, `part` is replaced by what remains of
/// that variance after the gage's.
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

/// Share of the tolerance per unit of standard deviation: the multiplier over the width of the
/// tolerance or, for a one-sided tolerance, half of the multiplier over the distance from the mean
/// to the limit.
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
