//! Finds which rows of a file are names, units and data, and which are titles, messages and
//! footers.

use super::dialect::Dialect;
use super::layout::{Kind, Layout};
use super::rows::{Row, Split, by};
use super::{dates, numbers, units};
use crate::fault::{Fault, Faults};
use crate::table::Header;
use std::collections::BTreeMap;

/// Words that mark a row as a summary of the rows above it.
const SUMMARIES: [&str; 22] = [
    "mean",
    "average",
    "avg",
    "std",
    "stdev",
    "std dev",
    "stddev",
    "sigma",
    "3sigma",
    "min",
    "max",
    "range",
    "median",
    "total",
    "subtotal",
    "sum",
    "count",
    "summe",
    "mittelwert",
    "moyenne",
    "moy",
    "stdabw",
];

/// The number of cells by which a column is judged.
const SAMPLE: usize = 2000;

/// Whether names are the column numbers of a worksheet, which are in a row above the names that
/// people gave: `C1-T`, `C2`.
pub(super) fn are_column_ids(names: &[String]) -> bool {
    let is_id = |name: &String| {
        let rest = name.strip_prefix('C').unwrap_or_default();
        let digits = rest.trim_end_matches("-T").trim_end_matches("-D");
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    !names.is_empty() && names.iter().all(is_id)
}

/// Finds the table among the rows of a file.
///
/// # Errors
/// An empty table, a header or units line that the file does not have, missing or duplicate names,
/// and rows of data with another number of cells.
pub(super) fn arrange(
    file: &str,
    split: Split,
    header: Header,
    dialect: &Dialect,
) -> Result<Layout, Faults> {
    let mut left_out: BTreeMap<usize, &'static str> = BTreeMap::new();
    left_out.extend(split.statement.map(|line| (line, "sep=")));
    let mut rows = split.rows;
    let (named, first_data) = match header_place(file, &rows, header, dialect)? {
        Place::Names(at) => (true, at + 1),
        Place::Data(at) => (false, at),
    };
    let mut before = 0;
    for (index, row) in rows.iter().enumerate().take(first_data - usize::from(named)) {
        let starts = row.cells[0].text.starts_with('#');
        let names: Vec<String> = row.texts().take(row.filled_width()).map(str::to_owned).collect();
        let reason = match () {
            () if row.filled_width() == 0 => "blank",
            () if starts => "comment",
            () if are_column_ids(&names) && index + 2 == first_data => "column ids",
            () => "title",
        };
        before += usize::from(reason == "title" || reason == "column ids");
        left_out.insert(row.line, reason);
    }
    let data = rows.split_off(first_data.min(rows.len()));
    let header_row = if named { rows.pop() } else { None };
    let (columns, header_line) = match &header_row {
        Some(row) => (row.texts().map(str::to_owned).collect(), row.line),
        None => (bare_names(&data), data.first().map_or(1, |row| row.line)),
    };
    let mut layout = Layout {
        kinds: Vec::new(),
        units: vec![None; columns.len()],
        columns,
        rows: data,
        header_line,
        left_out,
        separator: split.separator,
        separator_guess: (!split.told && split.separator != ',').then_some(split.separator),
        header_guess: (before > 0 && dialect.header_row.is_none()).then_some(header_line),
        units_guess: None,
    };
    layout.drop_unnamed();
    let mut faults = name_faults(file, &layout);
    layout.kinds = (0..layout.columns.len()).map(|column| kind(&layout.rows, column)).collect();
    layout.take_units(file, dialect, &mut faults);
    layout.sort_out(file, header_row.is_some(), &mut faults);
    Faults::or(layout, faults)
}

/// Where a table begins.
enum Place {
    /// With a row of names, at this index.
    Names(usize),
    /// With data, at this index.
    Data(usize),
}

/// Finds the row of names, or the first row of bare numbers.
fn header_place(
    file: &str,
    rows: &[Row],
    header: Header,
    dialect: &Dialect,
) -> Result<Place, Faults> {
    if let Some(line) = dialect.header_row {
        let found = rows.iter().position(|row| row.line == line && row.filled_width() > 0);
        let missing = || Fault::of("--header-row", format!("line {line} of {file} holds no names"));
        return Ok(Place::Names(found.ok_or_else(missing)?));
    }
    let is_comment = |row: &Row| row.cells[0].text.starts_with('#');
    let mut filled = rows.iter().enumerate().filter(|(_, row)| row.filled_width() > 0);
    let Some((first, row)) = filled.clone().find(|(_, row)| !is_comment(row)) else {
        return Err(Fault::of(file, "the table is empty").into());
    };
    let is_number =
        |text: &str| numbers::is_like(text) || crate::number::parse_decimal(text).is_some();
    if matches!(header, Header::UnlessNumbers) && row.texts().all(is_number) {
        return Ok(Place::Data(first));
    }
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    filled.clone().for_each(|(_, row)| *widths.entry(row.filled_width()).or_default() += 1);
    let usual = widths
        .iter()
        .max_by_key(|(width, count)| (**count, **width))
        .map_or(1, |(width, _)| *width);
    let names = filled.find(|(index, row)| {
        let width = row.filled_width();
        let cells: Vec<&str> = row.texts().take(width).collect();
        *index >= first
            && width >= usual
            && cells
                .iter()
                .all(|cell| !cell.is_empty() && !is_number(cell) && !dates::is_like(cell))
    });
    let Some((mut at, row)) = names else { return Ok(Place::Names(first)) };
    let ids: Vec<String> = row.texts().take(row.filled_width()).map(str::to_owned).collect();
    if are_column_ids(&ids) {
        let next =
            rows[at + 1..].iter().position(|row| row.filled_width() > 0).map(|next| at + 1 + next);
        let are_names =
            |row: &Row| row.texts().take(row.filled_width()).all(|cell| !is_number(cell));
        at = next.filter(|next| are_names(&rows[*next])).unwrap_or(at);
    }
    Ok(Place::Names(at))
}

/// Names for columns without names: `x`, or `x1`, `x2` and so on.
fn bare_names(rows: &[Row]) -> Vec<String> {
    let width = rows.iter().find(|row| row.filled_width() > 0).map_or(0, |row| row.cells.len());
    match width {
        1 => vec!["x".to_owned()],
        _ => (1..=width).map(|i| format!("x{i}")).collect(),
    }
}

fn name_faults(file: &str, layout: &Layout) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (i, name) in layout.columns.iter().enumerate() {
        if name.is_empty() {
            faults.push(Fault::at(
                file,
                layout.header_line,
                0,
                format!("column {} has no name", i + 1),
            ));
        } else if layout.columns[..i].contains(name) {
            faults.push(Fault::at(
                file,
                layout.header_line,
                0,
                format!("duplicate column `{name}`"),
            ));
        }
    }
    faults
}

