//! Turns a table of runs into data for a model; doubtful columns are reported or left out.

use crate::columns::{self as doubts, Doubtful};
use crate::data::Data;
use crate::runs;
use crate::split::{LEAST_TEST, LEAST_TRAIN};
use libchar_core::Note;
use libchar_core::table::columns::{self, Na, list};
use libchar_core::told::Hearer;
use libchar_core::{Fault, Refused, Table};
use libchar_learn::LearnError;

/// The roles of the columns of a table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Columns<'a> {
    /// The measured target.
    pub target: &'a str,
    /// Column of the groups, such as the lot.
    pub group: Option<&'a str>,
    /// Column of time.
    pub time: Option<&'a str>,
    /// Column of the position within a group; it stays a feature.
    pub order: Option<&'a str>,
    /// Features; empty for all columns of numbers.
    pub features: &'a [String],
    /// Columns to ignore.
    pub ignore: &'a [String],
    /// Doubtful columns to use nevertheless.
    pub keep: &'a [String],
}

fn unfit(error: LearnError) -> Refused {
    Refused::Usage(error.to_string())
}

impl Columns<'_> {
    /// Measured runs with the features to use, and the doubtful columns.
    ///
    /// # Errors
    /// Missing columns, cells that are not numbers (unless these are skipped), too few runs, and
    /// data without a feature.
    pub fn data(
        &self,
        table: &Table,
        na: Na,
        hear: Hearer,
    ) -> Result<(Data, Vec<Doubtful>), Refused> {
        let target = table.column(self.target)?;
        let mut taken = vec![target];
        let ignored = self.ignore.iter().map(String::as_str);
        for name in self.group.into_iter().chain(self.time).chain(ignored) {
            taken.push(table.column(name)?);
        }
        let order = self.order.map(|name| table.column(name)).transpose()?;
        let features = match self.features.is_empty() {
            false => self.chosen(table, &taken)?,
            true => {
                let (numeric, text) = runs::numeric(table, &taken);
                let names: Vec<&str> = text.iter().map(|&c| table.columns[c].as_str()).collect();
                if !names.is_empty() {
                    let told = format!("columns of text are left out: {}", list(&names));
                    hear(Note::Info("vm", told));
                }
                numeric
            }
        };
        if features.is_empty() {
            let found = format!("{}: no column of numbers is left to learn from", table.file);
            return Err(Refused::Usage(found));
        }
        let truth = runs::target(table, target)?;
        let wanted: Vec<usize> = features.iter().copied().chain(order).collect();
        let values = columns::numbers(table, &wanted, na)?.values;
        let whole = |row: usize| values.iter().all(|column| !column[row].is_nan());
        let rows: Vec<usize> =
            (0..table.len()).filter(|&row| truth[row].is_some() && whole(row)).collect();
        let unmeasured = truth.iter().filter(|y| y.is_none()).count();
        if unmeasured > 0 {
            hear(Note::Info(
                "vm",
                format!(
                    "runs without a measured {}: {unmeasured} of {}, left out",
                    self.target,
                    table.len()
                ),
            ));
        }
        let holes = table.len() - unmeasured - rows.len();
        if holes > 0 {
            let told = format!("measured runs with a cell that holds no number: {holes}, left out");
            hear(Note::Warning("vm", told));
        }
        let (group, groups) = match self.group {
            Some(name) => runs::groups(table, name)?,
            None => (vec![0; table.len()], Vec::new()),
        };
        let group: Vec<usize> = rows.iter().map(|&row| group[row]).collect();
        let data = Data {
            names: features.iter().map(|&c| table.columns[c].clone()).collect(),
            x: runs::matrix(&values[..features.len()], &rows).map_err(unfit)?,
            y: rows.iter().filter_map(|&row| truth[row]).collect(),
            order: match order {
                Some(_) => rows.iter().map(|&row| values[features.len()][row]).collect(),
                None => runs::places(&group, groups.len()),
            },
            group,
            groups,
        };
        self.settle(data, &table.file)
    }

    /// The features that were named, in their order.
    fn chosen(&self, table: &Table, taken: &[usize]) -> Result<Vec<usize>, Refused> {
        let mut chosen = Vec::new();
        for name in self.features {
            let column = table.column(name)?;
            if taken.contains(&column) {
                return Err(Refused::Usage(format!(
                    "--features: `{name}` is the target, the group, the time or ignored"
                )));
            }
            if chosen.contains(&column) {
                return Err(Refused::Usage(format!("--features: `{name}` is named twice")));
            }
            chosen.push(column);
        }
        Ok(chosen)
    }

    /// Reports doubtful columns and leaves out those that the user does not keep.
    fn settle(&self, data: Data, file: &str) -> Result<(Data, Vec<Doubtful>), Refused> {
        let least = LEAST_TRAIN + LEAST_TEST;
        if data.len() < least {
            return Err(Refused::Usage(format!(
                "{file}: {} measured runs; expected {least} or more to train and to judge",
                data.len()
            )));
        }
        let doubtful = doubts::doubtful(&data, self.target);
        if let Some(name) = self.keep.iter().find(|name| !data.names.contains(name)) {
            let fault = Fault::of("--keep", format!("`{name}` is not a feature"));
            return Err(fault.one_of(name, data.names.iter().map(String::as_str)).into());
        }
        let left_out: Vec<String> = doubtful
            .iter()
            .filter(|d| d.doubt.leaves_out() && !self.keep.contains(&d.column))
            .map(|d| d.column.clone())
            .collect();
        if left_out.len() == data.names.len() {
            let names: Vec<&str> = left_out.iter().map(String::as_str).collect();
            return Err(Refused::Usage(format!(
                "{file}: every column is doubtful, none is left to learn from: {}; --keep takes one all the same",
                list(&names)
            )));
        }
        Ok((data.without(&left_out).map_err(unfit)?, doubtful))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twenty runs in lots of four, with a feature, a text and a column computed from the target.
    fn table() -> Table {
        let mut text = "lot,run,flow,note,leak,y\n".to_owned();
        for i in 0..20 {
            let y = f64::from((i * 7) % 11);
            text.push_str(&format!("L{},{i},{},ok,{},{y}\n", i / 4, (i * 3) % 5, 2.0 * y));
        }
        Table::parse("runs.csv", text.as_bytes()).unwrap()
    }

    fn columns<'a>(features: &'a [String], keep: &'a [String]) -> Columns<'a> {
        Columns { target: "y", group: Some("lot"), features, keep, ..Columns::default() }
    }

    type Found = Result<(Data, Vec<Doubtful>), String>;

    fn data(columns: Columns) -> (Found, Vec<Note>) {
        let mut notes = Vec::new();
        let found = columns.data(&table(), Na::Error, &mut |note| notes.push(note));
        (found.map_err(|refused| refused.to_string()), notes)
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn words_and_doubtful_columns_are_left_out_and_told() {
        let (found, notes) = data(columns(&[], &[]));
        let (found, doubtful) = found.unwrap();
        assert_eq!((found.names.join(","), found.groups.len()), ("flow".to_owned(), 5));
        assert_eq!(found.order[..5], [1.0, 2.0, 3.0, 4.0, 1.0]);
        let doubted: Vec<&str> = doubtful.iter().map(|d| d.column.as_str()).collect();
        assert_eq!(doubted, ["run", "leak"]);
        assert_eq!(notes, [Note::Info("vm", "columns of text are left out: note".to_owned())]);
        let keep = owned(&["leak"]);
        assert_eq!(data(columns(&[], &keep)).0.unwrap().0.names, ["flow", "leak"]);
    }

    #[test]
    fn features_that_are_none_are_refused() {
        for (features, keep, expected) in [
            (
                owned(&["lot"]),
                vec![],
                "--features: `lot` is the target, the group, the time or ignored",
            ),
            (owned(&["flow", "flow"]), vec![], "--features: `flow` is named twice"),
            (owned(&["flw"]), vec![], "did you mean `flow`?"),
            (
                owned(&["leak"]),
                vec![],
                "every column is doubtful, none is left to learn from: leak",
            ),
            (vec![], owned(&["flw"]), "--keep: `flw` is not a feature"),
        ] {
            let told = data(columns(&features, &keep)).0.map(drop).unwrap_err();
            assert!(told.contains(expected), "{told}");
        }
    }

    #[test]
    fn runs_that_were_not_measured_are_counted() {
        let mut text = "x,y\n".to_owned();
        (0..20).for_each(|i| text.push_str(&format!("{},{}\n", i * i % 7, i % 4)));
        text.push_str("3,\n,2\n");
        let table = Table::parse("r.csv", text.as_bytes()).unwrap();
        let mut notes = Vec::new();
        let own = Columns { target: "y", ..Columns::default() };
        let (data, _) = own.data(&table, Na::Skip, &mut |note| notes.push(note)).unwrap();
        assert_eq!((data.len(), notes.len()), (20, 2));
        assert!(
            matches!(&notes[0], Note::Info(_, text) if text == "runs without a measured y: 1 of 22, left out")
        );
        let few = Table::parse("r.csv", b"x,y\n1,2\n2,1\n").unwrap();
        let told = own.data(&few, Na::Error, &mut |_| {}).map(drop).unwrap_err().to_string();
        assert_eq!(told, "r.csv: 2 measured runs; expected 15 or more to train and to judge");
    }
}
