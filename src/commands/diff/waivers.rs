//! Reads the file of `--waive`: accepted differences with a reason and an expiry date.

use crate::context::Context;
use anyhow::Result;
use jiff::civil::Date;
use libchar_core::fault::Places;
use libchar_core::{Fault, Faults, Table, input};
use libchar_pages::diff::Waiver;
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

/// Reads waivers from TOML (`[[waive]]` with pattern, reason, expires) or CSV with these columns.
pub fn read(name: &str, ctx: &Context) -> Result<Vec<Waiver>> {
    let source = ctx.read(name)?;
    let text = input::text(name, &source.bytes).map_err(Faults::from)?;
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let mut faults = Vec::new();
    let mut waivers = Vec::new();
    let mut add = |written: Written| match judge(name, &written, today) {
        Ok(waiver) => waivers.push(waiver),
        Err(fault) => faults.push(fault),
    };
    if name.ends_with(".csv") {
        let table = Table::parse_csv(name, &source.bytes)?;
        let (pattern, reason) = (
            table.column("pattern").map_err(Faults::from)?,
            table.column("reason").map_err(Faults::from)?,
        );
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
    Ok(Faults::or(waivers, faults)?)
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
