//! Between the job contract and the learners: which columns are targets, and what a row of features is.

use super::job_table::{self, NamedJob};
use crate::context::Source;
use crate::exit::Usage;
use anyhow::Result;
use libchar_core::{Fault, Faults, Table, hash};
use libchar_learn::surrogate::Target;
use libchar_learn::train::{Names, Rows};
use libchar_learn::{Matrix, Surrogate};
use libchar_litho::Job;
use libchar_litho::exposure::nearest_wavelength_nm;
use libchar_litho::learner::{self, NotExpressed, Regime};

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
const NOVELTY_COLUMNS: [&str; 11] = [
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

/// Jobs whose results are known.
pub struct Known {
    pub jobs: Vec<NamedJob>,
    /// One row a job, one column a target, in the order of `targets`.
    pub truth: Vec<Vec<f64>>,
    /// Names of the targets that the table has.
    pub targets: Vec<&'static str>,
}

/// Reads jobs with their results: the contract's fields, and target columns. Columns that begin with
/// `true_` or stand in `ignore` are skipped.
///
/// # Errors
/// All faults of all rows at once.
pub fn read_known(source: &Source, wanted: &[String], ignore: &[String]) -> Result<Known> {
    let table = job_table::parse(source)?;
    let targets = choose_targets(&table, wanted)?;
    let skip = |column: &str| {
        column.starts_with("true_")
            || ignore.iter().any(|name| name == column)
            || TARGETS.iter().any(|(name, ..)| *name == column)
    };
    let (jobs, mut faults) = job_table::rows(&table, &[], skip);
    let mut truth = Vec::with_capacity(table.len());
    for row in 0..table.len() {
        let mut values = Vec::with_capacity(targets.len());
        for (name, column) in &targets {
            match table.number(row, *column) {
                Ok(value) => values.push(value),
                Err(fault) => faults.push(fault),
            }
            let (_, low, high) = TARGETS.iter().find(|t| t.0 == *name).expect("a known target");
            if let Some(value) = values.last().filter(|v| !(*low..=*high).contains(*v)) {
                let fault = table.fault(row, *column, format!("`{name}` is {value}"));
                faults.push(fault.expected(format!("a number from {low} to {high}")));
            }
        }
        truth.push(values);
    }
    let targets = targets.into_iter().map(|(name, _)| name).collect();
    Ok(Faults::or(Known { jobs, truth, targets }, faults)?)
}

fn choose_targets(table: &Table, wanted: &[String]) -> Result<Vec<(&'static str, usize)>> {
    if wanted.is_empty() {
        let all: Vec<_> = TARGETS
            .iter()
            .filter_map(|(name, ..)| Some((*name, table.find_column(name)?)))
            .collect();
        if all.is_empty() {
            let names: Vec<&str> = TARGETS.iter().map(|t| t.0).collect();
            let fault = Fault::at(&table.file, 1, 0, "no column with results");
            return Err(Faults::from(
                fault.expected(format!("one or more of: {}", names.join(", "))),
            )
            .into());
        }
        return Ok(all);
    }
    let mut faults = Vec::new();
    let mut chosen = Vec::new();
    for name in wanted {
        let Some((known, ..)) = TARGETS.iter().find(|t| t.0 == name) else {
            let fault = Fault::of("--targets", format!("unknown target `{name}`"));
            faults.push(fault.one_of(name, TARGETS.iter().map(|t| t.0)));
            continue;
        };
        match table.column(name) {
            Ok(column) => chosen.push((*known, column)),
            Err(fault) => faults.push(fault),
        }
    }
    Ok(Faults::or(chosen, faults)?)
}

impl Known {
    /// The rows of `range`, as the learners take them.
    ///
    /// # Errors
    /// Jobs that no feature expresses cannot be learned from.
    pub fn rows(&self, range: std::ops::Range<usize>, names: &Names) -> Result<Rows> {
        let mut faults = Vec::new();
        let (mut values, mut group, mut class) = (Vec::new(), Vec::new(), Vec::new());
        for named in &self.jobs[range.clone()] {
            match learner::row(&named.job) {
                Ok(found) => {
                    values.push(found.values);
                    group.push(found.regime as usize);
                    let own = class_name(&named.job);
                    // A class that the training rows lack has no test of its own; it is never asked.
                    class.push(names.classes.iter().position(|c| *c == own).unwrap_or(0));
                }
                Err(NotExpressed { field, what }) => {
                    let found = format!("`{field}` of {}: {what}", named.id);
                    faults.push(Fault::of("training rows", found).expected(
                        "a binary mask under a disc or a ring, with a dose, all else at its default",
                    ));
                }
            }
        }
        let rows = Rows {
            features: Matrix::from_rows(&values)?,
            targets: Matrix::from_rows(&self.truth[range])?,
            group,
            class,
        };
        Ok(Faults::or(rows, faults)?)
    }

    /// Names of features, targets, regimes, and of the wavelengths that `range` has.
    pub fn names(&self, range: std::ops::Range<usize>) -> Names {
        let mut classes: Vec<String> =
            self.jobs[range].iter().map(|named| class_name(&named.job)).collect();
        classes.sort();
        classes.dedup();
        let all: Vec<&str> = learner::names().collect();
        let column = |name: &&str| all.iter().position(|n| n == name).expect("a known feature");
        Names {
            outlier_columns: NOVELTY_COLUMNS.iter().map(column).collect(),
            features: all.iter().map(|name| (*name).to_owned()).collect(),
            targets: TARGETS
                .iter()
                .filter(|(name, ..)| self.targets.contains(name))
                .map(|&(name, low, high)| Target { name: name.to_owned(), low, high })
                .collect(),
            groups: Regime::ALL.iter().map(|regime| regime.name().to_owned()).collect(),
            classes,
        }
    }
}

/// The class of a job for the novelty test: its nominal wavelength.
fn class_name(job: &Job) -> String {
    format!("{} nm", nearest_wavelength_nm(job.optics.wavelength_nm))
}

/// Index of a job's class in a model; `None` for a wavelength that it was not trained on.
pub fn class_of(model: &Surrogate, job: &Job) -> Option<usize> {
    let own = class_name(job);
    model.classes().iter().position(|class| *class == own)
}

/// Refuses a model whose features or regimes are not those of this program.
pub fn check_fits(model: &Surrogate, name: &str) -> Result<()> {
    let regimes = Regime::ALL.iter().map(|regime| regime.name());
    let known = |target: &Target| TARGETS.iter().any(|(name, ..)| *name == target.name);
    if model.features().iter().eq(learner::names())
        && model.groups().iter().eq(regimes)
        && model.targets().all(known)
    {
        return Ok(());
    }
    let by_edges = model.features().iter().any(|name| name == "dof_units");
    let why = match by_edges {
        true => "it was trained when a process window counted doses that do not print one line",
        false => "its features are not those of this libchar",
    };
    let message = format!("{name}: {why}; train it again");
    Err(Usage(message).into())
}
