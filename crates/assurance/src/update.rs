//! Residual update: measured runs correct the level of the next predictions.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// An EWMA of past residuals, which is added to a static prediction.
///
/// # Formula
///
/// `level <- lambda (y - f(x)) + (1 - lambda) level`, from 0; prediction = f(x) + level. The residual of a run is known
/// `level <- lambda (y - f(x)) + (1 - lambda) level`, from 0; prediction = f(x) + level. The
/// residual of a run is known `delay` runs later (1: before the next run); a run that is not
/// measured changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Update {
    /// Weight of the newest residual, above 0, at most 1.
    pub lambda: f64,
    /// Number of runs between a run and its measurement, at least 1.
    pub delay: usize,
    /// The present correction.
    pub level: f64,
    /// Residuals that are not known yet, oldest first.
    pub waiting: VecDeque<Option<f64>>,
}

impl Update {
    /// Starts without a correction.
    pub fn new(lambda: f64, delay: usize) -> Update {
        Update { lambda, delay, level: 0.0, waiting: VecDeque::new() }
    }

    /// Takes the residual of the run that was just made.
    pub fn push(&mut self, residual: Option<f64>) {
        self.waiting.push_back(residual);
        while self.waiting.len() >= self.delay.max(1) {
            if let Some(Some(residual)) = self.waiting.pop_front() {
                self.level += self.lambda * (residual - self.level);
            }
        }
    }
}

/// Static predictions of consecutive runs, each with the correction that was known before it, and
/// the state after the last run.
pub fn follow(fixed: &[f64], truth: &[f64], mut update: Update) -> (Vec<f64>, Update) {
    let mut corrected = Vec::with_capacity(fixed.len());
    for (fixed, truth) in fixed.iter().zip(truth) {
        corrected.push(fixed + update.level);
        update.push(Some(truth - fixed));
    }
    (corrected, update)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_residual_counts_when_it_is_known() {
        let (seen, _) = follow(&[0.0; 4], &[8.0, 8.0, 8.0, 8.0], Update::new(0.5, 1));
        assert_eq!(seen, [0.0, 4.0, 6.0, 7.0]);
        let (seen, state) = follow(&[0.0; 4], &[8.0, 8.0, 8.0, 8.0], Update::new(0.5, 3));
        assert_eq!(seen, [0.0, 0.0, 0.0, 4.0]);
        assert_eq!(state.waiting.len(), 2);
    }

    #[test]
    fn an_unmeasured_run_changes_nothing() {
        let mut update = Update::new(0.5, 1);
        update.push(Some(2.0));
        update.push(None);
        assert_eq!(update.level, 1.0);
    }
}
