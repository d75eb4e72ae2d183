//! Columns of numbers out of a table: every cell without a finite number is reported, or left out
//! if the user asks for it.

use super::Table;
use crate::fault::{Fault, Faults};
use crate::number::parse_decimal;

/// What to do with a cell that holds no finite number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Na {
    /// Report every such cell and stop.
    Error,
    /// Leave the row out, and list it.
    Skip,
}

/// A cell that holds no number and was left out because the user asked for it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Skipped {
    /// Line in the file.
    pub line: usize,
    /// The column's name.
    pub column: String,
    /// The text of the cell.
    pub found: String,
}

/// Columns of numbers, each with one value for each row of the table.
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
    /// Indices of these rows in the table, ascending.
    pub rows: Vec<usize>,
    /// One list of values for each row.
    pub values: Vec<Vec<f64>>,
    /// Rows that were left out.
    pub skipped: usize,
}

/// Indices of the named columns.
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
                    Na::Skip if !has_thousands(cell) => skipped.push(Skipped {
                        line: table.line(row),
                        column: table.columns[*column].clone(),
                        found: cell.to_owned(),
                    }),
                    _ => faults.extend(table.number(row, *column).err().map(|fault| {
                        fault.expected(match has_thousands(cell) {
                            true => "a number without separators between thousands",
                            false => "a finite number; `--na skip` leaves such rows out",
                        })
                    })),
                }
            }
            values.push(value.unwrap_or(f64::NAN));
        }
    }
    Faults::or(Numbers { rows: table.len(), values, skipped }, faults)
}

/// Adds the blank lines of a one-column file as cells without a number, each at its place.
///
/// # Errors
/// Every such line, unless they are skipped.
pub fn insert_blank(
    table: &Table,
    numbers: &mut Numbers,
    lines: &mut Vec<usize>,
    blank: &[usize],
    na: Na,
) -> Result<(), Faults> {
    let column = &table.columns[0];
    if na == Na::Error {
        let faults = blank.iter().map(|line| {
            Fault::at(&table.file, *line, 0, format!("empty cell in column `{column}`"))
                .expected("a finite number; `--na skip` leaves such rows out")
        });
        return Faults::or((), faults.collect());
    }
    for line in blank {
        let at = lines.partition_point(|other| other < line);
        lines.insert(at, *line);
        numbers.values.iter_mut().for_each(|values| values.insert(at, f64::NAN));
        let place = numbers.skipped.partition_point(|skipped| skipped.line < *line);
        let skipped = Skipped { line: *line, column: column.clone(), found: String::new() };
        numbers.skipped.insert(place, skipped);
    }
    numbers.rows = lines.len();
    Ok(())
}

/// Names for a message: the first dozen, and how many more there are.
pub fn list(names: &[&str]) -> String {
    const MOST: usize = 12;
    match names.len() {
        0..=MOST => names.join(", "),
        n => format!("{} and {} more", names[..MOST].join(", "), n - MOST),
    }
}

/// Whether a cell is a number with separators between thousands, which skipping would silently lose.
fn has_thousands(cell: &str) -> bool {
    let digits = cell.trim_start_matches(['-', '+']);
    let whole = digits.split('.').next().unwrap_or_default();
    let mut groups = whole.split([',', '\'', ' ', '\u{a0}', '\u{202f}']);
    let first = groups.next().unwrap_or_default();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut more = groups.peekable();
    more.peek().is_some()
        && is_number(first)
        && first.len() <= 3
        && more.all(|group| group.len() == 3 && is_number(group))
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
