//! Jobs with known results, in the form that learners take.

use super::NamedJob;
use super::TrustError;
use super::targets::{NOVELTY_COLUMNS, TARGETS, class_name, job_key};
use libchar_core::{Fault, Faults};
use libchar_learn::Matrix;
use libchar_learn::surrogate::Target;
use libchar_learn::train::{Names, Rows};
use libchar_litho::learner::{self, NotExpressed, Regime};
use std::collections::BTreeSet;

/// Jobs whose results are known.
#[derive(Clone, Debug)]
pub struct Known {
    /// The jobs.
    pub jobs: Vec<NamedJob>,
    /// Results: one row per job, one column per target, in the order of `targets`.
    pub truth: Vec<Vec<f64>>,
    /// Names of the targets in the table.
    pub targets: Vec<&'static str>,
}

impl Known {
    /// The rows of `range` in the form that learners take.
    ///
    /// # Errors
    /// Jobs that the features cannot express, which cannot be learned from.
    pub fn rows(&self, range: std::ops::Range<usize>, names: &Names) -> Result<Rows, TrustError> {
        let mut faults = Vec::new();
        let (mut values, mut group, mut class) = (Vec::new(), Vec::new(), Vec::new());
        for named in &self.jobs[range.clone()] {
            match learner::row(&named.job) {
                Ok(found) => {
                    values.push(found.values);
                    group.push(found.regime as usize);
                    let own = class_name(&named.job);
                    // A class without training rows has no novelty test of its own, and its index
                    // is never used.
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

    /// The jobs with these indices, in the given order.
    pub fn select(&self, rows: &[usize]) -> Known {
        Known {
            jobs: rows.iter().map(|&i| self.jobs[i].clone()).collect(),
            truth: rows.iter().map(|&i| self.truth[i].clone()).collect(),
            targets: self.targets.clone(),
        }
    }

    /// Keys of the jobs, computed from their content and not from their names.
    pub fn keys(&self) -> Vec<String> {
        self.jobs.iter().map(|named| job_key(&named.job)).collect()
    }

    /// The jobs whose keys are not in `seen`.
    pub fn unseen(&self, seen: &BTreeSet<String>) -> Known {
        let keys = self.keys();
        self.select(&(0..keys.len()).filter(|&i| !seen.contains(&keys[i])).collect::<Vec<_>>())
    }

    /// Names of features, targets, regimes, and of the wavelengths in `range`.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::litho::known_table::read;
    use libchar_core::input::Source;

    fn known() -> Known {
        let text = "job_id,wavelength_nm,na,sigma_out,pitch_nm,cd_nm,dose_mj_cm2,nils\na,13.5,0.33,0.8,40,20,60,1\n\
                    b,13.5,0.33,0.8,44,22,60,2\nagain,13.5,0.33,0.8,40,20,60,3\n";
        let source = Source { name: "d.csv".to_owned(), bytes: text.as_bytes().to_vec() };
        read(&source, &[], &[]).unwrap()
    }

    #[test]
    fn jobs_are_chosen_with_their_results() {
        let chosen = known().select(&[2, 1]);
        assert_eq!(chosen.jobs.iter().map(|j| j.id.as_str()).collect::<Vec<_>>(), ["again", "b"]);
        assert_eq!(chosen.truth, [[3.0], [2.0]]);
    }

    #[test]
    fn a_job_is_seen_by_its_content_whatever_it_is_called() {
        let known = known();
        let keys = known.keys();
        assert!(keys[0] == keys[2] && keys[0] != keys[1]);
        let left = known.unseen(&BTreeSet::from([keys[0].clone()]));
        assert_eq!((left.jobs.len(), left.truth), (1, vec![vec![2.0]]));
        assert_eq!(known.unseen(&BTreeSet::new()).jobs.len(), 3);
    }
}
