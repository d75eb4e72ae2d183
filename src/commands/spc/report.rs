//! What `spc chart` found, as a document, as rows, and for people.

use super::chart::Show;
use super::options::Prepared;
use super::sparkline::sparkline;
use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use libchar_core::{Cell, Format, Frame, frame, number};
use libchar_spc::arl::{self, RunLength};
use libchar_spc::chart::{Chart, Design, Kind, Level, Panel, Parameters, RunChart};
use libchar_spc::describe::Description;
use libchar_spc::knowledge::Knowledge;
use libchar_spc::rules::{Pattern, Rule};
use libchar_spc::violation::{Verdict, Violation};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Write;

/// Simulated runs for the run length printed beside a chart; `spc arl` takes more.
const QUICK_RUNS: usize = 20_000;

/// One stage of the chart.
pub struct Stage {
    pub name: Option<String>,
    /// Points before it.
    pub offset: usize,
    pub parameters: Parameters,
    pub chart: Chart,
    pub verdicts: Vec<Verdict>,
    pub tests: Option<RunChart>,
}

/// The result of a chart.
pub struct Report<'a> {
    prepared: &'a Prepared,
    pub design: Design,
    rules: Vec<Rule>,
    pub phase_two: bool,
    pub stages: Vec<Stage>,
    pub description: Option<Description>,
}

impl<'a> Report<'a> {
    pub fn new(prepared: &'a Prepared, design: Design, rules: Vec<Rule>, phase_two: bool) -> Self {
        Report { prepared, design, rules, phase_two, stages: Vec::new(), description: None }
    }

    pub fn add(
        &mut self,
        name: Option<String>,
        offset: usize,
        parameters: Parameters,
        chart: Chart,
        verdicts: Vec<Verdict>,
        tests: Option<RunChart>,
    ) {
        self.stages.push(Stage { name, offset, parameters, chart, verdicts, tests });
    }

    /// The charted columns in one word.
    pub fn column(&self) -> String {
        self.prepared.columns.join(",")
    }

    /// Number of events, a shifted run chart counting as one.
    pub fn findings(&self) -> usize {
        let verdicts = self.stages.iter().flat_map(|stage| &stage.verdicts);
        let shifted = self.stages.iter().filter(|stage| is_shifted(stage)).count();
        verdicts.map(|verdict| verdict.events.len()).sum::<usize>() + shifted
    }

    /// What a run chart says about a shift.
    pub fn shifted(&self) -> Option<String> {
        let tests = self.stages.iter().find(|stage| is_shifted(stage))?.tests?;
        Some(format!(
            "the median shifted: longest run {} (limit {}), {} crossings (at least {})",
            tests.longest_run, tests.longest_run_limit, tests.crossings, tests.crossings_limit
        ))
    }

    /// Every violation in order of the points.
    pub fn violations(&self, knowledge: Option<&Knowledge>) -> Vec<(Option<&str>, Violation)> {
        let column = self.column();
        let mut all = Vec::new();
        for stage in &self.stages {
            let told =
                stage.chart.panels.iter().zip(&stage.verdicts).flat_map(|(panel, verdict)| {
                    verdict.events.iter().map(|event| {
                        verdict.violation(panel, event, stage.offset, &column, knowledge)
                    })
                });
            let mut told: Vec<Violation> = told.collect();
            told.sort_by_key(|violation| violation.timestamp_index);
            all.extend(told.into_iter().map(|violation| (stage.name.as_deref(), violation)));
        }
        all
    }

    /// For each rule that fired on a panel: its id, the panel, its signals in all stages, its first violation.
    pub fn fired(
        &self,
        knowledge: Option<&Knowledge>,
    ) -> Vec<(String, &'static str, usize, Violation)> {
        let column = self.column();
        let mut first: BTreeMap<(usize, usize), (usize, Violation)> = BTreeMap::new();
        for stage in &self.stages {
            for (place, (panel, verdict)) in
                stage.chart.panels.iter().zip(&stage.verdicts).enumerate()
            {
                for (rule, signals) in verdict.signals.rules.iter().enumerate() {
                    let Some(event) = verdict.events.iter().find(|event| event.rule == rule) else {
                        continue;
                    };
                    let count = signals.count();
                    first.entry((place, rule)).and_modify(|known| known.0 += count).or_insert_with(
                        || {
                            (
                                count,
                                verdict.violation(panel, event, stage.offset, &column, knowledge),
                            )
                        },
                    );
                }
            }
        }
        let told = first.into_values().map(|(count, v)| (v.rule_id.clone(), v.panel, count, v));
        told.collect()
    }

