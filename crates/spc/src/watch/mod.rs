//! A streaming study: every row is judged by frozen limits as it arrives, in constant memory.

mod answers;
mod one;

pub use answers::Writer;
pub use one::{Answer, One, Places};

use crate::baseline::Baseline;
use crate::frozen::Frozen;
use crate::gather::Grouping;
use crate::knowledge::Choice;
use crate::study::rules;
use libchar_core::Note;
use libchar_core::number::parse_decimal;
use libchar_core::table::columns::Na;
use libchar_core::table::filter::Filter;
use libchar_core::table::stream::{Row, RowReader};
use libchar_core::{Fault, Refused};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::rc::Rc;

/// A longer line is not a row of a table.
const LONGEST_LINE: u64 = 1 << 20;

/// Settings of a watch.
pub struct Asked<'a> {
    /// Name of the stream.
    pub input: &'a str,
    /// Name of the frozen limits.
    pub baseline: &'a str,
    /// Rules to judge by.
    pub rules: &'a str,
    /// Units inspected: a column or a number; overrides that of the baseline.
    pub sample_size: Option<&'a str>,
    /// Column whose runs of equal values form subgroups; overrides that of the baseline.
    pub subgroup: Option<&'a str>,
    /// Column of times.
    pub time: Option<&'a str>,
    /// Text columns that every answer carries.
    pub label: &'a [String],
    /// Whether answers are limited to points that completed a rule.
    pub only_violations: bool,
    /// How to treat cells without a number.
    pub na: Na,
    /// Filter that selects rows.
    pub filter: Filter,
}

/// What stops a watch before its stream ends.
#[derive(Debug)]
pub enum Broken {
    /// A row that cannot be judged.
    Row(Fault),
    /// A stream that cannot be read, or an output that cannot be written.
    Stream(io::Error),
}

impl From<Fault> for Broken {
    fn from(fault: Fault) -> Self {
        Broken::Row(fault)
    }
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Broken::Stream(error)
    }
}

/// Names of columns in the order of their values in a row.
#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    fn place(&mut self, name: &str) -> usize {
        self.0.iter().position(|known| known == name).unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        })
    }
}

/// The state of a running watch, in constant memory.
pub struct Watch<'a> {
    asked: Asked<'a>,
    /// The charts.
    pub charts: Vec<One>,
    /// Whether answers name their chart.
    pub many: bool,
    /// Indices of the charts of each group.
    of_group: BTreeMap<Vec<String>, Vec<usize>>,
    /// Indices of the text columns whose values define the group.
    by: Vec<usize>,
    time: Option<usize>,
    row: RowReader<'a>,
    /// Text columns; those that answers carry come first.
    texts: Vec<String>,
    /// Text columns that answers carry.
    pub carried: Vec<String>,
    passed: usize,
    left_out: usize,
    /// Rows of groups without limits: their number, and the line and the group of the first.
    homeless: (usize, usize, String),
}

impl<'a> Watch<'a> {
    /// A watch that has received no row yet.
    ///
    /// # Errors
    /// Rules that cannot be parsed, and limits that do not allow a watch.
    pub fn new(asked: Asked<'a>, frozen: &Frozen, choice: &Choice) -> Result<Self, Refused> {
        let (mut numbers, mut texts) = (Names::default(), Names::default());
        let many = !frozen.by().is_empty() || frozen.all().len() > 1;
        let by: Vec<usize> = frozen.by().iter().map(|name| texts.place(name)).collect();
        let first = frozen.first().subgroup.as_deref();
        let carried = asked.time.into_iter().chain(asked.subgroup.or(first));
        carried.chain(asked.label.iter().map(String::as_str)).for_each(|name| {
            texts.place(name);
        });
        let mut charts = Vec::with_capacity(frozen.all().len());
        for limits in frozen.all() {
            let baseline = &limits.baseline;
            let rules = rules(asked.rules, &baseline.design)?;
            let places = places(&asked, baseline, &mut numbers, &mut texts)?;
            let grouping = grouping(&asked, baseline);
            let chart = One::new(limits, &rules, choice, grouping, places);
            charts.push(chart.map_err(|e| e.of(asked.baseline))?);
        }
        let carried = texts.0.clone();
        for name in asked.filter.columns() {
            texts.place(name);
        }
        let mut of_group: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (place, limits) in frozen.all().iter().enumerate() {
            of_group.entry(limits.group.clone()).or_default().push(place);
        }
        Ok(Watch {
            charts,
            many,
            of_group,
            by,
            time: asked.time.map(|name| texts.place(name)),
            row: RowReader::new(asked.input, numbers.0, texts.0.clone()),
            texts: texts.0,
            carried,
            passed: 0,
            left_out: 0,
            homeless: (0, 0, String::new()),
            asked,
        })
    }

