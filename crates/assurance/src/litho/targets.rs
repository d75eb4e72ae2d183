//! Connects the job contract with the learners: which results are targets, and which columns decide
//! whether jobs are alike.

use libchar_core::hash;
use libchar_learn::Surrogate;
use libchar_learn::surrogate::Target;
use libchar_litho::Job;
use libchar_litho::exposure::nearest_wavelength_nm;
use libchar_litho::learner::{self, Regime};

/// The results that can be predicted: the columns of a training table, with their possible ranges.
pub const TARGETS: [(&str, f64, f64); 6] = [
    ("nils", 0.0, f64::INFINITY),
    ("el_pct", 0.0, f64::INFINITY),
    ("dof_nm", 0.0, f64::INFINITY),
    ("meef", f64::NEG_INFINITY, f64::INFINITY),
    ("ler3s_nm", 0.0, f64::INFINITY),
    ("yield_risk", 0.0, 1.0),
];

/// Columns by which a job is compared with the training jobs: dimensionless ones where possible, so
/// that the jobs of one wavelength form a single cloud.
pub const NOVELTY_COLUMNS: [&str; 11] = [
    "na",
    "sigma_in",
    "sigma_out",
    "k1",
    "pitch_na",
    "bias_share",
    "dose_mj_cm2",
    "dose_sigma_pct",
    "resist_thickness_nm",
    "blur_damping",
    "focus_sigma_units",
];

/// Columns that must each lie within the range of the training jobs, in addition to the joint
/// distance: dimensionless ones, and those that no other column represents.
pub const RANGE_COLUMNS: [&str; 15] = [
    "na",
    "sigma_in",
    "sigma_out",
    "k1",
    "pitch_na",
    "duty",
    "bias_share",
    "dose_mj_cm2",
    "dose_sigma_pct",
    "resist_thickness_nm",
    "blur_damping",
    "blur_units",
    "focus_sigma_units",
    "resist_depth_units",
    "immersion",
];

/// Share of a training range by which a value may lie beyond it.
const MARGIN: f64 = 0.05;

/// Each value of a row that lies beyond the training range of the model, as text.
pub fn beyond_ranges(model: &Surrogate, values: &[f64]) -> Vec<String> {
    let rows = model.features().iter().zip(model.feature_ranges()).zip(values);
    rows.filter(|((name, _), _)| RANGE_COLUMNS.contains(&name.as_str()))
        .filter_map(|((name, (low, high)), value)| {
            let slack = MARGIN * (high - low) + 1e-9 * low.abs().max(high.abs());
            let inside = (low - slack..=high + slack).contains(value);
            (!inside).then(|| format!("{name}: {value:.4}, trained from {low:.4} to {high:.4}"))
        })
        .collect()
}

/// The key by which jobs are recognized as equal, whatever their names: the learner's numbers, to
/// ten digits.
pub fn job_key(job: &Job) -> String {
    let content = match learner::row(job) {
        Ok(row) => row.values.iter().map(|v| format!("{v:.9e}")).collect::<Vec<_>>().join(","),
        Err(_) => format!("{job:?}"),
    };
    hash::sha256(content.as_bytes())[..16].to_owned()
}

/// The class of a job for the novelty test: its nominal wavelength.
pub(super) fn class_name(job: &Job) -> String {
    format!("{} nm", nearest_wavelength_nm(job.optics.wavelength_nm))
}

/// Index of a job's class in a model; `None` for a wavelength without training jobs.
pub fn class_of(model: &Surrogate, job: &Job) -> Option<usize> {
    let own = class_name(job);
    model.classes().iter().position(|class| *class == own)
}

/// Why this program cannot use a model, if it cannot: its features or regimes differ.
pub fn misfit(model: &Surrogate) -> Option<&'static str> {
    let regimes = Regime::ALL.iter().map(|regime| regime.name());
    let known = |target: &Target| TARGETS.iter().any(|(name, ..)| *name == target.name);
    if model.features().iter().eq(learner::names())
        && model.groups().iter().eq(regimes)
        && model.targets().all(known)
    {
        return None;
    }
    let by_edges = model.features().iter().any(|name| name == "dof_units");
    Some(match by_edges {
        true => "it was trained when a process window counted doses that do not print one line",
        false => "its features are not those of this libchar",
    })
}
