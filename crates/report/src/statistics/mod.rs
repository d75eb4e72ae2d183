//! Statistics of the samples of each point: moments, percentiles, yield, capability, worst samples, correlations, sensitivity.

pub mod budget;
pub mod curves;
pub mod interval;
mod normality;
pub mod picture;
mod render;
pub mod sensitivity;
mod shape;
mod sweep;
#[cfg(test)]
mod tests;

use crate::results::Results;
use crate::specs::Specs;
use interval::Estimate;
use libchar_numeric::moments;
use sensitivity::{Parameters, Sensitivity};
use std::collections::BTreeMap;

pub use render::{json, slopes_json, text};
pub use sweep::{Slope, slopes};

/// Percentiles that are reported: the median, and those of one, two and three σ of a normal distribution.
pub const PERCENTS: [f64; 9] = [0.135, 1.0, 2.275, 15.866, 50.0, 84.134, 97.725, 99.0, 99.865];

/// The number of worst samples that are named.
const WORST: usize = 5;

/// With fewer values, no tail is judged by a normal distribution.
const ENOUGH_FOR_TAIL: usize = 100;

/// The most measures whose correlations are reported.
const MOST_CORRELATED: usize = 20;

/// The samples of one measure at one point.
#[derive(Debug, Clone)]
pub struct Series {
    /// The point's id.
    pub point: String,
    /// Process corner, which chooses the limits.
    pub corner: String,
    /// Name of the measure.
    pub measure: String,
    /// The alter, from 1.
    pub alter: u32,
    /// Samples and their values; `None` for one that failed.
    pub values: Vec<(u64, Option<f64>)>,
    /// The value if nothing varies.
    pub nominal: Option<f64>,
}

/// Statistics of the samples of one measure at one point.
#[derive(Debug, Clone)]
pub struct Statistics {
    /// The samples.
    pub series: Series,
    /// SI unit, empty if it is not known.
    pub unit: String,
    /// Number of samples without a value.
    pub without_value: usize,
    /// The mean; `None` without a value.
    pub mean: Option<Estimate>,
    /// The standard deviation.
    pub sd: Option<Estimate>,
    /// The skewness.
    pub skewness: Option<Estimate>,
    /// Percent and percentile.
    pub percentiles: Vec<(f64, Estimate)>,
    /// K² and its p value.
    pub normality: Option<(f64, f64)>,
    /// Lower and upper limit.
    pub limits: (Option<f64>, Option<f64>),
    /// Samples within the limits, and their share; a sample without a value is not within.
    pub yielded: Option<(usize, Estimate)>,
    /// The capability index.
    pub cpk: Option<Estimate>,
    /// Distance of the mean to the nearer limit in σ, or why it is not given.
    pub sigma_level: Option<Result<Estimate, &'static str>>,
    /// The worst samples: nearest to their limit, or farthest from the median if there is no limit.
    pub worst: Vec<(u64, f64)>,
    /// How much each parameter moves the measure, or why that cannot be given.
    pub sensitivity: Option<Result<Sensitivity, String>>,
}

/// The correlation of two measures at a point.
#[derive(Debug, Clone)]
pub struct Correlation {
    /// The point's id.
    pub point: String,
    /// The measures.
    pub measures: [String; 2],
    /// Number of pairs of values.
    pub pairs: usize,
    /// Their correlation.
    pub estimate: Estimate,
}

/// All statistics of a domain.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// One entry for each point, measure and alter.
    pub statistics: Vec<Statistics>,
    /// Correlations of measures at each point.
    pub correlations: Vec<Correlation>,
    /// Number of measures without correlations, because there are too many measures.
    pub uncorrelated: usize,
    /// Samples within all limits at all points, and their share; `None` without limits.
    pub together: Option<(usize, Estimate)>,
    /// Draws by sample, in the order of the parameters.
    pub draws: BTreeMap<u64, Vec<f64>>,
    /// Names of the parameters.
    pub parameters: Vec<String>,
    /// Whether samples change one parameter at a time, which makes them no random sample.
    pub one_at_a_time: bool,
}

