//! From a table of runs to data that a model may learn from, and how they are split: what is doubtful is told or left out.

use crate::columns::{self as doubts, Doubtful};
use crate::data::Data;
use crate::runs;
use crate::split::Kind;
use crate::told::{Hearer, Note};
use libchar_core::table::columns::{self, Na, list};
use libchar_core::{Fault, Refused, Table};
use libchar_learn::LearnError;

/// Fewest runs that train.
pub const LEAST_TRAIN: usize = 10;

/// Fewest runs that judge.
pub const LEAST_TEST: usize = 5;

/// What the columns of a table mean.
#[derive(Clone, Copy, Debug, Default)]
pub struct Columns<'a> {
    /// The measured target.
    pub target: &'a str,
    /// Groups, such as the lot.
    pub group: Option<&'a str>,
    /// Time.
    pub time: Option<&'a str>,
    /// Place within a group; it stays a feature.
    pub order: Option<&'a str>,
    /// Features; none for all that hold numbers.
    pub features: &'a [String],
    /// Columns to leave aside.
    pub ignore: &'a [String],
    /// Doubtful columns to learn from all the same.
    pub keep: &'a [String],
}

fn unfit(error: LearnError) -> Refused {
    Refused::Usage(error.to_string())
}

impl Columns<'_> {
    /// Measured runs with the features that are left, and the columns that are doubted.
    ///
    /// # Errors
    /// Absent columns, cells that are no numbers unless these are skipped, too few runs, and data without a feature.
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
                    hear(Note::Info(told));
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
            hear(Note::Info(format!(
                "runs without a measured {}: {unmeasured} of {}, left out",
                self.target,
                table.len()
            )));
        }
        let holes = table.len() - unmeasured - rows.len();
        if holes > 0 {
            let told = format!("measured runs with a cell that holds no number: {holes}, left out");
            hear(Note::Warning(told));
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

    /// Names doubtful columns and leaves out those that nobody keeps.
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
            let fault = Fault::of("--keep", format!("`{name}` is no feature"));
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

/// How runs shall be split.
#[derive(Clone, Copy, Debug)]
pub struct Split {
    /// Kind of split.
    pub kind: Kind,
    /// Forward: runs that train; none for 60 %, whole groups.
    pub train: Option<usize>,
    /// Forward: runs after them that set the intervals.
    pub calibration: usize,
}

impl Split {
    /// The kind: the one that is wanted, else forward with a time or without groups, else by group.
    pub fn kind(shuffled: bool, wanted: Option<Kind>, has_group: bool, has_time: bool) -> Kind {
        match (shuffled, wanted, has_group, has_time) {
            (true, ..) => Kind::Shuffled,
            (_, Some(Kind::Group), ..) | (_, None, true, false) => Kind::Group,
            _ => Kind::Forward,
        }
    }

    /// How many of these runs train; 0 where the split is not forward.
    ///
    /// # Errors
    /// Too few groups or runs, and options that the kind does not have.
    pub fn train(&self, data: &Data, hear: Hearer) -> Result<usize, Refused> {
        if self.kind == Kind::Group && data.groups.len() < 3 {
            return Err(Refused::Usage(format!(
                "--group: {} groups; expected 3 or more to leave each out",
                data.groups.len()
            )));
        }
        if self.kind != Kind::Forward {
            let given = [("--train-rows", self.train.is_some())];
            let given = given.into_iter().chain([("--calibration-rows", self.calibration > 0)]);
            return match given.into_iter().find(|(_, is_given)| *is_given) {
                None => Ok(0),
                Some((name, _)) => {
                    Err(Refused::Usage(format!("{name}: expected a split forward in time")))
                }
            };
        }
        let train = self.train.unwrap_or_else(|| cut(data, hear));
        if train < LEAST_TRAIN || train + self.calibration + LEAST_TEST > data.len() {
            return Err(Refused::Usage(format!(
                "{train} runs to train and {} to set the intervals, of {}: expected {LEAST_TRAIN} or more to train and {LEAST_TEST} or more after all of them to judge",
                self.calibration,
                data.len()
            )));
        }
        Ok(train)
    }
}

/// 60 % of the runs, and the rest of the group of the last of them, so that no group stands on both sides.
fn cut(data: &Data, hear: Hearer) -> usize {
    let wanted = data.len() * 60 / 100;
    if !data.has_groups() {
        return wanted;
    }
    let apart = |at: &usize| data.group[*at..].iter().all(|g| !data.group[..*at].contains(g));
    (wanted..data.len().saturating_sub(LEAST_TEST)).find(apart).unwrap_or_else(|| {
        let told =
            "groups reach from the training runs into the later ones: no cut keeps them apart";
        hear(Note::Warning(told.to_owned()));
        wanted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twenty runs in lots of four, with a feature, a word and a column that knows the target.
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
        assert_eq!(notes, [Note::Info("columns of text are left out: note".to_owned())]);
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
            (vec![], owned(&["flw"]), "--keep: `flw` is no feature"),
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
            matches!(&notes[0], Note::Info(text) if text == "runs without a measured y: 1 of 22, left out")
        );
        let few = Table::parse("r.csv", b"x,y\n1,2\n2,1\n").unwrap();
        let told = own.data(&few, Na::Error, &mut |_| {}).map(drop).unwrap_err().to_string();
        assert_eq!(told, "r.csv: 2 measured runs; expected 15 or more to train and to judge");
    }

    #[test]
    fn the_kind_of_split_follows_time_and_groups() {
        let kind = |wanted, group, time| Split::kind(false, wanted, group, time);
        assert_eq!(kind(None, true, false), Kind::Group);
        assert_eq!(kind(None, true, true), Kind::Forward);
        assert_eq!(kind(None, false, false), Kind::Forward);
        assert_eq!(kind(Some(Kind::Group), true, true), Kind::Group);
        assert_eq!(Split::kind(true, None, true, true), Kind::Shuffled);
    }

    #[test]
    fn a_cut_keeps_groups_whole_where_it_can() {
        let (found, _) = data(columns(&[], &[]));
        let (data, _) = found.unwrap();
        let split = Split { kind: Kind::Forward, train: None, calibration: 0 };
        // 60 % are the first three lots.
        assert_eq!(split.train(&data, &mut |_| {}).ok(), Some(12));
        let mut mixed = data.clone();
        mixed.group.iter_mut().enumerate().for_each(|(i, g)| *g = i % 5);
        let mut notes = Vec::new();
        assert_eq!(split.train(&mixed, &mut |note| notes.push(note)).ok(), Some(12));
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn splits_that_cannot_be_are_refused() {
        let (found, _) = data(columns(&[], &[]));
        let (data, _) = found.unwrap();
        let told = |kind, train, calibration| {
            let split = Split { kind, train, calibration };
            split.train(&data, &mut |_| {}).map_err(|refused| refused.to_string())
        };
        assert_eq!(told(Kind::Group, None, 0), Ok(0));
        assert!(told(Kind::Forward, Some(9), 0).unwrap_err().starts_with("9 runs to train and 0"));
        assert!(
            told(Kind::Forward, Some(12), 4).is_err() && told(Kind::Forward, Some(12), 3) == Ok(12)
        );
        let forward = "expected a split forward in time";
        assert_eq!(told(Kind::Group, Some(12), 3), Err(format!("--train-rows: {forward}")));
        assert_eq!(told(Kind::Shuffled, None, 3), Err(format!("--calibration-rows: {forward}")));
        let two = Data { groups: owned(&["a", "b"]), ..data.clone() };
        let split = Split { kind: Kind::Group, train: None, calibration: 0 };
        assert!(
            split
                .train(&two, &mut |_| {})
                .unwrap_err()
                .to_string()
                .starts_with("--group: 2 groups")
        );
    }
}
