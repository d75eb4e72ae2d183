//! Johnson's curves through four percentiles (Slifker and Shapiro 1980, Technometrics 22, 239–246).

use super::position::at_position;
use crate::error::SpcError;
use crate::normal;
use std::collections::BTreeMap;

/// Distance of the percentiles in sigma, as recommended by Slifker and Shapiro.
const Z: f64 = 0.524;

/// Which of the three curves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// Bounded on both sides.
    Bounded,
    /// Lognormal, bounded on one side.
    Lognormal,
    /// Unbounded.
    Unbounded,
}

impl Curve {
    /// The name used in the literature.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bounded => "SB",
            Self::Lognormal => "SL",
            Self::Unbounded => "SU",
        }
    }
}

/// z = γ + η g((x − ε)/λ), with g = asinh, ln or logit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Johnson {
    /// The curve.
    pub curve: Curve,
    /// γ.
    pub gamma: f64,
    /// η.
    pub eta: f64,
    /// λ; 1 for SL.
    pub lambda: f64,
    /// ε.
    pub epsilon: f64,
    /// Sample percentiles at −3z, −z, z and 3z.
    pub percentiles: [f64; 4],
    /// m n / p², which selects the curve: SU above 1, SB below 1.
    pub ratio: f64,
}

impl Johnson {
    /// The normal score of `x`: ±∞ outside the support.
    pub fn z(&self, x: f64) -> f64 {
        let u = (x - self.epsilon) / self.lambda;
        let g = match self.curve {
            Curve::Unbounded => u.asinh(),
            Curve::Lognormal if u <= 0.0 => f64::NEG_INFINITY,
            Curve::Lognormal => u.ln(),
            Curve::Bounded if u <= 0.0 => f64::NEG_INFINITY,
            Curve::Bounded if u >= 1.0 => f64::INFINITY,
            Curve::Bounded => (u / (1.0 - u)).ln(),
        };
        self.gamma + self.eta * g
    }

    /// Quantile at 0 < p < 1.
    pub fn quantile(&self, p: f64) -> f64 {
        let g = (normal::quantile(p) - self.gamma) / self.eta;
        let u = match self.curve {
            Curve::Unbounded => g.sinh(),
            Curve::Lognormal => g.exp(),
            Curve::Bounded => 1.0 / (1.0 + (-g).exp()),
        };
        self.epsilon + self.lambda * u
    }

    /// Probability of a value at or below `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        normal::cdf(self.z(x))
    }

    /// Probability of a value above `x`.
    pub fn sf(&self, x: f64) -> f64 {
        normal::sf(self.z(x))
    }

    pub(super) fn parameters(&self) -> BTreeMap<&'static str, f64> {
        BTreeMap::from([
            ("gamma", self.gamma),
            ("eta", self.eta),
            ("lambda", self.lambda),
            ("epsilon", self.epsilon),
            ("ratio", self.ratio),
            ("q_minus_3z", self.percentiles[0]),
            ("q_minus_z", self.percentiles[1]),
            ("q_plus_z", self.percentiles[2]),
            ("q_plus_3z", self.percentiles[3]),
        ])
    }
}

/// Fits in closed form through the percentiles at ±z and ±3z, which stand at position n P + ½ of
/// the sorted sample.
///
/// # Errors
/// Percentiles that coincide, and percentiles that no curve of the family can have.
pub fn fit(values: &[f64]) -> Result<Johnson, SpcError> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let at = |z: f64| at_position(&sorted, n * normal::cdf(z) - 0.5);
    let q = [at(-3.0 * Z), at(-Z), at(Z), at(3.0 * Z)];
    let (m, n, p) = (q[3] - q[2], q[1] - q[0], q[2] - q[1]);
    if !(m > 0.0 && n > 0.0 && p > 0.0) {
        return Err(SpcError::Invalid(
            "percentiles coincide, so that no Johnson curve goes through them: the values are too coarse".to_owned(),
        ));
    }
    let ratio = m * n / (p * p);
    let middle = f64::midpoint(q[1], q[2]);
    let found = if (ratio - 1.0).abs() < 1e-9 {
        let eta = 2.0 * Z / (m / p).ln();
        let gamma = eta * ((m / p - 1.0) / (p * (m / p).sqrt())).ln();
        let epsilon = middle - p / 2.0 * (m / p + 1.0) / (m / p - 1.0);
        Johnson { curve: Curve::Lognormal, gamma, eta, lambda: 1.0, epsilon, percentiles: q, ratio }
    } else if ratio > 1.0 {
        let total = m / p + n / p;
        let eta = 2.0 * Z / (total / 2.0).acosh();
        let root = (ratio - 1.0).sqrt();
        let gamma = eta * ((n / p - m / p) / (2.0 * root)).asinh();
        let lambda = 2.0 * p * root / ((total - 2.0) * (total + 2.0).sqrt());
        let epsilon = middle + p * (n / p - m / p) / (2.0 * (total - 2.0));
        Johnson { curve: Curve::Unbounded, gamma, eta, lambda, epsilon, percentiles: q, ratio }
    } else {
        let product = (1.0 + p / m) * (1.0 + p / n);
        let excess = 1.0 / ratio - 1.0;
        let eta = Z / (0.5 * product.sqrt()).acosh();
        let gamma = eta * ((p / n - p / m) * (product - 4.0).sqrt() / (2.0 * excess)).asinh();
        let lambda = p * ((product - 2.0).powi(2) - 4.0).sqrt() / excess;
        let epsilon = middle - lambda / 2.0 + p * (p / n - p / m) / (2.0 * excess);
        Johnson { curve: Curve::Bounded, gamma, eta, lambda, epsilon, percentiles: q, ratio }
    };
    let whole = [found.gamma, found.eta, found.lambda, found.epsilon].iter().all(|x| x.is_finite());
    match whole && found.eta > 0.0 && found.lambda > 0.0 {
        true => Ok(found),
        false => Err(SpcError::Invalid("no Johnson curve has these percentiles".to_owned())),
    }
}
