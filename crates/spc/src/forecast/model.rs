//! A forecast model, fitted to recorded lives of tools.

use super::clusters::judge_lives;
use super::fitted::{Fitted, Outside};
use super::judge::{Judgement, judge};
use super::life::{Life, Predicted};
use super::logistic::Logistic;
use super::predictors::{self, predictors};
use crate::health::{LAMBDA, Reference, Scale, assess};
use crate::{SpcError, health};
use serde::{Deserialize, Serialize};

/// Smallest number of recorded failures for which a classifier is fitted.
pub const SMALLEST_FAILURES: usize = 20;
/// Ridge penalties to try, from weak to strong.
const RIDGES: [f64; 4] = [0.1, 1.0, 10.0, 100.0];
/// Number of folds of the cross-validation; a life is never split between folds.
const FOLDS: usize = 5;

/// Settings of a fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Number of runs within which a failure is to be predicted, at least 1.
    pub horizon_runs: usize,
    /// Number of runs at the start of each life that are taken as healthy.
    pub healthy_runs: usize,
    /// Weight of the newest run in the smoothed features.
    pub lambda: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { horizon_runs: 30, healthy_runs: 20, lambda: LAMBDA }
    }
}

/// A fitted model, as it is stored in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// The healthy reference.
    pub reference: Reference,
    /// Weight of the newest run in the smoothed features.
    pub lambda: f64,
    /// Median smoothed ln T² at the recorded failures; `None` if there are none.
    pub failure_level: Option<f64>,
    /// Number of recorded failures.
    pub failures: usize,
    /// Number of recorded lives, failed or not.
    pub lives: usize,
    /// The classifier; `None` for fewer than [`SMALLEST_FAILURES`] failures.
    pub classifier: Option<Classifier>,
    /// Summary of the healthy runs of the fitted tools; absent in older models and for fewer than
    /// three lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fitted: Option<Fitted>,
}

/// A probability of failure within a fixed number of runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Classifier {
    /// Number of runs within which the failure is predicted.
    pub horizon_runs: usize,
    /// Ridge penalty chosen by cross-validation.
    pub ridge: f64,
    /// The regression, whose log odds are calibrated afterwards.
    pub regression: Logistic,
    /// Maps log odds to calibrated log odds (Platt scaling on predictions for lives that the
    /// regression had not seen).
    pub calibration: Logistic,
    /// Quality of the calibrated probabilities on such lives.
    pub cross_validation: Judgement,
}

impl Model {
    /// Fits a model to recorded lives.
    ///
    /// # Errors
    ///
    /// [`SpcError::OutOfRange`] for bad settings, [`SpcError::TooFew`] without lives, and what
    /// [`Reference::fit`] refuses.
    pub fn fit(features: &[String], lives: &[Life], settings: Settings) -> Result<Self, SpcError> {
        if settings.horizon_runs == 0 {
            return Err(SpcError::OutOfRange {
                name: "horizon",
                value: 0.0,
                expected: "at least 1 run",
            });
        }
        if settings.healthy_runs == 0 {
            return Err(SpcError::OutOfRange {
                name: "healthy runs",
                value: 0.0,
                expected: "at least 1 run",
            });
        }
        let healthy: Vec<Vec<f64>> = lives
            .iter()
            .flat_map(|life| life.rows.iter().take(settings.healthy_runs).cloned())
            .collect();
        let reference = Reference::fit(features, &healthy)?;
        let failures = lives.iter().filter(|life| life.failed).count();
        let mut model = Self {
            reference,
            lambda: settings.lambda,
            failure_level: None,
            failures,
            lives: lives.len(),
            classifier: None,
            fitted: None,
        };
        model.fitted = Fitted::new(&model.reference, lives, settings.healthy_runs);
        model.failure_level = model.median_at_failure(lives)?;
        if failures >= SMALLEST_FAILURES {
            model.classifier = model.fit_classifier(lives, settings.horizon_runs)?;
        }
        Ok(model)
    }

