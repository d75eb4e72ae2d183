//! Reads recorded lives from a table and fits a model to them.

use super::life::Life;
use super::model::{Model, Settings};
use crate::run_table::{Tell, Wanted, varying};
use libchar_core::{Faults, Table};
use std::collections::BTreeMap;

/// Columns of a table of tool lives, which has one row per run, in order for each unit.
#[derive(Debug, Clone, Copy)]
pub struct History<'a> {
    /// Column that identifies the life.
    pub unit: &'a str,
    /// Column that is 1 at the last run of a life that ended in failure. Without such a column
    /// every life ended in failure.
    pub failed: Option<&'a str>,
    /// The columns of the features.
    pub columns: Wanted<'a>,
}

/// Whether a cell says that the life ended in failure; `None` if the cell cannot be interpreted.
fn ended(cell: &str) -> Option<bool> {
    match cell {
        "1" | "true" => Some(true),
        "" | "0" | "false" => Some(false),
        _ => None,
    }
}

impl History<'_> {
    /// Fits a model to the lives of a table. If no features are named, those that vary over the
    /// healthy runs are used.
    ///
    /// # Errors
    /// Columns and cells that cannot be read, lives that continue after their failure, and what
    /// [`Model::fit`] refuses.
    pub fn fit(&self, table: &Table, settings: Settings, tell: Tell) -> Result<Model, Faults> {
        let others: Vec<&str> = std::iter::once(self.unit).chain(self.failed).collect();
        let mut features = self.columns.choose(table, &others, tell)?;
        let mut lives = self.lives(table, &features, tell)?;
        if !self.columns.is_named() {
            let first =
                |life: &Life| life.rows.iter().take(settings.healthy_runs).cloned().collect();
            let healthy = lives.iter().flat_map(|life| -> Vec<Vec<f64>> { first(life) });
            let kept = varying(&features, &healthy.collect::<Vec<_>>(), tell);
            if kept.len() < features.len() {
                features = kept;
                lives = self.lives(table, &features, tell)?;
            }
        }
        Ok(Model::fit(&features, &lives, settings).map_err(|error| error.of(&table.file))?)
    }

    /// The lives of a table with the given features, in the order in which the units first appear.
    ///
    /// # Errors
    /// Columns that the table does not have, cells that are not a number, a unit or an end of life,
    /// and lives that continue after their failure.
    pub fn lives(
        &self,
        table: &Table,
        features: &[String],
        tell: Tell,
    ) -> Result<Vec<Life>, Faults> {
        let unit = table.column(self.unit)?;
        let failed = self.failed.map(|name| table.column(name)).transpose()?;
        let numbers = self.columns.rows(table, features, tell)?;
        let mut lives: Vec<Life> = Vec::new();
        let mut index = BTreeMap::new();
        let mut faults = Vec::new();
        for (row, values) in numbers.rows.iter().zip(numbers.values) {
            let name = table.cell(*row, unit);
            if name.is_empty() {
                let found = format!("empty cell in column `{}`", self.unit);
                faults.push(table.fault(*row, unit, found));
                continue;
            }
            let at_end = failed.map_or(Ok(true), |column| {
                let cell = table.cell(*row, column);
                ended(cell).ok_or_else(|| {
                    let found = format!("`{cell}` in column `{}`", table.columns[column]);
                    table.fault(*row, column, found).expected("0 or 1")
                })
            });
            let at_end = match at_end {
                Ok(at_end) => at_end,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            let at = *index.entry(name).or_insert_with(|| {
                lives.push(Life { unit: name.to_owned(), rows: Vec::new(), failed: false });
                lives.len() - 1
            });
            if failed.is_some() && lives[at].failed {
                let found = format!("unit `{name}` goes on after its failure");
                let fault = table.fault(*row, unit, found);
                faults.push(fault.expected("a new unit name for each life"));
                continue;
            }
            lives[at].rows.push(values);
            lives[at].failed = at_end;
        }
        Faults::or(lives, faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use libchar_core::Note;
    use libchar_core::table::columns::Na;

    const COLUMNS: Wanted<'_> = Wanted { features: &[], patterns: &[], ignore: &[], na: Na::Error };

    const LIVES: &str = "tool,failed,temp_c\nA,0,1\nB,0,5\nA,,2\nA,1,3\nB,false,6\n";

    fn history() -> History<'static> {
        History { unit: "tool", failed: Some("failed"), columns: COLUMNS }
    }

    fn lives(csv: &str, history: History) -> Result<Vec<Life>, String> {
        let table = Table::parse("t.csv", csv.as_bytes()).unwrap();
        let features = ["temp_c".to_owned()];
        history.lives(&table, &features, &mut drop).map_err(|faults| faults.to_string())
    }

    #[test]
    fn runs_go_to_their_lives_and_ends_are_failures_or_not() {
        let found = lives(LIVES, history()).unwrap();
        let told: Vec<(&str, usize, bool)> =
            found.iter().map(|life| (life.unit.as_str(), life.rows.len(), life.failed)).collect();
        assert_eq!(told, [("A", 3, true), ("B", 2, false)]);
        assert_eq!(found[0].rows, [[1.0], [2.0], [3.0]]);
        let all = lives(LIVES, History { failed: None, ..history() }).unwrap();
        assert!(all.iter().all(|life| life.failed));
    }

    #[test]
    fn every_row_that_says_nothing_of_its_life_is_named() {
        let told = lives(&format!("{LIVES}A,0,4\n,0,1\nB,maybe,2\n"), history()).unwrap_err();
        for found in [
            "t.csv:7:1: unit `A` goes on after its failure\n  expected a new unit name for each life",
            "t.csv:8:1: empty cell in column `tool`",
            "t.csv:9:3: `maybe` in column `failed`\n  expected 0 or 1",
        ] {
            assert!(told.contains(found), "{told}");
        }
        assert!(lives(LIVES, History { unit: "unit", ..history() }).is_err());
    }

    #[test]
    fn a_fit_leaves_out_what_stands_still_while_the_tools_are_healthy() {
        let csv = (0..60).fold("tool,temp_c,flow,valve\n".to_owned(), |csv, i| {
            let (temp, flow) = (900 + i * 7 % 11, 50 + i * 5 % 13);
            let valve = i32::from(i % 20 > 14);
            format!("{csv}{},{temp},{flow},{valve}\n", ["A", "B", "C"][i as usize / 20])
        });
        let table = Table::parse("t.csv", csv.as_bytes()).unwrap();
        let history = History { failed: None, ..history() };
        let settings = Settings { healthy_runs: 10, ..Settings::default() };
        let mut notes = Vec::new();
        let model = history.fit(&table, settings, &mut |note| notes.push(note)).unwrap();
        assert_eq!(model.reference.features, ["temp_c", "flow"]);
        assert_eq!((model.lives, model.failures, model.reference.runs), (3, 3, 30));
        let constant = "constant over the healthy runs, left out: valve".to_owned();
        assert_eq!(notes, [Note::Warning("features", constant)]);
        let short = Settings { healthy_runs: 0, ..settings };
        let named = ["flow".to_owned()];
        let columns = Wanted { features: &named, ..COLUMNS };
        let told = History { columns, ..history }.fit(&table, short, &mut drop).unwrap_err();
        assert!(told.to_string().starts_with("t.csv: healthy runs = 0"), "{told}");
    }
}
