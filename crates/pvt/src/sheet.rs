//! What the tables of a domain have in common: an optional header, known columns, labels that name folders.

use crate::label;
use libchar_core::table::Header;
use libchar_core::{Fault, Faults, Table, number};

/// The columns of one kind of table.
pub(crate) struct Sheet {
    /// Columns in the order of a table without header.
    pub columns: &'static [&'static str],
    /// How many of them, from the first, are required.
    pub required: usize,
    /// Other names of the first column.
    pub aliases: &'static [&'static str],
}

/// The index of a column, if the table has it.
pub(crate) type Column = Option<usize>;

impl Sheet {
    /// Parses a table and finds the columns, in the order of `self.columns`.
    pub fn parse(&self, file: &str, bytes: &[u8]) -> Result<(Table, Vec<Column>), Faults> {
        let names: Vec<&str> = self.columns.iter().chain(self.aliases).copied().collect();
        // The aliases serve to find the header; a table without a header has no such columns.
        let mut table = Table::parse_csv_with(file, bytes, Header::Optional(&names))?;
        if let Some(separator) = other_separator(&table) {
            let found = format!("cells are separated by {separator}");
            let fault = Fault::at(file, table.header_line(), 0, found);
            return Err(fault.expected("commas between cells").into());
        }
        if table.columns == names {
            table.columns.truncate(self.columns.len());
        }
        if table.is_empty() {
            return Err(Fault::of(file, "the table has no rows").into());
        }
        let mut faults = Vec::new();
        for row in 0..table.len() {
            if !table.cell(row, self.columns.len()).is_empty() {
                let found = "the row has too many cells";
                let fault = table.fault(row, self.columns.len(), found);
                faults.push(fault.expected(self.columns.join(", ")));
            }
        }
        let place =
            |name: &str| table.columns.iter().position(|column| column.eq_ignore_ascii_case(name));
        let mut columns: Vec<Column> = self.columns.iter().map(|name| place(name)).collect();
        columns[0] = columns[0].or_else(|| self.aliases.iter().find_map(|name| place(name)));
        for (name, column) in self.columns.iter().zip(&columns).take(self.required) {
            if column.is_none() {
                let fault = Fault::at(file, table.header_line(), 1, format!("no column `{name}`"));
                faults.push(fault.one_of(name, table.columns.iter().map(String::as_str)));
            }
        }
        for (i, name) in table.columns.iter().enumerate() {
            if !columns.contains(&Some(i)) {
                let fault =
                    Fault::at(file, table.header_line(), 0, format!("unknown column `{name}`"));
                faults.push(fault.one_of(name, self.columns.iter().copied()));
            }
        }
        Faults::or((table, columns), faults)
    }
}

/// The separator of the cells if it is not a comma. The first cell is a name, which cannot contain
/// a separator.
fn other_separator(table: &Table) -> Option<&'static str> {
    let names = (0..table.len()).map(|row| table.cell(row, 0));
    names.chain(table.columns.first().map(String::as_str)).find_map(|cell| match cell {
        cell if cell.contains('\t') => Some("tabs"),
        cell if cell.contains(';') => Some("`;`"),
        _ => None,
    })
}

/// The rows of a table whose cells are read one by one, with the faults found so far.
pub(crate) struct Rows<'a> {
    sheet: &'a Sheet,
    pub table: &'a Table,
    pub columns: &'a [Column],
    pub faults: Vec<Fault>,
}

impl<'a> Rows<'a> {
    pub fn new(sheet: &'a Sheet, table: &'a Table, columns: &'a [Column]) -> Rows<'a> {
        Rows { sheet, table, columns, faults: Vec::new() }
    }

    /// The text of a cell; empty if the table lacks the column.
    pub fn text(&self, row: usize, column: usize) -> &'a str {
        self.columns[column].map_or("", |column| self.table.cell(row, column))
    }

    /// Adds a fault at a cell, or at the first cell of the row if the table lacks the column.
    pub fn reject(&mut self, row: usize, column: usize, found: impl Into<String>, expected: &str) {
        let fault = self.table.fault(row, self.columns[column].unwrap_or(0), found);
        self.faults.push(fault.expected(expected));
    }

    /// Adds a fault that shows the text of a cell, or one of the names in it.
    pub fn reject_text(&mut self, row: usize, column: usize, text: &str, expected: &str) {
        let name = self.sheet.columns[column];
        let found = match text {
            "" => format!("empty cell in column `{name}`"),
            text => format!("{text:?} in column `{name}`"),
        };
        self.reject(row, column, found, expected);
    }

    /// The number in a cell; `default` replaces an empty cell.
    pub fn number(
        &mut self,
        row: usize,
        column: usize,
        default: &str,
        expected: &str,
    ) -> Option<f64> {
        let text = match self.text(row, column) {
            "" => default,
            text => text,
        };
        let value = number::parse_spice(text);
        if value.is_none() {
            let name = self.sheet.columns[column];
            let found = match text {
                "" => format!("empty cell in column `{name}`"),
                text => format!("`{text}` in column `{name}` is not a number"),
            };
            self.reject(row, column, found, expected);
        }
        value
    }
}

/// The label in a cell; adds a fault if it is not valid.
pub(crate) fn label(table: &Table, row: usize, column: Column, faults: &mut Vec<Fault>) -> String {
    let Some(column) = column else { return String::new() };
    let cell = table.cell(row, column);
    if !label::is_valid(cell) {
        let found = match cell {
            "" => format!("empty cell in column `{}`", table.columns[column]),
            cell => format!("{cell:?} in column `{}`", table.columns[column]),
        };
        faults.push(table.fault(row, column, found).expected(label::EXPECTED));
    }
    cell.to_owned()
}

/// Adds a fault for each label that differs from an earlier one by case only: on some file systems both are one folder.
pub(crate) fn case_faults<'a>(
    table: &Table,
    column: Column,
    labels: impl Iterator<Item = &'a str>,
    faults: &mut Vec<Fault>,
) {
    let mut seen: Vec<&str> = Vec::new();
    for (row, label) in labels.enumerate() {
        match seen.iter().find(|other| other.eq_ignore_ascii_case(label)) {
            Some(other) if *other != label => {
                let found = format!("`{label}` differs from `{other}` by case only");
                faults.push(table.fault(row, column.unwrap_or(0), found));
            }
            Some(_) => {}
            None => seen.push(label),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sheet;

    #[test]
    fn a_fault_of_the_header_stands_where_the_header_does() {
        let sheet = Sheet { columns: &["corner", "nmos", "pmos"], required: 3, aliases: &[] };
        let text = b"# my corners\n\ncorner,nmos,pmox\nTT,0,0\n";
        let faults = sheet.parse("t.csv", text).unwrap_err().to_string();
        assert!(faults.contains("t.csv:3:1: no column `pmos`"), "{faults}");
        assert!(faults.contains("t.csv:3: unknown column `pmox`"), "{faults}");
    }

    #[test]
    fn another_separator_is_named() {
        let sheet = Sheet { columns: &["corner", "nmos"], required: 2, aliases: &[] };
        let told = |text: &str| sheet.parse("t.csv", text.as_bytes()).unwrap_err().to_string();
        assert!(told("TT\t0\n").contains("tabs"), "{}", told("TT\t0\n"));
        assert!(told("TT;0\n").contains("`;`"), "{}", told("TT;0\n"));
    }
}
