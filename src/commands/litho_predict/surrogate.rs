//! Tables of jobs with their results, as users write them.

use super::job_table;
use crate::context::Source;
use anyhow::Result;
use libchar_assurance::litho::known::Known;
pub use libchar_assurance::litho::targets::TARGETS;
use libchar_core::{Fault, Faults, Table};

/// Reads jobs with their results: the contract's fields, and target columns. Columns that begin with
/// `true_` or stand in `ignore` are skipped.
///
/// # Errors
/// All faults of all rows at once.
pub fn read_known(source: &Source, wanted: &[String], ignore: &[String]) -> Result<Known> {
    let table = job_table::parse(source)?;
    let targets = choose_targets(&table, wanted)?;
    let skip = |column: &str| {
        column.starts_with("true_")
            || ignore.iter().any(|name| name == column)
            || TARGETS.iter().any(|(name, ..)| *name == column)
    };
    let (jobs, mut faults) = job_table::rows(&table, &[], skip);
    let mut truth = Vec::with_capacity(table.len());
    for row in 0..table.len() {
        let mut values = Vec::with_capacity(targets.len());
        for (name, column) in &targets {
            match table.number(row, *column) {
                Ok(value) => values.push(value),
                Err(fault) => faults.push(fault),
            }
            let (_, low, high) = TARGETS.iter().find(|t| t.0 == *name).expect("a known target");
            if let Some(value) = values.last().filter(|v| !(*low..=*high).contains(*v)) {
                let fault = table.fault(row, *column, format!("`{name}` is {value}"));
                faults.push(fault.expected(format!("a number from {low} to {high}")));
            }
        }
        truth.push(values);
    }
    let targets = targets.into_iter().map(|(name, _)| name).collect();
    Ok(Faults::or(Known { jobs, truth, targets }, faults)?)
}

/// A table in which no column holds results.
pub fn no_results(table: &Table) -> Fault {
    let names: Vec<&str> = TARGETS.iter().map(|t| t.0).collect();
    Fault::at(&table.file, table.header_line(), 0, "no column with results")
        .expected(format!("one or more of: {}", names.join(", ")))
}

/// A word of `--targets` that is none.
pub fn unknown_target(name: &str) -> Fault {
    let fault = Fault::of("--targets", format!("unknown target `{name}`"));
    fault.one_of(name, TARGETS.iter().map(|t| t.0))
}

fn choose_targets(table: &Table, wanted: &[String]) -> Result<Vec<(&'static str, usize)>> {
    if wanted.is_empty() {
        let all: Vec<_> = TARGETS
            .iter()
            .filter_map(|(name, ..)| Some((*name, table.find_column(name)?)))
            .collect();
        if all.is_empty() {
            return Err(Faults::from(no_results(table)).into());
        }
        return Ok(all);
    }
    let mut faults = Vec::new();
    let mut chosen = Vec::new();
    for name in wanted {
        let Some((known, ..)) = TARGETS.iter().find(|t| t.0 == name) else {
            faults.push(unknown_target(name));
            continue;
        };
        match table.column(name) {
            Ok(column) => chosen.push((*known, column)),
            Err(fault) => faults.push(fault),
        }
    }
    Ok(Faults::or(chosen, faults)?)
}
