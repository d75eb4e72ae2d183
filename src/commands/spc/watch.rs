use super::baseline;
use super::chart::knowledge;
use super::columns::Na;
use super::options;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::table::split_row;
use libchar_core::{Fault, Faults, Format, input, number};
use libchar_history::Alert;
use libchar_spc::baseline::Baseline;
use libchar_spc::chart::Kind;
use libchar_spc::knowledge::Knowledge;
use libchar_spc::rules::Side;
use libchar_spc::stream::{Arrival, Judged, Stream};
use serde_json::{Value, json};
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
    /// Units inspected: a column, or one number for all rows (p, np, u)
    #[arg(short = 'n', long, value_name = "COLUMN|N")]
    sample_size: Option<String>,
    /// Causes and actions: furnace, litho, metrology, none, or a TOML file
    #[arg(long, value_name = "NAME|FILE", default_value = "furnace")]
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
    let knowledge = knowledge(ctx, &args.knowledge)?;
    if ctx.format() == Format::Json {
        return Err(Usage(
            "a stream has no end to close a JSON document; use --format jsonl".to_owned(),
        )
        .into());
    }
    let size = subgroup_size(&baseline, &args.baseline)?;
    let stream = Stream::new(baseline.design.clone(), baseline.parameters.clone(), &rules, size)
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
    let units = args.sample_size.as_deref();
    let mut watch = Watching {
        args,
        ctx,
        stream,
        knowledge,
        row: RowReader::new(&args.input, &baseline, units)?,
        // Subgroups of one column arrive over several rows.
        size: if columns.len() == 1 { size } else { 1 },
        group: Vec::new(),
        points: 0,
        fired: BTreeMap::new(),
        column: columns.join(","),
    };
    watch.follow(BufReader::new(reader))?;
    watch.raise();
    Ok(Outcome::found(watch.fired.values().map(|(count, _)| *count).sum()))
}

/// A file, not a folder, whose reading would fail after the header is printed.
fn open(path: &str) -> io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(file)
}

/// Values of a subgroup that a stream holds until it is complete.
const LARGEST_SUBGROUP: usize = 100_000;

/// Values in every subgroup to come.
fn subgroup_size(baseline: &Baseline, file: &str) -> Result<usize> {
    match (baseline.design.chart, baseline.subgroup_size) {
        (kind, _) if kind.is_attribute() || kind == Kind::T2 => Ok(1),
        (_, Some(size)) if size > LARGEST_SUBGROUP => {
            let found = format!("subgroups of {size} values");
            let expected =
                format!("at most {LARGEST_SUBGROUP} values, which a stream holds at a time");
            Err(Faults::from(Fault::of(file, found).expected(expected)).into())
        }
        (_, Some(size)) if size > 0 => Ok(size),
        _ => {
            let found = "the baseline's subgroups differ in size";
            Err(Faults::from(Fault::of(file, found).expected("subgroups of one size for a stream"))
                .into())
        }
    }
}

/// State of a running watch, none of which grows with the stream.
struct Watching<'a> {
    args: &'a Watch,
    ctx: &'a Context,
    stream: Stream,
    knowledge: Option<Knowledge>,
    row: RowReader<'a>,
    size: usize,
    group: Vec<f64>,
    points: usize,
    /// Signals of each rule on each panel, with the first of them.
    fired: BTreeMap<(String, &'static str), (usize, Value)>,
    column: String,
}

