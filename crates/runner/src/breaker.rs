//! Circuit breaker: failures of one class, one after the other or too many of all, stop the submitting.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// When the breaker opens.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Failures of one class in a row; 0 never opens.
    pub in_a_row: usize,
    /// Share of all results that are failures of one class, in percent; 0 never opens.
    pub percent: f64,
    /// Results before the share counts.
    pub least: usize,
}

/// Whether to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Submit on.
    Closed,
    /// Submit nothing more, for this reason.
    Open(String),
}

/// The breaker of a run; what it saw lives until a probe succeeds.
#[derive(Debug, Clone)]
pub struct Breaker {
    thresholds: Thresholds,
    ignored: Vec<String>,
    results: usize,
    failures: BTreeMap<String, usize>,
    last: Option<(String, usize)>,
    open: Option<String>,
    half_open: bool,
}

impl Breaker {
    /// A closed breaker. Failures of the `ignored` classes are results like any other.
    pub fn new(thresholds: Thresholds, ignored: &[&str]) -> Breaker {
        Breaker {
            thresholds,
            ignored: ignored.iter().map(|&class| class.to_owned()).collect(),
            results: 0,
            failures: BTreeMap::new(),
            last: None,
            open: None,
            half_open: false,
        }
    }

    /// A breaker that an earlier run left open: the first failure opens it again.
    pub fn half_open(thresholds: Thresholds, ignored: &[&str], reason: String) -> Breaker {
        Breaker { open: Some(reason), half_open: true, ..Breaker::new(thresholds, ignored) }
    }

    /// Whether it is open: no more than a probe may be submitted.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Why it is open.
    pub fn reason(&self) -> Option<&str> {
        self.open.as_deref()
    }

    /// A simulation succeeded.
    pub fn succeeded(&mut self) {
        self.results += 1;
        self.last = None;
        self.open = None;
    }

    /// A simulation failed with a class.
    pub fn failed(&mut self, class: &str) -> Verdict {
        self.results += 1;
        if self.ignored.iter().any(|ignored| ignored == class) {
            self.last = None;
            self.open = None;
            return Verdict::Closed;
        }
        if let Some(reason) = &self.open {
            // Simulations that ran already when it opened say nothing new.
            let reason = if std::mem::take(&mut self.half_open) {
                format!("the probe failed too: {class}")
            } else {
                reason.clone()
            };
            return self.trip(reason);
        }
        let row = match &self.last {
            Some((last, row)) if last == class => row + 1,
            _ => 1,
        };
        self.last = Some((class.to_owned(), row));
        let failures = self.failures.entry(class.to_owned()).or_default();
        *failures += 1;
        let failures = *failures;
        let Thresholds { in_a_row, percent, least } = self.thresholds;
        if in_a_row > 0 && row >= in_a_row {
            return self.trip(format!("{row} failures in a row: {class}"));
        }
        let share = 100.0 * failures as f64 / self.results as f64;
        if percent > 0.0 && self.results >= least && share >= percent {
            let results = self.results;
            return self.trip(format!("{failures} of {results} simulations failed: {class}"));
        }
        Verdict::Closed
    }

    fn trip(&mut self, reason: String) -> Verdict {
        self.open = Some(reason.clone());
        Verdict::Open(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::{Breaker, Thresholds, Verdict};

    const THRESHOLDS: Thresholds = Thresholds { in_a_row: 3, percent: 50.0, least: 10 };

    #[test]
    fn failures_in_a_row_open_it() {
        let mut breaker = Breaker::new(THRESHOLDS, &["measure"]);
        for class in ["licence", "licence", "crash", "licence", "measure", "licence", "licence"] {
            assert_eq!(breaker.failed(class), Verdict::Closed);
        }
        assert_eq!(
            breaker.failed("licence"),
            Verdict::Open("3 failures in a row: licence".to_owned())
        );
    }

    #[test]
    fn a_large_share_of_one_class_opens_it() {
        let mut breaker = Breaker::new(THRESHOLDS, &[]);
        for _ in 0..5 {
            breaker.succeeded();
            assert_eq!(
                breaker.failed("crash"),
                if breaker.results < 10 {
                    Verdict::Closed
                } else {
                    Verdict::Open("5 of 10 simulations failed: crash".to_owned())
                }
            );
        }
    }

    #[test]
    fn a_probe_decides() {
        let mut breaker = Breaker::half_open(THRESHOLDS, &[], "x".to_owned());
        assert!(matches!(breaker.failed("crash"), Verdict::Open(_)));
        breaker.succeeded();
        assert!(!breaker.is_open());
        assert_eq!(breaker.failed("crash"), Verdict::Closed);
    }
}
