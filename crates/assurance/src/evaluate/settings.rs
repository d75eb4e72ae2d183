//! How models are evaluated.

use crate::family::{Family, Given};
use crate::intervals;
use crate::split::Kind;
use libchar_core::Refused;

/// How to evaluate.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Kind of split.
    pub kind: Kind,
    /// Forward: runs that train.
    pub train: usize,
    /// Forward: runs after them that set the intervals; 0 leaves that to errors within the training runs.
    pub calibration: usize,
    /// Weight of the residual update.
    pub lambda: f64,
    /// Runs from a run to its measurement.
    pub delay: usize,
    /// Whether models with a residual update are tried.
    pub updates: bool,
    /// Families to try.
    pub families: Vec<Family>,
    /// Intervals.
    pub intervals: intervals::Settings,
    /// Seed of trees and shuffles, and what else is not chosen by the runs.
    pub given: Given,
}

impl Settings {
    /// Whether these settings can be, before any run is seen; the split is judged by [`crate::split::Split`].
    ///
    /// # Errors
    /// The first that cannot.
    pub fn check(&self) -> Result<(), Refused> {
        let refuse = |found: String| Err(Refused::Usage(found));
        for (name, value, top) in [
            ("--alpha", self.intervals.alpha, false),
            ("--update-lambda", self.lambda, true),
            ("--gamma", self.intervals.gamma, false),
        ] {
            let end = if top { "at most 1" } else { "below 1" };
            if !(value > 0.0 && (value < 1.0 || top && value == 1.0)) {
                return refuse(format!("{name} {value}: expected above 0, {end}"));
            }
        }
        if let Some(alpha) = self.given.ridge_alpha.filter(|alpha| *alpha < 0.0) {
            return refuse(format!("--ridge-alpha {alpha}: expected 0 or more"));
        }
        for (name, value) in [("--delay", self.delay), ("--window", self.intervals.window)] {
            if value == 0 {
                return refuse(format!("{name} 0: expected 1 or more"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_cannot_be_are_refused_by_their_option() {
        let good = Settings {
            kind: Kind::Forward,
            train: 0,
            calibration: 0,
            lambda: 1.0,
            delay: 1,
            updates: true,
            families: Family::ALL.to_vec(),
            intervals: intervals::Settings { alpha: 0.1, gamma: 0.02, window: 150 },
            given: Given { seed: 1, ridge_alpha: Some(0.0) },
        };
        assert_eq!(good.check(), Ok(()));
        let told = |change: fn(&mut Settings)| {
            let mut settings = good.clone();
            change(&mut settings);
            settings.check().unwrap_err().to_string()
        };
        assert_eq!(told(|s| s.intervals.alpha = 1.0), "--alpha 1: expected above 0, below 1");
        assert_eq!(told(|s| s.lambda = 1.5), "--update-lambda 1.5: expected above 0, at most 1");
        assert_eq!(
            told(|s| s.intervals.gamma = f64::NAN),
            "--gamma NaN: expected above 0, below 1"
        );
        assert_eq!(
            told(|s| s.given.ridge_alpha = Some(-1.0)),
            "--ridge-alpha -1: expected 0 or more"
        );
        assert_eq!(told(|s| s.delay = 0), "--delay 0: expected 1 or more");
        assert_eq!(told(|s| s.intervals.window = 0), "--window 0: expected 1 or more");
    }
}
