//! Moments of a series, accurate even where the values are large and their differences small.

use serde::Serialize;

pub use libchar_numeric::moments::{mean, sd, sum};
pub use libchar_numeric::quantile::median;

/// Summary statistics of a series.
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

/// Describes `values`; `None` if there are none.
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
        lag1_autocorr: lag1_about(values, mean),
    })
}

/// Autocorrelation at lag one, Σ (xᵢ − x̄)(xᵢ₊₁ − x̄) / Σ (xᵢ − x̄)²; `None` where the values do not vary.
pub fn lag1(values: &[f64]) -> Option<f64> {
    lag1_about(values, mean(values))
}

fn lag1_about(values: &[f64], mean: f64) -> Option<f64> {
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
