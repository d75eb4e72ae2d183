//! Whether recent jobs and their predictions are like those of the training: the population
//! stability index of each column.

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
    /// Number of bins that are compared.
    pub bins: usize,
    /// Number of training jobs.
    pub reference_jobs: usize,
    /// Population stability index.
    pub psi: f64,
    /// Value that it exceeds by chance with the allowed probability.
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

    /// The index of a column that did not vary in training: two bins, for its value and for all
    /// others.
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

    /// Whether the column changed by more than chance allows.
    pub fn drifted(&self) -> bool {
        self.psi > self.critical
    }
}

/// The index of every parameter and every prediction. The level holds for all of them together with
/// `others` further tests (Bonferroni).
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
