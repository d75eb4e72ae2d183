//! Process capability: how the spread of a process compares with its specification.

mod boxcox;
mod johnson;
mod law;
mod nonnormal;
mod normality;
mod pearson;
mod position;
mod sigmas;
pub mod specifications;
pub mod study;
pub mod table;
pub mod weibull;

pub use boxcox::{BoxCox, box_cox};
pub use law::{Family, Law, QuantileType};
pub use nonnormal::{ENOUGH_FOR_TAILS, Fitted, ZScores, percentile_indices};
pub use normality::{AndersonDarling, Goodness, anderson_darling};
pub use sigmas::{OfSigma, Sigmas, sigmas};

use crate::convention::Convention;
use crate::describe::{mean, sd, sum};
use crate::distribution::chi2_quantile;
use crate::error::SpcError;
use crate::normal::{cdf, quantile, sf};
use crate::subgroup::Subgroups;
use serde::Serialize;

/// The specification limits of a quantity; at least one of the two is set.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Specification {
    /// Lower specification limit.
    pub lsl: Option<f64>,
    /// Upper specification limit.
    pub usl: Option<f64>,
    /// Target, where one is set.
    pub target: Option<f64>,
}

impl Specification {
    /// Checks and creates a specification: at least one limit, all finite, lower below upper,
    /// target between them.
    pub fn new(lsl: Option<f64>, usl: Option<f64>, target: Option<f64>) -> Result<Self, SpcError> {
        let named = [("LSL", lsl), ("USL", usl), ("target", target)];
        for (name, value) in named {
            if let Some(value) = value.filter(|v| !v.is_finite()) {
                return Err(SpcError::OutOfRange { name, value, expected: "a finite number" });
            }
        }
        match (lsl, usl) {
            (None, None) => {
                return Err(SpcError::Invalid(
                    "capability needs a specification limit: LSL, USL or both".to_owned(),
                ));
            }
            (Some(lsl), Some(usl)) if lsl >= usl => {
                return Err(SpcError::Invalid(format!("LSL {lsl} is not below USL {usl}")));
            }
            _ => {}
        }
        if let Some(target) = target
            && (lsl.is_some_and(|lsl| target < lsl) || usl.is_some_and(|usl| target > usl))
        {
            return Err(SpcError::Invalid(format!("target {target} lies outside the limits")));
        }
        Ok(Self { lsl, usl, target })
    }

    fn middle(&self) -> Option<f64> {
        Some(f64::midpoint(self.lsl?, self.usl?))
    }
}

/// An index with its confidence interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Index {
    /// Point estimate.
    pub value: f64,
    /// Lower end of the confidence interval.
    pub lower: f64,
    /// Upper end of the confidence interval.
    pub upper: f64,
}

/// Indices for one sigma; `None` where a limit is missing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Indices {
    /// (USL − LSL) / 6σ.
    pub both: Option<Index>,
    /// (mean − LSL) / 3σ.
    pub lower: Option<Index>,
    /// (USL − mean) / 3σ.
    pub upper: Option<Index>,
    /// The smaller of the two one-sided indices.
    pub worst: Index,
    /// Parts per million expected outside the limits if the process is normal.
    pub expected_ppm: f64,
}

/// Capability of a process that is assumed to be normal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Capability {
    /// Number of values.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// Short-term sigma.
    pub sigma_within: f64,
    /// Standard deviation of all values.
    pub sigma_overall: f64,
    /// Cp, Cpl, Cpu, Cpk from the short-term sigma.
    pub within: Indices,
    /// Pp, Ppl, Ppu, Ppk from the overall standard deviation.
    pub overall: Indices,
    /// (USL − LSL) / 6 √(s² + (mean − target)²), where s is the standard deviation of all values;
    /// needs both limits and a target. Under qcc's convention s is the short-term sigma, and the
    /// middle of the limits replaces a missing target.
    pub cpm: Option<Index>,
    /// (USL − LSL) / 6 √(Σ(x − target)²/(n − 1)) (Chan, Cheng and Spiring 1988); needs both limits and a target.
    pub cpm_deviations: Option<f64>,
    /// Share of the values that lie outside the limits, in parts per million.
    pub observed_ppm: f64,
}

/// Capability of `groups` within `specification`, with two-sided confidence intervals at `confidence`.
///
/// The intervals are those of the R package qcc: Cp by χ² with n − 1 degrees of freedom (Chou, Owen
/// and Borrego 1990), Cpk by Bissell (1990), Cpl and Cpu one-sided at the same confidence, Cpm by
/// Boyles (1991). n counts all values, so intervals for a sigma from small subgroups are slightly
/// too narrow.
///
/// # Errors
/// No variation, too few values, a confidence outside (0, 1).
pub fn capability(
    groups: &Subgroups,
    specification: &Specification,
    within: f64,
    confidence: f64,
    convention: Convention,
) -> Result<Capability, SpcError> {
    check_confidence(confidence)?;
    let values = groups.values();
    let n = values.len();
    let center = mean(values);
    let sigma_overall = sd(values).ok_or(SpcError::TooFew {
        what: "capability",
        needed: 2,
        unit: "values",
        found: n,
    })?;
    if sigma_overall == 0.0 {
        return Err(SpcError::ZeroVariance { what: "capability", value: center });
    }
    let outside = values.iter().filter(|x| {
        specification.lsl.is_some_and(|lsl| **x < lsl)
            || specification.usl.is_some_and(|usl| **x > usl)
    });
    Ok(Capability {
        n,
        mean: center,
        sigma_within: within,
        sigma_overall,
        within: indices(specification, center, within, n, confidence)?,
        overall: indices(specification, center, sigma_overall, n, confidence)?,
        cpm: cpm(specification, center, (within, sigma_overall), n, confidence, convention),
        cpm_deviations: specification.lsl.zip(specification.usl).zip(specification.target).map(
            |((lsl, usl), target)| {
                let squares = sum(values.iter().map(|x| (x - target) * (x - target)));
                (usl - lsl) / (6.0 * (squares / (n as f64 - 1.0)).sqrt())
            },
        ),
        observed_ppm: outside.count() as f64 / n as f64 * 1e6,
    })
}

