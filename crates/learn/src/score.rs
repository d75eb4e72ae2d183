//! The quality of predictions and intervals.

/// Share of the variance that is explained, `1 - SSE / SST`; `None` if the truth does not vary.
pub fn r2(truth: &[f64], predicted: &[f64]) -> Option<f64> {
    let n = truth.len() as f64;
    let mean = truth.iter().sum::<f64>() / n;
    let total: f64 = truth.iter().map(|y| (y - mean).powi(2)).sum();
    let error: f64 = truth.iter().zip(predicted).map(|(y, p)| (y - p).powi(2)).sum();
    (total > 0.0).then(|| 1.0 - error / total)
}

/// Root of the mean squared error; 0 without rows.
pub fn rmse(truth: &[f64], predicted: &[f64]) -> f64 {
    let error: f64 = truth.iter().zip(predicted).map(|(y, p)| (y - p).powi(2)).sum();
    (error / truth.len().max(1) as f64).sqrt()
}

/// Share of the true values that lie in their interval.
pub fn coverage(truth: &[f64], intervals: &[(f64, f64)]) -> f64 {
    let inside = truth.iter().zip(intervals).filter(|(y, (low, high))| low <= y && *y <= high);
    inside.count() as f64 / truth.len().max(1) as f64
}

/// Mean interval score of Winkler (1972): the width, plus `2 / alpha` for each unit by which the truth
/// lies outside.
pub fn winkler(truth: &[f64], intervals: &[(f64, f64)], alpha: f64) -> f64 {
    let score = |(y, (low, high)): (&f64, &(f64, f64))| {
        high - low + 2.0 / alpha * ((low - y).max(0.0) + (y - high).max(0.0))
    };
    truth.iter().zip(intervals).map(score).sum::<f64>() / truth.len().max(1) as f64
}

/// Standard deviation (`n` in the denominator).
pub fn sd(values: &[f64]) -> f64 {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let truth = [1.0, 2.0, 3.0];
        assert_eq!(r2(&truth, &[1.0, 2.0, 4.0]), Some(0.5));
        assert_eq!(r2(&[1.0, 1.0], &[1.0, 2.0]), None);
        let intervals = [(0.5, 1.5), (2.5, 3.0), (2.0, 2.5)];
        assert!((coverage(&truth, &intervals) - 1.0 / 3.0).abs() < 1e-15);
        // Widths 1, 0.5, 0.5; two misses by 0.5 at 2 / 0.05 each.
        assert!((winkler(&truth, &intervals, 0.05) - (2.0 + 40.0) / 3.0).abs() < 1e-12);
        assert!((rmse(&truth, &[1.0, 2.0, 6.0]) - 3f64.sqrt()).abs() < 1e-15);
    }
}
