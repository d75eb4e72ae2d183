use super::baseline;
use super::chart::Choice;
use super::columns::Na;
use super::options;
use super::rows::{Row, RowReader, Wanted};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::{Fault, Faults, Format, input, number};
use libchar_history::Alert;
use libchar_spc::baseline::Baseline;
use libchar_spc::chart::Kind;
use libchar_spc::gather::{Gatherer, Grouping, Point};
use libchar_spc::knowledge::Knowledge;
use libchar_spc::rules::Side;
use libchar_spc::stream::{Arrival, Judged, Stream};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};

/// A line longer than this is no row of a table.
const LONGEST_LINE: u64 = 1 << 20;

/// Judge each row as it arrives, against a baseline
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  tail -n +1 -f tool.csv | libchar spc watch - --baseline tox.json --rules nelson
  mosquitto_sub -t fab/tox | libchar spc watch - --baseline tox.json --format jsonl --show violations

Rows are CSV with a header, bare numbers, or JSON lines. Every row that has arrived is answered before the next is waited
for; memory does not grow. The exit code is 1 when a rule fired, told when the stream ends.")]
pub struct Watch {
    /// The stream; `-` is standard input
    #[arg(default_value = "-")]
    input: String,
    /// Frozen limits that `spc limits` wrote
    #[arg(long, value_name = "FILE")]
    baseline: String,
    /// Rules to judge by: sets, members or custom patterns
    #[arg(long, value_name = "LIST", default_value = "rule1")]
    rules: String,
    /// Units inspected: a column, or one number for all rows (p, np, u, laney-p, laney-u) [default: as in the baseline]
    #[arg(short = 'n', long, value_name = "COLUMN|N")]
    sample_size: Option<String>,
    /// Column whose equal neighbours form a subgroup [default: as in the baseline]
    #[arg(long, value_name = "COLUMN")]
    subgroup: Option<String>,
    /// Column of times that every answer carries
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// Columns that every answer carries: lot, tool, wafer
    #[arg(long = "label", value_name = "COLUMN")]
    label: Vec<String>,
    /// Causes and actions: auto (by the column's name), furnace, litho, metrology, none, or a TOML file
    #[arg(long, value_name = "NAME|FILE", default_value = "auto")]
    knowledge: String,
    /// Which points to print
    #[arg(long, value_enum, default_value_t = Shown::All)]
    show: Shown,
    /// Rows that hold no finite number
    #[arg(long, value_enum, default_value_t = Na::Error)]
    na: Na,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shown {
    /// Every point
    All,
    /// Points that completed a rule
    Violations,
}

pub fn run(args: &Watch, ctx: &Context) -> Result<Outcome> {
    let baseline = baseline::read(ctx, &args.baseline)?;
    let columns = baseline.columns.clone();
    baseline
        .check(&columns, baseline.subgroup_size)
        .map_err(|e| options::unfit(&args.baseline, e))?;
    let rules = options::rules(&args.rules, &baseline.design)?;
    let choice = Choice::parse(ctx, &args.knowledge)?;
    let column = columns.join(",");
    let grouping = grouping(args, &baseline);
    let usual = baseline.subgroup_size.unwrap_or(2).max(1);
    let stream = Stream::new(baseline.design.clone(), baseline.parameters.clone(), &rules, usual)
        .map_err(|e| options::unfit(&args.baseline, e))?;
    ctx.begin(
        "spc watch",
        json!({ "input": args.input, "baseline": args.baseline, "rules": args.rules }),
    );
    let reader: Box<dyn Read> = if args.input == "-" {
        if io::stdin().is_terminal() {
            return Err(Usage("no input: pipe rows in (`-` is standard input)".to_owned()).into());
        }
        Box::new(io::stdin().lock())
    } else {
        Box::new(open(&args.input).map_err(|e| Faults::from(input::unreadable(&args.input, &e)))?)
    };
    let kind = baseline.design.chart;
    let subgroup = match grouping {
        Grouping::Label => args.subgroup.clone().or(baseline.subgroup.clone()),
        _ => None,
    };
    let mut texts: Vec<String> = Vec::new();
    for name in args.time.iter().chain(&subgroup).chain(&args.label) {
        if !texts.contains(name) {
            texts.push(name.clone());
        }
    }
    let units = args.sample_size.clone().or(baseline.sample_size.clone());
    let reader_of_rows = RowReader::new(Wanted {
        file: &args.input,
        kind,
        columns,
        units,
        nominal: baseline.nominal.clone().filter(|_| baseline.deviation),
        texts: texts.clone(),
    })?;
    let mut watch = Watching {
        args,
        ctx,
        stream,
        knowledge: choice.of(&column),
        row: reader_of_rows,
        kind,
        gatherer: Gatherer::new(grouping, kind.is_multivariate() || kind.is_attribute()),
        subgroup: subgroup.and_then(|name| texts.iter().position(|text| *text == name)),
        texts,
        last: Row::default(),
        points: 0,
        answered: Cell::new(false),
        fired: BTreeMap::new(),
        column: column.clone(),
    };
    watch.follow(BufReader::new(reader))?;
    watch.raise();
    Ok(Outcome::found(watch.fired.values().map(|(count, _)| *count).sum()))
}

/// How rows group: as the baseline's did, unless the caller says otherwise.
fn grouping(args: &Watch, baseline: &Baseline) -> Grouping {
    if args.subgroup.is_some() || baseline.subgroup.is_some() {
        return Grouping::Label;
    }
    match baseline.subgroup_size {
        Some(size) if size > 1 && baseline.columns.len() == 1 => Grouping::Size(size),
        _ => Grouping::Single,
    }
}

/// A file, not a folder, whose reading would fail after the header is printed.
fn open(path: &str) -> io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(file)
}

