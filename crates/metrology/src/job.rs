//! The inputs of one computation, in the units that the method declares.

use crate::answer::{Refusal, misuse};
use crate::gum::Uncertain;
use crate::sheet::Sheet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A matrix of heights or grey levels, stored row by row.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    /// Number of columns.
    pub width: usize,
    /// All values.
    pub values: Vec<f64>,
}

impl Matrix {
    /// Number of rows.
    pub fn height(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// A value by row and column.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.width + column]
    }

    /// One row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.width..(row + 1) * self.width]
    }
}

/// The inputs of a computation.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// Names and values that distinguish this result from the others of a run: `sample=A3`.
    pub tags: Vec<(String, String)>,
    /// Numbers with their uncertainty.
    pub numbers: BTreeMap<&'static str, Uncertain>,
    /// Columns.
    pub columns: BTreeMap<&'static str, Vec<f64>>,
    /// Standard uncertainties of columns.
    pub column_u: BTreeMap<&'static str, Vec<f64>>,
    /// Families of columns, with their names in the file.
    pub families: BTreeMap<&'static str, Vec<(String, Vec<f64>)>>,
    /// Words and texts.
    pub words: BTreeMap<&'static str, String>,
    /// Columns of text.
    pub texts: BTreeMap<&'static str, Vec<String>>,
    /// Lists.
    pub lists: BTreeMap<&'static str, Vec<f64>>,
    /// Tables.
    pub tables: BTreeMap<&'static str, toml::Table>,
    /// Values that the method interprets itself.
    pub raw: BTreeMap<&'static str, toml::Value>,
    /// Further files that the setup refers to, by the name in the setup.
    pub files: Arc<BTreeMap<String, Sheet>>,
    /// The matrix.
    pub matrix: Matrix,
}

impl Job {
    /// A number that the method requires.
    ///
    /// # Errors
    /// A row without this number.
    pub fn get(&self, name: &'static str) -> Result<f64, Refusal> {
        self.opt(name).ok_or_else(|| Refusal::new(format!("`{name}` is not given")))
    }

    /// A number that may be absent.
    pub fn opt(&self, name: &'static str) -> Option<f64> {
        self.numbers.get(name).map(|number| number.value)
    }

    /// A column that the method requires; empty if the file has none.
    pub fn column(&self, name: &'static str) -> &[f64] {
        self.columns.get(name).map_or(&[], Vec::as_slice)
    }

    /// A column that may be absent.
    pub fn find_column(&self, name: &'static str) -> Option<&[f64]> {
        self.columns.get(name).map(Vec::as_slice)
    }

    /// Values for `n` rows: those of the column, or the number in the setup for every row; `None`
    /// if neither is given.
    pub fn series(&self, name: &'static str, n: usize) -> Option<Vec<f64>> {
        self.columns.get(name).cloned().or_else(|| self.opt(name).map(|value| vec![value; n]))
    }

    /// The standard uncertainties of a column, if they are given.
    pub fn u(&self, name: &'static str) -> Option<&[f64]> {
        self.column_u.get(name).map(Vec::as_slice)
    }

    /// A word of the setup.
    pub fn word(&self, name: &'static str) -> Option<&str> {
        self.words.get(name).map(String::as_str)
    }

    /// A list of two ascending numbers.
    ///
    /// # Errors
    /// A list of another length, or a range whose end is below its start.
    pub fn range(&self, name: &'static str) -> Result<Option<(f64, f64)>, Refusal> {
        match self.lists.get(name).map(Vec::as_slice) {
            None => Ok(None),
            Some(&[low, high]) if low < high => Ok(Some((low, high))),
            Some(other) => misuse(format!("`{name}` is {other:?}, expected two ascending numbers")),
        }
    }

    /// A copy in which one number has another value.
    pub fn with(&self, name: &'static str, value: f64) -> Job {
        let mut job = self.clone();
        if let Some(number) = job.numbers.get_mut(name) {
            number.value = value;
        }
        job
    }
}

/// The points in ascending order of `x`.
pub fn sorted(x: &[f64], y: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut pairs: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    pairs.into_iter().unzip()
}
