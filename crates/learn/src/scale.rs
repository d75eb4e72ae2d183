//! Scaling of features to zero mean and unit spread.

use crate::Matrix;

/// Centre, spread and training range of each feature.
///
/// Values are clipped to the training range first, because a linear or kernel model is meaningless
/// far outside of it. The outlier test reports such rows separately.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scale {
    pub(crate) mean: Vec<f64>,
    pub(crate) inv_sd: Vec<f64>,
    pub(crate) min: Vec<f64>,
    pub(crate) max: Vec<f64>,
}

impl Scale {
    pub fn fit(x: &Matrix) -> Self {
        let n = x.rows().max(1) as f64;
        let mut scale = Scale::default();
        for j in 0..x.cols() {
            let column = x.column(j);
            let mean = column.iter().sum::<f64>() / n;
            let sd = (column.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
            scale.mean.push(mean);
            // A constant column carries no information, and dividing by its spread must be avoided.
            scale.inv_sd.push(if sd > 1e-12 * mean.abs().max(1e-300) { 1.0 / sd } else { 0.0 });
            scale.min.push(column.iter().copied().fold(f64::INFINITY, f64::min));
            scale.max.push(column.iter().copied().fold(f64::NEG_INFINITY, f64::max));
        }
        scale
    }

    pub fn apply(&self, row: &[f64], into: &mut [f64]) {
        for (j, (value, out)) in row.iter().zip(into).enumerate() {
            // Not `clamp`, which panics if the minimum is above the maximum, as in a constant or
            // empty column.
            let clipped = value.max(self.min[j]).min(self.max[j]);
            *out = (clipped - self.mean[j]) * self.inv_sd[j];
        }
    }

    pub fn apply_all(&self, x: &Matrix) -> Matrix {
        let mut out = Matrix::zeros(x.rows(), x.cols());
        for i in 0..x.rows() {
            self.apply(x.row(i), out.row_mut(i));
        }
        out
    }
}
