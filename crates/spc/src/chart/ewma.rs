//! The exponentially weighted moving average chart.

use super::variables::known_sigma;
use super::{Design, Level, Panel, Parameters, Scope};
use crate::error::SpcError;
use crate::subgroup::Subgroups;

/// zᵢ = λ xᵢ + (1 − λ) zᵢ₋₁ from z₀ = `start`.
pub fn ewma(values: &[f64], lambda: f64, start: f64) -> Vec<f64> {
    values
        .iter()
        .scan(start, |z, x| {
            *z = lambda * x + (1.0 - lambda) * *z;
            Some(*z)
        })
        .collect()
}

/// EWMA of the subgroup means. Exact limits follow the variance λ² Σ (1−λ)²ʲ σ²/nᵢ₋ⱼ, which handles
/// unequal subgroups; asymptotic limits use √(λ/(2−λ)) times the point's own σ/√n.
pub(super) fn panel(
    design: &Design,
    parameters: &Parameters,
    groups: &Subgroups,
) -> Result<Panel, SpcError> {
    let sigma = known_sigma(parameters)?;
    let (lambda, keep) = (design.lambda, 1.0 - design.lambda);
    let center = parameters.center;
    let mut variance = 0.0;
    let of_z: Vec<f64> = groups
        .iter()
        .map(|group| {
            let own = sigma * sigma / group.len() as f64;
            variance = keep * keep * variance + lambda * lambda * own;
            if design.exact_limits {
                variance.sqrt()
            } else {
                (own * lambda / (2.0 - lambda)).sqrt()
            }
        })
        .collect();
    let line = |z: f64| Level::from_points(of_z.iter().map(|s| center + z * s).collect());
    Ok(Panel {
        name: "ewma",
        values: ewma(&groups.means(), lambda, center),
        center: Level::Constant(center),
        upper: line(design.width),
        lower: line(-design.width),
        sigma: Level::from_points(of_z.clone()),
        scope: Scope::Limits,
        measured: false,
    })
}