    /// Number of signals of all rules of all charts.
    pub fn signals(&self) -> usize {
        self.charts.iter().flat_map(|chart| chart.fired.values()).map(|(count, _)| *count).sum()
    }

    /// Each rule that fired on a panel of a chart: its severity, a sentence, and its first signal.
    pub fn alarms(&self) -> Vec<(String, String, Value)> {
        let fired = self.charts.iter().flat_map(|chart| {
            chart.fired.iter().map(move |((id, panel), (count, details))| {
                let name = chart.name();
                let message =
                    format!("{name}: {id} on the {panel} panel, {count} signals in the stream");
                let severity = details["severity"].as_str().unwrap_or("warning");
                (severity.to_owned(), message, details.clone())
            })
        });
        fired.collect()
    }

    /// Judges a stream to its end. Every available row is answered before waiting for the next one.
    ///
    /// # Errors
    /// A row that cannot be judged, and errors of the stream or the output.
    pub fn follow(
        &mut self,
        mut reader: BufReader<impl Read>,
        writer: &mut Writer<impl Write>,
        tell: &mut dyn FnMut(Note),
    ) -> Result<(), Broken> {
        writer.head()?;
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            line.clear();
            // Before waiting for a new row, all answers are flushed. Rows that are already in the
            // buffer are judged without flushing.
            if !reader.buffer().contains(&b'\n') {
                writer.out.flush()?;
            }
            let read = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
            if read == 0 {
                break;
            }
            number += 1;
            if read as u64 == LONGEST_LINE {
                let found = "a line of more than a megabyte";
                return Err(Fault::at(self.asked.input, number, 0, found).into());
            }
            if let Some(row) = self.row.read(&line, number)? {
                self.take(writer, row, tell)?;
            }
        }
        if !self.row.ready() {
            return Err(Fault::of(self.asked.input, "the stream is empty").into());
        }
        self.end(writer, tell)
    }

    /// Passes a row to the charts of its group. A gap in it is refused, or reported and makes its
    /// subgroup smaller without shifting other rows.
    fn take(
        &mut self,
        writer: &mut Writer<impl Write>,
        row: Row,
        tell: &mut dyn FnMut(Note),
    ) -> Result<(), Broken> {
        if !self.is_wanted(&row)? {
            self.left_out += 1;
            return Ok(());
        }
        self.passed += 1;
        let group: Vec<String> = self.by.iter().map(|place| row.texts[*place].clone()).collect();
        let Some(places) = self.of_group.get(&group) else {
            let (count, line, name) = &mut self.homeless;
            *count += 1;
            if *count == 1 {
                (*line, *name) = (row.line, group.join(" "));
            }
            return Ok(());
        };
        let row = Rc::new(row);
        for place in places {
            let chart = &mut self.charts[*place];
            for fault in chart.gaps(&row) {
                if self.asked.na == Na::Error {
                    let told =
                        fault.clone().expected("a finite number; `--na skip` leaves such rows out");
                    return Err(told.into());
                }
                tell(Note::Warning("skipped", fault.to_string()));
            }
            let answers = chart.take(self.asked.input, &row, &self.carried)?;
            give(writer, self.asked.only_violations, chart, &answers)?;
        }
        Ok(())
    }

    /// Whether a row satisfies --where, --since and --until.
    fn is_wanted(&self, row: &Row) -> Result<bool, Fault> {
        let cell = |name: &str| {
            let place = self.texts.iter().position(|known| known == name);
            place.map_or("", |place| row.texts[place].as_str())
        };
        if !self.asked.filter.holds(&cell) {
            return Ok(false);
        }
        let Some(time) = self.time.filter(|_| self.asked.filter.is_of_time()) else {
            return Ok(true);
        };
        let text = &row.texts[time];
        self.asked.filter.within(text).map_err(|expected| {
            let found = format!("`{text}` is not a time");
            Fault::at(self.asked.input, row.line, 0, found).expected(expected)
        })
    }

    /// Judges what is complete at the end of the stream and reports the rows that were not judged.
    fn end(
        &mut self,
        writer: &mut Writer<impl Write>,
        tell: &mut dyn FnMut(Note),
    ) -> Result<(), Broken> {
        let mut waiting = 0;
        for chart in &mut self.charts {
            let (answers, rows) = chart.end(self.asked.input, &self.carried)?;
            give(writer, self.asked.only_violations, chart, &answers)?;
            waiting += rows;
        }
        if waiting > 0 {
            let message = match waiting {
                1 => "1 row at the end does not fill a subgroup and was not judged".to_owned(),
                n => format!("{n} rows at the end do not fill a subgroup and were not judged"),
            };
            tell(Note::Warning("incomplete", message));
        }
        if self.left_out > 0 {
            let (left, all) = (self.passed, self.passed + self.left_out);
            let message = format!("{left} of {all} rows of {} are read", self.asked.input);
            tell(Note::Info("rows", message));
        }
        let (count, line, name) = &self.homeless;
        if *count > 0 {
            let rows = if *count == 1 { "1 row has" } else { &format!("{count} rows have") };
            let baseline = self.asked.baseline;
            let message =
                format!("{rows} no limits in {baseline}, the first in line {line}: {name}");
            tell(Note::Warning("baseline", message));
        }
        Ok(writer.foot()?)
    }
}

