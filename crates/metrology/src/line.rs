//! A straight line through points: weighted least squares with the covariance of its parameters.

/// `y = intercept + slope x` with standard uncertainties.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Value at 0.
    pub intercept: f64,
    /// Slope.
    pub slope: f64,
    /// Standard uncertainty of the intercept.
    pub u_intercept: f64,
    /// Standard uncertainty of the slope.
    pub u_slope: f64,
    /// Covariance of both.
    pub covariance: f64,
    /// Weighted sum of squared residuals.
    pub chi2: f64,
    /// Degrees of freedom.
    pub dof: usize,
}

impl Line {
    /// Fits a line. With `u`, the weights are `1/u²` and determine the covariance; without it, the
    /// covariance comes from the scatter of the residuals. `None` unless at least two abscissae
    /// differ.
    ///
    /// # Formula
    /// Computed about the weighted mean of x, which keeps the normal equations diagonal (JCGM 100,
    /// H.3).
    pub fn fit(x: &[f64], y: &[f64], u: Option<&[f64]>) -> Option<Line> {
        let weight = |i: usize| u.map_or(1.0, |u| 1.0 / (u[i] * u[i]));
        let n = x.len();
        let (mut sw, mut sx, mut sy) = (0.0, 0.0, 0.0);
        for i in 0..n {
            let w = weight(i);
            (sw, sx, sy) = (sw + w, sx + w * x[i], sy + w * y[i]);
        }
        let (mean_x, mean_y) = (sx / sw, sy / sw);
        let (mut sxx, mut sxy) = (0.0, 0.0);
        for i in 0..n {
            let (w, dx) = (weight(i), x[i] - mean_x);
            (sxx, sxy) = (sxx + w * dx * dx, sxy + w * dx * (y[i] - mean_y));
        }
        if n < 2 || sxx <= 0.0 || !sxx.is_finite() {
            return None;
        }
        let slope = sxy / sxx;
        let intercept = mean_y - slope * mean_x;
        let chi2 =
            (0..n).map(|i| weight(i) * (y[i] - intercept - slope * x[i]).powi(2)).sum::<f64>();
        let dof = n - 2;
        let scale = match (u, dof) {
            (Some(_), _) => 1.0,
            (None, 0) => f64::NAN,
            (None, dof) => chi2 / dof as f64,
        };
        let (var_slope, var_mean) = (scale / sxx, scale / sw);
        Some(Line {
            intercept,
            slope,
            u_intercept: (var_mean + mean_x * mean_x * var_slope).sqrt(),
            u_slope: var_slope.sqrt(),
            covariance: -mean_x * var_slope,
            chi2,
            dof,
        })
    }

    /// The value of the line at x.
    pub fn at(&self, x: f64) -> f64 {
        self.intercept + self.slope * x
    }

    /// Degrees of freedom of the uncertainties: those of the residuals, or infinite if the weights
    /// were known.
    pub fn dof_of_u(&self, weighted: bool) -> f64 {
        if weighted { f64::INFINITY } else { self.dof as f64 }
    }
}

/// The ordinate at `x`, linearly interpolated between ascending abscissae; `None` outside.
pub fn interpolate(xs: &[f64], ys: &[f64], x: f64) -> Option<f64> {
    let after = xs.iter().position(|at| *at >= x)?;
    if xs[after] == x {
        return Some(ys[after]);
    }
    let before = after.checked_sub(1)?;
    let t = (x - xs[before]) / (xs[after] - xs[before]);
    Some(ys[before] + t * (ys[after] - ys[before]))
}

/// Mean, and standard deviation with n - 1, which is 0 for a single value.
pub fn mean_std(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    (mean, if values.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn the_line_of_the_guide() {
        // JCGM 100, H.3: calibration of a thermometer, t - 20 and the correction b.
        let t = [1.521, 2.012, 2.512, 3.003, 3.507, 3.999, 4.513, 5.002, 5.503, 6.010, 6.511];
        let b = [
            -0.171, -0.169, -0.166, -0.159, -0.164, -0.165, -0.156, -0.157, -0.159, -0.161, -0.160,
        ];
        let line = Line::fit(&t, &b, None).unwrap();
        assert!((line.intercept + 0.1712).abs() < 1e-4 && (line.slope - 0.002_18).abs() < 1e-5);
        assert!((line.u_intercept - 0.0029).abs() < 5e-5 && (line.u_slope - 0.000_67).abs() < 5e-6);
        assert!((line.covariance / (line.u_intercept * line.u_slope) + 0.930).abs() < 1e-3);
    }
}
