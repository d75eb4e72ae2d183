//! `table_corner_list.csv`: the corners and extractions that are valid.

use crate::sheet::{self, Sheet};
use libchar_core::{Fault, Faults, Table};

/// Name of the table in the tables' folder.
pub const FILE: &str = "table_corner_list.csv";

const SHEET: Sheet = Sheet {
    columns: &["corner", "extraction", "nmos", "pmos", "rs", "ls", "section"],
    required: 4,
    aliases: &["corner_name"],
};

/// Names of a domain's own folders, which no corner may take.
const RESERVED: [&str; 2] = ["configuration", "template"];

/// One row: a corner at an extraction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corner {
    /// Name of the corner, such as `SSG`.
    pub corner: String,
    /// Name of the extraction, such as `cworst_CCworst_T`.
    pub extraction: String,
    /// n-channel devices: -1 slow, 0 typical, 1 fast.
    pub nmos: i8,
    /// p-channel devices.
    pub pmos: i8,
    /// Resistors.
    pub rs: i8,
    /// Inductors and interconnect.
    pub ls: i8,
    /// Section of the model library: the column `section`, else the corner's name.
    pub section: String,
}

impl Corner {
    /// Whether both kinds of transistor are slow.
    pub fn is_slow(&self) -> bool {
        self.nmos == -1 && self.pmos == -1
    }

    /// Whether both kinds of transistor are fast.
    pub fn is_fast(&self) -> bool {
        self.nmos == 1 && self.pmos == 1
    }
}

/// The corner table: at least one row, each pair of corner and extraction once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corners {
    rows: Vec<Corner>,
}

impl Corners {
    /// Parses the table.
    ///
    /// # Errors
    /// An empty table, a label that cannot be a folder, a value other than -1, 0 and 1, a duplicate
    /// pair, names that differ by case only, an unknown column.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Corners, Faults> {
        let (table, columns) = SHEET.parse(file, bytes)?;
        let mut faults = Vec::new();
        let mut rows: Vec<Corner> = Vec::new();
        for row in 0..table.len() {
            let corner = sheet::label(&table, row, columns[0], &mut faults);
            let extraction = sheet::label(&table, row, columns[1], &mut faults);
            if RESERVED.iter().any(|name| name.eq_ignore_ascii_case(&corner))
                || corner.starts_with("00bkp_")
            {
                let fault =
                    table.fault(row, 0, format!("the corner `{corner}` is a folder of the domain"));
                faults.push(fault.expected("another name"));
            }
            if rows.iter().any(|other| other.corner == corner && other.extraction == extraction) {
                let found = format!("the pair `{corner},{extraction}` occurs twice");
                faults.push(table.fault(row, 0, found));
            }
            let section = match columns[6] {
                Some(column) if !table.cell(row, column).is_empty() => {
                    sheet::label(&table, row, Some(column), &mut faults)
                }
                _ => corner.clone(),
            };
            let speed = |index: usize, faults: &mut Vec<Fault>| {
                let required = index < SHEET.required;
                columns[index].map_or(0, |column| speed(&table, row, column, required, faults))
            };
            rows.push(Corner {
                nmos: speed(2, &mut faults),
                pmos: speed(3, &mut faults),
                rs: speed(4, &mut faults),
                ls: speed(5, &mut faults),
                corner,
                extraction,
                section,
            });
        }
        for (column, label) in
            [(0, (|r| &r.corner) as fn(&Corner) -> &String), (1, |r| &r.extraction)]
        {
            sheet::case_faults(
                &table,
                columns[column],
                rows.iter().map(|r| label(r).as_str()),
                &mut faults,
            );
        }
        Faults::or(Corners { rows }, faults)
    }

    /// All rows in the table's order.
    pub fn rows(&self) -> &[Corner] {
        &self.rows
    }

    /// Names of the corners, each once, in the table's order.
    pub fn names(&self) -> Vec<&str> {
        distinct(self.rows.iter().map(|row| row.corner.as_str()))
    }

    /// Names of the extractions, each once, in the table's order.
    pub fn extractions(&self) -> Vec<&str> {
        distinct(self.rows.iter().map(|row| row.extraction.as_str()))
    }

    /// Returns the corner at an extraction: its row, or, if there is none, its first row with that
    /// extraction put in. `None` for a corner that the table lacks.
    pub fn at(&self, corner: &str, extraction: &str) -> Option<Corner> {
        let of_corner = || self.rows.iter().filter(|row| row.corner == corner);
        let row = of_corner().find(|row| row.extraction == extraction).or(of_corner().next())?;
        Some(Corner { extraction: extraction.to_owned(), ..row.clone() })
    }
}

