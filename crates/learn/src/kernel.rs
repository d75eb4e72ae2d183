//! Matérn 5/2 covariance with one length scale per feature.

use crate::Matrix;
use crate::linalg::dot;

/// Logarithms of the parameters: signal, noise, then one length per feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Kernel {
    pub ln_signal: f64,
    pub ln_noise: f64,
    pub ln_length: Vec<f64>,
}

const SQRT5: f64 = 2.236_067_977_499_79;

/// Correlation at squared distance `r2`.
pub fn matern52(r2: f64) -> f64 {
    let r = SQRT5 * r2.max(0.0).sqrt();
    (1.0 + r + r * r / 3.0) * (-r).exp()
}

/// Derivative of the correlation by `ln(length)`, divided by the squared distance in that feature.
pub fn matern52_slope(r2: f64) -> f64 {
    let r = SQRT5 * r2.max(0.0).sqrt();
    5.0 / 3.0 * (1.0 + r) * (-r).exp()
}

impl Kernel {
    pub fn signal_variance(&self) -> f64 {
        (2.0 * self.ln_signal).exp()
    }

    pub fn noise_variance(&self) -> f64 {
        (2.0 * self.ln_noise).exp()
    }

    pub fn inverse_lengths(&self) -> Vec<f64> {
        self.ln_length.iter().map(|l| (-l).exp()).collect()
    }

    /// The rows divided by the lengths, so that Euclidean distances apply.
    pub fn shrink(&self, z: &Matrix) -> Matrix {
        let inverse = self.inverse_lengths();
        let data = z.iter().flat_map(|row| row.iter().zip(&inverse).map(|(v, l)| v * l)).collect();
        Matrix::from_parts(z.cols(), data)
    }
}

/// Squared Euclidean distance from the squared norms of two rows and their scalar product.
pub fn distance2(a: &[f64], a2: f64, b: &[f64], b2: f64) -> f64 {
    (a2 + b2 - 2.0 * dot(a, b)).max(0.0)
}

/// Squared norms of all rows.
pub fn lengths2(x: &Matrix) -> Vec<f64> {
    x.iter().map(|row| dot(row, row)).collect()
}
