//! Adaptive conformal intervals: the miss rate is adjusted to the observed misses (Gibbs and
//! Candès, "Adaptive conformal inference under distribution shift", 2021).

use crate::conformal;
use std::collections::VecDeque;

/// The state of an adaptive interval.
///
/// # Formula
///
/// `a <- a + gamma (alpha - err)`, where err is 1 if the truth fell outside, else 0. The bound is
/// that of [`conformal::bound`] at miss rate `a` over the last `window` scores. At `a <= 0` the
/// interval is infinite, at `a >= 1` it is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Adaptive {
    /// Wanted miss rate.
    pub alpha: f64,
    /// Step size of the miss rate.
    pub gamma: f64,
    /// Largest number of scores that are kept.
    pub window: usize,
    /// The current miss rate `a`.
    pub current: f64,
    /// The last absolute errors, oldest first.
    pub scores: VecDeque<f64>,
}

impl Adaptive {
    /// Starts from held-out absolute errors, oldest first.
    pub fn new(alpha: f64, gamma: f64, window: usize, scores: &[f64]) -> Adaptive {
        let last = &scores[scores.len().saturating_sub(window)..];
        Adaptive { alpha, gamma, window, current: alpha, scores: last.iter().copied().collect() }
    }

    /// Half the width of the next interval; infinite if no finite interval has the required
    /// coverage.
    pub fn bound(&self) -> f64 {
        if self.current >= 1.0 {
            return 0.0;
        }
        let scores: Vec<f64> = self.scores.iter().copied().collect();
        conformal::bound(&scores, self.current).unwrap_or(f64::INFINITY)
    }

    /// Updates the state with the absolute error of a row whose interval had the half width
    /// `bound`.
    pub fn learn(&mut self, error: f64, bound: f64) {
        let missed = f64::from(u8::from(error > bound));
        self.current += self.gamma * (self.alpha - missed);
        self.scores.push_back(error);
        if self.scores.len() > self.window {
            self.scores.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Adaptive;

    /// The guarantee of the paper: over T rows the miss rate differs from alpha by at most
    /// `(max(a, 1 - a) + gamma)/(gamma T)`, for any sequence of errors.
    #[test]
    fn coverage_holds_on_any_series() {
        let mut aci = Adaptive::new(0.1, 0.02, 50, &[1.0; 50]);
        let (mut missed, rows) = (0.0, 2000);
        for t in 0..rows {
            let error = (1.0 + f64::from(t) / 100.0).powi(2) * (0.5 + 0.5 * f64::from(t).sin());
            let bound = aci.bound();
            missed += f64::from(u8::from(error > bound));
            aci.learn(error, bound);
        }
        let off = (missed / f64::from(rows) - 0.1).abs();
        assert!(off <= (0.9 + 0.02) / (0.02 * f64::from(rows)), "{off}");
    }

    #[test]
    fn misses_widen_and_hits_narrow() {
        let scores: Vec<f64> = (1..=100).map(f64::from).collect();
        let mut aci = Adaptive::new(0.1, 0.05, 100, &scores);
        assert_eq!(aci.bound(), 91.0);
        aci.learn(500.0, 91.0);
        assert!(aci.current < 0.1 && aci.bound() > 91.0);
        aci.current = -0.01;
        assert_eq!(aci.bound(), f64::INFINITY);
        aci.current = 1.0;
        assert_eq!(aci.bound(), 0.0);
    }
}
