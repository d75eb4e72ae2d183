//! Alarms that somebody has acknowledged or resolved. They remain alarms, but are drawn as known.

use crate::violation::Violation;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What somebody did about an alarm.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// `acknowledged` or `resolved`.
    pub state: String,
    /// Who acknowledged or resolved it.
    pub by: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// The alarm as it was raised.
    pub details: Value,
}

/// An alarm of this chart that somebody has acknowledged or resolved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Acknowledged {
    /// Point, from 1.
    pub point: usize,
    /// Panel.
    pub panel: String,
    /// Rule.
    pub rule_id: String,
    /// `acknowledged` or `resolved`.
    pub state: String,
    /// Who acknowledged or resolved it.
    pub by: Option<String>,
    /// Why.
    pub why: Option<String>,
}

/// The violations that match an alarm of `known`.
pub fn find<'a>(
    known: &[Known],
    violations: impl Iterator<Item = (&'a Violation, BTreeMap<&'a str, &'a str>)>,
) -> Vec<Acknowledged> {
    let found = violations.filter_map(|(violation, at)| {
        let known = known.iter().find(|known| is_same(&known.details, violation, &at))?;
        Some(Acknowledged {
            point: violation.timestamp_index,
            panel: violation.panel.to_owned(),
            rule_id: violation.rule_id.clone(),
            state: known.state.clone(),
            by: known.by.clone(),
            why: known.why.clone(),
        })
    });
    found.collect()
}

/// Whether `details` (a recorded alarm) and `violation` are the same alarm: same rule, panel and
/// value, and the same time, lot and tool. If either of them names none of these, the point's
/// number decides.
fn is_same(details: &Value, violation: &Violation, at: &BTreeMap<&str, &str>) -> bool {
    let same_place = match details["at"].as_object() {
        Some(known) if !at.is_empty() => {
            at.iter().all(|(name, text)| known.get(*name).and_then(Value::as_str) == Some(*text))
        }
        _ => details["timestamp_index"] == violation.timestamp_index,
    };
    same_place
        && details["rule_id"] == violation.rule_id.as_str()
        && details["panel"] == violation.panel
        && details["value"].as_f64() == Some(violation.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Design, Kind};
    use crate::data::{Layout, Prepared, shape};
    use crate::study::{Study, rules};
    use libchar_core::Table;
    use serde_json::json;

    /// The data of a series with one value far out, and its violations.
    fn found() -> (Prepared, Vec<Violation>) {
        let csv = (1..=20).fold("lot,x\n".to_owned(), |csv, i| {
            let x = if i == 15 { 90 } else { 10 + i % 3 };
            format!("{csv}L{i},{x}\n")
        });
        let table = Table::parse("t.csv", csv.as_bytes()).unwrap();
        let layout = Layout { label: vec!["lot".to_owned()], ..Layout::default() };
        let design = Design::new(Kind::IMr);
        let prepared = shape(&layout, &table, csv.as_bytes(), &design, false).unwrap();
        let study = Study::new(design.clone(), rules("rule1", &design).unwrap());
        let analysis = study.analyse(&prepared.data, &prepared.stages).unwrap();
        let all = analysis.violations("x", None).into_iter().map(|(_, v)| v).collect();
        (prepared, all)
    }

    fn acknowledged(details: impl Fn(&Violation) -> Value) -> usize {
        let (prepared, violations) = found();
        let first = &violations[0];
        let known = Known {
            state: "acknowledged".to_owned(),
            by: Some("ann".to_owned()),
            why: None,
            details: details(first),
        };
        let placed = violations.iter().map(|v| (v, prepared.context_of(v.timestamp_index - 1)));
        let found = find(&[known], placed);
        assert!(found.iter().all(|one| one.point == 15 && one.by.as_deref() == Some("ann")));
        found.len()
    }

    #[test]
    fn an_alarm_is_known_by_its_rule_panel_value_and_place() {
        let same = |v: &Violation| json!(v);
        assert_eq!(acknowledged(same), 1);
        let moved = |v: &Violation| {
            let mut details = json!(v);
            // Rows were added before the alarm's point, so its lot identifies it and its number
            // does not.
            details["timestamp_index"] = json!(3);
            details["at"] = json!({ "lot": "L15" });
            details
        };
        assert_eq!(acknowledged(moved), 1);
        for (name, other) in [
            ("at", json!({ "lot": "L14" })),
            ("rule_id", json!("N2")),
            ("panel", json!("mr")),
            ("value", json!(91)),
        ] {
            let changed = |v: &Violation| {
                let mut details = json!(v);
                details[name] = other.clone();
                details
            };
            assert_eq!(acknowledged(changed), 0, "{name}");
        }
    }
}