/// State of a running watch, none of which grows with the stream.
struct Watching<'a> {
    args: &'a Watch,
    ctx: &'a Context,
    stream: Stream,
    knowledge: Option<Cow<'a, Knowledge>>,
    row: RowReader<'a>,
    kind: Kind,
    /// The rule by which charts group rows too.
    gatherer: Gatherer,
    /// Which of the texts is the subgroup.
    subgroup: Option<usize>,
    /// Columns that every answer carries.
    texts: Vec<String>,
    /// The row before this one: the last of a subgroup that a new label ends.
    last: Row,
    points: usize,
    /// Whether an answer was given.
    answered: Cell<bool>,
    /// Signals of each rule on each panel, with the first of them.
    fired: BTreeMap<(String, &'static str), (usize, Value)>,
    column: String,
}

impl Watching<'_> {
    fn follow(&mut self, mut reader: BufReader<impl Read>) -> Result<()> {
        let mut out = self.ctx.stdout();
        self.head(&mut out)?;
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            line.clear();
            // Nobody waits for a row without having the answers to all before it; rows that are here are answered at once.
            if !reader.buffer().contains(&b'\n') {
                out.flush()?;
            }
            let read = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
            if read == 0 {
                break;
            }
            number += 1;
            if read as u64 == LONGEST_LINE {
                let found = "a line of more than a megabyte";
                return Err(Faults::from(Fault::at(&self.args.input, number, 0, found)).into());
            }
            if let Some(row) = self.row.read(&line, number).map_err(Faults::from)? {
                self.take(&mut out, row)?;
            }
        }
        if !self.row.ready() {
            return Err(Faults::from(Fault::of(&self.args.input, "the stream is empty")).into());
        }
        self.end(&mut out)
    }

    /// A row: a gap in it is named, or leaves its subgroup smaller, and moves nothing.
    fn take(&mut self, out: &mut impl Write, row: Row) -> Result<()> {
        for fault in &row.gaps {
            if self.args.na == Na::Error {
                let told =
                    fault.clone().expected("a finite number; `--na skip` leaves such rows out");
                return Err(Faults::from(told).into());
            }
            self.ctx.log.warning("skipped", fault.to_string());
        }
        let label = self.subgroup.map(|place| row.texts[place].as_str());
        let point = self.gatherer.push(&row.values, row.units, label);
        // By label a row ends the subgroup before it; by size or alone, its own.
        let own = self.subgroup.is_none();
        let before = std::mem::replace(&mut self.last, row);
        if let Some(point) = point {
            let last = if own { self.last.clone() } else { before };
            self.judge(out, &point, &last)?;
        }
        Ok(())
    }

    /// The last subgroup, where the end of the stream is its end too.
    fn end(&mut self, out: &mut impl Write) -> Result<()> {
        let waiting = self.gatherer.waiting();
        if self.subgroup.is_some() {
            if let Some(point) = self.gatherer.finish() {
                let last = self.last.clone();
                self.judge(out, &point, &last)?;
            }
        } else if waiting > 0 {
            let rows = if waiting == 1 { "1 row" } else { &format!("{waiting} rows") };
            let message = format!("{rows} at the end do not fill a subgroup and were not judged");
            self.ctx.log.warning("incomplete", message);
        }
        if self.ctx.format() == Format::Json {
            out.write_all(b"\n]}\n")?;
        }
        out.flush()?;
        Ok(())
    }

    fn judge(&mut self, out: &mut impl Write, point: &Point, last: &Row) -> Result<()> {
        let arrival = if self.kind.is_attribute() {
            Arrival::Count { count: point.values[0], size: point.units }
        } else if self.kind.is_multivariate() {
            Arrival::Vector(&point.values)
        } else {
            Arrival::Measured(&point.values)
        };
        let judged = self
            .stream
            .push(arrival)
            .map_err(|e| Faults::from(Fault::at(&self.args.input, last.line, 0, e.to_string())))?;
        self.points += 1;
        for panel in judged {
            let ids = self.note(&panel, last);
            if self.args.show == Shown::All || !ids.is_empty() {
                self.answer(out, last, &panel, &ids)?;
            }
        }
        Ok(())
    }

    /// What the answers begin with.
    fn head(&self, out: &mut impl Write) -> Result<()> {
        match self.ctx.format() {
            Format::Jsonl => {}
            Format::Json => {
                let schema = json!({ "name": "libchar.spc-watch", "version": 1 });
                write!(out, "{{\"schema\":{schema},\"rows\":[")?;
            }
            Format::Csv => {
                let mut row: Vec<&str> = COLUMNS.to_vec();
                row.extend(self.texts.iter().map(String::as_str));
                writeln!(out, "{}", csv_row(row))?;
            }
            Format::Table => {
                let mut row: Vec<&str> = COLUMNS.to_vec();
                row.extend(self.texts.iter().map(String::as_str));
                writeln!(out, "{}", table_row(&row))?;
            }
        }
        out.flush()?;
        Ok(())
    }

    /// Counts what fired, and says which rules with what severity.
    fn note(&mut self, judged: &Judged, last: &Row) -> Vec<(String, &'static str, Side)> {
        let mut ids = Vec::new();
        for (place, side) in &judged.fired {
            let rule = &self.stream.rules()[*place];
            let advice =
                self.knowledge.as_ref().map(|k| k.advice(rule, &self.column, judged.panel, *side));
            let advice = advice.unwrap_or_default();
            let severity = advice.severity.unwrap_or(rule.pattern.severity()).name();
            let key = (rule.id.clone(), judged.panel);
            let texts: BTreeMap<&String, &String> = self.texts.iter().zip(&last.texts).collect();
            self.fired.entry(key).and_modify(|known| known.0 += 1).or_insert_with(|| {
                let details = json!({
                    "rule_id": rule.id, "rule_name": rule.pattern.describe(),
                    "timestamp_index": self.points, "line": last.line, "value": judged.value,
                    "severity": severity, "suggested_causes": advice.causes,
                    "recommended_actions": advice.actions, "at": texts,
                });
                (1, details)
            });
            ids.push((rule.id.clone(), severity, *side));
        }
        ids
    }

    fn answer(
        &self,
        out: &mut impl Write,
        last: &Row,
        judged: &Judged,
        ids: &[(String, &'static str, Side)],
    ) -> Result<()> {
        let severity = ["CRITICAL", "WARNING", "INFO"]
            .into_iter()
            .find(|severity| ids.iter().any(|(_, own, _)| own == severity));
        if matches!(self.ctx.format(), Format::Jsonl | Format::Json) {
            let rules: Vec<Value> =
                ids.iter().map(|(id, severity, side)| json!({ "rule_id": id, "side": side, "severity": severity })).collect();
            let mut row = json!({
                "index": self.points, "line": last.line, "panel": judged.panel, "value": judged.value,
                "center": judged.center, "ucl": judged.ucl, "lcl": judged.lcl, "z": judged.z,
                "rules": rules, "severity": severity,
            });
            if !self.texts.is_empty() {
                let at: BTreeMap<&String, &String> = self.texts.iter().zip(&last.texts).collect();
                row["at"] = json!(at);
            }
            if self.ctx.format() == Format::Json {
                let first = !self.answered.replace(true);
                out.write_all(if first { b"\n" } else { b",\n" })?;
                serde_json::to_writer(&mut *out, &row)?;
                return Ok(());
            }
            serde_json::to_writer(&mut *out, &row)?;
            out.write_all(b"\n")?;
            return Ok(());
        }
        let number = |value: f64| match self.ctx.format() {
            Format::Table => number::significant(value, 6),
            _ => number::shortest(value),
        };
        let optional = |value: Option<f64>| value.map(number).unwrap_or_default();
        let names: Vec<&str> = ids.iter().map(|(id, ..)| id.as_str()).collect();
        let mut row = vec![
            self.points.to_string(),
            last.line.to_string(),
            judged.panel.to_owned(),
            number(judged.value),
            number(judged.center),
            optional(judged.ucl),
            optional(judged.lcl),
            optional(judged.z),
            names.join(" "),
            severity.unwrap_or_default().to_owned(),
        ];
        row.extend(last.texts.iter().cloned());
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        match self.ctx.format() {
            Format::Table => writeln!(out, "{}", table_row(&cells))?,
            _ => writeln!(out, "{}", csv_row(cells))?,
        }
        Ok(())
    }

    /// One alert for each rule that fired.
    fn raise(&self) {
        for ((id, panel), (count, details)) in &self.fired {
            self.ctx.journal.alert(Alert {
                source: "spc".to_owned(),
                severity: details["severity"].as_str().unwrap_or("warning").to_ascii_lowercase(),
                message: format!(
                    "{}: {id} on the {panel} panel, {count} signals in the stream",
                    self.column
                ),
                details: Some(details.to_string()),
            });
        }
    }
}

/// Columns of an answer, before those that it carries.
const COLUMNS: [&str; 10] =
    ["index", "line", "panel", "value", "center", "ucl", "lcl", "z", "rules", "severity"];

fn csv_row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let quoted = cells.into_iter().map(|cell| match cell.contains([',', '"']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    });
    quoted.collect::<Vec<_>>().join(",")
}

/// Cells of fixed widths: the rest of the stream is not known yet.
fn table_row(cells: &[&str]) -> String {
    const WIDTHS: [usize; 10] = [7, 7, 12, 11, 11, 11, 11, 9, 10, 9];
    let padded = cells.iter().enumerate().map(|(i, cell)| {
        let width = WIDTHS.get(i).copied().unwrap_or(16);
        format!("{cell:<width$}")
    });
    padded.collect::<Vec<_>>().join(" ").trim_end().to_owned()
}
