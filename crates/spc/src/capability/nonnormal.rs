//! Capability of processes that are not normal, by percentiles of a fitted distribution (ISO 22514-2).

use super::Specification;
use super::law::{Family, Law, QuantileType};
use super::normality::{Goodness, goodness};
use crate::error::SpcError;
use crate::normal;
use serde::Serialize;
use std::collections::BTreeMap;

/// The share of a normal process below −3σ. ISO 22514-2 uses the percentiles of the same shares for
/// any distribution.
const TAIL: f64 = 0.001_349_898_031_630_094_6;

/// With fewer values than this, the outer percentiles of a sample are simply its extremes.
pub const ENOUGH_FOR_TAILS: usize = 740;

/// Percentiles of a fitted distribution and the indices computed from them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fitted {
    /// The family.
    pub distribution: Family,
    /// Curve within it, such as `SU`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curve: Option<&'static str>,
    /// Location (normal, lognormal) or scale (Weibull).
    pub location_or_scale: Option<f64>,
    /// Spread (normal, lognormal) or shape (Weibull).
    pub spread_or_shape: Option<f64>,
    /// Every fitted parameter by its name.
    pub parameters: BTreeMap<&'static str, f64>,
    /// How percentiles of the sample are interpolated (empirical).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantile_type: Option<QuantileType>,
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
    /// Normal score of the lower limit over −3 and of the upper limit over 3: the Z-score method.
    pub z_score: ZScores,
    /// Expected parts per million outside the limits under this distribution.
    pub expected_ppm: f64,
    /// Distance of the sample from the fit.
    pub goodness: Goodness,
}

/// Indices by normal scores of the limits; `None` where a limit is missing or outside the support.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ZScores {
    /// −Φ⁻¹(F(LSL)) / 3.
    pub ppl: Option<f64>,
    /// Φ⁻¹(F(USL)) / 3.
    pub ppu: Option<f64>,
    /// The smaller of the two.
    pub ppk: Option<f64>,
}

/// Fits `family` to `values` and computes percentile indices.
///
/// # Errors
/// Too few values, no variation, values that the family cannot take.
pub fn percentile_indices(
    values: &[f64],
    specification: &Specification,
    family: Family,
    quantiles: QuantileType,
) -> Result<Fitted, SpcError> {
    let law = Law::fit(values, family, quantiles)?;
    let [x_low, x_median, x_high] = [TAIL, 0.5, 1.0 - TAIL].map(|p| law.quantile(p));
    let ppl = specification.lsl.map(|lsl| (x_median - lsl) / (x_median - x_low));
    let ppu = specification.usl.map(|usl| (usl - x_median) / (x_high - x_median));
    let pp = specification.lsl.zip(specification.usl).map(|(l, u)| (u - l) / (x_high - x_low));
    let smaller =
        |a: Option<f64>, b: Option<f64>| [a, b].into_iter().flatten().fold(f64::INFINITY, f64::min);
    let below = specification.lsl.map(|lsl| law.cdf(lsl));
    let above = specification.usl.map(|usl| law.sf(usl));
    let score = |tail: Option<f64>| {
        tail.map(|tail| -normal::quantile(tail) / 3.0).filter(|index| index.is_finite())
    };
    let (z_low, z_high) = (score(below), score(above));
    let z_worst = smaller(z_low, z_high);
    let fit = match &law {
        Law::Normal(a, b) | Law::Lognormal(a, b) => Some((*a, *b)),
        Law::Weibull(law) => Some((law.scale, law.shape)),
        _ => None,
    };
    Ok(Fitted {
        distribution: family,
        curve: law.curve(),
        location_or_scale: fit.map(|f| f.0),
        spread_or_shape: fit.map(|f| f.1),
        parameters: law.parameters(),
        quantile_type: (family == Family::Empirical).then_some(quantiles),
        x_low,
        x_median,
        x_high,
        pp,
        ppl,
        ppu,
        ppk: smaller(ppl, ppu),
        z_score: ZScores { ppl: z_low, ppu: z_high, ppk: z_worst.is_finite().then_some(z_worst) },
        expected_ppm: (below.unwrap_or(0.0) + above.unwrap_or(0.0)) * 1e6,
        goodness: goodness(values, &law),
    })
}

#[cfg(test)]
mod tests {
    use super::super::law::moments;
    use super::*;
    use crate::normal::quantile;

    #[test]
    fn families_recover_their_own_quantiles() {
        let specification = Specification::new(None, Some(100.0), None).unwrap();
        let fit = |values: &[f64], family| {
            percentile_indices(values, &specification, family, QuantileType::Seven).unwrap()
        };
        let grid = || (1..2000).map(|i| f64::from(i) / 2000.0);
        let weibull: Vec<f64> = grid().map(|p| 3.0 * (-(-p).ln_1p()).powf(1.0 / 1.7)).collect();
        let found = fit(&weibull, Family::Weibull);
        assert!((found.spread_or_shape.unwrap() - 1.7).abs() < 0.02, "{found:?}");
        assert!((found.location_or_scale.unwrap() - 3.0).abs() < 0.02);
        let normal: Vec<f64> = grid().map(|p| 10.0 + quantile(p)).collect();
        let found = fit(&normal, Family::Empirical);
        assert!((found.x_high - 13.0).abs() < 0.2 && (found.x_median - 10.0).abs() < 1e-9);
        // Both families contain the normal distribution.
        for family in [Family::Pearson, Family::Johnson] {
            assert!((fit(&normal, family).x_high - 13.0).abs() < 0.15, "{family:?}");
        }
    }

    #[test]
    fn a_normal_fit_gives_the_normal_indices() {
        let specification = Specification::new(Some(0.0), Some(20.0), None).unwrap();
        let values: Vec<f64> = (1..100).map(|i| 10.0 + quantile(f64::from(i) / 100.0)).collect();
        let fit = percentile_indices(&values, &specification, Family::Normal, QuantileType::Seven);
        let (_, sigma) = moments(&values);
        assert!((fit.unwrap().pp.unwrap() - 20.0 / (6.0 * sigma)).abs() < 1e-9);
    }
}
