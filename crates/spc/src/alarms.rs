//! Alarms of a chart, both as raised and as acknowledged.

use crate::acknowledged::{Known, find};
use crate::knowledge::Knowledge;
use crate::report::Report;
use crate::rules::Severity;
use libchar_core::told::Metric;
use serde_json::{Value, json};

/// A rule that fired on a panel.
#[derive(Debug, Clone, PartialEq)]
pub struct Alarm {
    /// Number of points that completed the rule.
    pub signals: usize,
    /// Identifier of the rule.
    pub rule: String,
    /// The panel.
    pub panel: &'static str,
    /// Severity of the rule.
    pub severity: Severity,
    /// A sentence that says where the rule fired first.
    pub message: String,
    /// The first violation, with the context of its row (time, lot, tool).
    pub details: Value,
}

/// The number of events of all rules, in one chart.
pub(crate) fn violations(labels: &[(&'static str, &str)], events: usize) -> Metric {
    Metric::gauge("libchar_spc_violations", "Events of all rules", labels, events as f64)
}

impl Report<'_> {
    /// Every rule that fired on a panel, with its first violation.
    pub fn alarms(&self, knowledge: Option<&Knowledge>) -> Vec<Alarm> {
        let column = self.column();
        let fired = self.analysis.fired(&column, knowledge).into_iter();
        let told = fired.map(|(signals, violation)| {
            let point = violation.timestamp_index;
            let at = self.prepared.context_of(point - 1);
            let place: String = at.iter().map(|(name, text)| format!(", {name} {text}")).collect();
            let (name, panel) = (&violation.rule_name, violation.panel);
            let message = format!("{column}: {name} on the {panel} panel at point {point}{place}");
            let mut details = json!(violation);
            if !at.is_empty() {
                details["at"] = json!(at);
            }
            let (rule, severity) = (violation.rule_id.clone(), violation.severity);
            Alarm { signals, rule, panel, severity, message, details }
        });
        told.collect()
    }

    /// The number of events, and of points that completed each of the rules that fired.
    pub fn metrics(&self, alarms: &[Alarm]) -> Vec<Metric> {
        let column = self.column();
        let of_rule = |alarm: &Alarm| {
            let labels = [("column", &*column), ("panel", alarm.panel), ("rule", &*alarm.rule)];
            let (name, help) = ("libchar_spc_signals", "Points that completed a rule");
            Metric::gauge(name, help, &labels, alarm.signals as f64)
        };
        let mut metrics: Vec<Metric> = alarms.iter().map(of_rule).collect();
        metrics.push(violations(&[("column", &column)], self.analysis.findings()));
        metrics
    }

    /// Marks the alarms that somebody has acknowledged.
    pub fn acknowledge(&mut self, known: &[Known]) {
        // Listing every violation of a million points is slow and useless when none was
        // acknowledged.
        if known.is_empty() {
            return;
        }
        let violations = self.analysis.violations(&self.column(), None);
        let placed = violations.iter().map(|(_, violation)| {
            (violation, self.prepared.context_of(violation.timestamp_index - 1))
        });
        self.acknowledged = find(known, placed);
    }
}
