//! A straight line by least squares, with the standard errors of its coefficients.

use crate::describe::{mean, sum};

/// y = intercept + slope x.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    /// Change of y per unit of x.
    pub slope: f64,
    /// y at x = 0.
    pub intercept: f64,
    /// Residual standard deviation.
    pub s: f64,
    /// Share of the variance of y that the line explains.
    pub r2: f64,
    /// Standard error of the slope.
    pub se_slope: f64,
    /// Standard error of the intercept.
    pub se_intercept: f64,
    /// Degrees of freedom of `s`.
    pub df: usize,
    /// Mean of x.
    pub center: f64,
    /// Sum of squares of x about its mean.
    pub spread: f64,
}

impl Line {
    /// Fits at least three points; `None` for fewer, or where x does not vary.
    pub fn fit(x: &[f64], y: &[f64]) -> Option<Line> {
        let df = x.len().checked_sub(2).filter(|df| *df > 0)?;
        let count = x.len() as f64;
        let (mx, my) = (mean(x), mean(y));
        let sxx = sum(x.iter().map(|x| (x - mx) * (x - mx)));
        if sxx == 0.0 {
            return None;
        }
        let sxy = sum(x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)));
        let slope = sxy / sxx;
        let intercept = my - slope * mx;
        let rest = sum(x.iter().zip(y).map(|(x, y)| (y - intercept - slope * x).powi(2)));
        let syy = sum(y.iter().map(|y| (y - my) * (y - my)));
        let s = (rest / df as f64).sqrt();
        Some(Line {
            slope,
            intercept,
            s,
            r2: 1.0 - rest / syy,
            se_slope: s / sxx.sqrt(),
            se_intercept: s * (1.0 / count + mx * mx / sxx).sqrt(),
            df,
            center: mx,
            spread: sxx,
        })
    }

    /// Slope over its standard error.
    pub fn t_slope(&self) -> f64 {
        self.slope / self.se_slope
    }

    /// Intercept over its standard error.
    pub fn t_intercept(&self) -> f64 {
        self.intercept / self.se_intercept
    }
}
