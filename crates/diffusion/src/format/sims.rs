//! Measured depth profiles in CSV.

use libchar_core::table::data::Dialect;
use libchar_core::{Fault, Faults, Table};

use super::columns::{self, Column, Holds};
use crate::species::Species;

/// A measured profile: depths in um, rising, and a concentration of each column's dopant in cm-3.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredProfile {
    /// Depths, um.
    pub depth_um: Vec<f64>,
    /// Dopant by column, `None` for a column `conc_cm3` that names none, and its concentrations.
    pub columns: Vec<(Option<Species>, Vec<f64>)>,
    /// What its reader detected or left out.
    pub notes: Vec<String>,
}

/// Whether a file has the columns of a depth profile: depths, and concentrations.
pub fn is_profile(bytes: &[u8]) -> bool {
    columns::read("", bytes, &Dialect::default(), &has_columns)
        .is_ok_and(|(table, _)| has_columns(&table))
}

fn has_columns(table: &Table) -> bool {
    let has = |holds| columns::find(table, holds, None, None, KEYS).is_ok();
    has(Holds::Depth)
        && (has(Holds::Conc)
            || (0..table.columns.len()).any(|index| columns::dopant(table, index).is_some()))
}

/// Parses a profile: a column of depths (`depth_um`, `Depth (nm)`), and either one column of
/// concentrations (`conc_cm3`) or several that are named after dopants (`boron_cm3` as `libchar
/// diffuse` writes them, `11B (atoms/cc)`). Other columns are skipped.
///
/// # Errors
/// Missing columns, unknown units, cells that are not numbers, depths that do not rise or are
/// negative, negative concentrations: each with line and column.
pub fn parse_profile(file: &str, bytes: &[u8]) -> Result<MeasuredProfile, Faults> {
    parse_profile_as(file, bytes, &Dialect::default())
}

/// Like [`parse_profile`], for a file in the format of `dialect`.
///
/// # Errors
/// As for [`parse_profile`].
pub fn parse_profile_as(
    file: &str,
    bytes: &[u8],
    dialect: &Dialect,
) -> Result<MeasuredProfile, Faults> {
    let (table, notes) = columns::read(file, bytes, dialect, &has_columns)?;
    let depth_column = columns::find(&table, Holds::Depth, None, None, KEYS)?;
    let mut conc_columns: Vec<(Option<Species>, Column)> = (0..table.columns.len())
        .filter_map(|index| columns::dopant(&table, index))
        .map(|(species, column)| (Some(species), column))
        .collect();
    conc_columns.sort_by_key(|(species, _)| *species);
    if let Some(pair) = conc_columns.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        let names = [0, 1].map(|i| &table.columns[pair[i].1.index]);
        let found = format!("columns `{}` and `{}` are for the same dopant", names[0], names[1]);
        return Err(Fault::at(file, table.header_line(), 1, found).into());
    }
    if conc_columns.is_empty() {
        conc_columns.push((None, columns::find(&table, Holds::Conc, None, None, KEYS)?));
    }
    let mut faults = Vec::new();
    let mut depth_um: Vec<f64> = Vec::with_capacity(table.len());
    let mut columns: Vec<(Option<Species>, Vec<f64>)> =
        conc_columns.iter().map(|(species, _)| (*species, Vec::new())).collect();
    for row in 0..table.len() {
        match depth_column.value(&table, row) {
            // Rows that libchar writes for the oxide lie above the silicon.
            Ok(depth) if depth < 0.0 && table.find_column("material").is_some() => continue,
            Ok(depth) if depth < 0.0 => {
                let found = format!("negative depth {}", depth_column.spelled(depth));
                let fault = table.fault(row, depth_column.index, found);
                faults.push(fault.expected("a depth of 0 or more"));
            }
            Ok(depth) => {
                if let Some(last) = depth_um.last()
                    && depth <= *last
                {
                    let [now, before] = [depth, *last].map(|um| depth_column.spelled(um));
                    let found = format!("depth {now} after {before}");
                    let fault = table.fault(row, depth_column.index, found);
                    faults.push(fault.expected("rising depths"));
                }
                depth_um.push(depth);
            }
            Err(fault) => faults.push(fault),
        }
        for ((_, column), (_, values)) in conc_columns.iter().zip(&mut columns) {
            match column.value(&table, row) {
                Ok(conc) if conc >= 0.0 => values.push(conc),
                Ok(conc) => {
                    let found = format!("negative concentration {}", column.spelled(conc));
                    faults.push(table.fault(row, column.index, found).expected("0 or more"));
                }
                Err(fault) => faults.push(fault),
            }
        }
    }
    if faults.is_empty() && depth_um.len() < 2 {
        faults.push(Fault::of(file, "fewer than two depths"));
    }
    Faults::or(MeasuredProfile { depth_um, columns, notes }, faults)
}

/// Expected keys, for messages about a column without a unit or one of several candidates.
const KEYS: [&str; 2] = ["a file with one such column", "a name such as `depth_nm`"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_units() {
        let one = parse_profile("a.csv", b"depth_nm,conc_cm3\n0,1e17\n100,1e16\n").unwrap();
        assert_eq!(one.depth_um, [0.0, 0.1]);
        assert_eq!(one.columns, [(None, vec![1e17, 1e16])]);
        let two =
            parse_profile("a.csv", b"depth_um,boron_cm3,arsenic_cm3\n0,1,2\n1,3,4\n").unwrap();
        assert_eq!(two.columns[1], (Some(Species::Arsenic), vec![2.0, 4.0]));
        let tool = "Sample;W 7\n\nDepth;11B;30Si\nnm;atoms/cc;counts\n0,5;1,5E+19;9E5\n10;2E+18;9E5\n20;2E+17;9E5\n";
        let three = parse_profile("a.csv", tool.as_bytes()).unwrap();
        assert_eq!(three.columns, [(Some(Species::Boron), vec![1.5e19, 2e18, 2e17])]);
        assert!((three.depth_um[0] - 5e-4).abs() < 1e-15);
        assert!(three.notes.join(" ").contains("decimal ,"), "{:?}", three.notes);
        // A line of titles with as many cells as the table is not the header.
        let titled = "SIMS;W 4\n\nDepth (nm);Conc (at/cm3)\n0;1,5E+19\n10;2E+18\n";
        let titled = parse_profile("a.csv", titled.as_bytes()).unwrap();
        assert_eq!(titled.columns, [(None, vec![1.5e19, 2e18])]);
        assert!(titled.notes.join(" ").contains("header_row 3"), "{:?}", titled.notes);
    }

    #[test]
    fn every_fault_has_its_place() {
        let text = b"depth_um,conc_cm3\n0,1e17\n0.2,-1\n0.1,1e16\n-1,x\n";
        let faults = parse_profile("sims.csv", text).unwrap_err().to_string();
        assert_eq!(
            faults,
            "sims.csv:3:5: negative concentration -1\n  expected 0 or more\n\
             sims.csv:4:1: depth 0.1 after 0.2\n  expected rising depths\n\
             sims.csv:5:1: negative depth -1\n  expected a depth of 0 or more\n\
             sims.csv:5:4: `x` in column `conc_cm3` is not a finite number"
        );
    }

    #[test]
    fn a_long_file_is_known_by_its_columns() {
        let rows = (0..5000).map(|i| format!("{},1e17\n", f64::from(i) / 1e3)).collect::<String>();
        assert!(super::is_profile(format!("depth_um,boron_cm3\n{rows}").as_bytes()));
        assert!(!super::is_profile(format!("point,value\n{rows}").as_bytes()));
    }
}
