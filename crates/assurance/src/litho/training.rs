//! Trains a model on one part of the jobs with known results, calibrates on a second and tests on a
//! third.

use super::TrustError;
use super::evaluate::{Report, evaluate};
use super::known::Known;
use crate::gate::Gate;
use libchar_core::Refused;
use libchar_core::told::{Kept, Metric};
use libchar_learn::artifact;
use libchar_learn::train::{Settings, train};
use std::ops::Range;

/// The default parts of the rows, in percent: training ends at the first number, calibration at the
/// second; the rest tests.
const SHARES_PCT: (usize, usize) = (60, 75);

/// Options that name the parts.
const NAMES: [&str; 3] = ["--train-rows", "--calibrate-rows", "--test-rows"];

/// Reads a range of rows such as `0-2399`, from 0, both ends included.
///
/// # Errors
/// Text that is not such a range, as a sentence.
pub fn rows(text: &str) -> Result<Range<usize>, String> {
    let wrong = || format!("`{text}` is not a range of rows such as 0-2399");
    let (first, last) = text.split_once('-').ok_or_else(wrong)?;
    let (first, last): (usize, usize) =
        (first.trim().parse().map_err(|_| wrong())?, last.trim().parse().map_err(|_| wrong())?);
    if first > last || last == usize::MAX {
        return Err(format!("`{text}` has no rows: the last one comes before the first"));
    }
    Ok(first..last + 1)
}

/// The three parts of the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Rows to fit on.
    pub train: Range<usize>,
    /// Rows to calibrate intervals on.
    pub calibrate: Range<usize>,
    /// Rows to test on.
    pub test: Range<usize>,
}

impl Parts {
    /// The parts of `rows` rows: those that are given, in the order of the fields, else 60 %, 15 %
    /// and the rest.
    ///
    /// # Errors
    /// Rows that do not exist, and parts that overlap.
    pub fn of(rows: usize, given: [Option<Range<usize>>; 3]) -> Result<Parts, Refused> {
        let (fit, held) = (rows * SHARES_PCT.0 / 100, rows * SHARES_PCT.1 / 100);
        let [train, calibrate, test] = given;
        let parts = Parts {
            train: train.unwrap_or(0..fit),
            calibrate: calibrate.unwrap_or(fit..held),
            test: test.unwrap_or(held..rows),
        };
        let ranges = [&parts.train, &parts.calibrate, &parts.test];
        for (i, (name, range)) in NAMES.iter().zip(ranges).enumerate() {
            if range.end > rows {
                return Err(Refused::Usage(format!(
                    "{name}: row {} of {rows}, counted from 0",
                    range.end - 1
                )));
            }
            let shares = |other: &usize| {
                range.start < ranges[*other].end && ranges[*other].start < range.end
            };
            if let Some(other) = (0..i).find(shares) {
                return Err(Refused::Usage(format!(
                    "{} and {name} share rows: a model must not be judged on what it learned",
                    NAMES[other]
                )));
            }
        }
        Ok(parts)
    }
}

/// A model with its evaluation, in the form in which it is written.
pub struct Trained {
    /// The evaluation.
    pub report: Report,
    /// The bytes of the model file.
    pub bytes: Vec<u8>,
}

impl Trained {
    /// Fits, calibrates and tests on three parts of the rows.
    ///
    /// # Errors
    /// Jobs that the features cannot express; [`TrustError::Learn`] for parts that are too small.
    pub fn of(known: &Known, parts: Parts, settings: &Settings) -> Result<Trained, TrustError> {
        let names = known.names(parts.train.clone());
        let fit = known.rows(parts.train.clone(), &names)?;
        let held = known.rows(parts.calibrate, &names)?;
        let test = known.rows(parts.test.clone(), &names)?;
        let model = train(&names, &fit, &held, settings)?;
        let rows = parts.train.len();
        let report = evaluate(&model, known, parts.test, &test, rows, &held)?;
        Ok(Trained { report, bytes: artifact::encode(&model) })
    }
}

/// Numbers for the history: the accuracy of the model over all results and by result.
pub fn kept(report: &Report) -> Vec<Kept> {
    let mut all = vec![
        Kept::of("r2_mean", report.r2_mean.unwrap_or(f64::NAN)),
        Kept::of("within_tolerance", report.within_tolerance),
        Kept::of("error_mean", report.error_mean),
    ];
    for t in &report.targets {
        let values = [("r2", t.r2.unwrap_or(f64::NAN)), ("rmse", t.rmse), ("coverage", t.coverage)];
        all.extend(values.map(|(measure, value)| Kept::of(measure, value).at(&t.target)));
    }
    all
}

/// The accuracy of the newest model as a metric.
pub fn accuracy(r2_mean: Option<f64>) -> Option<Metric> {
    let help = "Mean R2 of the model on its test rows";
    Some(Metric::gauge("lto_model_accuracy_score", help, &[], r2_mean?))
}

/// Gates as metrics.
pub fn gate_metrics(gates: &[Gate]) -> Vec<Metric> {
    let help = "Whether the newest model passes";
    let one = |gate: &Gate| {
        let passed = f64::from(u8::from(gate.passed));
        Metric::gauge("lto_gate_passed", help, &[("gate", gate.gate.as_str())], passed)
    };
    let r2 = gates.iter().find(|gate| gate.gate == "r2_mean").and_then(|gate| gate.found);
    gates.iter().map(one).chain(accuracy(r2)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_both_of_its_ends() {
        assert_eq!(rows("0-2399"), Ok(0..2400));
        assert_eq!(rows(" 7 - 7 "), Ok(7..8));
        assert_eq!(rows("5"), Err("`5` is not a range of rows such as 0-2399".to_owned()));
        assert!(rows("a-3").is_err() && rows("9-8").unwrap_err().contains("comes before"));
        assert!(rows(&format!("0-{}", usize::MAX)).is_err());
    }

    #[test]
    fn parts_are_sixty_fifteen_and_the_rest_unless_they_are_given() {
        let parts = Parts::of(200, [None, None, None]).unwrap();
        assert_eq!((parts.train, parts.calibrate, parts.test), (0..120, 120..150, 150..200));
        let given = Parts::of(200, [Some(0..50), Some(50..80), Some(80..90)]).unwrap();
        assert_eq!((given.calibrate, given.test), (50..80, 80..90));
    }

    #[test]
    fn parts_that_are_not_there_or_overlap_are_refused() {
        let told = |given| Parts::of(100, given).unwrap_err().to_string();
        assert_eq!(
            told([None, None, Some(90..101)]),
            "--test-rows: row 100 of 100, counted from 0"
        );
        assert_eq!(
            told([None, Some(59..70), None]),
            "--train-rows and --calibrate-rows share rows: a model must not be judged on what it learned"
        );
        let train = told([Some(80..90), Some(0..10), None]);
        assert!(train.starts_with("--train-rows and --test-rows share rows"), "{train}");
    }

    #[test]
    fn a_gate_without_a_number_is_not_passed_and_sets_no_accuracy() {
        let gates = [Gate::at_least("r2_mean", None, 0.9), Gate::at_most("excess", Some(1.0), 3.0)];
        let metrics = gate_metrics(&gates);
        assert_eq!(metrics.iter().map(|m| m.value).collect::<Vec<_>>(), [0.0, 1.0]);
        let gates = [Gate::at_least("r2_mean", Some(0.95), 0.9)];
        let last = gate_metrics(&gates).pop().unwrap();
        assert_eq!((last.name.as_str(), last.value), ("lto_model_accuracy_score", 0.95));
    }
}
