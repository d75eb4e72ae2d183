//! JSON arrays of objects, and JSON lines.

use super::{Grid, Table};
use crate::fault::{Fault, Faults};
use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;

/// The members of an object, in the order of the input.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }
        input.deserialize_map(InOrder).map(Members)
    }
}

/// Whether a text is JSON lines: its second line with content starts an object of its own. A single
/// object counts too, unless it is a document with `rows`.
pub(super) fn is_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    match lines.next() {
        Some(second) => second.trim_start().starts_with('{') && first.trim_end().ends_with('}'),
        None => serde_json::from_str::<Members>(first)
            .is_ok_and(|object| object.0.iter().all(|(name, _)| name != "rows")),
    }
}

pub(super) fn parse(file: &str, text: &str) -> Result<Table, Faults> {
    let whole = |e: serde_json::Error| Fault::json(file, &e);
    let rows: Vec<&RawValue> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(whole)?
    } else {
        let document: Members = serde_json::from_str(text).map_err(whole)?;
        let rows = document.0.iter().rev().find(|(name, _)| name == "rows");
        let missing = || Fault::at(file, 1, 1, "no `rows` array in the document");
        let rows = rows.map(|(_, rows)| *rows).filter(|rows| rows.get().starts_with('['));
        serde_json::from_str(rows.ok_or_else(missing)?.get()).map_err(whole)?
    };
    let mut builder = Builder::new(file, text);
    for (i, row) in rows.into_iter().enumerate() {
        let offset = builder.offset(row.get());
        match serde_json::from_str(row.get()) {
            Ok(Members(members)) => builder.add(i + 1, offset, members),
            Err(_) => builder.refuse(i + 1, offset),
        }
    }
    builder.finish()
}

pub(super) fn parse_object(file: &str, text: &str) -> Result<Table, Faults> {
    let Members(members) = serde_json::from_str(text).map_err(|e| Fault::json(file, &e))?;
    let mut builder = Builder::new(file, text);
    builder.add(1, text.len() - text.trim_start().len(), members);
    builder.finish()
}

pub(super) fn parse_lines(file: &str, text: &str) -> Result<Table, Faults> {
    let mut builder = Builder::new(file, text);
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line = line.trim();
        let offset = builder.offset(line);
        match serde_json::from_str(line) {
            Ok(Members(members)) => builder.add(i + 1, offset, members),
            Err(e) if line.starts_with('{') => {
                builder.faults.push(Fault { line: i + 1, ..Fault::json(file, &e) });
            }
            Err(_) => builder.refuse(i + 1, offset),
        }
    }
    builder.finish()
}

/// A table that grows by objects; columns come in the order in which their names first appear.
struct Builder<'a> {
    file: &'a str,
    text: &'a str,
    columns: Vec<String>,
    places: HashMap<String, usize>,
    /// The offset of each object, and its values by column.
    rows: Vec<(usize, Vec<(usize, &'a RawValue)>)>,
    values: usize,
    faults: Vec<Fault>,
}

/// Empty cells that a table may have for each value, beyond the first million.
///
/// Objects that share no names fill a table as large as the square of their number.
const MOST_EMPTY: usize = 100;

impl<'a> Builder<'a> {
    fn new(file: &'a str, text: &'a str) -> Self {
        let (columns, places) = (Vec::new(), HashMap::new());
        Self { file, text, columns, places, rows: Vec::new(), values: 0, faults: Vec::new() }
    }

    /// The offset of a part of the input.
    fn offset(&self, part: &str) -> usize {
        part.as_ptr() as usize - self.text.as_ptr() as usize
    }

    fn refuse(&mut self, row: usize, offset: usize) {
        let found = format!("row {row} is not an object");
        self.faults.push(Fault::at_offset(self.file, self.text, offset, found));
    }

    fn add(&mut self, row: usize, offset: usize, members: Vec<(String, &'a RawValue)>) {
        let mut cells: Vec<(usize, &'a RawValue)> = Vec::with_capacity(members.len());
        self.values += members.len();
        for (name, value) in members {
            let next = self.columns.len();
            let place = *self.places.entry(name.clone()).or_insert(next);
            if place == next {
                self.columns.push(name.clone());
            }
            cells.push((place, value));
        }
        // The sort is stable: if a name stands twice, its last value counts, and every later one is
        // a fault.
        cells.sort_by_key(|(place, _)| *place);
        for pair in cells.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let (place, value) = pair[1];
            let found = format!("`{}` occurs twice in row {row}", self.columns[place]);
            let at = self.offset(value.get());
            self.faults.push(Fault::at_offset(self.file, self.text, at, found));
        }
        self.rows.push((offset, cells));
    }

    fn finish(self) -> Result<Table, Faults> {
        Grid::check(self.file, self.text, self.rows.len(), self.columns.len())?;
        let cells = self.rows.len().saturating_mul(self.columns.len());
        if cells > 1_000_000 + MOST_EMPTY * self.values {
            let (names, rows) = (self.columns.len(), self.rows.len());
            let found =
                format!("{rows} objects have {names} different names, of which they share few");
            return Err(Fault::of(self.file, found)
                .expected("rows of a table, with the same names")
                .into());
        }
        let mut grid =
            Grid { unescaped: Some(String::new()), rows_share_lines: true, ..Grid::default() };
        let (mut line, mut counted) = (1, 0);
        for (offset, cells) in &self.rows {
            line += self.text[counted..*offset].matches('\n').count();
            counted = *offset;
            grid.begin(line, *offset);
            let mut next = cells.iter().peekable();
            for column in 0..self.columns.len() {
                let mut value = None;
                while let Some((_, found)) = next.next_if(|(place, _)| *place == column) {
                    value = Some(*found);
                }
                grid.places.push(value.map_or(*offset, |value| self.offset(value.get())));
                match value.map_or("null", RawValue::get) {
                    "null" => grid.push(""),
                    string if string.starts_with('"') => {
                        grid.push(&serde_json::from_str::<String>(string).unwrap_or_default());
                    }
                    other => grid.push(other),
                }
            }
        }
        let Builder { file, text, columns, faults, .. } = self;
        let file = file.to_owned();
        let table =
            Table { file, columns, header_line: 1, grid, text: text.into(), units: Vec::new() };
        Faults::or(table, faults)
    }
}
