//! Linear least squares with a small penalty: the first stage that all members of the ensemble
//! share.

use nalgebra::{DMatrix, DVector};

use crate::linalg::{cholesky, cholesky_solve, dot};
use crate::{LearnError, Matrix};

/// A linear model of standardised features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ridge {
    /// Mean of the target.
    pub intercept: f64,
    /// Change of the target for one standard deviation of each feature.
    pub slopes: Vec<f64>,
}

impl Ridge {
    /// Minimises `|y - a - Z b|^2 + penalty n |b|^2`, with `z` centred.
    ///
    /// # Errors
    /// [`LearnError::Shape`] when `z` and `y` differ in length, [`LearnError::TooFewRows`] without rows,
    /// [`LearnError::Singular`] for a zero penalty and dependent columns.
    pub fn fit(z: &Matrix, y: &[f64], penalty: f64) -> Result<Self, LearnError> {
        if z.rows() != y.len() {
            return Err(LearnError::Shape { what: "target", expected: z.rows(), found: y.len() });
        }
        if y.is_empty() {
            return Err(LearnError::TooFewRows { what: "a linear fit", needed: 1, found: 0 });
        }
        let n = y.len() as f64;
        let intercept = y.iter().sum::<f64>() / n;
        let design = DMatrix::from_row_slice(z.rows(), z.cols(), z.as_slice());
        let centred = DVector::from_iterator(y.len(), y.iter().map(|v| v - intercept));
        let mut gram = design.tr_mul(&design);
        for j in 0..z.cols() {
            gram[(j, j)] += penalty * n;
        }
        let factor = cholesky(&gram).ok_or(LearnError::Singular("the linear fit"))?;
        let slopes = cholesky_solve(&factor, &design.tr_mul(&centred));
        Ok(Ridge { intercept, slopes: slopes.as_slice().to_vec() })
    }

    /// Value for one standardised row.
    pub fn predict(&self, z: &[f64]) -> f64 {
        self.intercept + dot(&self.slopes, z)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovers_a_plane() {
        let rows: Vec<[f64; 2]> = (0..40)
            .map(|i| [(i as f64 - 19.5) / 10.0, ((i * 7 % 13) as f64 - 6.0) / 5.0])
            .collect();
        let z = Matrix::from_rows(&rows).unwrap();
        let mean = (0..2).map(|j| z.column(j).iter().sum::<f64>() / 40.0).collect::<Vec<_>>();
        let centred: Vec<[f64; 2]> =
            rows.iter().map(|r| [r[0] - mean[0], r[1] - mean[1]]).collect();
        let z = Matrix::from_rows(&centred).unwrap();
        let y: Vec<f64> = centred.iter().map(|r| 3.0 + 2.0 * r[0] - 0.5 * r[1]).collect();
        let fit = Ridge::fit(&z, &y, 0.0).unwrap();
        assert!((fit.intercept - 3.0).abs() < 1e-12);
        assert!((fit.slopes[0] - 2.0).abs() < 1e-10 && (fit.slopes[1] + 0.5).abs() < 1e-10);
    }

    #[test]
    fn dependent_columns_share_the_slope() {
        let z = Matrix::from_rows(&[[1.0, 1.0], [-1.0, -1.0]]).unwrap();
        let fit = Ridge::fit(&z, &[1.0, 0.0], 1e-9).unwrap();
        assert!((fit.slopes[0] - 0.25).abs() < 1e-6 && (fit.slopes[1] - 0.25).abs() < 1e-6);
    }
}