    /// The in-control run length of chart and rules.
    pub fn run_length(&self) -> Option<RunLength> {
        let mut patterns: Vec<Pattern> = Vec::new();
        for rule in &self.rules {
            if !patterns.contains(&rule.pattern) {
                patterns.push(rule.pattern);
            }
        }
        let size = self.prepared.subgroup_size()?;
        arl::chart_arl(&self.design, &patterns, size, QUICK_RUNS).ok().flatten()
    }

    /// Prints what was asked for in the format that was asked for.
    pub fn print(
        &self,
        ctx: &Context,
        show: Option<Show>,
        knowledge: Option<&Knowledge>,
    ) -> Result<()> {
        let format = ctx.format();
        if format == Format::Json {
            let document = self.document(show.unwrap_or(Show::All), knowledge);
            let mut out = ctx.stdout();
            frame::write_json(&mut out, &document)?;
            return Ok(out.flush()?);
        }
        match (show, format) {
            (Some(Show::All), Format::Table) | (None, Format::Table) => self.table(ctx, knowledge),
            (Some(Show::All), _) => {
                Err(Usage("--show all is for --format json and table".to_owned()).into())
            }
            (Some(Show::Summary), _) => ctx.print(&self.summary()),
            (Some(Show::Points), _) => ctx.print(&self.points()),
            (Some(Show::Violations) | None, _) => ctx.print(&self.violation_rows(knowledge)),
        }
    }

    fn table(&self, ctx: &Context, knowledge: Option<&Knowledge>) -> Result<()> {
        let mut out = ctx.stdout();
        self.summary().write(Format::Table, &mut out)?;
        let values = self.stages.iter().flat_map(|stage| &stage.chart.panels[0].values);
        writeln!(out, "\n{}\n", sparkline(&values.copied().collect::<Vec<_>>(), 72))?;
        if let Some(tests) = self.stages.iter().find_map(|stage| stage.tests) {
            writeln!(
                out,
                "longest run {} (limit {}), crossings {} (at least {})",
                tests.longest_run, tests.longest_run_limit, tests.crossings, tests.crossings_limit
            )?;
        }
        if let Some(found) = self.run_length() {
            let arl = number::significant(found.arl, 4);
            writeln!(
                out,
                "in control, these rules alarm every {arl} points ({})",
                found.method.name()
            )?;
        }
        let rows = self.violation_rows(knowledge);
        if rows.is_empty() {
            writeln!(out, "no rule fired")?;
        } else {
            writeln!(out)?;
            rows.write(Format::Table, &mut out)?;
        }
        Ok(out.flush()?)
    }

