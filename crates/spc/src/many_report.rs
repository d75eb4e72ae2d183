//! Many charts as a table, as a document and as a grid of small charts.

use crate::alarms::violations;
use crate::baseline::Excluded;
use crate::data::Item;
use crate::many::Line;
use libchar_core::Note;
use libchar_core::multiples::{Little, grid};
use libchar_core::number::significant;
use libchar_core::told::Metric;
use libchar_core::{Cell, Frame, frame as documents};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Largest number of values of a series in a document; for longer series, the most extreme value of
/// each bucket is kept.
const MOST_VALUES: usize = 80;
/// Largest number of small charts in a picture.
const MOST_DRAWN: usize = 200;

/// One chart of many, with its findings.
pub struct Row {
    /// The input's name.
    pub file: String,
    /// Its group, columns and data.
    pub item: Item,
    /// The findings.
    pub line: Line,
    /// Points that were excluded from the limits.
    pub excluded: Vec<Excluded>,
}

/// Columns of the result, after file and groups.
const COLUMNS: [&str; 25] = [
    "column",
    "chart",
    "points",
    "missing",
    "excluded",
    "center",
    "sigma",
    "ucl",
    "lcl",
    "signals",
    "events",
    "rules",
    "first_event",
    "first_label",
    "cpk",
    "cpk_lower",
    "cpk_upper",
    "ppk",
    "ppm",
    "drift_alarms",
    "drift_kind",
    "drift_at",
    "lag1",
    "stable",
    "reason",
];

impl Row {
    /// The cells of all columns.
    fn cells(&self) -> Vec<Cell> {
        let line = &self.line;
        let stage = line.analysis.as_ref().and_then(|analysis| analysis.stages.first());
        let stage = stage.filter(|stage| stage.unjudged.is_none());
        let panel = stage.map(|stage| &stage.chart.panels[0]);
        let level = |of: fn(&crate::chart::Panel) -> &crate::chart::Level| -> Cell {
            panel.and_then(|panel| of(panel).constant()).into()
        };
        let label = line
            .first_event
            .and_then(|at| self.item.prepared.as_ref().ok()?.labels.get(at - 1).cloned());
        let index = line.capability;
        let judged = line.analysis.is_some() && line.reason.is_none();
        vec![
            self.item.columns.join(",").into(),
            line.analysis.as_ref().map(|analysis| analysis.design.chart.name()).into(),
            line.points.into(),
            self.item.missing().into(),
            self.excluded.len().into(),
            stage.map(|stage| stage.parameters.center).into(),
            stage.and_then(|stage| stage.parameters.sigma).into(),
            level(|panel| &panel.upper),
            level(|panel| &panel.lower),
            line.signals.into(),
            line.events.into(),
            (!line.rules.is_empty()).then(|| line.rules.join(" ")).into(),
            line.first_event.into(),
            label.into(),
            index.map(|index| index.cpk).into(),
            index.map(|index| index.interval[0]).into(),
            index.map(|index| index.interval[1]).into(),
            index.map(|index| index.ppk).into(),
            index.map(|index| index.ppm).into(),
            line.drift.map(|drift| drift.alarms).into(),
            line.drift.and_then(|drift| drift.first).map(|(kind, _)| kind.name()).into(),
            line.drift.and_then(|drift| drift.first).map(|(_, at)| at).into(),
            line.lag1.into(),
            judged.then_some(line.events == 0).into(),
            line.reason.clone().into(),
        ]
    }

    /// The same cells by column name.
    fn fields(&self) -> Vec<(&'static str, Value)> {
        COLUMNS.into_iter().zip(self.cells().iter().map(Cell::json)).collect()
    }

    /// The number of its events.
    pub fn metric(&self) -> Metric {
        let (column, group) = (self.item.columns.join(","), self.item.group.join(" "));
        violations(&[("column", &column), ("group", &group)], self.line.events)
    }

    /// The row as the text of one JSON object.
    pub fn details(&self) -> Option<String> {
        let fields: BTreeMap<&str, Value> = self.fields().into_iter().collect();
        serde_json::to_string(&fields).ok()
    }

    /// A sentence about the findings.
    pub fn sentence(&self) -> String {
        let name = self.item.name();
        match (self.line.events, &self.line.reason) {
            (0, _) => match self.line.capability {
                Some(index) => format!("{name}: capability index {:.3}", index.cpk),
                None => name,
            },
            (_, Some(reason)) => format!("{name}: {reason}"),
            (events, None) => {
                let at = self.line.first_event.unwrap_or(0);
                let rules = self.line.rules.join(" ");
                format!("{name}: {events} events of {rules}, the first at point {at}")
            }
        }
    }

    /// Whether the capability is below `least`.
    pub fn is_below(&self, least: Option<f64>) -> bool {
        self.line.capability.is_some_and(|index| least.is_some_and(|least| index.cpk < least))
    }

    /// Whether the points are correlated, so that limits that assume independence are wrong.
    fn is_correlated(&self) -> bool {
        let n = self.line.points as f64;
        n >= 10.0 && self.line.lag1.is_some_and(|lag1| lag1.abs() > 2.0 / n.sqrt())
    }

    /// A small chart of the main panel.
    fn little(&self) -> Little {
        let (values, marked) = self.series();
        let stage = self.line.analysis.as_ref().and_then(|analysis| analysis.stages.first());
        let panel = stage.map(|stage| &stage.chart.panels[0]);
        let level = |of: fn(&crate::chart::Panel) -> &crate::chart::Level| {
            panel.and_then(|panel| of(panel).constant()).filter(|value| value.is_finite())
        };
        let mut note = match (&self.line.reason, self.line.events) {
            (Some(reason), _) => reason.clone(),
            (None, 0) => "in control".to_owned(),
            (None, events) => format!("{events} events: {}", self.line.rules.join(" ")),
        };
        if let Some(index) = self.line.capability {
            note = format!("Cpk {}, {note}", significant(index.cpk, 3));
        }
        Little {
            title: self.item.name(),
            note,
            values,
            marked,
            center: level(|panel| &panel.center),
            limits: [level(|panel| &panel.upper), level(|panel| &panel.lower)],
            is_found: self.line.events > 0 || self.line.is_stuck,
        }
    }

