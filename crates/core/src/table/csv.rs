//! CSV: fast where nothing is quoted, RFC 4180 where something is.

use super::{Grid, Header, Table};
use crate::fault::{Fault, Faults};
use crate::number::{parse_decimal, trimmed};
use std::borrow::Cow;

pub(super) fn parse(
    file: &str,
    text: &str,
    header: Header,
    comments: Comments,
) -> Result<Table, Faults> {
    Grid::check(file, text, 0, 0)?;
    let plain = !text.as_bytes().contains(&b'"') && !has_lone_return(text);
    let grid = if plain { plain_rows(text, comments) } else { quoted_rows(file, text, comments)? };
    table(file, text, header, grid)
}

/// Parses measured data without quotes, separated by commas and with the same number of cells in
/// each row; `None` for anything else.
pub(super) fn parse_plain_data(file: &str, text: &str, header: Header) -> Option<Table> {
    if has_lone_return(text) || text.starts_with("sep=") || Grid::check(file, text, 0, 0).is_err() {
        return None;
    }
    let grid = plain_rows(text, Comments::BeforeTheTable);
    let first = grid.rows.first()?;
    let line = text.get(first.offset as usize..)?.lines().next()?;
    let other = !line.contains(',') && line.contains([';', '\t', '|']);
    if other { None } else { table(file, text, header, grid).ok() }
}

/// Where a line that begins with `#` is a comment.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Comments {
    /// In the tables of a domain, which people write.
    Anywhere,
    /// In data, above the names only: below them, `#12` is a name and `#N/A` an error of a
    /// spreadsheet.
    BeforeTheTable,
}

fn table(file: &str, text: &str, header: Header, mut grid: Grid) -> Result<Table, Faults> {
    let Some(first) = grid.rows.first() else {
        return Err(Fault::of(file, "the table is empty").into());
    };
    let header_line = first.line as usize;
    let cells: Vec<&str> = (0..grid.width(0)).map(|column| grid.cell(text, 0, column)).collect();
    let named = match header {
        Header::Required => true,
        Header::Optional(names) => names.iter().any(|name| name.eq_ignore_ascii_case(cells[0])),
        Header::UnlessNumbers => !cells.iter().all(|cell| parse_decimal(cell).is_some()),
    };
    let columns: Vec<String> = match header {
        _ if named => cells.into_iter().map(str::to_owned).collect(),
        Header::Optional(names) => names.iter().map(|&name| name.to_owned()).collect(),
        _ if cells.len() == 1 => vec!["x".to_owned()],
        _ => (1..=cells.len()).map(|i| format!("x{i}")).collect(),
    };
    if named {
        grid.rows.remove(0);
    }
    // In tables whose columns are known, optional columns at the end may be left out.
    let may_be_short = matches!(header, Header::Optional(_));
    let mut faults = name_faults(file, header_line, &columns);
    for (row, place) in grid.rows.iter().enumerate() {
        let (n, width) = (grid.width(row), columns.len());
        if n > width || (n < width && !may_be_short) {
            faults.push(
                Fault::at(file, place.line as usize, 0, format!("the row has {n} cells"))
                    .expected(format!("{width}: {}", columns.join(", "))),
            );
        }
    }
    let file = file.to_owned();
    Faults::or(
        Table { file, columns, header_line, grid, text: text.into(), units: Vec::new() },
        faults,
    )
}

fn name_faults(file: &str, line: usize, names: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (i, name) in names.iter().enumerate() {
        if name.is_empty() {
            faults.push(Fault::at(file, line, 0, format!("column {} has no name", i + 1)));
        } else if names[..i].contains(name) {
            faults.push(Fault::at(file, line, 0, format!("duplicate column `{name}`")));
        }
    }
    faults
}

