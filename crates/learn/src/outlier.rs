//! Whether a row is similar to those that the model was trained on: Mahalanobis distance, with a
//! limit from ranks.

use nalgebra::{DMatrix, DVector};

use crate::linalg::cholesky;
use crate::{LearnError, Matrix, conformal};

/// Centre and shape of a set of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Cloud {
    pub(crate) mean: Vec<f64>,
    /// Lower Cholesky factor of the covariance, row by row, of the columns that vary.
    pub(crate) factor: Vec<f64>,
    /// Columns that vary in the cloud.
    pub(crate) varying: Vec<u16>,
}

impl Cloud {
    /// Computes the mean and sample covariance (`n - 1`) of `x`. Columns without any variation are
    /// not part of the distance, but a value that differs from the constant of such a column makes
    /// the distance infinite.
    ///
    /// # Errors
    /// [`LearnError::TooFewRows`] with no more rows than columns, [`LearnError::Singular`] when columns
    /// depend on each other.
    pub fn fit(x: &Matrix) -> Result<Self, LearnError> {
        let (n, p) = (x.rows(), x.cols());
        if n < 2 {
            return Err(LearnError::TooFewRows { what: "a covariance", needed: 2, found: n });
        }
        let mean: Vec<f64> =
            (0..p).map(|j| x.iter().map(|row| row[j]).sum::<f64>() / n as f64).collect();
        let varying: Vec<u16> = (0..p)
            .filter(|&j| x.iter().any(|row| row[j] != x.row(0)[j]))
            .map(|j| j as u16)
            .collect();
        if n <= varying.len() {
            let needed = varying.len() + 1;
            return Err(LearnError::TooFewRows { what: "a covariance", needed, found: n });
        }
        let centred = DMatrix::from_fn(n, varying.len(), |i, k| {
            let j = usize::from(varying[k]);
            x.row(i)[j] - mean[j]
        });
        let covariance = centred.tr_mul(&centred) / (n - 1) as f64;
        // Relative to the spread of each column, so that the test for singularity does not depend
        // on units.
        let sd: Vec<f64> = (0..varying.len()).map(|k| covariance[(k, k)].sqrt()).collect();
        let correlation = DMatrix::from_fn(varying.len(), varying.len(), |i, j| {
            covariance[(i, j)] / (sd[i] * sd[j])
        });
        let singular = LearnError::Singular("the covariance of the training rows");
        let unit = cholesky(&correlation).ok_or(singular.clone())?;
        if (0..varying.len()).any(|k| unit[(k, k)] < 1e-7) {
            return Err(singular);
        }
        let factor = (0..varying.len())
            .flat_map(|i| (0..=i).map(move |j| (i, j)))
            .map(|(i, j)| unit[(i, j)] * sd[i])
            .collect();
        // The mean of a constant column may be off by rounding, so its value is used instead.
        let mut mean = mean;
        for (j, value) in mean.iter_mut().enumerate() {
            if !varying.contains(&(j as u16)) {
                *value = x.row(0)[j];
            }
        }
        Ok(Cloud { mean, factor, varying })
    }

    /// Distance of `x` from the centre in standard deviations; infinite for values that are not finite.
    pub fn distance(&self, x: &[f64]) -> f64 {
        if x.len() != self.mean.len() || x.iter().any(|v| !v.is_finite()) {
            return f64::INFINITY;
        }
        let mut varying = self.varying.iter().map(|&j| usize::from(j)).peekable();
        let mut delta = DVector::zeros(self.varying.len());
        let mut filled = 0;
        for (j, (value, mean)) in x.iter().zip(&self.mean).enumerate() {
            if varying.next_if_eq(&j).is_some() {
                delta[filled] = value - mean;
                filled += 1;
            } else if value != mean {
                return f64::INFINITY;
            }
        }
        // Forward substitution through the packed factor.
        let mut start = 0;
        let mut sum = 0.0;
        for i in 0..filled {
            let row = &self.factor[start..=start + i];
            let known: f64 = (0..i).map(|j| row[j] * delta[j]).sum();
            delta[i] = (delta[i] - known) / row[i];
            sum += delta[i] * delta[i];
            start += i + 1;
        }
        sum.sqrt()
    }
}

/// A cloud with the distance beyond which a row is an outlier.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlierTest {
    pub(crate) cloud: Cloud,
    pub(crate) limit: f64,
    pub(crate) alpha: f64,
}

impl OutlierTest {
    /// Fits the cloud to training rows. The limit is the conformal bound on the distances of the
    /// calibration rows at false-alarm rate `alpha`, or at the smallest rate that their number
    /// allows, `1 / (n + 1)`, if that is greater.
    ///
    /// # Errors
    /// As [`Cloud::fit`]; [`LearnError::TooFewRows`] with fewer than 19 calibration rows, which do
    /// not even allow one false alarm in twenty.
    pub fn fit(train: &Matrix, calibrate: &Matrix, alpha: f64) -> Result<Self, LearnError> {
        let found = calibrate.rows();
        if found < 19 {
            return Err(LearnError::TooFewRows { what: "an outlier limit", needed: 19, found });
        }
        let cloud = Cloud::fit(train)?;
        let alpha = alpha.max(1.0 / (found as f64 + 1.0));
        let distances: Vec<f64> = calibrate.iter().map(|row| cloud.distance(row)).collect();
        let limit = conformal::bound(&distances, alpha)?;
        Ok(OutlierTest { cloud, limit, alpha })
    }

    /// Distance of a row from the centre.
    pub fn distance(&self, x: &[f64]) -> f64 {
        self.cloud.distance(x)
    }

    /// Distance beyond which a row counts as an outlier.
    pub fn limit(&self) -> f64 {
        self.limit
    }

    /// Rate at which rows that are similar to the training rows are called outliers.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points() -> Matrix {
        Matrix::from_rows(&[[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [4.0, 3.0], [5.0, 5.0]]).unwrap()
    }

    #[test]
    fn distance_by_hand() {
        // Covariance [2.5 2; 2 2.5], offset (3, -2): sqrt(56.5 / 2.25).
        let cloud = Cloud::fit(&points()).unwrap();
        assert!((cloud.distance(&[6.0, 1.0]) - 5.01109879279097).abs() < 1e-12);
        assert_eq!(cloud.distance(&[3.0, 3.0]), 0.0);
        assert_eq!(cloud.distance(&[f64::NAN, 3.0]), f64::INFINITY);
    }

    #[test]
    fn a_constant_column_is_all_or_nothing() {
        let rows: Vec<[f64; 3]> = points().iter().map(|r| [r[0], 193.0, r[1]]).collect();
        let cloud = Cloud::fit(&Matrix::from_rows(&rows).unwrap()).unwrap();
        assert!((cloud.distance(&[6.0, 193.0, 1.0]) - 5.01109879279097).abs() < 1e-12);
        assert_eq!(cloud.distance(&[6.0, 248.0, 1.0]), f64::INFINITY);
    }

    #[test]
    fn dependent_columns_and_few_rows_are_refused() {
        let rows: Vec<[f64; 2]> = (0..9).map(|i| [f64::from(i), 2.0 * f64::from(i)]).collect();
        let cloud = Cloud::fit(&Matrix::from_rows(&rows).unwrap());
        assert_eq!(cloud, Err(LearnError::Singular("the covariance of the training rows")));
        assert!(OutlierTest::fit(&points(), &points(), 0.01).is_err());
    }
}
