//! How much each parameter moves a measure: slopes by regression over samples, and the shares of
//! the variance that they explain.

use super::Series;
use super::interval::{Estimate, t_two_sided};
use libchar_numeric::{least_squares, moments};
use std::collections::BTreeMap;

/// The varied parameters, from the variation table.
#[derive(Debug, Clone, Default)]
pub struct Parameters {
    /// Names, such as `dvth.mn1`.
    pub names: Vec<String>,
    /// Standard deviations.
    pub sigmas: Vec<f64>,
    /// Groups within which parameters correlate: name with the instance, and the correlation.
    pub groups: Vec<Option<(String, f64)>>,
    /// Whether interactions of two parameters are fitted, too.
    pub pairs: bool,
}

/// The effect of one parameter on a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The parameter.
    pub parameter: String,
    /// d(measure)/d(parameter), in the measure's unit per unit of the parameter.
    pub slope: Estimate,
    /// Share of the measure's variance, 0 to 1; it can be negative if parameters correlate.
    pub share: f64,
    /// Whether it explains less than 1 % even at the far end of its slope's interval: it can be frozen.
    pub can_be_frozen: bool,
}

/// The interaction of two parameters: their joint effect on a measure beyond the sum of their own
/// effects.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The parameters.
    pub parameters: [String; 2],
    /// What the measure gains if both are one σ above their means, in its unit.
    pub effect: Estimate,
    /// Share of the measure's variance, 0 to 1.
    pub share: f64,
}

/// The interactions of parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs {
    /// All pairs of the parameters that were paired.
    pub pairs: Vec<Pair>,
    /// Share of the samples' variance that parameters and pairs explain.
    pub r2: f64,
    /// Number of parameters with smaller shares that were not paired.
    pub left_out: usize,
}

/// The most parameters that are paired: those with the greatest shares.
const MOST_PAIRED: usize = 20;

/// The linear model of a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// One for each parameter.
    pub effects: Vec<Effect>,
    /// Their interactions, or why these cannot be given; `None` if they were not requested.
    pub pairs: Option<Result<Pairs, String>>,
    /// Standard deviation that follows from the slopes and the variation table alone.
    pub linear_sd: f64,
    /// Standard deviation of the samples; `None` if they are not a random sample.
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

/// Samples that have both a value and draws, scaled so that units do not matter.
struct Data {
    /// A column of ones, then one for each parameter: less its mean, in units of its σ.
    columns: Vec<Vec<f64>>,
    /// Values less their mean, in units of their standard deviation.
    scaled: Vec<f64>,
    /// That standard deviation.
    spread: f64,
}

