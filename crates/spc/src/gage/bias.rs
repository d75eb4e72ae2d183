//! Bias and linearity of a gage against reference values.

use super::line::Line;
use crate::describe::{mean, sd};
use crate::distribution::{t_p_value, t_quantile};
use crate::error::SpcError;
use serde::Serialize;
use std::collections::BTreeMap;

/// One reference, measured again and again.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bias {
    /// Readings.
    pub n: usize,
    /// Mean reading less the reference.
    pub bias: f64,
    /// Standard deviation of the readings.
    pub sigma_r: f64,
    /// Standard error of the bias.
    pub sigma_b: f64,
    /// Bias over its standard error.
    pub t: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// p value against no bias.
    pub p: f64,
    /// Confidence interval of the bias.
    pub ci: [f64; 2],
}

/// Bias of `values` against `reference` by a one-sample t test.
///
/// # Errors
/// Fewer than two readings, readings that do not vary, a confidence outside (0, 1).
pub fn bias(values: &[f64], reference: f64, confidence: f64) -> Result<Bias, SpcError> {
    crate::tolerance::check(0.5, confidence)?;
    let n = values.len();
    let s = sd(values).ok_or(SpcError::TooFew {
        what: "a bias",
        needed: 2,
        unit: "readings",
        found: n,
    })?;
    if s == 0.0 {
        return Err(SpcError::ZeroVariance { what: "a bias", value: values[0] });
    }
    let found = mean(values) - reference;
    let error = s / (n as f64).sqrt();
    let (t, df) = (found / error, n - 1);
    let half = t_quantile(f64::midpoint(1.0, confidence), df as f64) * error;
    Ok(Bias {
        n,
        bias: found,
        sigma_r: s,
        sigma_b: error,
        t,
        df,
        p: t_p_value(t, df as f64),
        ci: [found - half, found + half],
    })
}

/// A type 1 study: one reference against its tolerance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TypeOne {
    /// The bias.
    #[serde(flatten)]
    pub bias: Bias,
    /// (percent/100) T / (multiplier s).
    pub cg: f64,
    /// ((percent/200) T − |bias|) / (multiplier/2 s).
    pub cgk: f64,
    /// percent / Cg.
    pub percent_var_repeatability: f64,
    /// percent / Cgk; null where Cgk is not above 0.
    pub percent_var_repeatability_and_bias: Option<f64>,
    /// Smallest difference between two readings over the tolerance, %; above 5 the gage is too coarse.
    pub resolution_percent: f64,
}

/// Type 1 study of `values` with `tolerance` T; 20 % and 6 sigma are usual, 4 sigma older (VDA 5).
///
/// # Errors
/// As [`bias`], and a tolerance, percentage or multiplier that is not above 0.
pub fn type_one(
    values: &[f64],
    reference: f64,
    tolerance: f64,
    percent: f64,
    multiplier: f64,
    confidence: f64,
) -> Result<TypeOne, SpcError> {
    for (name, value) in
        [("tolerance", tolerance), ("percent", percent), ("multiplier", multiplier)]
    {
        if !(value > 0.0 && value.is_finite()) {
            return Err(SpcError::OutOfRange { name, value, expected: "above 0" });
        }
    }
    let found = bias(values, reference, confidence)?;
    let s = found.sigma_r;
    let cg = percent / 100.0 * tolerance / (multiplier * s);
    let cgk = (percent / 200.0 * tolerance - found.bias.abs()) / (multiplier / 2.0 * s);
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let steps = sorted.windows(2).map(|w| w[1] - w[0]).filter(|d| *d > 0.0);
    Ok(TypeOne {
        bias: found,
        cg,
        cgk,
        percent_var_repeatability: percent / cg,
        percent_var_repeatability_and_bias: (cgk > 0.0).then(|| percent / cgk),
        resolution_percent: 100.0 * steps.fold(f64::INFINITY, f64::min) / tolerance,
    })
}

/// Bias at one reference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BiasAt {
    /// Mean bias of its readings.
    pub bias: f64,
    /// Their standard deviation; null for one reading.
    pub s: Option<f64>,
    /// Bias over its standard error.
    pub t: Option<f64>,
    /// p value against no bias.
    pub p: Option<f64>,
    /// Confidence band of the regression line there.
    pub band: [f64; 2],
    /// Whether the band holds 0.
    pub holds_zero: bool,
}

