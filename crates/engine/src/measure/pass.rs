//! One analysis of ngspice's log: what it measured and printed, and which measures failed.

use super::printed::Column;
use std::collections::{BTreeMap, BTreeSet};

/// The output after a `Doing analysis` line, or that of several analyses that belong together.
#[derive(Default)]
pub struct Pass<'a> {
    pub headed: bool,
    pub temp_c: Option<f64>,
    pub found: Vec<Found<'a>>,
    pub columns: Vec<Column>,
    pub aborted: bool,
}

impl<'a> Pass<'a> {
    /// Names of what was measured or printed.
    pub fn names(&self) -> Vec<&str> {
        let columns = self.columns.iter().map(|column| column.name.as_str());
        let mut names: Vec<&str> =
            self.found.iter().map(|found| found.name.as_str()).chain(columns).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether nothing was measured or printed.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.columns.is_empty()
    }

    /// Whether this pass contains everything that another pass contains.
    pub fn contains(&self, other: &Pass<'_>) -> bool {
        let said: BTreeSet<_> = self.found.iter().map(|found| (&found.name, found.value)).collect();
        other.found.iter().all(|found| said.contains(&(&found.name, found.value)))
            && other.columns.iter().all(|column| self.columns.iter().any(|own| own.says(column)))
    }

    /// Adds the analysis that follows to this alter.
    pub fn take(&mut self, next: Pass<'a>) {
        if self.is_empty() {
            self.temp_c = next.temp_c;
        }
        self.found.extend(next.found);
        self.columns.extend(next.columns);
        self.aborted |= next.aborted;
    }
}

/// A line `name = value`.
pub struct Found<'a> {
    /// In lower case.
    pub name: String,
    pub value: &'a str,
    pub line: usize,
    /// Whether `.meas` printed it, and not `print` or `echo`.
    pub padded: bool,
    /// The window of the measure if it begins after its end: the simulation ended before the
    /// window.
    pub outside: Option<(f64, f64)>,
    /// The number of other values under the same name.
    pub others: usize,
    /// Why a printed vector is no measure.
    pub flaw: Option<&'static str>,
}

impl<'a> Found<'a> {
    /// A value under a name, with no further details.
    pub fn of(name: &str, value: &'a str, line: usize) -> Found<'a> {
        let name = name.to_ascii_lowercase();
        Found { name, value, line, padded: false, outside: None, others: 0, flaw: None }
    }
}

/// What ngspice prints about a measure that failed.
#[derive(Default)]
pub struct Failure {
    pub line: usize,
    pub reason: Option<String>,
    /// Lines `Error: measure`, and statements reported as failed: a failure prints one of each, or
    /// only one of the two.
    pub errors: usize,
    pub statements: usize,
}

impl Failure {
    /// How often it failed.
    pub fn times(&self) -> usize {
        self.errors.max(self.statements)
    }
}

/// Failures by the measure's name in lower case.
pub type Failures = BTreeMap<String, Failure>;
