//! `table_condition.csv`: which temperatures and supplies the conditions perf, func and htol stand
//! for.

use crate::sheet::{self, Sheet};
use libchar_core::Faults;

/// Name of the optional table in the tables' folder.
pub const FILE: &str = "table_condition.csv";

/// The table of a domain that has none: `perf` is performance at all temperatures and supplies,
/// `func` function at the extremes, `htol` high-temperature operating life.
pub const DEFAULT: &str = "\
condition,temperatures,supplies
perf,all,all
func,extremes,extremes
htol,hottest,highest
";

const SHEET: Sheet =
    Sheet { columns: &["condition", "temperatures", "supplies"], required: 3, aliases: &[] };

/// Rows of another table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Every row.
    All,
    /// The lowest and the highest.
    Extremes,
    /// The lowest: the coldest temperature, the lowest supply.
    Lowest,
    /// The highest.
    Highest,
    /// These names.
    Names(Vec<String>),
}

impl Selection {
    /// Parses a word of the table, or names separated by blanks.
    fn parse(text: &str) -> Option<Selection> {
        Some(match text {
            "" => return None,
            "all" => Selection::All,
            "extremes" => Selection::Extremes,
            "coldest" | "lowest" => Selection::Lowest,
            "hottest" | "highest" => Selection::Highest,
            names => Selection::Names(names.split_whitespace().map(str::to_owned).collect()),
        })
    }
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Name, a value of `condition` in `config.cfg`.
    pub name: String,
    /// Temperatures of the temperature table.
    pub temperatures: Selection,
    /// Supplies of each group.
    pub supplies: Selection,
    /// Line in the table.
    pub line: usize,
}

/// The condition table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditions {
    /// The file's name in faults.
    pub file: String,
    rows: Vec<Condition>,
}

impl Conditions {
    /// Parses the table.
    ///
    /// # Errors
    /// An empty table, a duplicate condition, an empty cell.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Conditions, Faults> {
        let (table, columns) = SHEET.parse(file, bytes)?;
        let mut faults = Vec::new();
        let mut rows: Vec<Condition> = Vec::new();
        for row in 0..table.len() {
            let name = sheet::label(&table, row, columns[0], &mut faults);
            if rows.iter().any(|other| other.name == name) {
                faults.push(table.fault(row, 0, format!("the condition `{name}` occurs twice")));
            }
            let [temperatures, supplies] = [1, 2].map(|index| {
                let column = columns[index].unwrap_or(index);
                Selection::parse(table.cell(row, column)).unwrap_or_else(|| {
                    let fault = table.fault(row, column, "empty cell");
                    faults.push(fault.expected(EXPECTED));
                    Selection::All
                })
            });
            rows.push(Condition { name, temperatures, supplies, line: table.line(row) });
        }
        Faults::or(Conditions { file: file.to_owned(), rows }, faults)
    }

    /// The condition of this name.
    pub fn find(&self, name: &str) -> Option<&Condition> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// Names of all conditions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.name.as_str())
    }
}

const EXPECTED: &str =
    "all, extremes, coldest or lowest, hottest or highest, or names separated by blanks";

#[cfg(test)]
mod tests {
    use super::{Conditions, DEFAULT, Selection};

    #[test]
    fn the_default_is_a_table() {
        let table = Conditions::parse("t", DEFAULT.as_bytes()).unwrap();
        let htol = table.find("htol").unwrap();
        assert_eq!(
            (&htol.temperatures, &htol.supplies),
            (&Selection::Highest, &Selection::Highest)
        );
        assert_eq!(table.names().collect::<Vec<_>>(), ["perf", "func", "htol"]);
    }

    #[test]
    fn names_and_faults() {
        let table = Conditions::parse("t", b"perf,m40 125,v1nom\n").unwrap();
        let names = vec!["m40".to_owned(), "125".to_owned()];
        assert_eq!(table.find("perf").unwrap().temperatures, Selection::Names(names));
        let faults = Conditions::parse("t.csv", b"perf,all,all\nperf,,all\nfunc,all\n");
        insta::assert_snapshot!(faults.unwrap_err(), @"
        t.csv:2:1: the condition `perf` occurs twice
        t.csv:2:6: empty cell
          expected all, extremes, coldest or lowest, hottest or highest, or names separated by blanks
        t.csv:3:9: empty cell
          expected all, extremes, coldest or lowest, hottest or highest, or names separated by blanks
        ");
    }
}
