//! Tables that users hand in: CSV, JSON and JSON lines, with the place of every cell.

use crate::fault::{Fault, Faults};
use crate::input;
use serde_json::Value;

/// Whether a CSV starts with a header.
#[derive(Debug, Clone, Copy)]
pub enum Header<'a> {
    /// The first row names the columns.
    Required,
    /// The columns are these unless the first cell of the first row is one of their names.
    Optional(&'a [&'a str]),
}

/// A rectangular table of text cells.
#[derive(Debug, Clone)]
pub struct Table {
    /// The input's name in faults.
    pub file: String,
    /// Column names, unique, in file order.
    pub columns: Vec<String>,
    rows: Vec<Row>,
    text: String,
}

#[derive(Debug, Clone)]
struct Row {
    cells: csv::StringRecord,
    line: usize,
    offset: usize,
}

impl Table {
    /// Parses CSV with a header (RFC 4180; CRLF and a byte order mark are fine, `#` lines are comments).
    pub fn parse_csv(file: &str, bytes: &[u8]) -> Result<Table, Faults> {
        Self::parse_csv_with(file, bytes, Header::Required)
    }

    /// Parses CSV.
    ///
    /// # Errors
    /// Text that is not UTF-8, an empty file, an open quote, ragged rows, empty or duplicate column names.
    pub fn parse_csv_with(file: &str, bytes: &[u8], header: Header) -> Result<Table, Faults> {
        let text = input::text(file, bytes)?;
        check_quotes(file, text)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        let (mut line, mut counted) = (1, 0);
        for record in reader.records() {
            let cells = record.map_err(|e| Fault::of(file, e.to_string()))?;
            let before = cells.position().map_or(0, |position| position.byte() as usize);
            let offset = skip_to_row(text, before);
            line += text[counted..offset].matches('\n').count();
            counted = offset;
            rows.push(Row { cells, line, offset });
        }
        if rows.is_empty() {
            return Err(Fault::of(file, "the table is empty").into());
        }
        let columns = match header {
            Header::Optional(names) if !is_header(&rows[0], names) => {
                names.iter().map(|&name| name.to_owned()).collect()
            }
            _ => rows.remove(0).cells.iter().map(str::to_owned).collect(),
        };
        let table = Table { file: file.to_owned(), columns, rows, text: text.to_owned() };
        let faults = table.shape_faults(matches!(header, Header::Optional(_)));
        Faults::or(table, faults)
    }

    /// Parses JSON lines: one object a line; a missing member is an empty cell, a nested one its JSON text.
    pub fn parse_jsonl(file: &str, bytes: &[u8]) -> Result<Table, Faults> {
        let text = input::text(file, bytes)?;
        let mut objects = Vec::new();
        let mut faults = Vec::new();
        let mut offset = 0;
        for (i, line) in text.split_inclusive('\n').enumerate() {
            if !line.trim().is_empty() {
                match serde_json::from_str(line) {
                    Ok(Value::Object(object)) => objects.push((i + 1, offset, object)),
                    Ok(_) => faults.push(Fault::at(file, i + 1, 1, "not a JSON object")),
                    Err(e) => faults.push(Fault::at(file, i + 1, e.column(), e.to_string())),
                }
            }
            offset += line.len();
        }
        let table = Self::from_objects(file, text, objects);
        Faults::or(table, faults)
    }

    /// Parses a JSON array of objects, or a document with such an array in `rows`, as libchar writes it.
    pub fn parse_json(file: &str, bytes: &[u8]) -> Result<Table, Faults> {
        let text = input::text(file, bytes)?;
        let value: Value = serde_json::from_str(text)
            .map_err(|e| Fault::at(file, e.line(), e.column(), e.to_string()))?;
        let rows = match value {
            Value::Array(rows) => rows,
            Value::Object(mut object) => match object.remove("rows") {
                Some(Value::Array(rows)) => rows,
                _ => return Err(Fault::of(file, "no `rows` array in the document").into()),
            },
            _ => return Err(Fault::at(file, 1, 1, "neither a JSON array nor an object").into()),
        };
        let mut objects = Vec::new();
        for (i, row) in rows.into_iter().enumerate() {
            let Value::Object(object) = row else {
                return Err(Fault::of(file, format!("row {} is not an object", i + 1)).into());
            };
            objects.push((0, 0, object));
        }
        Ok(Self::from_objects(file, text, objects))
    }

