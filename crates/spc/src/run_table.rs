//! Tables with one row per run and one column per feature, the input of health and forecast.

use crate::data::request::matching;
use libchar_core::Note;
use libchar_core::table::columns::{self, Complete, Na};
use libchar_core::{Fault, Faults, Table};

/// Columns that count runs or time and therefore never are features.
const NEVER: [&str; 6] = ["run", "cycle", "time", "time_s", "index", "wafer"];

/// The columns that are features.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The features by name; if empty, every column of numbers that is not ignored.
    pub features: &'a [String],
    /// Patterns of the names of features, used if no names are given.
    pub patterns: &'a [String],
    /// Columns that are not features.
    pub ignore: &'a [String],
    /// How to treat runs with cells that are not finite numbers.
    pub na: Na,
}

/// The receiver of notes.
pub type Tell<'a> = &'a mut dyn FnMut(Note);

impl Wanted<'_> {
    /// The features of a table: those requested, else every column that contains a number and is
    /// neither ignored, nor in `others`, nor a count of runs or time. Completely empty columns are
    /// left out, with a note.
    ///
    /// # Errors
    /// Columns that the table does not have, patterns that match none, a table without a column of
    /// numbers.
    pub fn choose(
        &self,
        table: &Table,
        others: &[&str],
        tell: Tell,
    ) -> Result<Vec<String>, Faults> {
        if self.is_named() {
            let missing = self.features.iter().filter_map(|name| table.column(name).err());
            return Faults::or(self.features.to_vec(), missing.collect());
        }
        let missing = self.ignore.iter().filter_map(|name| table.column(name).err());
        Faults::or((), missing.collect())?;
        let ignored = self.ignore.iter().map(String::as_str);
        let taken: Vec<&str> = others.iter().copied().chain(ignored).chain(NEVER).collect();
        if !self.patterns.is_empty() {
            let found = matching(table, self.patterns, &taken)?;
            found.left_out().into_iter().for_each(|note| tell(Note::Info("columns", note)));
            return Ok(found.columns);
        }
        let (mut chosen, mut empty) = (Vec::new(), Vec::new());
        let free = table.columns.iter().enumerate();
        for (place, name) in free.filter(|(_, name)| !taken.contains(&name.as_str())) {
            if (0..table.len()).all(|row| table.cell(row, place).is_empty()) {
                empty.push(name.as_str());
            } else if (0..table.len()).any(|row| table.number(row, place).is_ok()) {
                chosen.push(name.clone());
            }
        }
        if !empty.is_empty() {
            let message = format!("empty columns left out: {}", empty.join(", "));
            tell(Note::Warning("features", message));
        }
        if chosen.is_empty() {
            return Err(Fault::of(&table.file, "no column of numbers to take as a feature").into());
        }
        Ok(chosen)
    }

    /// Whether features are given by name; such features are kept even if they do not vary.
    pub fn is_named(&self) -> bool {
        !self.features.is_empty()
    }

    /// The rows of the given features, with the index of each in the table.
    ///
    /// # Errors
    /// Columns that the table does not have, and cells without a number.
    pub fn rows(&self, table: &Table, features: &[String], tell: Tell) -> Result<Complete, Faults> {
        let places = columns::places(table, features)?;
        let numbers = columns::numbers(table, &places, self.na)?.complete();
        if numbers.skipped > 0 {
            let skipped = numbers.skipped;
            let message = format!("{skipped} runs without a finite number left out");
            tell(Note::Warning("skipped", message));
        }
        Ok(numbers)
    }
}

/// The features that vary over `rows`; the others are dropped, with a note.
pub fn varying(features: &[String], rows: &[Vec<f64>], tell: Tell) -> Vec<String> {
    let varies = |j: &usize| rows.iter().any(|row| row[*j] != rows[0][*j]);
    let (keep, constant): (Vec<usize>, Vec<usize>) = (0..features.len()).partition(varies);
    if !constant.is_empty() {
        let names: Vec<&str> = constant.iter().map(|j| features[*j].as_str()).collect();
        let message = format!("constant over the healthy runs, left out: {}", names.join(", "));
        tell(Note::Warning("features", message));
    }
    keep.into_iter().map(|j| features[j].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUNS: &str = "run,temp_c,flow,spare,note\n1,900,5,,x\n2,901,5,,y\n3,902,,,z\n";

    fn wanted<'a>() -> Wanted<'a> {
        Wanted { features: &[], patterns: &[], ignore: &[], na: Na::Skip }
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// The chosen features and the notes.
    fn chosen(wanted: Wanted, others: &[&str]) -> (Result<Vec<String>, String>, Vec<Note>) {
        let table = Table::parse("t.csv", RUNS.as_bytes()).unwrap();
        let mut notes = Vec::new();
        let found = wanted.choose(&table, others, &mut |note| notes.push(note));
        (found.map_err(|faults| faults.to_string()), notes)
    }

    #[test]
    fn every_column_of_numbers_that_counts_nothing_is_a_feature() {
        let (found, notes) = chosen(wanted(), &[]);
        assert_eq!(found.unwrap(), ["temp_c", "flow"]);
        let empty = "empty columns left out: spare".to_owned();
        assert_eq!(notes, [Note::Warning("features", empty)]);
        assert_eq!(chosen(wanted(), &["flow"]).0.unwrap(), ["temp_c"]);
        let ignored = names(&["temp_c", "flow"]);
        let (nothing, _) = chosen(Wanted { ignore: &ignored, ..wanted() }, &[]);
        assert_eq!(nothing.unwrap_err(), "t.csv: no column of numbers to take as a feature");
    }

    #[test]
    fn names_and_patterns_choose_and_unknown_ones_are_faults() {
        let named = names(&["run"]);
        assert_eq!(chosen(Wanted { features: &named, ..wanted() }, &[]).0.unwrap(), ["run"]);
        let patterns = names(&["*"]);
        let (found, notes) = chosen(Wanted { patterns: &patterns, ..wanted() }, &["flow"]);
        assert_eq!(found.unwrap(), ["temp_c", "spare"]);
        assert!(matches!(&notes[..], [Note::Info("columns", told)] if told.ends_with("out: note")));
        let typo = names(&["temp"]);
        for refused in [
            chosen(Wanted { features: &typo, ..wanted() }, &[]),
            chosen(Wanted { ignore: &typo, ..wanted() }, &[]),
        ] {
            assert!(refused.0.unwrap_err().contains("did you mean `temp_c`?"));
        }
    }

    #[test]
    fn rows_without_a_number_are_counted_and_constant_features_are_named() {
        let table = Table::parse("t.csv", RUNS.as_bytes()).unwrap();
        let features = names(&["temp_c", "flow"]);
        let mut notes = Vec::new();
        let rows = wanted().rows(&table, &features, &mut |note| notes.push(note)).unwrap();
        assert_eq!(
            (rows.rows, &rows.values),
            (vec![0, 1], &vec![vec![900.0, 5.0], vec![901.0, 5.0]])
        );
        let kept = varying(&features, &rows.values, &mut |note| notes.push(note));
        assert_eq!(kept, ["temp_c"]);
        let told = [
            "1 runs without a finite number left out",
            "constant over the healthy runs, left out: flow",
        ];
        assert_eq!(
            notes,
            [
                Note::Warning("skipped", told[0].to_owned()),
                Note::Warning("features", told[1].to_owned()),
            ]
        );
        assert!(Wanted { na: Na::Error, ..wanted() }.rows(&table, &features, &mut drop).is_err());
    }
}
