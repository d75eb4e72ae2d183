//! Runs out of a table, and what contradicts the state, with its place.

use crate::data_format::Na;
use anyhow::Result;
use libchar_core::number::parse_decimal;
use libchar_core::{Fault, Faults, Table};
use libchar_metrology::r2r::controller::Controller;
use libchar_metrology::r2r::ledger::{Conflict, Row};

/// Reads the runs; columns of inputs may be absent.
///
/// # Errors
/// Absent columns of the run and the outputs, runs without a name, cells that are no numbers.
pub fn read(table: &Table, controller: &Controller, run: &str, na: Na) -> Result<Vec<Row>, Faults> {
    let mut faults = Vec::new();
    let mut column = |name: &str| table.column(name).map_err(|fault| faults.push(fault)).ok();
    let named = column(run);
    let outputs: Vec<Option<usize>> = controller.outputs.iter().map(|o| column(&o.name)).collect();
    let inputs: Vec<Option<usize>> =
        controller.inputs.iter().map(|i| table.find_column(&i.name)).collect();
    if !faults.is_empty() {
        return Err(Faults::or((), faults)
            .err()
            .unwrap_or_else(|| Fault::of(&table.file, "no columns").into()));
    }
    let mut rows = Vec::with_capacity(table.len());
    for row in 0..table.len() {
        let mut number = |column: &Option<usize>| {
            let column = (*column)?;
            let cell = table.cell(row, column);
            let value = parse_decimal(cell);
            if value.is_none() && !cell.is_empty() && na == Na::Error {
                let expected = "a number, or an empty cell; `--na skip` takes such cells as empty";
                faults
                    .extend(table.number(row, column).err().map(|fault| fault.expected(expected)));
            }
            value
        };
        let measured = outputs.iter().map(&mut number).collect();
        let recipe = inputs.iter().map(&mut number).collect();
        let name = named.map_or("", |named| table.cell(row, named));
        if let (true, Some(named)) = (name.is_empty(), named) {
            let found = format!("empty cell in column `{run}`");
            faults.push(table.fault(row, named, found).expected("the name of the run"));
        }
        rows.push(Row { run: name.to_owned(), recipe, measured });
    }
    Faults::or(rows, faults)
}

/// Contradictions as faults.
pub fn faults(table: &Table, controller: &Controller, run: &str, conflicts: &[Conflict]) -> Faults {
    let column = |name: &str| table.find_column(name).unwrap_or_default();
    let faults: Vec<Fault> = conflicts
        .iter()
        .map(|conflict| match conflict {
            Conflict::Differs { row, place, is_output, known } => {
                let name = match is_output {
                    true => &controller.outputs[*place].name,
                    false => &controller.inputs[*place].name,
                };
                let at = column(name);
                let what = format!(
                    "{name} of run {} is {}",
                    table.cell(*row, column(run)),
                    table.cell(*row, at)
                );
                let expected =
                    format!("{known}, as the state knows it; another --state begins anew");
                table.fault(*row, at, what).expected(expected)
            }
            Conflict::OutOfOrder { row, before } => {
                let at = column(run);
                let what = format!(
                    "run {} is new, and stands before run {before}, which is known",
                    table.cell(*row, at)
                );
                table.fault(*row, at, what).expected("new runs after those that are known")
            }
        })
        .collect();
    match Faults::or((), faults) {
        Err(faults) => faults,
        Ok(()) => Fault::of(&table.file, "the runs contradict the state").into(),
    }
}
