//! Alarms that somebody has acknowledged or resolved by `libchar alerts`: they stay alarms, and are drawn as known.

use crate::context::Context;
use libchar_history::{History, RaisedAlert};
use libchar_spc::violation::Violation;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Newest alerts that are looked through.
const MOST: usize = 10_000;

/// An alarm of this chart that is known.
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
    /// Who did.
    pub by: Option<String>,
    /// Why.
    pub why: Option<String>,
}

/// Alerts of a column that somebody has acknowledged or resolved; none where there is no history.
pub fn of_column(ctx: &Context, column: &str) -> Vec<(RaisedAlert, Value)> {
    let path = ctx.history_path().ok().filter(|path| path.is_file());
    let history = path.and_then(|path| History::read(&path).ok());
    let raised = history.and_then(|history| history.alerts(MOST, true).ok()).unwrap_or_default();
    let begins = format!("{column}: ");
    raised
        .into_iter()
        .filter(|raised| raised.state != "open" && raised.alert.source == "spc")
        .filter(|raised| raised.alert.message.starts_with(&begins))
        .filter_map(|raised| {
            let details = serde_json::from_str(raised.alert.details.as_deref()?).ok()?;
            Some((raised, details))
        })
        .collect()
}

/// Those of `violations` that are `known`.
pub fn find<'a>(
    known: &[(RaisedAlert, Value)],
    violations: impl Iterator<Item = (&'a Violation, BTreeMap<&'a str, &'a str>)>,
) -> Vec<Acknowledged> {
    let found = violations.filter_map(|(violation, at)| {
        let (raised, _) = known.iter().find(|(_, details)| is_same(details, violation, &at))?;
        Some(Acknowledged {
            point: violation.timestamp_index,
            panel: violation.panel.to_owned(),
            rule_id: violation.rule_id.clone(),
            state: raised.state.clone(),
            by: raised.changed_by.clone(),
            why: raised.why.clone(),
        })
    });
    found.collect()
}

/// Whether an alert is of this alarm: of its rule, panel and value, at its time, lot and tool, else at its place.
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
