//! Conformal prediction: intervals from the ranks of held-out errors.
//!
//! With `n` held-out scores and a wanted miss rate `alpha`, the score of a new exchangeable row is
//! at most the `k`-th smallest with probability at least `1 - alpha`,
//! `k = ceil((1 - alpha)(n + 1))` (Vovk, Gammerman and Shafer, "Algorithmic learning in a random
//! world", 2005). If `k > n`, no finite score has that coverage, and the interval is infinite.

use statrs::function::gamma::ln_gamma;

use crate::LearnError;

/// The rank of the score that bounds a new score, and its coverage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rank {
    /// Rank from 1; `None` if there are too few scores for any finite bound.
    pub k: Option<usize>,
    /// Mean coverage over calibration sets, `k / (n + 1)`; 1 when infinite.
    pub coverage_mean: f64,
    /// Standard deviation of the coverage over calibration sets (Beta(k, n + 1 - k)); 0 when infinite.
    pub coverage_sd: f64,
}

/// Rank that bounds a new score with probability `1 - alpha`, for `n` scores.
///
/// # Errors
/// [`LearnError::OutOfRange`] unless `0 < alpha < 1`.
pub fn rank(n: usize, alpha: f64) -> Result<Rank, LearnError> {
    if !(alpha > 0.0 && alpha < 1.0) {
        return Err(LearnError::OutOfRange {
            what: "miss rate",
            value: alpha,
            expected: "above 0, below 1",
        });
    }
    let exact = (1.0 - alpha) * (n as f64 + 1.0);
    // 0.95 * 20 is 19 except for rounding, which must not increase the rank by one.
    let k = ((exact - 1e-9 * exact.max(1.0)).ceil() as usize).max(1);
    if k > n {
        return Ok(Rank { k: None, coverage_mean: 1.0, coverage_sd: 0.0 });
    }
    let (a, b) = (k as f64, (n + 1 - k) as f64);
    let variance = a * b / ((a + b).powi(2) * (a + b + 1.0));
    Ok(Rank { k: Some(k), coverage_mean: a / (a + b), coverage_sd: variance.sqrt() })
}

/// The bound on a new score: the `k`-th smallest of `scores`; infinite if there are too few.
///
/// # Errors
/// [`LearnError::OutOfRange`] unless `0 < alpha < 1`; [`LearnError::NotFinite`] for a NaN score.
pub fn bound(scores: &[f64], alpha: f64) -> Result<f64, LearnError> {
    if let Some(row) = scores.iter().position(|s| s.is_nan()) {
        return Err(LearnError::NotFinite { what: "score".into(), row, value: f64::NAN });
    }
    let Some(k) = rank(scores.len(), alpha)?.k else { return Ok(f64::INFINITY) };
    let mut sorted = scores.to_vec();
    let (_, bound, _) = sorted.select_nth_unstable_by(k - 1, f64::total_cmp);
    Ok(*bound)
}

/// One bound for each group of rows, so that the coverage holds within each group.
///
/// # Errors
/// As [`bound`]; [`LearnError::Shape`] when the lengths differ or a group is not below `groups`.
pub fn bound_by_group(
    scores: &[f64],
    group: &[usize],
    groups: usize,
    alpha: f64,
) -> Result<Vec<f64>, LearnError> {
    if scores.len() != group.len() {
        return Err(LearnError::Shape {
            what: "groups of scores",
            expected: scores.len(),
            found: group.len(),
        });
    }
    if let Some(&found) = group.iter().find(|&&g| g >= groups) {
        return Err(LearnError::Shape { what: "groups", expected: groups, found: found + 1 });
    }
    (0..groups)
        .map(|wanted| {
            let own: Vec<f64> =
                scores.iter().zip(group).filter(|(_, g)| **g == wanted).map(|(s, _)| *s).collect();
            bound(&own, alpha)
        })
        .collect()
}

/// Probability that `missed` or more of `rows` new rows lie outside their intervals, if the
/// intervals come from `n` held-out rows of the same distribution.
///
/// # Formula
///
/// The coverage of one calibration set is Beta(k, n + 1 - k), so the number of misses is
/// beta-binomial: P(m) = C(rows, m) B(m + n + 1 - k, rows - m + k)/B(n + 1 - k, k). Without a
/// finite bound there are no misses.
///
/// # Errors
/// [`LearnError::OutOfRange`] unless `0 < alpha < 1`.
pub fn miss_p_value(missed: usize, rows: usize, n: usize, alpha: f64) -> Result<f64, LearnError> {
    let Some(k) = rank(n, alpha)?.k else {
        return Ok(if missed == 0 { 1.0 } else { 0.0 });
    };
    let (a, b) = ((n + 1 - k) as f64, k as f64);
    let ln_choose = |m: f64| {
        let all = rows as f64;
        ln_gamma(all + 1.0) - ln_gamma(m + 1.0) - ln_gamma(all - m + 1.0)
    };
    let ln_beta = |x: f64, y: f64| ln_gamma(x) + ln_gamma(y) - ln_gamma(x + y);
    let term = |m: usize| {
        let m = m as f64;
        (ln_choose(m) + ln_beta(m + a, rows as f64 - m + b) - ln_beta(a, b)).exp()
    };
    Ok((missed..=rows).map(term).sum::<f64>().min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranks_and_their_coverage() {
        let r = rank(19, 0.05).unwrap();
        assert_eq!(r.k, Some(19));
        assert!((r.coverage_mean - 0.95).abs() < 1e-12);
        assert!((r.coverage_sd - 0.04755948656056709).abs() < 1e-12);
        assert_eq!(rank(18, 0.05).unwrap().k, None);
        let r = rank(100, 0.1).unwrap();
        assert_eq!(r.k, Some(91));
        assert!((r.coverage_sd - 0.029573262383448536).abs() < 1e-12);
        assert!(rank(10, 0.0).is_err() && rank(10, f64::NAN).is_err());
    }

    #[test]
    fn too_few_scores_bound_nothing() {
        assert_eq!(bound(&[1.0; 18], 0.05).unwrap(), f64::INFINITY);
        assert_eq!(bound(&[], 0.5).unwrap(), f64::INFINITY);
        let by_group = bound_by_group(&[1.0, 2.0, 3.0, 9.0], &[0, 0, 0, 1], 2, 0.25).unwrap();
        assert_eq!(by_group, [3.0, f64::INFINITY]);
    }

    proptest! {
        #[test]
        fn bound_is_a_score_with_enough_below(
            scores in prop::collection::vec(0.0..1e3f64, 20..200), alpha in 0.06..0.9f64,
        ) {
            let b = bound(&scores, alpha).unwrap();
            let below = scores.iter().filter(|&&s| s <= b).count() as f64;
            prop_assert!(below + 1e-6 >= (1.0 - alpha) * (scores.len() as f64 + 1.0));
            prop_assert!(scores.contains(&b));
        }
    }

    /// The mean number of misses is rows (n + 1 - k)/(n + 1), and the probabilities of all counts
    /// sum to 1.
    #[test]
    fn misses_are_beta_binomial() {
        let (rows, n) = (60, 100);
        let tail = |m| miss_p_value(m, rows, n, 0.05).unwrap();
        assert!((tail(0) - 1.0).abs() < 1e-9);
        let mean: f64 = (1..=rows).map(tail).sum();
        let k = rank(n, 0.05).unwrap().k.unwrap() as f64;
        let expected = 60.0 * (101.0 - k) / 101.0;
        assert!((mean - expected).abs() < 1e-9, "{mean} {expected}");
        assert_eq!(miss_p_value(0, 10, 5, 0.05).unwrap(), 1.0);
    }
}