/// The kind of most cells of a column.
fn kind(rows: &[Row], column: usize) -> Kind {
    let cells = rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| cell.text.as_str());
    let (mut filled, mut numeric, mut dated) = (0, 0, 0);
    for cell in cells.filter(|cell| !cell.is_empty()).take(SAMPLE) {
        filled += 1;
        dated += usize::from(dates::is_like(cell));
        numeric +=
            usize::from(numbers::is_like(cell) || crate::number::parse_decimal(cell).is_some());
    }
    match () {
        () if filled > 0 && 2 * dated >= filled => Kind::Date,
        () if filled > 0 && 2 * numeric >= filled => Kind::Number,
        () => Kind::Text,
    }
}

impl Layout {
    /// Removes the row of units below the names from the data and stores it, if there is one.
    fn take_units(&mut self, file: &str, dialect: &Dialect, faults: &mut Vec<Fault>) {
        let at = match dialect.units_row {
            Some(line) => {
                let found = self.rows.iter().position(|row| row.line == line);
                if found.is_none() {
                    let what = format!("line {line} of {file} is not below the line of the names");
                    faults.push(Fault::of("--units-row", what));
                }
                found
            }
            None => self
                .rows
                .iter()
                .position(|row| row.filled_width() > 0)
                .filter(|at| self.is_units(*at)),
        };
        let Some(at) = at else { return };
        let row = self.rows.remove(at);
        for (unit, text) in self.units.iter_mut().zip(row.texts()) {
            *unit = (!text.is_empty()).then(|| text.to_owned());
        }
        self.left_out.insert(row.line, "units");
        self.units_guess = dialect.units_row.is_none().then_some(row.line);
        self.kinds = (0..self.columns.len()).map(|column| kind(&self.rows, column)).collect();
    }

