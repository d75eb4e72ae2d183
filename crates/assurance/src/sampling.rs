//! Decides whether to measure a run. The measurement may be skipped if the interval of the
//! prediction stays within the allowed range, and if earlier runs that this rule would have skipped
//! show that it is seldom wrong.

use libchar_numeric::normal;

/// Confidence of the bound on wrong skips.
pub const CONFIDENCE: f64 = 0.95;

/// Two-sided interval of Wilson (1927) for a share of `k` in `n`, at `z` standard deviations; (0, 1) without runs.
pub fn wilson(k: usize, n: usize, z: f64) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (n as f64, k as f64 / n as f64);
    let middle = p + z * z / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    (((middle - half) / scale).max(0.0), ((middle + half) / scale).min(1.0))
}

/// What is allowed for a skipped run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Allowed {
    /// The target lies within these limits; an infinite limit has no effect.
    Within(f64, f64),
    /// The prediction is at most this far from the truth.
    Error(f64),
}

impl Allowed {
    /// Whether an interval of this half width around a prediction is within what is allowed.
    pub fn holds(self, predicted: f64, half_width: f64) -> bool {
        match self {
            Allowed::Within(low, high) => {
                predicted - half_width >= low && predicted + half_width <= high
            }
            Allowed::Error(most) => half_width <= most,
        }
    }

    /// Whether skipping a run was wrong, given its true value.
    pub fn is_wrong(self, predicted: f64, truth: f64) -> bool {
        match self {
            Allowed::Within(low, high) => !(low..=high).contains(&truth),
            Allowed::Error(most) => (predicted - truth).abs() > most,
        }
    }
}

/// How often the rule would have been wrong so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Number of measured runs that the rule would have skipped.
    pub skips: usize,
    /// Number of those for which skipping would have been wrong.
    pub wrong: usize,
}

impl Record {
    /// Adds a measured run.
    pub fn learn(&mut self, allowed: Allowed, predicted: f64, half_width: f64, truth: f64) {
        if allowed.holds(predicted, half_width) {
            self.skips += 1;
            self.wrong += usize::from(allowed.is_wrong(predicted, truth));
        }
    }

    /// Upper 95 % bound of Wilson on the share of wrong skips.
    pub fn bound(&self) -> f64 {
        wilson(self.wrong, self.skips, normal::quantile(CONFIDENCE)).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662, 0 of 20 gives 0 to 0.1611.
    #[test]
    fn wilson_of_newcombe() {
        let z = normal::quantile(0.975);
        let (low, high) = wilson(81, 263, z);
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5);
        let (low, high) = wilson(0, 20, z);
        assert!(low.abs() < 1e-12 && (high - 0.1611).abs() < 5e-5);
        assert_eq!(wilson(0, 0, z), (0.0, 1.0));
    }

    #[test]
    fn a_rule_is_judged_by_the_runs_that_it_would_skip() {
        let allowed = Allowed::Within(9.0, 11.0);
        let mut record = Record::default();
        record.learn(allowed, 10.0, 0.5, 10.2);
        record.learn(allowed, 10.0, 0.5, 11.5);
        record.learn(allowed, 10.9, 0.5, 12.0);
        assert_eq!(record, Record { skips: 2, wrong: 1 });
        assert_eq!(Record::default().bound(), 1.0);
        assert!(!Allowed::Error(0.1).holds(1.0, 0.2) && Allowed::Error(0.1).is_wrong(1.0, 1.2));
    }
}