    fn summary(&self) -> Frame {
        let columns = [
            "stage", "panel", "first", "last", "center", "ucl", "lcl", "sigma", "signals", "events",
        ];
        let mut frame = Frame::new("libchar.spc-summary", 1, columns);
        for stage in &self.stages {
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

    fn points(&self) -> Frame {
        let columns =
            ["index", "label", "stage", "panel", "value", "center", "ucl", "lcl", "z", "rules"];
        let mut frame = Frame::new("libchar.spc-points", 1, columns);
        for stage in &self.stages {
            for (panel, verdict) in stage.chart.panels.iter().zip(&stage.verdicts) {
                let mut fired: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
                for (rule, signals) in verdict.rules.iter().zip(&verdict.signals.rules) {
                    for point in signals.points() {
                        fired.entry(point - 1).or_default().push(&rule.id);
                    }
                }
                for (i, value) in panel.values.iter().enumerate() {
                    let at = stage.offset + i;
                    frame.push(vec![
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
                    ]);
                }
            }
        }
        frame
    }

    fn violation_rows(&self, knowledge: Option<&Knowledge>) -> Frame {
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
        let mut frame = Frame::new("libchar.spc-violations", 1, columns);
        for (stage, v) in self.violations(knowledge) {
            let label = self.prepared.labels.get(v.timestamp_index - 1).map(String::as_str);
            frame.push(vec![
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
            ]);
        }
        frame
    }

    /// The whole result as one JSON document.
    fn document(&self, show: Show, knowledge: Option<&Knowledge>) -> Value {
        let with_points = matches!(show, Show::All | Show::Points);
        let with_violations = matches!(show, Show::All | Show::Violations);
        let parameters: Vec<Value> = self
            .stages
            .iter()
            .map(|stage| {
                let mut value = json!({ "stage": stage.name });
                merge(&mut value, json!(stage.parameters));
                value
            })
            .collect();
        let mut body = json!({
            "chart": self.design.chart.name(),
            "columns": self.prepared.columns,
            "phase": if self.phase_two { "II" } else { "I" },
            "points": self.prepared.data.len(),
            "subgroup_size": self.prepared.subgroup_size(),
            "sigma_estimator": self.estimator(),
            "design": self.design,
            "describe": self.description,
            "parameters": parameters,
            "panels": self.panels(with_points),
            "rules": self.rule_rows(with_points || with_violations),
            "in_control_arl": self.run_length_json(),
            "fine_print": fine_print(),
            "skipped": self.prepared.skipped,
            "violation_count": self.findings(),
        });
        if self.design.chart == Kind::Run {
            let tests = self.stages.iter().map(|stage| {
                let mut value = json!({ "stage": stage.name, "shifted": is_shifted(stage) });
                merge(&mut value, json!(stage.tests));
                value
            });
            body["run_tests"] = Value::Array(tests.collect());
        }
        if with_points && !self.prepared.labels.is_empty() {
            body["labels"] = json!(self.prepared.labels);
        }
        if with_violations {
            let told = self.violations(knowledge).into_iter().map(|(stage, violation)| {
                let label = self.prepared.labels.get(violation.timestamp_index - 1).cloned();
                let mut value = json!(violation);
                value["stage"] = json!(stage);
                value["label"] = json!(label);
                value
            });
            body["violations"] = Value::Array(told.collect());
        }
        frame::document("libchar.spc-chart", 1, body)
    }

    /// Formula of sigma, or that it was given.
    fn estimator(&self) -> Option<&'static str> {
        if self.design.chart.is_attribute() || matches!(self.design.chart, Kind::T2 | Kind::Run) {
            return None;
        }
        let given = self.stages.first().is_some_and(|stage| stage.parameters.points == 0);
        Some(if given { "given" } else { self.design.estimator.formula() })
    }

    fn panels(&self, with_points: bool) -> Vec<Value> {
        let mut panels = Vec::new();
        for stage in &self.stages {
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

    /// Every rule of every panel, with its signals over all stages.
    fn rule_rows(&self, with_points: bool) -> Vec<Value> {
        let Some(first) = self.stages.first() else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for (place, panel) in first.chart.panels.iter().enumerate() {
            for (i, rule) in first.verdicts[place].rules.iter().enumerate() {
                let mut points = Vec::new();
                let mut count = 0;
                for stage in &self.stages {
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
        let Some(found) = self.run_length() else {
            return Value::Null;
        };
        let error = (found.standard_error > 0.0).then_some(found.standard_error);
        let attribute = self.design.chart.is_attribute();
        let assumes = match self.design.chart {
            Kind::T2 => "normal vectors, means and covariance known",
            _ if attribute => "independent points, normal approximation of the counts, mean known",
            _ => "independent normal points, mean and sigma known",
        };
        json!({
            "arl": found.arl.is_finite().then_some(found.arl),
            "method": found.method.name(),
            "standard_error": error,
            "assumes": assumes,
        })
    }
}

fn is_shifted(stage: &Stage) -> bool {
    stage.tests.is_some_and(|tests| tests.is_shifted())
}

fn rule_words(panel: &Panel, rule: &Rule) -> (String, String) {
    if panel.scope == libchar_spc::chart::Scope::Limits {
        return ("1 point beyond its control limit".to_owned(), "point_beyond_limit".to_owned());
    }
    (rule.pattern.describe(), rule.pattern.statistic())
}

/// A number where the line is level, else one number a point; null where there is none.
fn line(level: &Level) -> Value {
    match level {
        Level::Constant(value) => json!(value.is_finite().then_some(*value)),
        Level::Varying(values) => json!(values),
    }
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

/// The choices on which tools differ.
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
