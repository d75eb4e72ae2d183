//! The models that are tried, each on every fold.

use super::{Best, Settings};
use crate::data::Data;
use crate::family::{self, Family, Fit};
use crate::intervals::{self, Interval, Kept};
use crate::report::Score;
use crate::split::{self, Fold, Kind};
use crate::update::{self, Update};
use libchar_learn::aci::Adaptive;
use libchar_learn::{LearnError, conformal, score};
use rayon::prelude::*;

/// Deviation of the static interval's coverage from the nominal one, in standard errors, from which
/// on the adaptive interval is considered.
const COVERAGE_SLACK: f64 = 2.0;

/// One model on all folds.
#[derive(Clone, Debug)]
pub struct Candidate {
    family: Family,
    /// Run and prediction, ascending by run.
    pub predicted: Vec<(usize, f64)>,
    /// Absolute errors from which the intervals are computed, oldest first.
    pub calibration: Vec<f64>,
    fits: Vec<Fit>,
    update: Option<Update>,
    fixed: Kept,
    adaptive: Option<(Kept, Adaptive)>,
}

/// The models that could be fitted, and the families that could not.
pub struct Tried {
    /// Models, simplest first.
    pub candidates: Vec<Candidate>,
    /// Families that could not be fitted, and why.
    pub refused: Vec<(Family, LearnError)>,
}

/// Tries every family.
///
/// # Errors
/// The error of the last family, if none could be fitted.
pub fn all(data: &Data, folds: &[Fold], settings: &Settings) -> Result<Tried, LearnError> {
    let mut tried = Tried { candidates: Vec::new(), refused: Vec::new() };
    let mut updated = Vec::new();
    for &family in &settings.families {
        let fits: Result<Vec<Fit>, LearnError> = folds
            .par_iter()
            .map(|fold| {
                let inner = inner(family, data, &fold.train, settings);
                family::fit(family, data, &fold.train, &inner, settings.given)
            })
            .collect();
        match fits {
            Ok(fits) if settings.kind == Kind::Forward => {
                tried.candidates.push(forward(data, &folds[0], family, &fits[0], None, settings));
                if settings.updates {
                    let update = Some(Update::new(settings.lambda, settings.delay));
                    updated.push(forward(data, &folds[0], family, &fits[0], update, settings));
                }
            }
            Ok(fits) => tried.candidates.push(folded(data, folds, family, fits, settings)),
            Err(error) => tried.refused.push((family, error)),
        }
    }
    tried.candidates.extend(updated);
    match (tried.candidates.is_empty(), tried.refused.last()) {
        (true, Some((_, error))) => Err(error.clone()),
        _ => Ok(tried),
    }
}

/// Folds within the training runs, where they are needed. Trees do not choose a setting by them;
/// their predictions are needed only for intervals forward in time.
fn inner(family: Family, data: &Data, rows: &[usize], settings: &Settings) -> Vec<Fold> {
    match (family, settings.kind) {
        (Family::Trees, Kind::Group | Kind::Shuffled) => Vec::new(),
        _ => split::inner(settings.kind, data, rows, settings.given.seed),
    }
}

/// Predicts every run after the training runs with what was known before it.
fn forward(
    data: &Data,
    fold: &Fold,
    family: Family,
    fit: &Fit,
    update: Option<Update>,
    settings: &Settings,
) -> Candidate {
    let fixed: Vec<f64> = data.x.iter().map(|row| fit.fitted.predict(row)).collect();
    let (all, state) = match update.clone() {
        Some(update) => {
            let (all, state) = update::follow(&fixed, &data.y, update);
            (all, Some(state))
        }
        None => (fixed, None),
    };
    let errors: Vec<f64> = all.iter().zip(&data.y).map(|(p, y)| (p - y).abs()).collect();
    let from = data.len() - fold.test.len();
    let calibration = match settings.calibration {
        0 => within(data, fit, update),
        _ => errors[settings.train..from].to_vec(),
    };
    let adaptive =
        intervals::adaptive(&calibration, &errors[from..], settings.intervals, settings.delay);
    Candidate {
        family,
        predicted: fold.test.iter().map(|&i| (i, all[i])).collect(),
        fixed: intervals::fixed(&calibration, &errors[from..], settings.intervals.alpha),
        calibration,
        fits: vec![fit.clone()],
        update: state,
        adaptive: Some(adaptive),
    }
}

/// Errors of training runs, predicted from the runs before them.
fn within(data: &Data, fit: &Fit, update: Option<Update>) -> Vec<f64> {
    let predicted: Vec<f64> = fit.held_out.iter().map(|(_, p)| *p).collect();
    let truth: Vec<f64> = fit.held_out.iter().map(|(i, _)| data.y[*i]).collect();
    let predicted = match update {
        Some(update) => update::follow(&predicted, &truth, update).0,
        None => predicted,
    };
    predicted.iter().zip(&truth).map(|(p, y)| (p - y).abs()).collect()
}

fn folded(
    data: &Data,
    folds: &[Fold],
    family: Family,
    fits: Vec<Fit>,
    settings: &Settings,
) -> Candidate {
    let mut predicted = Vec::with_capacity(data.len());
    for (fold, fit) in folds.iter().zip(&fits) {
        predicted.extend(fold.test.iter().map(|&i| (i, fit.fitted.predict(data.x.row(i)))));
    }
    predicted.sort_by_key(|(row, _)| *row);
    let errors: Vec<f64> = predicted.iter().map(|(i, p)| (p - data.y[*i]).abs()).collect();
    let group: Vec<usize> = match settings.kind {
        Kind::Group => predicted.iter().map(|(i, _)| data.group[*i]).collect(),
        // Each run is a group of its own, so that its bound comes from all others.
        _ => (0..errors.len()).collect(),
    };
    Candidate {
        family,
        predicted,
        fixed: intervals::by_group(&errors, &group, settings.intervals.alpha),
        calibration: errors,
        fits,
        update: None,
        adaptive: None,
    }
}

