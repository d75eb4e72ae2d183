//! Between the job contract and the learners: which results are targets, and what makes a job like another.

use libchar_core::hash;
use libchar_learn::Surrogate;
use libchar_learn::surrogate::Target;
use libchar_litho::Job;
use libchar_litho::exposure::nearest_wavelength_nm;
use libchar_litho::learner::{self, Regime};

/// What can be predicted: the columns of a training table, with their possible ranges.
pub const TARGETS: [(&str, f64, f64); 6] = [
    ("nils", 0.0, f64::INFINITY),
    ("el_pct", 0.0, f64::INFINITY),
    ("dof_nm", 0.0, f64::INFINITY),
    ("meef", f64::NEG_INFINITY, f64::INFINITY),
    ("ler3s_nm", 0.0, f64::INFINITY),
    ("yield_risk", 0.0, 1.0),
];

/// What decides whether a job is like the training jobs: numbers without units where there are any, so
/// that one cloud a wavelength holds them.
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

/// What must lie within the range of the training jobs one by one, beside the joint distance: numbers without units, and those
/// that no other stands for.
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

/// Each value of a row that lies beyond what the model was trained on, in words.
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

/// What makes a job the same job again, whatever it is called: the numbers that a learner sees of it, to ten digits.
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

/// Index of a job's class in a model; `None` for a wavelength that it was not trained on.
pub fn class_of(model: &Surrogate, job: &Job) -> Option<usize> {
    let own = class_name(job);
    model.classes().iter().position(|class| *class == own)
}

/// Why a model cannot be asked by this program, if it cannot: its features or regimes are others.
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
