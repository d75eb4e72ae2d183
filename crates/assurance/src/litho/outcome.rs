//! Measured results of jobs: reads them from a table, and compares them with predictions and
//! limits.

use super::anomaly::is_far;
use super::judge::Estimate;
use super::profile::{Limit, Profile};
use super::record::{Entry, SIGNALS, measurable};
use super::report::unit_of;
use libchar_core::input::Source;
use libchar_core::told::{Alert, Kept};
use libchar_core::{Fault, Faults, Frame, Table};
use std::collections::BTreeSet;

/// Columns that name the job, the time and the source of a measurement.
const ABOUT: [&str; 3] = ["job_id", "measured_at", "source"];

/// One measured value.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// The job.
    pub job_id: String,
    /// Name of the result.
    pub measure: String,
    /// Its value.
    pub value: f64,
    /// When it was measured, if the row contains it.
    pub measured_at: Option<String>,
    /// Where it was measured, if the row contains it.
    pub source: Option<String>,
}

/// Reads measured results of jobs: one row per job with `job_id`, any of the results, and
/// optionally `measured_at` and `source`.
///
/// # Errors
/// Unknown columns, jobs that are not among `jobs`, cells that are not numbers, rows without a
/// result.
pub fn read(input: &Source, jobs: &BTreeSet<String>) -> Result<Vec<Arrival>, Faults> {
    let table = Table::parse(&input.name, &input.bytes)?;
    let mut faults: Vec<Fault> = table.column("job_id").err().into_iter().collect();
    let known = || ABOUT.into_iter().chain(SIGNALS.into_iter().filter(|name| measurable(name)));
    for (i, name) in table.columns.iter().enumerate() {
        if !known().any(|own| own == name) {
            let fault = table.header_fault(i, format!("unknown column `{name}`"));
            faults.push(fault.one_of(name, known()));
        }
    }
    if table.is_empty() {
        faults.push(Fault::of(&table.file, "no outcome: the table has no rows"));
    }
    Faults::or((), faults)?;
    let (mut arrivals, mut faults) = (Vec::new(), Vec::new());
    for row in 0..table.len() {
        let cell = |name: &str| filled(&table, row, name);
        let job_id = cell("job_id").unwrap_or_default();
        if !jobs.contains(&job_id) {
            let column = table.find_column("job_id").unwrap_or(0);
            let fault = table.fault(row, column, format!("no job `{job_id}` in the record"));
            faults.push(fault.one_of(&job_id, jobs.iter().map(String::as_str).take(20)));
            continue;
        }
        let before = arrivals.len() + faults.len();
        for (column, name) in table.columns.iter().enumerate().filter(|(_, n)| measurable(n)) {
            if table.cell(row, column).trim().is_empty() {
                continue;
            }
            match table.number(row, column) {
                Ok(value) => arrivals.push(Arrival {
                    job_id: job_id.clone(),
                    measure: name.clone(),
                    value,
                    measured_at: cell("measured_at"),
                    source: cell("source"),
                }),
                Err(fault) => faults.push(fault),
            }
        }
        if arrivals.len() + faults.len() == before {
            let fault = table.row_fault(row, format!("nothing was measured for `{job_id}`"));
            faults.push(fault.expected("a number in one of the result columns"));
        }
    }
    Faults::or(arrivals, faults)
}

