//! Reads traces and wafers from tables.

use super::{Item, Place, Run, Trace};
use jiff::Timestamp;
use libchar_core::Note;
use libchar_core::table::columns::{self, Na};
use libchar_core::{Fault, Faults, Table};
use std::collections::BTreeMap;

/// The traces of a table, and what was left out of them.
pub struct Traces {
    /// One trace per run, in the order in which the runs first appear.
    pub traces: Vec<Trace>,
    /// Columns that are not used.
    pub unused: Vec<String>,
    /// Number of samples without a finite number.
    pub skipped: usize,
}

impl Traces {
    /// Notes about what was left out.
    pub fn notes(&self) -> Vec<Note> {
        let columns = format!("columns not used: {}", self.unused.join(", "));
        let skipped = format!("{} samples without a finite number left out", self.skipped);
        let columns = (!self.unused.is_empty()).then_some(Note::Warning("columns", columns));
        let skipped = (self.skipped > 0).then_some(Note::Warning("skipped", skipped));
        columns.into_iter().chain(skipped).collect()
    }

    /// One item per run, for a table without wafers.
    pub fn items(&self) -> Vec<Item> {
        (0..self.traces.len()).map(|run| Item { run, ..Item::default() }).collect()
    }
}

/// The columns of a trace by their role.
struct Columns {
    run: usize,
    /// Time, zones, then the recorded sensors: all columns of numbers.
    numbers: Vec<usize>,
    zones: usize,
    sensors: Vec<&'static str>,
    unused: Vec<String>,
}

const SENSORS: [&str; 5] = ["setpoint_c", "pressure_pa", "o2_sccm", "n2_sccm", "alarm"];

fn trace_columns(table: &Table) -> Result<Columns, Faults> {
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
    let unused = (0..table.columns.len())
        .filter(|i| *i != run && !numbers.contains(i))
        .map(|i| table.columns[i].clone())
        .collect();
    Ok(Columns { run, numbers, zones, sensors, unused })
}

/// Groups the samples by run, in the order in which the runs first appear.
///
/// # Errors
/// Missing columns, cells without a number, times that do not rise.
pub fn traces(table: &Table, na: Na) -> Result<Traces, Faults> {
    let columns = trace_columns(table)?;
    let numbers = columns::numbers(table, &columns.numbers, na)?.complete();
    let skipped = numbers.skipped;
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
    Faults::or(Traces { traces, unused: columns.unused, skipped }, faults)
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

/// Reads the table of wafers, with one item per row.
///
/// # Errors
/// Runs without a trace, invalid slots and invalid times.
pub fn wafers(table: &Table, traces: &[Trace]) -> Result<Vec<Item>, Faults> {
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
        table.fault(row, column, format!("`{cell}` is not a {name}")).expected(range)
    })
}

/// A timestamp in seconds since 1970.
fn seconds(table: &Table, row: usize, name: &str) -> Result<Option<f64>, Fault> {
    let Some(column) = table.find_column(name) else { return Ok(None) };
    let cell = table.cell(row, column);
    if cell.is_empty() {
        return Ok(None);
    }
    cell.parse::<Timestamp>().map(|time| Some(time.as_millisecond() as f64 / 1000.0)).map_err(
        |_| {
            table
                .fault(row, column, format!("`{cell}` is not a time"))
                .expected("a time with its zone, such as 2026-01-31T08:00:00Z")
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(csv: &str, na: Na) -> Result<Traces, String> {
        let table = Table::parse("t.csv", csv.as_bytes()).unwrap();
        traces(&table, na).map_err(|faults| faults.to_string())
    }

    const TRACE: &str =
        "run,time_s,temp_a_c,temp_b_c,alarm,note\nr1,0,20,21,0,x\nr2,0,30,31,1,x\nr1,1,22,23,0,x\n";

    #[test]
    fn samples_go_to_their_runs_and_columns_that_nobody_uses_are_named() {
        let found = read(TRACE, Na::Error).unwrap();
        let names: Vec<&str> = found.traces.iter().map(|trace| trace.name.as_str()).collect();
        assert_eq!((names, found.unused), (vec!["r1", "r2"], vec!["note".to_owned()]));
        assert_eq!(found.traces[0].zones_c, [vec![20.0, 22.0], vec![21.0, 23.0]]);
        assert_eq!(found.traces[1].alarm, Some(vec![true]));
        assert_eq!(found.traces[0].setpoint_c, None);
    }

    #[test]
    fn times_rise_within_a_run_and_gaps_are_named_or_counted() {
        let back = read(&TRACE.replace("r1,1,", "r1,0,"), Na::Error).map(drop).unwrap_err();
        assert_eq!(
            back,
            "t.csv:4:4: time 0 s of run `r1` does not lie after 0 s\n  expected rising times"
        );
        let gap = TRACE.replace("22,23", ",23");
        assert!(read(&gap, Na::Error).map(drop).unwrap_err().starts_with("t.csv:4:"));
        let kept = read(&gap, Na::Skip).unwrap();
        assert_eq!((kept.skipped, kept.traces[0].time_s.len()), (1, 1));
        let told = ["columns not used: note", "1 samples without a finite number left out"];
        let told = told.map(str::to_owned);
        let [columns, skipped] = told;
        let told = [Note::Warning("columns", columns), Note::Warning("skipped", skipped)];
        assert_eq!(kept.notes(), told);
        assert_eq!(kept.items().iter().map(|item| item.run).collect::<Vec<_>>(), [0, 1]);
        let nobody = read(&TRACE.replace("r2,", ","), Na::Error).map(drop).unwrap_err();
        assert!(nobody.contains("empty cell in column `run`"), "{nobody}");
        assert!(read("run,temp_c\nr1,1\n", Na::Error).map(drop).unwrap_err().contains("`time_s`"));
    }

    #[test]
    fn wafers_have_their_run_slot_and_times() {
        let traces = read(TRACE, Na::Error).unwrap().traces;
        let of = |csv: &str| {
            let table = Table::parse("w.csv", csv.as_bytes()).unwrap();
            wafers(&table, &traces).map_err(|faults| faults.to_string())
        };
        let found =
            of("run,wafer,slot,slots,started_at\nr2,w1,3,25,1970-01-01T00:01:00Z\nr1,,,,\n")
                .unwrap();
        assert_eq!(
            (found[0].run, found[0].place.slot, found[0].history.start_s),
            (1, Some(3), Some(60.0))
        );
        assert_eq!((found[1].run, found[1].history.wafer.as_deref()), (0, None));
        for (csv, words) in [
            ("run\nr3\n", "run `r3` has no trace"),
            ("run,slot,slots\nr1,26,25\n", "`26` is not a slot\n  expected 1 to 25"),
            ("run,slot\nr1,0\n", "`0` is not a slot\n  expected a whole number from 1"),
            ("run,started_at\nr1,monday\n", "`monday` is not a time"),
        ] {
            let told = of(csv).map(drop).unwrap_err();
            assert!(told.contains(words), "{told}");
        }
    }
}
