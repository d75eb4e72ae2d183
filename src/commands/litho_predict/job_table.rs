//! Jobs as users write them: CSV, JSON or JSON lines, checked, with the place of every fault.

use crate::context::Source;
use anyhow::Result;
pub use libchar_assurance::litho::NamedJob;
use libchar_core::nearest::nearest;
use libchar_core::{Fault, Faults, Table, input};
use libchar_litho::record::FIELDS;
use libchar_litho::{JobFault, JobParameters};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashSet};

/// Reads and checks every job of an input, with fields that replace or fill those of every job
/// (`--set na=0.33`).
///
/// # Errors
/// All faults of all jobs at once.
pub fn read_with(source: &Source, set: &[(String, String)]) -> Result<Vec<NamedJob>> {
    let table = parse(source)?;
    let (jobs, faults) = rows(&table, set, |_| false);
    Ok(Faults::or(jobs, faults)?)
}

/// The jobs of a table and the faults in it; columns that `skip` names are not part of the contract.
pub fn rows(
    table: &Table,
    set: &[(String, String)],
    skip: impl Fn(&str) -> bool,
) -> (Vec<NamedJob>, Vec<Fault>) {
    let mut jobs: Vec<NamedJob> = Vec::new();
    let (unknown, mut faults) = unknown_columns(table, &skip);
    let skip = |name: &str| skip(name) || unknown.contains(name);
    let mut first_rows = BTreeMap::new();
    for row in 0..table.len() {
        let mut record = record(table, row, skip);
        overlay(&mut record, set);
        match checked(&record, row) {
            Ok(job) => {
                if let Some(first) = first_rows.insert(job.id.clone(), row) {
                    let found = format!("a second job `{}`, the first is in line", job.id);
                    let found = format!("{found} {}", table.line(first));
                    faults.push(id_fault(table, row, found));
                }
                jobs.push(job);
            }
            Err(found) => {
                faults.extend(found.into_iter().map(|fault| place(table, row, fault, set)));
            }
        }
    }
    faults.extend(no_rows(table));
    (jobs, faults)
}

/// The jobs of an input with the right names and types, their values not yet checked.
///
/// # Errors
/// All faults of all jobs at once.
pub fn unchecked(source: &Source) -> Result<Vec<JobParameters>> {
    let table = parse(source)?;
    let (mut jobs, mut ids) = (Vec::new(), HashSet::new());
    let (unknown, mut faults) = unknown_columns(&table, |_| false);
    faults.extend(no_rows(&table));
    for row in 0..table.len() {
        let record = record(&table, row, |name| unknown.contains(name));
        match JobParameters::from_record(&record) {
            Ok(job) => {
                let id = job.job_id.clone();
                if let Some(id) = id.filter(|id| !ids.insert(id.clone())) {
                    faults.push(id_fault(&table, row, format!("a second job `{id}`")));
                }
                jobs.push(job);
            }
            Err(found) => faults.extend(found.into_iter().map(|f| place(&table, row, f, &[]))),
        }
    }
    Ok(Faults::or(jobs, faults)?)
}

/// Columns that no field of the contract has, each told once whatever the number of rows.
fn unknown_columns(table: &Table, skip: impl Fn(&str) -> bool) -> (HashSet<String>, Vec<Fault>) {
    let known = |name: &str| FIELDS.iter().any(|field| field.0 == name);
    let unknown: Vec<String> =
        table.columns.iter().filter(|name| !skip(name) && !known(name)).cloned().collect();
    let place = |name: &String| {
        let Some(column) = table.find_column(name) else { return Fault::of(&table.file, "") };
        let own = (0..table.len()).find(|&row| !table.cell(row, column).is_empty());
        match own.filter(|&row| table.row_fault(row, "").column > 0) {
            // In JSON a key stands in a row, in CSV in the header.
            Some(row) => table.fault(row, column, ""),
            None => table.header_fault(column, ""),
        }
    };
    let faults = unknown
        .iter()
        .map(|name| {
            let mut fault = place(name);
            fault.found = format!("`{name}`: unknown field");
            fault.expected = Some("a field of the job contract".to_owned());
            fault.nearest = nearest(name, FIELDS.iter().map(|f| f.0)).map(str::to_owned);
            fault
        })
        .collect();
    (unknown.into_iter().collect(), faults)
}

fn no_rows(table: &Table) -> Option<Fault> {
    let fault = || Fault::of(&table.file, "no job: the table has no rows");
    table.is_empty().then(|| fault().expected("one job a row"))
}

fn id_fault(table: &Table, row: usize, found: String) -> Fault {
    let at = match table.find_column("job_id") {
        Some(column) => table.fault(row, column, found),
        None => table.row_fault(row, found),
    };
    at.expected("one job of a name")
}

fn record(table: &Table, row: usize, skip: impl Fn(&str) -> bool) -> Map<String, Value> {
    let cells = table.columns.iter().enumerate().filter(|(_, name)| !skip(name));
    cells.map(|(i, name)| (name.clone(), JobParameters::cell(name, table.cell(row, i)))).collect()
}

/// One job from fields alone, as `--set` gives them.
pub fn from_fields(set: &[(String, String)]) -> Result<Vec<NamedJob>> {
    let mut record = Map::new();
    overlay(&mut record, set);
    match checked(&record, 0) {
        Ok(job) => Ok(vec![job]),
        Err(found) => {
            let faults = found.into_iter().map(|f| describe(Fault::of("--set", ""), f)).collect();
            Ok(Faults::or(Vec::new(), faults)?)
        }
    }
}

fn overlay(record: &mut Map<String, Value>, set: &[(String, String)]) {
    for (name, value) in set {
        record.insert(name.clone(), JobParameters::cell(name, value));
    }
}

fn checked(record: &Map<String, Value>, row: usize) -> Result<NamedJob, Vec<JobFault>> {
    let job = JobParameters::job_of(record)?;
    let id = job.parameters.job_id.clone().unwrap_or_else(|| format!("job_{}", row + 1));
    Ok(NamedJob { id, job })
}

/// A document that is one object and no list of rows is one job.
pub fn parse(source: &Source) -> Result<Table> {
    let text = input::text(&source.name, &source.bytes).map_err(Faults::from)?;
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(object)) if !object.contains_key("rows") => {
            Ok(Table::parse_object(&source.name, &source.bytes)?)
        }
        _ => Ok(Table::parse(&source.name, &source.bytes)?),
    }
}

fn place(table: &Table, row: usize, fault: JobFault, set: &[(String, String)]) -> Fault {
    let at = match table.find_column(&fault.field) {
        _ if set.iter().any(|(name, _)| *name == fault.field) => Fault::of("--set", ""),
        Some(column) => table.fault(row, column, ""),
        None => table.row_fault(row, ""),
    };
    describe(at, fault)
}

fn describe(mut at: Fault, fault: JobFault) -> Fault {
    at.found = format!("`{}`: {}", fault.field, fault.found);
    at.expected = Some(fault.expected);
    at.nearest = fault.nearest;
    at
}