    /// Parses CSV, JSON or JSON lines, told apart by the first character.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Table, Faults> {
        let text = input::text(file, bytes)?;
        match text.trim_start().as_bytes().first() {
            Some(b'[') => Self::parse_json(file, bytes),
            Some(b'{') if text.trim().lines().nth(1).is_none_or(|l| l.starts_with('{')) => {
                // One object may be a document or a single line.
                Self::parse_json(file, bytes).or_else(|_| Self::parse_jsonl(file, bytes))
            }
            Some(b'{') => Self::parse_json(file, bytes),
            _ => Self::parse_csv(file, bytes),
        }
    }

    fn from_objects(
        file: &str,
        text: &str,
        objects: Vec<(usize, usize, serde_json::Map<String, Value>)>,
    ) -> Table {
        let mut columns: Vec<String> = Vec::new();
        for (_, _, object) in &objects {
            for name in object.keys() {
                if !columns.contains(name) {
                    columns.push(name.clone());
                }
            }
        }
        let rows = objects
            .iter()
            .map(|(line, offset, object)| {
                let cells = columns.iter().map(|name| match object.get(name) {
                    None | Some(Value::Null) => String::new(),
                    Some(Value::String(text)) => text.clone(),
                    Some(other) => other.to_string(),
                });
                Row { cells: cells.collect::<Vec<_>>().into(), line: *line, offset: *offset }
            })
            .collect();
        Table { file: file.to_owned(), columns, rows, text: text.to_owned() }
    }

    /// Number of rows, the header not counted.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the table has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Index of a column.
    ///
    /// # Errors
    /// A fault at the header that names the nearest column.
    pub fn column(&self, name: &str) -> Result<usize, Fault> {
        self.columns.iter().position(|column| column == name).ok_or_else(|| {
            Fault::at(&self.file, 1, 1, format!("no column `{name}`"))
                .one_of(name, self.columns.iter().map(String::as_str))
        })
    }

    /// Index of a column that may be absent.
    pub fn find_column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The text of a cell, trimmed; empty for a cell that a short row lacks.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows[row].cells.get(column).unwrap_or_default()
    }

    /// The line of a row in the file, from 1.
    pub fn line(&self, row: usize) -> usize {
        self.rows[row].line
    }

    /// A finite decimal number in a cell.
    pub fn number(&self, row: usize, column: usize) -> Result<f64, Fault> {
        let cell = self.cell(row, column);
        crate::number::parse_decimal(cell).ok_or_else(|| {
            let found = if cell.is_empty() {
                format!("empty cell in column `{}`", self.columns[column])
            } else {
                format!("`{cell}` in column `{}` is not a finite number", self.columns[column])
            };
            self.fault(row, column, found)
        })
    }

    /// A fault at a cell.
    pub fn fault(&self, row: usize, column: usize, found: impl Into<String>) -> Fault {
        let Row { line, offset, .. } = self.rows[row];
        let column = self.text.get(offset..).map_or(0, |text| cell_start(text, column) + 1);
        Fault::at(&self.file, line, if line == 0 { 0 } else { column }, found)
    }

    fn shape_faults(&self, header_optional: bool) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (i, name) in self.columns.iter().enumerate() {
            if name.is_empty() {
                faults.push(Fault::at(&self.file, 1, 0, format!("column {} has no name", i + 1)));
            } else if self.columns[..i].contains(name) {
                faults.push(Fault::at(&self.file, 1, 0, format!("duplicate column `{name}`")));
            }
        }
        let width = self.columns.len();
        for row in &self.rows {
            let n = row.cells.len();
            // Optional trailing columns of the headerless tables may be left out.
            if n > width || (n < width && !header_optional) {
                faults.push(
                    Fault::at(&self.file, row.line, 0, format!("the row has {n} cells"))
                        .expected(format!("{width}: {}", self.columns.join(", "))),
                );
            }
        }
        faults
    }
}

