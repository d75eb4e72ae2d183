use super::selection::TimeColumn;
use crate::context::Context;
use crate::data_format::{DataFormat, Na};
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use libchar_core::table::Header;
use libchar_core::table::columns;
use libchar_core::{Cell, Fault, Faults, Format, Frame, Table};
use libchar_spc::features::{self, Bands, FEATURES, Item, Place, Run, Trace};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const EXAMPLES: &str = "\
Examples:
  libchar spc features trace.csv > features.csv
  libchar spc features trace.csv --wafers wafers.csv --format json
  libchar spc features --list

The trace has one row a sample: `run`, `time_s`, `temp_c` or one `temp_ZONE_c` a zone, and any of `setpoint_c`, `pressure_pa`,
`o2_sccm`, `n2_sccm`, `alarm` (0 or 1). The wafers table has one row a wafer and run: `run`, and any of `lot`, `wafer`, `slot`,
`slots`, `started_at`, `lot_created_at` (times like 2026-01-31T08:00:00Z). What cannot be computed is left empty (null in JSON).";

/// Compute the 29 furnace features of every run from its trace
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Features {
    /// The trace: CSV, JSON or JSON lines; `-` is standard input
    #[arg(default_value = "-")]
    trace: String,
    /// Lots, wafers, slots and times of the runs, in the order in which they ran
    #[arg(long, value_name = "FILE")]
    wafers: Option<String>,
    /// How close to the setpoint counts as soak, °C
    #[arg(long, value_name = "CELSIUS", default_value_t = 5.0)]
    soak_band: f64,
    /// How close to the peak counts as peak, °C
    #[arg(long, value_name = "CELSIUS", default_value_t = 2.0)]
    peak_band: f64,
    /// Samples with cells that are not finite numbers
    #[arg(long, value_enum, default_value_t = Na::Error)]
    na: Na,
    /// Print the features with group, unit and formula, and stop
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    rows: TimeColumn,
    #[command(flatten)]
    data_format: DataFormat,
}

pub fn run(args: &Features, ctx: &Context) -> Result<Outcome> {
    if args.list {
        ctx.print(&catalogue())?;
        return Ok(Outcome::Fine);
    }
    ctx.begin(
        "spc features",
        json!({
            "trace": args.trace, "wafers": args.wafers, "soak_band_c": args.soak_band,
            "peak_band_c": args.peak_band,
        }),
    );
    let source = ctx.read(&args.trace)?;
    let table = args.data_format.read(ctx, &source, Header::Required)?;
    let traces = traces(&args.rows.apply(ctx, table)?, args.na, ctx)?;
    let items = match &args.wafers {
        Some(path) => {
            let source = ctx.read(path)?;
            wafers(&args.data_format.read(ctx, &source, Header::Required)?, &traces)?
        }
        None => (0..traces.len()).map(|run| Item { run, ..Item::default() }).collect(),
    };
    let bands = Bands { soak_c: args.soak_band, peak_c: args.peak_band };
    let values = features::features(&traces, &items, bands)
        .map_err(|fault| Usage(format!("{}: {fault}", source.name)))?;
    print(&traces, &items, &values, ctx)?;
    Ok(Outcome::Fine)
}

/// The features themselves.
fn catalogue() -> Frame {
    let mut frame =
        Frame::new("libchar.spc-feature-list", 1, ["feature", "group", "unit", "formula"]);
    for feature in FEATURES {
        frame.push(vec![
            feature.name.into(),
            feature.group.name().into(),
            feature.unit.into(),
            feature.formula.into(),
        ]);
    }
    frame
}