    /// Checks a model that was read from a file: every part has the length that the features
    /// require, and all numbers are finite.
    ///
    /// # Errors
    ///
    /// [`SpcError::Invalid`] with a description of what does not match.
    pub fn check(&self) -> Result<(), SpcError> {
        let Reference { features, mean, sd, precision, log_t2_mean, log_t2_sd, .. } =
            &self.reference;
        let p = features.len();
        let finite = |values: &[f64]| values.iter().all(|x| x.is_finite());
        let whole = p > 0
            && mean.len() == p
            && sd.len() == p
            && precision.len() == p
            && precision.iter().all(|row| row.len() == p && finite(row))
            && finite(mean)
            && sd.iter().all(|s| s.is_finite() && *s > 0.0)
            && finite(&[*log_t2_mean, *log_t2_sd])
            && *log_t2_sd > 0.0;
        if !whole {
            return Err(SpcError::Invalid("the reference does not fit its features".to_owned()));
        }
        if !(self.lambda > 0.0 && self.lambda <= 1.0) {
            return Err(SpcError::Invalid(format!(
                "lambda {} is not above 0 and at most 1",
                self.lambda
            )));
        }
        if let Some(fitted) = &self.fitted {
            let fits = fitted.lives > 2
                && fitted.mean.len() == p
                && fitted.sd.len() == p
                && finite(&fitted.mean)
                && finite(&fitted.sd);
            if !fits {
                return Err(SpcError::Invalid(
                    "the tools of the fit do not fit its features".to_owned(),
                ));
            }
        }
        if let Some(Classifier { horizon_runs, regression, calibration, .. }) = &self.classifier {
            let fits = *horizon_runs > 0
                && regression.coefficients.len() == predictors::count(p)
                && calibration.coefficients.len() == 1
                && finite(&regression.coefficients)
                && finite(&calibration.coefficients)
                && finite(&[regression.intercept, calibration.intercept]);
            if !fits {
                return Err(SpcError::Invalid(
                    "the classifier does not fit the features".to_owned(),
                ));
            }
        }
        Ok(())
    }

    fn median_at_failure(&self, lives: &[Life]) -> Result<Option<f64>, SpcError> {
        let scale = Scale::new(&self.reference, self.lambda, None);
        let mut levels = Vec::new();
        for life in lives.iter().filter(|life| life.failed) {
            let runs = assess(&self.reference, &life.rows, self.lambda, scale)?;
            levels.extend(runs.last().map(|run| run.ewma_log_t2));
        }
        levels.sort_by(f64::total_cmp);
        let n = levels.len();
        Ok((n > 0).then(|| f64::midpoint(levels[(n - 1) / 2], levels[n / 2])))
    }

    fn fit_classifier(
        &self,
        lives: &[Life],
        horizon_runs: usize,
    ) -> Result<Option<Classifier>, SpcError> {
        let samples = lives
            .iter()
            .map(|life| self.samples(life, horizon_runs))
            .collect::<Result<Vec<_>, _>>()?;
        let tried =
            RIDGES.iter().filter_map(|ridge| Some((*ridge, cross_validate(&samples, *ridge)?)));
        let loss = |unseen: &[(f64, bool)]| -> f64 {
            unseen.iter().map(|(odds, event)| log_loss(*odds, *event)).sum()
        };
        let best = tried.min_by(|a, b| loss(&a.1).total_cmp(&loss(&b.1)));
        let Some((ridge, unseen)) = best else { return Ok(None) };
        let odds: Vec<Vec<f64>> = unseen.iter().map(|(odds, _)| vec![*odds]).collect();
        let events: Vec<bool> = unseen.iter().map(|(_, event)| *event).collect();
        let Some(calibration) = Logistic::fit(&odds, &events, 1e-6) else { return Ok(None) };
        let calibrated: Vec<(f64, bool)> = odds
            .iter()
            .zip(&events)
            .map(|(odds, event)| (calibration.probability(odds), *event))
            .collect();
        let Some(regression) = fit_to(samples.iter(), ridge) else { return Ok(None) };
        Ok(Some(Classifier {
            horizon_runs,
            ridge,
            regression,
            calibration,
            cross_validation: judge(&calibrated),
        }))
    }

    /// The predictors and the outcome of every run whose outcome is known.
    fn samples(&self, life: &Life, horizon_runs: usize) -> Result<Samples, SpcError> {
        health::check_rows(&self.reference, &life.rows)?;
        let rows = predictors(&self.reference, self.lambda, &life.rows);
        let known = rows.into_iter().enumerate();
        Ok(known.filter_map(|(i, row)| Some((row, outcome(life, i, horizon_runs)?))).collect())
    }

