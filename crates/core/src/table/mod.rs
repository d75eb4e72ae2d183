//! Tables that users hand in: CSV, JSON and JSON lines, with the place of every cell.

pub mod columns;
pub mod condition;
mod csv;
pub mod data;
pub mod filter;
mod json;
pub mod stream;
pub mod times;

pub use csv::split_row;

use crate::fault::{Fault, Faults};
use crate::input;
use crate::number::trimmed;
use std::sync::Arc;

/// Whether a CSV starts with a header.
#[derive(Debug, Clone, Copy)]
pub enum Header<'a> {
    /// The first row names the columns.
    Required,
    /// The columns are these unless the first cell of the first row is one of their names.
    Optional(&'a [&'a str]),
    /// The first row names the columns unless it is all numbers: those are then `x`, or `x1`, `x2` …
    UnlessNumbers,
}

/// A rectangular table of text cells.
#[derive(Debug, Clone)]
pub struct Table {
    /// The input's name in faults.
    pub file: String,
    /// Column names, unique, in file order.
    pub columns: Vec<String>,
    header_line: usize,
    grid: Grid,
    text: Arc<str>,
    /// Unit of each column; empty if units were not looked for.
    units: Vec<Option<String>>,
}

/// The most bytes of text and the most cells of a table: offsets take 32 bits, because they are
/// most of the memory of a long table.
const MOST: usize = i32::MAX as usize;

/// Rows of cells as ranges of one text: a million rows are a million small records, not a million small strings.
#[derive(Debug, Clone, Default)]
struct Grid {
    rows: Vec<Row>,
    /// End of every cell, row after row; a cell starts one byte after the end of the one before it.
    ends: Vec<u32>,
    /// The text of the cells if it differs from the input's: quoted CSV, JSON.
    unescaped: Option<String>,
    /// The offset of each cell in the input; empty for CSV, whose cells are found by counting.
    places: Vec<usize>,
    /// Whether several rows may stand in one line, as in JSON.
    rows_share_lines: bool,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    line: u32,
    /// Where the row starts in the input.
    offset: u32,
    /// Its first cell among the grid's.
    first: u32,
}