/// Errors of named predictions, as a row of the report.
pub fn score(data: &Data, name: &str, kind: &str, predicted: &[(usize, f64)]) -> Score {
    let rows: Vec<usize> = predicted.iter().map(|(row, _)| *row).collect();
    let (truth, values) = (data.truth(&rows), predicted.iter().map(|(_, p)| *p));
    let values: Vec<f64> = values.collect();
    let errors: Vec<f64> = truth.iter().zip(&values).map(|(y, p)| (y - p).abs()).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let by_group: Vec<f64> = (0..data.groups.len())
        .filter_map(|g| {
            let own = errors.iter().zip(&rows).filter(|(_, i)| data.group[**i] == g);
            let own: Vec<f64> = own.map(|(e, _)| *e).collect();
            (!own.is_empty()).then(|| mean(&own))
        })
        .collect();
    Score {
        name: name.to_owned(),
        kind: kind.to_owned(),
        rows: rows.len(),
        rmse: score::rmse(&truth, &values),
        mae: mean(&errors),
        mae_macro: (!by_group.is_empty()).then(|| mean(&by_group)),
        r2: score::r2(&truth, &values),
        setting: String::new(),
        coverage_static: None,
        width_static: None,
        coverage_adaptive: None,
        width_adaptive: None,
    }
}

impl Candidate {
    /// Name in documents.
    pub fn name(&self) -> String {
        let update = if self.update.is_some() { " + update" } else { "" };
        format!("{}{update}", self.family.name())
    }

    /// Prediction of a run, if it is a test run.
    pub fn at(&self, row: usize) -> Option<f64> {
        let place = self.predicted.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        Some(self.predicted[place].1)
    }

    /// Root mean square error.
    pub fn rmse(&self, data: &Data) -> f64 {
        let sum: f64 = self.predicted.iter().map(|(i, p)| (p - data.y[*i]).powi(2)).sum();
        (sum / self.predicted.len().max(1) as f64).sqrt()
    }

    /// All figures of the model.
    pub fn score(&self, data: &Data) -> Score {
        let mut own = score(data, &self.name(), "model", &self.predicted);
        own.setting = self.setting();
        own.coverage_static = self.fixed.coverage();
        own.width_static = self.fixed.width();
        own.coverage_adaptive = self.adaptive.as_ref().and_then(|(kept, _)| kept.coverage());
        own.width_adaptive = self.adaptive.as_ref().and_then(|(kept, _)| kept.width());
        own
    }

    /// The setting, if all folds chose the same; else the number of different settings.
    fn setting(&self) -> String {
        let mut settings: Vec<&str> = self.fits.iter().map(|f| f.setting.as_str()).collect();
        settings.sort_unstable();
        settings.dedup();
        match settings.as_slice() {
            [one] => (*one).to_owned(),
            several => format!("{} settings, each fold its own", several.len()),
        }
    }

    /// The kind of interval whose coverage is closer to the nominal one; the static one unless its
    /// deviation exceeds chance.
    pub fn interval(&self, alpha: f64) -> Interval {
        let off = |kept: &Kept| (kept.coverage().unwrap_or(0.0) - (1.0 - alpha)).abs();
        let Some((adaptive, _)) = &self.adaptive else { return Interval::Static };
        let runs = self.fixed.covered.len().max(1) as f64;
        let held = self.calibration.len().max(1) as f64;
        let chance = COVERAGE_SLACK * (alpha * (1.0 - alpha) * (1.0 / runs + 1.0 / held)).sqrt();
        match off(&self.fixed) <= chance || off(&self.fixed) <= off(adaptive) {
            true => Interval::Static,
            false => Interval::Adaptive,
        }
    }

    /// Coverage and widths of an interval.
    pub fn kept(&self, interval: Interval) -> &Kept {
        match (&self.adaptive, interval) {
            (Some((kept, _)), Interval::Adaptive) => kept,
            _ => &self.fixed,
        }
    }

    /// The model with its state for further runs. After a split by group it is fitted to all runs.
    pub fn keep(
        &self,
        data: &Data,
        interval: Interval,
        settings: &Settings,
    ) -> Result<Best, LearnError> {
        let fit = match self.fits.as_slice() {
            [fit] if settings.kind == Kind::Forward => fit.clone(),
            _ => {
                let rows: Vec<usize> = (0..data.len()).collect();
                let inner = inner(self.family, data, &rows, settings);
                family::fit(self.family, data, &rows, &inner, settings.given)?
            }
        };
        let s = settings.intervals;
        let bound = conformal::bound(&self.calibration, s.alpha).unwrap_or(f64::INFINITY);
        let widths = &self.kept(interval).half_widths;
        let judged = self.predicted.iter().zip(widths);
        Ok(Best {
            family: self.family,
            fit,
            update: self.update.clone(),
            interval,
            half_width: bound,
            adaptive: match &self.adaptive {
                Some((_, state)) => state.clone(),
                None => Adaptive::new(s.alpha, s.gamma, s.window, &self.calibration),
            },
            judged: judged.map(|((row, p), width)| (*p, *width, data.y[*row])).collect(),
        })
    }
}