impl Data {
    fn of(
        series: &Series,
        parameters: &Parameters,
        draws: &BTreeMap<u64, Vec<f64>>,
    ) -> Result<Data, String> {
        let n = parameters.names.len();
        let mut columns: Vec<Vec<f64>> = vec![Vec::with_capacity(series.values.len()); n + 1];
        let mut values = Vec::with_capacity(series.values.len());
        for (sample, value) in &series.values {
            let (Some(value), Some(draw)) =
                (value, draws.get(sample).filter(|draw| draw.len() == n))
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
        let spread =
            moments::sd(&values).filter(|sd| *sd > 0.0).ok_or("the measure does not vary")?;
        let center = moments::mean(&values);
        let scaled = values.iter().map(|value| (value - center) / spread).collect();
        Ok(Data { columns, scaled, spread })
    }
}

/// Half widths of the intervals of the coefficients. The residuals of a straight line do not have a
/// constant spread: they grow with the draws, so random samples need robust variances. A
/// one-at-a-time design has too few steps for these.
fn halves(
    fit: &least_squares::Linear,
    columns: &[Vec<f64>],
    one_at_a_time: bool,
) -> Option<Vec<f64>> {
    let variances: Vec<f64> = match one_at_a_time {
        true => fit.covariance.as_ref()?.iter().enumerate().map(|(i, row)| row[i]).collect(),
        false => fit.robust_variances(columns).filter(|_| fit.dof > 0)?,
    };
    let t = t_two_sided(fit.dof as f64);
    Some(variances.into_iter().map(|variance| t * variance.sqrt()).collect())
}

/// Fits value = b₀ + Σ bᵢ (parameterᵢ − mean) by least squares, and the products of two parameters
/// if they are requested.
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
    let data = Data::of(series, parameters, draws)?;
    let spread = data.spread;
    let fit = least_squares::linear(&data.columns, &data.scaled, None)
        .map_err(|error| error.to_string())?;
    let halves = halves(&fit, &data.columns, one_at_a_time);
    // Slopes per σ of each parameter.
    let steps: Vec<f64> = fit.coefficients[1..].iter().map(|c| c * spread).collect();
    let through = |i: usize| (0..n).map(|j| steps[j] * parameters.correlation(i, j)).sum::<f64>();
    let variance: f64 = (0..n).map(|i| steps[i] * through(i)).sum();
    let total = moments::squares(&data.scaled);
    let r2 = if total > 0.0 { 1.0 - fit.chi2 / total } else { 0.0 };
    let effect = |i: usize| {
        let half = halves.as_ref().map(|halves| halves[i + 1] * spread);
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
    let effects: Vec<Effect> = (0..n).map(effect).collect();
    let pairs = parameters.pairs.then(|| match one_at_a_time {
        true => Err("one at a time never moves two of them together".to_owned()),
        false => pairs(&data, parameters, &effects),
    });
    Ok(Sensitivity {
        effects,
        pairs,
        linear_sd: variance.max(0.0).sqrt(),
        sampled_sd: (!one_at_a_time).then_some(spread),
        r2,
    })
}

/// Fits the products of two parameters in addition to the parameters themselves.
fn pairs(data: &Data, parameters: &Parameters, effects: &[Effect]) -> Result<Pairs, String> {
    let mut chosen: Vec<usize> = (0..effects.len()).collect();
    chosen.sort_by(|a, b| effects[*b].share.abs().total_cmp(&effects[*a].share.abs()));
    chosen.truncate(MOST_PAIRED);
    chosen.sort_unstable();
    let of = |(place, &i): (usize, &usize)| chosen[place + 1..].iter().map(move |&j| (i, j));
    let couples: Vec<(usize, usize)> = chosen.iter().enumerate().flat_map(of).collect();
    let mut columns = data.columns.clone();
    for (i, j) in &couples {
        let product = data.columns[i + 1].iter().zip(&data.columns[j + 1]).map(|(a, b)| a * b);
        let product: Vec<f64> = product.collect();
        let mean = moments::mean(&product);
        columns.push(product.into_iter().map(|value| value - mean).collect());
    }
    let fit = least_squares::linear(&columns, &data.scaled, None)
        .map_err(|error| format!("with products, {error}"))?;
    let halves = halves(&fit, &columns, false);
    let first = data.columns.len();
    let pair = |(k, (i, j)): (usize, &(usize, usize))| {
        let value = fit.coefficients[first + k];
        let half = halves.as_ref().map(|halves| halves[first + k]);
        let at = |value: f64| value * data.spread;
        // The product of two normal deviates with correlation r has the variance 1 + r².
        let r = parameters.correlation(*i, *j);
        Pair {
            parameters: [*i, *j].map(|i| parameters.names[i].clone()),
            effect: Estimate {
                value: at(value),
                low: half.map(|half| at(value - half)),
                high: half.map(|half| at(value + half)),
            },
            share: value * value * (1.0 + r * r),
        }
    };
    let total = moments::squares(&data.scaled);
    Ok(Pairs {
        pairs: couples.iter().enumerate().map(pair).collect(),
        r2: if total > 0.0 { 1.0 - fit.chi2 / total } else { 0.0 },
        left_out: effects.len() - chosen.len(),
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
            pairs: false,
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
        let parameters = Parameters {
            names: vec!["a".into()],
            sigmas: vec![1.0],
            groups: vec![None],
            pairs: false,
        };
        let draws = (1..).zip([[1.0], [2.0]].map(|row| row.to_vec())).collect();
        let error =
            |values: &[f64]| regress(&series(values), &parameters, &draws, false).unwrap_err();
        assert_eq!(error(&[3.0, 3.0]), "the measure does not vary");
        assert!(error(&[3.0]).contains("does not vary"));
    }
    /// m = 5 + 2 a − 3 b + 0.5 a b with σ of 1 and 2: both one σ up gain 0.5·1·2 = 1 beyond their
    /// own effects. About the middle of a balanced table all terms are orthogonal, so that fit and
    /// shares follow by hand: 4, 36 and 1 of 41.
    #[test]
    fn an_interaction_by_hand() {
        let parameters = Parameters {
            names: vec!["a".into(), "b".into()],
            sigmas: vec![1.0, 2.0],
            groups: vec![None, None],
            pairs: true,
        };
        let rows: Vec<[f64; 2]> = [-1.0, 1.0]
            .iter()
            .flat_map(|a| [-2.0, 2.0].map(|b| [*a, b]))
            .cycle()
            .take(40)
            .collect();
        let values: Vec<f64> =
            rows.iter().map(|[a, b]| 5.0 + 2.0 * a - 3.0 * b + 0.5 * a * b).collect();
        let draws: super::BTreeMap<u64, Vec<f64>> =
            (1..).zip(rows.iter().map(|row| row.to_vec())).collect();
        let found = regress(&series(&values), &parameters, &draws, false).unwrap();
        let pairs = found.pairs.unwrap().unwrap();
        assert!((pairs.pairs[0].effect.value - 1.0).abs() < 1e-12, "{pairs:?}");
        // Shares are relative to the variance with n − 1 in the denominator.
        assert!((pairs.pairs[0].share - 39.0 / 40.0 / 41.0).abs() < 1e-12);
        assert!((pairs.r2 - 1.0).abs() < 1e-12 && (found.r2 - 40.0 / 41.0).abs() < 1e-12);
        // The product of deviates with correlation ½ has the variance 1 + ¼.
        let groups = vec![Some(("g".into(), 0.5)), Some(("g".into(), 0.5))];
        let together = Parameters { groups, ..parameters.clone() };
        let pairs = regress(&series(&values), &together, &draws, false).unwrap().pairs.unwrap();
        assert!((pairs.unwrap().pairs[0].share - 1.25 * 39.0 / 40.0 / 41.0).abs() < 1e-12);
        let error = regress(&series(&values), &parameters, &draws, true).unwrap().pairs.unwrap();
        assert!(error.unwrap_err().contains("one at a time"));
    }
}
