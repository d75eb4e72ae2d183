//! Medians and quantiles of a sample, by named methods.

/// How a quantile between two values is found (numbers as in Hyndman and Fan 1996, The American Statistician 50, 361–365).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Type 1, the inverse of the empirical distribution: always a value of the sample.
    Lower,
    /// Type 6, position p (n + 1): Minitab, NIST, SPSS.
    Weibull,
    /// Type 7, position 1 + p (n − 1): R, NumPy, spreadsheets.
    Linear,
    /// Type 8, nearly free of bias in the median whatever the distribution.
    MedianUnbiased,
}

/// Middle value, or the mean of the two middle ones; NaN for none.
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

/// Quantile of `values` in any order at 0 ≤ p ≤ 1; NaN for none, or for another `p`.
pub fn quantile(values: &[f64], p: f64, method: Method) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    of_sorted(&sorted, p, method)
}

/// Quantile of values that rise, at 0 ≤ p ≤ 1; NaN for none, or for another `p`.
pub fn of_sorted(sorted: &[f64], p: f64, method: Method) -> f64 {
    if sorted.is_empty() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let n = sorted.len() as f64;
    let position = match method {
        Method::Lower => (n * p).ceil(),
        Method::Weibull => p * (n + 1.0),
        Method::Linear => 1.0 + p * (n - 1.0),
        Method::MedianUnbiased => p * (n + 1.0 / 3.0) + 1.0 / 3.0,
    };
    let position = position.clamp(1.0, n) - 1.0;
    let (below, share) = (position.floor(), position.fract());
    let low = sorted[below as usize];
    if share == 0.0 { low } else { low + share * (sorted[below as usize + 1] - low) }
}

/// Median of the distances from the median, times 1.4826 so that it estimates σ of a normal distribution; NaN for none.
pub fn robust_sd(values: &[f64]) -> f64 {
    let middle = median(values);
    let distances: Vec<f64> = values.iter().map(|v| (v - middle).abs()).collect();
    median(&distances) / crate::normal::quantile(0.75)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const METHODS: [Method; 4] =
        [Method::Lower, Method::Weibull, Method::Linear, Method::MedianUnbiased];

    #[test]
    fn medians_of_even_and_odd_counts() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), 2.5);
        assert!(median(&[]).is_nan());
    }

    /// NIST/SEMATECH e-Handbook 7.2.6.2: the 90th percentile of twelve gauge readings is 95.1981 by p (n + 1) and
    /// 95.1957 by 1 + p (n − 1).
    #[test]
    fn the_handbooks_example() {
        let readings = [
            95.1772, 95.1567, 95.1937, 95.1959, 95.1442, 95.0610, 95.1591, 95.1195, 95.1065,
            95.0925, 95.1990, 95.1682,
        ];
        assert!((quantile(&readings, 0.9, Method::Weibull) - 95.1981).abs() < 5e-5);
        assert!((quantile(&readings, 0.9, Method::Linear) - 95.1957).abs() < 5e-5);
        assert_eq!(quantile(&readings, 0.9, Method::Lower), 95.1959);
    }

    /// Type 8 by its definition: five values at p = 0.25 lie at 5/3, two thirds of the way from the first to the second.
    #[test]
    fn the_unbiased_median_by_hand() {
        let found = quantile(&[10.0, 20.0, 30.0, 40.0, 50.0], 0.25, Method::MedianUnbiased);
        assert!((found - (10.0 + 20.0 / 3.0)).abs() < 1e-13, "{found}");
    }

    #[test]
    fn what_has_no_quantile_is_no_number() {
        assert!(quantile(&[], 0.5, Method::Linear).is_nan());
        assert!(quantile(&[1.0], 1.5, Method::Linear).is_nan());
        assert!(quantile(&[1.0], f64::NAN, Method::Linear).is_nan());
    }

    /// 1.4826 (Rousseeuw and Croux 1993): the distances of 1, 2, 3, 4, 9 from 3 are 2, 1, 0, 1, 6.
    #[test]
    fn robust_spread() {
        assert!((robust_sd(&[1.0, 2.0, 3.0, 4.0, 9.0]) - 1.4826).abs() < 1e-4);
    }

    proptest! {
        #[test]
        fn quantiles_rise_within_the_sample(
            mut values in prop::collection::vec(-1e6..1e6, 1..40), p in 0.0..=1.0f64, q in 0.0..=1.0f64,
        ) {
            values.sort_by(f64::total_cmp);
            for method in METHODS {
                let (a, b) = (of_sorted(&values, p.min(q), method), of_sorted(&values, p.max(q), method));
                prop_assert!(a <= b && a >= values[0] && b <= values[values.len() - 1]);
            }
        }
    }
}
