//! The report as a table (`creport.csv`) and as a document (`creport.json`).

use super::preset;
use crate::creport::{Extreme, Group, Report};
use libchar_core::{Frame, frame};
use serde_json::{Value, json};

/// One row for each measure and alter: `creport.csv`.
pub fn summary(report: &Report) -> Frame {
    let columns = [
        "measure",
        "alter",
        "unit",
        "points",
        "ok",
        "failed",
        "missing",
        "min",
        "min_point",
        "max",
        "max_point",
        "typ",
        "spread",
        "spread_pct",
        "margin",
        "margin_pct",
        "margin_point",
        "result",
    ];
    let mut frame = Frame::new("libchar.creport-summary", 1, columns);
    let typ = report.typ.as_deref();
    for group in &report.groups {
        let (min, max, margin) = (group.min(), group.max(), group.margin());
        frame.push(vec![
            group.measure.as_str().into(),
            i64::from(group.alter).into(),
            Some(group.unit.as_str()).filter(|unit| !unit.is_empty()).into(),
            group.rows.len().into(),
            group.count("ok").into(),
            group.count("failed").into(),
            group.count("missing").into(),
            min.map(|extreme| extreme.value).into(),
            min.map(|extreme| extreme.row.point.as_str()).into(),
            max.map(|extreme| extreme.value).into(),
            max.map(|extreme| extreme.row.point.as_str()).into(),
            group.typ(typ).into(),
            group.spread().map(computed).into(),
            group.spread_pct(typ).map(computed).into(),
            margin.map(|(extreme, _)| computed(extreme.value)).into(),
            margin.and_then(|(_, percent)| percent).map(computed).into(),
            margin.map(|(extreme, _)| extreme.row.point.as_str()).into(),
            group.verdict().word().into(),
        ]);
    }
    frame
}

/// The whole report: `creport.json`.
pub fn json(report: &Report) -> Value {
    let measures: Vec<Value> = report.groups.iter().map(|group| measure(report, group)).collect();
    let presets: Vec<Value> =
        report.presets.iter().map(|p| preset::json(p, report.points_with(&p.name))).collect();
    let body = json!({
        "typ": report.typ,
        "result": report.verdict().word(),
        "points": report.points(),
        "points_of": report.part.map(|part| part.of),
        "points_chosen": report.part.is_some_and(|part| part.chosen),
        "not_judged": report.not_judged().0,
        "adopted": report.adopted,
        "stale": report.stale.iter().map(|stale| json!({ "what": stale.what, "points": stale.points })).collect::<Vec<_>>(),
        "without_value": report.faulty(),
        "presets": presets,
        "measures": measures,
    });
    frame::document("libchar.creport", 1, body)
}

/// A computed value without the noise of its last bits: rounded to 12 significant digits.
fn computed(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

fn measure(report: &Report, group: &Group) -> Value {
    let typ = report.typ.as_deref();
    let extreme = |extreme: Option<Extreme>| {
        extreme.map(|Extreme { value, row }| json!({ "value": value, "point": row.point, "step": row.step }))
    };
    let margin = group.margin();
    let rows: Vec<Value> = group
        .rows
        .iter()
        .map(|row| {
            json!({
                "point": row.point,
                "step": row.step,
                "value": row.value,
                "status": row.status,
                "lower": row.limits.lower,
                "upper": row.limits.upper,
                "margin": row.margin().map(|(margin, _)| computed(margin)),
                "result": row.verdict().word(),
                "preset": row.preset,
            })
        })
        .collect();
    json!({
        "measure": group.measure,
        "alter": group.alter,
        "unit": group.unit,
        "ok": group.count("ok"),
        "failed": group.count("failed"),
        "missing": group.count("missing"),
        "min": extreme(group.min()),
        "max": extreme(group.max()),
        "typ": group.typ(typ),
        "spread": group.spread().map(computed),
        "spread_pct": group.spread_pct(typ).map(computed),
        "margin": extreme(margin.map(|(extreme, _)| Extreme { value: computed(extreme.value), ..extreme })),
        "margin_pct": margin.and_then(|(_, percent)| percent).map(computed),
        "result": group.verdict().word(),
        "rows": rows,
    })
}
