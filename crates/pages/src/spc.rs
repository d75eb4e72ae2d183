//! A control chart drawn from its document: panels, limits, the first firing of each rule.

use crate::model::{array, number, text};
use crate::pictures::anchor;
use crate::quantity::{count, short};
use crate::svg::{Picture, Scale};
use crate::templates::markup;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
pub struct Chart {
    pub sentence: String,
    pub found: bool,
    picture: minijinja::Value,
    wide: bool,
    violations: Vec<Violation>,
}

#[derive(Serialize)]
struct Violation {
    rule: String,
    name: String,
    at: String,
    value: String,
    causes: Vec<String>,
    actions: Vec<String>,
}

/// The chart of a `libchar.spc-chart` document; its anchors begin with `id`.
pub fn chart(document: &Value, id: &str) -> Chart {
    let violations = array(document, "violations");
    let first = violations.iter().min_by_key(|v| v.get("timestamp_index").and_then(Value::as_u64));
    let label = |v: &Value| {
        text(v, "label")
            .unwrap_or_else(|| format!("point {}", number(v, "timestamp_index").unwrap_or(0.0)))
    };
    let sentence = match first {
        None => "In control: no rule fired.".to_owned(),
        Some(first) => {
            format!("Out of control since {}: {}.", label(first), count(violations.len(), "signal"))
        }
    };
    let mut rules: Vec<String> = Vec::new();
    let mut told = Vec::new();
    for violation in violations {
        let rule = text(violation, "rule_id").unwrap_or_default();
        if rules.contains(&rule) {
            continue;
        }
        let list = |name: &str| {
            array(violation, name).iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
        };
        told.push(Violation {
            name: text(violation, "rule_name").unwrap_or_default(),
            at: label(violation),
            value: number(violation, "value").map(|v| short(v, "")).unwrap_or_default(),
            causes: list("suggested_causes"),
            actions: list("recommended_actions"),
            rule: rule.clone(),
        });
        rules.push(rule);
    }
    Chart {
        found: !violations.is_empty(),
        picture: markup(picture(document, id, &sentence)),
        wide: true,
        violations: told,
        sentence,
    }
}

const LEFT: f64 = 66.0;
const RIGHT: f64 = 740.0;
const TALL: f64 = 170.0;

