//! Reads jobs as users write them (CSV, JSON or JSON lines) and checks them, with the place of
//! every fault.

use super::NamedJob;
use libchar_core::input::Source;
use libchar_core::nearest::nearest;
use libchar_core::{Fault, Faults, Table, input};
use libchar_litho::record::FIELDS;
use libchar_litho::{JobFault, JobParameters};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashSet};

/// Reads and checks every job of an input. `set` gives fields that replace or fill those of every
/// job (`--set na=0.33`).
///
/// # Errors
/// All faults of all jobs at once.
pub fn read_with(source: &Source, set: &[(String, String)]) -> Result<Vec<NamedJob>, Faults> {
    let table = parse(source)?;
    let (jobs, faults) = rows(&table, set, |_| false);
    Faults::or(jobs, faults)
}

/// The index of the job with the name that `--job` gives.
///
/// # Errors
/// A name that no job has.
pub fn position(jobs: &[NamedJob], id: &str) -> Result<usize, Faults> {
    let ids = || jobs.iter().map(|job| job.id.as_str());
    let unknown = || Fault::of("--job", format!("unknown job `{id}`")).one_of(id, ids());
    ids().position(|own| own == id).ok_or_else(|| unknown().into())
}

/// The jobs of a table and the faults in it; columns that `skip` accepts are not part of the
/// contract.
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

/// The jobs of an input with valid names and types, but values that are not checked yet.
///
/// # Errors
/// All faults of all jobs at once.
pub fn unchecked(source: &Source) -> Result<Vec<JobParameters>, Faults> {
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
    Faults::or(jobs, faults)
}

/// Columns that are not fields of the contract, and one fault for each, however many rows there
/// are.
fn unknown_columns(table: &Table, skip: impl Fn(&str) -> bool) -> (HashSet<String>, Vec<Fault>) {
    let known = |name: &str| FIELDS.iter().any(|field| field.0 == name);
    let unknown: Vec<String> =
        table.columns.iter().filter(|name| !skip(name) && !known(name)).cloned().collect();
    let place = |name: &String| {
        let Some(column) = table.find_column(name) else { return Fault::of(&table.file, "") };
        let own = (0..table.len()).find(|&row| !table.cell(row, column).is_empty());
        match own.filter(|&row| table.row_fault(row, "").column > 0) {
            // In JSON a key belongs to a row, in CSV to the header.
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
    table.is_empty().then(|| fault().expected("one job per row"))
}

fn id_fault(table: &Table, row: usize, found: String) -> Fault {
    let at = match table.find_column("job_id") {
        Some(column) => table.fault(row, column, found),
        None => table.row_fault(row, found),
    };
    at.expected("one job per name")
}

fn record(table: &Table, row: usize, skip: impl Fn(&str) -> bool) -> Map<String, Value> {
    let cells = table.columns.iter().enumerate().filter(|(_, name)| !skip(name));
    cells.map(|(i, name)| (name.clone(), JobParameters::cell(name, table.cell(row, i)))).collect()
}

/// One job made of the fields that `--set` gives.
pub fn from_fields(set: &[(String, String)]) -> Result<Vec<NamedJob>, Faults> {
    let mut record = Map::new();
    overlay(&mut record, set);
    match checked(&record, 0) {
        Ok(job) => Ok(vec![job]),
        Err(found) => {
            let faults = found.into_iter().map(|f| describe(Fault::of("--set", ""), f)).collect();
            Faults::or(Vec::new(), faults)
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

/// Parses an input. A document that is one object, and not a list of rows, is one job.
pub fn parse(source: &Source) -> Result<Table, Faults> {
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

#[cfg(test)]
mod tests {
    use super::{from_fields, position, read_with, unchecked};
    use libchar_core::input::Source;

    const HEADER: &str = "job_id,wavelength_nm,na,sigma_out,pitch_nm,cd_nm";

    fn source(text: &str) -> Source {
        Source { name: "jobs.csv".to_owned(), bytes: text.as_bytes().to_vec() }
    }

    fn set(name: &str, value: &str) -> Vec<(String, String)> {
        vec![(name.to_owned(), value.to_owned())]
    }

    #[test]
    fn rows_are_jobs_and_fields_that_are_set_replace_theirs() {
        let text = format!("{HEADER}\na,13.5,0.33,0.8,40,20\n,13.5,0.33,0.8,44,22\n");
        let jobs = read_with(&source(&text), &set("na", "0.3")).unwrap();
        let named: Vec<_> = jobs.iter().map(|job| job.id.as_str()).collect();
        assert_eq!(named, ["a", "job_2"]);
        assert_eq!(position(&jobs, "job_2"), Ok(1));
        let unknown = position(&jobs, "job_3").unwrap_err().to_string();
        assert!(unknown.starts_with("--job: unknown job `job_3`"), "{unknown}");
        assert!(jobs.iter().all(|job| job.job.parameters.na == 0.3));
        let object = r#"{"job_id": "b", "wavelength_nm": 13.5, "na": 0.33, "sigma_out": 0.8, "pitch_nm": 40, "cd_nm": 20}"#;
        assert_eq!(read_with(&source(object), &[]).unwrap()[0].id, "b");
    }

    #[test]
    fn every_fault_has_its_place_and_an_unknown_column_is_told_once() {
        let text = format!("{HEADER},dose\na,13.5,1.33,0.8,40,20,30\na,13.5,0.33,0.8,40,20,30\n");
        let told = read_with(&source(&text), &[]).unwrap_err().to_string();
        assert_eq!(told.matches("`dose`: unknown field").count(), 1, "{told}");
        assert!(told.contains("jobs.csv:2:8: `na`"), "{told}");
        // A fault in a value of `--set` is reported there, not in the file.
        let good = format!("{HEADER}\na,13.5,0.33,0.8,40,20\n");
        let told = read_with(&source(&good), &set("na", "7")).unwrap_err().to_string();
        assert!(told.starts_with("--set: `na`"), "{told}");
        assert!(from_fields(&set("na", "0.33")).unwrap_err().to_string().contains("--set"));
    }

    #[test]
    fn two_jobs_of_a_name_are_a_fault_also_before_their_values_are_checked() {
        let text = format!("{HEADER}\na,13.5,0.33,0.8,40,20\na,13.5,0.33,0.8,40,20\n");
        for told in [
            read_with(&source(&text), &[]).unwrap_err().to_string(),
            unchecked(&source(&text)).unwrap_err().to_string(),
        ] {
            assert!(told.contains("jobs.csv:3:1: a second job `a`"), "{told}");
        }
        assert!(
            unchecked(&source(HEADER)).unwrap_err().to_string().contains("the table has no rows")
        );
    }
}
