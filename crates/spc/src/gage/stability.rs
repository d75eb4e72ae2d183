//! Stability of a gage: the same master, measured again and again over time.

use super::line::Line;
use crate::describe::mean;
use crate::distribution::{t_p_value, t_quantile};
use crate::error::SpcError;
use serde::Serialize;

/// How readings of a master drift.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Drift {
    /// Times.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// Change of the mean per unit of time.
    pub slope: f64,
    /// Its standard error.
    pub se_slope: f64,
    /// Slope over its standard error.
    pub t: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// p value against no drift.
    pub p: f64,
    /// Confidence interval of the slope.
    pub ci: [f64; 2],
    /// Residual standard deviation about the line.
    pub s: f64,
    /// From the first to the last time.
    pub span: f64,
    /// |slope| × span: what the line has moved in all.
    pub total: f64,
}

/// Least squares of the mean readings at each time on the times, which need not be equally spaced.
///
/// # Errors
/// Fewer than three times, times that are all the same, a confidence outside (0, 1).
pub fn drift(times: &[f64], values: &[f64], confidence: f64) -> Result<Drift, SpcError> {
    crate::tolerance::check(0.5, confidence)?;
    let n = values.len();
    if n < 3 {
        let what = "a drift of a gage";
        return Err(SpcError::TooFew { what, needed: 3, unit: "times", found: n });
    }
    let line = Line::fit(times, values)
        .ok_or_else(|| SpcError::Invalid("all readings are of one time".to_owned()))?;
    let df = line.df as f64;
    let half = t_quantile(f64::midpoint(1.0, confidence), df) * line.se_slope;
    let (first, last) = times
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), t| (lo.min(*t), hi.max(*t)));
    Ok(Drift {
        n,
        mean: mean(values),
        slope: line.slope,
        se_slope: line.se_slope,
        t: line.t_slope(),
        df: line.df,
        p: t_p_value(line.t_slope(), df),
        ci: [line.slope - half, line.slope + half],
        s: line.s,
        span: last - first,
        total: line.slope.abs() * (last - first),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_shifted_points_has_their_slope() {
        let times = [0.0, 1.0, 2.0, 4.0, 7.0];
        let values = times.map(|t| 10.0 + 0.25 * t);
        let noisy: Vec<f64> =
            values.iter().zip([0.1, -0.1, 0.05, -0.1, 0.05]).map(|(v, e)| v + e).collect();
        let found = drift(&times, &noisy, 0.95).unwrap();
        // Normal equations by hand: sxx = 30.8, sxy = 7.7 - 0.03.
        let sxy: f64 = times.iter().zip(&noisy).map(|(t, v)| (t - 2.8) * v).sum();
        assert!((found.slope - sxy / 30.8).abs() < 1e-12 && found.df == 3 && found.span == 7.0);
        assert!(found.ci[0] < 0.25 && 0.25 < found.ci[1]);
        assert!(drift(&[1.0; 3], &[1.0, 2.0, 3.0], 0.95).is_err());
    }
}
