//! Splits text into rows of cells, by the separator that is stated or detected.

use super::dialect::{Dialect, separator_name};
use crate::fault::{Fault, Faults};
use std::collections::BTreeMap;

/// The separators that are tried if a file does not state its own; of equally good ones the first
/// wins.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// The number of rows by which a separator is judged.
const SAMPLE: usize = 200;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// Byte offset in the text.
    pub offset: usize,
    /// Its text without quotes and blanks around it.
    pub text: String,
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its first line, from 1.
    pub line: usize,
    /// Byte offset of its start in the text.
    pub offset: usize,
    pub cells: Vec<Cell>,
}

impl Row {
    /// Number of cells up to the last that is not empty.
    pub fn filled_width(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1)
    }

    /// The texts of the cells.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.text.as_str())
    }
}

/// The rows of a file, the blank ones among them.
#[derive(Debug)]
pub(super) struct Split {
    pub rows: Vec<Row>,
    /// What separates the cells.
    pub separator: char,
    /// Whether the file or the user stated the separator.
    pub told: bool,
    /// Line of the `sep=` statement of a spreadsheet.
    pub statement: Option<usize>,
}

/// Splits a text into rows.
///
/// # Errors
/// A quote that is never closed.
pub(super) fn split(file: &str, text: &str, dialect: &Dialect) -> Result<Split, Faults> {
    let stated = text.lines().next().and_then(|line| line.trim_end().strip_prefix("sep="));
    let stated = stated.and_then(|sign| sign.chars().next());
    let start = match stated {
        Some(_) => text.find('\n').map_or(text.len(), |end| end + 1),
        None => 0,
    };
    let told = dialect.separator.or(stated);
    let separator = told.unwrap_or_else(|| guess(&text[start..], dialect));
    let rows = parse(text, start, separator, usize::MAX);
    let rows = rows.map_err(|at| Fault::at_offset(file, text, at, "a quote is never closed"))?;
    Ok(Split { rows, separator, told: told.is_some(), statement: stated.map(|_| 1) })
}

/// The separator by which most rows have the same number of cells, two or more.
fn guess(text: &str, dialect: &Dialect) -> char {
    let mut best = (0, 0, None);
    for separator in SEPARATORS {
        if dialect.decimal == Some(separator) {
            continue;
        }
        let rows = parse(text, 0, separator, SAMPLE).unwrap_or_default();
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.filled_width() > 0) {
            *widths.entry(row.cells.len()).or_default() += 1;
        }
        // A separator counts only if more than half of the rows have the same width with it.
        let all: usize = widths.values().sum();
        let Some((&width, &count)) = widths.iter().max_by_key(|(width, count)| (**count, **width))
        else {
            continue;
        };
        let is_table = width > 1 && 2 * count > all;
        if is_table && (count, width) > (best.0, best.1) {
            best = (count, width, Some(separator));
        }
    }
    best.2.unwrap_or(if dialect.decimal == Some(',') { ';' } else { ',' })
}

/// The rows from `start` on; `Err` has the offset of a quote that is never closed.
fn parse(text: &str, start: usize, separator: char, most: usize) -> Result<Vec<Row>, usize> {
    let mut rows = Vec::new();
    let mut line = 1 + text[..start].matches('\n').count();
    let mut at = start;
    while at < text.len() && rows.len() < most {
        let (row, end) = row(text, at, line, separator)?;
        line += text[at..end].matches('\n').count();
        // Old machines ended lines by a carriage return alone.
        line += usize::from(!text[at..end].contains('\n') && text[at..end].ends_with('\r'));
        rows.push(row);
        at = end;
    }
    Ok(rows)
}

/// One row, and where the next one starts.
fn row(text: &str, start: usize, line: usize, separator: char) -> Result<(Row, usize), usize> {
    let mut row = Row { line, offset: start, cells: Vec::new() };
    let mut at = start;
    loop {
        let blanks = text[at..].find(|c: char| !(c == ' ' && c != separator)).unwrap_or(0);
        let quoted = text[at + blanks..].starts_with('"');
        let (cell, end) = match quoted {
            true => quoted_cell(text, at + blanks, separator)?,
            false => plain_cell(text, at, separator),
        };
        row.cells.push(cell);
        let rest = &text[end..];
        match rest.chars().next() {
            Some(c) if c == separator => at = end + c.len_utf8(),
            Some('\r') if rest.starts_with("\r\n") => return Ok((row, end + 2)),
            Some(_) => return Ok((row, end + 1)),
            None => return Ok((row, end)),
        }
    }
}

fn plain_cell(text: &str, start: usize, separator: char) -> (Cell, usize) {
    let length = text[start..].find([separator, '\n', '\r']);
    let end = length.map_or(text.len(), |length| start + length);
    let cell = &text[start..end];
    let offset = start + (cell.len() - cell.trim_start().len());
    (Cell { offset, text: cell.trim().to_owned() }, end)
}

fn quoted_cell(text: &str, start: usize, separator: char) -> Result<(Cell, usize), usize> {
    let mut content = String::new();
    let mut at = start + 1;
    loop {
        let length = text[at..].find('"').ok_or(start)?;
        content.push_str(&text[at..at + length]);
        at += length + 1;
        if !text[at..].starts_with('"') {
            break;
        }
        content.push('"');
        at += 1;
    }
    // What follows the quote up to the separator belongs to the cell, as spreadsheets read it.
    let (rest, end) = plain_cell(text, at, separator);
    content.push_str(&rest.text);
    Ok((Cell { offset: start, text: content.trim().to_owned() }, end))
}

/// The option that states the separator in use, for faults of the width.
pub(super) fn by(separator: char) -> String {
    format!("--separator {}", separator_name(separator))
}
