//! Runs with their features and their measured target.

use libchar_learn::Matrix;

/// Runs in the order of time.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// Names of the features.
    pub names: Vec<String>,
    /// One row per run, one column per feature.
    pub x: Matrix,
    /// Measured target of each run.
    pub y: Vec<f64>,
    /// Group of each run, an index into `groups`; all 0 where there are none.
    pub group: Vec<usize>,
    /// Names of the groups in the order of their first run; empty where there are none.
    pub groups: Vec<String>,
    /// Position of each run within its group, or the column that the user names for it.
    pub order: Vec<f64>,
}

impl Data {
    /// Number of runs.
    pub fn len(&self) -> usize {
        self.y.len()
    }

    /// Whether there are no runs.
    pub fn is_empty(&self) -> bool {
        self.y.is_empty()
    }

    /// Whether runs have groups.
    pub fn has_groups(&self) -> bool {
        !self.groups.is_empty()
    }

    /// The measured target of the given runs.
    pub fn truth(&self, rows: &[usize]) -> Vec<f64> {
        rows.iter().map(|&i| self.y[i]).collect()
    }
}