    /// Whether a row is a row of units: all its cells are units, one of them is above a column of
    /// numbers, and one says more than `-`.
    fn is_units(&self, at: usize) -> bool {
        let cells = || self.rows[at].texts().enumerate().filter(|(_, cell)| !cell.is_empty());
        let over_numbers = |column: usize| kind(&self.rows[at + 1..], column) == Kind::Number;
        cells().any(|(_, cell)| !cell.starts_with('-'))
            && cells().all(|(column, cell)| units::is_unit(cell) && column < self.columns.len())
            && cells().any(|(column, _)| over_numbers(column))
    }

    /// Moves rows that are not data to those left out, and reports rows of data with another number
    /// of cells.
    fn sort_out(&mut self, file: &str, named: bool, faults: &mut Vec<Fault>) {
        let width = self.columns.len();
        let last_whole = self
            .rows
            .iter()
            .rposition(|row| row.cells.len() >= width && row.filled_width() > 1.min(width - 1));
        let units: Vec<String> =
            self.units.iter().map(|unit| unit.clone().unwrap_or_default()).collect();
        let has_units = self.units.iter().any(Option::is_some);
        let names: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let mut kept = Vec::with_capacity(self.rows.len());
        for (index, row) in std::mem::take(&mut self.rows).into_iter().enumerate() {
            let filled = row.filled_width();
            let starts_with = |cells: &[&str]| {
                row.texts().take(filled).eq(cells.iter().copied().take(filled))
                    && filled == cells.len()
            };
            let unit_cells: Vec<&str> = units.iter().map(String::as_str).collect();
            let reason = match () {
                () if filled == 0 => Some(if row.cells.len() > 1 { "empty" } else { "blank" }),
                () if named && starts_with(&names) => Some("repeated header"),
                () if has_units && row.texts().take(width).eq(unit_cells.iter().copied()) => {
                    Some("repeated units")
                }
                () if self.is_summary(&row) => Some("summary"),
                () if row.cells.len() == width || row.cells.len() > width && filled <= width => {
                    None
                }
                () if self.looks_like_data(&row) => {
                    let n = row.cells.len();
                    let cells = if n == 1 { "cell" } else { "cells" };
                    let what = format!("the row has {n} {cells}");
                    let mut fault = Fault::at(file, row.line, 0, what);
                    fault = fault.expected(format!("{width}: {}", names.join(", ")));
                    if self.separator_guess.is_some() {
                        let expected = fault.expected.take().unwrap_or_default();
                        fault = fault.expected(format!("{expected} ({})", by(self.separator)));
                    }
                    faults.push(fault);
                    continue;
                }
                () if last_whole.is_none_or(|last| index > last) => Some("footer"),
                () => Some("message"),
            };
            match reason {
                Some(reason) => drop(self.left_out.insert(row.line, reason)),
                None => kept.push(row),
            }
        }
        self.rows = kept;
    }

    /// Whether a row is a summary of others: it contains a word for that, and lacks a number in a
    /// column of numbers.
    fn is_summary(&self, row: &Row) -> bool {
        let word = |cell: &str| {
            SUMMARIES.contains(
                &cell.trim_start_matches(['#', ' ']).trim_end_matches(':').to_lowercase().as_str(),
            )
        };
        let lacks = |column: usize| {
            let cell = row.cells.get(column).map_or("", |cell| cell.text.as_str());
            self.kinds[column] == Kind::Number && (cell.is_empty() || word(cell))
        };
        row.texts().any(word) && (0..self.columns.len()).any(lacks)
    }

    /// Whether each cell is what its column holds, and one of them is a number or a date.
    fn looks_like_data(&self, row: &Row) -> bool {
        let fits = |(cell, kind): (&str, Kind)| match kind {
            _ if cell.is_empty() => true,
            Kind::Text => true,
            Kind::Number => numbers::is_like(cell) || crate::number::parse_decimal(cell).is_some(),
            Kind::Date => dates::is_like(cell),
        };
        let cells = || row.texts().zip(self.kinds.iter().copied());
        let says = |(cell, kind): (&str, Kind)| !cell.is_empty() && kind != Kind::Text;
        let typed = self.kinds.iter().any(|kind| *kind != Kind::Text);
        cells().all(fits) && (cells().any(says) || !typed || row.cells.len() > self.columns.len())
    }
}
