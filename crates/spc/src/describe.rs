//! Moments of a series, accurate where the values are large and their differences small.

use serde::Serialize;

/// What a series looks like before any chart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Description {
    /// Number of values.
    pub n: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Sample standard deviation with n − 1; `None` for fewer than two values.
    pub sd: Option<f64>,
    /// Smallest value.
    pub min: f64,
    /// Middle value, or the mean of the two middle ones.
    pub median: f64,
    /// Largest value.
    pub max: f64,
    /// Autocorrelation at lag one; `None` where the values do not vary.
    pub lag1_autocorr: Option<f64>,
}

/// Describe `values`; `None` if there are none.
pub fn describe(values: &[f64]) -> Option<Description> {
    let first = *values.first()?;
    let mean = mean(values);
    let (min, max) = values.iter().fold((first, first), |(lo, hi), x| (lo.min(*x), hi.max(*x)));
    Some(Description {
        n: values.len(),
        mean,
        sd: sd(values),
        min,
        median: median(values),
        max,
        lag1_autocorr: lag1_autocorrelation(values, mean),
    })
}

/// Σ x by Neumaier's compensated summation; 0 for none.
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0f64, 0.0f64);
    for x in values {
        let total = sum + x;
        lost += if sum.abs() >= x.abs() { (sum - total) + x } else { (x - total) + sum };
        sum = total;
    }
    sum + lost
}

/// Arithmetic mean; NaN for none.
pub fn mean(values: &[f64]) -> f64 {
    sum(values.iter().copied()) / values.len() as f64
}

/// Sample standard deviation; `None` for fewer than two values.
///
/// Two passes with the correction for the rounding of the mean (Chan, Golub and LeVeque 1983).
pub fn sd(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let (n, mean) = (values.len() as f64, mean(values));
    let squares = sum(values.iter().map(|x| (x - mean) * (x - mean)));
    let rest = sum(values.iter().map(|x| x - mean));
    Some(((squares - rest * rest / n).max(0.0) / (n - 1.0)).sqrt())
}

/// Middle value; NaN for none.
pub fn median(values: &[f64]) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    let mut scratch = values.to_vec();
    let middle = scratch.len() / 2;
    let (below, at, _) = scratch.select_nth_unstable_by(middle, f64::total_cmp);
    let at = *at;
    if values.len() % 2 == 1 {
        return at;
    }
    let before = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    f64::midpoint(before, at)
}

/// Σ (xᵢ − x̄)(xᵢ₊₁ − x̄) / Σ (xᵢ − x̄)².
fn lag1_autocorrelation(values: &[f64], mean: f64) -> Option<f64> {
    let products = sum(values.windows(2).map(|pair| (pair[0] - mean) * (pair[1] - mean)));
    let squares = sum(values.iter().map(|x| (x - mean) * (x - mean)));
    (squares > 0.0).then_some(products / squares)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NIST StRD NumAcc4: certified mean 10000000.2, sd 0.1, r1 −0.999.
    #[test]
    fn numacc4_keeps_its_digits() {
        let series: Vec<f64> = std::iter::once(10_000_000.2)
            .chain((0..1000).map(|i| if i % 2 == 0 { 10_000_000.1 } else { 10_000_000.3 }))
            .collect();
        let found = describe(&series).unwrap();
        assert!((found.mean - 10_000_000.2).abs() < 1e-8);
        assert!((found.sd.unwrap() - 0.1).abs() < 1e-9);
        assert!((found.lag1_autocorr.unwrap() + 0.999).abs() < 1e-8);
    }

    #[test]
    fn medians_of_even_and_odd_counts() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), 2.5);
        assert!(median(&[]).is_nan() && describe(&[]).is_none());
    }
}
