//! Options of a forecast, and the check whether a series is long enough for it.

use super::{LEAST_JUDGED, Settings};
use libchar_core::Refused;
use libchar_learn::series::{LEAST_VALUES, Method};

/// Number of simulated paths for the probability of a violation.
const PATHS: usize = 20_000;

/// Largest number of runs ahead.
const MOST_RUNS: usize = 1000;

/// Probability of a violation from which on it is a finding, unless another is given.
const RISK: f64 = 0.05;

/// Options for a forecast of the next runs of a series.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Name of the series.
    pub target: &'a str,
    /// Number of runs ahead.
    pub runs: usize,
    /// Methods to choose from; empty for all.
    pub methods: &'a [Method],
    /// Number of values before the first forecast by which methods are judged; `None` for 60 %.
    pub train_rows: Option<usize>,
    /// Share of values that may lie outside their intervals.
    pub alpha: f64,
    /// Lower limit.
    pub lower: Option<f64>,
    /// Upper limit.
    pub upper: Option<f64>,
    /// Probability of a violation from which on it is a finding.
    pub risk: Option<f64>,
    /// Seed of the simulated paths.
    pub seed: u64,
}

impl Asked<'_> {
    /// Checks the options without the series.
    ///
    /// # Errors
    /// The first number that is not valid.
    pub fn check(&self) -> Result<(), Refused> {
        let refuse = |found: String| Err(Refused::Usage(found));
        if !(self.alpha > 0.0 && self.alpha < 1.0) {
            return refuse(format!("--alpha {}: expected above 0, below 1", self.alpha));
        }
        if self.runs == 0 || self.runs > MOST_RUNS {
            return refuse(format!("--runs {}: expected 1 to {MOST_RUNS}", self.runs));
        }
        if let Some(risk) = self.risk {
            if self.limits().is_none() {
                return refuse(format!("--risk {risk}: state a limit by --lower or --upper"));
            }
            if !(risk > 0.0 && risk <= 1.0) {
                return refuse(format!("--risk {risk}: expected above 0, at most 1"));
            }
        }
        for (name, value) in [("--lower", self.lower), ("--upper", self.upper)] {
            if let Some(v) = value.filter(|v| !v.is_finite()) {
                return refuse(format!("{name} {v}: expected a finite number"));
            }
        }
        match (self.lower, self.upper) {
            (Some(low), Some(high)) if low >= high => refuse(format!(
                "--lower {low} --upper {high}: expected the lower limit below the upper"
            )),
            _ => Ok(()),
        }
    }

    fn limits(&self) -> Option<(f64, f64)> {
        (self.lower.is_some() || self.upper.is_some()).then_some((
            self.lower.unwrap_or(f64::NEG_INFINITY),
            self.upper.unwrap_or(f64::INFINITY),
        ))
    }

    /// Settings for a series of `values` values from `file`.
    ///
    /// # Errors
    /// Too few values, and training rows that leave too few to judge.
    pub fn settings(&self, file: &str, values: usize) -> Result<Settings, Refused> {
        let least = LEAST_VALUES + LEAST_JUDGED;
        if values < least {
            return Err(Refused::Usage(format!(
                "{file}: {values} values of `{}`: a forecast and its judgement need at least {least}",
                self.target
            )));
        }
        let most = values - LEAST_JUDGED;
        let train = self.train_rows.unwrap_or((values * 3 / 5).clamp(LEAST_VALUES, most));
        if !(LEAST_VALUES..=most).contains(&train) {
            return Err(Refused::Usage(format!(
                "--train-rows {train}: expected {LEAST_VALUES} to {most}, as {values} values are there and at least {LEAST_JUDGED} of them judge"
            )));
        }
        let methods =
            if self.methods.is_empty() { Method::ALL.to_vec() } else { self.methods.to_vec() };
        Ok(Settings {
            runs: self.runs,
            train,
            alpha: self.alpha,
            methods,
            limits: self.limits(),
            paths: PATHS,
            seed: self.seed,
        })
    }

    /// Probability of a violation from which on it is a finding.
    pub fn risk(&self) -> f64 {
        self.risk.unwrap_or(RISK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Asked<'static> {
        Asked {
            target: "y",
            runs: 10,
            methods: &[],
            train_rows: None,
            alpha: 0.05,
            lower: None,
            upper: Some(5.0),
            risk: None,
            seed: 1,
        }
    }

    #[test]
    fn numbers_that_cannot_be_are_refused_by_their_option() {
        assert_eq!(asked().check(), Ok(()));
        let told = |asked: Asked| asked.check().unwrap_err().to_string();
        for (wrong, expected) in [
            (Asked { alpha: 0.0, ..asked() }, "--alpha 0: expected above 0, below 1"),
            (Asked { runs: 1001, ..asked() }, "--runs 1001: expected 1 to 1000"),
            (
                Asked { risk: Some(0.1), upper: None, ..asked() },
                "--risk 0.1: state a limit by --lower or --upper",
            ),
            (Asked { risk: Some(1.5), ..asked() }, "--risk 1.5: expected above 0, at most 1"),
            (
                Asked { lower: Some(f64::INFINITY), ..asked() },
                "--lower inf: expected a finite number",
            ),
            (
                Asked { lower: Some(5.0), ..asked() },
                "--lower 5 --upper 5: expected the lower limit below the upper",
            ),
        ] {
            assert_eq!(told(wrong), expected);
        }
    }

    #[test]
    fn sixty_percent_train_and_enough_are_left_to_judge() {
        let settings = asked().settings("r.csv", 100).unwrap();
        assert_eq!((settings.train, settings.methods.len()), (60, Method::ALL.len()));
        assert_eq!(settings.limits, Some((f64::NEG_INFINITY, 5.0)));
        let least = LEAST_VALUES + LEAST_JUDGED;
        assert_eq!(asked().settings("r.csv", least).unwrap().train, LEAST_VALUES);
        let few = asked().settings("r.csv", least - 1).unwrap_err().to_string();
        assert!(few.starts_with(&format!("r.csv: {} values of `y`", least - 1)), "{few}");
        let late = Asked { train_rows: Some(91), ..asked() };
        let late = late.settings("r.csv", 100).unwrap_err().to_string();
        assert!(late.starts_with("--train-rows 91: expected ") && late.contains("to 90, as 100"));
    }
}
