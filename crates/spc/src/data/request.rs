//! The columns that a chart needs, read from a table.

use libchar_core::number::parse_decimal;
use libchar_core::table::columns::{self, Na, Skipped};
use libchar_core::{Fault, Faults, Table, glob};
use std::ops::Range;

/// Which columns are wanted.
pub struct Request<'a> {
    /// Columns of numbers to chart; if empty, the only one.
    pub values: &'a [String],
    /// Whether several numeric columns may be taken when none is named.
    pub several: bool,
    /// A further column of numbers (sample sizes).
    pub extra: Option<&'a str>,
    /// Columns taken as text.
    pub labels: Vec<&'a str>,
    /// How to treat cells without a number.
    pub na: Na,
}

/// The wanted columns, row by row.
#[derive(Debug, Default)]
pub struct Rows {
    /// The input's name.
    pub file: String,
    /// Names of the charted columns.
    pub columns: Vec<String>,
    /// Charted values, column by column; NaN where a cell was skipped.
    pub values: Vec<Vec<f64>>,
    /// The extra column; empty if it was not requested.
    pub extra: Vec<f64>,
    /// Text columns in the requested order.
    pub labels: Vec<Vec<String>>,
    /// Line of each row.
    pub lines: Vec<usize>,
    /// Cells that were skipped.
    pub skipped: Vec<Skipped>,
}

/// Reads the columns that `request` names from a table; `bytes` are the content that it was read
/// from.
///
/// # Errors
/// Every fault of the file at once: unknown columns, ragged rows, cells without a number.
pub fn from_table(table: &Table, bytes: &[u8], request: &Request) -> Result<Rows, Faults> {
    let wanted = Wanted::choose(table, request)?;
    if table.is_empty() {
        return Err(Fault::of(&table.file, "the table has no rows").into());
    }
    let charted: Vec<usize> = wanted.values.iter().chain(&wanted.extra).copied().collect();
    let mut numbers = columns::numbers(table, &charted, request.na)?;
    let blank = blank_lines(table, bytes);
    let mut lines: Vec<usize> = (0..table.len()).map(|row| table.line(row)).collect();
    if !blank.is_empty() && wanted.labels.is_empty() {
        columns::insert_blank(table, &mut numbers, &mut lines, &blank, request.na)?;
    }
    let extra = wanted.extra.and_then(|_| numbers.values.pop()).unwrap_or_default();
    let rows = || 0..table.len();
    let labels = wanted.labels.iter();
    let labels =
        labels.map(|i| rows().map(|row| table.cell(row, *i).to_owned()).collect()).collect();
    Ok(Rows {
        columns: wanted.values.iter().map(|i| table.columns[*i].clone()).collect(),
        lines,
        values: numbers.values,
        skipped: numbers.skipped,
        extra,
        labels,
        file: table.file.clone(),
    })
}

/// Names of the columns that a request selects.
///
/// # Errors
/// Columns that the table does not have, and a choice that only the user can make.
pub fn chosen(table: &Table, request: &Request) -> Result<Vec<String>, Faults> {
    let wanted = Wanted::choose(table, request)?;
    Ok(wanted.values.iter().map(|place| table.columns[*place].clone()).collect())
}

/// Blank lines in the middle of a table with one column, where they are empty cells. In other
/// tables blank lines mean nothing.
fn blank_lines(table: &Table, bytes: &[u8]) -> Vec<usize> {
    let last = table.len().saturating_sub(1);
    let begins = if table.is_empty() { 0 } else { table.line(0) };
    if table.columns.len() != 1 || table.is_empty() || table.line(last) - begins == last {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(bytes);
    text.lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line))
        .filter(|(line, _)| (table.header_line() + 1..table.line(last)).contains(line))
        .filter(|(_, text)| text.trim().is_empty())
        .map(|(line, _)| line)
        .collect()
}

/// Columns that match the patterns, in file order, without those in `taken`; `*` stands for any
/// text. Matching columns without numbers are left out; a pattern without a match is a fault.
///
/// # Errors
/// Patterns that match no column.
pub fn matching(table: &Table, patterns: &[String], taken: &[&str]) -> Result<Matching, Faults> {
    let mut found = Matching::default();
    let mut faults = Vec::new();
    for pattern in patterns {
        let before = found.columns.len() + found.texts.len();
        for (place, name) in table.columns.iter().enumerate() {
            let known = taken.contains(&name.as_str()) || found.has(name);
            if known || !glob::matches(pattern, name) {
                continue;
            }
            let mut cells = (0..table.len()).map(|row| table.cell(row, place));
            let is_numeric =
                cells.clone().any(|cell| parse_decimal(cell).is_some()) || cells.all(str::is_empty);
            if is_numeric { &mut found.columns } else { &mut found.texts }.push(name.clone());
        }
        if found.columns.len() + found.texts.len() == before {
            let names = table.columns.iter().map(String::as_str);
            let what = format!("no column of numbers matches `{pattern}`");
            let fault = Fault::at(&table.file, table.header_line(), 0, what);
            faults.push(
                fault.expected(format!("one of: {}", columns::list(&names.collect::<Vec<_>>()))),
            );
        }
    }
    Faults::or(found, faults)
}

/// The columns that patterns match.
#[derive(Debug, Default)]
pub struct Matching {
    /// Columns of numbers, and empty columns.
    pub columns: Vec<String>,
    /// Other columns.
    pub texts: Vec<String>,
}

