//! Population stability index: how far a window of data has moved from its reference.
//!
//! `PSI = sum (q_i - p_i) ln(q_i / p_i)` over bins, `p` the reference and `q` the window. If
//! nothing has moved, it is distributed like a chi-squared variable with `B - 1` degrees of freedom
//! times `1/n + 1/m` (Yurdakul, "Statistical properties of the population stability index", 2018).
//! Its critical value therefore depends on the sizes of both samples; a fixed 0.1 is far too low
//! for a hundred jobs.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use crate::LearnError;

/// How empty bins are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZeroBins {
    /// `(n_i + 1/2) / (N + B/2)` in both samples: half a count is added to every bin.
    AddHalf,
    /// Shares are used as they are; an empty bin makes the index infinite.
    Keep,
}

impl ZeroBins {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            ZeroBins::AddHalf => "add-half",
            ZeroBins::Keep => "keep",
        }
    }
}

/// Index between two lists of shares; infinite if exactly one of two corresponding shares is zero.
///
/// # Errors
/// [`LearnError::Shape`] when the lengths differ, [`LearnError::OutOfRange`] for a share that is negative
/// or not finite.
pub fn from_shares(reference: &[f64], window: &[f64]) -> Result<f64, LearnError> {
    if reference.len() != window.len() {
        return Err(LearnError::Shape {
            what: "bins of the window",
            expected: reference.len(),
            found: window.len(),
        });
    }
    if let Some(&value) = reference.iter().chain(window).find(|p| !(p.is_finite() && **p >= 0.0)) {
        return Err(LearnError::OutOfRange { what: "share of a bin", value, expected: "0 to 1" });
    }
    let term = |p: f64, q: f64| if p == q { 0.0 } else { (q - p) * (q / p).ln() };
    Ok(reference.iter().zip(window).map(|(&p, &q)| term(p, q)).sum())
}

/// Index between two lists of counts.
///
/// # Errors
/// [`LearnError::Shape`] when the lengths differ; [`LearnError::TooFewRows`] when a sample is empty.
pub fn from_counts(reference: &[u64], window: &[u64], zero: ZeroBins) -> Result<f64, LearnError> {
    let shares = |counts: &[u64]| {
        let total: u64 = counts.iter().sum();
        if total == 0 {
            return Err(LearnError::TooFewRows { what: "a stability index", needed: 1, found: 0 });
        }
        let add = if zero == ZeroBins::AddHalf { 0.5 } else { 0.0 };
        let total = total as f64 + add * counts.len() as f64;
        Ok(counts.iter().map(|&n| (n as f64 + add) / total).collect::<Vec<_>>())
    };
    from_shares(&shares(reference)?, &shares(window)?)
}

/// Value that the index exceeds with probability `1 - level` if nothing has moved.
///
/// # Errors
/// [`LearnError::OutOfRange`] for fewer than two bins, an empty sample or a level outside (0, 1).
pub fn critical(bins: usize, n: usize, m: usize, level: f64) -> Result<f64, LearnError> {
    let check = |good: bool, what, value, expected| {
        if good { Ok(()) } else { Err(LearnError::OutOfRange { what, value, expected }) }
    };
    check(bins >= 2, "number of bins", bins as f64, "at least 2")?;
    check(n > 0, "rows of the window", n as f64, "at least 1")?;
    check(m > 0, "rows of the reference", m as f64, "at least 1")?;
    check(level > 0.0 && level < 1.0, "level", level, "above 0, below 1")?;
    let chi = ChiSquared::new((bins - 1) as f64).map_err(|_| LearnError::OutOfRange {
        what: "number of bins",
        value: bins as f64,
        expected: "at least 2",
    })?;
    Ok(chi.inverse_cdf(level) * (1.0 / n as f64 + 1.0 / m as f64))
}

/// Bins of a reference sample, divided at its quantiles.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    pub(crate) edges: Vec<f64>,
    pub(crate) counts: Vec<u64>,
}

