//! Columns of numbers out of CSV, JSON or JSON lines, fast for plain CSV.

use crate::context::Source;
use anyhow::Result;
use libchar_core::{Fault, Faults, Table, input};
use std::ops::Range;

/// What to do with a cell that holds no finite number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Na {
    /// Name every such cell and stop
    Error,
    /// Leave the row out, and list it
    Skip,
}

/// Which columns are wanted.
pub struct Request<'a> {
    /// Columns of numbers to chart; empty for the only one that there is.
    pub values: &'a [String],
    /// Whether several numeric columns may be taken when none is named.
    pub several: bool,
    /// One more column of numbers (sample sizes).
    pub extra: Option<&'a str>,
    /// Columns taken as text.
    pub labels: Vec<&'a str>,
    /// Cells without a number.
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
    /// The extra column; empty if not asked for.
    pub extra: Vec<f64>,
    /// Text columns in the order asked for.
    pub labels: Vec<Vec<String>>,
    /// Line of each row.
    pub lines: Vec<usize>,
    /// Cells that were skipped.
    pub skipped: Vec<Skipped>,
}

/// A cell that holds no number and was left out because the user said so.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Skipped {
    /// Line in the file; 0 where the format has no lines.
    pub line: usize,
    /// The column's name.
    pub column: String,
    /// What stood there.
    pub found: String,
}

/// Reads the columns that `request` names.
///
/// # Errors
/// Every fault of the file at once: unknown columns, ragged rows, cells without a number.
pub fn read(source: &Source, request: &Request) -> Result<Rows> {
    let text = input::text(&source.name, &source.bytes).map_err(Faults::from)?;
    let plain =
        !matches!(text.trim_start().as_bytes().first(), Some(b'[' | b'{')) && !text.contains('"');
    if plain { read_plain(&source.name, text, request) } else { read_table(source, request) }
}

/// CSV without quotes: one scan over the text, no copy of the cells.
fn read_plain(file: &str, text: &str, request: &Request) -> Result<Rows> {
    let mut lines = Lines { text, at: 0, number: 0 };
    let Some((first_line, first)) = lines.next() else {
        return Err(Faults::from(Fault::of(file, "the table is empty")).into());
    };
    let cells: Vec<&str> = first.split(',').map(str::trim).collect();
    let headless = cells.iter().all(|cell| cell.parse::<f64>().is_ok());
    let names: Vec<String> = match (headless, cells.len()) {
        (false, _) => cells.iter().map(|&cell| cell.to_owned()).collect(),
        (true, 1) => vec!["x".to_owned()],
        (true, n) => (1..=n).map(|i| format!("x{i}")).collect(),
    };
    check_names(file, first_line, &names)?;
    let sample =
        if headless { first } else { Lines { ..lines }.next().map_or("", |(_, line)| line) };
    let wanted = Wanted::choose(file, first_line, &names, request, |i| {
        sample.split(',').nth(i).is_some_and(|cell| cell.trim().parse::<f64>().is_ok())
    })?;
    let mut rows = wanted.rows(file, &names, text.len() / (8 * names.len().max(1)));
    let mut faults = Vec::new();
    if headless {
        lines = Lines { text, at: 0, number: 0 };
    }
    let mut cells: Vec<&str> = Vec::with_capacity(names.len());
    for (number, line) in lines {
        cells.clear();
        cells.extend(line.split(','));
        if cells.len() != names.len() {
            let found = format!("the row has {} cells", cells.len());
            let expected = format!("{}: {}", names.len(), names.join(", "));
            faults.push(Fault::at(file, number, 0, found).expected(expected));
            continue;
        }
        wanted.take(
            &mut rows,
            number,
            |i| cells[i].trim(),
            |i, found| {
                let cell = cells[i];
                let start = cell.as_ptr() as usize - line.as_ptr() as usize;
                let padding = cell.len() - cell.trim_start().len();
                Fault::at(file, number, line[..start + padding].chars().count() + 1, found)
            },
            &names,
            request.na,
            &mut faults,
        );
    }
    finish(rows, faults)
}

