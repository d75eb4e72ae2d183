//! Rows that a command prints: one frame, written as a table for people, CSV, JSON or JSON lines.

use crate::fault::escape;
use crate::number;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// How a frame is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Aligned columns for people.
    Table,
    /// CSV with a header.
    #[default]
    Csv,
    /// One JSON document with `schema` and `rows`.
    Json,
    /// One JSON object on each line.
    Jsonl,
}

/// One value of a frame.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing: an empty cell in CSV, null in JSON, `-` in a table.
    Null,
    /// Text.
    Text(String),
    /// A number; NaN and infinities are written as [`Cell::Null`].
    Number(f64),
    /// A count or an index.
    Integer(i64),
    /// A truth value.
    Bool(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}
impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        // The sum of an empty list is -0.0, which no reader expects; adding 0 removes the sign.
        if value.is_finite() { Cell::Number(value + 0.0) } else { Cell::Null }
    }
}
impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Cell::Integer(value)
    }
}
impl From<usize> for Cell {
    fn from(value: usize) -> Self {
        Cell::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }
}
impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Cell::Bool(value)
    }
}
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Null, Into::into)
    }
}

impl Cell {
    fn csv(&self) -> String {
        match self {
            Cell::Null => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(value) => number::shortest(*value),
            Cell::Integer(value) => value.to_string(),
            Cell::Bool(value) => value.to_string(),
        }
    }

    fn human(&self) -> String {
        match self {
            Cell::Null => "-".to_owned(),
            Cell::Number(value) => number::significant(*value, 6),
            // Control characters would act on the terminal.
            Cell::Text(text) => escape(text).into_owned(),
            other => other.csv(),
        }
    }

    /// The value as JSON.
    pub fn json(&self) -> Value {
        match self {
            Cell::Null => Value::Null,
            Cell::Text(text) => json!(text),
            Cell::Number(value) => json!(value),
            Cell::Integer(value) => json!(value),
            Cell::Bool(value) => json!(value),
        }
    }

    fn is_numeric(&self) -> bool {
        matches!(self, Cell::Number(_) | Cell::Integer(_))
    }
}

/// A column's name, and the function that returns an item's cell in it.
pub type Column<'a, T> = (&'a str, fn(&T) -> Cell);