/// The samples of the results, by point, measure and alter.
pub fn series(results: &Results) -> Vec<Series> {
    let mut places: BTreeMap<(&str, &str, u32), usize> = BTreeMap::new();
    let mut all: Vec<Series> = Vec::new();
    for row in results.rows.iter().filter(|row| row.sample.is_some()) {
        let key = (row.point.as_str(), row.measure.as_str(), row.alter);
        let place = *places.entry(key).or_insert_with(|| {
            all.push(Series {
                point: row.point.clone(),
                corner: row.corner.clone(),
                measure: row.measure.clone(),
                alter: row.alter,
                values: Vec::new(),
                nominal: None,
            });
            all.len() - 1
        });
        all[place].values.push((row.sample.unwrap_or_default(), row.value));
    }
    for row in results.rows.iter().filter(|row| row.sample.is_none()) {
        let key = (row.point.as_str(), row.measure.as_str(), row.alter);
        if let Some(place) = places.get(&key) {
            all[*place].nominal = row.value;
        }
    }
    for series in &mut all {
        series.values.sort_by_key(|(sample, _)| *sample);
    }
    all
}

/// The statistics of all samples; `None` if there are no samples.
pub fn section(
    results: &Results,
    specs: &Specs,
    parameters: &Parameters,
    draws: BTreeMap<u64, Vec<f64>>,
    one_at_a_time: bool,
) -> Option<Section> {
    let all = series(results);
    if all.is_empty() {
        return None;
    }
    let correlations = if one_at_a_time { (Vec::new(), 0) } else { correlations(&all) };
    let together = if one_at_a_time { None } else { together(&all, specs) };
    let statistics = all
        .into_iter()
        .map(|series| statistics(series, specs, parameters, &draws, one_at_a_time))
        .collect();
    Some(Section {
        statistics,
        correlations: correlations.0,
        uncorrelated: correlations.1,
        together,
        draws,
        parameters: parameters.names.clone(),
        one_at_a_time,
    })
}

/// The statistics of one series.
pub fn statistics(
    series: Series,
    specs: &Specs,
    parameters: &Parameters,
    draws: &BTreeMap<u64, Vec<f64>>,
    one_at_a_time: bool,
) -> Statistics {
    let spec = specs.0.get(&series.measure.to_ascii_lowercase());
    let limits = spec.map(|spec| spec.limits(&series.corner)).unwrap_or_default();
    let values: Vec<f64> = series.values.iter().filter_map(|(_, value)| *value).collect();
    let sensitivity = (!parameters.names.is_empty())
        .then(|| sensitivity::regress(&series, parameters, draws, one_at_a_time));
    let mut found = Statistics {
        unit: spec.map(|spec| spec.unit.clone()).unwrap_or_default(),
        without_value: series.values.len() - values.len(),
        mean: None,
        sd: None,
        skewness: None,
        percentiles: Vec::new(),
        normality: None,
        limits,
        yielded: None,
        cpk: None,
        sigma_level: None,
        worst: Vec::new(),
        sensitivity,
        series,
    };
    if one_at_a_time || values.is_empty() {
        return found;
    }
    let mut sorted = values.clone();
    sorted.sort_unstable_by(f64::total_cmp);
    found.mean = Some(interval::mean(&values));
    found.sd = interval::sd(&sorted);
    found.skewness = interval::skewness(&values);
    found.normality = normality::test(&values);
    found.percentiles =
        PERCENTS.iter().map(|p| (*p, interval::percentile(&sorted, p / 100.0))).collect();
    if limits != (None, None) {
        let passing = values.iter().filter(|value| is_within(**value, limits)).count();
        found.yielded = Some((passing, interval::share(passing, found.series.values.len())));
        found.cpk = interval::cpk(&values, limits.0, limits.1);
        found.sigma_level = found.cpk.map(|cpk| sigma_level(cpk, values.len(), found.normality));
    }
    found.worst = worst(&found.series, limits, &sorted);
    found
}

fn is_within(value: f64, (lower, upper): (Option<f64>, Option<f64>)) -> bool {
    lower.is_none_or(|lower| value >= lower) && upper.is_none_or(|upper| value <= upper)
}

