//! The health of the runs of a table: the reference, and the runs that are judged.

use super::{LAMBDA, Reference, RunHealth, Scale, assess};
use crate::run_table::{Tell, Wanted, varying};
use libchar_core::table::columns::Complete;
use libchar_core::{Fault, Faults, Table};

/// Number of healthy runs at the start of a table if none is given.
const DEFAULT_HEALTHY: usize = 30;

/// Settings of a study that judges runs by healthy ones.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The columns of the features.
    pub columns: Wanted<'a>,
    /// Number of healthy runs at the start of the table, if there is no separate table of healthy
    /// runs.
    pub healthy: Option<usize>,
    /// Weight of the newest run in the smoothed distance.
    pub lambda: Option<f64>,
    /// Smoothed ln T² at which the tool fails.
    pub failure_level: Option<f64>,
}

/// The judged runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// The healthy reference.
    pub reference: Reference,
    /// Weight of the newest run in the smoothed distance.
    pub lambda: f64,
    /// How distance is converted to health.
    pub scale: Scale,
    /// The runs; they are numbered by their rows in the table, from 1.
    pub runs: Vec<RunHealth>,
}

impl Asked<'_> {
    /// Judges the runs of a table by those of `healthy`. Without that table the first runs of the
    /// table are the healthy ones and are not judged. If no features are named, those that vary
    /// over the healthy runs are used.
    ///
    /// # Errors
    /// Columns and cells that cannot be read, healthy runs that allow no reference, and a table
    /// without runs left to judge.
    pub fn study(
        &self,
        table: &Table,
        healthy: Option<&Table>,
        tell: Tell,
    ) -> Result<Study, Faults> {
        let mut features = self.columns.choose(table, &[], tell)?;
        let source = healthy.unwrap_or(table);
        let read = |features: &[String], tell: Tell<'_>| -> Result<Vec<Vec<f64>>, Faults> {
            let mut rows = self.columns.rows(source, features, tell)?.values;
            if healthy.is_none() {
                rows.truncate(self.healthy.unwrap_or(DEFAULT_HEALTHY));
            }
            Ok(rows)
        };
        let mut rows = read(&features, tell)?;
        if !self.columns.is_named() && !rows.is_empty() {
            let kept = varying(&features, &rows, tell);
            if kept.len() < features.len() {
                rows = read(&kept, tell)?;
                features = kept;
            }
        }
        let reference = Reference::fit(&features, &rows).map_err(|e| e.of(&source.file))?;
        let mut judged = self.columns.rows(table, &features, tell)?;
        if healthy.is_none() {
            judged.rows.drain(..rows.len());
            judged.values.drain(..rows.len());
            if judged.rows.is_empty() {
                let found = format!(
                    "all {} runs are the healthy reference: none is left to judge",
                    rows.len()
                );
                let expected = "more runs, a smaller --healthy, or --reference";
                return Err(Fault::of(&source.file, found).expected(expected).into());
            }
        }
        let lambda = self.lambda.unwrap_or(LAMBDA);
        Study::new(reference, lambda, self.failure_level, &table.file, &judged)
    }
}

impl Study {
    /// Judges the runs of a table by a known reference.
    ///
    /// # Errors
    /// Features that the table does not have, and cells without a number.
    pub fn known(
        table: &Table,
        columns: &Wanted,
        reference: Reference,
        lambda: f64,
        failure_level: Option<f64>,
        tell: Tell,
    ) -> Result<Study, Faults> {
        let judged = columns.rows(table, &reference.features, tell)?;
        Study::new(reference, lambda, failure_level, &table.file, &judged)
    }

    fn new(
        reference: Reference,
        lambda: f64,
        failure_level: Option<f64>,
        file: &str,
        judged: &Complete,
    ) -> Result<Study, Faults> {
        let scale = Scale::new(&reference, lambda, failure_level);
        let assessed = assess(&reference, &judged.values, lambda, scale);
        let mut runs = assessed.map_err(|error| error.of(file))?;
        for (run, row) in runs.iter_mut().zip(&judged.rows) {
            run.run = row + 1;
        }
        Ok(Study { reference, lambda, scale, runs })
    }

    /// The runs beyond the limit.
    pub fn alarms(&self) -> impl Iterator<Item = &RunHealth> {
        self.runs.iter().filter(|run| run.alarm)
    }
}