impl Watching<'_> {
    fn follow(&mut self, mut reader: BufReader<impl Read>) -> Result<()> {
        let mut out = self.ctx.stdout();
        if self.ctx.format() != Format::Jsonl {
            writeln!(out, "index,line,panel,value,center,ucl,lcl,z,rules,severity")?;
            out.flush()?;
        }
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
            match self.row.read(&line, number) {
                Ok(None) => {}
                Ok(Some((values, units))) => {
                    self.judge(&mut out, number, &values, units)?;
                }
                Err(fault) if self.args.na == Na::Skip && self.row.ready() => {
                    self.ctx.log.warning("skipped", fault.to_string());
                }
                Err(fault) => return Err(Faults::from(*fault).into()),
            }
        }
        if !self.row.ready() {
            return Err(Faults::from(Fault::of(&self.args.input, "the stream is empty")).into());
        }
        if !self.group.is_empty() {
            let left = self.group.len();
            let message =
                format!("{left} values at the end do not fill a subgroup of {}", self.size);
            self.ctx.log.warning("incomplete", message);
        }
        Ok(())
    }

    fn judge(
        &mut self,
        out: &mut impl Write,
        line: usize,
        values: &[f64],
        units: f64,
    ) -> Result<()> {
        self.group.extend_from_slice(values);
        if self.group.len() < self.size {
            return Ok(());
        }
        let group = std::mem::take(&mut self.group);
        let kind = self.row.kind;
        let arrival = match kind {
            kind if kind.is_attribute() => Arrival::Count { count: group[0], size: units },
            Kind::T2 => Arrival::Vector(&group),
            _ => Arrival::Measured(&group),
        };
        let judged = self
            .stream
            .push(arrival)
            .map_err(|e| Faults::from(Fault::at(&self.args.input, line, 0, e.to_string())))?;
        self.points += 1;
        for panel in judged {
            let ids = self.note(&panel, line);
            if self.args.show == Shown::All || !ids.is_empty() {
                self.answer(out, line, &panel, &ids)?;
            }
        }
        Ok(())
    }

    /// Counts what fired, and says which rules with what severity.
    fn note(&mut self, judged: &Judged, line: usize) -> Vec<(String, &'static str, Side)> {
        let mut ids = Vec::new();
        for (place, side) in &judged.fired {
            let rule = &self.stream.rules()[*place];
            let advice =
                self.knowledge.as_ref().map(|k| k.advice(rule, &self.column, judged.panel, *side));
            let advice = advice.unwrap_or_default();
            let severity = advice.severity.unwrap_or(rule.pattern.severity()).name();
            let key = (rule.id.clone(), judged.panel);
            self.fired.entry(key).and_modify(|known| known.0 += 1).or_insert_with(|| {
                let details = json!({
                    "rule_id": rule.id, "rule_name": rule.pattern.describe(),
                    "timestamp_index": self.points, "line": line, "value": judged.value,
                    "severity": severity, "suggested_causes": advice.causes,
                    "recommended_actions": advice.actions,
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
        line: usize,
        judged: &Judged,
        ids: &[(String, &'static str, Side)],
    ) -> Result<()> {
        let severity = ["CRITICAL", "WARNING", "INFO"]
            .into_iter()
            .find(|severity| ids.iter().any(|(_, own, _)| own == severity));
        if self.ctx.format() == Format::Jsonl {
            let rules: Vec<Value> =
                ids.iter().map(|(id, severity, side)| json!({ "rule_id": id, "side": side, "severity": severity })).collect();
            let row = json!({
                "index": self.points, "line": line, "panel": judged.panel, "value": judged.value,
                "center": judged.center, "ucl": judged.ucl, "lcl": judged.lcl, "z": judged.z,
                "rules": rules, "severity": severity,
            });
            serde_json::to_writer(&mut *out, &row)?;
            out.write_all(b"\n")?;
            return Ok(());
        }
        let optional = |value: Option<f64>| value.map(number::shortest).unwrap_or_default();
        let names: Vec<&str> = ids.iter().map(|(id, ..)| id.as_str()).collect();
        writeln!(
            out,
            "{},{line},{},{},{},{},{},{},{},{}",
            self.points,
            judged.panel,
            number::shortest(judged.value),
            number::shortest(judged.center),
            optional(judged.ucl),
            optional(judged.lcl),
            optional(judged.z),
            names.join(" "),
            severity.unwrap_or_default()
        )?;
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

/// Rows out of lines: CSV with a header, bare numbers, or JSON objects.
struct RowReader<'a> {
    file: &'a str,
    kind: Kind,
    columns: Vec<String>,
    units: Option<&'a str>,
    fixed_units: f64,
    places: Option<Vec<usize>>,
    width: usize,
}

impl<'a> RowReader<'a> {
    fn new(file: &'a str, baseline: &Baseline, units: Option<&'a str>) -> Result<Self> {
        let fixed = units.and_then(|text| text.parse::<f64>().ok());
        let kind = baseline.design.chart;
        if units.is_none() && matches!(kind, Kind::P | Kind::Np | Kind::U) {
            let message =
                format!("a {} chart needs --sample-size: a column or a number", kind.name());
            return Err(Usage(message).into());
        }
        Ok(RowReader {
            file,
            kind,
            columns: baseline.columns.clone(),
            units: units.filter(|_| fixed.is_none()),
            fixed_units: fixed.unwrap_or(1.0),
            places: None,
            width: 0,
        })
    }

    /// Whether the shape of the rows is known.
    fn ready(&self) -> bool {
        self.places.is_some()
    }

    /// The charted values and units of a line; `None` for headers, comments and blank lines.
    fn read(&mut self, line: &[u8], number: usize) -> Result<Option<(Vec<f64>, f64)>, Box<Fault>> {
        let fault =
            |column: usize, found: String| Box::new(Fault::at(self.file, number, column, found));
        let text =
            std::str::from_utf8(line).map_err(|_| fault(0, "the line is not UTF-8".to_owned()))?;
        let text = if number == 1 { text.trim_start_matches('\u{feff}') } else { text }.trim();
        if text.is_empty() || text.starts_with('#') {
            return Ok(None);
        }
        if text.starts_with('{') {
            let object: Value = serde_json::from_str(text)
                .map_err(|e| Box::new(Fault { line: number, ..Fault::json(self.file, &e) }))?;
            let get = |name: &str| {
                object[name].as_f64().ok_or_else(|| fault(0, format!("no number in `{name}`")))
            };
            let values = self.columns.iter().map(|name| get(name)).collect::<Result<_, _>>()?;
            let units = self.units.map_or(Ok(self.fixed_units), get)?;
            self.places.get_or_insert_default();
            return Ok(Some((values, units)));
        }
        let row = split_row(text);
        let cells: Vec<&str> = row.iter().map(|cell| cell.trim()).collect();
        let wanted = || self.columns.iter().map(String::as_str).chain(self.units);
        let Some(places) = &self.places else {
            let headless = cells.iter().all(|cell| cell.parse::<f64>().is_ok());
            let places: Result<Vec<usize>, Box<Fault>> = if headless {
                match cells.len() == wanted().count() {
                    true => Ok((0..cells.len()).collect()),
                    false => {
                        let expected = format!(
                            "{}: {}",
                            wanted().count(),
                            wanted().collect::<Vec<_>>().join(", ")
                        );
                        Err(Box::new(
                            fault(0, format!("a row of {} numbers", cells.len()))
                                .expected(expected),
                        ))
                    }
                }
            } else {
                wanted()
                    .map(|name| {
                        cells.iter().position(|cell| *cell == name).ok_or_else(|| {
                            Box::new(
                                fault(1, format!("no column `{name}`"))
                                    .one_of(name, cells.iter().copied()),
                            )
                        })
                    })
                    .collect()
            };
            self.places = Some(places?);
            self.width = cells.len();
            return if headless { self.read(line, number.max(2)) } else { Ok(None) };
        };
        if cells.len() != self.width {
            let found = format!("the row has {} cells, not {}", cells.len(), self.width);
            return Err(fault(0, found));
        }
        let value = |place: usize, name: &str| match cells[place].parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => {
                let column = cells[place].as_ptr() as usize - text.as_ptr() as usize + 1;
                Err(fault(
                    column,
                    format!("`{}` in column `{name}` is not a finite number", cells[place]),
                ))
            }
        };
        let values: Vec<f64> = places
            .iter()
            .zip(wanted())
            .map(|(place, name)| value(*place, name))
            .collect::<Result<_, _>>()?;
        match self.units {
            Some(_) => Ok(values.split_last().map(|(units, values)| (values.to_vec(), *units))),
            None => Ok(Some((values, self.fixed_units))),
        }
    }
}
