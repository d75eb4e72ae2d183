//! The result of `spc chart` as a document, as tables, and as text for people.

use crate::acknowledged::Acknowledged;
use crate::baseline::Excluded;
use crate::chart::{Kind, Level, Panel, t2_decomposition};
use crate::data::Prepared;
use crate::knowledge::Knowledge;
use crate::rules::Rule;
use crate::study::Analysis;
use libchar_core::sparkline::sparkline;
use libchar_core::{Cell, Format, Frame, frame, number};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The part of a report that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// Centre, limits and signals of each panel.
    Summary,
    /// Every plotted point with its lines.
    Points,
    /// The rules that fired.
    Violations,
    /// Everything.
    All,
}

/// The result of charting a table.
pub struct Report<'a> {
    /// The plotted data.
    pub prepared: &'a Prepared,
    /// The judged charts.
    pub analysis: Analysis,
    /// Points left out of the limits, with reasons.
    pub excluded: Vec<Excluded>,
    /// Further remarks for the reader.
    pub notes: Vec<String>,
    /// Alarms that somebody has acknowledged.
    pub acknowledged: Vec<Acknowledged>,
}

impl Report<'_> {
    /// The names of the charted columns, joined by commas.
    pub fn column(&self) -> String {
        self.prepared.columns.join(",")
    }

    /// Writes the result for people: limits, a line of bars, the false-alarm rate and the rules
    /// that fired.
    ///
    /// # Errors
    /// Errors of the writer.
    pub fn table(&self, out: &mut dyn Write, knowledge: Option<&Knowledge>) -> io::Result<()> {
        self.summary().write(Format::Table, out)?;
        let values = self.analysis.stages.iter().flat_map(|stage| &stage.chart.panels[0].values);
        writeln!(out, "\n{}\n", sparkline(&values.copied().collect::<Vec<_>>(), 72))?;
        if let Some(tests) = self.analysis.stages.iter().find_map(|stage| stage.tests) {
            writeln!(
                out,
                "longest run {} (limit {}), crossings {} (at least {})",
                tests.longest_run, tests.longest_run_limit, tests.crossings, tests.crossings_limit
            )?;
        }
        for line in self.chance().iter().chain(&self.notes).chain(&self.analysis.unjudged()) {
            writeln!(out, "{line}")?;
        }
        let rows = self.violation_rows(knowledge);
        if rows.is_empty() {
            writeln!(out, "no rule fired")?;
        } else {
            writeln!(out)?;
            rows.write(Format::Table, out)?;
        }
        out.flush()
    }

    /// A sentence on how often the rules alarm by chance.
    fn chance(&self) -> Option<String> {
        let known = self.analysis.run_length()?;
        let arl = number::significant(known.arl, 4);
        Some(match self.analysis.estimated() {
            Some(found) => format!(
                "in control, these rules alarm every {} points on average with limits from {} points (every {arl} if mean and sigma were known)",
                number::significant(1.0 / found.rate, 3),
                found.points
            ),
            None => format!(
                "in control, these rules alarm every {arl} points ({})",
                known.method.name()
            ),
        })
    }

    /// A table with one row per panel of a stage: its lines, and how often rules fired.
    pub fn summary(&self) -> Frame {
        let columns = [
            "stage", "panel", "first", "last", "center", "ucl", "lcl", "sigma", "signals", "events",
        ];
        let mut frame = Frame::new("libchar.spc-summary", 1, columns);
        for stage in &self.analysis.stages {
            for (panel, verdict) in stage.chart.panels.iter().zip(&stage.verdicts) {
                let signals: usize = verdict.signals.rules.iter().map(|rule| rule.count()).sum();
                frame.push(vec![
                    stage.name.as_deref().into(),
                    panel.name.into(),
                    (stage.offset + 1).into(),
                    (stage.offset + panel.values.len()).into(),
                    panel.center.constant().into(),
                    panel.upper.constant().into(),
                    panel.lower.constant().into(),
                    panel.sigma.constant().into(),
                    signals.into(),
                    verdict.events.len().into(),
                ]);
            }
        }
        frame
    }

    /// A table with one row per plotted point.
    pub fn points(&self) -> Frame {
        let columns =
            ["index", "label", "stage", "panel", "value", "center", "ucl", "lcl", "z", "rules"];
        let columns = columns.into_iter().map(str::to_owned).chain(self.context_names());
        let mut frame = Frame::new("libchar.spc-points", 1, columns);
        for stage in &self.analysis.stages {
            for (panel, verdict) in stage.chart.panels.iter().zip(&stage.verdicts) {
                let mut fired: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
                for (rule, signals) in verdict.rules.iter().zip(&verdict.signals.rules) {
                    for point in signals.points() {
                        fired.entry(point - 1).or_default().push(&rule.id);
                    }
                }
                for (i, value) in panel.values.iter().enumerate() {
                    let at = stage.offset + i;
                    let mut row: Vec<Cell> = vec![
                        (at + 1).into(),
                        self.prepared.labels.get(at).map(String::as_str).into(),
                        stage.name.as_deref().into(),
                        panel.name.into(),
                        (*value).into(),
                        panel.center.at(i).into(),
                        panel.upper.at(i).into(),
                        panel.lower.at(i).into(),
                        panel.z(i).into(),
                        fired.get(&i).map(|ids| ids.join(" ")).into(),
                    ];
                    row.extend(self.context_cells(at));
                    frame.push(row);
                }
            }
        }
        frame
    }

    /// A table with one row per event.
    pub fn violation_rows(&self, knowledge: Option<&Knowledge>) -> Frame {
        let columns = [
            "rule_id",
            "rule_name",
            "panel",
            "side",
            "severity",
            "timestamp_index",
            "label",
            "stage",
            "value",
            "z_score",
            "centerline",
            "ucl",
            "lcl",
            "window_first",
            "window_last",
            "statistic",
            "suggested_causes",
            "recommended_actions",
        ];
        let columns = columns.into_iter().map(str::to_owned).chain(self.context_names());
        let mut frame = Frame::new("libchar.spc-violations", 1, columns);
        for (stage, v) in self.analysis.violations(&self.column(), knowledge) {
            let context = self.context_cells(v.timestamp_index - 1);
            let label = self.prepared.labels.get(v.timestamp_index - 1).map(String::as_str);
            let mut row: Vec<Cell> = vec![
                v.rule_id.into(),
                v.rule_name.into(),
                v.panel.into(),
                json!(v.side).as_str().into(),
                v.severity.name().into(),
                v.timestamp_index.into(),
                label.into(),
                stage.into(),
                v.value.into(),
                v.z_score.into(),
                v.centerline.into(),
                v.ucl.into(),
                v.lcl.into(),
                v.window[0].into(),
                v.window[1].into(),
                v.statistic.into(),
                Cell::from(v.suggested_causes.join("; ")),
                Cell::from(v.recommended_actions.join("; ")),
            ];
            row.extend(context);
            frame.push(row);
        }
        frame
    }

    /// Names of the context columns of an alarm, except its label.
    fn context_names(&self) -> Vec<String> {
        self.prepared.context.iter().skip(1).map(|(name, _)| format!("at_{name}")).collect()
    }

    fn context_cells(&self, point: usize) -> Vec<Cell> {
        let cells = self.prepared.context.iter().skip(1);
        cells.map(|(_, texts)| texts.get(point).map(String::as_str).into()).collect()
    }

    /// The contribution of each variable to T² at an alarm of a multivariate chart, largest first.
    fn decomposition(&self, stage: usize, point: usize) -> Option<Value> {
        let crate::chart::Data::Vectors(rows) = &self.prepared.data else {
            return None;
        };
        let parameters = &self.analysis.stages.get(stage)?.parameters;
        let shares = t2_decomposition(rows.get(point)?, parameters).ok()?;
        let mut named: Vec<(&String, f64)> = self.prepared.columns.iter().zip(shares).collect();
        named.sort_by(|a, b| b.1.total_cmp(&a.1));
        Some(named.into_iter().map(|(name, t2)| json!({ "column": name, "t2": t2 })).collect())
    }

    /// The whole result as one JSON document.
    pub fn document(&self, show: Show, knowledge: Option<&Knowledge>) -> Value {
        let with_points = matches!(show, Show::All | Show::Points);
        let with_violations = matches!(show, Show::All | Show::Violations);
        let parameters: Vec<Value> = self
            .analysis
            .stages
            .iter()
            .map(|stage| {
                let mut value = json!({ "stage": stage.name });
                merge(&mut value, json!(stage.parameters));
                value
            })
            .collect();
        let mut body = json!({
            "chart": self.analysis.design.chart.name(),
            "columns": self.prepared.columns,
            "phase": if self.analysis.phase_two { "II" } else { "I" },
            "points": self.prepared.data.len(),
            "subgroup_size": self.prepared.subgroup_size(),
            "sigma_estimator": self.estimator(),
            "design": self.analysis.design,
            "describe": self.analysis.description,
            "parameters": parameters,
            "panels": self.panels(with_points),
            "rules": self.rule_rows(with_points || with_violations),
            "in_control_arl": self.run_length_json(),
            "fine_print": fine_print(),
            "skipped": self.prepared.skipped,
            "violation_count": self.analysis.findings(),
        });
        let details: Map<String, Value> = self
            .analysis
            .stages
            .iter()
            .flat_map(|stage| &stage.chart.details)
            .filter(|(_, values)| with_points || values.len() == 1)
            .map(|(name, values)| ((*name).to_owned(), numbers(values)))
            .collect();
        let told: Vec<String> =
            self.notes.iter().cloned().chain(self.analysis.unjudged()).collect();
        for (name, value, is_empty) in [
            ("details", Value::Object(details.clone()), details.is_empty()),
            ("notes", json!(told), told.is_empty()),
            ("excluded", json!(self.excluded), self.excluded.is_empty()),
            ("acknowledged", json!(self.acknowledged), self.acknowledged.is_empty()),
        ] {
            if !is_empty {
                body[name] = value;
            }
        }
        if self.analysis.design.chart == Kind::Run {
            let tests = self.analysis.stages.iter().map(|stage| {
                let mut value = json!({ "stage": stage.name, "shifted": stage.is_shifted() });
                merge(&mut value, json!(stage.tests));
                value
            });
            body["run_tests"] = Value::Array(tests.collect());
        }
        if with_points && !self.prepared.labels.is_empty() {
            body["labels"] = json!(self.prepared.labels);
        }
        if with_violations {
            let told = self.analysis.violations(&self.column(), knowledge).into_iter().map(
                |(stage, violation)| {
                    let label = self.prepared.labels.get(violation.timestamp_index - 1).cloned();
                    let place =
                        self.analysis.stages.iter().position(|s| s.name.as_deref() == stage);
                    let at = violation.timestamp_index - 1;
                    let mut value = json!(violation);
                    value["stage"] = json!(stage);
                    value["label"] = json!(label);
                    if !self.prepared.context.is_empty() {
                        value["at"] = json!(self.prepared.context_of(at));
                    }
                    if let Some(shares) = self.decomposition(place.unwrap_or(0), at) {
                        value["decomposition"] = shares;
                    }
                    value
                },
            );
            body["violations"] = Value::Array(told.collect());
        }
        frame::document("libchar.spc-chart", 1, body)
    }

    /// Formula of the sigma estimator, or `given`.
    fn estimator(&self) -> Option<&'static str> {
        let chart = self.analysis.design.chart;
        if !matches!(chart, Kind::IMr | Kind::XbarR | Kind::XbarS | Kind::Ewma | Kind::Cusum) {
            return None;
        }
        let given = self.analysis.stages.first().is_some_and(|stage| stage.parameters.points == 0);
        Some(if given { "given" } else { self.analysis.design.estimator.formula() })
    }

    fn panels(&self, with_points: bool) -> Vec<Value> {
        let mut panels = Vec::new();
        for stage in &self.analysis.stages {
            for panel in &stage.chart.panels {
                let mut value = json!({
                    "panel": panel.name,
                    "stage": stage.name,
                    "first": stage.offset + 1,
                    "last": stage.offset + panel.values.len(),
                    "center": line(&panel.center),
                    "ucl": line(&panel.upper),
                    "lcl": line(&panel.lower),
                    "sigma": line(&panel.sigma),
                });
                if with_points {
                    value["values"] = json!(panel.values);
                }
                panels.push(value);
            }
        }
        panels
    }

    /// Every rule of every panel, with its signals in all stages.
    fn rule_rows(&self, with_points: bool) -> Vec<Value> {
        // A stage without limits has no rules.
        let judged = self.analysis.stages.iter().find(|stage| stage.unjudged.is_none());
        let Some(first) = judged else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for (place, panel) in first.chart.panels.iter().enumerate() {
            for (i, rule) in first.verdicts[place].rules.iter().enumerate() {
                let mut points = Vec::new();
                let mut count = 0;
                for stage in &self.analysis.stages {
                    let Some(signals) =
                        stage.verdicts.get(place).and_then(|verdict| verdict.signals.rules.get(i))
                    else {
                        continue;
                    };
                    count += signals.count();
                    if with_points {
                        points.extend(signals.points().into_iter().map(|p| p + stage.offset));
                    }
                }
                let (name, statistic) = rule_words(panel, rule);
                let mut row = json!({
                    "panel": panel.name, "id": rule.id, "name": name, "statistic": statistic,
                    "signals": count,
                });
                if with_points {
                    row["signal_points"] = json!(points);
                }
                rows.push(row);
            }
        }
        rows
    }

    fn run_length_json(&self) -> Value {
        let Some(found) = self.analysis.run_length() else {
            return Value::Null;
        };
        let error = (found.standard_error > 0.0).then_some(found.standard_error);
        let attribute = self.analysis.design.chart.is_attribute();
        let assumes = match self.analysis.design.chart {
            Kind::T2 => "normal vectors, means and covariance known",
            _ if attribute => "independent points, normal approximation of the counts, mean known",
            _ => "independent normal points, mean and sigma known",
        };
        let mut value = json!({
            "arl": found.arl.is_finite().then_some(found.arl),
            "method": found.method.name(),
            "standard_error": error,
            "assumes": assumes,
        });
        if let Some(estimated) = self.analysis.estimated() {
            value["estimated"] = json!({
                "points": estimated.points, "alarm_rate": estimated.rate,
                "standard_error": estimated.standard_error,
                "alarms_every": (estimated.rate > 0.0).then(|| 1.0 / estimated.rate),
            });
        }
        value
    }
}

