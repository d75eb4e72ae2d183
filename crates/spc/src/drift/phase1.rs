//! Mean and standard deviation that the detector measures against: given, or estimated from Phase I
//! points.

use super::limit::SMALLEST_PHASE1;
use crate::{SpcError, constants};
use serde::{Deserialize, Serialize};

/// The in-control mean and sigma, and how many points they rest on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Phase1 {
    /// In-control mean, in the unit of the data.
    pub mean: f64,
    /// In-control standard deviation, in the unit of the data, above 0.
    pub sigma: f64,
    /// How many points both were estimated from; `None` where they are known.
    pub points: Option<usize>,
}

impl Phase1 {
    /// Data that are standardized already.
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

    /// Sample mean and s / c4 of at least ten points.
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

    /// (x − mean) / sigma.
    pub fn standardize(&self, x: f64) -> f64 {
        (x - self.mean) / self.sigma
    }
}

/// Refuses NaN and infinities, naming the first.
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
    use super::*;

    /// NIST StRD NumAcc4: mean 10000000.2, sd 0.1 certified.
    #[test]
    fn estimate_keeps_digits_far_from_zero() {
        let values: Vec<f64> = std::iter::once(10_000_000.2)
            .chain((0..1000).map(|i| if i % 2 == 0 { 10_000_000.1 } else { 10_000_000.3 }))
            .collect();
        let phase1 = Phase1::estimate(&values).unwrap();
        assert!((phase1.mean - 10_000_000.2).abs() < 1e-7);
        assert!((phase1.sigma * constants::c4(1001).unwrap() - 0.1).abs() < 1e-8);
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
