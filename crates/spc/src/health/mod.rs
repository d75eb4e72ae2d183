//! Tool health: the smoothed distance of each run from healthy ones, and the features that cause
//! it.

mod reference;
mod report;
mod study;
mod trend;

pub use reference::{Reference, SMALLEST_REFERENCE};
pub use study::{Asked, Study};
pub use trend::{SMALLEST_TREND, TREND_RUNS, Trend, trend};

use crate::SpcError;
use serde::Serialize;

/// Default weight of the newest run in the smoothed ln T².
pub const LAMBDA: f64 = 0.1;

/// How ln T² is converted to a health between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Scale {
    /// Health halves for each multiple of the distance from the healthy mean to the 3 sigma limit:
    /// it is 0.5 at the limit.
    ControlLimit {
        /// Upper 3 sigma limit of the smoothed ln T².
        limit: f64,
    },
    /// Health decreases linearly from 1 at the healthy mean to 0 at the level at which tools
    /// failed.
    FailureLevel {
        /// Smoothed ln T² at failure.
        level: f64,
    },
}

impl Scale {
    /// The scale for a reference: by the failure level, if it is known and lies above the healthy
    /// mean.
    pub fn new(reference: &Reference, lambda: f64, failure_level: Option<f64>) -> Self {
        match failure_level.filter(|level| *level > reference.log_t2_mean) {
            Some(level) => Scale::FailureLevel { level },
            None => Scale::ControlLimit { limit: control_limit(reference, lambda) },
        }
    }

    /// Health for a smoothed ln T², from 1 (as good as the reference) to 0.
    pub fn health(self, reference: &Reference, ewma_log_t2: f64) -> f64 {
        let excess = (ewma_log_t2 - reference.log_t2_mean).max(0.0);
        match self {
            Scale::ControlLimit { limit } => (-excess / (limit - reference.log_t2_mean)).exp2(),
            Scale::FailureLevel { level } => {
                (1.0 - excess / (level - reference.log_t2_mean)).max(0.0)
            }
        }
    }
}

/// Upper 3 sigma limit of the EWMA of ln T² on healthy runs: μ + 3σ √(λ/(2 − λ)).
pub fn control_limit(reference: &Reference, lambda: f64) -> f64 {
    reference.log_t2_mean + 3.0 * reference.log_t2_sd * (lambda / (2.0 - lambda)).sqrt()
}

/// The contribution of one feature to the distance of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// The feature's name.
    pub feature: String,
    /// Its part of T², zᵢ (R⁻¹z)ᵢ. The parts sum to T², and single ones may be negative.
    pub t2_part: f64,
    /// Its share of the positive parts, 0 to 1.
    pub share: f64,
    /// Distance from the healthy mean in standard deviations.
    pub z_score: f64,
}

/// The health of one run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunHealth {
    /// 1-based index of the run.
    pub run: usize,
    /// Hotelling's T² against the healthy reference.
    pub t2: f64,
    /// ln T².
    pub log_t2: f64,
    /// Smoothed ln T², started at the healthy mean.
    pub ewma_log_t2: f64,
    /// Health, 0 to 1.
    pub health: f64,
    /// Whether the smoothed ln T² lies above its 3 sigma limit.
    pub alarm: bool,
    /// The contribution of every feature, the largest first.
    pub contributions: Vec<Contribution>,
}

/// Judges the runs of one tool, in order, from a state in which it was healthy.
///
/// `lambda` is the weight of the newest run, above 0 and at most 1. Each row has one finite value
/// per feature of the reference.
///
/// # Errors
///
/// [`SpcError::OutOfRange`] for `lambda`, [`SpcError::Invalid`] for a row that does not fit the
/// reference.
pub fn assess(
    reference: &Reference,
    rows: &[Vec<f64>],
    lambda: f64,
    scale: Scale,
) -> Result<Vec<RunHealth>, SpcError> {
    if !(lambda > 0.0 && lambda <= 1.0) {
        return Err(SpcError::OutOfRange {
            name: "lambda",
            value: lambda,
            expected: "above 0, at most 1",
        });
    }
    check_rows(reference, rows)?;
    let limit = control_limit(reference, lambda);
    let mut ewma = reference.log_t2_mean;
    let assess_one = |(i, row): (usize, &Vec<f64>)| {
        let (t2, parts) = reference.t2(row);
        let log_t2 = reference.log_t2(row);
        ewma += lambda * (log_t2 - ewma);
        RunHealth {
            run: i + 1,
            t2: t2.clamp(0.0, f64::MAX),
            log_t2,
            ewma_log_t2: ewma,
            health: scale.health(reference, ewma),
            alarm: ewma > limit,
            contributions: contributions(reference, row, &parts),
        }
    };
    Ok(rows.iter().enumerate().map(assess_one).collect())
}

/// Refuses rows that do not match the features of the reference or contain a value that is not
/// finite.
///
/// # Errors
///
/// [`SpcError::Invalid`] with the run and the feature.
pub fn check_rows(reference: &Reference, rows: &[Vec<f64>]) -> Result<(), SpcError> {
    reference::check(&reference.features, rows)
}

