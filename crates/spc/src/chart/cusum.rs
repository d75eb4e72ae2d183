//! The tabular CUSUM chart.

use super::variables::known_sigma;
use super::{Design, Level, Panel, Parameters, Scope};
use crate::error::SpcError;
use crate::subgroup::Subgroups;

/// Upper sums C⁺ᵢ = max(0, C⁺ᵢ₋₁ + zᵢ − k) and lower sums −max(0, −C⁻ᵢ₋₁ − zᵢ − k), the latter drawn downwards; both
/// start at `head` sigma from zero and are not reset by a signal.
pub fn cusum(z: &[f64], k: f64, head: f64) -> (Vec<f64>, Vec<f64>) {
    let (mut up, mut down) = (head, head);
    z.iter()
        .map(|z| {
            up = (up + z - k).max(0.0);
            down = (down - z - k).max(0.0);
            (up, 0.0 - down)
        })
        .unzip()
}

/// Both sides of the CUSUM of standardized subgroup means, in sigma of the mean.
pub(super) fn panels(
    design: &Design,
    parameters: &Parameters,
    groups: &Subgroups,
) -> Result<Vec<Panel>, SpcError> {
    let sigma = known_sigma(parameters)?;
    let z: Vec<f64> = groups
        .means()
        .iter()
        .zip(groups.iter())
        .map(|(mean, group)| (mean - parameters.center) * (group.len() as f64).sqrt() / sigma)
        .collect();
    let (upper, lower) = cusum(&z, design.k, design.head_start);
    let side = |name, values, high: f64, low: f64| Panel {
        name,
        values,
        center: Level::Constant(0.0),
        upper: Level::Constant(high),
        lower: Level::Constant(low),
        sigma: Level::Constant(f64::NAN),
        scope: Scope::Limits,
        measured: false,
    };
    Ok(vec![
        side("cusum_upper", upper, design.h, f64::NEG_INFINITY),
        side("cusum_lower", lower, f64::INFINITY, -design.h),
    ])
}
