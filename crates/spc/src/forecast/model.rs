//! A forecast model: what recorded tool lives teach about the runs before a failure.

use super::clusters::judge_lives;
use super::fitted::{Fitted, Outside};
use super::judge::{Judgement, judge};
use super::life::{Life, Predicted};
use super::logistic::Logistic;
use super::predictors::{self, predictors};
use crate::health::{LAMBDA, Reference, Scale, assess};
use crate::{SpcError, health};
use serde::{Deserialize, Serialize};

/// Fewest recorded failures that a classifier is fitted to.
pub const SMALLEST_FAILURES: usize = 20;
/// Ridge penalties tried, from weak to strong.
const RIDGES: [f64; 4] = [0.1, 1.0, 10.0, 100.0];
/// Parts of the cross-validation; a tool's life is never split.
const FOLDS: usize = 5;

/// How to fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Runs within which a failure is to be foreseen, at least 1.
    pub horizon_runs: usize,
    /// Runs at the start of each life that count as healthy.
    pub healthy_runs: usize,
    /// Weight of the newest run in the smoothed features.
    pub lambda: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { horizon_runs: 30, healthy_runs: 20, lambda: LAMBDA }
    }
}

/// A fitted model, as stored in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// The healthy reference.
    pub reference: Reference,
    /// Weight of the newest run in the smoothed features.
    pub lambda: f64,
    /// Median smoothed ln T² at the recorded failures; null without any.
    pub failure_level: Option<f64>,
    /// Recorded failures.
    pub failures: usize,
    /// Recorded lives, failed or not.
    pub lives: usize,
    /// The classifier; null for fewer than [`SMALLEST_FAILURES`] failures.
    pub classifier: Option<Classifier>,
    /// Where the tools of the fit lay; absent in models of before, and for fewer than three lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fitted: Option<Fitted>,
}

/// A probability of failure within a fixed number of runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Classifier {
    /// Runs within which the failure is foreseen.
    pub horizon_runs: usize,
    /// Ridge penalty chosen by cross-validation.
    pub ridge: f64,
    /// The regression, whose log odds are then calibrated.
    pub regression: Logistic,
    /// Log odds → calibrated log odds (Platt scaling on predictions for lives that the regression
    /// had not seen).
    pub calibration: Logistic,
    /// How good the calibrated probabilities were on such lives.
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

    /// Checks a model that came from a file: every part has the length that the features call for,
    /// and numbers are finite.
    ///
    /// # Errors
    ///
    /// [`SpcError::Invalid`] naming what does not fit.
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

    /// Predictors of every run whose outcome is known, with that outcome.
    fn samples(&self, life: &Life, horizon_runs: usize) -> Result<Samples, SpcError> {
        health::check_rows(&self.reference, &life.rows)?;
        let rows = predictors(&self.reference, self.lambda, &life.rows);
        let known = rows.into_iter().enumerate();
        Ok(known.filter_map(|(i, row)| Some((row, outcome(life, i, horizon_runs)?))).collect())
    }

    /// Probabilities and outcomes of every run of other lives whose outcome is known: to judge the
    /// classifier on lives it has not seen.
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

    /// The probability of every run of other lives, with what came.
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

    /// Features of `lives` outside what the model was fitted to; empty where the model does not say.
    pub fn outside(&self, lives: &[Life]) -> Vec<Outside> {
        let Some(fitted) = &self.fitted else { return Vec::new() };
        lives.iter().flat_map(|life| fitted.outside(&self.reference, life)).collect()
    }
}

/// Whether a failure came within the horizon after run `i`. A life that did not fail says nothing about its last runs.
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

/// Log odds and outcomes, each predicted from the other folds' lives.
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

/// −ln of the probability given to what happened.
fn log_loss(log_odds: f64, event: bool) -> f64 {
    let against = if event { -log_odds } else { log_odds };
    against.max(0.0) + (-against.abs()).exp().ln_1p()
}
