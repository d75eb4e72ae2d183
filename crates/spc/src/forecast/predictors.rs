//! What the classifier looks at: level and recent movement of every feature and of the distance
//! from health.

use crate::health::Reference;

/// The slow smoothing forgets this much more slowly than the fast one; their difference is a slope.
const SLOWER: f64 = 0.3;

/// Number of predictors for a number of features.
pub(super) fn count(features: usize) -> usize {
    2 * (features + 1) + 3
}

/// One row of predictors a run: for each standardized feature its EWMA with weight λ and with 0.3 λ
/// (both from 0, healthy), then the two EWMAs f and s of (ln T² − μ)/σ with f², s² and f s.
pub(super) fn predictors(reference: &Reference, lambda: f64, rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let p = reference.features.len();
    let (mut fast, mut slow) = (vec![0.0; p + 1], vec![0.0; p + 1]);
    rows.iter()
        .map(|row| {
            let mut values = reference.standardize(row);
            values.push((reference.log_t2(row) - reference.log_t2_mean) / reference.log_t2_sd);
            for (j, value) in values.iter().enumerate() {
                // A sensor that breaks must not push the log odds beyond what doubles hold.
                let value = value.clamp(-1e6, 1e6);
                fast[j] += lambda * (value - fast[j]);
                slow[j] += SLOWER * lambda * (value - slow[j]);
            }
            let (f, s) = (fast[p], slow[p]);
            fast.iter().chain(&slow).copied().chain([f * f, s * s, f * s]).collect()
        })
        .collect()
}
