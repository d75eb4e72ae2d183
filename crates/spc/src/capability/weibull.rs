//! Weibull distributions with two and three parameters, by maximum likelihood.

use crate::describe::{mean, sum};
use crate::error::SpcError;
use crate::quadrature::increasing_root;
use std::collections::BTreeMap;

/// F(x) = 1 − exp(−((x − threshold)/scale)^shape).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weibull {
    /// Smallest possible value; 0 with two parameters.
    pub threshold: f64,
    /// Shape.
    pub shape: f64,
    /// Scale.
    pub scale: f64,
    /// Log likelihood; only for a fit with a threshold.
    pub log_likelihood: Option<f64>,
}

impl Weibull {
    /// Quantile at 0 < p < 1.
    pub fn quantile(&self, p: f64) -> f64 {
        self.threshold + self.scale * (-(-p).ln_1p()).powf(1.0 / self.shape)
    }

    /// Probability of a value above `x`.
    pub fn sf(&self, x: f64) -> f64 {
        if x <= self.threshold {
            return 1.0;
        }
        (-((x - self.threshold) / self.scale).powf(self.shape)).exp()
    }

    pub(super) fn parameters(&self) -> BTreeMap<&'static str, f64> {
        let mut found = BTreeMap::from([("shape", self.shape), ("scale", self.scale)]);
        if let Some(log_likelihood) = self.log_likelihood {
            found.extend([("threshold", self.threshold), ("log_likelihood", log_likelihood)]);
        }
        found
    }
}

/// Fits shape and scale: the shape k solves Σ xᵏ ln x / Σ xᵏ − 1/k = mean ln x, whose left side
/// increases in k.
///
/// # Errors
/// Values whose logarithms do not vary.
pub fn two_parameters(values: &[f64]) -> Result<Weibull, SpcError> {
    let logs: Vec<f64> = values.iter().map(|x| x.ln()).collect();
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let average = mean(&logs);
    // Powers relative to the largest value cannot overflow.
    let powers = |k: f64| -> Vec<f64> { logs.iter().map(|l| (k * (l - largest)).exp()).collect() };
    let equation = |k: f64| {
        let powers = powers(k);
        let weighted = sum(powers.iter().zip(&logs).map(|(p, l)| p * l));
        Ok(weighted / sum(powers.iter().copied()) - 1.0 / k - average)
    };
    let shape = increasing_root(equation, 1e-3, 1e-12)?;
    let mean_power = sum(powers(shape)) / values.len() as f64;
    let scale = (largest + mean_power.ln() / shape).exp();
    Ok(Weibull { threshold: 0.0, shape, scale, log_likelihood: None })
}

/// Fits the threshold at the interior maximum of the likelihood. Where the shape is below 1, the
/// likelihood grows without bound as the threshold approaches the smallest value; that end is not
/// an estimate.
///
/// # Errors
/// A likelihood without an interior maximum: the data fit two parameters, or no member of this
/// family.
pub fn three_parameters(values: &[f64]) -> Result<Weibull, SpcError> {
    let (low, high) = values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), x| (lo.min(*x), hi.max(*x)));
    let range = high - low;
    // The threshold lies a distance d below the smallest value; the search is over ln d.
    let at = |log_distance: f64| -> Option<Weibull> {
        let threshold = low - range * log_distance.exp();
        let moved: Vec<f64> = values.iter().map(|x| x - threshold).collect();
        let fit = two_parameters(&moved).ok()?;
        let n = values.len() as f64;
        let logs = sum(moved.iter().map(|x| x.ln()));
        let powers = sum(moved.iter().map(|x| (x / fit.scale).powf(fit.shape)));
        let likelihood =
            n * (fit.shape.ln() - fit.shape * fit.scale.ln()) + (fit.shape - 1.0) * logs - powers;
        Some(Weibull { threshold, log_likelihood: Some(likelihood), ..fit })
    };
    let height = |at: &Option<Weibull>| at.and_then(|fit| fit.log_likelihood);
    let grid: Vec<(f64, Option<f64>)> = (0..=80)
        .map(|i| -9.0 + 0.15 * f64::from(i))
        .map(|place| (place, height(&at(place))))
        .collect();
    let peak = grid
        .windows(3)
        .filter(|w| w[1].1 >= w[0].1 && w[1].1 >= w[2].1 && w[1].1.is_some())
        .max_by(|a, b| a[1].1.partial_cmp(&b[1].1).unwrap_or(std::cmp::Ordering::Equal));
    let Some(peak) = peak else {
        return Err(SpcError::Invalid(
            "the likelihood of a three-parameter Weibull distribution has no interior maximum; use --method weibull"
                .to_owned(),
        ));
    };
    let (mut low, mut high) = (peak[0].0, peak[2].0);
    let ratio = (5f64.sqrt() - 1.0) / 2.0;
    while high - low > 1e-7 {
        let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        if height(&at(a)) > height(&at(b)) {
            high = b;
        } else {
            low = a;
        }
    }
    at(f64::midpoint(low, high))
        .ok_or_else(|| SpcError::Invalid("the Weibull fit does not converge".to_owned()))
}