fn print(
    traces: &[Trace],
    items: &[Item],
    values: &[features::Values],
    ctx: &Context,
) -> Result<()> {
    let wafers = items.iter().any(|item| item.history.wafer.is_some());
    let keys = if wafers { vec!["run", "wafer"] } else { vec!["run"] };
    let names = FEATURES.iter().map(|feature| feature.name);
    let mut frame = Frame::new("libchar.spc-features", 1, keys.into_iter().chain(names));
    for (item, values) in items.iter().zip(values) {
        let mut row: Vec<Cell> = vec![traces[item.run].name.as_str().into()];
        if wafers {
            row.push(item.history.wafer.clone().into());
        }
        row.extend(values.iter().map(|value| Cell::from(*value)));
        frame.push(row);
    }
    if ctx.format() != Format::Json {
        return ctx.print(&frame);
    }
    let mut bytes = Vec::new();
    frame.write(Format::Json, &mut bytes)?;
    let mut document: Value = serde_json::from_slice(&bytes)?;
    document["units"] = FEATURES
        .iter()
        .map(|f| (f.name.to_owned(), json!(f.unit)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    ctx.write_document("-", &document)
}

/// Columns of the trace by what they hold.
struct Columns {
    run: usize,
    /// Time, zones, then the sensors that are there: all numbers.
    numbers: Vec<usize>,
    zones: usize,
    sensors: Vec<&'static str>,
}

const SENSORS: [&str; 5] = ["setpoint_c", "pressure_pa", "o2_sccm", "n2_sccm", "alarm"];

fn trace_columns(table: &Table, ctx: &Context) -> Result<Columns, Faults> {
    let missing = ["run", "time_s"].into_iter().filter_map(|name| table.column(name).err());
    Faults::or((), missing.collect())?;
    let (run, time) = (table.column("run")?, table.column("time_s")?);
    let is_zone =
        |name: &str| name == "temp_c" || (name.starts_with("temp_") && name.ends_with("_c"));
    let mut numbers = vec![time];
    numbers.extend((0..table.columns.len()).filter(|i| is_zone(&table.columns[*i])));
    let zones = numbers.len() - 1;
    let sensors: Vec<&str> =
        SENSORS.into_iter().filter(|name| table.find_column(name).is_some()).collect();
    numbers.extend(sensors.iter().filter_map(|name| table.find_column(name)));
    let ignored: Vec<&str> = (0..table.columns.len())
        .filter(|i| *i != run && !numbers.contains(i))
        .map(|i| table.columns[i].as_str())
        .collect();
    if !ignored.is_empty() {
        ctx.log.warning("columns", format!("columns not used: {}", ignored.join(", ")));
    }
    Ok(Columns { run, numbers, zones, sensors })
}

/// Groups the samples by run, in the order in which the runs first appear.
fn traces(table: &Table, na: Na, ctx: &Context) -> Result<Vec<Trace>> {
    let columns = trace_columns(table, ctx)?;
    let numbers = columns::numbers(table, &columns.numbers, na.into())?.complete();
    if numbers.skipped > 0 {
        let skipped = numbers.skipped;
        ctx.log.warning("skipped", format!("{skipped} samples without a finite number left out"));
    }
    let mut traces: Vec<Trace> = Vec::new();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for (row, values) in numbers.rows.iter().zip(&numbers.values) {
        let name = table.cell(*row, columns.run);
        if name.is_empty() {
            faults.push(table.fault(*row, columns.run, "empty cell in column `run`"));
            continue;
        }
        let run = *index.entry(name).or_insert_with(|| {
            traces.push(empty_trace(name, &columns));
            traces.len() - 1
        });
        let trace = &mut traces[run];
        if let Some(before) = trace.time_s.last().filter(|before| values[0] <= **before) {
            let found =
                format!("time {} s of run `{name}` does not lie after {before} s", values[0]);
            faults.push(table.fault(*row, columns.numbers[0], found).expected("rising times"));
            continue;
        }
        add_sample(trace, values, &columns);
    }
    Ok(Faults::or(traces, faults)?)
}

fn empty_trace(name: &str, columns: &Columns) -> Trace {
    let recorded = |sensor: &str| columns.sensors.contains(&sensor);
    Trace {
        name: name.to_owned(),
        time_s: Vec::new(),
        zones_c: vec![Vec::new(); columns.zones],
        setpoint_c: recorded("setpoint_c").then(Vec::new),
        pressure_pa: recorded("pressure_pa").then(Vec::new),
        o2_sccm: recorded("o2_sccm").then(Vec::new),
        n2_sccm: recorded("n2_sccm").then(Vec::new),
        alarm: recorded("alarm").then(Vec::new),
    }
}

fn add_sample(trace: &mut Trace, values: &[f64], columns: &Columns) {
    trace.time_s.push(values[0]);
    let (zones, sensors) = values[1..].split_at(columns.zones);
    for (zone, value) in trace.zones_c.iter_mut().zip(zones) {
        zone.push(*value);
    }
    for (name, value) in columns.sensors.iter().zip(sensors) {
        let column = match *name {
            "setpoint_c" => &mut trace.setpoint_c,
            "pressure_pa" => &mut trace.pressure_pa,
            "o2_sccm" => &mut trace.o2_sccm,
            "n2_sccm" => &mut trace.n2_sccm,
            _ => {
                trace.alarm.get_or_insert_default().push(*value != 0.0);
                continue;
            }
        };
        column.get_or_insert_default().push(*value);
    }
}

/// Reads the wafers table: one item a row.
fn wafers(table: &Table, traces: &[Trace]) -> Result<Vec<Item>, Faults> {
    let run = table.column("run")?;
    let places: BTreeMap<&str, usize> =
        traces.iter().enumerate().map(|(place, trace)| (trace.name.as_str(), place)).collect();
    let mut items = Vec::new();
    let mut faults = Vec::new();
    for row in 0..table.len() {
        let mut note = |fault: Fault| faults.push(fault);
        let name = table.cell(row, run);
        let Some(trace) = places.get(name).copied() else {
            let names = traces.iter().map(|trace| trace.name.as_str());
            note(table.fault(row, run, format!("run `{name}` has no trace")).one_of(name, names));
            continue;
        };
        let text = |column: &str| {
            let cell = table.find_column(column).map(|column| table.cell(row, column));
            cell.filter(|cell| !cell.is_empty()).map(str::to_owned)
        };
        let slots = slot(table, row, "slots", None).unwrap_or_else(|fault| {
            note(fault);
            None
        });
        let own = slot(table, row, "slot", slots).unwrap_or_else(|fault| {
            note(fault);
            None
        });
        let mut time = |column: &str| {
            seconds(table, row, column).unwrap_or_else(|fault| {
                note(fault);
                None
            })
        };
        let (start_s, lot_created_s) = (time("started_at"), time("lot_created_at"));
        let history = Run { lot: text("lot"), wafer: text("wafer"), start_s, lot_created_s };
        items.push(Item { run: trace, place: Place { slot: own, slots }, history });
    }
    Faults::or(items, faults)
}

/// A slot number from 1, at most `most`.
fn slot(table: &Table, row: usize, name: &str, most: Option<u32>) -> Result<Option<u32>, Fault> {
    let Some(column) = table.find_column(name) else { return Ok(None) };
    let cell = table.cell(row, column);
    if cell.is_empty() {
        return Ok(None);
    }
    let valid = |slot: &u32| *slot >= 1 && most.is_none_or(|most| *slot <= most);
    cell.parse().ok().filter(valid).map(Some).ok_or_else(|| {
        let range = most.map_or("a whole number from 1".to_owned(), |most| format!("1 to {most}"));
        table.fault(row, column, format!("`{cell}` is no {name}")).expected(range)
    })
}

/// Seconds since 1970 of a timestamp.
fn seconds(table: &Table, row: usize, name: &str) -> Result<Option<f64>, Fault> {
    let Some(column) = table.find_column(name) else { return Ok(None) };
    let cell = table.cell(row, column);
    if cell.is_empty() {
        return Ok(None);
    }
    cell.parse::<Timestamp>().map(|time| Some(time.as_millisecond() as f64 / 1000.0)).map_err(
        |_| {
            table
                .fault(row, column, format!("`{cell}` is no time"))
                .expected("a time with its zone, such as 2026-01-31T08:00:00Z")
        },
    )
}
