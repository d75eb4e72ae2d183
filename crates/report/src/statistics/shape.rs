//! The shape of a distribution as pictures need it: bins, normal quantiles and pairs, thinned to a
//! stated number.

use super::{Correlation, Section, Statistics, moments_of};
use libchar_numeric::normal;
use std::collections::BTreeMap;

/// The most pairs of values of one scatter plot in a report.
const MOST_PAIRS: usize = 300;

/// The most other measures, and the most parameters, whose scatter plots a report contains.
const MOST_PARTNERS: usize = 2;

/// Counts of values in equal bins from the least to the greatest.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Where the first bin begins.
    pub low: f64,
    /// Width of a bin, above 0.
    pub width: f64,
    /// Values in each bin.
    pub counts: Vec<usize>,
    /// Mean of the values.
    pub mean: f64,
    /// Their standard deviation; 0 where they do not vary.
    pub sd: f64,
}

impl Histogram {
    /// The number of values that the normal distribution with the same mean and standard deviation
    /// has in a bin about `x`; 0 without variation.
    pub fn normal(&self, x: f64) -> f64 {
        if self.sd > 0.0 {
            let n: usize = self.counts.iter().sum();
            n as f64 * self.width * normal::pdf((x - self.mean) / self.sd) / self.sd
        } else {
            0.0
        }
    }
}

/// The histogram of sorted values, at least one, in at most `most_bins` bins.
///
/// # Formula
/// Bins are 3.49 s n^(-1/3) wide. Source: Scott (1979), Biometrika 66, 605–610.
pub fn histogram(sorted: &[f64], most_bins: usize) -> Histogram {
    let n = sorted.len() as f64;
    let (low, high) = (sorted[0], sorted[sorted.len() - 1]);
    let (mean, sd) = moments_of(sorted);
    let range = if high > low { high - low } else { low.abs().max(1e-30) };
    let bins = (range / (3.49 * sd / n.cbrt())).ceil();
    let bins = if bins.is_finite() { bins.clamp(1.0, most_bins as f64) as usize } else { 1 };
    let width = range / bins as f64;
    let mut counts = vec![0usize; bins];
    for value in sorted {
        counts[(((value - low) / width) as usize).min(bins - 1)] += 1;
    }
    Histogram { low, width, counts, mean, sd }
}

/// Sorted values with their normal quantiles (Blom's positions): evenly thinned, but with all of
/// the `tail` least and greatest values.
pub fn quantiles(sorted: &[f64], most: usize, tail: usize) -> Vec<(f64, f64)> {
    let n = sorted.len();
    let z = |i: usize| normal::quantile((i as f64 + 0.625) / (n as f64 + 0.25));
    let mut shown: Vec<usize> = (0..n).step_by(stride(n, most)).collect();
    // The tails are the purpose of such a picture.
    shown.extend((0..n.min(tail)).chain(n.saturating_sub(tail)..n));
    shown.sort_unstable();
    shown.dedup();
    shown.into_iter().map(|i| (z(i), sorted[i])).collect()
}

/// The stride that leaves at most `most` of `n` entries.
pub fn stride(n: usize, most: usize) -> usize {
    n.div_ceil(most).max(1)
}

/// The pairs of a scatter plot of a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs {
    /// Name of the other measure, or of the parameter.
    pub with: String,
    /// Whether that is a measure.
    pub is_measure: bool,
    /// The number of pairs before thinning.
    pub of: usize,
    /// Values of the other quantity with those of the measure, evenly thinned.
    pub values: Vec<(f64, f64)>,
}

/// The entries whose shapes a report contains: for each measure, that of its worst point, by yield,
/// then Cpk, then the widest spread.
pub fn chosen(section: &Section) -> Vec<usize> {
    let mut worst: BTreeMap<(&str, u32), usize> = BTreeMap::new();
    for (i, of) in section.statistics.iter().enumerate().filter(|(_, of)| of.mean.is_some()) {
        let kept = worst.entry((of.series.measure.as_str(), of.series.alter)).or_insert(i);
        if rank(of) < rank(&section.statistics[*kept]) {
            *kept = i;
        }
    }
    worst.into_values().collect()
}

