//! How much each parameter moves a measure: slopes by regression over samples, and the spread that they explain.

use super::Series;
use super::interval::{Estimate, t_two_sided};
use libchar_numeric::{least_squares, moments};
use std::collections::BTreeMap;

/// What varies, as the variation table says.
#[derive(Debug, Clone, Default)]
pub struct Parameters {
    /// Names, `dvth.mn1`.
    pub names: Vec<String>,
    /// Standard deviations.
    pub sigmas: Vec<f64>,
    /// Groups within which they correlate: name with the instance, and the correlation.
    pub groups: Vec<Option<(String, f64)>>,
}

/// What one parameter does to a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The parameter.
    pub parameter: String,
    /// d(measure)/d(parameter), in the measure's unit a unit of the parameter.
    pub slope: Estimate,
    /// Share of the measure's variance, 0 to 1; it can be negative where parameters correlate.
    pub share: f64,
    /// Whether it explains less than 1 % even at the far end of its slope's interval: it can be frozen.
    pub can_be_frozen: bool,
}

/// The linear model of a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// One a parameter.
    pub effects: Vec<Effect>,
    /// Standard deviation by the slopes and the table alone.
    pub linear_sd: f64,
    /// Standard deviation of the samples; `None` where they are no random sample.
    pub sampled_sd: Option<f64>,
    /// Share of the samples' variance that the linear model explains.
    pub r2: f64,
}

impl Parameters {
    fn correlation(&self, i: usize, j: usize) -> f64 {
        match (&self.groups[i], &self.groups[j]) {
            _ if i == j => 1.0,
            (Some((a, r)), Some((b, s))) if a == b => {
                r.signum() * s.signum() * (r * s).abs().sqrt()
            }
            _ => 0.0,
        }
    }
}

/// Fits value = b₀ + Σ bᵢ (parameterᵢ − mean) by least squares. Values are scaled by their σ, so that no unit matters.
///
/// # Errors
/// Why there is no fit, in words: too few samples, parameters that always move together.
pub fn regress(
    series: &Series,
    parameters: &Parameters,
    draws: &BTreeMap<u64, Vec<f64>>,
    one_at_a_time: bool,
) -> Result<Sensitivity, String> {
    let n = parameters.names.len();
    let mut columns: Vec<Vec<f64>> = vec![Vec::with_capacity(series.values.len()); n + 1];
    let mut values = Vec::with_capacity(series.values.len());
    for (sample, value) in &series.values {
        let (Some(value), Some(draw)) = (value, draws.get(sample).filter(|draw| draw.len() == n))
        else {
            continue;
        };
        columns[0].push(1.0);
        for (column, drawn) in columns[1..].iter_mut().zip(draw) {
            column.push(*drawn);
        }
        values.push(*value);
    }
    if values.is_empty() {
        return Err("no sample has both a value and draws".to_owned());
    }
    for (column, sigma) in columns[1..].iter_mut().zip(&parameters.sigmas) {
        let mean = moments::mean(column);
        column.iter_mut().for_each(|drawn| *drawn = (*drawn - mean) / sigma);
    }
    let spread = moments::sd(&values).filter(|sd| *sd > 0.0).ok_or("the measure does not vary")?;
    let center = moments::mean(&values);
    let scaled: Vec<f64> = values.iter().map(|value| (value - center) / spread).collect();
    let fit = least_squares::linear(&columns, &scaled, None).map_err(|error| error.to_string())?;
    let half = |i: usize| {
        let variance = fit.covariance.as_ref()?[i][i];
        Some(t_two_sided(fit.dof as f64) * variance.sqrt())
    };
    // Slopes for a step of σ of each parameter.
    let steps: Vec<f64> = fit.coefficients[1..].iter().map(|c| c * spread).collect();
    let through = |i: usize| (0..n).map(|j| steps[j] * parameters.correlation(i, j)).sum::<f64>();
    let variance: f64 = (0..n).map(|i| steps[i] * through(i)).sum();
    let total = moments::squares(&scaled);
    let r2 = if total > 0.0 { 1.0 - fit.chi2 / total } else { 0.0 };
    let effect = |i: usize| {
        let half = half(i + 1).map(|half| half * spread);
        let sigma = parameters.sigmas[i];
        let farthest = steps[i].abs() + half.unwrap_or(f64::INFINITY);
        let whole = if one_at_a_time { variance } else { spread * spread };
        Effect {
            parameter: parameters.names[i].clone(),
            slope: Estimate {
                value: steps[i] / sigma,
                low: half.map(|half| (steps[i] - half) / sigma),
                high: half.map(|half| (steps[i] + half) / sigma),
            },
            share: if variance > 0.0 { r2 * steps[i] * through(i) / variance } else { 0.0 },
            can_be_frozen: farthest * farthest < 0.01 * whole,
        }
    };
    Ok(Sensitivity {
        effects: (0..n).map(effect).collect(),
        linear_sd: variance.max(0.0).sqrt(),
        sampled_sd: (!one_at_a_time).then_some(spread),
        r2,
    })
}

#[cfg(test)]
mod tests {
    use super::{Parameters, regress};
    use crate::statistics::Series;

    fn series(values: &[f64]) -> Series {
        Series {
            point: "p".to_owned(),
            corner: "TT".to_owned(),
            measure: "m".to_owned(),
            alter: 1,
            values: (1..).zip(values.iter().map(|v| Some(*v))).collect(),
            nominal: None,
        }
    }

    /// m = 5 + 2 a − 3 b with σ 1 and 2 and the correlation ½ has the variance 4 + 36 − 12 = 28.
    #[test]
    fn a_linear_measure_by_hand() {
        let parameters = Parameters {
            names: vec!["a".into(), "b".into()],
            sigmas: vec![1.0, 2.0],
            groups: vec![Some(("g".into(), 0.5)), Some(("g".into(), 0.5))],
        };
        let rows = [[1.0, 0.0], [-1.0, 0.0], [0.0, 2.0], [0.0, -2.0]];
        let values: Vec<f64> = rows.iter().map(|[a, b]| 5.0 + 2.0 * a - 3.0 * b).collect();
        let draws = (1..).zip(rows.map(|row| row.to_vec())).collect();
        let found = regress(&series(&values), &parameters, &draws, true).unwrap();
        let slopes: Vec<f64> = found.effects.iter().map(|effect| effect.slope.value).collect();
        assert!((slopes[0] - 2.0).abs() < 1e-12 && (slopes[1] + 3.0).abs() < 1e-12);
        assert!((found.linear_sd - 28f64.sqrt()).abs() < 1e-12 && (found.r2 - 1.0).abs() < 1e-12);
        // a: 2·(2 − 3) = −2 of 28, b: −6·(−6 + 1) = 30.
        assert!((found.effects[0].share + 2.0 / 28.0).abs() < 1e-12);
        assert!((found.effects[1].share - 30.0 / 28.0).abs() < 1e-12);
        assert_eq!(found.sampled_sd, None);
    }

    #[test]
    fn what_cannot_be_fitted_says_why() {
        let parameters =
            Parameters { names: vec!["a".into()], sigmas: vec![1.0], groups: vec![None] };
        let draws = (1..).zip([[1.0], [2.0]].map(|row| row.to_vec())).collect();
        let error =
            |values: &[f64]| regress(&series(values), &parameters, &draws, false).unwrap_err();
        assert_eq!(error(&[3.0, 3.0]), "the measure does not vary");
        assert!(error(&[3.0]).contains("does not vary"));
    }
}