/// -1, 0 or 1 in a cell; an empty cell of an optional column is 0.
fn speed(table: &Table, row: usize, column: usize, required: bool, faults: &mut Vec<Fault>) -> i8 {
    match table.cell(row, column) {
        "-1" => -1,
        "0" => 0,
        "1" | "+1" => 1,
        "" if !required => 0,
        cell => {
            let found = match cell {
                "" => format!("empty cell in column `{}`", table.columns[column]),
                cell => format!("`{cell}` in column `{}`", table.columns[column]),
            };
            let fault = table.fault(row, column, found);
            faults.push(fault.expected("-1 slow, 0 typical or 1 fast"));
            0
        }
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut distinct = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::Corners;

    fn fault(text: &str) -> String {
        Corners::parse("t.csv", text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn with_and_without_a_header() {
        let plain = "# from the foundry\nTT,typical,0,0,0,0\nSSG,cworst_CCworst_T,-1,-1\n";
        let table = Corners::parse("t", plain.as_bytes()).unwrap();
        assert_eq!((table.names(), table.extractions().len()), (vec!["TT", "SSG"], 2));
        let slow = table.at("SSG", "typical").unwrap();
        assert!(slow.is_slow() && slow.extraction == "typical" && slow.section == "SSG");
        for header in
            ["corner,extraction,nmos,pmos,rs,ls", "corner_name,Extraction,nmos,pmos,rs,ls"]
        {
            let text = format!("{header}\nTT,typical,0,0,0,0\nSSG,cworst_CCworst_T,-1,-1,0,0\n");
            assert_eq!(Corners::parse("t", text.as_bytes()).unwrap(), table, "{header}");
        }
        let text = "corner,extraction,nmos,pmos,section\nHOT,typical,1,1,ff\nTT,typical,0,0,\n";
        let table = Corners::parse("t", text.as_bytes()).unwrap();
        assert_eq!((&*table.rows()[0].section, &*table.rows()[1].section), ("ff", "TT"));
    }

    /// A skewed corner has one kind of transistor fast and the other slow: it is neither.
    #[test]
    fn slow_and_fast_need_both_kinds_of_transistor() {
        let text = "SS,t,-1,-1\nSF,t,-1,1\nFS,t,1,-1\nFF,t,1,1\nTT,t,0,0\nST,t,-1,0\nFT,t,1,0\n";
        let table = Corners::parse("t", text.as_bytes()).unwrap();
        let of = |is: fn(&super::Corner) -> bool| -> Vec<&str> {
            table.rows().iter().filter(|row| is(row)).map(|row| row.corner.as_str()).collect()
        };
        assert_eq!(
            (of(super::Corner::is_slow), of(super::Corner::is_fast)),
            (vec!["SS"], vec!["FF"])
        );
    }

    #[test]
    fn hostile_tables_are_named() {
        insta::assert_snapshot!(fault(""), @"t.csv: the table is empty");
        insta::assert_snapshot!(fault("corner,extraction,nmos,pmos,rs,ls\n"), @"t.csv: the table has no rows");
        insta::assert_snapshot!(fault("TT,typical,0,0\nTT,typical,0,0\ntt,typical,0,2\n"), @"
        t.csv:2:1: the pair `TT,typical` occurs twice
        t.csv:3:1: `tt` differs from `TT` by case only
        t.csv:3:14: `2` in column `pmos`
          expected -1 slow, 0 typical or 1 fast
        ");
        insta::assert_snapshot!(fault("T/T,typical,0,0\n,typical,0,0\nFF,../x,1,\nconfiguration,typical,0,0\n\"a\nb\",typical,0,0\n"), @r#"
        t.csv:1:1: "T/T" in column `corner`
          expected letters, digits, `_`, `.`, `+` and `-`, beginning with a letter or digit, 64 at most
        t.csv:2:1: empty cell in column `corner`
          expected letters, digits, `_`, `.`, `+` and `-`, beginning with a letter or digit, 64 at most
        t.csv:3:4: "../x" in column `extraction`
          expected letters, digits, `_`, `.`, `+` and `-`, beginning with a letter or digit, 64 at most
        t.csv:3:11: empty cell in column `pmos`
          expected -1 slow, 0 typical or 1 fast
        t.csv:4:1: the corner `configuration` is a folder of the domain
          expected another name
        t.csv:5:1: "a\nb" in column `corner`
          expected letters, digits, `_`, `.`, `+` and `-`, beginning with a letter or digit, 64 at most
        "#);
        insta::assert_snapshot!(fault("corner,extraction,nmos,sections\nTT,typical,0,tt\n"), @"
        t.csv:1: unknown column `sections`
          expected one of: corner, extraction, nmos, pmos, rs, ls, section
          did you mean `section`?
        t.csv:1:1: no column `pmos`
          expected one of: corner, extraction, nmos, sections
          did you mean `nmos`?
        ");
        insta::assert_snapshot!(fault("TT,typical,0,0,0,0,tt,8\n"), @"
        t.csv:1:23: the row has too many cells
          expected corner, extraction, nmos, pmos, rs, ls, section
        ");
    }
}
