//! The table of all measures: one row each, by state, then by margin.

use crate::changes::{Baseline, median};
use crate::model::{Domain, Measure, State};
use crate::pictures;
use crate::quantity::{NOTHING, percent, short};
use crate::templates::markup;
use minijinja::Value;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub struct Line {
    key: String,
    name: String,
    title: String,
    sign: &'static str,
    class: &'static str,
    word: String,
    margin: String,
    bar: Option<Value>,
    place: String,
    limit: String,
    min: String,
    typ: String,
    max: String,
    strip: Value,
    change: Option<String>,
}

/// Measures by state, missed first, then by their worst margin.
pub fn sorted(domain: &Domain) -> Vec<&Measure> {
    let mut sorted: Vec<&Measure> = domain.measures.iter().collect();
    let margin = |m: &Measure| m.worst().and_then(|row| row.margin_pct()).unwrap_or(f64::INFINITY);
    sorted.sort_by(|a, b| a.state().cmp(&b.state()).then(margin(a).total_cmp(&margin(b))));
    sorted
}

/// The rows of the table.
pub fn lines(domain: &Domain, baseline: Option<(&Baseline, f64)>) -> Vec<Line> {
    sorted(domain).into_iter().map(|measure| line(domain, measure, baseline)).collect()
}

fn line(domain: &Domain, measure: &Measure, baseline: Option<(&Baseline, f64)>) -> Line {
    let worst = measure.worst();
    let margin = worst.and_then(|row| row.margin_pct());
    let extreme = |pick: fn(f64, f64) -> f64| {
        measure
            .values()
            .reduce(pick)
            .map_or_else(|| NOTHING.to_owned(), |value| short(value, &measure.unit))
    };
    let change = baseline.map(|(baseline, error)| {
        let change = baseline.change(domain, measure, error);
        let typical = change.typ.unwrap_or_else(|| median(&change.relative));
        if typical.abs() <= error { "≈ 0".to_owned() } else { percent(100.0 * typical) }
    });
    Line {
        key: pictures::anchor(&measure.key),
        name: measure.name.clone(),
        title: measure.title.clone(),
        sign: measure.state().sign(),
        class: measure.state().class(),
        word: word(measure),
        margin: margin.map_or_else(|| NOTHING.to_owned(), percent),
        bar: margin.map(|margin| markup(pictures::margin_bar(margin))),
        place: worst.map_or_else(String::new, |row| domain.points[row.point].place.words()),
        limit: limits(domain, measure),
        min: extreme(f64::min),
        typ: measure.typ.map_or_else(|| NOTHING.to_owned(), |value| short(value, &measure.unit)),
        max: extreme(f64::max),
        strip: markup(pictures::strip(measure)),
        change,
    }
}

/// The word of a measure's state.
pub fn word(measure: &Measure) -> String {
    match measure.state() {
        State::Missed => "missed".to_owned(),
        State::Open => format!("{} open", crate::quantity::count(measure.open(), "point")),
        State::Kept => "kept".to_owned(),
        State::Unlimited => "no limit".to_owned(),
    }
}

/// The limits of most points, and in brackets those of corners with other limits.
pub fn limits(domain: &Domain, measure: &Measure) -> String {
    let words = |lower: Option<f64>, upper: Option<f64>| {
        let side = |name: &str, limit: Option<f64>| {
            limit.map(|limit| format!("{name} {}", short(limit, &measure.unit)))
        };
        let sides: Vec<String> =
            [side("min", lower), side("max", upper)].into_iter().flatten().collect();
        if sides.is_empty() { "none".to_owned() } else { sides.join(", ") }
    };
    let mut groups: BTreeMap<String, (usize, Vec<&str>)> = BTreeMap::new();
    for row in &measure.rows {
        let (n, corners) = groups.entry(words(row.lower, row.upper)).or_default();
        *n += 1;
        let corner = domain.points[row.point].place.corner.as_str();
        if !corners.contains(&corner) {
            corners.push(corner);
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, (n, _))| std::cmp::Reverse(*n));
    let Some((most, _)) = groups.first() else { return NOTHING.to_owned() };
    let exceptions: Vec<String> = groups[1..]
        .iter()
        .map(|(limit, (_, corners))| format!("{}: {limit}", corners.join(", ")))
        .collect();
    if exceptions.is_empty() { most.clone() } else { format!("{most} ({})", exceptions.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::inputs;

    #[test]
    fn corners_with_other_limits_are_named() {
        let mut inputs = inputs();
        let rows = inputs.creport["measures"][0]["rows"].as_array_mut().expect("rows");
        for row in rows.iter_mut().take(3) {
            row["upper"] = 4e-11.into();
        }
        let domain = Domain::read(&inputs);
        let text = limits(&domain, &domain.measures[0]).replace('\u{202f}', " ");
        assert_eq!(text, "max 20.50 ps (SS: max 40.00 ps)");
    }
}