/// Whether a carriage return alone ends a line, as on old machines; only the CSV reader knows such
/// lines.
fn has_lone_return(text: &str) -> bool {
    // The search for a byte is far faster than that for a character, and most files have none.
    let bytes = text.as_bytes();
    bytes.contains(&b'\r') && bytes.windows(2).any(|pair| pair[0] == b'\r' && pair[1] != b'\n')
        || bytes.last() == Some(&b'\r')
}

/// Splits text without quotes: one scan, no copy of the cells.
fn plain_rows(text: &str, comments: Comments) -> Grid {
    let mut grid = Grid::default();
    let (mut line, mut start) = (1, 0);
    let mut row = |line: usize, start: usize, end: usize| {
        let row = &text[start..end];
        let row = row.strip_suffix('\r').unwrap_or(row);
        let may_be_comment = comments == Comments::Anywhere || grid.rows.is_empty();
        if trimmed(row).is_empty() || may_be_comment && row.starts_with('#') {
            return;
        }
        grid.begin(line, start);
        let commas = row.bytes().enumerate().filter(|(_, byte)| *byte == b',');
        commas.for_each(|(at, _)| grid.end(start + at));
        grid.end(start + row.len());
    };
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'\n' {
            row(line, start, at);
            (line, start) = (line + 1, at + 1);
        }
    }
    row(line, start, text.len());
    grid
}

/// Splits text with quotes; the cells are copied without them.
fn quoted_rows(file: &str, text: &str, comments: Comments) -> Result<Grid, Faults> {
    check_quotes(file, text)?;
    let anywhere = comments == Comments::Anywhere;
    let begin = skip_to_row(text, 0, true);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(anywhere.then_some(b'#'))
        .from_reader(&text.as_bytes()[begin..]);
    let mut grid = Grid::default();
    let mut record = csv::StringRecord::new();
    let (mut line, mut counted) = (1, 0);
    while reader.read_record(&mut record).map_err(|e| Fault::of(file, e.to_string()))? {
        let before = begin + record.position().map_or(0, |position| position.byte() as usize);
        let offset = skip_to_row(text, before, anywhere);
        line += text[counted..offset].matches('\n').count();
        counted = offset;
        if text[offset..].lines().next().is_none_or(|row| row.trim().is_empty()) {
            continue;
        }
        grid.begin(line, offset);
        record.iter().for_each(|cell| grid.push(cell));
    }
    Ok(grid)
}

/// The cells of one CSV row.
pub fn split_row(row: &str) -> Vec<Cow<'_, str>> {
    if !row.contains('"') {
        return row.split(',').map(Cow::Borrowed).collect();
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
    let mut record = csv::StringRecord::new();
    // Text in memory is UTF-8 and can be read.
    let _ = reader.read_record(&mut record);
    record.iter().map(|cell| Cow::Owned(cell.to_owned())).collect()
}

/// The start of the row at or after `offset`: the reader's position may lie before comments and blank lines.
fn skip_to_row(text: &str, mut offset: usize, comments: bool) -> usize {
    while let Some(rest) = text.get(offset..) {
        match rest.as_bytes().first() {
            Some(b'\n' | b'\r') => offset += 1,
            Some(b'#') if comments => offset += rest.find('\n').unwrap_or(rest.len()),
            _ => break,
        }
    }
    offset.min(text.len())
}

/// Checks the quotes: one that is never closed would swallow the rest of the file as one cell.
fn check_quotes(file: &str, text: &str) -> Result<(), Fault> {
    if text.matches('"').count().is_multiple_of(2) {
        return Ok(());
    }
    // The first line with an odd number is where it went wrong.
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.matches('"').count() % 2 == 1 {
            let at = start + line.rfind('"').unwrap_or(0);
            return Err(Fault::at_offset(file, text, at, "a quote is never closed"));
        }
        start += line.len();
    }
    Ok(())
}

/// Characters before cell `index` of the CSV row at the start of `text`.
pub(super) fn cell_start(text: &str, index: usize) -> usize {
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
