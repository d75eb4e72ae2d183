//! Quadrature and root finding for the integral equations in this crate.

pub use libchar_numeric::quadrature::gauss_legendre;

use crate::error::SpcError;

/// The root above `lo` of an increasing function, to a relative `tolerance`, by the Illinois form of regula falsi.
///
/// # Errors
/// The error of `f`, or [`SpcError::Invalid`] if the function is not below zero at `lo` or never
/// rises above zero.
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
        // Halving the value at the end that did not move keeps both ends moving. After a hundred
        // steps plain bisection finishes the search.
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
