//! Gauss–Legendre quadrature, the workhorse of the integral equations in this crate.

use crate::error::SpcError;
use std::f64::consts::PI;

/// Nodes and weights of the `n`-point Gauss–Legendre rule on [`lo`, `hi`], nodes ascending.
///
/// Newton iteration on the Legendre polynomial P_n from Tricomi's starting values; exact for polynomials
/// of degree 2n − 1.
pub fn gauss_legendre(n: usize, lo: f64, hi: f64) -> Vec<(f64, f64)> {
    let mut rule = vec![(0.0, 0.0); n];
    let (half, middle) = ((hi - lo) / 2.0, (hi + lo) / 2.0);
    for i in 0..n.div_ceil(2) {
        let mut x = (PI * (i as f64 + 0.75) / (n as f64 + 0.5)).cos();
        let mut derivative = 1.0;
        for _ in 0..100 {
            let (value, slope) = legendre(n, x);
            derivative = slope;
            let step = value / slope;
            x -= step;
            if step.abs() < 1e-15 {
                break;
            }
        }
        let weight = 2.0 / ((1.0 - x * x) * derivative * derivative) * half;
        rule[i] = (middle - half * x, weight);
        rule[n - 1 - i] = (middle + half * x, weight);
    }
    rule
}

/// P_n(x) and its derivative by the three-term recurrence.
fn legendre(n: usize, x: f64) -> (f64, f64) {
    let (mut previous, mut current) = (1.0, x);
    for k in 2..=n {
        let k = k as f64;
        (previous, current) = (current, ((2.0 * k - 1.0) * x * current - (k - 1.0) * previous) / k);
    }
    if n == 0 {
        return (1.0, 0.0);
    }
    (current, n as f64 * (x * current - previous) / (x * x - 1.0))
}

/// The root above `lo` of an increasing function, to a relative `tolerance`, by the Illinois form of regula falsi.
///
/// # Errors
/// What `f` returns, or [`SpcError::Invalid`] when the function is not below zero at `lo` or never rises above it.
pub fn increasing_root(
    mut f: impl FnMut(f64) -> Result<f64, SpcError>,
    lo: f64,
    tolerance: f64,
) -> Result<f64, SpcError> {
    let mut a = (lo, f(lo)?);
    let mut b = (lo + 1.0, f(lo + 1.0)?);
    for _ in 0..60 {
        if b.1 >= 0.0 {
            break;
        }
        a = b;
        b.0 *= 1.5;
        b.1 = f(b.0)?;
    }
    if a.1.is_nan() || b.1.is_nan() || a.1 > 0.0 || b.1 < 0.0 {
        return Err(SpcError::Invalid(format!("no solution above {lo}")));
    }
    for _ in 0..200 {
        let weighted = (a.0 * b.1 - b.0 * a.1) / (b.1 - a.1);
        let x = if weighted.is_finite() { weighted } else { f64::midpoint(a.0, b.0) };
        let value = f(x)?;
        if value == 0.0 || (b.0 - a.0).abs() <= tolerance * x.abs() {
            return Ok(x);
        }
        // Halving the stale end's value keeps both ends moving; past a hundred steps plain bisection finishes.
        if value < 0.0 {
            a = (x, value);
            b.1 /= 2.0;
        } else {
            b = (x, value);
            a.1 /= 2.0;
        }
        if value.abs() < tolerance * 1e-2 {
            return Ok(x);
        }
    }
    Ok(f64::midpoint(a.0, b.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrates_polynomials_of_degree_2n_minus_1_exactly() {
        for n in 1..40 {
            let degree = 2 * n - 1;
            let sum: f64 =
                gauss_legendre(n, 0.0, 1.0).iter().map(|(x, w)| w * x.powi(degree as i32)).sum();
            assert!((sum * (degree + 1) as f64 - 1.0).abs() < 1e-12, "n = {n}");
        }
    }
}