fn picture(document: &Value, id: &str, finding: &str) -> String {
    let labels: Vec<String> =
        array(document, "labels").iter().filter_map(|v| v.as_str().map(str::to_owned)).collect();
    let panels = array(document, "panels");
    let mut names: Vec<String> = Vec::new();
    for panel in panels {
        let name = text(panel, "panel").unwrap_or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let last = panels.iter().filter_map(|p| number(p, "last")).fold(1.0, f64::max);
    let x = |i: f64| LEFT + (RIGHT - LEFT) * (i + 0.5) / (last + 1.0);
    let mut picture = Picture::new(820.0, names.len() as f64 * (TALL + 24.0) + 30.0);
    for (n, name) in names.iter().enumerate() {
        let top = 20.0 + n as f64 * (TALL + 24.0);
        let parts: Vec<&Value> =
            panels.iter().filter(|p| text(p, "panel").as_deref() == Some(name)).collect();
        let limits =
            parts.iter().flat_map(|p| ["ucl", "lcl", "center"].map(|m| limit(p, m, 0))).flatten();
        let values = parts.iter().flat_map(|p| array(p, "values")).filter_map(Value::as_f64);
        let scale = Scale::over(values.chain(limits), (top + TALL, top));
        picture.text("b", (LEFT, top - 6.0), "start", name);
        for tick in scale.ticks(4.0) {
            picture.line("gr", (LEFT, scale.at(tick)), (RIGHT, scale.at(tick)));
            picture.text("t2", (LEFT - 6.0, scale.at(tick) + 4.0), "end", &short(tick, ""));
        }
        let fired = fired(document, name);
        for part in parts {
            panel(&mut picture, part, &fired, scale, &x, &labels);
        }
    }
    let bottom = names.len() as f64 * (TALL + 24.0) + 20.0;
    let step = ((last + 1.0) / 8.0).ceil().max(1.0) as usize;
    for i in (0..=last as usize).step_by(step) {
        let label = labels.get(i).cloned().unwrap_or_else(|| i.to_string());
        picture.text("t2", (x(i as f64), bottom), "middle", &label);
    }
    picture.finish(id, "Control chart", finding)
}

/// A limit at a point; a panel has one number for all points, or one for each.
fn limit(panel: &Value, name: &str, at: usize) -> Option<f64> {
    let value = panel.get(name)?;
    value.as_f64().or_else(|| value.as_array()?.get(at)?.as_f64())
}

/// Indices of the points at which rules fired in a panel, each with the first rule that fired
/// there.
fn fired(document: &Value, panel: &str) -> Vec<(usize, String)> {
    let mut seen = Vec::new();
    let mut fired = Vec::new();
    for violation in array(document, "violations") {
        if text(violation, "panel").is_some_and(|p| p == panel) {
            let rule = text(violation, "rule_id").unwrap_or_default();
            let first = !seen.contains(&rule);
            let at = number(violation, "timestamp_index").unwrap_or(0.0) as usize;
            fired.push((at, if first { rule.clone() } else { String::new() }));
            seen.push(rule);
        }
    }
    fired
}

fn panel(
    picture: &mut Picture,
    part: &Value,
    fired: &[(usize, String)],
    scale: Scale,
    x: &dyn Fn(f64) -> f64,
    labels: &[String],
) {
    let first = number(part, "first").unwrap_or(0.0);
    let values = array(part, "values");
    for (name, class) in [("ucl", "lim"), ("lcl", "lim"), ("center", "ref")] {
        let line: Vec<(f64, f64)> = (0..values.len())
            .filter_map(|i| Some((x(first + i as f64), scale.at(limit(part, name, i)?))))
            .collect();
        picture.path(class, &line);
        if let (Some((end, y)), Some(value)) =
            (line.last(), limit(part, name, values.len().saturating_sub(1)))
        {
            picture.text(
                if class == "lim" { "limt" } else { "t2" },
                (end + 6.0, y + 4.0),
                "start",
                &short(value, ""),
            );
        }
    }
    let at = |i: usize| Some((x(first + i as f64), scale.at(values.get(i)?.as_f64()?)));
    let line: Vec<(f64, f64)> = (0..values.len()).filter_map(at).collect();
    picture.path("s1", &line);
    for (i, value) in values.iter().enumerate() {
        let (Some(place), Some(value)) = (at(i), value.as_f64()) else { continue };
        let index = first as usize + i;
        let rule = fired.iter().find(|(at, _)| *at == index);
        let label = labels.get(index).cloned().unwrap_or_else(|| index.to_string());
        picture.mark(rule.is_some(), place, &format!("{label}: {}", short(value, "")));
        if let Some((_, rule)) = rule.filter(|(_, rule)| !rule.is_empty()) {
            picture.text("limt", (place.0, place.1 - 7.0), "middle", rule);
        }
    }
}

/// The id of the n-th chart of a page.
pub fn id(n: usize) -> String {
    anchor(&format!("spc-{n}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_point_that_a_rule_names_is_a_square() {
        let document = json!({ "labels": ["L1", "L2", "L3"],
            "panels": [{ "panel": "x", "first": 0, "last": 2, "center": 1.0, "ucl": 2.0, "lcl": 0.0, "values": [1.0, 3.0, 1.2] }],
            "violations": [{ "rule_id": "WE1", "rule_name": "beyond", "panel": "x", "timestamp_index": 1, "value": 3.0, "label": "L2" }] });
        let chart = chart(&document, "spc-0");
        assert_eq!(chart.sentence, "Out of control since L2: 1 signal.");
        let svg = chart.picture.to_string();
        assert_eq!(
            (svg.matches("class=\"bad\"").count(), svg.matches("class=\"ok\"").count()),
            (1, 2)
        );
        assert!(svg.contains(">WE1<"));
    }
}
