//! Reads the text of a report back and checks it: numbers that do not follow from its rows were
//! changed afterwards.

use super::preset;
use super::{ADOPTED, ROWS, STALE, Style, TITLE, text, text_as, unescape};
use crate::creport::{Group, Limits, Part, Report, Row, Stale};
use crate::quantity::parse as parse_quantity;
use libchar_core::{Fault, Faults};

/// Reads the text of a report.
///
/// # Errors
/// A line that does not belong to a report; a report whose summary does not follow from its rows,
/// because someone changed it: at the first line that differs.
pub fn parse(file: &str, content: &str) -> Result<Report, Faults> {
    let mut lines = (1..).zip(content.lines());
    let fault = |line: usize, found: &str, expected: &str| -> Faults {
        Fault::at(file, line, 1, found).expected(expected).into()
    };
    if lines.next().map(|(_, line)| line) != Some(TITLE) {
        let expected = format!("`{TITLE}`, the first line of a creport.txt");
        return Err(fault(1, "not a report of libchar", &expected));
    }
    let typ = lines.next().and_then(|(_, line)| from_dash(line.strip_prefix("typ: ")?));
    let typ = typ.ok_or_else(|| fault(2, "no typical point", "`typ: POINT` or `typ: -`"))?;
    let mut report = Report { typ: Some(typ).filter(|typ| !typ.is_empty()), ..Report::default() };
    let mut in_preset = false;
    let mut in_rows = false;
    for (number, line) in lines {
        if number == 3 {
            report.part = read_part(line);
        }
        if matches!(number, 5 | 6) {
            report.stale.extend(read_stale(line).unwrap_or_default());
            let adopted = line.strip_prefix(ADOPTED).and_then(|rest| rest.split(' ').next());
            report.adopted = adopted.map_or(report.adopted, |n| n.parse().unwrap_or(0));
        }
        if line.starts_with("measure ") && !line.starts_with("measure  ") {
            let group = heading(line).ok_or_else(|| {
                fault(number, "not a heading", "`measure NAME  alter N  unit U  RESULT`")
            })?;
            report.groups.push(group);
            in_rows = false;
        } else if line.starts_with("preset ") && !line.starts_with("preset  ") {
            let preset = preset::heading(line)
                .ok_or_else(|| fault(number, "not a heading", preset::HEADING))?;
            report.presets.push(preset);
            (in_preset, in_rows) = (true, false);
        } else if line.is_empty() {
            (in_preset, in_rows) = (false, false);
        } else if let Some(preset) = report.presets.last_mut().filter(|_| in_preset) {
            if in_rows {
                let error = preset::error(line).ok_or_else(|| {
                    fault(number, "not an error of the preset", &preset::ERRORS.join(", "))
                })?;
                preset.errors.push(error);
            }
            in_rows = true;
        } else if let Some(group) = report.groups.last_mut() {
            if in_rows {
                let row = read_row(line, &group.unit).ok_or_else(|| {
                    let expected = format!("{} in unit `{}`", ROWS.join(", "), group.unit);
                    fault(number, "not a row of the measure", &expected)
                })?;
                group.rows.push(row);
            }
            in_rows = true;
        }
    }
    let again = text(&report);
    if again == content || text_as(&report, Style::Version0_1) == content {
        return Ok(report);
    }
    if let Some((number, _)) =
        (1..).zip(again.lines().zip(content.lines())).find(|(_, (a, b))| a != b)
    {
        let line = again.lines().nth(number - 1).unwrap_or_default();
        return Err(fault(
            number,
            "the line does not follow from the report's rows",
            &format!("`{line}`"),
        ));
    }
    let count = content.lines().count();
    if again.lines().count() != count || !content.ends_with('\n') {
        return Err(fault(count, "the report ends here", "all lines of its measures"));
    }
    Ok(report)
}

fn heading(line: &str) -> Option<Group> {
    let mut parts = line.split("  ");
    let measure = unescape(parts.next()?.strip_prefix("measure ")?)?;
    let alter = parts.next()?.strip_prefix("alter ")?.parse().ok()?;
    let unit = parts.next()?.strip_prefix("unit ")?;
    let unit = if unit == "-" { String::new() } else { unit.to_owned() };
    Some(Group { measure, alter, unit, rows: Vec::new() })
}

fn read_row(line: &str, unit: &str) -> Option<Row> {
    let mut cells = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
    let point = unescape(cells.next()?)?;
    let step = from_dash(cells.next()?)?;
    let value = cells.next()?;
    let limit = |cell: &str| match cell {
        "-" => Some(None),
        cell => parse_quantity(cell, unit).map(Some),
    };
    let (value, status) = match value {
        "failed" | "missing" => (None, value),
        value => (Some(parse_quantity(value, unit)?), "ok"),
    };
    let limits = Limits { lower: limit(cells.next()?)?, upper: limit(cells.next()?)? };
    // The margin and the result follow from the other cells.
    let preset = cells.nth(2).map(from_dash);
    let preset = match preset {
        Some(name) => name.map(|name| Some(name).filter(|name| !name.is_empty()))?,
        None => None,
    };
    Some(Row { point, step, value, status: status.to_owned(), limits, preset })
}

/// Reads the part of a whole from the third line of a text.
fn read_part(line: &str) -> Option<Part> {
    let (_, rest) = line.strip_prefix("points: ")?.split_once(" of ")?;
    let (of, rest) = rest.split_once(' ')?;
    Some(Part { of: of.parse().ok()?, chosen: rest.starts_with("(chosen)") })
}

fn read_stale(line: &str) -> Option<Vec<Stale>> {
    let words = line.strip_prefix(STALE)?.split(", ");
    words
        .map(|word| {
            let (what, rest) = word.split_once(" at ")?;
            let points = rest.split(' ').next()?.parse().ok()?;
            Some(Stale { what: what.to_owned(), points })
        })
        .collect()
}

fn from_dash(cell: &str) -> Option<String> {
    if cell == "-" { Some(String::new()) } else { unescape(cell) }
}