/// The positions in a row of a chart's numbers.
fn places(
    asked: &Asked,
    baseline: &Baseline,
    numbers: &mut Names,
    texts: &mut Names,
) -> Result<Places, Refused> {
    let kind = baseline.design.chart;
    let units = asked.sample_size.or(baseline.sample_size.as_deref());
    let fixed = units.and_then(parse_decimal);
    if units.is_none() && kind.needs_units() {
        let name = kind.name();
        let message = format!("a {name} chart needs --sample-size: a column or a number");
        return Err(Refused::Usage(message));
    }
    let subgroup = match grouping(asked, baseline) {
        Grouping::Label => asked.subgroup.or(baseline.subgroup.as_deref()),
        _ => None,
    };
    Ok(Places {
        values: baseline.columns.iter().map(|name| numbers.place(name)).collect(),
        units: units.filter(|_| fixed.is_none()).map(|name| numbers.place(name)),
        fixed_units: fixed.unwrap_or(1.0),
        nominal: baseline
            .nominal
            .as_ref()
            .filter(|_| baseline.deviation)
            .map(|name| numbers.place(name)),
        subgroup: subgroup.map(|name| texts.place(name)),
    })
}

/// How rows form subgroups: as in the baseline, unless the caller overrides it.
fn grouping(asked: &Asked, baseline: &Baseline) -> Grouping {
    if asked.subgroup.is_some() || baseline.subgroup.is_some() {
        return Grouping::Label;
    }
    match baseline.subgroup_size {
        Some(size) if size > 1 && baseline.columns.len() == 1 => Grouping::Size(size),
        _ => Grouping::Single,
    }
}

/// Writes the answers that are to be shown.
fn give(
    writer: &mut Writer<impl Write>,
    only_violations: bool,
    chart: &One,
    answers: &[Answer],
) -> io::Result<()> {
    let shown = answers.iter().filter(|answer| !only_violations || !answer.fired.is_empty());
    for answer in shown {
        writer.answer(chart, answer)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
