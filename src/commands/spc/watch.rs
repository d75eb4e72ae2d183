mod answers;
mod one;

use super::baseline::{self, Frozen};
use super::chart::Choice;
use super::columns::Na;
use super::options;
use super::rows::{Row, RowReader};
use super::selection::{Filter, Selection};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use answers::Writer;
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::number::parse_decimal;
use libchar_core::{Fault, Faults, input};
use libchar_history::Alert;
use libchar_spc::baseline::Baseline;
use libchar_spc::gather::Grouping;
use one::{Answer, One, Places};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::rc::Rc;

/// A line longer than this is no row of a table.
const LONGEST_LINE: u64 = 1 << 20;
/// Alerts of one command; more are one alert with their number.
const MOST_ALERTS: usize = 100;

/// Judge each row as it arrives, against a baseline
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  tail -n +1 -f tool.csv | libchar spc watch - --baseline tox.json --rules nelson
  mosquitto_sub -t fab/tox | libchar spc watch - --baseline tox.json --format jsonl --show violations
  tail -n +1 -f fab.csv | libchar spc watch - --baseline fab.json --where 'step == 3' --show violations

Rows are CSV with a header, bare numbers, or JSON lines. Every row that has arrived is answered before the next is waited
for; memory does not grow. Limits of many charts (`spc limits --columns --by`) judge each row by the charts of its group. The
exit code is 1 when a rule fired, told when the stream ends.")]
pub struct Watch {
    /// The stream; `-` is standard input
    #[arg(default_value = "-")]
    input: String,
    /// Frozen limits that `spc limits` wrote, of one chart or of many
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
    /// Form of the times for --since and --until where it is another than ISO 8601, such as %d/%m/%Y
    #[arg(long, value_name = "FORMAT", requires = "time")]
    time_format: Option<String>,
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
    #[command(flatten)]
    selection: Selection,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shown {
    /// Every point
    All,
    /// Points that completed a rule
    Violations,
}

/// Names of columns in the order in which a row holds them.
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

pub fn run(args: &Watch, ctx: &Context) -> Result<Outcome> {
    let frozen = baseline::read_any(ctx, &args.baseline)?;
    let choice = Choice::parse(ctx, &args.knowledge)?;
    let filter = args.selection.filter(args.time_format.as_deref())?;
    let (mut numbers, mut texts) = (Names::default(), Names::default());
    let many = !frozen.by().is_empty() || frozen.all().len() > 1;
    let by: Vec<usize> = frozen.by().iter().map(|name| texts.place(name)).collect();
    let first = frozen.first().subgroup.clone();
    let carried =
        args.time.iter().chain(args.subgroup.as_ref().or(first.as_ref())).chain(&args.label);
    carried.for_each(|name| {
        texts.place(name);
    });
    let mut charts = Vec::with_capacity(frozen.all().len());
    for limits in frozen.all() {
        let baseline = &limits.baseline;
        let rules = options::rules(&args.rules, &baseline.design)?;
        let places = places(args, baseline, &mut numbers, &mut texts)?;
        let grouping = grouping(args, baseline);
        let chart = One::new(limits, &rules, &choice, grouping, places);
        charts.push(chart.map_err(|e| options::unfit(&args.baseline, e))?);
    }
    let carried = texts.0.clone();
    for name in filter.columns() {
        texts.place(name);
    }
    ctx.begin(
        "spc watch",
        json!({ "input": args.input, "baseline": args.baseline, "rules": args.rules }),
    );
    let reader = open(&args.input)?;
    let mut watch = Watching {
        args,
        ctx,
        of_group: of_groups(&frozen, &charts),
        charts,
        by,
        time: args.time.as_ref().map(|name| texts.place(name)),
        filter,
        row: RowReader::new(&args.input, numbers.0, texts.0.clone()),
        texts: texts.0,
        carried: carried.clone(),
        passed: 0,
        left_out: 0,
        homeless: (0, 0, String::new()),
    };
    let mut writer = Writer::new(ctx.stdout(), ctx.format(), carried, many);
    watch.follow(&mut writer, BufReader::new(reader))?;
    watch.raise();
    let signals = watch.charts.iter().flat_map(|chart| chart.fired.values());
    Ok(Outcome::found(signals.map(|(count, _)| *count).sum()))
}

/// Where a chart finds its numbers.
fn places(
    args: &Watch,
    baseline: &Baseline,
    numbers: &mut Names,
    texts: &mut Names,
) -> Result<Places> {
    let kind = baseline.design.chart;
    let units = args.sample_size.clone().or(baseline.sample_size.clone());
    let fixed = units.as_deref().and_then(parse_decimal);
    if units.is_none() && kind.needs_units() {
        let name = kind.name();
        let message = format!("a {name} chart needs --sample-size: a column or a number");
        return Err(Usage(message).into());
    }
    let subgroup = match grouping(args, baseline) {
        Grouping::Label => args.subgroup.as_ref().or(baseline.subgroup.as_ref()),
        _ => None,
    };
    Ok(Places {
        values: baseline.columns.iter().map(|name| numbers.place(name)).collect(),
        units: units.filter(|_| fixed.is_none()).map(|name| numbers.place(&name)),
        fixed_units: fixed.unwrap_or(1.0),
        nominal: baseline
            .nominal
            .as_ref()
            .filter(|_| baseline.deviation)
            .map(|name| numbers.place(name)),
        subgroup: subgroup.map(|name| texts.place(name)),
    })
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

/// Places of the charts of each group.
fn of_groups(frozen: &Frozen, charts: &[One]) -> BTreeMap<Vec<String>, Vec<usize>> {
    let mut found: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (place, limits) in frozen.all().iter().enumerate().take(charts.len()) {
        found.entry(limits.group.clone()).or_default().push(place);
    }
    found
}

/// The stream: standard input, or a file and not a folder, whose reading would fail after the header is printed.
fn open(path: &str) -> Result<Box<dyn Read>> {
    if path == "-" {
        if io::stdin().is_terminal() {
            return Err(Usage("no input: pipe rows in (`-` is standard input)".to_owned()).into());
        }
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).and_then(|file| match file.metadata()?.is_dir() {
        true => Err(io::ErrorKind::IsADirectory.into()),
        false => Ok(file),
    });
    Ok(Box::new(file.map_err(|e| Faults::from(input::unreadable(path, &e)))?))
}

/// State of a running watch, none of which grows with the stream.
struct Watching<'a> {
    args: &'a Watch,
    ctx: &'a Context,
    charts: Vec<One>,
    /// Places of the charts of each group.
    of_group: BTreeMap<Vec<String>, Vec<usize>>,
    /// Places of the texts that make the group.
    by: Vec<usize>,
    time: Option<usize>,
    filter: Filter,
    row: RowReader<'a>,
    /// Columns of text, those that answers carry first.
    texts: Vec<String>,
    carried: Vec<String>,
    passed: usize,
    left_out: usize,
    /// Rows of groups without limits: their number, the line and the name of the first.
    homeless: (usize, usize, String),
}

impl Watching<'_> {
    fn follow(
        &mut self,
        writer: &mut Writer<impl Write>,
        mut reader: BufReader<impl Read>,
    ) -> Result<()> {
        writer.head()?;
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            line.clear();
            // Nobody waits for a row without having the answers to all before it; rows that are here are answered at once.
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
                return Err(Faults::from(Fault::at(&self.args.input, number, 0, found)).into());
            }
            if let Some(row) = self.row.read(&line, number).map_err(Faults::from)? {
                self.take(writer, row)?;
            }
        }
        if !self.row.ready() {
            return Err(Faults::from(Fault::of(&self.args.input, "the stream is empty")).into());
        }
        self.end(writer)
    }

    /// A row goes to the charts of its group: a gap in it is named, or leaves its subgroup smaller, and moves nothing.
    fn take(&mut self, writer: &mut Writer<impl Write>, row: Row) -> Result<()> {
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
                if self.args.na == Na::Error {
                    let told =
                        fault.clone().expected("a finite number; `--na skip` leaves such rows out");
                    return Err(Faults::from(told).into());
                }
                self.ctx.log.warning("skipped", fault.to_string());
            }
            let answers = chart.take(&self.args.input, &row, &self.carried)?;
            give(writer, self.args.show, chart, &answers)?;
        }
        Ok(())
    }

    /// Whether a row meets --where, --since and --until.
    fn is_wanted(&self, row: &Row) -> Result<bool> {
        let cell = |name: &str| {
            let place = self.texts.iter().position(|known| known == name);
            place.map_or("", |place| row.texts[place].as_str())
        };
        if !self.filter.holds(&cell) {
            return Ok(false);
        }
        let Some(time) = self.time.filter(|_| self.filter.is_of_time()) else {
            return Ok(true);
        };
        let text = &row.texts[time];
        self.filter.within(text).map_err(|expected| {
            let fault = Fault::at(&self.args.input, row.line, 0, format!("`{text}` is no time"));
            Faults::from(fault.expected(expected)).into()
        })
    }

    /// The end of the stream.
    fn end(&mut self, writer: &mut Writer<impl Write>) -> Result<()> {
        let mut waiting = 0;
        for chart in &mut self.charts {
            let (answers, rows) = chart.end(&self.args.input, &self.carried)?;
            give(writer, self.args.show, chart, &answers)?;
            waiting += rows;
        }
        if waiting > 0 {
            let message = match waiting {
                1 => "1 row at the end does not fill a subgroup and was not judged".to_owned(),
                n => format!("{n} rows at the end do not fill a subgroup and were not judged"),
            };
            self.ctx.log.warning("incomplete", message);
        }
        if self.left_out > 0 {
            let (left, all) = (self.passed, self.passed + self.left_out);
            self.ctx
                .log
                .info("rows", format!("{left} of {all} rows of {} are read", self.args.input));
        }
        let (count, line, name) = &self.homeless;
        if *count > 0 {
            let rows = if *count == 1 { "1 row has" } else { &format!("{count} rows have") };
            let message = format!(
                "{rows} no limits in {}, the first in line {line}: {name}",
                self.args.baseline
            );
            self.ctx.log.warning("baseline", message);
        }
        writer.foot()?;
        Ok(())
    }

    /// One alert for each rule that fired on a chart, as many as are bearable.
    fn raise(&self) {
        let fired: Vec<_> = self
            .charts
            .iter()
            .flat_map(|chart| chart.fired.iter().map(move |fired| (chart, fired)))
            .collect();
        for (chart, ((id, panel), (count, details))) in fired.iter().take(MOST_ALERTS) {
            self.ctx.journal.alert(Alert {
                source: "spc".to_owned(),
                severity: details["severity"].as_str().unwrap_or("warning").to_ascii_lowercase(),
                message: format!(
                    "{}: {id} on the {panel} panel, {count} signals in the stream",
                    chart.name()
                ),
                details: Some(details.to_string()),
            });
        }
        if fired.len() > MOST_ALERTS {
            self.ctx.journal.alert(Alert {
                source: "spc".to_owned(),
                severity: "warning".to_owned(),
                message: format!("{} more rules fired in the stream", fired.len() - MOST_ALERTS),
                details: None,
            });
        }
    }
}

/// Writes what is to be shown.
fn give(
    writer: &mut Writer<impl Write>,
    show: Shown,
    chart: &One,
    answers: &[Answer],
) -> Result<()> {
    for answer in answers {
        if show == Shown::All || !answer.fired.is_empty() {
            writer.answer(chart, answer)?;
        }
    }
    Ok(())
}
