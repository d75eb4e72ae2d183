//! Skill: the share by which a model reduces a baseline's mean squared error, with its uncertainty.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};
use std::collections::BTreeMap;

/// Largest number of blocks into which runs in time are cut.
const BLOCKS: usize = 20;
/// Least number of runs of a block.
const BLOCK_RUNS: usize = 5;
/// Confidence of the interval.
pub const CONFIDENCE: f64 = 0.95;

/// How a model compares with a baseline on the runs that both predict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skill {
    /// The baseline.
    pub over: String,
    /// Number of runs that both predict.
    pub runs: usize,
    /// 1 - MSE of the model / MSE of the baseline; absent where the baseline makes no error.
    pub value: Option<f64>,
    /// Lower end of the 95 % interval; absent with fewer than two clusters.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// Number of groups, or of blocks of consecutive runs, whose errors count as independent.
    pub clusters: usize,
    /// Root mean square error of the model on these runs.
    pub rmse_model: f64,
    /// Root mean square error of the baseline on these runs.
    pub rmse_baseline: f64,
}

/// Compares squared errors of a model with those of a baseline. `cluster` has the group of each
/// run; with `None` the runs are in the order of time and are cut into at most twenty blocks.
///
/// # Formula
///
/// With d = e_b^2 - e_m^2, D_k the sum over cluster k of K and B = sum of e_b^2: skill = sum D / B.
/// Its interval is Student's t of K - 1 degrees of freedom over the D_k, because errors within a
/// cluster are correlated.
pub fn skill(over: &str, model: &[f64], baseline: &[f64], cluster: Option<&[usize]>) -> Skill {
    let runs = model.len();
    let blocks = (runs / BLOCK_RUNS).clamp(1, BLOCKS);
    let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
    for t in 0..runs {
        let own = cluster.map_or(t * blocks / runs.max(1), |cluster| cluster[t]);
        *sums.entry(own).or_default() += baseline[t].powi(2) - model[t].powi(2);
    }
    let square = |errors: &[f64]| errors.iter().map(|e| e * e).sum::<f64>();
    let (ours, theirs) = (square(model), square(baseline));
    let value = (theirs > 0.0).then(|| 1.0 - ours / theirs);
    let k = sums.len() as f64;
    let mean = sums.values().sum::<f64>() / k;
    let variance = sums.values().map(|d| (d - mean).powi(2)).sum::<f64>() / (k - 1.0);
    let half = StudentsT::new(0.0, 1.0, k - 1.0)
        .ok()
        .map(|t| t.inverse_cdf(0.5 + CONFIDENCE / 2.0) * (variance * k).sqrt() / theirs)
        .filter(|half| half.is_finite());
    let end = |sign: f64| value.zip(half).map(|(value, half)| value + sign * half);
    let root = |sum: f64| (sum / runs.max(1) as f64).sqrt();
    Skill {
        over: over.to_owned(),
        runs,
        value,
        low: end(-1.0),
        // No model can reduce the error by more than all of it.
        high: end(1.0).map(|high| high.min(1.0)),
        clusters: sums.len(),
        rmse_model: root(ours),
        rmse_baseline: root(theirs),
    }
}

impl Skill {
    /// Whether the model is better than the baseline beyond chance.
    pub fn is_shown(&self) -> bool {
        self.low.is_some_and(|low| low > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skill_is_the_share_that_is_taken_away() {
        let found = skill("mean", &[1.0; 40], &[2.0; 40], None);
        assert_eq!((found.value, found.clusters), (Some(0.75), 8));
        assert_eq!((found.low, found.high), (Some(0.75), Some(0.75)));
        assert!(found.is_shown());
        // A baseline without an error leaves nothing to take away.
        let perfect = skill("mean", &[1.0; 40], &[0.0; 40], None);
        assert!(perfect.value.is_none() && perfect.low.is_none() && !perfect.is_shown());
    }

    /// Three clusters with D = 1, 2, 3 and B = 12: 0.5 +- 4.302653 * sqrt(3) / 12.
    #[test]
    fn clusters_count_once_each() {
        let model = [3.0_f64.sqrt(), 2.0_f64.sqrt(), 1.0];
        let found = skill("mean", &model, &[2.0; 3], Some(&[0, 1, 2]));
        let half = 4.302_652_729_911_275 * 3.0_f64.sqrt() / 12.0;
        assert!((found.low.unwrap() - (0.5 - half)).abs() < 1e-9, "{found:?}");
        assert!(!found.is_shown());
        let one = skill("mean", &model, &[2.0; 3], Some(&[0, 0, 0]));
        assert!(one.low.is_none() && !one.is_shown());
    }
}
