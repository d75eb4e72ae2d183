//! Whether recent jobs, and what is predicted of them, are like those of the training: population stability by column.

use libchar_learn::psi::{self, Bins, ZeroBins};
use libchar_learn::{LearnError, Surrogate};
use libchar_litho::learner::{PARAMETER_NAMES, Row};

/// The index of one column.
#[derive(Clone, Debug)]
pub struct Shift {
    /// The column.
    pub name: String,
    /// `feature` or `prediction`.
    pub kind: &'static str,
    /// Bins that are compared.
    pub bins: usize,
    /// Training jobs.
    pub reference_jobs: usize,
    /// Population stability index.
    pub psi: f64,
    /// What it exceeds by chance with the allowed probability only.
    pub critical: f64,
}

impl Shift {
    fn of(
        name: &str,
        kind: &'static str,
        bins: &Bins,
        constant: f64,
        window: &[f64],
        level: f64,
    ) -> Result<Shift, LearnError> {
        let reference_jobs = bins.reference_rows();
        if bins.is_empty() {
            return Self::from_constant(name, kind, (reference_jobs, constant), window, level);
        }
        Ok(Shift {
            name: name.to_owned(),
            kind,
            bins: bins.len(),
            reference_jobs,
            psi: bins.psi(window, ZeroBins::AddHalf)?,
            critical: psi::critical(bins.len(), window.len(), reference_jobs, level)?,
        })
    }

    /// A column that never varied in training: two bins, its value and all others.
    fn from_constant(
        name: &str,
        kind: &'static str,
        (reference_jobs, constant): (usize, f64),
        window: &[f64],
        level: f64,
    ) -> Result<Shift, LearnError> {
        let is_same = |v: &&f64| (**v - constant).abs() <= 1e-9 * constant.abs();
        let same = window.iter().filter(is_same).count() as u64;
        let counts = [same, window.len() as u64 - same];
        Ok(Shift {
            name: name.to_owned(),
            kind,
            bins: 2,
            reference_jobs,
            psi: psi::from_counts(&[reference_jobs as u64, 0], &counts, ZeroBins::AddHalf)?,
            critical: psi::critical(2, window.len(), reference_jobs, level)?,
        })
    }

    /// Whether it moved by more than chance allows.
    pub fn drifted(&self) -> bool {
        self.psi > self.critical
    }
}

/// Every parameter and every prediction; the level holds for all of them, together with `others` tests (Bonferroni).
///
/// # Errors
/// [`LearnError`] for a window without jobs.
pub fn shifts(
    model: &Surrogate,
    jobs: &[Row],
    level: f64,
    others: usize,
) -> Result<Vec<Shift>, LearnError> {
    let mut columns = Vec::new();
    for (j, name) in PARAMETER_NAMES.iter().enumerate() {
        let window: Vec<f64> = jobs.iter().map(|job| job.values[j]).collect();
        let constant = model.feature_ranges().nth(j).map_or(f64::NAN, |(low, _)| low);
        columns.push((*name, "feature", &model.feature_bins()[j], constant, window));
    }
    let predicted: Vec<_> = jobs
        .iter()
        .map(|job| model.predict(&job.values, job.regime as usize))
        .collect::<Result<_, LearnError>>()?;
    for (t, (target, bins)) in model.targets().zip(model.prediction_bins()).enumerate() {
        let window: Vec<f64> = predicted.iter().map(|p| p[t].value).collect();
        let own = bins.is_empty().then(|| window.first().copied()).flatten();
        columns.push((target.name.as_str(), "prediction", bins, own.unwrap_or(f64::NAN), window));
    }
    let each = 1.0 - (1.0 - level) / (columns.len() + others).max(1) as f64;
    columns
        .iter()
        .map(|(name, kind, bins, constant, window)| {
            Shift::of(name, kind, bins, *constant, window, each)
        })
        .collect()
}