impl RunHealth {
    /// A sentence with the health at this run and the feature that contributes most.
    pub fn sentence(&self) -> String {
        let worst = self.contributions.first().map_or("", |c| c.feature.as_str());
        format!("health {:.2} at run {}, mostly {worst}", self.health, self.run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use libchar_core::Note;
    use libchar_core::table::columns::Na;

    const COLUMNS: Wanted<'_> = Wanted { features: &[], patterns: &[], ignore: &[], na: Na::Skip };

    /// Runs of two features without a pattern and a constant one; the tool is hot in the last
    /// `moved` runs.
    fn table(file: &str, runs: usize, moved: usize) -> Table {
        let csv = (0..runs).fold("run,temp_c,flow,valve\n".to_owned(), |csv, i| {
            let hot = if i + moved >= runs { 40.0 } else { 0.0 };
            let (temp, flow) = (900.0 + (i * 7 % 11) as f64 + hot, 50.0 + (i * 5 % 13) as f64);
            format!("{csv}{i},{temp},{flow},1\n")
        });
        Table::parse(file, csv.as_bytes()).unwrap()
    }

    fn asked() -> Asked<'static> {
        Asked { columns: COLUMNS, healthy: None, lambda: None, failure_level: None }
    }

    fn study(
        asked: Asked,
        table: &Table,
        healthy: Option<&Table>,
    ) -> (Result<Study, String>, Vec<Note>) {
        let mut notes = Vec::new();
        let found = asked.study(table, healthy, &mut |note| notes.push(note));
        (found.map_err(|faults| faults.to_string()), notes)
    }

    #[test]
    fn the_first_runs_are_the_reference_and_the_others_are_judged() {
        let (found, notes) = study(asked(), &table("t.csv", 60, 12), None);
        let found = found.unwrap();
        assert_eq!((found.reference.runs, found.runs.len(), found.runs[0].run), (30, 30, 31));
        assert_eq!((found.lambda, found.reference.features.len()), (LAMBDA, 2));
        let constant = "constant over the healthy runs, left out: valve".to_owned();
        assert_eq!(notes, [Note::Warning("features", constant)]);
        let first = found.alarms().next().unwrap();
        assert!((49..56).contains(&first.run), "{}", first.run);
        assert!(first.sentence().ends_with(&format!(" at run {}, mostly temp_c", first.run)));
        let half = Asked { healthy: Some(20), lambda: Some(0.5), ..asked() };
        let found = study(half, &table("t.csv", 60, 0), None).0.unwrap();
        assert_eq!((found.reference.runs, found.runs[0].run, found.lambda), (20, 21, 0.5));
    }

    #[test]
    fn runs_of_another_table_leave_all_to_be_judged() {
        let healthy = table("good.csv", 40, 0);
        let (found, _) = study(asked(), &table("t.csv", 8, 0), Some(&healthy));
        let found = found.unwrap();
        assert_eq!((found.reference.runs, found.runs.len(), found.runs[0].run), (40, 8, 1));
        let short = table("good.csv", 4, 0);
        let told = study(asked(), &healthy, Some(&short)).0.unwrap_err();
        assert!(told.starts_with("good.csv: a healthy reference needs at least 10 runs"), "{told}");
        let level = Asked { failure_level: Some(9.0), ..asked() };
        let known = study(level, &healthy, None).0.unwrap();
        assert_eq!(known.scale, Scale::FailureLevel { level: 9.0 });
    }

    #[test]
    fn a_table_of_healthy_runs_alone_leaves_none_and_named_features_stay() {
        let told = study(asked(), &table("t.csv", 30, 0), None).0.unwrap_err();
        let expected = "\n  expected more runs, a smaller --healthy, or --reference";
        assert_eq!(
            told,
            format!(
                "t.csv: all 30 runs are the healthy reference: none is left to judge{expected}"
            )
        );
        let named = ["valve".to_owned()];
        let columns = Wanted { features: &named, ..COLUMNS };
        let told = study(Asked { columns, ..asked() }, &table("t.csv", 60, 0), None).0.unwrap_err();
        assert_eq!(told, "t.csv: feature `valve` does not vary over the healthy runs");
    }

    #[test]
    fn a_known_reference_judges_every_run() {
        let reference = study(asked(), &table("t.csv", 60, 0), None).0.unwrap().reference;
        let table = table("new.csv", 6, 6);
        let found =
            Study::known(&table, &COLUMNS, reference.clone(), 0.3, None, &mut drop).unwrap();
        assert_eq!((found.runs.len(), found.runs[5].run, found.alarms().count() > 0), (6, 6, true));
        let other = Table::parse("o.csv", b"temp_c\n900\n").unwrap();
        assert!(Study::known(&other, &COLUMNS, reference, 0.3, None, &mut drop).is_err());
    }
}