    /// Scores of the probabilities for every run of other lives whose outcome is known, which
    /// judges the classifier on lives that it has not seen.
    ///
    /// # Errors
    ///
    /// [`SpcError::Invalid`] without a classifier, or for rows that do not fit the reference.
    pub fn judge(&self, lives: &[Life]) -> Result<Judgement, SpcError> {
        let predicted = self.predict(lives)?;
        let known = predicted
            .chunk_by(|a, b| a.unit == b.unit)
            .map(|runs| {
                runs.iter().filter_map(|run| Some((run.probability, run.failed?))).collect()
            })
            .collect::<Vec<Vec<(f64, bool)>>>();
        if known.iter().all(Vec::is_empty) {
            return Err(SpcError::TooFew {
                what: "a judgement",
                needed: 1,
                unit: "runs with a known outcome",
                found: 0,
            });
        }
        Ok(judge_lives(&known))
    }

    /// The probability of every run of other lives, with the outcome.
    ///
    /// # Errors
    ///
    /// [`SpcError::Invalid`] without a classifier, or for rows that do not fit the reference.
    pub fn predict(&self, lives: &[Life]) -> Result<Vec<Predicted>, SpcError> {
        let Some(classifier) = &self.classifier else {
            return Err(SpcError::Invalid(format!(
                "the model has no classifier: it rests on {} failures, and {SMALLEST_FAILURES} are needed",
                self.failures
            )));
        };
        let mut predicted = Vec::new();
        for life in lives {
            health::check_rows(&self.reference, &life.rows)?;
            let rows = predictors(&self.reference, self.lambda, &life.rows);
            predicted.extend(rows.iter().enumerate().map(|(i, row)| Predicted {
                unit: life.unit.clone(),
                run: i + 1,
                probability: classifier.probability(row),
                failed: outcome(life, i, classifier.horizon_runs),
            }));
        }
        Ok(predicted)
    }

    /// Features of `lives` outside the range of the tools that the model was fitted to; empty if
    /// the model does not contain that range.
    pub fn outside(&self, lives: &[Life]) -> Vec<Outside> {
        let Some(fitted) = &self.fitted else { return Vec::new() };
        lives.iter().flat_map(|life| fitted.outside(&self.reference, life)).collect()
    }
}

/// Whether a failure occurred within the horizon after run `i`. `None` for the last runs of a life
/// that did not fail, whose outcome is unknown.
fn outcome(life: &Life, i: usize, horizon_runs: usize) -> Option<bool> {
    let n = life.rows.len();
    (life.failed || i + horizon_runs < n).then(|| life.failed && n - 1 - i <= horizon_runs)
}

impl Classifier {
    /// Calibrated probability for one row of predictors.
    pub(super) fn probability(&self, predictors: &[f64]) -> f64 {
        self.calibration.probability(&[self.regression.log_odds(predictors)])
    }
}

type Samples = Vec<(Vec<f64>, bool)>;

fn fit_to<'a>(samples: impl Iterator<Item = &'a Samples>, ridge: f64) -> Option<Logistic> {
    let (rows, events): (Vec<Vec<f64>>, Vec<bool>) = samples.flatten().cloned().unzip();
    Logistic::fit(&rows, &events, ridge)
}

/// Log odds and outcomes, where each run is predicted by a fit to the lives of the other folds.
fn cross_validate(samples: &[Samples], ridge: f64) -> Option<Vec<(f64, bool)>> {
    let mut unseen = Vec::new();
    for fold in 0..FOLDS {
        let others = samples.iter().enumerate().filter(|(i, _)| i % FOLDS != fold).map(|(_, s)| s);
        let fit = fit_to(others, ridge)?;
        let own = samples.iter().skip(fold).step_by(FOLDS).flatten();
        unseen.extend(own.map(|(row, event)| (fit.log_odds(row), *event)));
    }
    Some(unseen)
}

/// −ln of the probability that was predicted for the outcome.
fn log_loss(log_odds: f64, event: bool) -> f64 {
    let against = if event { -log_odds } else { log_odds };
    against.max(0.0) + (-against.abs()).exp().ln_1p()
}
