//! Measured depth profiles in CSV.

use libchar_core::{Fault, Faults, Table};

use crate::species::Species;

/// A measured profile: depths in um, rising, and a concentration of each column's dopant in cm-3.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredProfile {
    /// Depths, um.
    pub depth_um: Vec<f64>,
    /// Dopant by column, `None` for a column `conc_cm3` that names none, and its concentrations.
    pub columns: Vec<(Option<Species>, Vec<f64>)>,
}

/// Parses a profile: a column `depth_um` or `depth_nm`, and `conc_cm3` or columns such as
/// `boron_cm3` (as `libchar diffuse` writes them; other columns are skipped).
///
/// # Errors
/// Missing columns, numbers that are none, depths that do not rise or are negative, negative
/// concentrations: all of them with line and column.
pub fn parse_profile(file: &str, bytes: &[u8]) -> Result<MeasuredProfile, Faults> {
    let table = Table::parse(file, bytes)?;
    let (depth_column, scale) = match (table.find_column("depth_um"), table.find_column("depth_nm"))
    {
        (Some(column), _) => (column, 1.0),
        (None, Some(column)) => (column, 1e-3),
        (None, None) => {
            return Err(table
                .column("depth_um")
                .map_or_else(Faults::from, |_| unreachable_column(file)));
        }
    };
    let mut conc_columns: Vec<(Option<Species>, usize)> = Species::ALL
        .into_iter()
        .filter_map(|s| Some((Some(s), table.find_column(&format!("{s}_cm3"))?)))
        .collect();
    if conc_columns.is_empty() {
        conc_columns.push((None, table.column("conc_cm3").map_err(Faults::from)?));
    }
    let mut faults = Vec::new();
    let mut depth_um: Vec<f64> = Vec::with_capacity(table.len());
    let mut columns: Vec<(Option<Species>, Vec<f64>)> =
        conc_columns.iter().map(|(species, _)| (*species, Vec::new())).collect();
    for row in 0..table.len() {
        match table.number(row, depth_column) {
            // What libchar writes about the oxide lies above the silicon.
            Ok(depth) if depth < 0.0 && table.find_column("material").is_some() => continue,
            Ok(depth) if depth < 0.0 => {
                let found = format!("negative depth {depth}");
                faults.push(table.fault(row, depth_column, found).expected("a depth of 0 or more"));
            }
            Ok(depth) => {
                let depth = depth * scale;
                if let Some(last) = depth_um.last()
                    && depth <= *last
                {
                    let found = format!("depth {} after {}", depth / scale, last / scale);
                    faults.push(table.fault(row, depth_column, found).expected("rising depths"));
                }
                depth_um.push(depth);
            }
            Err(fault) => faults.push(fault),
        }
        for ((_, column), (_, values)) in conc_columns.iter().zip(&mut columns) {
            match table.number(row, *column) {
                Ok(conc) if conc >= 0.0 => values.push(conc),
                Ok(conc) => {
                    let found = format!("negative concentration {conc}");
                    faults.push(table.fault(row, *column, found).expected("0 or more"));
                }
                Err(fault) => faults.push(fault),
            }
        }
    }
    if faults.is_empty() && depth_um.len() < 2 {
        faults.push(Fault::of(file, "fewer than two depths"));
    }
    Faults::or(MeasuredProfile { depth_um, columns }, faults)
}

fn unreachable_column(file: &str) -> Faults {
    Fault::of(file, "no column `depth_um`").into()
}

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
}
