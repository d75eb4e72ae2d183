//! `table_supply_list_ac.csv` and `_dc.csv`: the supplies that are valid, in groups v1, v2 and v3.

use crate::point::Supply;
use crate::points::GROUPS;
use crate::sheet::{self, Sheet};
use libchar_core::{Faults, Table};

const SHEET: Sheet = Sheet {
    columns: &["name", "vccn", "vcctx"],
    required: 2,
    aliases: &["voltage_name", "supply"],
};

/// One row: a named pair of voltages.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedSupply {
    /// Name, beginning with its group: `v1min`.
    pub name: String,
    /// Group from 0: 0 for v1, 1 for v2, 2 for v3.
    pub group: usize,
    /// The voltages; `vcctx` equals `vccn` if the table has no value for it.
    pub supply: Supply,
    /// Line in the table.
    pub line: usize,
}

/// The supply table: at least one row, each name once.
#[derive(Debug, Clone)]
pub struct Supplies {
    /// The file's name in faults.
    pub file: String,
    rows: Vec<NamedSupply>,
}

impl Supplies {
    /// Parses the table.
    ///
    /// # Errors
    /// An empty table, a name twice or again in other case, a name without group, a voltage that is
    /// not a number.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Supplies, Faults> {
        let (table, columns) = SHEET.parse(file, bytes)?;
        let mut faults = Vec::new();
        let mut rows: Vec<NamedSupply> = Vec::new();
        for row in 0..table.len() {
            let name = sheet::label(&table, row, columns[0], &mut faults);
            let group = group(&name);
            if group.is_none() && crate::label::is_valid(&name) {
                let fault = table.fault(row, 0, format!("the supply `{name}` is in no group"));
                faults.push(fault.expected("a name that begins with v1, v2 or v3"));
            }
            if rows.iter().any(|other| other.name == name) {
                faults.push(table.fault(row, 0, format!("the supply `{name}` occurs twice")));
            }
            let mut volts = |column| match volts(&table, row, column) {
                Ok(volts) => volts,
                Err(fault) => {
                    faults.push(fault);
                    0.0
                }
            };
            let vccn_v = columns[1].map_or(0.0, &mut volts);
            let other = columns[2].filter(|column| !table.cell(row, *column).is_empty());
            let vcctx_v = other.map_or(vccn_v, volts);
            let (group, line) = (group.unwrap_or(0), table.line(row));
            rows.push(NamedSupply { name, group, supply: Supply { vccn_v, vcctx_v }, line });
        }
        sheet::case_faults(&table, columns[0], rows.iter().map(|r| r.name.as_str()), &mut faults);
        Faults::or(Supplies { file: file.to_owned(), rows }, faults)
    }

    /// The rows of a group, from 0, in the table's order.
    pub fn group(&self, group: usize) -> impl Iterator<Item = &NamedSupply> {
        self.rows.iter().filter(move |row| row.group == group)
    }
}

/// The group of a name that begins with v1, v2 or v3, from 0.
fn group(name: &str) -> Option<usize> {
    let digit = name.strip_prefix(['v', 'V'])?.chars().next()?.to_digit(10)? as usize;
    (1..=GROUPS).contains(&digit).then(|| digit - 1)
}

/// Volts beyond which a cell is taken for a typing error.
const HIGHEST_V: f64 = 1000.0;

fn volts(table: &Table, row: usize, column: usize) -> Result<f64, libchar_core::Fault> {
    let volts = table.number(row, column)?;
    if volts.abs() > HIGHEST_V {
        let found = format!("`{}` in column `{}`", table.cell(row, column), table.columns[column]);
        return Err(table.fault(row, column, found).expected("volts between -1000 and 1000"));
    }
    Ok(volts)
}

#[cfg(test)]
mod tests {
    use super::Supplies;

    fn fault(text: &str) -> String {
        Supplies::parse("t.csv", text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn rows_fall_into_groups_and_vcctx_defaults_to_vccn() {
        let text = "v1min,0.99,1.05\nv1max,1.21\nv2nom,1.8,\n";
        let table = Supplies::parse("t", text.as_bytes()).unwrap();
        let voltages = |group| {
            table
                .group(group)
                .map(|row| (row.supply.vccn_v, row.supply.vcctx_v))
                .collect::<Vec<_>>()
        };
        assert_eq!(voltages(0), [(0.99, 1.05), (1.21, 1.21)]);
        assert_eq!((voltages(1), voltages(2)), (vec![(1.8, 1.8)], vec![]));
    }

    #[test]
    fn hostile_tables_are_named() {
        insta::assert_snapshot!(fault("nom,1.1,1.1\nv4,1,1\nv1/x,1\n"), @r#"
        t.csv:1:1: the supply `nom` is in no group
          expected a name that begins with v1, v2 or v3
        t.csv:2:1: the supply `v4` is in no group
          expected a name that begins with v1, v2 or v3
        t.csv:3:1: "v1/x" in column `name`
          expected letters, digits, `_`, `.`, `+` and `-`, beginning with a letter or digit, 64 at most
        "#);
        insta::assert_snapshot!(fault("v1min,1\nV1MIN,1\nv1min,nan\nv1a,1.1V\nv1b,-1e4\n"), @"
        t.csv:2:1: `V1MIN` differs from `v1min` by case only
        t.csv:3:1: the supply `v1min` occurs twice
        t.csv:3:7: `nan` in column `vccn` is not a finite number
        t.csv:4:5: `1.1V` in column `vccn` is not a finite number
        t.csv:5:5: `-1e4` in column `vccn`
          expected volts between -1000 and 1000
        ");
        insta::assert_snapshot!(fault("name,vccm\nv1min,1\n"), @"
        t.csv:1: unknown column `vccm`
          expected one of: name, vccn, vcctx
          did you mean `vccn`?
        t.csv:1:1: no column `vccn`
          expected one of: name, vccm
          did you mean `vccm`?
        ");
    }
}
