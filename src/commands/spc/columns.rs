//! Numeric columns of a table, with a fault for every cell that is not a finite number.

use super::input::Na;
use libchar_core::{Fault, Faults, Table};

/// Rows of numbers, one value for each of the columns asked for.
pub struct Numbers {
    /// Indices of the table's rows that are here, ascending.
    pub rows: Vec<usize>,
    /// One list of values a row.
    pub values: Vec<Vec<f64>>,
    /// Rows that were left out.
    pub skipped: usize,
}

/// Reads columns of a table as numbers.
pub fn numbers(table: &Table, columns: &[usize], na: Na) -> Result<Numbers, Faults> {
    let mut numbers = Numbers { rows: Vec::new(), values: Vec::new(), skipped: 0 };
    let mut faults = Vec::new();
    for row in 0..table.len() {
        let cells: Vec<Result<f64, Fault>> =
            columns.iter().map(|column| table.number(row, *column)).collect();
        if cells.iter().all(Result::is_ok) {
            numbers.rows.push(row);
            numbers.values.push(cells.into_iter().flatten().collect());
        } else if na == Na::Skip {
            numbers.skipped += 1;
        } else {
            faults.extend(
                cells.into_iter().filter_map(Result::err).map(|fault| {
                    fault.expected("a finite number; `--na skip` leaves such rows out")
                }),
            );
        }
    }
    Faults::or(numbers, faults)
}
