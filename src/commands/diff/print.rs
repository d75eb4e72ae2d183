//! The differences as rows, and as a document that also says what was compared and why the sides
//! differ.

use super::reasons::Reason;
use super::side::Side;
use crate::context::Context;
use anyhow::Result;
use libchar_core::number::significant;
use libchar_core::{Cell, Format, Frame, frame};
use libchar_pages::diff::{Comparison, Content, Difference};
use serde_json::{Value, json};

const COLUMNS: [&str; 15] = [
    "kind",
    "place",
    "at",
    "measure",
    "old",
    "new",
    "unit",
    "delta",
    "relative",
    "tolerance",
    "u_expanded",
    "e_n",
    "count",
    "reason",
    "waived",
];

pub fn print(
    comparison: &Comparison,
    old: &Side,
    new: &Side,
    reasons: &[Reason],
    worst: Option<usize>,
    ctx: &Context,
) -> Result<()> {
    let mut shown: Vec<&Difference> = comparison.differences.iter().collect();
    if let Some(worst) = worst {
        // The sort is stable: differences of equal severity keep their order.
        shown.sort_by(|a, b| b.severity().total_cmp(&a.severity()));
        shown.truncate(worst);
    }
    match ctx.format() {
        Format::Json => {
            ctx.write_document("-", &document(comparison, &shown, old, new, reasons))?
        }
        Format::Table => ctx.print(&table(&shown))?,
        _ => ctx.print(&rows(&shown))?,
    }
    for reason in reasons {
        let side = |digest: &Option<String>| digest.as_deref().map_or("none", short).to_owned();
        ctx.log.info(
            "diff",
            format!(
                "why: {} `{}` differs: {} -> {}",
                reason.kind,
                reason.name,
                side(&reason.old),
                side(&reason.new)
            ),
        );
    }
    if shown.len() < comparison.differences.len() {
        ctx.log.info(
            "diff",
            format!(
                "{} more differences are not shown (--worst)",
                comparison.differences.len() - shown.len()
            ),
        );
    }
    ctx.log.info("diff", super::summary(comparison));
    Ok(())
}

/// Shortens a digest; returns any other text unchanged.
fn short(text: &str) -> &str {
    let is_digest = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if is_digest { &text[..12] } else { text }
}

fn cells(difference: &Difference) -> Vec<Cell> {
    let content = |content: &Content| match content {
        Content::Number(value) => Cell::from(*value),
        Content::Text(text) => text.as_str().into(),
        Content::Nothing => Cell::Null,
    };
    let entry = &difference.entry;
    vec![
        difference.kind.name().into(),
        entry.place.as_str().into(),
        entry.at.as_str().into(),
        entry.measure.as_str().into(),
        content(&difference.old),
        content(&difference.new),
        entry.unit.as_ref().into(),
        difference.delta.into(),
        difference.relative.into(),
        difference.tolerance.into(),
        difference.expanded.into(),
        difference.e_n.into(),
        difference.count.into(),
        difference.since.map(|since| since.name()).into(),
        difference.waived.clone().into(),
    ]
}

fn rows(shown: &[&Difference]) -> Frame {
    let mut frame = Frame::new("libchar.diff", 1, COLUMNS);
    shown.iter().for_each(|difference| frame.push(cells(difference)));
    frame
}

/// A table for reading: the place and measure of each difference, old and new value, and the
/// change.
fn table(shown: &[&Difference]) -> Frame {
    let mut frame = Frame::new(
        "libchar.diff",
        1,
        ["kind", "place", "measure", "old", "new", "difference", "note"],
    );
    for difference in shown {
        let entry = &difference.entry;
        let content = |content: &Content| match content {
            Content::Number(value) => {
                format!("{} {}", significant(*value, 6), entry.unit).trim_end().to_owned()
            }
            Content::Text(text) => text.clone(),
            Content::Nothing => "-".to_owned(),
        };
        let place = match (entry.place.as_str(), entry.at.as_str()) {
            (place, "") => place.to_owned(),
            ("", at) => at.to_owned(),
            (place, at) => format!("{place} at {at}"),
        };
        let by = difference.delta.map(|delta| {
            let delta = format!(
                "{}{} {}",
                if delta > 0.0 { "+" } else { "" },
                significant(delta, 4),
                entry.unit
            );
            let percent = difference.relative.map(|part| format!(" ({:+.3} %)", 100.0 * part));
            format!("{}{}", delta.trim_end(), percent.unwrap_or_default())
        });
        let mut notes = Vec::new();
        if difference.count > 1 {
            notes.push(format!("worst of {}", difference.count));
        }
        if let (Some(e_n), Some(expanded)) = (difference.e_n, difference.expanded) {
            notes.push(format!("E_n {e_n:.2}, U of the difference {}", significant(expanded, 3)));
        }
        notes.extend(difference.since.map(|since| since.name().to_owned()));
        notes.extend(difference.waived.as_ref().map(|reason| format!("waived: {reason}")));
        frame.push(vec![
            difference.kind.name().into(),
            place.into(),
            entry.measure.as_str().into(),
            content(&difference.old).into(),
            content(&difference.new).into(),
            by.unwrap_or_else(|| "-".to_owned()).into(),
            notes.join("; ").into(),
        ]);
    }
    frame
}

fn document(
    comparison: &Comparison,
    shown: &[&Difference],
    old: &Side,
    new: &Side,
    reasons: &[Reason],
) -> Value {
    let side = |side: &Side| json!({ "name": side.name, "what": side.what });
    let row = |difference: &&Difference| {
        Value::Object(
            COLUMNS
                .iter()
                .zip(cells(difference))
                .map(|(name, cell)| ((*name).to_owned(), cell.json()))
                .collect(),
        )
    };
    let mut kinds = serde_json::Map::new();
    for difference in &comparison.differences {
        let count = kinds.get(difference.kind.name()).and_then(Value::as_u64).unwrap_or(0);
        kinds.insert(difference.kind.name().to_owned(), json!(count + 1));
    }
    let why: Vec<Value> = reasons
        .iter()
        .map(|reason| json!({ "kind": reason.kind, "name": reason.name, "old": reason.old, "new": reason.new }))
        .collect();
    let body = json!({
        "old": side(old),
        "new": side(new),
        "compared": comparison.compared,
        "same": comparison.same,
        "differences": comparison.differences.len(),
        "waived": comparison.differences.len() - comparison.open(),
        "kinds": kinds,
        "why": why,
        "rows": shown.iter().map(row).collect::<Vec<_>>(),
    });
    frame::document("libchar.diff", 1, body)
}
