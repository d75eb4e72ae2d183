//! Jobs as users write them: CSV, JSON or JSON lines, checked, with the place of every fault.

use crate::context::Source;
use anyhow::Result;
use libchar_core::{Fault, Faults, Table, input};
use libchar_litho::{Job, JobFault, JobParameters};
use serde_json::{Map, Value};

/// One checked job and the name it goes by.
pub struct NamedJob {
    /// `job_id`, or `job_N` with the row's number from 1.
    pub id: String,
    pub job: Job,
}

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
    let mut jobs = Vec::new();
    let mut faults = Vec::new();
    for row in 0..table.len() {
        let mut record = record(table, row, &skip);
        overlay(&mut record, set);
        match checked(&record, row) {
            Ok(job) => jobs.push(job),
            Err(found) => {
                faults.extend(found.into_iter().map(|fault| place(table, row, fault, set)));
            }
        }
    }
    (jobs, faults)
}

/// The jobs of an input with the right names and types, their values not yet checked.
///
/// # Errors
/// All faults of all jobs at once.
pub fn unchecked(source: &Source) -> Result<Vec<JobParameters>> {
    let table = parse(source)?;
    let mut jobs = Vec::new();
    let mut faults = Vec::new();
    for row in 0..table.len() {
        match JobParameters::from_record(&record(&table, row, |_| false)) {
            Ok(job) => jobs.push(job),
            Err(found) => faults.extend(found.into_iter().map(|f| place(&table, row, f, &[]))),
        }
    }
    Ok(Faults::or(jobs, faults)?)
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
