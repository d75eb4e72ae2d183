//! Moments of a series, accurate where the values are large and their differences small.

/// Σ x by Neumaier's compensated summation; 0 for none.
///
/// Source: Neumaier (1974), ZAMM 54, 39–51.
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

/// Σ (x − x̄)², in two passes with the correction for the rounding of the mean; 0 for none.
///
/// Source: Chan, Golub and LeVeque (1983), The American Statistician 37, 242–247.
pub fn squares(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let (n, mean) = (values.len() as f64, mean(values));
    let squares = sum(values.iter().map(|x| (x - mean) * (x - mean)));
    let rest = sum(values.iter().map(|x| x - mean));
    (squares - rest * rest / n).max(0.0)
}

/// Sample variance with n − 1; `None` for fewer than two values.
pub fn variance(values: &[f64]) -> Option<f64> {
    (values.len() > 1).then(|| squares(values) / (values.len() as f64 - 1.0))
}

/// Sample standard deviation with n − 1; `None` for fewer than two values.
pub fn sd(values: &[f64]) -> Option<f64> {
    variance(values).map(f64::sqrt)
}

/// Skewness g₁ = m₃ / m₂^(3/2) of the values as they are; `None` where they do not vary.
///
/// # Formula
/// mₖ = Σ (x − x̄)ᵏ / n, not corrected for bias.
pub fn skewness(values: &[f64]) -> Option<f64> {
    let (m2, m3) = (central(values, 2), central(values, 3));
    (m2 > 0.0).then(|| m3 / m2.powf(1.5))
}

/// Excess kurtosis g₂ = m₄ / m₂² − 3 of the values as they are, 0 for a normal distribution; `None` where they do not
/// vary. It is not corrected for bias.
pub fn excess_kurtosis(values: &[f64]) -> Option<f64> {
    let (m2, m4) = (central(values, 2), central(values, 4));
    (m2 > 0.0).then(|| m4 / (m2 * m2) - 3.0)
}

/// Σ (x − x̄)(y − ȳ) / (n − 1); `None` for fewer than two pairs. Values beyond the shorter series are not used.
pub fn covariance(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len().min(y.len());
    let (x, y) = (&x[..n], &y[..n]);
    let (mx, my) = (mean(x), mean(y));
    (n > 1).then(|| sum(x.iter().zip(y).map(|(a, b)| (a - mx) * (b - my))) / (n as f64 - 1.0))
}

/// Pearson's correlation; `None` where one of the series does not vary.
pub fn correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len().min(y.len());
    let spread = squares(&x[..n]).sqrt() * squares(&y[..n]).sqrt();
    let together = covariance(x, y)? * (n as f64 - 1.0);
    (spread > 0.0).then(|| (together / spread).clamp(-1.0, 1.0))
}

/// k-th central moment with n in the denominator; NaN for none.
fn central(values: &[f64], k: i32) -> f64 {
    let mean = mean(values);
    sum(values.iter().map(|x| (x - mean).powi(k))) / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(found: Option<f64>, wanted: f64, relative: f64) {
        let found = found.expect("the series varies");
        assert!((found / wanted - 1.0).abs() < relative, "{found} against {wanted}");
    }

    /// NIST StRD, NumAcc1 to NumAcc4: certified means and standard deviations.
    #[test]
    fn the_certified_series_keep_their_digits() {
        let one = [10_000_001.0, 10_000_003.0, 10_000_002.0];
        assert_eq!((mean(&one), sd(&one)), (10_000_002.0, Some(1.0)));
        for (middle, tolerance) in [(1.2, 1e-14), (1_000_000.2, 1e-8), (10_000_000.2, 1e-7)] {
            let series: Vec<f64> = std::iter::once(middle)
                .chain((0..1000).map(|i| if i % 2 == 0 { middle - 0.1 } else { middle + 0.1 }))
                .collect();
            assert!((mean(&series) / middle - 1.0).abs() < 2e-16);
            close(sd(&series), 0.1, tolerance);
        }
    }

    /// Twenty digits of π in exact integers: Σx = 97, Σx² = 609.
    #[test]
    fn digits_of_pi() {
        let digits =
            [3., 1., 4., 1., 5., 9., 2., 6., 5., 3., 5., 8., 9., 7., 9., 3., 2., 3., 8., 4.];
        close(variance(&digits), (609.0 - 97.0 * 97.0 / 20.0) / 19.0, 1e-15);
    }

    /// Two values p below and q above: the skewness of a Bernoulli variable is (1 − 2p) / √(pq), its excess kurtosis
    /// (1 − 6pq) / pq.
    #[test]
    fn moments_of_a_bernoulli_variable() {
        let values = [0.0, 0.0, 0.0, 1.0];
        let pq: f64 = 0.25 * 0.75;
        close(skewness(&values), 0.5 / pq.sqrt(), 1e-15);
        close(excess_kurtosis(&values), (1.0 - 6.0 * pq) / pq, 1e-14);
        assert_eq!((skewness(&[2.0; 5]), excess_kurtosis(&[2.0; 5])), (None, None));
    }

    #[test]
    fn few_values() {
        assert!(mean(&[]).is_nan() && skewness(&[]).is_none());
        assert_eq!((variance(&[4.0]), squares(&[]), covariance(&[1.0], &[2.0])), (None, 0.0, None));
        assert_eq!(correlation(&[1.0, 1.0], &[1.0, 2.0]), None);
    }

    /// By hand: x̄ = 2, ȳ = 3, Σ(x−x̄)(y−ȳ) = 3, Σ(x−x̄)² = 2, Σ(y−ȳ)² = 6.
    #[test]
    fn covariance_and_correlation() {
        let (x, y) = ([1.0, 2.0, 3.0], [2.0, 2.0, 5.0]);
        assert_eq!(covariance(&x, &y), Some(1.5));
        close(correlation(&x, &y), 3.0 / 12f64.sqrt(), 1e-15);
        close(correlation(&x, &[-1.0, -2.0, -3.0]), -1.0, 1e-15);
    }

    proptest! {
        /// A shift leaves the spread alone, a factor multiplies it.
        #[test]
        fn the_spread_follows_shift_and_scale(
            values in prop::collection::vec(-1e3..1e3, 2..50), shift in -1e6..1e6f64, factor in 0.1..10.0f64,
        ) {
            let moved: Vec<f64> = values.iter().map(|v| v * factor + shift).collect();
            let (before, after) = (sd(&values).unwrap(), sd(&moved).unwrap());
            prop_assert!((after - before * factor).abs() < 1e-9 * (1.0 + before));
        }
    }
}
