//! Reads measured data as the tools of all countries export them. What the file does not state is
//! stated by options or detected, and whatever was detected is reported in one line.

mod arrange;
mod dates;
mod dialect;
mod encoding;
mod layout;
mod numbers;
mod rows;
mod units;

pub use dates::check_format;
pub use dialect::{Dialect, ENCODINGS, character};

use super::{Header, Table, csv, json};
use crate::fault::Faults;
use crate::number::is_decimal;

/// A table of measured data, and notes on how it was read.
#[derive(Debug)]
pub struct Reading {
    /// The cells: numbers as plain decimals, dates of a known order as ISO 8601, everything else as
    /// it is in the file.
    pub table: Table,
    /// One sentence each, without the file's name; empty where nothing was guessed or left out.
    pub notes: Vec<String>,
}

/// Reads measured data: CSV and its relatives, JSON or JSON lines.
///
/// A line that begins with `#` is a comment before the header only: after it, `#12` is a name and `#N/A` an error.
/// What `dialect` leaves open is detected. If two readings are equally likely, the separator
/// decides, and a note names the option that chooses the other one.
///
/// # Errors
/// Bytes that are not text, ragged rows, columns without a name, a column whose numbers contradict
/// each other, a column of `dialect` that the table does not have.
pub fn read(
    file: &str,
    bytes: &[u8],
    header: Header,
    dialect: &Dialect,
) -> Result<Reading, Faults> {
    let decoded = encoding::decode(file, bytes, dialect.encoding)?;
    let text = decoded.text.as_ref();
    let mut notes = Vec::new();
    let mut table = match text.trim_start().as_bytes().first() {
        Some(b'[') => json::parse(file, text)?,
        Some(b'{') if !json::is_lines(text) => json::parse(file, text)?,
        Some(b'{') => json::parse_lines(file, text)?,
        _ => match clean(file, text, header, dialect) {
            Some(table) => table,
            None => messy(file, text, header, dialect, decoded.guess, &mut notes)?,
        },
    };
    if table.units.is_empty() {
        let names = table.columns.iter();
        table.units = names.map(|name| units::of_name(name).map(str::to_owned)).collect();
    }
    if let (Some(name), true) = (decoded.guess, notes.is_empty()) {
        notes.push(format!("is read with --encoding {name}"));
    }
    Ok(Reading { table, notes })
}

/// Reads a table of commas, names and plain decimals without copying its cells: by far the most
/// files are like that.
fn clean(file: &str, text: &str, header: Header, dialect: &Dialect) -> Option<Table> {
    if *dialect != (Dialect { encoding: dialect.encoding, ..Dialect::default() })
        || text.as_bytes().contains(&b'"')
    {
        return None;
    }
    let table = csv::parse_plain_data(file, text, header)?;
    let plain = (0..table.columns.len()).all(|column| is_plain(&table, column));
    let rows = 0..table.len();
    let is_empty =
        |row: usize| (0..table.columns.len()).all(|column| table.cell(row, column).is_empty());
    (plain && !rows.into_iter().any(is_empty) && !arrange::are_column_ids(&table.columns))
        .then_some(table)
}

/// Whether a column holds only plain numbers, or none and no cell that could be a number of another
/// country.
fn is_plain(table: &Table, column: usize) -> bool {
    let filled =
        (0..table.len()).map(|row| table.cell(row, column)).filter(|cell| !cell.is_empty());
    let mut kinds = filled.map(is_decimal);
    let Some(first) = kinds.next() else { return true };
    if kinds.any(|kind| kind != first) {
        return false;
    }
    let mut cells = (0..table.len()).map(|row| table.cell(row, column));
    first || !cells.any(|cell| numbers::is_like(cell) || dates::is_foreign(cell))
}

fn messy(
    file: &str,
    text: &str,
    header: Header,
    dialect: &Dialect,
    encoding: Option<&'static str>,
    notes: &mut Vec<String>,
) -> Result<Table, Faults> {
    let split = rows::split(file, text, dialect)?;
    let mut layout = arrange::arrange(file, split, header, dialect)?;
    let mut said = dialect::Said::default();
    said.option("--encoding", encoding);
    said.option("--separator", layout.separator_guess.map(dialect::separator_name));
    numbers::clean(file, text, &mut layout, dialect, &mut said)?;
    dates::clean(file, &mut layout, dialect, &mut said)?;
    layout.fill_down(file, dialect, &mut said)?;
    said.option("--header-row", layout.header_guess.map(|line| line.to_string()));
    said.option("--units-row", layout.units_guess.map(|line| line.to_string()));
    notes.extend(said.finish(&layout.left_out));
    super::Grid::check(file, text, layout.rows.len(), layout.columns.len())?;
    Ok(layout.into_table(file, text))
}

impl Table {
    /// Makes a table that owns its decoded text.
    fn of_text(file: &str, text: &str, columns: Vec<String>, header_line: usize) -> Table {
        let grid = super::Grid { unescaped: Some(String::new()), ..super::Grid::default() };
        let file = file.to_owned();
        Table { file, columns, header_line, grid, text: text.into(), units: Vec::new() }
    }
}

#[cfg(test)]
mod tests;
