//! The predictors of the classifier: level and recent movement of every feature and of the distance
//! from the healthy reference.

use crate::health::Reference;

/// Weight of the slow smoothing relative to that of the fast one; the difference of both indicates
/// a slope.
const SLOWER: f64 = 0.3;

/// Number of predictors for this number of features.
pub(super) fn count(features: usize) -> usize {
    2 * (features + 1) + 3
}

/// One row of predictors per run: for each standardized feature its EWMA with weight λ and with 0.3
/// λ (both starting from 0, the healthy mean), then the two EWMAs f and s of (ln T² − μ)/σ with f²,
/// s² and f s.
pub(super) fn predictors(reference: &Reference, lambda: f64, rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let p = reference.features.len();
    let (mut fast, mut slow) = (vec![0.0; p + 1], vec![0.0; p + 1]);
    rows.iter()
        .map(|row| {
            let mut values = reference.standardize(row);
            values.push((reference.log_t2(row) - reference.log_t2_mean) / reference.log_t2_sd);
            for (j, value) in values.iter().enumerate() {
                // Clipped, so that a broken sensor cannot make the log odds overflow.
                let value = value.clamp(-1e6, 1e6);
                fast[j] += lambda * (value - fast[j]);
                slow[j] += SLOWER * lambda * (value - slow[j]);
            }
            let (f, s) = (fast[p], slow[p]);
            fast.iter().chain(&slow).copied().chain([f * f, s * s, f * s]).collect()
        })
        .collect()
}