fn is_header(row: &Row, names: &[&str]) -> bool {
    row.cells.get(0).is_some_and(|first| names.iter().any(|n| n.eq_ignore_ascii_case(first)))
}

/// The start of the row at or after `offset`: the reader's position may lie before comments and blank lines.
fn skip_to_row(text: &str, mut offset: usize) -> usize {
    while let Some(rest) = text.get(offset..) {
        match rest.as_bytes().first() {
            Some(b'\n' | b'\r') => offset += 1,
            Some(b'#') => offset += rest.find('\n').unwrap_or(rest.len()),
            _ => break,
        }
    }
    offset.min(text.len())
}

/// A quote that is never closed would swallow the rest of the file as one cell.
fn check_quotes(file: &str, text: &str) -> Result<(), Fault> {
    let mut opened = None;
    for (offset, byte) in text.bytes().enumerate() {
        if byte == b'"' {
            opened = if opened.is_none() { Some(offset) } else { None };
        }
    }
    match opened {
        None => Ok(()),
        // An odd number of quotes: the first line with an odd number is where it went wrong.
        Some(last) => {
            let mut start = 0;
            for line in text.split_inclusive('\n') {
                if line.matches('"').count() % 2 == 1 {
                    let at = start + line.rfind('"').unwrap_or(0);
                    return Err(Fault::at_offset(file, text, at, "a quote is never closed"));
                }
                start += line.len();
            }
            Err(Fault::at_offset(file, text, last, "a quote is never closed"))
        }
    }
}

/// Characters before cell `index` of the CSV row at the start of `text`.
fn cell_start(text: &str, index: usize) -> usize {
    let mut quoted = false;
    let mut cell = 0;
    for (column, c) in text.chars().enumerate() {
        if cell == index {
            let padding = text.chars().skip(column).take_while(|c| *c == ' ').count();
            return column + padding;
        }
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cell += 1,
            '\n' if !quoted => return column,
            _ => {}
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::{Header, Table};

    const CORNERS: Header = Header::Optional(&["corner", "extraction"]);

    #[test]
    fn cells_know_their_place() {
        let table = Table::parse_csv("t.csv", b"name,vdd\r\n# note\r\na, 1.1\r\nb,x\r\n").unwrap();
        assert_eq!(table.number(0, 1), Ok(1.1));
        assert_eq!(
            table.number(1, 1).unwrap_err().to_string(),
            "t.csv:4:3: `x` in column `vdd` is not a finite number"
        );
    }

    #[test]
    fn a_header_is_optional_where_the_columns_are_known() {
        for text in ["TT,typical\n", "corner,extraction\nTT,typical\n"] {
            let table = Table::parse_csv_with("t", text.as_bytes(), CORNERS).unwrap();
            assert_eq!((table.len(), table.cell(0, 1)), (1, "typical"));
        }
    }

    #[test]
    fn hostile_tables_are_named() {
        for (bytes, message) in [
            (&b""[..], "t: the table is empty"),
            (b"a,b\n1,2,3\n", "t:2: the row has 3 cells\n  expected 2: a, b"),
            (b"a,a\n1,2\n", "t:1: duplicate column `a`"),
            (b"a,b\n1,\"x\n2,3\n", "t:2:3: a quote is never closed"),
        ] {
            assert_eq!(Table::parse_csv("t", bytes).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn json_and_json_lines_are_tables_too() {
        for text in [
            "{\"point\":\"a\",\"v\":1}\n{\"point\":\"b\"}\n",
            "[{\"point\":\"a\",\"v\":1},{\"point\":\"b\",\"v\":null}]",
            "{\"schema\":{\"name\":\"x\",\"version\":1},\"rows\":[{\"point\":\"a\",\"v\":1},{\"point\":\"b\"}]}",
        ] {
            let table = Table::parse("t", text.as_bytes()).unwrap();
            assert_eq!((table.cell(0, 1), table.cell(1, 1)), ("1", ""), "{text}");
        }
    }
}
