//! The Anderson–Darling test of normality.

use super::law::Law;
use crate::describe::{mean, sd};
use crate::normal::{cdf, sf};
use serde::Serialize;

/// A² with estimated mean and variance, and its p value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AndersonDarling {
    /// The statistic, corrected for sample size: A² (1 + 0.75/n + 2.25/n²).
    pub statistic: f64,
    /// Approximate p value (D'Agostino and Stephens 1986, table 4.9).
    pub p_value: f64,
}

/// Anderson–Darling distance and its p value, where one is known for estimated parameters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Goodness {
    /// A² of the fitted distribution; `None` for an empirical one, which has no parameters to test.
    pub anderson_darling: Option<f64>,
    /// p value with estimated parameters; `None` where no table applies (weibull3, johnson,
    /// pearson).
    pub p_value: Option<f64>,
}

/// How far `values` lie from a distribution fitted to them.
///
/// p values with estimated parameters: normal and lognormal as [`anderson_darling`]; Weibull with two parameters by
/// p = 1/(1 + exp(−0.1 + 1.24 ln A* + 4.48 A*)), A* = A²(1 + 0.2/√n) (MIL-HDBK-17-1F, 8.3.4).
pub(super) fn goodness(values: &[f64], law: &Law) -> Goodness {
    let logs: Vec<f64>;
    let normal = match law {
        Law::Normal(..) => anderson_darling(values),
        Law::Lognormal(..) => {
            logs = values.iter().map(|x| x.ln()).collect();
            anderson_darling(&logs)
        }
        Law::Empirical(..) => return Goodness { anderson_darling: None, p_value: None },
        _ => None,
    };
    if let Some(test) = normal {
        return Goodness { anderson_darling: Some(test.statistic), p_value: Some(test.p_value) };
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    let weighted: f64 = (0..n)
        .map(|i| {
            let logs =
                law.cdf(sorted[i]).max(1e-300).ln() + law.sf(sorted[n - 1 - i]).max(1e-300).ln();
            (2 * i + 1) as f64 * logs
        })
        .sum();
    let a = -(n as f64) - weighted / n as f64;
    let p_value = match law {
        Law::Weibull(fit) if fit.log_likelihood.is_none() => {
            let a = a * (1.0 + 0.2 / (n as f64).sqrt());
            Some(1.0 / (1.0 + (-0.1 + 1.24 * a.ln() + 4.48 * a).exp()))
        }
        _ => None,
    };
    Goodness { anderson_darling: Some(a), p_value }
}

/// Tests `values` for normality; `None` for fewer than eight values or no variation.
pub fn anderson_darling(values: &[f64]) -> Option<AndersonDarling> {
    let n = values.len();
    if n < 8 {
        return None;
    }
    let (center, sigma) = (mean(values), sd(values)?);
    if sigma == 0.0 {
        return None;
    }
    let mut z: Vec<f64> = values.iter().map(|x| (x - center) / sigma).collect();
    z.sort_by(f64::total_cmp);
    let weighted: f64 = (0..n)
        .map(|i| {
            let logs = cdf(z[i]).max(1e-300).ln() + sf(z[n - 1 - i]).max(1e-300).ln();
            (2 * i + 1) as f64 * logs
        })
        .sum();
    let size = n as f64;
    let raw = -size - weighted / size;
    let a = raw * (1.0 + 0.75 / size + 2.25 / (size * size));
    let p = if a >= 0.6 {
        (1.2937 - 5.709 * a + 0.0186 * a * a).exp()
    } else if a >= 0.34 {
        (0.9177 - 4.279 * a - 1.38 * a * a).exp()
    } else if a >= 0.2 {
        1.0 - (-8.318 + 42.796 * a - 59.938 * a * a).exp()
    } else {
        1.0 - (-13.436 + 101.14 * a - 223.73 * a * a).exp()
    };
    // Far out, the fitted parabola of the upper branch turns upwards again.
    let p_value = if a > 13.0 { 0.0 } else { p.clamp(0.0, 1.0) };
    Some(AndersonDarling { statistic: a, p_value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal::quantile;

    #[test]
    fn normal_scores_pass_and_exponential_ones_do_not() {
        let p = |i: i32| f64::from(i) / 101.0;
        let normal: Vec<f64> = (1..=100).map(|i| quantile(p(i))).collect();
        let skewed: Vec<f64> = (1..=100).map(|i| -(-p(i)).ln_1p()).collect();
        assert!(anderson_darling(&normal).unwrap().p_value > 0.9);
        assert!(anderson_darling(&skewed).unwrap().p_value < 1e-6);
        assert!(anderson_darling(&[1.0; 20]).is_none() && anderson_darling(&[1.0, 2.0]).is_none());
    }
}
