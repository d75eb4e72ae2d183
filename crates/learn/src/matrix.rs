//! A dense table of numbers, with one row per observation.

use crate::LearnError;

/// Row-major matrix.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    cols: usize,
    data: Vec<f64>,
}

impl Matrix {
    /// Matrix from rows of equal length.
    ///
    /// # Errors
    /// [`LearnError::Shape`] when a row's length differs from the first row's.
    pub fn from_rows<R: AsRef<[f64]>>(rows: &[R]) -> Result<Self, LearnError> {
        let cols = rows.first().map_or(0, |row| row.as_ref().len());
        let mut data = Vec::with_capacity(rows.len() * cols);
        for row in rows {
            let row = row.as_ref();
            if row.len() != cols {
                return Err(LearnError::Shape { what: "row", expected: cols, found: row.len() });
            }
            data.extend_from_slice(row);
        }
        Ok(Matrix { cols, data })
    }

    pub(crate) fn from_parts(cols: usize, data: Vec<f64>) -> Self {
        debug_assert!(cols > 0 && data.len().is_multiple_of(cols) || data.is_empty());
        Matrix { cols, data }
    }

    pub(crate) fn zeros(rows: usize, cols: usize) -> Self {
        Matrix { cols, data: vec![0.0; rows * cols] }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.data.len().checked_div(self.cols).unwrap_or(0)
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// One row.
    pub fn row(&self, i: usize) -> &[f64] {
        &self.data[i * self.cols..(i + 1) * self.cols]
    }

    pub(crate) fn row_mut(&mut self, i: usize) -> &mut [f64] {
        &mut self.data[i * self.cols..(i + 1) * self.cols]
    }

    /// All rows, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        self.data.chunks_exact(self.cols.max(1))
    }

    /// All values, row after row.
    pub fn as_slice(&self) -> &[f64] {
        &self.data
    }

    /// One column, copied.
    pub fn column(&self, j: usize) -> Vec<f64> {
        self.iter().map(|row| row[j]).collect()
    }

    /// The rows at the given indices, in the given order.
    pub fn select(&self, rows: &[usize]) -> Matrix {
        let data = rows.iter().flat_map(|&i| self.row(i)).copied().collect();
        Matrix { cols: self.cols, data }
    }

    /// Fails at the first value that is NaN or infinite; `names` are the names of the columns.
    ///
    /// # Errors
    /// [`LearnError::NotFinite`], or [`LearnError::Shape`] if the number of names differs from the
    /// number of columns.
    pub fn check_finite(&self, names: &[String]) -> Result<(), LearnError> {
        if names.len() != self.cols {
            return Err(LearnError::Shape {
                what: "column names",
                expected: self.cols,
                found: names.len(),
            });
        }
        for (row, values) in self.iter().enumerate() {
            for (name, &value) in names.iter().zip(values) {
                if !value.is_finite() {
                    return Err(LearnError::NotFinite { what: name.clone(), row, value });
                }
            }
        }
        Ok(())
    }
}
