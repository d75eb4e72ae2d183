//! The mean and standard deviation that the detector measures against: given, or estimated from
//! Phase I points.

use super::limit::SMALLEST_PHASE1;
use crate::baseline::Baseline;
use crate::chart::Kind;
use crate::sigma::Estimator;
use crate::{SpcError, constants};
use serde::{Deserialize, Serialize};

/// The in-control mean and sigma, and the number of points behind them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Phase1 {
    /// In-control mean, in the unit of the data.
    pub mean: f64,
    /// In-control standard deviation, in the unit of the data, above 0.
    pub sigma: f64,
    /// Number of points that both were estimated from, or the equivalent number; `None` if they are
    /// known.
    pub points: Option<usize>,
}

impl Phase1 {
    /// For data that are already standardized.
    pub const KNOWN: Phase1 = Phase1 { mean: 0.0, sigma: 1.0, points: None };

    /// A known mean and sigma.
    ///
    /// # Errors
    ///
    /// [`SpcError::OutOfRange`] unless both are finite and `sigma` > 0.
    pub fn known(mean: f64, sigma: f64) -> Result<Self, SpcError> {
        if !mean.is_finite() {
            return Err(SpcError::OutOfRange {
                name: "mean",
                value: mean,
                expected: "a finite number",
            });
        }
        if !(sigma.is_finite() && sigma > 0.0) {
            return Err(SpcError::OutOfRange {
                name: "sigma",
                value: sigma,
                expected: "a finite number above 0",
            });
        }
        Ok(Self { mean, sigma, points: None })
    }

    /// Estimates by the sample mean and s / c4 of at least ten points.
    ///
    /// # Errors
    ///
    /// [`SpcError::TooFew`], [`SpcError::NotFinite`], [`SpcError::ZeroVariance`].
    pub fn estimate(values: &[f64]) -> Result<Self, SpcError> {
        let n = values.len();
        if n < SMALLEST_PHASE1 {
            return Err(SpcError::TooFew {
                what: "Phase I of a drift detector",
                needed: SMALLEST_PHASE1,
                unit: "points",
                found: n,
            });
        }
        check_finite(values)?;
        // Deviations from the first value keep the digits of data far from zero.
        let first = values[0];
        let mean = first + values.iter().map(|x| x - first).sum::<f64>() / n as f64;
        let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
        let sigma = (squares / (n - 1) as f64).sqrt() / constants::c4(n)?;
        if values.iter().all(|x| *x == first) {
            return Err(SpcError::ZeroVariance { what: "Phase I", value: first });
        }
        if !(mean.is_finite() && sigma.is_finite() && sigma > 0.0) {
            return Err(SpcError::OutOfRange {
                name: "sigma of Phase I",
                value: sigma,
                expected: "a finite number above 0",
            });
        }
        Ok(Self { mean, sigma, points: Some(n) })
    }

    /// Takes centre and sigma from a frozen chart of single values.
    ///
    /// Sigma from moving ranges of two scatters as much as s / c4 from 0.6 times as many points
    /// (asymptotic variances σ²/2n and 0.8264 σ²/n: Hoel, Ann. Math. Statist. 17, 1946), and sigma
    /// from the median moving range as much as s / c4 from 0.3 times as many (simulated). `points`
    /// is that equivalent number, because the limit is corrected for s.
    ///
    /// # Errors
    ///
    /// [`SpcError::Invalid`] for charts of subgroups, counts or several columns, and for an
    /// equivalent of less than ten points.
    pub fn of_baseline(baseline: &Baseline) -> Result<Self, SpcError> {
        let Baseline { subgroup_size, design, parameters, .. } = baseline;
        let single = matches!(design.chart, Kind::IMr | Kind::Ewma | Kind::Cusum);
        let (true, Some(1), Some(sigma)) = (single, subgroup_size, parameters.sigma) else {
            return Err(SpcError::Invalid(format!(
                "the baseline is for a {} chart; drift needs one of single values (i-mr, ewma or cusum)",
                design.chart.name()
            )));
        };
        let known = Self::known(parameters.center, sigma)?;
        let points = match (parameters.points, parameters.values) {
            (0, 0) => return Ok(known),
            (0, values) => values as f64,
            (points, _) => points as f64 * precision(design.estimator),
        };
        let worth = points as usize;
        if worth < SMALLEST_PHASE1 {
            return Err(SpcError::Invalid(format!(
                "the baseline rests on {} points, worth {worth} by {}; drift needs {SMALLEST_PHASE1}",
                parameters.points.max(parameters.values),
                design.estimator.name()
            )));
        }
        Ok(Self { points: Some(worth), ..known })
    }

    /// (x − mean) / sigma.
    pub fn standardize(&self, x: f64) -> f64 {
        (x - self.mean) / self.sigma
    }
}

/// The share of the points that s would need for a sigma of the same precision.
fn precision(estimator: Estimator) -> f64 {
    match estimator {
        Estimator::Mr => 0.6,
        Estimator::MedianMr => 0.3,
        _ => 1.0,
    }
}