/// An offset in a text whose length [`Grid::check`] has accepted.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Grid {
    /// Refuses a table whose places would not fit.
    fn check(file: &str, text: &str, rows: usize, columns: usize) -> Result<(), Fault> {
        if text.len() <= MOST && rows.saturating_mul(columns) <= MOST {
            return Ok(());
        }
        let found = format!("the table has {} bytes in {rows} rows", text.len());
        Err(Fault::of(file, found).expected("at most 2 GiB and 2147483647 cells: split the file"))
    }

    /// Begins a row at `offset` of the input.
    fn begin(&mut self, line: usize, offset: usize) {
        let first = place(self.ends.len());
        self.rows.push(Row { line: place(line), offset: place(offset), first });
    }

    /// Adds a cell with a text of its own.
    fn push(&mut self, cell: &str) {
        let unescaped = self.unescaped.get_or_insert_default();
        unescaped.push_str(cell);
        self.ends.push(place(unescaped.len()));
        unescaped.push(',');
    }

    /// Ends a cell of the input at this offset.
    fn end(&mut self, at: usize) {
        self.ends.push(place(at));
    }

    /// Some of the rows, with their places.
    fn select(&self, rows: &[usize]) -> Grid {
        let mut grid = Grid { rows_share_lines: self.rows_share_lines, ..Grid::default() };
        grid.unescaped = self.unescaped.is_some().then(String::new);
        for row in rows {
            let Row { line, offset, first } = self.rows[*row];
            let cells = first as usize..first as usize + self.width(*row);
            grid.begin(line as usize, offset as usize);
            grid.places.extend_from_slice(self.places.get(cells.clone()).unwrap_or_default());
            match &self.unescaped {
                Some(_) => (0..cells.len()).for_each(|cell| grid.push(self.cell("", *row, cell))),
                None => grid.ends.extend_from_slice(&self.ends[cells]),
            }
        }
        grid
    }

    fn width(&self, row: usize) -> usize {
        let end = self.rows.get(row + 1).map_or(self.ends.len(), |next| next.first as usize);
        end - self.rows[row].first as usize
    }

    fn cell<'a>(&'a self, input: &'a str, row: usize, column: usize) -> &'a str {
        if column >= self.width(row) {
            return "";
        }
        let Row { offset, first, .. } = self.rows[row];
        let at = first as usize + column;
        // Cells with texts of their own follow one another, across rows too; those of the input
        // begin with their row.
        let start = match (&self.unescaped, column) {
            (None, 0) => offset,
            _ => at.checked_sub(1).map_or(0, |before| self.ends[before] + 1),
        };
        let text = self.unescaped.as_deref().unwrap_or(input);
        trimmed(text.get(start as usize..self.ends[at] as usize).unwrap_or_default())
    }
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
        csv::parse(file, text, header, csv::Comments::Anywhere)
    }

    /// Parses JSON lines: one object on each line; a missing member is an empty cell, a nested one
    /// its JSON text.
    ///
    /// # Errors
    /// Every line that is not a JSON object, and members that occur twice in one.
    pub fn parse_jsonl(file: &str, bytes: &[u8]) -> Result<Table, Faults> {
        json::parse_lines(file, input::text(file, bytes)?)
    }

    /// Parses a JSON array of objects, or a document with such an array in `rows`, as libchar writes it.
    ///
    /// # Errors
    /// Text that is not such a document, every row that is not an object, and members that stand
    /// twice in one.
    pub fn parse_json(file: &str, bytes: &[u8]) -> Result<Table, Faults> {
        json::parse(file, input::text(file, bytes)?)
    }

    /// Parses one JSON object as a table of one row.
    ///
    /// # Errors
    /// Text that is not such an object, and members that stand twice.
    pub fn parse_object(file: &str, bytes: &[u8]) -> Result<Table, Faults> {
        json::parse_object(file, input::text(file, bytes)?)
    }

    /// Parses CSV with a header, JSON or JSON lines, told apart by the first character. A CSV line that begins with `#` is a
    /// comment above the names only.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Table, Faults> {
        Self::parse_with(file, bytes, Header::Required)
    }

    /// Parses CSV, JSON or JSON lines, told apart by the first character.
    pub fn parse_with(file: &str, bytes: &[u8], header: Header) -> Result<Table, Faults> {
        let text = input::text(file, bytes)?;
        match text.trim_start().as_bytes().first() {
            Some(b'[') => json::parse(file, text),
            // One object may be a document or a single line.
            Some(b'{') if !json::is_lines(text) => json::parse(file, text),
            Some(b'{') => json::parse_lines(file, text),
            _ => csv::parse(file, text, header, csv::Comments::BeforeTheTable),
        }
    }

    /// Number of rows, the header not counted.
    pub fn len(&self) -> usize {
        self.grid.rows.len()
    }

    /// Whether the table has no rows.
    pub fn is_empty(&self) -> bool {
        self.grid.rows.is_empty()
    }

    /// A table of some of the rows (from 0); their lines and places stay those of the file, and the text is shared.
    pub fn select(&self, rows: &[usize]) -> Table {
        Table {
            file: self.file.clone(),
            columns: self.columns.clone(),
            header_line: self.header_line,
            grid: self.grid.select(rows),
            text: Arc::clone(&self.text),
            units: self.units.clone(),
        }
    }

    /// The line of the header, from 1; that of the table where it has none.
    pub fn header_line(&self) -> usize {
        self.header_line
    }

    /// Index of a column.
    ///
    /// # Errors
    /// A fault at the header that names the nearest column.
    pub fn column(&self, name: &str) -> Result<usize, Fault> {
        self.find_column(name).ok_or_else(|| {
            Fault::at(&self.file, self.header_line, 1, format!("no column `{name}`"))
                .one_of(name, self.columns.iter().map(String::as_str))
        })
    }

    /// The unit of a column of measured data: from the row of units, or in brackets behind its name.
    pub fn unit(&self, column: usize) -> Option<&str> {
        self.units.get(column)?.as_deref()
    }

    /// Index of a column that may be absent.
    pub fn find_column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The text of a cell, trimmed; empty for a cell that a short row lacks.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.grid.cell(&self.text, row, column)
    }

    /// The line of a row in the file, from 1.
    pub fn line(&self, row: usize) -> usize {
        self.grid.rows[row].line as usize
    }

    /// A finite decimal number in a cell.
    pub fn number(&self, row: usize, column: usize) -> Result<f64, Fault> {
        let cell = self.cell(row, column);
        crate::number::parse_decimal(cell).ok_or_else(|| {
            let found = if cell.is_empty() {
                format!("empty cell in column `{}`", self.columns[column])
            } else if crate::number::is_spreadsheet_error(cell) {
                format!(
                    "`{cell}` in column `{}` is an error of a spreadsheet",
                    self.columns[column]
                )
            } else {
                format!("`{cell}` in column `{}` is not a finite number", self.columns[column])
            };
            self.fault(row, column, found)
        })
    }

    /// A fault at a column's name in the header; names before it that are quoted there put it a little too far left.
    pub fn header_fault(&self, column: usize, found: impl Into<String>) -> Fault {
        let before: usize =
            self.columns[..column].iter().map(|name| name.chars().count() + 1).sum();
        Fault::at(&self.file, self.header_line, before + 1, found)
    }

    /// A fault of a row: its line, and in JSON its column too, since several rows may share a line.
    pub fn row_fault(&self, row: usize, found: impl Into<String>) -> Fault {
        let Row { line, offset, .. } = self.grid.rows[row];
        match self.grid.rows_share_lines {
            false => Fault::at(&self.file, line as usize, 0, found),
            true => Fault::at_offset(&self.file, &self.text, offset as usize, found),
        }
    }

    /// A fault at a cell.
    pub fn fault(&self, row: usize, column: usize, found: impl Into<String>) -> Fault {
        let Row { line, offset, first, .. } = self.grid.rows[row];
        match self.grid.places.get(first as usize + column) {
            Some(place) => Fault::at_offset(&self.file, &self.text, *place, found),
            None => {
                let column = self
                    .text
                    .get(offset as usize..)
                    .map_or(0, |text| csv::cell_start(text, column));
                Fault::at(&self.file, line as usize, column + 1, found)
            }
        }
    }
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

    /// `#12` is the name of a lot, `#N/A` an error that Excel writes.
    #[test]
    fn in_data_comments_stand_above_the_names_only() {
        for quoted in ["d", "\"d\""] {
            let text = format!("# tool 7\n\nlot,x\n#12,10\n#N/A,30\n\n{quoted},10.5\n");
            let table = Table::parse("t", text.as_bytes()).unwrap();
            let cells: Vec<&str> = (0..table.len()).map(|row| table.cell(row, 0)).collect();
            assert_eq!(cells, ["#12", "#N/A", "d"], "{quoted}");
            assert_eq!([table.line(0), table.line(1), table.line(2)], [4, 5, 7], "{quoted}");
            assert_eq!(table.header_line(), 3, "{quoted}");
        }
        let written = Table::parse_csv("t", b"lot,x\n#12,10\n\"d\",1\n").unwrap();
        assert_eq!(written.len(), 1);
    }

    /// A table as large as the square of its input costs gigabytes for a few hundred kilobytes.
    #[test]
    fn objects_without_common_names_are_refused_before_they_fill_the_memory() {
        let objects = |n: usize, name: fn(usize) -> String| {
            let all: Vec<String> = (0..n).map(|i| format!("{{\"{}\":{i}}}", name(i))).collect();
            format!("[{}]", all.join(","))
        };
        let found = Table::parse("t", objects(20_000, |i| format!("k{i}")).as_bytes());
        let found = found.unwrap_err().to_string();
        assert!(found.contains("20000 objects have 20000 different names"), "{found}");
        let sparse = Table::parse("t", objects(100_000, |i| format!("k{}", i % 50)).as_bytes());
        assert_eq!(sparse.unwrap().columns.len(), 50);
        let late = Table::parse("t", b"[{\"a\":1},{\"b\":\"x\",\"a\":2},{\"b\":3}]").unwrap();
        let cells = |row: usize| (late.cell(row, 0).to_owned(), late.cell(row, 1).to_owned());
        let expected = [("1", ""), ("2", "x"), ("", "3")];
        assert!((0..3).all(|row| cells(row) == (expected[row].0.into(), expected[row].1.into())));
    }

    #[test]
    fn rows_that_are_kept_keep_their_places() {
        for text in [
            "a,b\n1,2\n3,\"x,y\"\n5,6\n",
            "[{\"a\":1,\"b\":2},\n{\"a\":3,\"b\":\"x,y\"},\n{\"a\":5,\"b\":6}]",
        ] {
            let table = Table::parse("t", text.as_bytes()).unwrap();
            let whole = table.number(1, 1).unwrap_err();
            let line = table.line(2);
            let table = table.select(&[1, 2]);
            assert_eq!((table.len(), table.cell(0, 0), table.cell(0, 1)), (2, "3", "x,y"));
            assert_eq!((table.cell(1, 1), table.line(1)), ("6", line));
            assert_eq!(table.number(0, 1).unwrap_err(), whole);
        }
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

    #[test]
    fn plain_and_quoted_cells_are_the_same_cells() {
        let plain = "# note\r\na, b ,c\r\n\r\n1,,x y\r\n \t\r\n# 2,2,2\r\n3,4,ü";
        let quoted = "# note\n\"a\", b ,c\n\n1,\"\",\"x y\"\n  \n# 2,2,2\n3,4,\"ü\"\n";
        for text in [plain, quoted] {
            let table = Table::parse_csv("t", text.as_bytes()).unwrap();
            assert_eq!(table.columns, ["a", "b", "c"], "{text}");
            let rows: Vec<Vec<&str>> =
                (0..2).map(|row| (0..3).map(|column| table.cell(row, column)).collect()).collect();
            assert_eq!(rows, [["1", "", "x y"], ["3", "4", "ü"]], "{text}");
            assert_eq!((table.line(0), table.line(1), table.header_line()), (4, 7, 2), "{text}");
            assert_eq!(table.column("d").unwrap_err().line, 2);
        }
        let table = Table::parse_csv("t", b"a,b\n\"1,\"\"5\",\"two\nlines\"\n7,x\n").unwrap();
        assert_eq!((table.cell(0, 0), table.cell(0, 1)), ("1,\"5", "two\nlines"));
        assert_eq!(table.fault(1, 1, "odd").to_string(), "t:4:3: odd");
    }

    #[test]
    fn bare_numbers_need_no_header() {
        let parse =
            |text: &str| Table::parse_with("t", text.as_bytes(), Header::UnlessNumbers).unwrap();
        let one = parse("# volts\n1.5\n-2\n");
        assert_eq!((one.columns.as_slice(), one.len(), one.line(0)), (&["x".to_owned()][..], 2, 2));
        assert_eq!(parse("1,2\n3,4\n").columns, ["x1", "x2"]);
        assert_eq!((parse("1,b\n3,4\n").len(), parse("x\n").len()), (1, 0));
    }

    #[test]
    fn members_of_json_have_their_place() {
        let text = "{\"schema\": {},\n \"rows\": [\n  {\"v\": 1, \"n\": \"a,b\"},\n  {\"n\": \"c\", \"v\": \"x\"},\n  {\"n\": \"\"}\n]}";
        let table = Table::parse("t", text.as_bytes()).unwrap();
        let fault = |row: usize| table.number(row, 0).unwrap_err().to_string();
        assert_eq!(fault(1), "t:4:19: `x` in column `v` is not a finite number");
        assert_eq!(fault(2), "t:5:3: empty cell in column `v`");
        assert_eq!((table.cell(0, 1), table.line(2)), ("a,b", 5));
        assert_eq!(table.row_fault(1, "odd").to_string(), "t:4:3: odd");
        let one = Table::parse_object("t", b"{\n \"v\": []}\n").unwrap();
        assert_eq!((one.len(), one.fault(0, 0, "odd").to_string()), (1, "t:2:7: odd".to_owned()));
        for (text, message) in [
            ("[{\"a\": 1},\n 2]", "t:2:2: row 2 is not an object"),
            ("[{\"a\": 1,\n\"a\": 2}]", "t:2:6: `a` occurs twice in row 1"),
            ("{\"a\": 1}\n{\"a\": }\n3\n", "t:2:7: expected value\nt:3:1: row 3 is not an object"),
            ("{\"row\": [\n]}\n", "t:1:1: no `rows` array in the document"),
            ("{\"rows\": [\n", "t:2: EOF while parsing a list"),
        ] {
            assert_eq!(Table::parse("t", text.as_bytes()).unwrap_err().to_string(), message);
        }
    }
}
