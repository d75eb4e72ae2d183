//! The presets of simulator options in a report, which show how a result was simulated.

use super::{dash, escape, table, unescape};
use crate::creport::{Preset, PresetError};
use libchar_core::number::{parse_decimal, shortest};
use serde_json::{Value, json};

/// Columns of a preset's errors in the text.
pub(crate) const ERRORS: [&str; 3] = ["measure", "error_pct", "verified_pct"];

/// The form of a preset's heading in the text.
pub(crate) const HEADING: &str = "`preset NAME  points N  tolerance_pct T  options O`";

/// A preset with its errors as text; `-` for what is not known.
pub(crate) fn text(preset: &Preset, points: usize) -> String {
    let heading = format!(
        "preset {}  points {points}  tolerance_pct {}  options {}\n",
        escape(&preset.name),
        preset.tolerance_pct.map_or_else(dash, shortest),
        preset.options.as_deref().unwrap_or("-"),
    );
    let row = |error: &PresetError| {
        let verified = error.verified_pct.map_or_else(dash, shortest);
        vec![escape(&error.measure), shortest(error.error_pct), verified]
    };
    heading + &table(&ERRORS, preset.errors.iter().map(row))
}

/// Reads a heading, without the number of points, which follows from the rows.
pub(crate) fn heading(line: &str) -> Option<Preset> {
    let mut parts = line.split("  ");
    let name = unescape(parts.next()?.strip_prefix("preset ")?)?;
    parts.next()?.strip_prefix("points ")?;
    let tolerance_pct = percent(parts.next()?.strip_prefix("tolerance_pct ")?)?;
    let options = parts.next()?.strip_prefix("options ")?;
    let options = Some(options.to_owned()).filter(|options| options != "-");
    Some(Preset { name, options, tolerance_pct, errors: Vec::new() })
}

/// Reads a line of errors.
pub(crate) fn error(line: &str) -> Option<PresetError> {
    let mut cells = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
    let measure = unescape(cells.next()?)?;
    let error_pct = percent(cells.next()?)??;
    Some(PresetError { measure, error_pct, verified_pct: percent(cells.next()?)? })
}

fn percent(cell: &str) -> Option<Option<f64>> {
    if cell == "-" { Some(None) } else { parse_decimal(cell).map(Some) }
}

/// A preset as JSON.
pub(crate) fn json(preset: &Preset, points: usize) -> Value {
    let error = |error: &PresetError| {
        json!({
            "measure": error.measure,
            "error_pct": error.error_pct,
            "verified_pct": error.verified_pct,
        })
    };
    json!({
        "preset": preset.name,
        "points": points,
        "options": preset.options,
        "tolerance_pct": preset.tolerance_pct,
        "errors": preset.errors.iter().map(error).collect::<Vec<_>>(),
    })
}