/// Refuses NaN and infinities, and names the first one.
///
/// # Errors
///
/// [`SpcError::NotFinite`] with the 1-based index.
pub fn check_finite(values: &[f64]) -> Result<(), SpcError> {
    match values.iter().position(|x| !x.is_finite()) {
        Some(i) => Err(SpcError::NotFinite { index: i + 1, value: values[i] }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::noise::Noise;
    use super::super::{Detector, HORIZON, Method, limit};
    use super::*;
    use crate::chart::{Design, Parameters};
    use rayon::prelude::*;

    /// NIST StRD NumAcc4: certified mean 10000000.2, sd 0.1.
    #[test]
    fn estimate_keeps_digits_far_from_zero() {
        let values: Vec<f64> = std::iter::once(10_000_000.2)
            .chain((0..1000).map(|i| if i % 2 == 0 { 10_000_000.1 } else { 10_000_000.3 }))
            .collect();
        let phase1 = Phase1::estimate(&values).unwrap();
        assert!((phase1.mean - 10_000_000.2).abs() < 1e-7);
        assert!((phase1.sigma * constants::c4(1001).unwrap() - 0.1).abs() < 1e-8);
    }

    fn baseline(chart: Kind, estimator: Estimator, points: usize) -> Baseline {
        let parameters = Parameters {
            center: 5.0,
            sigma: Some(2.0),
            points,
            values: points,
            ..Parameters::default()
        };
        let design = Design { estimator, ..Design::new(chart) };
        Baseline::new(vec!["x".to_owned()], Some(1), design, parameters)
    }

    #[test]
    fn frozen_limits_count_for_what_they_are_worth() {
        let worth = |estimator, points| {
            Phase1::of_baseline(&baseline(Kind::IMr, estimator, points)).map(|p| p.points)
        };
        assert_eq!(worth(Estimator::Overall, 50), Ok(Some(50)));
        assert_eq!(worth(Estimator::Mr, 50), Ok(Some(30)));
        assert_eq!(worth(Estimator::MedianMr, 50), Ok(Some(15)));
        assert_eq!(worth(Estimator::Mr, 0), Ok(None));
        assert_eq!(
            worth(Estimator::Mr, 15).unwrap_err().to_string(),
            "the baseline rests on 15 points, worth 9 by mr; drift needs 10"
        );
        let means = Phase1::of_baseline(&baseline(Kind::XbarR, Estimator::Range, 50)).unwrap_err();
        assert!(means.to_string().contains("for a xbar-r chart"), "{means}");
    }

    /// A limit for the equivalent number of points of a moving-range sigma keeps the false-alarm
    /// rate that it states.
    #[test]
    fn moving_ranges_alarm_no_more_than_stated() {
        let (m, runs) = (50, 6000_u64);
        let frozen = Phase1::of_baseline(&baseline(Kind::IMr, Estimator::Mr, m)).unwrap();
        let limit = limit(Method::Likelihood, 500.0, frozen.points).unwrap();
        let alarms = (0..runs).into_par_iter().filter(|run| {
            let mut noise = Noise::new(2024, *run);
            let sample: Vec<f64> = (0..m).map(|_| noise.normal()).collect();
            let mean = sample.iter().sum::<f64>() / m as f64;
            let ranges = sample.windows(2).map(|pair| (pair[1] - pair[0]).abs());
            let sigma = ranges.sum::<f64>() / (m - 1) as f64 / constants::d2(2).unwrap();
            let phase1 = Phase1 { mean, sigma, points: None };
            let mut detector = Detector::new(Method::Likelihood);
            (0..HORIZON).any(|_| detector.push(phase1.standardize(noise.normal())) > limit.level)
        });
        let share = alarms.count() as f64 / runs as f64;
        let error = 4.0 * (share * (1.0 - share) / runs as f64).sqrt();
        assert!(share < limit.false_alarm_100 + error, "{share} of {}", limit.false_alarm_100);
        assert!(share > 0.6 * limit.false_alarm_100, "{share} of {}", limit.false_alarm_100);
    }

    #[test]
    fn bad_samples_are_refused() {
        assert_eq!(
            Phase1::estimate(&[1.0; 9]).unwrap_err().to_string(),
            "Phase I of a drift detector needs at least 10 points, found 9"
        );
        assert_eq!(
            Phase1::estimate(&[2.5; 10]).unwrap_err(),
            SpcError::ZeroVariance { what: "Phase I", value: 2.5 }
        );
        let mut values = vec![0.0; 12];
        values[3] = f64::INFINITY;
        assert_eq!(
            Phase1::estimate(&values).unwrap_err().to_string(),
            "point 4 is inf, not a finite number"
        );
        assert!(
            Phase1::known(f64::NAN, 1.0).is_err()
                && Phase1::known(0.0, 0.0).is_err()
                && Phase1::known(0.0, -1.0).is_err()
        );
    }
}
