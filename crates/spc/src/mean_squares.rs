//! Confidence intervals of sums and differences of mean squares (modified large sample: Burdick, Borror and Montgomery 2003).

use crate::distribution::{chi2_quantile, f_quantile};

/// What to do with a negative component of variance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Negative {
    /// Replace it by 0.
    Zero,
    /// Keep it.
    Keep,
}

crate::words::words! {
    Negative { Zero = "zero", Keep = "keep" }
}

/// One mean square of a sum, with its degrees of freedom and its coefficient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// Coefficient, of either sign.
    pub factor: f64,
    /// The mean square.
    pub value: f64,
    /// Its degrees of freedom.
    pub freedom: f64,
}

/// Two-sided confidence interval of Σ factor · E(value), clipped at 0.
pub fn interval(terms: &[Term], confidence: f64) -> [f64; 2] {
    let (low, high) = ((1.0 - confidence) / 2.0, f64::midpoint(1.0, confidence));
    let center: f64 = terms.iter().map(|t| t.factor * t.value).sum();
    // F with infinite degrees of freedom in the denominator is χ² over its degrees of freedom.
    let g = |f: f64| 1.0 - f / chi2_quantile(high, f);
    let h = |f: f64| f / chi2_quantile(low, f) - 1.0;
    let (mut below, mut above) = (0.0, 0.0);
    for term in terms {
        let size = (term.factor * term.value).powi(2);
        let (down, up) = if term.factor > 0.0 {
            (g(term.freedom), h(term.freedom))
        } else {
            (h(term.freedom), g(term.freedom))
        };
        below += down * down * size;
        above += up * up * size;
    }
    for plus in terms.iter().filter(|t| t.factor > 0.0) {
        for minus in terms.iter().filter(|t| t.factor < 0.0) {
            let product = plus.factor * -minus.factor * plus.value * minus.value;
            let f = f_quantile(high, plus.freedom, minus.freedom);
            let (g1, h2) = (g(plus.freedom), h(minus.freedom));
            below += ((f - 1.0).powi(2) - (g1 * f).powi(2) - h2 * h2) / f * product;
            let f = f_quantile(low, plus.freedom, minus.freedom);
            let (h1, g2) = (h(plus.freedom), g(minus.freedom));
            above += ((1.0 - f).powi(2) - (h1 * f).powi(2) - g2 * g2) / f * product;
        }
    }
    [(center - below.max(0.0).sqrt()).max(0.0), (center + above.max(0.0).sqrt()).max(0.0)]
}

/// Exact confidence interval of the variance that one mean square estimates.
pub fn of_variance(value: f64, freedom: f64, confidence: f64) -> [f64; 2] {
    let at = |p: f64| freedom * value / chi2_quantile(p, freedom);
    [at(f64::midpoint(1.0, confidence)), at((1.0 - confidence) / 2.0)]
}
