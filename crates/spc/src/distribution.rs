//! Quantiles of the chi-square, beta and F distributions, to full accuracy.

use crate::normal;
use crate::quadrature::gauss_legendre;
use statrs::function::beta::beta_reg;
use statrs::function::gamma::{gamma_lr, gamma_ur, ln_gamma};

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

/// Upper tail of χ², without cancellation.
pub fn chi2_sf(x: f64, freedom: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { gamma_ur(freedom / 2.0, x / 2.0) }
}

/// Distribution function of the beta distribution with shapes `a`, `b` > 0.
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 { 1.0 } else { beta_reg(a, b, x) }
}

/// Distribution function of F with `d1`, `d2` > 0 degrees of freedom.
pub fn f_cdf(x: f64, d1: f64, d2: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { beta_reg(d1 / 2.0, d2 / 2.0, d1 * x / (d1 * x + d2)) }
}

/// Upper tail of F, without cancellation.
pub fn f_sf(x: f64, d1: f64, d2: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { beta_reg(d2 / 2.0, d1 / 2.0, d2 / (d1 * x + d2)) }
}

/// Upper tail of Student's t.
pub fn t_sf(x: f64, freedom: f64) -> f64 {
    let tail = 0.5 * beta_reg(freedom / 2.0, 0.5, freedom / (freedom + x * x));
    if x >= 0.0 { tail } else { 1.0 - tail }
}

/// Two-sided p value of Student's t.
pub fn t_p_value(t: f64, freedom: f64) -> f64 {
    2.0 * t_sf(t.abs(), freedom)
}

/// Quantile of Student's t with `freedom` > 0 at 0 < p < 1.
pub fn t_quantile(p: f64, freedom: f64) -> f64 {
    if p == 0.5 {
        return 0.0;
    }
    // The tail is a beta distribution of f/(f + t²), which loses no digits far out.
    let x = beta_quantile(2.0 * p.min(1.0 - p), freedom / 2.0, 0.5);
    let t = (freedom * (1.0 - x) / x).sqrt();
    if p < 0.5 { -t } else { t }
}

/// P(T ≤ t) of Student's t with noncentrality `delta`: the normal probability averaged over the χ² of the denominator.
pub fn noncentral_t_cdf(t: f64, freedom: f64, delta: f64) -> f64 {
    over_chi(freedom, |s| normal::cdf(t * s - delta))
}

/// Quantile of the noncentral t distribution.
pub fn noncentral_t_quantile(p: f64, freedom: f64, delta: f64) -> f64 {
    let mut width = 1.0 + delta.abs();
    while noncentral_t_cdf(delta - width, freedom, delta) > p
        || noncentral_t_cdf(delta + width, freedom, delta) < p
    {
        width *= 2.0;
    }
    bisect(|t| noncentral_t_cdf(t, freedom, delta), p, delta - width, delta + width)
}

/// Mean of `f` over s = √(χ²_f / f), the ratio of an estimated to the true standard deviation.
pub fn over_chi(freedom: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (low, high) = (chi2_quantile(1e-16, freedom), chi2_quantile_upper(1e-16, freedom));
    let (low, high) = ((low / freedom).sqrt(), (high / freedom).sqrt());
    // ln of the density of s: 2 (f/2)^(f/2) / Γ(f/2) s^(f−1) exp(−f s²/2).
    let half = freedom / 2.0;
    let constant = std::f64::consts::LN_2 + half * half.ln() - ln_gamma(half);
    let density = |s: f64| (constant + (freedom - 1.0) * s.ln() - half * s * s).exp();
    let panels = 8;
    let step = (high - low) / f64::from(panels);
    let total: f64 = (0..panels)
        .flat_map(|i| {
            let start = low + step * f64::from(i);
            gauss_legendre(24, start, start + step)
        })
        .map(|(s, w)| w * density(s) * f(s))
        .sum();
    total
}

/// The value that χ² exceeds with probability `tail`.
fn chi2_quantile_upper(tail: f64, freedom: f64) -> f64 {
    let mut high = freedom.max(1.0);
    while chi2_sf(high, freedom) > tail {
        high *= 2.0;
    }
    bisect(|x| 1.0 - chi2_sf(x, freedom) / tail, 0.0, 0.0, high)
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

/// Bisects down to neighbouring doubles: some microseconds slower than other methods, but always
/// correct.
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

    /// t quantiles of published tables (R qt), and the factor of a one-sided tolerance bound (ISO 16269-6, R qt with ncp).
    #[test]
    fn student_central_and_not() {
        assert!((t_quantile(0.975, 10.0) - 2.228_138_851_964_939).abs() < 1e-10);
        assert!((t_quantile(0.001, 5.0) + 5.893_429_531_356_01).abs() < 1e-10);
        assert!((t_p_value(2.228_138_851_964_939, 10.0) - 0.05).abs() < 1e-11);
        let k =
            noncentral_t_quantile(0.9, 9.0, 10f64.sqrt() * 1.644_853_626_951_472_6) / 10f64.sqrt();
        assert!((k - 2.568_373_205_889_1).abs() < 1e-8, "{k}");
        assert!((f_sf(2.5, 3.0, 12.0) + f_cdf(2.5, 3.0, 12.0) - 1.0).abs() < 1e-13);
    }

    /// χ²₁₂₄ at 2.5 % and 97.5 %, to six figures from published tables (R qchisq).
    #[test]
    fn many_degrees_of_freedom() {
        assert!((chi2_quantile(0.025, 100.0) - 74.221_93).abs() < 1e-4);
        assert!((chi2_quantile(0.975, 100.0) - 129.561_2).abs() < 1e-4);
    }
}
