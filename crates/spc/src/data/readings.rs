//! Labelled readings, the input of measurement studies.

use super::request::{self, Request};
use libchar_core::Note;
use libchar_core::table::columns::Na;
use libchar_core::table::times;
use libchar_core::{Faults, Refused, Table};

/// Which readings of a table are wanted.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Columns of readings; several columns are repeated readings of the same row. If empty, the
    /// only column of numbers.
    pub columns: &'a [String],
    /// Patterns of the names of further such columns.
    pub patterns: &'a [String],
    /// Columns that label a row.
    pub labels: &'a [&'a str],
    /// A further column of numbers.
    pub extra: Option<&'a str>,
    /// Column of times, which must not go backwards.
    pub time: Option<&'a str>,
    /// Format of the times if they are not ISO 8601.
    pub time_format: Option<&'a str>,
    /// How to treat cells without a number.
    pub na: Na,
}

/// Readings, one value each, with their labels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Readings {
    /// The input's name.
    pub file: String,
    /// The names of the columns, joined by commas.
    pub column: String,
    /// The values, row by row.
    pub values: Vec<f64>,
    /// The extra column, one number per value; empty if it was not requested.
    pub extra: Vec<f64>,
    /// The label columns, with one text per value.
    pub labels: Vec<Vec<String>>,
    /// Times in their unit (seconds for calendar times), one per value; empty without a time
    /// column.
    pub times: Vec<f64>,
    /// Whether the times are calendar times.
    pub is_calendar: bool,
}

impl Wanted<'_> {
    /// Takes the readings from a table; `bytes` are the content that it was read from. `tell`
    /// receives a note about everything that is left out.
    ///
    /// # Errors
    /// Every fault of the file, or that no reading is left.
    pub fn read(
        &self,
        table: &Table,
        bytes: &[u8],
        tell: &mut dyn FnMut(Note),
    ) -> Result<Readings, Refused> {
        let columns = self.values(table, tell)?;
        let request = Request {
            values: &columns,
            several: false,
            extra: self.extra,
            labels: self.labels.iter().copied().chain(self.time).collect(),
            na: self.na,
        };
        let mut rows = request::from_table(table, bytes, &request)?;
        let texts = self.time.and_then(|_| rows.labels.pop());
        let times = match (self.time, texts) {
            (Some(column), Some(cells)) => {
                Some(times::read(&rows.file, &rows.lines, column, &cells, self.time_format)?)
            }
            _ => None,
        };
        let mut found = Readings {
            file: rows.file,
            column: rows.columns.join(","),
            labels: vec![Vec::new(); self.labels.len()],
            is_calendar: times.as_ref().is_some_and(|times| times.is_calendar),
            ..Readings::default()
        };
        for row in 0..rows.lines.len() {
            if rows.extra.get(row).is_some_and(|extra| extra.is_nan()) {
                continue;
            }
            for values in rows.values.iter().filter(|values| values[row].is_finite()) {
                found.values.push(values[row]);
                found.extra.extend(rows.extra.get(row));
                found.times.extend(times.as_ref().map(|times| times.seconds[row]));
                for (into, from) in found.labels.iter_mut().zip(&rows.labels) {
                    into.push(from[row].clone());
                }
            }
        }
        Note::skipped(&rows.skipped).into_iter().for_each(tell);
        match found.values.is_empty() {
            true => Err(Refused::usage(format!("{}: no row holds a reading", found.file))),
            false => Ok(found),
        }
    }

    /// The columns of readings: those that are named and those that match a pattern.
    fn values(&self, table: &Table, tell: &mut dyn FnMut(Note)) -> Result<Vec<String>, Faults> {
        let mut columns = request::split_names(table, self.columns);
        if self.patterns.is_empty() {
            return Ok(columns);
        }
        let labels = self.labels.iter().copied().chain(self.time).chain(self.extra);
        let taken: Vec<&str> = labels.chain(columns.iter().map(String::as_str)).collect();
        let found = request::matching(table, self.patterns, &taken)?;
        found.left_out().into_iter().for_each(|note| tell(Note::Info("columns", note)));
        columns.extend(found.columns);
        Ok(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "part,at,ref,trial1,trial2,trial_note\n\
        a,2026-01-01,10,1,2,x\nb,2026-01-02,20,3,,y\nc,2026-01-03,,5,6,z\n";

    fn wanted<'a>() -> Wanted<'a> {
        Wanted {
            columns: &[],
            patterns: &[],
            labels: &[],
            extra: None,
            time: None,
            time_format: None,
            na: Na::Skip,
        }
    }

    fn read(csv: &str, wanted: &Wanted) -> (Result<Readings, String>, Vec<Note>) {
        let table = Table::parse("t.csv", csv.as_bytes()).unwrap();
        let mut notes = Vec::new();
        let found = wanted.read(&table, csv.as_bytes(), &mut |note| notes.push(note));
        (found.map_err(|refused| refused.to_string()), notes)
    }

    #[test]
    fn repeated_readings_of_a_row_share_its_labels_and_times() {
        let patterns = ["trial*".to_owned()];
        let asked = Wanted { patterns: &patterns, labels: &["part"], time: Some("at"), ..wanted() };
        let (found, notes) = read(TABLE, &asked);
        let found = found.unwrap();
        assert_eq!(
            (found.column.as_str(), found.values),
            ("trial1,trial2", vec![1.0, 2.0, 3.0, 5.0, 6.0])
        );
        assert_eq!(found.labels, [["a", "a", "b", "c", "c"].map(str::to_owned).to_vec()]);
        let days: Vec<f64> = found.times.iter().map(|t| (t - found.times[0]) / 86_400.0).collect();
        assert_eq!((days, found.is_calendar), (vec![0.0, 0.0, 1.0, 2.0, 2.0], true));
        let left = "columns without numbers are left out: trial_note".to_owned();
        assert_eq!(notes[0], Note::Info("columns", left));
        assert!(matches!(&notes[1], Note::Warning("skipped", text) if text.starts_with("1 cell ")));
    }

    #[test]
    fn a_row_without_its_reference_has_no_reading() {
        let columns = ["trial1".to_owned()];
        let asked = Wanted { columns: &columns, extra: Some("ref"), ..wanted() };
        let (found, _) = read(TABLE, &asked);
        let found = found.unwrap();
        assert_eq!((found.values, found.extra), (vec![1.0, 3.0], vec![10.0, 20.0]));
        let told = read(TABLE, &Wanted { na: Na::Error, ..asked }).0.unwrap_err();
        assert!(told.contains("empty cell in column `ref`"), "{told}");
    }

    #[test]
    fn no_reading_is_a_refusal_after_what_was_left_out() {
        let (found, notes) = read("x\n?\n", &wanted());
        assert_eq!(found.unwrap_err(), "t.csv: no row holds a reading");
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn times_that_go_back_are_named() {
        let columns = ["trial1".to_owned()];
        let asked = Wanted { columns: &columns, time: Some("at"), ..wanted() };
        let back = TABLE.replace("2026-01-03", "2025-01-03");
        assert!(read(&back, &asked).0.unwrap_err().contains("rows in order of time"));
        let form = Wanted { time_format: Some("%d/%m/%Y"), ..asked };
        assert!(read(TABLE, &form).0.unwrap_err().contains("a time of the form %d/%m/%Y"));
    }
}
