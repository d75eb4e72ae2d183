//! Quantiles of the chi-square, beta and F distributions, to full accuracy.

use statrs::function::beta::beta_reg;
use statrs::function::gamma::gamma_lr;

/// Quantile of χ² with `freedom` > 0 degrees of freedom at 0 < p < 1.
pub fn chi2_quantile(p: f64, freedom: f64) -> f64 {
    let cdf = |x: f64| gamma_lr(freedom / 2.0, x / 2.0);
    let mut high = freedom.max(1.0);
    while cdf(high) < p && high < 1e300 {
        high *= 2.0;
    }
    bisect(cdf, p, 0.0, high)
}

/// Distribution function of χ².
pub fn chi2_cdf(x: f64, freedom: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { gamma_lr(freedom / 2.0, x / 2.0) }
}

/// Quantile of the beta distribution with shapes `a`, `b` > 0 at 0 < p < 1.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    bisect(|x| beta_reg(a, b, x), p, 0.0, 1.0)
}

/// Quantile of F with `d1`, `d2` > 0 degrees of freedom at 0 < p < 1: F = d2 B / (d1 (1 − B)).
pub fn f_quantile(p: f64, d1: f64, d2: f64) -> f64 {
    let b = beta_quantile(p, d1 / 2.0, d2 / 2.0);
    d2 * b / (d1 * (1.0 - b))
}

/// Bisection down to neighbouring doubles: slow by some microseconds, never wrong.
fn bisect(cdf: impl Fn(f64) -> f64, p: f64, mut low: f64, mut high: f64) -> f64 {
    for _ in 0..1100 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if cdf(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Closed forms: χ²₂ is exponential, B(1, b) is 1 − (1 − x)ᵇ, and F(2, d) follows from it.
    #[test]
    fn closed_forms() {
        for p in [1e-6, 0.025, 0.5, 0.975, 0.999] {
            assert!((chi2_quantile(p, 2.0) / (-2.0 * (-p).ln_1p()) - 1.0).abs() < 1e-12);
            let b = -((-p).ln_1p() / 7.0).exp_m1();
            assert!((beta_quantile(p, 1.0, 7.0) / b - 1.0).abs() < 1e-12);
            let f = 14.0 * b / (2.0 * (1.0 - b));
            assert!((f_quantile(p, 2.0, 14.0) / f - 1.0).abs() < 1e-11);
        }
    }

    /// χ²₁₂₄ at 2.5 % and 97.5 %, to six figures from published tables (R qchisq).
    #[test]
    fn many_degrees_of_freedom() {
        assert!((chi2_quantile(0.025, 100.0) - 74.221_93).abs() < 1e-4);
        assert!((chi2_quantile(0.975, 100.0) - 129.561_2).abs() < 1e-4);
    }
}