/// Quoted CSV, JSON and JSON lines.
fn read_table(source: &Source, request: &Request) -> Result<Rows> {
    let table = Table::parse(&source.name, &source.bytes)?;
    let numeric = |i: usize| !table.is_empty() && table.number(0, i).is_ok();
    let wanted = Wanted::choose(&table.file, 1, &table.columns, request, numeric)?;
    let mut rows = wanted.rows(&table.file, &table.columns, table.len());
    let mut faults = Vec::new();
    for row in 0..table.len() {
        wanted.take(
            &mut rows,
            table.line(row),
            |i| table.cell(row, i),
            |i, found| table.fault(row, i, found),
            &table.columns,
            request.na,
            &mut faults,
        );
    }
    finish(rows, faults)
}

fn finish(rows: Rows, faults: Vec<Fault>) -> Result<Rows> {
    let rows = Faults::or(rows, faults)?;
    if rows.lines.is_empty() {
        return Err(Faults::from(Fault::of(&rows.file, "the table has no rows")).into());
    }
    Ok(rows)
}

fn check_names(file: &str, line: usize, names: &[String]) -> Result<()> {
    let mut faults = Vec::new();
    for (i, name) in names.iter().enumerate() {
        if name.is_empty() {
            faults.push(Fault::at(file, line, 0, format!("column {} has no name", i + 1)));
        } else if names[..i].contains(name) {
            faults.push(Fault::at(file, line, 0, format!("duplicate column `{name}`")));
        }
    }
    Ok(Faults::or((), faults)?)
}

/// Places of the wanted columns.
struct Wanted {
    values: Vec<usize>,
    extra: Option<usize>,
    labels: Vec<usize>,
}

impl Wanted {
    fn choose(
        file: &str,
        line: usize,
        names: &[String],
        request: &Request,
        numeric: impl Fn(usize) -> bool,
    ) -> Result<Wanted> {
        let mut faults = Vec::new();
        let mut find = |name: &str| {
            let place = names.iter().position(|known| known == name);
            if place.is_none() {
                let valid = names.iter().map(String::as_str);
                faults.push(
                    Fault::at(file, line, 1, format!("no column `{name}`")).one_of(name, valid),
                );
            }
            place.unwrap_or(0)
        };
        let extra = request.extra.map(&mut find);
        let labels: Vec<usize> = request.labels.iter().map(|name| find(name)).collect();
        let mut values: Vec<usize> = request.values.iter().map(|name| find(name)).collect();
        if values.is_empty() {
            let free: Vec<usize> = (0..names.len())
                .filter(|i| {
                    extra != Some(*i) && !labels.contains(i) && (names.len() == 1 || numeric(*i))
                })
                .collect();
            if free.len() == 1 || (request.several && !free.is_empty()) {
                values = free;
            } else {
                let what = if free.is_empty() {
                    "no column of numbers"
                } else {
                    "several columns of numbers"
                };
                let choices: Vec<&str> = match free.is_empty() {
                    true => names.iter().map(String::as_str).collect(),
                    false => free.iter().map(|i| names[*i].as_str()).collect(),
                };
                let expected = format!("--column with one of: {}", choices.join(", "));
                faults.push(Fault::at(file, line, 0, what).expected(expected));
            }
        }
        Ok(Faults::or(Wanted { values, extra, labels }, faults)?)
    }