/// Bias as a line over the reference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Linearity {
    /// Readings.
    pub n: usize,
    /// Change of the bias per unit of the reference.
    pub slope: f64,
    /// Bias at reference 0.
    pub intercept: f64,
    /// Residual standard deviation.
    pub s: f64,
    /// Share of the variance of the bias that the line explains.
    pub r2: f64,
    /// Standard errors.
    pub se_slope: f64,
    /// Of the intercept.
    pub se_intercept: f64,
    /// Slope over its standard error.
    pub t_slope: f64,
    /// Intercept over its standard error.
    pub t_intercept: f64,
    /// p value of no slope.
    pub p_slope: f64,
    /// p value of no intercept.
    pub p_intercept: f64,
    /// |slope| × process variation; null without one.
    pub linearity: Option<f64>,
    /// 100 |slope|.
    pub percent_linearity: f64,
    /// Mean bias of all readings.
    pub mean_bias: f64,
    /// Each reference, as it was written.
    pub bias_by_reference: BTreeMap<String, BiasAt>,
    /// Whether the band holds 0 at every reference.
    pub is_acceptable: bool,
}

/// Least squares of the bias of single readings on the reference, not of means.
///
/// # Errors
/// Fewer than three readings, references that are all the same, a confidence outside (0, 1).
pub fn linearity(
    values: &[f64],
    reference: &[f64],
    process_variation: Option<f64>,
    confidence: f64,
) -> Result<Linearity, SpcError> {
    crate::tolerance::check(0.5, confidence)?;
    let n = values.len();
    if n < 3 {
        return Err(SpcError::TooFew {
            what: "a linearity",
            needed: 3,
            unit: "readings",
            found: n,
        });
    }
    let bias: Vec<f64> = values.iter().zip(reference).map(|(x, r)| x - r).collect();
    let fit = Line::fit(reference, &bias).ok_or_else(|| {
        let message = "a linearity needs more than one reference; use spc gage bias";
        SpcError::Invalid(message.to_owned())
    })?;
    let (slope, intercept, s) = (fit.slope, fit.intercept, fit.s);
    let (count, mx, sxx, df) = (n as f64, fit.center, fit.spread, fit.df as f64);
    let t = t_quantile(f64::midpoint(1.0, confidence), df);
    let mut groups: Vec<(f64, Vec<f64>)> = Vec::new();
    for (r, b) in reference.iter().zip(&bias) {
        match groups.iter_mut().find(|(known, _)| known == r) {
            Some((_, list)) => list.push(*b),
            None => groups.push((*r, vec![*b])),
        }
    }
    let bias_by_reference: BTreeMap<String, BiasAt> = groups
        .into_iter()
        .map(|(r, list)| {
            let center = mean(&list);
            let s_at = sd(&list);
            let t_at = s_at.filter(|s| *s > 0.0).map(|s| center / (s / (list.len() as f64).sqrt()));
            let half = t * s * (1.0 / count + (r - mx) * (r - mx) / sxx).sqrt();
            let line = intercept + slope * r;
            let band = [line - half, line + half];
            let at = BiasAt {
                bias: center,
                s: s_at,
                t: t_at,
                p: t_at.map(|t| t_p_value(t, list.len() as f64 - 1.0)),
                band,
                holds_zero: band[0] <= 0.0 && band[1] >= 0.0,
            };
            (format!("{r:?}"), at)
        })
        .collect();
    Ok(Linearity {
        n,
        slope,
        intercept,
        s,
        r2: fit.r2,
        se_slope: fit.se_slope,
        se_intercept: fit.se_intercept,
        t_slope: fit.t_slope(),
        t_intercept: fit.t_intercept(),
        p_slope: t_p_value(fit.t_slope(), df),
        p_intercept: t_p_value(fit.t_intercept(), df),
        linearity: process_variation.map(|pv| slope.abs() * pv),
        percent_linearity: 100.0 * slope.abs(),
        mean_bias: mean(&bias),
        is_acceptable: bias_by_reference.values().all(|at| at.holds_zero),
        bias_by_reference,
    })
}
