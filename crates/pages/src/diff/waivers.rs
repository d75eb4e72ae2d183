//! Reads the file of `--waive`: accepted differences with a reason and an expiry date.

use super::Waiver;
use jiff::civil::Date;
use libchar_core::fault::Places;
use libchar_core::input::Source;
use libchar_core::{Fault, Faults, Table, input};
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    waive: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    pattern: Spanned<String>,
    reason: Spanned<String>,
    /// A date, as a string or as TOML's date.
    expires: Option<toml::Value>,
}

/// A waiver as read from the file, with its line, before it is judged.
struct Written<'a> {
    pattern: &'a str,
    reason: &'a str,
    expires: Option<&'a str>,
    line: usize,
}

/// Reads waivers from TOML (`[[waive]]` with pattern, reason, expires) or from CSV with these columns.
///
/// A waiver whose last day is before `today` has expired.
///
/// # Errors
/// A file that is neither, and every waiver without a pattern or a reason, or whose day is not a date.
pub fn read(source: &Source, today: Date) -> Result<Vec<Waiver>, Faults> {
    let name = source.name.as_str();
    let text = input::text(name, &source.bytes)?;
    let mut faults = Vec::new();
    let mut waivers = Vec::new();
    let mut add = |written: Written| match judge(name, &written, today) {
        Ok(waiver) => waivers.push(waiver),
        Err(fault) => faults.push(fault),
    };
    if name.ends_with(".csv") {
        let table = Table::parse_csv(name, &source.bytes)?;
        let (pattern, reason) = (table.column("pattern")?, table.column("reason")?);
        let expires = table.find_column("expires");
        for row in 0..table.len() {
            add(Written {
                pattern: table.cell(row, pattern),
                reason: table.cell(row, reason),
                expires: expires
                    .map(|column| table.cell(row, column))
                    .filter(|text| !text.is_empty()),
                line: table.line(row),
            });
        }
    } else {
        let places = Places::of(text);
        let file: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            Faults::from(
                places
                    .fault(name, at, error.message())
                    .expected("[[waive]] with pattern, reason and expires"),
            )
        })?;
        for line in &file.waive {
            let expires = line.expires.as_ref().map(|day| match day.as_str() {
                Some(text) => text.to_owned(),
                None => day.to_string(),
            });
            add(Written {
                pattern: line.pattern.get_ref(),
                reason: line.reason.get_ref(),
                expires: expires.as_deref(),
                line: places.fault(name, line.pattern.span().start, "").line,
            });
        }
    }
    Faults::or(waivers, faults)
}

fn judge(file: &str, written: &Written, today: Date) -> Result<Waiver, Fault> {
    let fault = |found: &str| Fault::at(file, written.line, 0, found);
    if written.pattern.trim().is_empty() {
        return Err(fault("a waiver without a pattern").expected("`PLACE MEASURE`, with * and ?"));
    }
    if written.reason.trim().is_empty() {
        return Err(fault("a waiver without a reason").expected("why the difference is accepted"));
    }
    let expires: Option<Date> = match written.expires {
        None => None,
        Some(text) => match text.trim().parse() {
            Ok(date) => Some(date),
            Err(_) => {
                return Err(
                    fault(&format!("`expires` is `{text}`")).expected("a day, as 2026-12-31")
                );
            }
        },
    };
    Ok(Waiver {
        pattern: written.pattern.trim().to_owned(),
        reason: written.reason.to_owned(),
        // A waiver is still valid on its last day.
        expired: expires.is_some_and(|day| day < today),
        line: written.line,
        used: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::read;
    use jiff::civil::date;
    use libchar_core::input::Source;

    fn read_on_new_year(name: &str, text: &str) -> Result<Vec<(String, bool, usize)>, String> {
        let source = Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        let found = read(&source, date(2026, 1, 1)).map_err(|faults| faults.to_string())?;
        Ok(found.into_iter().map(|w| (w.pattern, w.expired, w.line)).collect())
    }

    #[test]
    fn a_waiver_holds_on_its_last_day_in_both_formats() {
        let expected = [("a b", false), ("c d", true), ("e f", false)];
        let toml = "[[waive]]\npattern = 'a b'\nreason = 'r'\nexpires = 2026-01-01\n\
            [[waive]]\npattern = ' c d '\nreason = 'r'\nexpires = '2025-12-31'\n\
            [[waive]]\npattern = 'e f'\nreason = 'r'\n";
        let csv = "pattern,reason,expires\na b,r,2026-01-01\nc d,r,2025-12-31\ne f,r,\n";
        for (name, text, lines) in [("w.toml", toml, [2, 6, 10]), ("w.csv", csv, [2, 3, 4])] {
            let expected: Vec<(String, bool, usize)> = expected
                .iter()
                .zip(lines)
                .map(|((pattern, expired), line)| ((*pattern).to_owned(), *expired, line))
                .collect();
            assert_eq!(read_on_new_year(name, text).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn every_faulty_waiver_is_named() {
        let csv = "pattern,reason,expires\n,r,\na,,\na,r,soon\n";
        insta::assert_snapshot!(read_on_new_year("w.csv", csv).unwrap_err(), @"
        w.csv:2: a waiver without a pattern
          expected `PLACE MEASURE`, with * and ?
        w.csv:3: a waiver without a reason
          expected why the difference is accepted
        w.csv:4: `expires` is `soon`
          expected a day, as 2026-12-31
        ");
        let error = read_on_new_year("w.toml", "[[waive]]\nreason = 'r'\n").unwrap_err();
        assert!(error.starts_with("w.toml:1:1: missing field `pattern`"), "{error}");
    }
}