/// The text of a cell, if the table has the column and the cell is not empty.
pub(super) fn filled(table: &Table, row: usize, name: &str) -> Option<String> {
    let text = table.find_column(name).map_or("", |column| table.cell(row, column)).trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A measured value, and what was known of it before.
#[derive(Clone, Debug)]
pub struct Outcome {
    job_id: String,
    measure: String,
    value: f64,
    said: Estimate,
    simulated: Option<f64>,
    /// The limit that it misses, as text.
    missed: Option<String>,
}

impl Outcome {
    /// Compares a value with a job's entry in the record, and with the limits with which the job
    /// was submitted.
    pub fn of(entry: &Entry, limits: Option<&Profile>, measure: &str, value: f64) -> Outcome {
        let missed = limits.and_then(|profile| {
            let own = |limit: &&Limit| limit.target == measure && limit.violated(value);
            profile.limits.iter().find(own).map(Limit::text)
        });
        Outcome {
            job_id: entry.id.clone(),
            measure: measure.to_owned(),
            value,
            said: entry.said(measure),
            simulated: entry.simulated.get(measure).copied(),
            missed,
        }
    }

    /// Numbers for the history.
    pub fn kept(&self) -> Kept {
        Kept {
            point: Some(self.job_id.clone()),
            measure: format!("measured_{}", self.measure),
            value: Some(self.value),
            unit: unit_of(&self.measure),
            status: if self.missed.is_some() { "fails" } else { "ok" }.to_owned(),
        }
    }

    /// An alert, if the value misses a limit or is far from the prediction.
    pub fn alert(&self) -> Option<Alert> {
        let (severity, kind, what) = match &self.missed {
            Some(limit) => ("CRITICAL", "constraint_violation", format!("misses {limit}")),
            None if is_far(self.value, self.said.low, self.said.high) => {
                ("WARN", "prediction_missed", "lies far from what was predicted".to_owned())
            }
            None => return None,
        };
        let Outcome { job_id, measure, value, .. } = self;
        Some(Alert {
            severity,
            kind,
            job: Some(job_id.clone()),
            message: format!("{job_id}: measured {measure} {value} {what}"),
            advice: Some("retrain on the record: libchar litho-predict retrain".to_owned()),
        })
    }
}

/// One row per measured value.
pub fn frame(outcomes: &[Outcome]) -> Frame {
    Frame::of(
        "libchar.litho-outcomes",
        1,
        outcomes,
        &[
            ("job_id", |o| o.job_id.as_str().into()),
            ("measure", |o| o.measure.as_str().into()),
            ("measured", |o| o.value.into()),
            ("predicted", |o| o.said.value.into()),
            ("predicted_low", |o| o.said.low.into()),
            ("predicted_high", |o| o.said.high.into()),
            ("simulated", |o| o.simulated.into()),
            ("within", |o| o.said.holds(o.value).into()),
            ("misses", |o| o.missed.clone().into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<Vec<Arrival>, String> {
        let source = Source { name: "o.csv".to_owned(), bytes: text.as_bytes().to_vec() };
        let jobs = ["a", "b"].map(str::to_owned).into();
        read(&source, &jobs).map_err(|faults| faults.to_string())
    }

    #[test]
    fn every_filled_result_arrives_with_its_place_and_time() {
        let found = told("job_id,nils,cd_nm,source\na,1.5,,sem 2\nb,1.6,20.5,\n").unwrap();
        let rows: Vec<_> = found.iter().map(|a| (&*a.job_id, &*a.measure, a.value)).collect();
        assert_eq!(rows, [("a", "nils", 1.5), ("b", "nils", 1.6), ("b", "cd_nm", 20.5)]);
        assert_eq!((found[0].source.as_deref(), found[1].source.as_deref()), (Some("sem 2"), None));
    }

    #[test]
    fn all_faults_have_their_places() {
        let header = told("job,nills\na,1\n").unwrap_err();
        assert!(
            header.contains("unknown column `nills`") && header.contains("did you mean `nils`?")
        );
        assert!(told("job_id,nils\n").unwrap_err().contains("no outcome: the table has no rows"));
        let rows = told("job_id,nils,meef\nc,1,1\na,x,\nb,,\n").unwrap_err();
        for expected in [
            "o.csv:2:1: no job `c` in the record",
            "o.csv:3:3:",
            "o.csv:4: nothing was measured for `b`",
        ] {
            assert!(rows.contains(expected), "{expected}\n{rows}");
        }
    }

    fn outcome(value: f64) -> Outcome {
        let said = r#"{"results": {"nils": {"value": 2.0, "low": 1.9, "high": 2.1}}}"#;
        let entry = Entry::read(("a", "t"), "{}", Some(said), None);
        let limits = vec![Limit { target: "nils", value: 1.2, above: false }];
        Outcome::of(&entry, Some(&Profile { limits, warn: 0.1, block: 0.5 }), "nils", value)
    }

    /// The interval is 0.2 wide: values outside of 1.8 to 2.2, two half widths from its middle, are
    /// far.
    #[test]
    fn a_missed_limit_goes_before_a_missed_prediction() {
        let found: Vec<_> =
            [2.0, 2.15, 2.25, 1.1].iter().map(|v| outcome(*v).alert().map(|a| a.kind)).collect();
        let far = Some("prediction_missed");
        assert_eq!(found, [None, None, far, Some("constraint_violation")]);
        let alert = outcome(1.1).alert().unwrap();
        assert_eq!(alert.message, "a: measured nils 1.1 misses nils >= 1.2");
        assert_eq!((alert.severity, outcome(1.1).kept().status.as_str()), ("CRITICAL", "fails"));
        let csv = String::from_utf8(frame(&[outcome(2.15), outcome(1.1)]).to_csv()).unwrap();
        assert!(csv.contains("a,nils,2.15,2,1.9,2.1,,false,\n"), "{csv}");
        assert!(csv.contains("a,nils,1.1,2,1.9,2.1,,false,nils >= 1.2\n"), "{csv}");
    }
}
