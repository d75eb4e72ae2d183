//! The Box-Cox transformation.

use super::{Indices, Specification, indices};
use crate::describe::{mean, sd, sum};
use crate::error::SpcError;
use serde::Serialize;

/// A power transformation towards normality, with the indices of the transformed process.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BoxCox {
    /// The exponent of maximum likelihood.
    pub lambda: f64,
    /// Mean of the transformed values.
    pub mean: f64,
    /// Standard deviation of the transformed values.
    pub sigma: f64,
    /// Pp, Ppl, Ppu, Ppk of the transformed values between the transformed limits.
    pub overall: Indices,
}

/// Transforms `values` by the exponent of maximum likelihood within ±5, and computes indices
/// against the transformed limits.
///
/// # Errors
/// Values or limits that are not above zero, too few values, no variation.
pub fn box_cox(
    values: &[f64],
    specification: &Specification,
    confidence: f64,
) -> Result<BoxCox, SpcError> {
    let n = values.len();
    if n < 3 {
        let what = "a Box-Cox transformation";
        return Err(SpcError::TooFew { what, needed: 3, unit: "values", found: n });
    }
    let limits = [("LSL", specification.lsl), ("USL", specification.usl)];
    for (name, limit) in limits {
        if let Some(value) = limit.filter(|limit| *limit <= 0.0) {
            let expected = "above 0 for a Box-Cox transformation";
            return Err(SpcError::OutOfRange { name, value, expected });
        }
    }
    if let Some(i) = values.iter().position(|x| *x <= 0.0) {
        return Err(SpcError::Invalid(format!(
            "value {} is {}; a Box-Cox transformation needs values above 0",
            i + 1,
            values[i]
        )));
    }
    if values.iter().all(|x| *x == values[0]) {
        return Err(SpcError::ZeroVariance { what: "a Box-Cox transformation", value: values[0] });
    }
    // Scaling by the geometric mean leaves the exponent unchanged and keeps large powers finite.
    let logarithms: Vec<f64> = values.iter().map(|x| x.ln()).collect();
    let shift = mean(&logarithms);
    let scaled: Vec<f64> = logarithms.iter().map(|l| l - shift).collect();
    let lambda = maximize(|lambda| -log_variance(&scaled, lambda), -5.0, 5.0);
    let transformed: Vec<f64> = values.iter().map(|x| transform(*x, lambda)).collect();
    let center = mean(&transformed);
    let sigma = sd(&transformed).unwrap_or(f64::NAN);
    let moved = Specification {
        lsl: specification.lsl.map(|limit| transform(limit, lambda)),
        usl: specification.usl.map(|limit| transform(limit, lambda)),
        target: None,
    };
    let overall = indices(&moved, center, sigma, n, confidence)?;
    Ok(BoxCox { lambda, mean: center, sigma, overall })
}

/// (x^λ − 1)/λ, or its limit ln x at λ = 0, without cancellation near λ = 0.
fn transform(x: f64, lambda: f64) -> f64 {
    let log = x.ln();
    if lambda == 0.0 { log } else { (lambda * log).exp_m1() / lambda }
}

/// ln of the variance of the transformed values; with a geometric mean of 1 the log likelihood is
/// −n/2 times it.
fn log_variance(logarithms: &[f64], lambda: f64) -> f64 {
    let y: Vec<f64> = logarithms
        .iter()
        .map(|log| if lambda == 0.0 { *log } else { (lambda * log).exp_m1() / lambda })
        .collect();
    let center = mean(&y);
    (sum(y.iter().map(|v| (v - center) * (v - center))) / y.len() as f64).ln()
}

/// The maximum of a function with one peak on [`low`, `high`], by golden-section search and a final
/// parabola.
fn maximize(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let ratio = (5f64.sqrt() - 1.0) / 2.0;
    while high - low > 1e-4 {
        let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        if f(a) > f(b) {
            high = b;
        } else {
            low = a;
        }
    }
    // Near its maximum the function is flat to rounding: fit a parabola over an interval where it
    // is not.
    let (middle, h) = (f64::midpoint(low, high), 1e-3);
    let (left, top, right) = (f(middle - h), f(middle), f(middle + h));
    let bend = left - 2.0 * top + right;
    if bend < 0.0 { middle + 0.5 * h * (left - right) / bend } else { middle }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal::quantile;

    #[test]
    fn a_known_power_is_recovered() {
        let specification = Specification::new(None, Some(1e6), None).unwrap();
        for (power, slack) in [(1.0, 0.02), (2.0, 0.02), (-1.0, 0.02)] {
            let values: Vec<f64> = (1..200)
                .map(|i| (10.0 + quantile(f64::from(i) / 200.0)).powf(1.0 / power))
                .collect();
            let found = box_cox(&values, &specification, 0.95).unwrap().lambda;
            assert!((found - power).abs() < slack * 10.0, "{power}: {found}");
        }
    }

    /// The logarithms of these values lie symmetrically about 0, so the likelihood of λ is that of −λ: its maximum is 0.
    /// A power of the values divides λ by the same power.
    #[test]
    fn the_last_digits_of_the_exponent_are_right() {
        let specification = Specification::new(None, Some(1e6), None).unwrap();
        let lambda = |values: &[f64]| box_cox(values, &specification, 0.95).unwrap().lambda;
        for n in [20, 50, 173] {
            let scores: Vec<f64> =
                (1..n).map(|i| quantile(f64::from(i) / f64::from(n)) / 3.0).collect();
            let symmetric: Vec<f64> = scores.iter().map(|z| z.exp()).collect();
            assert!(lambda(&symmetric).abs() < 1e-7, "{n}: {}", lambda(&symmetric));
            let plain: Vec<f64> = scores.iter().map(|z| 3.0 + z).collect();
            let cubes: Vec<f64> = plain.iter().map(|x| x.powi(3)).collect();
            assert!((lambda(&plain) - 3.0 * lambda(&cubes)).abs() < 1e-6, "{n}");
        }
    }

    #[test]
    fn values_and_limits_must_be_positive() {
        let one_sided = |usl| Specification::new(None, Some(usl), None).unwrap();
        assert!(box_cox(&[1.0, 0.0, 2.0], &one_sided(3.0), 0.95).is_err());
        assert!(box_cox(&[1.0, 3.0, 2.0], &one_sided(-3.0), 0.95).is_err());
        assert!(box_cox(&[1.0, 1.0, 1.0], &one_sided(3.0), 0.95).is_err());
    }
}
