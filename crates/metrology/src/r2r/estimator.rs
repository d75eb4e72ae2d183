//! The state of a controller for one output, updated run by run.

use super::law::Law;
use serde::{Deserialize, Serialize};

/// What a controller has estimated of its process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimator {
    /// Level of the disturbance.
    pub level: f64,
    /// Its change per run; 0 for a law without a trend.
    pub trend: f64,
}

impl Estimator {
    /// The disturbance expected in the next run.
    pub fn expected(&self) -> f64 {
        self.level + self.trend
    }

    /// Updates the state by a measured run. `w` is the measured value minus the model's prediction
    /// for the recipe that ran, `error` its deviation from the target.
    pub fn learn(&mut self, law: Law, w: f64, error: f64) {
        let old = *self;
        match law {
            Law::Ewma(l) => self.level = l * w + (1.0 - l) * old.level,
            Law::Integral(l) => self.level += l * error,
            Law::ChenGuo(l1, l2) => {
                self.level = l1 * w + (1.0 - l1) * old.level;
                self.trend = l2 * (w - old.level) + (1.0 - l2) * old.trend;
            }
            Law::Holt(l1, l2) => {
                self.level = l1 * w + (1.0 - l1) * (old.level + old.trend);
                self.trend = l2 * (self.level - old.level) + (1.0 - l2) * old.trend;
            }
        }
    }
}
