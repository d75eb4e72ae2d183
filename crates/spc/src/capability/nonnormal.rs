//! Capability of processes that are not normal, by percentiles of a fitted distribution (ISO 22514-2).

use super::Specification;
use crate::describe::{mean, sum};
use crate::error::SpcError;
use crate::normal::quantile;
use crate::quadrature::increasing_root;
use serde::Serialize;

/// The share of a normal process below −3σ; ISO 22514-2 takes the same percentiles of any distribution.
const TAIL: f64 = 0.001_349_898_031_630_094_6;

/// Families of distributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Normal: mean and sd of maximum likelihood.
    Normal,
    /// Lognormal: mean and sd of the logarithms, of maximum likelihood.
    Lognormal,
    /// Weibull with two parameters, of maximum likelihood.
    Weibull,
    /// None: percentiles of the sample itself, which needs about a thousand values to reach the tails.
    Empirical,
}

/// Percentiles of a fitted distribution and the indices they give.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fitted {
    /// The family.
    pub distribution: Family,
    /// Location (normal, lognormal) or scale (Weibull).
    pub location_or_scale: Option<f64>,
    /// Spread (normal, lognormal) or shape (Weibull).
    pub spread_or_shape: Option<f64>,
    /// 0.135 % percentile.
    pub x_low: f64,
    /// Median.
    pub x_median: f64,
    /// 99.865 % percentile.
    pub x_high: f64,
    /// (USL − LSL) / (X99.865 − X0.135).
    pub pp: Option<f64>,
    /// (X50 − LSL) / (X50 − X0.135).
    pub ppl: Option<f64>,
    /// (USL − X50) / (X99.865 − X50).
    pub ppu: Option<f64>,
    /// The smaller of the two.
    pub ppk: f64,
}

/// Fit `family` to `values` and compute percentile indices.
///
/// # Errors
/// Too few values, no variation, values that the family cannot take.
pub fn percentile_indices(
    values: &[f64],
    specification: &Specification,
    family: Family,
) -> Result<Fitted, SpcError> {
    let n = values.len();
    let needed = if family == Family::Empirical { 20 } else { 3 };
    if n < needed {
        let what = "a percentile capability";
        return Err(SpcError::TooFew { what, needed, unit: "values", found: n });
    }
    if values.iter().all(|x| *x == values[0]) {
        return Err(SpcError::ZeroVariance { what: "capability", value: values[0] });
    }
    if matches!(family, Family::Lognormal | Family::Weibull)
        && let Some(i) = values.iter().position(|x| *x <= 0.0)
    {
        return Err(SpcError::Invalid(format!(
            "value {} is {}; this distribution needs values above 0",
            i + 1,
            values[i]
        )));
    }
    let at = [TAIL, 0.5, 1.0 - TAIL];
    let (fit, [x_low, x_median, x_high]) = match family {
        Family::Normal => {
            let (location, spread) = moments(values);
            (Some((location, spread)), at.map(|p| location + spread * quantile(p)))
        }
        Family::Lognormal => {
            let logs: Vec<f64> = values.iter().map(|x| x.ln()).collect();
            let (location, spread) = moments(&logs);
            (Some((location, spread)), at.map(|p| (location + spread * quantile(p)).exp()))
        }
        Family::Weibull => {
            let (scale, shape) = weibull(values)?;
            (Some((scale, shape)), at.map(|p| scale * (-(-p).ln_1p()).powf(1.0 / shape)))
        }
        Family::Empirical => {
            let mut sorted = values.to_vec();
            sorted.sort_by(f64::total_cmp);
            (None, at.map(|p| sample_quantile(&sorted, p)))
        }
    };
    let ppl = specification.lsl.map(|lsl| (x_median - lsl) / (x_median - x_low));
    let ppu = specification.usl.map(|usl| (usl - x_median) / (x_high - x_median));
    let pp = specification.lsl.zip(specification.usl).map(|(l, u)| (u - l) / (x_high - x_low));
    let ppk = [ppl, ppu].into_iter().flatten().fold(f64::INFINITY, f64::min);
    Ok(Fitted {
        distribution: family,
        location_or_scale: fit.map(|f| f.0),
        spread_or_shape: fit.map(|f| f.1),
        x_low,
        x_median,
        x_high,
        pp,
        ppl,
        ppu,
        ppk,
    })
}

/// Mean and standard deviation of maximum likelihood (divisor n).
fn moments(values: &[f64]) -> (f64, f64) {
    let center = mean(values);
    let squares = sum(values.iter().map(|x| (x - center) * (x - center)));
    (center, (squares / values.len() as f64).sqrt())
}

/// (scale, shape): the shape k solves Σ xᵏ ln x / Σ xᵏ − 1/k = mean ln x, whose left side increases in k.
fn weibull(values: &[f64]) -> Result<(f64, f64), SpcError> {
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
    Ok(((largest + mean_power.ln() / shape).exp(), shape))
}

/// Hyndman and Fan's type 7 (R's and numpy's default).
fn sample_quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * (sorted.len() - 1) as f64;
    let below = sorted[at.floor() as usize];
    let above = sorted[at.ceil() as usize];
    below + at.fract() * (above - below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_recover_their_own_quantiles() {
        let specification = Specification::new(None, Some(100.0), None).unwrap();
        let grid = || (1..2000).map(|i| f64::from(i) / 2000.0);
        let weibull: Vec<f64> = grid().map(|p| 3.0 * (-(-p).ln_1p()).powf(1.0 / 1.7)).collect();
        let fit = percentile_indices(&weibull, &specification, Family::Weibull).unwrap();
        assert!((fit.spread_or_shape.unwrap() - 1.7).abs() < 0.02, "{fit:?}");
        assert!((fit.location_or_scale.unwrap() - 3.0).abs() < 0.02);
        let normal: Vec<f64> = grid().map(|p| 10.0 + quantile(p)).collect();
        let fit = percentile_indices(&normal, &specification, Family::Empirical).unwrap();
        assert!((fit.x_high - 13.0).abs() < 0.2 && (fit.x_median - 10.0).abs() < 1e-9);
    }

    #[test]
    fn a_normal_fit_gives_the_normal_indices() {
        let specification = Specification::new(Some(0.0), Some(20.0), None).unwrap();
        let values: Vec<f64> = (1..100).map(|i| 10.0 + quantile(f64::from(i) / 100.0)).collect();
        let fit = percentile_indices(&values, &specification, Family::Normal).unwrap();
        let (_, sigma) = moments(&values);
        assert!((fit.pp.unwrap() - 20.0 / (6.0 * sigma)).abs() < 1e-9);
    }
}
