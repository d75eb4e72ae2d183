//! What the statistics of samples need of a domain: the draws, and how the quantities vary.

use crate::samples::DRAWS;
use libchar_core::{Faults, Table};
use libchar_pvt::variation::Variation;
use libchar_report::statistics::sensitivity::Parameters;
use std::collections::BTreeMap;

/// Values of the varied quantities, by sample.
pub type Draws = BTreeMap<u64, Vec<f64>>;

/// Reads the table of draws: the names of the varied quantities, and their values by sample.
///
/// # Errors
/// A table without the column `sample`, and every cell that is not a number.
pub fn draws(bytes: &[u8]) -> Result<(Vec<String>, Draws), Faults> {
    let table = Table::parse(DRAWS, bytes)?;
    let sample = table.column("sample")?;
    let columns: Vec<usize> = (0..table.columns.len()).filter(|i| *i != sample).collect();
    let names = columns.iter().map(|i| table.columns[*i].clone()).collect();
    let mut faults = Vec::new();
    let mut draws = BTreeMap::new();
    for row in 0..table.len() {
        let values: Result<Vec<f64>, _> = columns.iter().map(|i| table.number(row, *i)).collect();
        match (table.cell(row, sample).parse(), values) {
            (Ok(sample), Ok(values)) => drop(draws.insert(sample, values)),
            (Err(_), _) => {
                let found = format!("`{}` in column `sample`", table.cell(row, sample));
                faults.push(table.fault(row, sample, found).expected("the number of a sample"));
            }
            (_, Err(fault)) => faults.push(fault),
        }
    }
    Faults::or((names, draws), faults)
}

/// Sigmas and groups of the varied quantities, from the variation table. `pairs` asks for their
/// interactions, too.
///
/// # Errors
/// The name of a quantity that the table lacks. It is not the table of the samples then, and slopes
/// cannot be determined from the other draws alone.
pub fn parameters(
    names: Vec<String>,
    variation: &Variation,
    pairs: bool,
) -> Result<Parameters, String> {
    let mut found = Parameters { pairs, ..Parameters::default() };
    for name in names {
        let Some(varied) = variation.varied().iter().find(|varied| varied.name() == name) else {
            return Err(name);
        };
        let group = varied.group.clone().map(|(group, correlation)| {
            (format!("{group} {}", varied.instance.clone().unwrap_or_default()), correlation)
        });
        found.names.push(name);
        found.sigmas.push(varied.sigma());
        found.groups.push(group);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{draws, parameters};
    use libchar_pvt::variation::Variation;

    #[test]
    fn draws_are_by_sample_whatever_the_order_of_columns() {
        let (names, draws) = draws(b"vth,sample,tox\n0.1,2,3\n-0.2,1,4\n").unwrap();
        assert_eq!(names, ["vth", "tox"]);
        assert_eq!(draws[&1], [-0.2, 4.0]);
        assert_eq!(draws[&2], [0.1, 3.0]);
    }

    #[test]
    fn a_sample_without_a_number_is_a_fault_with_its_place() {
        let error = draws(b"sample,vth\none,1\n2,x\n").unwrap_err().to_string();
        assert!(error.starts_with("samples.csv:2:1: `one` in column `sample`"), "{error}");
        assert!(error.contains("samples.csv:3:3"), "{error}");
    }

    #[test]
    fn a_quantity_that_the_table_lacks_is_named() {
        let none = Variation::default();
        let missing = parameters(vec!["vth".to_owned()], &none, true);
        assert_eq!(missing.unwrap_err(), "vth");
        assert!(parameters(Vec::new(), &none, true).unwrap().pairs);
    }
}
