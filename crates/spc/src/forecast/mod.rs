//! Forecast: the probability that a tool fails within its next runs.

mod clusters;
mod fitted;
mod history;
mod judge;
mod life;
mod logistic;
mod model;
mod predictors;
mod recommend;
mod report;
pub mod request;
mod response;
mod risk;
mod wiener;

pub use fitted::{Fitted, Outside};
pub use history::History;
pub use judge::{CalibrationRow, Intervals, Judgement, judge};
pub use life::{Life, Predicted};
pub use logistic::{Logistic, sigmoid};
pub use model::{Classifier, Model, SMALLEST_FAILURES, Settings};
pub use recommend::{Recommendation, Urgency};
pub use report::Judged;
pub use response::{Question, Response, Status, respond};
pub use risk::RiskLevel;
pub use wiener::{SMALLEST_INCREMENTS, Wiener};

use crate::SpcError;
use crate::health::{Reference, Scale, assess};
use serde::Serialize;

/// How a probability was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// A classifier fitted to recorded failures and calibrated on lives that it had not seen.
    Classifier,
    /// First passage of the smoothed ln T² through the failure level, as a Wiener process whose
    /// drift is estimated from the tool's own path.
    WienerFirstPassage,
}

/// The probability of a failure within a number of runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// The probability; `None` if the data do not suffice.
    pub failure_probability: Option<f64>,
    /// How it was computed; `None` without a probability.
    pub method: Option<Method>,
    /// Whether the probability was calibrated on recorded failures.
    pub calibrated: bool,
    /// Why there is no probability, or only an uncalibrated one.
    pub reasons: Vec<String>,
}

/// What is known in addition to the tool's own runs.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'a> {
    /// The healthy reference.
    pub reference: &'a Reference,
    /// Weight of the newest run in the smoothed features.
    pub lambda: f64,
    /// A classifier, if enough failures were recorded.
    pub classifier: Option<&'a Classifier>,
    /// Smoothed ln T² at which tools fail, if known.
    pub failure_level: Option<f64>,
}

impl<'a> From<&'a Model> for Knowledge<'a> {
    fn from(model: &'a Model) -> Self {
        Self {
            reference: &model.reference,
            lambda: model.lambda,
            classifier: model.classifier.as_ref(),
            failure_level: model.failure_level,
        }
    }
}

