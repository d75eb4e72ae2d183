//! Reads runs from a table, and reports contradictions with the state at their position.

use super::controller::Controller;
use super::ledger::{Conflict, Row};
use libchar_core::number::parse_decimal;
use libchar_core::table::columns::Na;
use libchar_core::{Fault, Faults, Table};

/// Reads the runs; the columns of inputs may be missing.
///
/// # Errors
/// Missing columns of the run or an output, runs without a name, cells that are not numbers.
pub fn read(table: &Table, controller: &Controller, run: &str, na: Na) -> Result<Vec<Row>, Faults> {
    let mut faults = Vec::new();
    let mut column = |name: &str| table.column(name).map_err(|fault| faults.push(fault)).ok();
    let named = column(run);
    let outputs: Vec<Option<usize>> = controller.outputs.iter().map(|o| column(&o.name)).collect();
    let inputs: Vec<Option<usize>> =
        controller.inputs.iter().map(|i| table.find_column(&i.name)).collect();
    Faults::or((), std::mem::take(&mut faults))?;
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

/// Converts contradictions to faults.
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
                    "run {} is new, but comes before run {before}, which is known",
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

#[cfg(test)]
mod tests {
    use super::super::controller;
    use super::super::ledger::Ledger;
    use super::*;

    fn controller() -> Controller {
        let text = "lambda = 0.3\n[outputs.y]\ntarget = 44\n[inputs.u]\nstart = 60\nlow = 40\nhigh = 80\ngain = 0.5\n";
        controller::read("c.toml", text).unwrap()
    }

    fn table(text: &str) -> Table {
        Table::parse("runs.csv", text.as_bytes()).unwrap()
    }

    #[test]
    fn inputs_may_be_absent_and_measurements_empty() {
        let found = read(&table("run,y\n1,46\n2,\n"), &controller(), "run", Na::Error).unwrap();
        let measured: Vec<_> = found.iter().map(|row| row.measured[0]).collect();
        assert_eq!((measured, found[0].recipe[0]), (vec![Some(46.0), None], None));
        let with = read(&table("run,y,u\n1,46,59\n"), &controller(), "run", Na::Error).unwrap();
        assert_eq!((with[0].run.as_str(), with[0].recipe[0]), ("1", Some(59.0)));
    }

    #[test]
    fn every_fault_has_its_place() {
        let told =
            |text: &str, na| read(&table(text), &controller(), "run", na).unwrap_err().to_string();
        assert!(told("name,u\n1,2\n", Na::Error).contains("`run`"));
        let words = told("run,y\n1,bad\n,45\n", Na::Error);
        assert!(
            words.contains("runs.csv:2:3:")
                && words.contains("`--na skip` takes such cells as empty")
        );
        assert!(words.contains("runs.csv:3:1: empty cell in column `run`"), "{words}");
        let skipped = read(&table("run,y\n1,bad\n"), &controller(), "run", Na::Skip).unwrap();
        assert_eq!(skipped[0].measured[0], None);
    }

    #[test]
    fn contradictions_stand_at_their_cells() {
        let (c, known) = (controller(), table("run,y,u\n1,46,60\n"));
        let mut ledger = Ledger::new(&c, "");
        ledger.take(&read(&known, &c, "run", Na::Error).unwrap()).unwrap();
        let other = table("run,y,u\n0,45,60\n1,47,61\n");
        let rows = read(&other, &c, "run", Na::Error).unwrap();
        let told = faults(&other, &c, "run", &ledger.take(&rows).unwrap_err()).to_string();
        for expected in [
            "runs.csv:2:1: run 0 is new, but comes before run 1, which is known",
            "runs.csv:3:3: y of run 1 is 47\n  expected 46, as the state knows it",
            "runs.csv:3:6: u of run 1 is 61",
        ] {
            assert!(told.contains(expected), "{expected}\n{told}");
        }
    }
}