    fn rows(&self, file: &str, names: &[String], capacity: usize) -> Rows {
        Rows {
            file: file.to_owned(),
            columns: self.values.iter().map(|i| names[*i].clone()).collect(),
            values: self.values.iter().map(|_| Vec::with_capacity(capacity)).collect(),
            labels: vec![Vec::new(); self.labels.len()],
            lines: Vec::with_capacity(capacity),
            ..Rows::default()
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one row, told by either reader")]
    fn take<'a>(
        &self,
        rows: &mut Rows,
        line: usize,
        cell: impl Fn(usize) -> &'a str,
        fault: impl Fn(usize, String) -> Fault,
        names: &[String],
        na: Na,
        faults: &mut Vec<Fault>,
    ) {
        let mut number = |i: usize| {
            let text = cell(i);
            match text.parse::<f64>() {
                Ok(value) if value.is_finite() => value,
                _ => {
                    match na {
                        Na::Skip => rows.skipped.push(Skipped {
                            line,
                            column: names[i].clone(),
                            found: text.to_owned(),
                        }),
                        Na::Error => {
                            let found = match text {
                                "" => format!("empty cell in column `{}`", names[i]),
                                _ => format!(
                                    "`{text}` in column `{}` is not a finite number",
                                    names[i]
                                ),
                            };
                            let expected = "a number; `--na skip` leaves such rows out";
                            faults.push(fault(i, found).expected(expected));
                        }
                    }
                    f64::NAN
                }
            }
        };
        for (column, i) in self.values.iter().enumerate() {
            let value = number(*i);
            rows.values[column].push(value);
        }
        if let Some(i) = self.extra {
            let value = number(i);
            rows.extra.push(value);
        }
        for (column, i) in self.labels.iter().enumerate() {
            rows.labels[column].push(cell(*i).to_owned());
        }
        rows.lines.push(line);
    }
}

/// Lines with something on them, numbered from 1; comments and blank lines are passed over.
#[derive(Clone, Copy)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            let length = rest.find('\n').unwrap_or(rest.len());
            self.at += length + 1;
            self.number += 1;
            let line = rest[..length].strip_suffix('\r').unwrap_or(&rest[..length]);
            if !line.starts_with('#') && !line.bytes().all(|b| b == b' ' || b == b'\t') {
                return Some((self.number, line));
            }
        }
        None
    }
}

/// Runs of equal successive labels; a label that comes back later is a fault, because its rows are not together.
pub fn runs(rows: &Rows, labels: &[String], what: &str) -> Result<Vec<(String, Range<usize>)>> {
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
    Ok(Faults::or(found, faults)?)
}

/// Refuses a time that goes backwards. Numbers compare as numbers, all else as text, which is right for ISO 8601.
pub fn check_time(rows: &Rows, times: &[String]) -> Result<()> {
    let numbers: Option<Vec<f64>> = times.iter().map(|time| time.parse().ok()).collect();
    let backwards = |i: usize| match &numbers {
        Some(numbers) => numbers[i] < numbers[i - 1],
        None => times[i] < times[i - 1],
    };
    let faults = (1..times.len())
        .filter(|i| backwards(*i))
        .map(|i| {
            let found = format!("time `{}` after `{}`", times[i], times[i - 1]);
            Fault::at(&rows.file, rows.lines[i], 0, found).expected("rows in order of time")
        })
        .collect();
    Ok(Faults::or((), faults)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(values: &[String], na: Na) -> Request<'_> {
        Request { values, several: false, extra: None, labels: Vec::new(), na }
    }

    fn rows(text: &str, na: Na) -> Result<Rows> {
        let source = Source { name: "t.csv".to_owned(), bytes: text.as_bytes().to_vec() };
        read(&source, &request(&[], na))
    }

    #[test]
    fn plain_quoted_and_headless_tables_read_alike() {
        for text in [
            "lot,x\r\na,1.5\r\n\r\n# note\r\nb,-2e1\r\n",
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
    fn every_bad_cell_is_named_with_its_place() {
        let text = "lot,x\na,1\nb,\nc,nan\nd,inf\ne,1_0\n";
        let error = rows(text, Na::Error).unwrap_err().to_string();
        assert_eq!(error.lines().next(), Some("t.csv:3:3: empty cell in column `x`"), "{error}");
        assert!(error.contains("t.csv:5:3: `inf` in column `x` is not a finite number"));
        assert_eq!(error.matches("expected a number").count(), 4);
        let kept = rows(text, Na::Skip).unwrap();
        assert_eq!((kept.skipped.len(), kept.values[0].len()), (4, 5));
    }

    #[test]
    fn a_choice_between_columns_is_the_users() {
        let error = rows("a,b\n1,2\n", Na::Error).unwrap_err().to_string();
        assert_eq!(
            error,
            "t.csv:1: several columns of numbers\n  expected --column with one of: a, b"
        );
        let wanted = ["temp".to_owned()];
        let source = Source { name: "t.csv".to_owned(), bytes: b"temp_c,b\n1,2\n".to_vec() };
        let error = read(&source, &request(&wanted, Na::Error)).unwrap_err().to_string();
        assert!(error.ends_with("did you mean `temp_c`?"), "{error}");
    }
}
