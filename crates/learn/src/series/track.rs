//! The state of a forecast, updated as values arrive.

use super::Fitted;
use std::collections::VecDeque;

/// A fitted method with its state along a series.
#[derive(Clone, Debug)]
pub struct Track<'a> {
    fitted: &'a Fitted,
    level: f64,
    slope: f64,
    /// Variance of the level of a local level, in units of the variance of the noise; `None` before
    /// the first value.
    spread: Option<f64>,
    /// Last values of an autoregression minus its mean, the newest first.
    last: VecDeque<f64>,
}

impl<'a> Track<'a> {
    /// The state before the value `first`, which is the initial level if the method has none of its
    /// own.
    pub fn new(fitted: &'a Fitted, first: f64) -> Track<'a> {
        let (level, slope) = match fitted {
            Fitted::Holt { level, slope, .. } => (*level, *slope),
            _ => (first, 0.0),
        };
        Track { fitted, level, slope, spread: None, last: VecDeque::new() }
    }

    /// The forecast of the next value.
    pub fn expected(&self) -> f64 {
        match self.fitted {
            Fitted::Ar { mean, phi } => {
                mean + phi.iter().zip(&self.last).map(|(phi, z)| phi * z).sum::<f64>()
            }
            _ => self.level + self.slope,
        }
    }

    /// Updates the state with the next value.
    pub fn learn(&mut self, y: f64) {
        match self.fitted {
            Fitted::Ewma { weight } => self.level += weight * (y - self.level),
            Fitted::Holt { weight, trend, .. } => {
                let error = y - self.level - self.slope;
                self.level += self.slope + weight * error;
                self.slope += weight * trend * error;
            }
            Fitted::LocalLevel { ratio } => {
                // Diffuse initialization: the first value is the level, with the variance of the
                // noise.
                let predicted = self.spread.map(|spread| spread + ratio);
                let gain = predicted.map_or(1.0, |predicted| predicted / (predicted + 1.0));
                self.level += gain * (y - self.level);
                self.spread = Some(gain);
            }
            Fitted::Ar { mean, phi } => {
                self.last.push_front(y - mean);
                self.last.truncate(phi.len());
            }
        }
    }

    /// Variance of the next value about [`Track::expected`], in units of the variance of the noise;
    /// only for a local level after its first value.
    pub(super) fn variance(&self) -> Option<f64> {
        match self.fitted {
            Fitted::LocalLevel { ratio } => self.spread.map(|spread| spread + ratio + 1.0),
            _ => None,
        }
    }

    /// The forecasts of the next `runs` values.
    pub fn ahead(&self, runs: usize) -> Vec<f64> {
        match self.fitted {
            Fitted::Ar { .. } => {
                let mut next = self.clone();
                (0..runs)
                    .map(|_| {
                        let expected = next.expected();
                        next.learn(expected);
                        expected
                    })
                    .collect()
            }
            _ => (1..=runs).map(|h| self.level + self.slope * h as f64).collect(),
        }
    }
}
