//! The table of a file: its columns, its rows of data, and the lines that are not data.

use super::dialect::{Dialect, Said};
use super::rows::{Cell, Row};
use super::units;
use crate::fault::{Fault, Faults};
use crate::table::Table;
use std::collections::BTreeMap;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Date,
}

/// The table of a file, and the lines that do not belong to it.
#[derive(Debug)]
pub(super) struct Layout {
    pub columns: Vec<String>,
    pub kinds: Vec<Kind>,
    pub units: Vec<Option<String>>,
    pub rows: Vec<Row>,
    pub header_line: usize,
    /// Lines that are not data, with the reason.
    pub left_out: BTreeMap<usize, &'static str>,
    pub separator: char,
    /// The separator, if it was detected and not stated.
    pub separator_guess: Option<char>,
    pub header_guess: Option<usize>,
    pub units_guess: Option<usize>,
}

impl Layout {
    /// Drops columns at the end that have neither a name nor a cell: spreadsheets leave them
    /// behind.
    pub(super) fn drop_unnamed(&mut self) {
        let used = self.rows.iter().map(Row::filled_width).max().unwrap_or(0);
        while self.columns.len() > used.max(1) && self.columns.last().is_some_and(String::is_empty)
        {
            self.columns.pop();
        }
        self.units.truncate(self.columns.len());
    }

    /// The index of a column.
    pub fn column(&self, file: &str, name: &str) -> Result<usize, Fault> {
        self.columns.iter().position(|column| column == name).ok_or_else(|| {
            Fault::at(file, self.header_line, 1, format!("no column `{name}`"))
                .one_of(name, self.columns.iter().map(String::as_str))
        })
    }

    /// Fills the empty cells of columns with the cell above, and notes the first columns that look
    /// merged.
    pub fn fill_down(
        &mut self,
        file: &str,
        dialect: &Dialect,
        said: &mut Said,
    ) -> Result<(), Faults> {
        let (mut places, mut faults) = (Vec::new(), Vec::new());
        for name in &dialect.fill_down {
            match self.column(file, name) {
                Ok(place) => places.push(place),
                Err(fault) => faults.push(fault),
            }
        }
        Faults::or((), faults)?;
        for place in places {
            let mut above = String::new();
            for cell in self.rows.iter_mut().filter_map(|row| row.cells.get_mut(place)) {
                match cell.text.is_empty() {
                    true => cell.text.clone_from(&above),
                    false => above.clone_from(&cell.text),
                }
            }
        }
        let merged: Vec<(&str, usize)> = self.merged().collect();
        if let Some((_, empty)) = merged.first() {
            let names: Vec<&str> = merged.iter().map(|(name, _)| *name).collect();
            said.sentence(format!(
                "column `{}` has {empty} empty cells: --fill-down {} repeats the cell above them",
                names[0],
                names.join(",")
            ));
        }
        Ok(())
    }

    /// Columns of text at the left whose first row is filled and most others are not, as merged cells leave them.
    fn merged(&self) -> impl Iterator<Item = (&str, usize)> {
        let columns = self.columns.iter().enumerate();
        columns
            .take_while(|(column, _)| self.kinds[*column] == Kind::Text)
            .map(|(column, name)| {
                let empty =
                    |row: &&Row| row.cells.get(column).is_none_or(|cell| cell.text.is_empty());
                (column, name.as_str(), self.rows.iter().filter(empty).count())
            })
            .filter(|(column, _, empty)| {
                let first = self.rows.first().and_then(|row| row.cells.get(*column));
                2 * empty > self.rows.len() && first.is_some_and(|cell| !cell.text.is_empty())
            })
            .map(|(_, name, empty)| (name, empty))
    }

    /// The cells as a table.
    pub fn into_table(self, file: &str, text: &str) -> Table {
        let width = self.columns.len();
        let units = self.columns.iter().zip(self.units);
        let units = units
            .map(|(name, unit)| unit.or_else(|| units::of_name(name).map(str::to_owned)))
            .collect();
        let mut table = Table::of_text(file, text, self.columns, self.header_line);
        table.units = units;
        let empty = |offset| Cell { offset, text: String::new() };
        for row in self.rows {
            table.grid.begin(row.line, row.offset);
            let end = row.cells.last().map_or(row.offset, |cell| cell.offset);
            let cells = row.cells.into_iter().chain(std::iter::repeat_with(|| empty(end)));
            for cell in cells.take(width) {
                table.grid.places.push(cell.offset);
                table.grid.push(&cell.text);
            }
        }
        table.grid.rows_share_lines = false;
        table
    }
}
