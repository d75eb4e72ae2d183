//! The differences as rows, and as a document with what was compared and why it differs.

use super::reasons::Reason;
use super::{Comparison, Content, Difference};
use libchar_core::number::significant;
use libchar_core::words::count;
use libchar_core::{Cell, Frame, frame};
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

/// The differences to show: all of them, or the worst ones in order of severity.
#[must_use]
pub fn worst(comparison: &Comparison, most: Option<usize>) -> Vec<&Difference> {
    let mut shown: Vec<&Difference> = comparison.differences.iter().collect();
    if let Some(most) = most {
        // The sort is stable: differences of equal severity keep their order.
        shown.sort_by(|a, b| b.severity().total_cmp(&a.severity()));
        shown.truncate(most);
    }
    shown
}

/// Summarizes a comparison in one sentence.
#[must_use]
pub fn summary(comparison: &Comparison) -> String {
    let all = comparison.differences.len();
    let waived = match all - comparison.open() {
        0 => String::new(),
        waived => format!(", {waived} of them waived"),
    };
    format!(
        "{} compared, {} equal or within tolerance, {}{waived}",
        count(comparison.compared, "value"),
        comparison.same,
        count(all, "difference")
    )
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

/// All columns of the differences, one row each, for programs.
#[must_use]
pub fn rows(shown: &[&Difference]) -> Frame {
    let mut frame = Frame::new("libchar.diff", 1, COLUMNS);
    shown.iter().for_each(|difference| frame.push(cells(difference)));
    frame
}

/// What differs where, from what to what and by how much, for people.
#[must_use]
pub fn table(shown: &[&Difference]) -> Frame {
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

/// The comparison as a document: both sides by name and kind, the counts, why the sides may differ, and the rows that are
/// shown.
#[must_use]
pub fn document(
    comparison: &Comparison,
    shown: &[&Difference],
    [old, new]: [(&str, &str); 2],
    reasons: &[Reason],
) -> Value {
    let side = |(name, what): (&str, &str)| json!({ "name": name, "what": what });
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