fn check_confidence(confidence: f64) -> Result<(), SpcError> {
    if confidence > 0.0 && confidence < 1.0 {
        return Ok(());
    }
    let expected = "0 < confidence < 1";
    Err(SpcError::OutOfRange { name: "confidence", value: confidence, expected })
}

/// The indices for one sigma.
pub(crate) fn indices(
    specification: &Specification,
    center: f64,
    sigma: f64,
    n: usize,
    confidence: f64,
) -> Result<Indices, SpcError> {
    let freedom = n as f64 - 1.0;
    let both = specification.lsl.zip(specification.usl).map(|(lsl, usl)| {
        let value = (usl - lsl) / (6.0 * sigma);
        let at = |p: f64| value * (chi2_quantile(p, freedom) / freedom).sqrt();
        Index {
            value,
            lower: at((1.0 - confidence) / 2.0),
            upper: at(f64::midpoint(1.0, confidence)),
        }
    });
    let interval = |value: f64, z: f64| {
        let relative = (1.0 / (9.0 * n as f64 * value * value) + 0.5 / freedom).sqrt();
        let half = z * (value * relative).abs();
        Index { value, lower: value - half, upper: value + half }
    };
    let one_sided = quantile(confidence);
    let lower = specification.lsl.map(|lsl| (center - lsl) / (3.0 * sigma));
    let upper = specification.usl.map(|usl| (usl - center) / (3.0 * sigma));
    let worst = match (lower, upper) {
        (Some(lower), Some(upper)) => lower.min(upper),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => {
            return Err(SpcError::Invalid("capability needs a specification limit".to_owned()));
        }
    };
    let below = lower.map_or(0.0, |index| cdf(-3.0 * index));
    let above = upper.map_or(0.0, |index| sf(3.0 * index));
    Ok(Indices {
        both,
        lower: lower.map(|value| interval(value, one_sided)),
        upper: upper.map(|value| interval(value, one_sided)),
        worst: interval(worst, quantile(f64::midpoint(1.0, confidence))),
        expected_ppm: (below + above) * 1e6,
    })
}

fn cpm(
    specification: &Specification,
    center: f64,
    (within, overall): (f64, f64),
    n: usize,
    confidence: f64,
    convention: Convention,
) -> Option<Index> {
    let (lsl, usl) = (specification.lsl?, specification.usl?);
    let (sigma, target) = match convention {
        Convention::Exact => (overall, specification.target?),
        Convention::Qcc => (within, specification.target.or(specification.middle())?),
    };
    let off = (center - target) / sigma;
    let value = (usl - lsl) / (6.0 * sigma * (1.0 + off * off).sqrt());
    let power = if convention == Convention::Qcc { 1 } else { 2 };
    let freedom = n as f64 * (1.0 + off * off).powi(power) / (1.0 + 2.0 * off * off);
    let at = |p: f64| value * (chi2_quantile(p, freedom) / freedom).sqrt();
    Some(Index {
        value,
        lower: at((1.0 - confidence) / 2.0),
        upper: at(f64::midpoint(1.0, confidence)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifications_that_contradict_themselves_are_refused() {
        for (lsl, usl, target) in [
            (None, None, None),
            (Some(2.0), Some(2.0), None),
            (Some(3.0), Some(2.0), None),
            (Some(1.0), Some(2.0), Some(3.0)),
            (Some(f64::NAN), None, None),
        ] {
            assert!(Specification::new(lsl, usl, target).is_err(), "{lsl:?} {usl:?} {target:?}");
        }
    }

    #[test]
    fn one_limit_gives_one_sided_indices_only() {
        let groups = Subgroups::individuals(vec![1.0, 2.0, 3.0, 2.0, 1.5]).unwrap();
        let specification = Specification::new(None, Some(5.0), None).unwrap();
        let found = capability(&groups, &specification, 0.7, 0.95, Convention::Exact).unwrap();
        assert!(found.within.both.is_none() && found.within.lower.is_none() && found.cpm.is_none());
        assert_eq!(Some(found.within.worst.value), found.within.upper.map(|index| index.value));
    }

    /// Six sigma between mean and limit on both sides: Cp = Cpk = 2 and 0.00197 ppm (Motorola's table).
    #[test]
    fn six_sigma_is_two_parts_a_billion() {
        let specification = Specification::new(Some(-6.0), Some(6.0), None).unwrap();
        let found = indices(&specification, 0.0, 1.0, 100, 0.95).unwrap();
        assert!((found.worst.value - 2.0).abs() < 1e-15);
        assert!((found.expected_ppm - 0.001_973).abs() < 1e-6);
    }
}
