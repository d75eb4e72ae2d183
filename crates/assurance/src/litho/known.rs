//! Jobs whose results are known, as the learners take them.

use super::NamedJob;
use super::TrustError;
use super::targets::{NOVELTY_COLUMNS, TARGETS, class_name};
use libchar_core::{Fault, Faults};
use libchar_learn::Matrix;
use libchar_learn::surrogate::Target;
use libchar_learn::train::{Names, Rows};
use libchar_litho::learner::{self, NotExpressed, Regime};

/// Jobs whose results are known.
#[derive(Clone, Debug)]
pub struct Known {
    /// The jobs.
    pub jobs: Vec<NamedJob>,
    /// One row a job, one column a target, in the order of `targets`.
    pub truth: Vec<Vec<f64>>,
    /// Names of the targets that the table has.
    pub targets: Vec<&'static str>,
}

impl Known {
    /// The rows of `range`, as the learners take them.
    ///
    /// # Errors
    /// Jobs that no feature expresses cannot be learned from.
    pub fn rows(&self, range: std::ops::Range<usize>, names: &Names) -> Result<Rows, TrustError> {
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