/// Named columns and rows of cells.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Name and version of the JSON schema of the document, such as `("libchar.points", 1)`.
    schema: (&'static str, u32),
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Frame {
    /// An empty frame.
    pub fn new<S: Into<String>>(
        schema: &'static str,
        version: u32,
        columns: impl IntoIterator<Item = S>,
    ) -> Frame {
        let columns = columns.into_iter().map(Into::into).collect();
        Frame { schema: (schema, version), columns, rows: Vec::new() }
    }

    /// A frame with one row for each item.
    pub fn of<T>(
        schema: &'static str,
        version: u32,
        items: &[T],
        columns: &[Column<'_, T>],
    ) -> Frame {
        let mut frame = Frame::new(schema, version, columns.iter().map(|(name, _)| *name));
        for item in items {
            frame.push(columns.iter().map(|(_, cell)| cell(item)).collect());
        }
        frame
    }

    /// Adds a row, which has one cell for each column.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a row has one cell per column");
        self.rows.push(row);
    }

    /// Returns the frame with texts that no spreadsheet takes for a formula: a text that begins
    /// like one gets an apostrophe in front.
    pub fn with_safe_cells(mut self) -> Frame {
        for column in &mut self.columns {
            *column = safe(column);
        }
        for cell in self.rows.iter_mut().flatten() {
            if let Cell::Text(text) = cell {
                *text = safe(text);
            }
        }
        self
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the frame.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Table => self.write_table(out),
            Format::Csv => self.write_csv(out),
            Format::Json => write_json(out, &self.document()),
            Format::Jsonl => {
                for row in &self.rows {
                    serde_json::to_writer(&mut *out, &self.object(row))?;
                    out.write_all(b"\n")?;
                }
                Ok(())
            }
        }
    }

    /// The frame as CSV text.
    pub fn to_csv(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing to memory cannot fail.
        let _ = self.write_csv(&mut bytes);
        bytes
    }

    /// The frame as the JSON document that [`Frame::write`] writes.
    pub fn document(&self) -> Value {
        let rows: Vec<Value> = self.rows.iter().map(|row| self.object(row)).collect();
        document(self.schema.0, self.schema.1, json!({ "rows": rows }))
    }

    fn object(&self, row: &[Cell]) -> Value {
        let members = self.columns.iter().zip(row).map(|(name, cell)| (name.clone(), cell.json()));
        Value::Object(members.collect::<Map<_, _>>())
    }

    fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(&self.columns).map_err(io_error)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Cell::csv)).map_err(io_error)?;
        }
        writer.flush()
    }

    fn write_table(&self, out: &mut dyn Write) -> io::Result<()> {
        let rows: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(Cell::human).collect()).collect();
        let layout: Vec<(usize, bool)> = (0..self.columns.len())
            .map(|i| {
                let cells = rows.iter().map(|row| row[i].chars().count());
                let width = cells.max().unwrap_or(0).max(escape(&self.columns[i]).chars().count());
                (width, self.rows.iter().any(|row| row[i].is_numeric()))
            })
            .collect();
        let columns: Vec<String> = self.columns.iter().map(|c| escape(c).into_owned()).collect();
        for row in std::iter::once(&columns).chain(&rows) {
            let mut line = String::new();
            for (text, (width, right)) in row.iter().zip(&layout) {
                let padding = " ".repeat(width - text.chars().count());
                let cell = if *right { padding + text } else { text.clone() + &padding };
                line.push_str(&cell);
                line.push_str("  ");
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

fn safe(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// A JSON document: `schema` first, then the members of `body`, an object. No number is -0.0.
pub fn document(schema: &str, version: u32, mut body: Value) -> Value {
    without_negative_zeros(&mut body);
    let mut document = Map::new();
    document.insert("schema".to_owned(), json!({ "name": schema, "version": version }));
    if let Value::Object(members) = body {
        document.extend(members);
    }
    Value::Object(document)
}

fn without_negative_zeros(value: &mut Value) {
    match value {
        Value::Number(number) if number.as_f64() == Some(0.0) && number.is_f64() => {
            *value = json!(0.0)
        }
        Value::Array(list) => list.iter_mut().for_each(without_negative_zeros),
        Value::Object(members) => members.values_mut().for_each(without_negative_zeros),
        _ => {}
    }
}

/// Writes a JSON document, indented, with a final newline.
pub fn write_json(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Unwraps the error of the underlying writer, which the csv crate hides; its kind tells a closed
/// pipe from a full disk.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Format, Frame};

    fn frame() -> Frame {
        let mut frame = Frame::new("libchar.test", 1, ["point", "tphl_s", "n"]);
        frame.push(vec!["TT/typical".into(), 2.4e-10.into(), 3usize.into()]);
        frame.push(vec!["=cmd, \"x\"".into(), Cell::Null, 12usize.into()]);
        frame
    }

    fn written(format: Format) -> String {
        let mut bytes = Vec::new();
        frame().write(format, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_sum_of_nothing_has_no_sign() {
        let nothing: f64 = [].iter().sum::<f64>();
        let found =
            super::document("a", 1, serde_json::json!({ "x": [{ "y": nothing }, -0.0, 0, 1.5] }));
        assert_eq!(found["x"].to_string(), r#"[{"y":0.0},0.0,0,1.5]"#);
        assert_eq!(Cell::from(-0.0), Cell::Number(0.0));
        assert!(matches!(Cell::from(-0.0), Cell::Number(zero) if zero.is_sign_positive()));
    }

    #[test]
    fn a_row_an_item() {
        let items = [("TT", 1.5), ("FF", 2.5)];
        let frame = Frame::of(
            "libchar.test",
            1,
            &items,
            &[("corner", |i| i.0.into()), ("tphl_s", |i| i.1.into())],
        );
        assert_eq!(frame.to_csv(), b"corner,tphl_s\nTT,1.5\nFF,2.5\n");
    }

    #[test]
    fn a_terminal_gets_no_orders_and_a_spreadsheet_no_formulas() {
        let mut frame = Frame::new("libchar.test", 1, ["=point"]);
        frame.push(vec!["=cmd|calc!A0\u{1b}[2J".into()]);
        frame.push(vec![(-1.5).into()]);
        let mut bytes = Vec::new();
        frame.write(Format::Table, &mut bytes).unwrap();
        assert!(String::from_utf8(bytes).unwrap().contains("=cmd|calc!A0\\u{1b}[2J"));
        let csv = String::from_utf8(frame.with_safe_cells().to_csv()).unwrap();
        assert_eq!(csv, "'=point\n'=cmd|calc!A0\u{1b}[2J\n-1.5\n");
    }

    #[test]
    fn every_format() {
        assert_eq!(
            written(Format::Csv),
            "point,tphl_s,n\nTT/typical,2.4e-10,3\n\"=cmd, \"\"x\"\"\",,12\n"
        );
        assert_eq!(
            written(Format::Table),
            "point            tphl_s   n\nTT/typical  2.40000e-10   3\n=cmd, \"x\"             -  12\n"
        );
        assert_eq!(
            written(Format::Jsonl).lines().next().unwrap(),
            r#"{"point":"TT/typical","tphl_s":2.4e-10,"n":3}"#
        );
        assert!(
            written(Format::Json).starts_with("{\n  \"schema\": {\n    \"name\": \"libchar.test\"")
        );
    }

    #[test]
    fn numbers_come_back_to_the_last_bit() {
        let mut state = 1_u64;
        let mut draw = || {
            // Knuth's linear congruential generator; its upper bits are good.
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let changed = (0..10_000).filter(|_| {
            let number = draw() * 10_f64.powf(30.0 * draw() - 15.0);
            let read: f64 = serde_json::from_str(&serde_json::to_string(&number).unwrap()).unwrap();
            read.to_bits() != number.to_bits()
        });
        assert_eq!(changed.count(), 0);
    }
}