fn contributions(reference: &Reference, row: &[f64], parts: &[f64]) -> Vec<Contribution> {
    let positive: f64 = parts.iter().filter(|part| **part > 0.0).sum();
    let mut list: Vec<Contribution> = reference
        .features
        .iter()
        .zip(parts)
        .zip(reference.standardize(row))
        .map(|((feature, part), z_score)| Contribution {
            feature: feature.clone(),
            t2_part: *part,
            share: if positive > 0.0 { part.max(0.0) / positive } else { 0.0 },
            z_score,
        })
        .collect();
    list.sort_by(|a, b| b.t2_part.total_cmp(&a.t2_part));
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::noise::Noise;

    /// Correlated healthy runs of three features.
    fn healthy(n: usize, seed: u64) -> Vec<Vec<f64>> {
        let mut noise = Noise::new(seed, 0);
        (0..n)
            .map(|_| {
                let common = noise.normal();
                vec![
                    1000.0 + common,
                    50.0 + 0.5 * common + 0.1 * noise.normal(),
                    3.0 + 0.2 * noise.normal(),
                ]
            })
            .collect()
    }

    fn reference(n: usize) -> Reference {
        Reference::fit(&["temp_c", "pressure", "flow"].map(String::from), &healthy(n, 1)).unwrap()
    }

    #[test]
    fn a_healthy_tool_stays_healthy_and_its_alarms_are_rare() {
        let reference = reference(200);
        let scale = Scale::new(&reference, LAMBDA, None);
        let runs = assess(&reference, &healthy(2000, 2), LAMBDA, scale).unwrap();
        let mean = runs.iter().map(|run| run.health).sum::<f64>() / 2000.0;
        assert!(mean > 0.8, "{mean}");
        assert!(runs.iter().filter(|run| run.alarm).count() < 20);
    }

    #[test]
    fn a_shifted_feature_lowers_health_and_is_named() {
        let reference = reference(200);
        let scale = Scale::new(&reference, LAMBDA, None);
        let mut rows = healthy(100, 3);
        rows[50..].iter_mut().for_each(|row| row[2] += 1.5);
        let runs = assess(&reference, &rows, LAMBDA, scale).unwrap();
        assert!(runs[99].health < 0.2 && runs[99].alarm, "{:?}", runs[99]);
        assert_eq!(runs[99].contributions[0].feature, "flow");
        let parts: f64 = runs[99].contributions.iter().map(|c| c.t2_part).sum();
        assert!((parts - runs[99].t2).abs() < 1e-9 * parts);
    }

    #[test]
    fn absurd_values_stay_finite() {
        let reference = reference(200);
        let scale = Scale::new(&reference, LAMBDA, None);
        let rows = [vec![1e308, -1e308, 1e308], vec![-1e308, -1e308, 0.0], vec![1000.0, 50.0, 3.0]];
        for run in assess(&reference, &rows, LAMBDA, scale).unwrap() {
            assert!(run.t2.is_finite() && run.ewma_log_t2.is_finite(), "{run:?}");
            assert!((0.0..=1.0).contains(&run.health), "{run:?}");
            assert!(run.contributions.iter().all(|c| c.t2_part.is_finite() && c.share.is_finite()));
        }
    }

    /// A run with a broken correlation is far from the reference, although each feature alone is
    /// normal.
    #[test]
    fn a_broken_correlation_is_seen() {
        let reference = reference(200);
        let (t2, _) = reference.t2(&[1001.5, 49.25, 3.0]);
        let (usual, _) = reference.t2(&[1001.5, 50.75, 3.0]);
        assert!(t2 > 20.0 * usual, "{t2} {usual}");
    }

    #[test]
    fn the_failure_level_is_the_zero_of_health() {
        let reference = reference(200);
        let scale = Scale::new(&reference, LAMBDA, Some(5.0));
        assert_eq!(scale, Scale::FailureLevel { level: 5.0 });
        assert_eq!(scale.health(&reference, 5.0), 0.0);
        assert_eq!(scale.health(&reference, 9.0), 0.0);
        assert_eq!(scale.health(&reference, reference.log_t2_mean - 1.0), 1.0);
        // A failure level inside the healthy range is ignored.
        assert!(matches!(Scale::new(&reference, LAMBDA, Some(-3.0)), Scale::ControlLimit { .. }));
    }

    /// For one independent feature without shrinkage T² is z², and with a known distribution E[T²]
    /// = p.
    #[test]
    fn t2_of_healthy_runs_averages_the_number_of_features() {
        let reference = reference(5000);
        let rows = healthy(5000, 4);
        let mean = rows.iter().map(|row| reference.t2(row).0).sum::<f64>() / 5000.0;
        assert!((mean - 3.0).abs() < 0.15, "{mean}");
        assert!(reference.shrinkage < 0.01);
    }

    #[test]
    fn bad_references_are_refused_with_the_feature() {
        let names = ["a", "b"].map(String::from);
        let constant: Vec<Vec<f64>> = (0..20).map(|i| vec![f64::from(i), 7.0]).collect();
        assert_eq!(
            Reference::fit(&names, &constant).unwrap_err().to_string(),
            "feature `b` does not vary over the healthy runs"
        );
        assert_eq!(
            Reference::fit(&names, &constant[..5]).unwrap_err().to_string(),
            "a healthy reference needs at least 10 runs, found 5"
        );
        let mut odd: Vec<Vec<f64>> =
            (0..20).map(|i| vec![f64::from(i), f64::from(i * i)]).collect();
        odd[4][1] = f64::NAN;
        assert_eq!(
            Reference::fit(&names, &odd).unwrap_err().to_string(),
            "feature `b` of run 5 is NaN, not a finite number"
        );
    }

    /// More features than runs, and a copied feature: shrinkage keeps the correlation matrix
    /// invertible.
    #[test]
    fn few_runs_and_copied_features_still_have_a_reference() {
        let mut noise = Noise::new(9, 0);
        let rows: Vec<Vec<f64>> = (0..12)
            .map(|_| {
                let mut row: Vec<f64> = (0..29).map(|_| noise.normal()).collect();
                row[28] = row[0];
                row
            })
            .collect();
        let names: Vec<String> = (0..29).map(|i| format!("f{i}")).collect();
        let reference = Reference::fit(&names, &rows).unwrap();
        assert!(reference.shrinkage > 0.3);
        assert!(reference.t2(&rows[0]).0.is_finite());
    }
}
