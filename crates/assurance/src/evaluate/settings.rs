//! Settings of an evaluation.

use crate::family::{Family, Given};
use crate::intervals;
use crate::split::Kind;
use libchar_core::Refused;

/// Settings of an evaluation.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Kind of split.
    pub kind: Kind,
    /// Number of training runs, in a split forward in time.
    pub train: usize,
    /// Number of runs after them that calibrate the intervals, in a split forward in time; 0 uses
    /// errors within the training runs instead.
    pub calibration: usize,
    /// Weight of the residual update.
    pub lambda: f64,
    /// Number of runs between a run and its measurement.
    pub delay: usize,
    /// Whether models with a residual update are tried.
    pub updates: bool,
    /// Families to try.
    pub families: Vec<Family>,
    /// Intervals.
    pub intervals: intervals::Settings,
    /// Seed of trees and shuffles, and other choices that do not depend on the runs.
    pub given: Given,
}

impl Settings {
    /// Checks these settings before any run is read. The split is checked by
    /// [`crate::split::Split`].
    ///
    /// # Errors
    /// The first setting that is not valid.
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