/// A rank by which entries are compared: smaller is worse.
fn rank(of: &Statistics) -> (f64, f64, f64) {
    let value = |of: Option<super::interval::Estimate>| of.map_or(f64::INFINITY, |of| of.value);
    (value(of.yielded.map(|(_, share)| share)), value(of.cpk), of.sd.map_or(0.0, |sd| -sd.value))
}

/// The strongest partners of an entry: measures whose correlation clearly differs from 0, and the
/// parameters with the greatest shares.
pub fn partners(section: &Section, of: &Statistics) -> Vec<Pairs> {
    let certain = |c: &&Correlation| {
        c.estimate.low.zip(c.estimate.high).is_some_and(|(low, high)| low * high > 0.0)
    };
    let here =
        |c: &&Correlation| c.point == of.series.point && c.measures.contains(&of.series.measure);
    let mut measures: Vec<&Correlation> = match of.series.alter {
        1 => section.correlations.iter().filter(here).filter(certain).collect(),
        _ => Vec::new(),
    };
    measures.sort_by(|a, b| b.estimate.value.abs().total_cmp(&a.estimate.value.abs()));
    let against_measure = |c: &&Correlation| {
        let other = c.measures.iter().find(|name| **name != of.series.measure)?;
        let is_other = |s: &&Statistics| {
            s.series.measure == *other && s.series.point == c.point && s.series.alter == 1
        };
        let other = section.statistics.iter().find(is_other)?;
        let values: BTreeMap<u64, f64> =
            other.series.values.iter().filter_map(|(sample, v)| Some((*sample, (*v)?))).collect();
        Some(thinned(of, other.series.measure.clone(), true, |sample| values.get(&sample).copied()))
    };
    let mut found: Vec<Pairs> =
        measures.iter().take(MOST_PARTNERS).filter_map(against_measure).collect();
    let effects = of.sensitivity.iter().flatten().flat_map(|fit| fit.effects.iter().enumerate());
    let mut effects: Vec<(usize, f64)> =
        effects.map(|(i, effect)| (i, effect.share.abs())).collect();
    effects.sort_by(|a, b| b.1.total_cmp(&a.1));
    found.extend(effects.into_iter().take(MOST_PARTNERS).map(|(i, _)| {
        let drawn = |sample| section.draws.get(&sample)?.get(i).copied();
        thinned(of, section.parameters[i].clone(), false, drawn)
    }));
    found
}

fn thinned(
    of: &Statistics,
    with: String,
    is_measure: bool,
    x: impl Fn(u64) -> Option<f64>,
) -> Pairs {
    let values = of.series.values.iter();
    let pairs: Vec<(f64, f64)> =
        values.filter_map(|(sample, value)| Some((x(*sample)?, (*value)?))).collect();
    let step = stride(pairs.len(), MOST_PAIRS);
    Pairs { with, is_measure, of: pairs.len(), values: pairs.into_iter().step_by(step).collect() }
}

#[cfg(test)]
mod tests {
    use super::{histogram, quantiles};

    #[test]
    fn every_value_lies_in_a_bin_and_the_tails_are_whole() {
        let sorted: Vec<f64> = (0..1000).map(f64::from).collect();
        let bins = histogram(&sorted, 50);
        assert_eq!(bins.counts.iter().sum::<usize>(), 1000);
        // s = 288.8: 3.49 s/10 = 100.8, so that ten bins hold the range of 999.
        assert_eq!((bins.counts.as_slice(), bins.low), (&[100; 10][..], 0.0));
        assert!((bins.width - 99.9).abs() < 1e-12);
        assert_eq!(histogram(&[3.0, 3.0], 50).counts, [2]);
        let shown = quantiles(&sorted, 40, 10);
        assert_eq!((shown[9].1, shown[shown.len() - 1].1), (9.0, 999.0));
        assert!(shown.len() <= 40 + 20 && shown.windows(2).all(|w| w[0].0 < w[1].0));
        // The median of a symmetric sample has the quantile 0: places 499 and 500 lie about it.
        let of = |value: f64| quantiles(&sorted, 1000, 0)[value as usize].0;
        assert!((of(499.0) + of(500.0)).abs() < 1e-9);
    }
}
