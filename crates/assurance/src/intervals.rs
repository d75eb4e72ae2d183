//! Intervals of predictions and the coverage that they had.

use libchar_learn::aci::Adaptive;
use libchar_learn::conformal;
use serde::{Deserialize, Serialize};

/// Whether intervals have a fixed width or follow the errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    /// Split or group conformal: one bound from held-out errors.
    Static,
    /// Adaptive conformal inference.
    Adaptive,
}

/// Settings of intervals.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Share of runs that may lie outside.
    pub alpha: f64,
    /// Step of the adaptive miss rate.
    pub gamma: f64,
    /// Number of errors that an adaptive interval remembers.
    pub window: usize,
}

/// Performance of an interval.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Whether each run lay inside.
    pub covered: Vec<bool>,
    /// Half width at each run; infinite if no finite one has the nominal coverage.
    pub half_widths: Vec<f64>,
}

impl Kept {
    /// Share of runs inside; `None` without runs.
    pub fn coverage(&self) -> Option<f64> {
        let inside = self.covered.iter().filter(|c| **c).count();
        (!self.covered.is_empty()).then(|| inside as f64 / self.covered.len() as f64)
    }

    /// Mean width of the finite intervals.
    pub fn width(&self) -> Option<f64> {
        let finite: Vec<f64> =
            self.half_widths.iter().filter(|h| h.is_finite()).map(|h| 2.0 * h).collect();
        (!finite.is_empty()).then(|| finite.iter().sum::<f64>() / finite.len() as f64)
    }

    fn push(&mut self, error: f64, half_width: f64) {
        self.covered.push(error <= half_width);
        self.half_widths.push(half_width);
    }
}

/// Applies one bound from calibration errors to later errors; all errors are absolute.
pub fn fixed(calibration: &[f64], errors: &[f64], alpha: f64) -> Kept {
    let bound = conformal::bound(calibration, alpha).unwrap_or(f64::INFINITY);
    let mut kept = Kept::default();
    errors.iter().for_each(|error| kept.push(*error, bound));
    kept
}

/// Applies to each group the bound of the other groups' errors; `group` has the group of each
/// error.
pub fn by_group(errors: &[f64], group: &[usize], alpha: f64) -> Kept {
    let mut kept = Kept::default();
    let mut bounds: std::collections::BTreeMap<usize, f64> = std::collections::BTreeMap::new();
    for (error, own) in errors.iter().zip(group) {
        let bound = *bounds.entry(*own).or_insert_with(|| {
            let others = errors.iter().zip(group).filter(|(_, g)| *g != own).map(|(e, _)| *e);
            conformal::bound(&others.collect::<Vec<_>>(), alpha).unwrap_or(f64::INFINITY)
        });
        kept.push(*error, bound);
    }
    kept
}

/// Adaptive intervals over consecutive errors, each of which becomes known `delay` runs after its
/// run. Also returns the state after the last error.
pub fn adaptive(
    calibration: &[f64],
    errors: &[f64],
    settings: Settings,
    delay: usize,
) -> (Kept, Adaptive) {
    let mut state = Adaptive::new(settings.alpha, settings.gamma, settings.window, calibration);
    let mut kept = Kept::default();
    for t in 0..errors.len() {
        if let Some(known) = t.checked_sub(delay.max(1)) {
            state.learn(errors[known], kept.half_widths[known]);
        }
        kept.push(errors[t], state.bound());
    }
    let unknown = errors.len().saturating_sub(delay.max(1));
    for (error, half_width) in errors.iter().zip(&kept.half_widths).skip(unknown) {
        state.learn(*error, *half_width);
    }
    (kept, state)
}
