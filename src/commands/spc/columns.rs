//! Numeric columns of a table, with a fault for every cell that is not a finite number.

use anyhow::Result;
use clap::ValueEnum;
use libchar_core::{Fault, Faults, Table};

/// What to do with a cell that is empty or not a finite number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Na {
    /// Stop, and name every such cell
    Error,
    /// Leave the row out, and say how many there were
    Skip,
}

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

/// The column asked for, else the only one whose first cell is a number.
pub fn only_numeric(table: &Table, wanted: Option<&str>) -> Result<usize, Fault> {
    if let Some(name) = wanted {
        return table.column(name);
    }
    let numeric: Vec<usize> = (0..table.columns.len())
        .filter(|column| (0..table.len().min(1)).any(|row| table.number(row, *column).is_ok()))
        .collect();
    match numeric[..] {
        [column] => Ok(column),
        [] => Err(Fault::of(&table.file, "no column of numbers in the first row")),
        _ => {
            let names: Vec<&str> = numeric.iter().map(|c| table.columns[*c].as_str()).collect();
            let found = "several columns of numbers: choose one with `--column`";
            Err(Fault::of(&table.file, found).expected(format!("one of: {}", names.join(", "))))
        }
    }
}