impl Bins {
    /// Divides `reference` into at most `bins` parts of equal count. Equal quantiles are merged, so
    /// a column of few distinct values has fewer bins.
    ///
    /// # Errors
    /// [`LearnError::TooFewRows`] with fewer values than bins, [`LearnError::NotFinite`] for one that is
    /// not a number.
    pub fn of(reference: &[f64], bins: usize) -> Result<Self, LearnError> {
        if reference.len() < bins.max(1) {
            return Err(LearnError::TooFewRows {
                what: "reference bins",
                needed: bins.max(1),
                found: reference.len(),
            });
        }
        if let Some(row) = reference.iter().position(|v| !v.is_finite()) {
            let value = reference[row];
            return Err(LearnError::NotFinite { what: "reference".into(), row, value });
        }
        let mut sorted = reference.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let n = sorted.len();
        let mut edges: Vec<f64> = (1..bins).map(|k| quantile(&sorted, k, bins)).collect();
        edges.dedup();
        // A value equal to an edge belongs to the bin below it, so an edge at the greatest value
        // would leave an empty bin above.
        while edges.last().is_some_and(|&edge| edge >= sorted[n - 1]) {
            edges.pop();
        }
        let mut found = Bins { counts: Vec::new(), edges };
        found.counts = found.count(reference);
        Ok(found)
    }

    /// Counts of `values` in these bins.
    pub fn count(&self, values: &[f64]) -> Vec<u64> {
        let mut counts = vec![0; self.edges.len() + 1];
        for value in values {
            counts[self.edges.partition_point(|edge| edge < value)] += 1;
        }
        counts
    }

    /// Number of bins.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether all values of the reference were the same, so that nothing can be compared.
    pub fn is_empty(&self) -> bool {
        self.counts.len() < 2
    }

    /// Number of rows in the reference.
    pub fn reference_rows(&self) -> usize {
        self.counts.iter().sum::<u64>() as usize
    }

    /// Index of `window` against the reference.
    ///
    /// # Errors
    /// As [`from_counts`].
    pub fn psi(&self, window: &[f64], zero: ZeroBins) -> Result<f64, LearnError> {
        from_counts(&self.counts, &self.count(window), zero)
    }
}

/// Quantile `k / of`: the smallest value with at least that share at or below it, so that an edge is a
/// value of the sample and ties fall on one side of it.
fn quantile(sorted: &[f64], k: usize, of: usize) -> f64 {
    sorted[(k * sorted.len()).div_ceil(of) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_values() {
        // Two bins, by hand: 0.1 ln 1.2 - 0.1 ln 0.8.
        let psi = from_shares(&[0.5, 0.5], &[0.6, 0.4]).unwrap();
        assert!((psi - 0.04054651081081642).abs() < 1e-15);
        let cur = [0u64, 20, 20, 20, 20, 20, 20, 20, 20, 40];
        let psi = from_counts(&[240; 10], &cur, ZeroBins::AddHalf).unwrap();
        assert!((psi - 0.4287267467973111).abs() < 1e-12);
        assert_eq!(from_counts(&[240; 10], &cur, ZeroBins::Keep).unwrap(), f64::INFINITY);
        // Chi-squared table: 16.918978 at 9 degrees of freedom.
        let limit = critical(10, 200, 2400, 0.95).unwrap();
        assert!((limit - 0.09164446202502743).abs() < 1e-9, "{limit}");
    }

    #[test]
    fn few_distinct_values_make_few_bins() {
        let mut values = vec![13.5; 50];
        values.extend([193.0; 40]);
        values.extend([248.0; 10]);
        let bins = Bins::of(&values, 10).unwrap();
        assert_eq!(bins.counts, [50, 40, 10]);
        assert!(Bins::of(&[7.0; 30], 10).unwrap().is_empty());
    }

    #[test]
    fn bad_input_is_refused() {
        assert!(from_shares(&[0.5, 0.5], &[1.0]).is_err());
        assert!(from_shares(&[0.5, f64::NAN], &[0.5, 0.5]).is_err());
        assert!(critical(1, 10, 10, 0.95).is_err() && critical(10, 0, 10, 0.95).is_err());
        assert!(Bins::of(&[1.0, f64::NAN], 2).is_err());
    }

    proptest! {
        #[test]
        fn never_negative_and_zero_only_without_change(
            p in prop::collection::vec(1u64..500, 10), q in prop::collection::vec(0u64..500, 10),
        ) {
            prop_assume!(q.iter().sum::<u64>() > 0);
            let psi = from_counts(&p, &q, ZeroBins::AddHalf).unwrap();
            prop_assert!(psi >= 0.0);
            prop_assert!(from_counts(&p, &p, ZeroBins::AddHalf).unwrap() == 0.0);
        }
    }
}