/// Forecasts from the runs of one tool, in order, since it was last healthy.
///
/// The classifier is used for its own horizon only. Other horizons, and tools whose kind has too
/// few recorded failures, get the first-passage probability, which is marked as not calibrated.
///
/// # Errors
///
/// [`SpcError::OutOfRange`] for a horizon of 0 runs, [`SpcError::TooFew`] without runs, and rows
/// that do not fit the reference.
pub fn forecast(
    knowledge: Knowledge<'_>,
    rows: &[Vec<f64>],
    horizon_runs: usize,
) -> Result<Forecast, SpcError> {
    if horizon_runs == 0 {
        return Err(SpcError::OutOfRange {
            name: "lookahead_runs",
            value: 0.0,
            expected: "at least 1 run",
        });
    }
    if rows.is_empty() {
        return Err(SpcError::TooFew { what: "a forecast", needed: 1, unit: "runs", found: 0 });
    }
    let Knowledge { reference, lambda, classifier, failure_level } = knowledge;
    let scale = Scale::new(reference, lambda, failure_level);
    let runs = assess(reference, rows, lambda, scale)?;
    let mut reasons = Vec::new();
    match classifier {
        Some(classifier) if classifier.horizon_runs == horizon_runs => {
            let probability = predictors::predictors(reference, lambda, rows)
                .last()
                .map(|row| classifier.probability(row));
            return Ok(Forecast {
                failure_probability: probability,
                method: Some(Method::Classifier),
                calibrated: true,
                reasons,
            });
        }
        Some(classifier) => {
            reasons.push(format!(
                "the classifier foresees {} runs, not {horizon_runs}",
                classifier.horizon_runs
            ));
        }
        None => reasons.push("no classifier was fitted to recorded failures".to_owned()),
    }
    let nothing =
        |reasons| Forecast { failure_probability: None, method: None, calibrated: false, reasons };
    let Some(level) = failure_level else {
        reasons.push("insufficient data: no failure level is known".to_owned());
        return Ok(nothing(reasons));
    };
    // A stride of one smoothing window, so that overlapping windows are not counted twice.
    let stride = (1.0 / lambda).ceil() as usize;
    let path: Vec<f64> = runs.iter().map(|run| run.ewma_log_t2).collect();
    let Some(wiener) = Wiener::estimate(&path, stride) else {
        let needed = SMALLEST_INCREMENTS * stride + 1;
        reasons.push(format!(
            "insufficient data: a first passage needs {needed} runs, found {}",
            path.len()
        ));
        return Ok(nothing(reasons));
    };
    let distance = level - path[path.len() - 1];
    Ok(Forecast {
        failure_probability: Some(wiener.passage(distance, horizon_runs as f64)),
        method: Some(Method::WienerFirstPassage),
        calibrated: false,
        reasons,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::noise::Noise;

    /// Tools whose two features drift apart at a rate of their own, and which fail when the wear
    /// reaches 1.
    fn lives(count: u64, failed: bool) -> Vec<Life> {
        (0..count)
            .map(|i| {
                let mut noise = Noise::new(17, i);
                let pace = 0.008 + 0.008 * noise.uniform();
                let length = (1.0 / pace) as usize;
                let rows = (0..length)
                    .map(|t| {
                        let wear = (pace * t as f64).powi(2);
                        vec![
                            100.0 + 6.0 * wear + noise.normal(),
                            5.0 - 0.5 * wear + 0.2 * noise.normal(),
                        ]
                    })
                    .collect();
                Life { unit: format!("tool {i}"), rows, failed }
            })
            .collect()
    }

    fn features() -> Vec<String> {
        ["temp_c", "flow"].map(String::from).into()
    }

    #[test]
    fn a_classifier_learns_from_recorded_failures() {
        let all = lives(60, true);
        let settings = Settings { horizon_runs: 15, healthy_runs: 15, ..Settings::default() };
        let model = Model::fit(&features(), &all[..40], settings).unwrap();
        let verdict = model.judge(&all[40..]).unwrap();
        assert!(verdict.auc.unwrap() > 0.95 && verdict.brier_skill.unwrap() > 0.5, "{verdict:?}");
        let own = model.classifier.as_ref().unwrap().cross_validation.brier_skill.unwrap();
        assert!((own - verdict.brier_skill.unwrap()).abs() < 0.15);
        let life = &all[50].rows;
        let early = forecast((&model).into(), &life[..20], 15).unwrap();
        let late = forecast((&model).into(), &life[..life.len() - 3], 15).unwrap();
        assert!(
            early.failure_probability.unwrap() < 0.1 && late.failure_probability.unwrap() > 0.6,
            "{early:?} {late:?}"
        );
        assert!(late.calibrated && late.method == Some(Method::Classifier));
    }

    #[test]
    fn few_failures_give_a_first_passage_that_says_so() {
        let all = lives(19, true);
        let model = Model::fit(&features(), &all, Settings::default()).unwrap();
        assert!(model.classifier.is_none() && model.failure_level.is_some());
        let runs = &all[3].rows;
        let late = forecast((&model).into(), &runs[..runs.len() - 2], 30).unwrap();
        assert_eq!((late.method, late.calibrated), (Some(Method::WienerFirstPassage), false));
        assert!(late.failure_probability.unwrap() > 0.3, "{late:?}");
        let short = forecast((&model).into(), &runs[..20], 30).unwrap();
        assert_eq!(short.failure_probability, None);
        assert_eq!(short.reasons[1], "insufficient data: a first passage needs 51 runs, found 20");
        assert!(model.judge(&all).unwrap_err().to_string().contains("19 failures"));
    }

    #[test]
    fn without_a_failure_there_is_no_failure_level() {
        let model = Model::fit(&features(), &lives(30, false), Settings::default()).unwrap();
        assert_eq!((model.failures, model.failure_level), (0, None));
        let answer = forecast((&model).into(), &lives(1, false)[0].rows, 30).unwrap();
        assert_eq!(answer.failure_probability, None);
        assert_eq!(answer.reasons[1], "insufficient data: no failure level is known");
    }

    #[test]
    fn another_horizon_is_not_answered_by_the_classifier() {
        let model = Model::fit(&features(), &lives(25, true), Settings::default()).unwrap();
        let answer = forecast((&model).into(), &lives(1, true)[0].rows, 45).unwrap();
        assert!(!answer.calibrated);
        assert_eq!(answer.reasons[0], "the classifier foresees 30 runs, not 45");
    }

    #[test]
    fn a_model_survives_its_file() {
        let model = Model::fit(&features(), &lives(25, true), Settings::default()).unwrap();
        let text = serde_json::to_string(&model).unwrap();
        let back: Model = serde_json::from_str(&text).unwrap();
        let rows = &lives(1, true)[0].rows;
        let answer =
            |model: &Model| forecast(model.into(), rows, 30).unwrap().failure_probability.unwrap();
        assert!((answer(&model) - answer(&back)).abs() < 1e-12);
    }

    #[test]
    fn broken_sensors_give_probabilities_all_the_same() {
        let model = Model::fit(&features(), &lives(25, true), Settings::default()).unwrap();
        for absurd in [1e300, -1e300, 0.0] {
            let answer = forecast((&model).into(), &[vec![absurd, absurd]], 30).unwrap();
            assert!((0.0..=1.0).contains(&answer.failure_probability.unwrap()), "{answer:?}");
        }
        assert!(forecast((&model).into(), &[vec![f64::NAN, 1.0]], 30).is_err());
        assert!(forecast((&model).into(), &[], 30).is_err());
        assert!(forecast((&model).into(), &[vec![1.0, 1.0]], 0).is_err());
    }
}
