//! The indices of one column for every sigma: short term, long term, between and within.

use super::Specification;
use crate::chart::between_by_anova;
use crate::constants::c4;
use crate::convention::Convention;
use crate::describe::{mean, sd};
use crate::error::SpcError;
use crate::normal::{cdf, quantile, sf};
use crate::sigma::Estimator;
use crate::subgroup::Subgroups;
use serde::Serialize;
use std::collections::BTreeMap;

/// Indices of one sigma.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OfSigma {
    /// The sigma.
    pub sigma: f64,
    /// (USL − LSL) / 6σ.
    pub p: Option<f64>,
    /// Distance of the mean to the nearer limit over 3σ.
    pub pk: f64,
    /// Normal score of the share within the limits.
    pub z_bench: f64,
}

/// The indices for every sigma by its name, and the difference between long and short term.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sigmas {
    /// `range`, `sd`, `pooled`, `pooled_unbiased`, `mr_of_values`, `overall`, `overall_unbiased`, `between_within`.
    #[serde(flatten)]
    pub by_name: BTreeMap<&'static str, OfSigma>,
    /// Z bench of the pooled short-term sigma minus that of all values.
    pub z_shift: Option<f64>,
}

/// The indices for every sigma that `groups` allow; those within subgroups are absent for single
/// values.
///
/// # Errors
/// Fewer than two values, values that do not vary.
pub fn sigmas(
    groups: &Subgroups,
    specification: &Specification,
    convention: Convention,
) -> Result<Sigmas, SpcError> {
    let values = groups.values();
    let (what, needed, found) = ("capability", 2, values.len());
    let overall = sd(values).ok_or(SpcError::TooFew { what, needed, unit: "values", found })?;
    let center = mean(values);
    if overall == 0.0 {
        return Err(SpcError::ZeroVariance { what, value: center });
    }
    let estimate = |e: Estimator| e.estimate(groups, 2, convention).ok();
    let pooled = estimate(Estimator::Pooled);
    let freedom: usize = groups.iter().map(|g| g.len() - 1).sum();
    let biased = pooled.and_then(|s| Some(s * c4(freedom + 1).ok()?));
    // From the mean squares of the analysis of variance, without c4.
    let between = biased.map(|s| (s * s + between_by_anova(groups).max(0.0)).sqrt());
    let named = [
        ("range", estimate(Estimator::Range)),
        ("sd", estimate(Estimator::Sd)),
        ("pooled_unbiased", pooled),
        ("pooled", biased),
        ("mr_of_values", estimate(Estimator::Mr)),
        ("overall", Some(overall)),
        ("overall_unbiased", estimate(Estimator::Overall)),
        ("between_within", between),
    ];
    let by_name: BTreeMap<&'static str, OfSigma> = named
        .into_iter()
        .filter_map(|(name, sigma)| Some((name, of_sigma(specification, center, sigma?))))
        .collect();
    let bench = |name: &str| by_name.get(name).map(|of| of.z_bench);
    let z_shift = bench("pooled_unbiased").or(bench("mr_of_values")).zip(bench("overall"));
    Ok(Sigmas { z_shift: z_shift.map(|(short, long)| short - long), by_name })
}

fn of_sigma(specification: &Specification, center: f64, sigma: f64) -> OfSigma {
    let lower = specification.lsl.map(|lsl| (center - lsl) / sigma);
    let upper = specification.usl.map(|usl| (usl - center) / sigma);
    let outside = lower.map_or(0.0, |z| cdf(-z)) + upper.map_or(0.0, sf);
    let both = specification.lsl.zip(specification.usl);
    OfSigma {
        sigma,
        p: both.map(|(lsl, usl)| (usl - lsl) / (6.0 * sigma)),
        pk: lower.into_iter().chain(upper).fold(f64::INFINITY, f64::min) / 3.0,
        z_bench: -quantile(outside),
    }
}