    /// The values of the main panel and the indices of alarms, thinned out.
    fn series(&self) -> (Vec<f64>, Vec<usize>) {
        let Some(analysis) = &self.line.analysis else { return (Vec::new(), Vec::new()) };
        let mut values: Vec<f64> = Vec::new();
        let mut fired: Vec<bool> = Vec::new();
        for stage in &analysis.stages {
            let panel = &stage.chart.panels[0];
            let mut own = vec![false; panel.values.len()];
            for event in stage.verdicts.first().iter().flat_map(|verdict| &verdict.events) {
                own[event.first..=event.last].fill(true);
            }
            values.extend(&panel.values);
            fired.extend(own);
        }
        let count = values.len();
        if count <= MOST_VALUES {
            let marked = (0..count).filter(|i| fired[*i]).collect();
            return (values, marked);
        }
        let center = analysis.stages[0].parameters.center;
        let (mut thin, mut marked) = (Vec::new(), Vec::new());
        for bucket in 0..MOST_VALUES {
            let range = bucket * count / MOST_VALUES..(bucket + 1) * count / MOST_VALUES;
            // In each bucket an alarm is kept in preference to any other point.
            let weight = |i: &usize| (fired[*i], (values[*i] - center).abs());
            let shown = range.max_by(|a, b| {
                let (a, b) = (weight(a), weight(b));
                a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
            });
            if let Some(i) = shown {
                if fired[i] {
                    marked.push(thin.len());
                }
                thin.push(values[i]);
            }
        }
        (thin, marked)
    }
}

/// A table with one row per chart.
pub fn frame(by: &[String], rows: &[Row], with_file: bool) -> Frame {
    let file = with_file.then(|| "file".to_owned());
    let columns = file.into_iter().chain(by.iter().cloned()).chain(COLUMNS.map(str::to_owned));
    let mut frame = Frame::new("libchar.spc-charts", 1, columns);
    for row in rows {
        let mut cells: Vec<Cell> = Vec::new();
        if with_file {
            cells.push(row.file.as_str().into());
        }
        cells.extend(row.item.group.iter().map(|text| Cell::from(text.as_str())));
        cells.extend(row.cells());
        frame.push(cells);
    }
    frame
}

/// The document of all charts with their series, thinned out for small charts.
pub fn document(by: &[String], rows: &[Row], with_file: bool) -> Value {
    let charts: Vec<Value> = rows
        .iter()
        .map(|row| {
            let (values, marked) = row.series();
            let mut chart = json!({
                "group": row.item.group, "values": values, "marked": marked,
            });
            if with_file {
                chart["file"] = json!(row.file);
            }
            for (name, value) in row.fields() {
                chart[name] = value;
            }
            chart
        })
        .collect();
    let fired = rows.iter().filter(|row| row.line.events > 0).count();
    let events: usize = rows.iter().map(|row| row.line.events).sum();
    let body = json!({ "by": by, "charts": charts, "fired": fired, "events": events });
    documents::document("libchar.spc-charts", 1, body)
}

/// What the table does not show: the number of charts, the skipped cells, and the charts whose
/// limits are wrong.
pub fn notes(rows: &[Row]) -> Vec<Note> {
    let count = |what: fn(&Row) -> bool| rows.iter().filter(|row| what(row)).count();
    let fired = count(|row| row.line.events > 0);
    let mut told = format!("{} charts, {fired} with findings", rows.len());
    let unread = count(|row| row.line.analysis.is_none());
    if unread > 0 {
        told += &format!(", {unread} could not be made");
    }
    let prepared = rows.iter().filter_map(|row| row.item.prepared.as_ref().ok());
    let skipped: Vec<_> = prepared.flat_map(|prepared| prepared.skipped.clone()).collect();
    let correlated = count(Row::is_correlated);
    let wrong = format!(
        "{correlated} charts have correlated neighbours (lag1): their limits assume independence; see --model ar1"
    );
    let wrong = (correlated > 0).then_some(Note::Warning("chart", wrong));
    std::iter::once(Note::Info("chart", told)).chain(Note::skipped(&skipped)).chain(wrong).collect()
}

/// Number of findings: events, capability indices below the minimum, and charts that cannot be made
/// from their data.
pub fn findings(rows: &[Row], min_cpk: Option<f64>) -> usize {
    let of_row = |row: &Row| {
        let is_stuck = row.line.analysis.is_none() && row.line.is_stuck;
        row.line.events + usize::from(row.is_below(min_cpk)) + usize::from(is_stuck)
    };
    rows.iter().map(of_row).sum()
}

/// A grid of small charts, those with findings first, and a sentence if not all of them are drawn.
pub fn multiples(rows: &[Row]) -> (String, Option<String>) {
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_by_key(|row| std::cmp::Reverse((row.line.events > 0, row.line.is_stuck)));
    let drawn: Vec<Little> = order.iter().take(MOST_DRAWN).map(|row| row.little()).collect();
    if rows.len() <= MOST_DRAWN {
        return (grid(&format!("{} charts", rows.len()), &drawn), None);
    }
    let title = format!("{MOST_DRAWN} of {} charts, those with findings first", rows.len());
    (grid(&title, &drawn), Some(format!("{title}, are drawn")))
}
