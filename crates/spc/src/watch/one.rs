//! One watched chart, in constant memory.

use crate::baseline::OfGroup;
use crate::chart::Kind;
use crate::gather::{Gatherer, Grouping, Point};
use crate::knowledge::{Choice, Knowledge};
use crate::rules::{Rule, Side};
use crate::stream::{Arrival, Judged, Stream};
use libchar_core::Fault;
use libchar_core::table::stream::Row;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Positions in a row of the numbers of a chart.
pub struct Places {
    /// The charted values.
    pub values: Vec<usize>,
    /// Units inspected, if a column holds them.
    pub units: Option<usize>,
    /// Units inspected, if no column holds them.
    pub fixed_units: f64,
    /// Nominal value that is subtracted.
    pub nominal: Option<usize>,
    /// Index of the subgroup among the texts.
    pub subgroup: Option<usize>,
}

/// A chart of the stream with its state.
pub struct One {
    /// The group's values.
    pub group: Vec<String>,
    /// The names of the charted columns, joined by commas.
    pub column: String,
    kind: Kind,
    stream: Stream,
    knowledge: Option<Rc<Knowledge>>,
    /// Groups rows by the same rule as the charts of files.
    gatherer: Gatherer,
    places: Places,
    /// The previous row, which is the last one of a subgroup that ends where a new label begins.
    last: Rc<Row>,
    /// Number of judged points.
    pub points: usize,
    /// Number of signals of each rule on each panel, with the first signal.
    pub fired: BTreeMap<(String, &'static str), (usize, Value)>,
}

/// A plotted value of a point with the rules that it completed.
pub struct Answer {
    /// The point's number, from 1.
    pub index: usize,
    /// The last row of the point.
    pub row: Rc<Row>,
    /// The plotted value.
    pub judged: Judged,
    /// Rules that it completed: identifier, severity and side.
    pub fired: Vec<(String, &'static str, Side)>,
}

impl One {
    /// A chart that has received no row yet.
    ///
    /// # Errors
    /// A kind of chart that cannot be watched.
    pub fn new(
        limits: &OfGroup,
        rules: &[Rule],
        choice: &Choice,
        grouping: Grouping,
        places: Places,
    ) -> Result<One, crate::SpcError> {
        let baseline = &limits.baseline;
        let column = baseline.columns.join(",");
        let kind = baseline.design.chart;
        let usual = baseline.subgroup_size.unwrap_or(2).max(1);
        let (design, parameters) = (baseline.design.clone(), baseline.parameters.clone());
        Ok(One {
            group: limits.group.clone(),
            kind,
            stream: Stream::new(design, parameters, rules, usual)?,
            knowledge: choice.of(&column).map(|known| Rc::new(known.into_owned())),
            gatherer: Gatherer::new(grouping, kind.is_multivariate() || kind.is_attribute()),
            places,
            last: Rc::default(),
            points: 0,
            fired: BTreeMap::new(),
            column,
        })
    }

    /// The chart's name.
    pub fn name(&self) -> String {
        format!("{} {}", self.column, self.group.join(" ")).trim_end().to_owned()
    }

    /// Gaps of a row in the columns of this chart.
    pub fn gaps<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = &'a Fault> {
        let Places { values, units, nominal, .. } = &self.places;
        let own =
            move |at: &usize| values.contains(at) || *units == Some(*at) || *nominal == Some(*at);
        row.gaps.iter().filter(move |(at, _)| own(at)).map(|(_, fault)| fault)
    }

    /// Takes a row; returns the answers for the point that it completes, if any.
    ///
    /// # Errors
    /// A point that the chart cannot use.
    pub fn take(
        &mut self,
        file: &str,
        row: &Rc<Row>,
        texts: &[String],
    ) -> Result<Vec<Answer>, Fault> {
        let Places { values, units, fixed_units, nominal, subgroup } = &self.places;
        let less = nominal.map_or(0.0, |place| row.numbers[place]);
        let values: Vec<f64> = values.iter().map(|place| row.numbers[*place] - less).collect();
        let units = units.map_or(*fixed_units, |place| row.numbers[place]);
        let label = subgroup.map(|place| row.texts[place].as_str());
        let point = self.gatherer.push(&values, units, label);
        // With labels, a row completes the subgroup before it; otherwise its own.
        let own = subgroup.is_none();
        let before = std::mem::replace(&mut self.last, Rc::clone(row));
        match point {
            Some(point) => {
                let last = if own { Rc::clone(row) } else { before };
                self.judge(file, &point, last, texts)
            }
            None => Ok(Vec::new()),
        }
    }

    /// Ends the stream: returns the answers for the last subgroup by label, which ends with the
    /// stream, and the number of rows in an incomplete subgroup by size.
    ///
    /// # Errors
    /// A point that the chart cannot use.
    pub fn end(&mut self, file: &str, texts: &[String]) -> Result<(Vec<Answer>, usize), Fault> {
        if self.places.subgroup.is_none() {
            return Ok((Vec::new(), self.gatherer.waiting()));
        }
        let last = Rc::clone(&self.last);
        match self.gatherer.finish() {
            Some(point) => Ok((self.judge(file, &point, last, texts)?, 0)),
            None => Ok((Vec::new(), 0)),
        }
    }

    fn judge(
        &mut self,
        file: &str,
        point: &Point,
        row: Rc<Row>,
        texts: &[String],
    ) -> Result<Vec<Answer>, Fault> {
        let arrival = if self.kind.is_attribute() {
            Arrival::Count { count: point.values[0], size: point.units }
        } else if self.kind.is_multivariate() {
            Arrival::Vector(&point.values)
        } else {
            Arrival::Measured(&point.values)
        };
        let judged =
            self.stream.push(arrival).map_err(|e| Fault::at(file, row.line, 0, e.to_string()))?;
        self.points += 1;
        let answers = judged.into_iter().map(|judged| {
            let fired = self.note(&judged, &row, texts);
            Answer { index: self.points, row: Rc::clone(&row), judged, fired }
        });
        Ok(answers.collect())
    }

    /// Counts the rules that fired, and returns them with their severities.
    fn note(
        &mut self,
        judged: &Judged,
        row: &Row,
        texts: &[String],
    ) -> Vec<(String, &'static str, Side)> {
        let mut ids = Vec::new();
        for (place, side) in &judged.fired {
            let rule = &self.stream.rules()[*place];
            let advice =
                self.knowledge.as_ref().map(|k| k.advice(rule, &self.column, judged.panel, *side));
            let advice = advice.unwrap_or_default();
            let severity = advice.severity.unwrap_or(rule.pattern.severity()).name();
            let key = (rule.id.clone(), judged.panel);
            let at: BTreeMap<&String, &String> = texts.iter().zip(&row.texts).collect();
            self.fired.entry(key).and_modify(|known| known.0 += 1).or_insert_with(|| {
                let details = json!({
                    "rule_id": rule.id, "rule_name": rule.pattern.describe(),
                    "timestamp_index": self.points, "line": row.line, "value": judged.value,
                    "severity": severity, "suggested_causes": advice.causes,
                    "recommended_actions": advice.actions, "at": at,
                });
                (1, details)
            });
            ids.push((rule.id.clone(), severity, *side));
        }
        ids
    }
}
