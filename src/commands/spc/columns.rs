//! Columns of numbers out of a table: every cell without a finite number is named, or left out where the user says so.

use libchar_core::number::parse_decimal;
use libchar_core::{Faults, Table};

/// What to do with a cell that holds no finite number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Na {
    /// Name every such cell and stop
    Error,
    /// Leave the row out, and list it
    Skip,
}

/// A cell that holds no number and was left out because the user said so.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Skipped {
    /// Line in the file.
    pub line: usize,
    /// The column's name.
    pub column: String,
    /// What stood there.
    pub found: String,
}

/// Columns of numbers, each with one value a row of the table.
#[derive(Debug)]
pub struct Numbers {
    /// Rows of the table.
    rows: usize,
    /// The values, column by column; NaN where a cell was skipped.
    pub values: Vec<Vec<f64>>,
    /// Cells that were skipped, row by row.
    pub skipped: Vec<Skipped>,
}

/// Rows whose numbers are all there.
pub struct Complete {
    /// Indices of the table's rows that are here, ascending.
    pub rows: Vec<usize>,
    /// One list of values a row.
    pub values: Vec<Vec<f64>>,
    /// Rows that were left out.
    pub skipped: usize,
}

/// Places of the named columns.
///
/// # Errors
/// Every name that the table does not have.
pub fn places(table: &Table, names: &[String]) -> Result<Vec<usize>, Faults> {
    let (found, missing): (Vec<_>, Vec<_>) =
        names.iter().map(|name| table.column(name)).partition(Result::is_ok);
    Faults::or(
        found.into_iter().flatten().collect(),
        missing.into_iter().filter_map(Result::err).collect(),
    )
}

/// Reads columns of a table as numbers.
///
/// # Errors
/// Every cell that holds no finite number, unless these are skipped.
pub fn numbers(table: &Table, columns: &[usize], na: Na) -> Result<Numbers, Faults> {
    let mut values = vec![Vec::with_capacity(table.len()); columns.len()];
    let mut skipped = Vec::new();
    let mut faults = Vec::new();
    for row in 0..table.len() {
        for (values, column) in values.iter_mut().zip(columns) {
            let cell = table.cell(row, *column);
            let value = parse_decimal(cell);
            if value.is_none() {
                match na {
                    Na::Skip => skipped.push(Skipped {
                        line: table.line(row),
                        column: table.columns[*column].clone(),
                        found: cell.to_owned(),
                    }),
                    Na::Error => faults.extend(table.number(row, *column).err().map(|fault| {
                        fault.expected("a finite number; `--na skip` leaves such rows out")
                    })),
                }
            }
            values.push(value.unwrap_or(f64::NAN));
        }
    }
    Faults::or(Numbers { rows: table.len(), values, skipped }, faults)
}

impl Numbers {
    /// The rows without a skipped cell.
    pub fn complete(self) -> Complete {
        let is_whole = |row: &usize| self.values.iter().all(|column| !column[*row].is_nan());
        let rows: Vec<usize> = (0..self.rows).filter(is_whole).collect();
        let values = rows
            .iter()
            .map(|row| self.values.iter().map(|column| column[*row]).collect())
            .collect();
        Complete { skipped: self.rows - rows.len(), rows, values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_cell_is_named_with_its_place() {
        let table = Table::parse("t.csv", b"lot,x\na,1\nb,\nc,nan\nd,inf\ne,1_0\n").unwrap();
        let error = numbers(&table, &[1], Na::Error).unwrap_err().to_string();
        assert_eq!(error.lines().next(), Some("t.csv:3:3: empty cell in column `x`"), "{error}");
        assert!(error.contains("t.csv:5:3: `inf` in column `x` is not a finite number"));
        assert_eq!(error.matches("expected a finite number").count(), 4);
        let kept = numbers(&table, &[1], Na::Skip).unwrap();
        assert_eq!((kept.skipped.len(), kept.values[0].len(), kept.skipped[0].line), (4, 5, 3));
        let complete = kept.complete();
        assert_eq!((complete.rows, complete.skipped), (vec![0], 4));
        assert_eq!(complete.values, [[1.0]]);
    }
}
