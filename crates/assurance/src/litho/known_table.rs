//! Tables of jobs with their results, as users write them.

use super::job_table;
use super::known::Known;
use super::targets::TARGETS;
use libchar_core::input::Source;
use libchar_core::{Fault, Faults, Table};

/// Reads jobs with their results: the contract's fields, and target columns. Columns that begin
/// with `true_` or are named in `ignore` are skipped.
///
/// # Errors
/// All faults of all rows at once.
pub fn read(source: &Source, wanted: &[String], ignore: &[String]) -> Result<Known, Faults> {
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
    Faults::or(Known { jobs, truth, targets }, faults)
}

/// The fault of a table without a column of results.
pub fn no_results(table: &Table) -> Fault {
    let names: Vec<&str> = TARGETS.iter().map(|t| t.0).collect();
    Fault::at(&table.file, table.header_line(), 0, "no column with results")
        .expected(format!("one or more of: {}", names.join(", ")))
}

/// The fault of a word in `--targets` that is not a target.
pub fn unknown_target(name: &str) -> Fault {
    let fault = Fault::of("--targets", format!("unknown target `{name}`"));
    fault.one_of(name, TARGETS.iter().map(|t| t.0))
}

fn choose_targets(table: &Table, wanted: &[String]) -> Result<Vec<(&'static str, usize)>, Faults> {
    if wanted.is_empty() {
        let all: Vec<_> = TARGETS
            .iter()
            .filter_map(|(name, ..)| Some((*name, table.find_column(name)?)))
            .collect();
        if all.is_empty() {
            return Err(Faults::from(no_results(table)));
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
    Faults::or(chosen, faults)
}

#[cfg(test)]
mod tests {
    use super::read;
    use libchar_core::input::Source;

    const HEADER: &str = "job_id,wavelength_nm,na,sigma_out,pitch_nm,cd_nm";
    const JOB: &str = "a,13.5,0.33,0.8,40,20";

    fn read_text(text: &str, wanted: &[&str], ignore: &[&str]) -> Result<Vec<Vec<f64>>, String> {
        let source = Source { name: "d.csv".to_owned(), bytes: text.as_bytes().to_vec() };
        let [wanted, ignore] =
            [wanted, ignore].map(|of| of.iter().map(|x| (*x).to_owned()).collect::<Vec<_>>());
        read(&source, &wanted, &ignore)
            .map(|known| known.truth)
            .map_err(|faults| faults.to_string())
    }

    #[test]
    fn targets_are_those_that_are_there_or_that_are_wanted() {
        let text = format!("{HEADER},nils,meef,true_nils,note\n{JOB},1.5,2,9,x\n");
        assert_eq!(read_text(&text, &[], &["note"]).unwrap(), [[1.5, 2.0]]);
        assert_eq!(read_text(&text, &["meef"], &["note"]).unwrap(), [[2.0]]);
        assert!(read_text(&text, &[], &[]).unwrap_err().contains("`note`: unknown field"));
        assert!(
            read_text(&text, &["mef"], &["note"]).unwrap_err().contains("did you mean `meef`?")
        );
        assert!(
            read_text(&format!("{HEADER}\n{JOB}\n"), &[], &[])
                .unwrap_err()
                .contains("no column with results")
        );
    }

    #[test]
    fn a_value_outside_of_its_range_is_told_at_its_cell() {
        let text = format!("{HEADER},yield_risk\n{JOB},1.5\n");
        let told = read_text(&text, &[], &[]).unwrap_err();
        assert_eq!(told, "d.csv:2:23: `yield_risk` is 1.5\n  expected a number from 0 to 1");
    }
}