fn sigma_level(
    cpk: Estimate,
    n: usize,
    normality: Option<(f64, f64)>,
) -> Result<Estimate, &'static str> {
    if n < ENOUGH_FOR_TAIL {
        return Err("fewer than 100 values");
    }
    if normality.is_none_or(|(_, p)| p < 0.05) {
        return Err("the values are not normal, so their tail says nothing beyond the samples");
    }
    let times = |end: Option<f64>| end.map(|end| 3.0 * end);
    Ok(Estimate { value: 3.0 * cpk.value, low: times(cpk.low), high: times(cpk.high) })
}

fn worst(
    series: &Series,
    (lower, upper): (Option<f64>, Option<f64>),
    sorted: &[f64],
) -> Vec<(u64, f64)> {
    let middle = sorted[sorted.len() / 2];
    let badness = |value: f64| {
        let above = upper.map(|upper| value - upper);
        let below = lower.map(|lower| lower - value);
        match (above, below) {
            (None, None) => (value - middle).abs(),
            (above, below) => above.into_iter().chain(below).fold(f64::NEG_INFINITY, f64::max),
        }
    };
    let mut ranked: Vec<(u64, f64)> =
        series.values.iter().filter_map(|(sample, value)| Some((*sample, (*value)?))).collect();
    let order =
        |a: &(u64, f64), b: &(u64, f64)| badness(b.1).total_cmp(&badness(a.1)).then(a.0.cmp(&b.0));
    if ranked.len() > WORST {
        ranked.select_nth_unstable_by(WORST - 1, order);
        ranked.truncate(WORST);
    }
    ranked.sort_by(order);
    ranked
}

/// The samples within the limits of all measures at all points.
fn together(all: &[Series], specs: &Specs) -> Option<(usize, Estimate)> {
    let mut keeps: BTreeMap<u64, bool> = BTreeMap::new();
    let mut limited = false;
    for series in all {
        let spec = specs.0.get(&series.measure.to_ascii_lowercase());
        let limits = spec.map(|spec| spec.limits(&series.corner)).unwrap_or_default();
        let is_limited = limits != (None, None);
        limited |= is_limited;
        for (sample, value) in &series.values {
            let within = !is_limited || value.is_some_and(|value| is_within(value, limits));
            *keeps.entry(*sample).or_insert(true) &= within;
        }
    }
    let passing = keeps.values().filter(|keeps| **keeps).count();
    limited.then(|| (passing, interval::share(passing, keeps.len())))
}

fn correlations(all: &[Series]) -> (Vec<Correlation>, usize) {
    let mut points: Vec<&str> = all.iter().map(|series| series.point.as_str()).collect();
    points.dedup();
    let mut found = Vec::new();
    let mut left_out = 0;
    for point in points {
        let here: Vec<&Series> = all.iter().filter(|s| s.point == point && s.alter == 1).collect();
        left_out = left_out.max(here.len().saturating_sub(MOST_CORRELATED));
        let here = &here[..here.len().min(MOST_CORRELATED)];
        for (i, first) in here.iter().enumerate() {
            for second in &here[i + 1..] {
                found.extend(correlation(point, first, second));
            }
        }
    }
    (found, left_out)
}

fn correlation(point: &str, first: &Series, second: &Series) -> Option<Correlation> {
    let pairs = first.values.iter().zip(&second.values);
    let pairs = pairs.filter(|((a, _), (b, _))| a == b);
    let (x, y): (Vec<f64>, Vec<f64>) =
        pairs.filter_map(|((_, x), (_, y))| Some(((*x)?, (*y)?))).unzip();
    Some(Correlation {
        point: point.to_owned(),
        measures: [first.measure.clone(), second.measure.clone()],
        pairs: x.len(),
        estimate: interval::correlation(&x, &y)?,
    })
}

/// Mean and standard deviation of a series, for pictures.
fn moments_of(values: &[f64]) -> (f64, f64) {
    (moments::mean(values), moments::sd(values).unwrap_or(0.0))
}