impl Matching {
    fn has(&self, name: &str) -> bool {
        self.columns.iter().chain(&self.texts).any(|known| known == name)
    }

    /// A sentence about the columns that were left out; `None` if there are none.
    pub fn left_out(&self) -> Option<String> {
        let names: Vec<&str> = self.texts.iter().map(String::as_str).collect();
        (!names.is_empty())
            .then(|| format!("columns without numbers are left out: {}", columns::list(&names)))
    }
}

/// Splits names into columns: a name with commas that is not itself a column is a list of columns.
pub fn split_names(table: &Table, names: &[String]) -> Vec<String> {
    names
        .iter()
        .flat_map(|name| match table.find_column(name).is_none() && name.contains(',') {
            true => name.split(',').map(|part| part.trim().to_owned()).collect(),
            false => vec![name.clone()],
        })
        .collect()
}

/// Indices of the wanted columns.
struct Wanted {
    values: Vec<usize>,
    extra: Option<usize>,
    labels: Vec<usize>,
}

impl Wanted {
    fn choose(table: &Table, request: &Request) -> Result<Wanted, Faults> {
        let mut faults = Vec::new();
        let mut find = |name: &str| {
            table.column(name).unwrap_or_else(|fault| {
                faults.push(fault);
                0
            })
        };
        let extra = request.extra.map(&mut find);
        let labels: Vec<usize> = request.labels.iter().map(|name| find(name)).collect();
        let names = split_names(table, request.values);
        let mut values: Vec<usize> = names.iter().map(|name| find(name)).collect();
        if values.is_empty() {
            let numeric = |i: usize| !table.is_empty() && table.number(0, i).is_ok();
            let only = table.columns.len() == 1;
            let is_free = |i: &usize| extra != Some(*i) && !labels.contains(i);
            let free: Vec<usize> =
                (0..table.columns.len()).filter(|i| is_free(i) && (only || numeric(*i))).collect();
            if free.len() == 1 || (request.several && !free.is_empty()) {
                values = free;
            } else {
                let (what, choices) = match free.is_empty() {
                    true => ("no column of numbers", (0..table.columns.len()).collect()),
                    false => ("several columns of numbers", free),
                };
                let names: Vec<&str> = choices.iter().map(|i| table.columns[*i].as_str()).collect();
                let expected = format!("--column with one of: {}", columns::list(&names));
                faults
                    .push(Fault::at(&table.file, table.header_line(), 0, what).expected(expected));
            }
        }
        Faults::or(Wanted { values, extra, labels }, faults)
    }
}

/// Runs of equal successive labels. A label that reappears later is a fault, because its rows are
/// not contiguous.
///
/// # Errors
/// Every label that begins again.
pub fn runs(
    rows: &Rows,
    labels: &[String],
    what: &str,
) -> Result<Vec<(String, Range<usize>)>, Faults> {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut faults = Vec::new();
    for (row, label) in labels.iter().enumerate() {
        match found.last_mut() {
            Some((current, range)) if current == label => range.end = row + 1,
            _ => {
                if !seen.insert(label.clone()) {
                    let message = format!("{what} `{label}` begins again");
                    let fault = Fault::at(&rows.file, rows.lines[row], 0, message);
                    faults
                        .push(fault.expected(format!("the rows of one {what} next to each other")));
                }
                found.push((label.clone(), row..row + 1));
            }
        }
    }
    Faults::or(found, faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use libchar_core::table::Header;

    fn request(values: &[String], na: Na) -> Request<'_> {
        Request { values, several: false, extra: None, labels: Vec::new(), na }
    }

    fn rows(text: &str, na: Na) -> Result<Rows, Faults> {
        let table = Table::parse_with("t.csv", text.as_bytes(), Header::UnlessNumbers)?;
        from_table(&table, text.as_bytes(), &request(&[], na))
    }

    #[test]
    fn plain_quoted_and_headless_tables_read_alike() {
        for text in [
            "# note\r\nlot,x\r\na,1.5\r\n\r\nb,-2e1\r\n",
            "\u{feff}lot,\"x\"\na,1.5\nb,-2e1\n",
            "{\"lot\":\"a\",\"x\":1.5}\n{\"lot\":\"b\",\"x\":-20}\n",
        ] {
            let found = rows(text, Na::Error).unwrap();
            assert_eq!(
                (found.columns, found.values),
                (vec!["x".to_owned()], vec![vec![1.5, -20.0]]),
                "{text}"
            );
        }
        assert_eq!(rows("1\n2\n", Na::Error).unwrap().values, [[1.0, 2.0]]);
    }

    #[test]
    fn a_choice_between_columns_is_the_users() {
        let error = rows("a,b\n1,2\n", Na::Error).unwrap_err().to_string();
        assert_eq!(
            error,
            "t.csv:1: several columns of numbers\n  expected --column with one of: a, b"
        );
        let wanted = ["temp".to_owned()];
        let text = b"temp_c,b\n1,2\n";
        let table = Table::parse("t.csv", text).unwrap();
        let error = from_table(&table, text, &request(&wanted, Na::Error)).unwrap_err().to_string();
        assert!(error.ends_with("did you mean `temp_c`?"), "{error}");
    }
}