fn rule_words(panel: &Panel, rule: &Rule) -> (String, String) {
    if panel.scope == crate::chart::Scope::Limits {
        return ("1 point beyond its control limit".to_owned(), "point_beyond_limit".to_owned());
    }
    (rule.pattern.describe(), rule.pattern.statistic())
}

/// One number for a constant line, else one number per point; null where there is none.
fn line(level: &Level) -> Value {
    match level {
        Level::Constant(value) => json!(value.is_finite().then_some(*value)),
        Level::Varying(values) => json!(values),
    }
}

/// Numbers as JSON, with null for those that are not finite.
fn numbers(values: &[f64]) -> Value {
    values.iter().map(|x| x.is_finite().then_some(*x)).map(|x| json!(x)).collect()
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

/// Definitions on which tools for control charts differ, as used here.
fn fine_print() -> Map<String, Value> {
    let choices = [
        ("index", "points count from 1"),
        ("limit", "a point exactly on a limit is neither beyond it nor within it"),
        ("center", "a point on the centre line ends a run on one side"),
        ("trend", "equal neighbours end a trend and an alternation; n points have n - 1 steps"),
        ("k_of_m", "the completing point must itself lie beyond; k of k signals at the start"),
        ("mixture", "Nelson 8 needs points on both sides, AIAG 8 does not"),
        ("events", "successive completing points on one side are one event"),
        ("stage", "a new stage restarts limits and rules"),
        ("companion", "r, s, mr, ewma, cusum and t2 panels are judged by their limits alone"),
    ];
    choices.into_iter().map(|(name, text)| (name.to_owned(), json!(text))).collect()
}
