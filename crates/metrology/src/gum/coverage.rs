//! Coverage factors, and whether first-order propagation is accurate enough.

use super::monte_carlo::Interval;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// The two-sided coverage factor k for a coverage probability.
///
/// # Formula
/// Student's t at the effective degrees of freedom, truncated to a whole number (JCGM 100, G.4.1); the normal
/// quantile for infinitely many.
pub fn coverage_factor(dof: f64, coverage: f64) -> f64 {
    let p = 0.5 + 0.5 * coverage;
    let whole = dof.floor().max(1.0);
    match StudentsT::new(0.0, 1.0, whole) {
        Ok(t) if whole < 1e6 => t.inverse_cdf(p),
        _ => Normal::standard().inverse_cdf(p),
    }
}

/// Comparison of first-order propagation with Monte Carlo (JCGM 101, clause 8.1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Validation {
    /// Numerical tolerance: half a unit of the first significant digit of `u_c`.
    pub delta: f64,
    /// Difference of the lower ends.
    pub low: f64,
    /// Difference of the upper ends.
    pub high: f64,
    /// Whether both are within the tolerance.
    pub valid: bool,
}

/// Compares `y ± U` with a Monte Carlo interval of the same coverage.
pub fn validate(y: f64, u_c: f64, expanded: f64, interval: &Interval) -> Validation {
    // 0.0096 rounds to 0.01, so the digit is determined after rounding.
    let exponent: i32 =
        format!("{u_c:.0e}").split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    let delta = 0.5 * 10f64.powi(exponent);
    let (low, high) = ((y - expanded - interval.low).abs(), (y + expanded - interval.high).abs());
    Validation { delta, low, high, valid: low <= delta && high <= delta }
}

#[cfg(test)]
mod tests {
    use super::coverage_factor;

    #[test]
    fn factors_of_table_g2() {
        // JCGM 100, table G.2, p = 95 %.
        for (dof, k) in
            [(1.0, 12.71), (5.0, 2.57), (10.5, 2.23), (50.0, 2.01), (f64::INFINITY, 1.960)]
        {
            assert!((coverage_factor(dof, 0.95) - k).abs() < 0.006, "{dof}");
        }
    }
}
