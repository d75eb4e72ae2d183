//! Evaluates a model on rows that it did not use, and decides whether it is good enough for
//! production.

use super::TrustError;
use super::known::Known;
use crate::gate::Gate;
use libchar_learn::surrogate::{Prediction, Transform};
use libchar_learn::train::Rows;
use libchar_learn::{Surrogate, conformal, score};
use libchar_litho::learner::Regime;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A prediction is within tolerance if it is off by at most this share of the target's standard deviation,
/// on the scale of the model.
pub const TOLERANCE: f64 = 0.25;
/// Jobs below this `k1` are critical: they print, if at all, at the edge of what optics allows.
pub const CRITICAL_K1: f64 = 0.40;
/// Least mean R² over the targets (the equivalent for regression of an accuracy of 97.5 %).
pub const LEAST_R2: f64 = 0.975;
/// Least share of predictions within tolerance.
pub const LEAST_WITHIN: f64 = 0.975;
/// Least share of predictions of critical jobs within tolerance.
pub const LEAST_CRITICAL: f64 = 0.985;
/// Probability with which the coverage gate may refuse a model whose intervals have the nominal
/// coverage, for all targets and regimes together.
pub const COVERAGE_LEVEL: f64 = 0.025;

/// Quality of one target's predictions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TargetReport {
    /// Name of the result.
    pub target: String,
    /// `linear` or `log`.
    pub scale: String,
    /// Weights of the ensemble's members.
    pub weights: [f64; 3],
    /// Explained share of the variance; absent where the result does not vary.
    pub r2: Option<f64>,
    /// Root mean square error.
    pub rmse: f64,
    /// Mean interval score over the standard deviation; absent where an interval is infinite.
    pub winkler_over_sd: Option<f64>,
    /// Share of results within their intervals.
    pub coverage: f64,
    /// Coverage, rows and standard error for each regime that has rows.
    pub regimes: Vec<RegimeReport>,
    /// Share of predictions within tolerance.
    pub within_tolerance: f64,
}

/// Coverage among the jobs of one regime.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RegimeReport {
    /// Name of the regime.
    pub regime: String,
    /// Its test rows.
    pub rows: usize,
    /// Calibration rows from which its intervals are computed.
    pub calibration_rows: usize,
    /// Share of results within their intervals.
    pub coverage: f64,
    /// Standard error of the coverage, of calibration and test together.
    pub standard_error: f64,
}

/// Quality of a model.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// Number of training rows.
    pub train_rows: usize,
    /// Number of rows from which its intervals are computed.
    pub calibration_rows: usize,
    /// Number of test rows.
    pub test_rows: usize,
    /// Share of results that may lie outside.
    pub alpha: f64,
    /// Mean R² over the targets; absent when a target's test rows do not vary.
    pub r2_mean: Option<f64>,
    /// Mean of `winkler_over_sd` over the targets; absent when some interval is infinite.
    pub winkler_over_sd_mean: Option<f64>,
    /// Share of predictions within tolerance.
    pub within_tolerance: f64,
    /// Number of test rows with a k1 below [`CRITICAL_K1`].
    pub critical_rows: usize,
    /// Share of those within tolerance.
    pub critical_within_tolerance: Option<f64>,
    /// Mean over the test jobs of each job's error, averaged over targets, in standard deviations.
    pub error_mean: f64,
    /// Standard deviation of the same errors over the jobs.
    pub error_sd: f64,
    /// One report per target.
    pub targets: Vec<TargetReport>,
    /// Gates before production.
    pub gates: Vec<Gate>,
    /// Keys of the jobs that trained, calibrated or tested the model; a trial must not use them
    /// again.
    #[serde(default)]
    pub known_jobs: Vec<String>,
}

/// Predicts every row.
pub fn predict_all(model: &Surrogate, rows: &Rows) -> Result<Vec<Vec<Prediction>>, TrustError> {
    let predicted: Result<Vec<_>, libchar_learn::LearnError> = (0..rows.features.rows())
        .into_par_iter()
        .map(|i| model.predict(rows.features.row(i), rows.group[i]))
        .collect();
    Ok(predicted?)
}

/// Evaluates on the rows of `test`, which neither training nor calibration saw.
pub fn evaluate(
    model: &Surrogate,
    known: &Known,
    test: Range<usize>,
    rows: &Rows,
    train_rows: usize,
    calibration: &Rows,
) -> Result<Report, TrustError> {
    let predicted = predict_all(model, rows)?;
    let critical: Vec<bool> = known.jobs[test]
        .iter()
        .map(|named| {
            let job = &named.job;
            job.cd_nm * job.optics.na / job.optics.wavelength_nm < CRITICAL_K1
        })
        .collect();
    let (mut targets, mut within, mut critical_within) = (Vec::new(), 0.0, (0.0, 0.0));
    for (t, target) in model.targets().enumerate() {
        let truth = rows.targets.column(t);
        let value: Vec<f64> = predicted.iter().map(|p| p[t].value).collect();
        let interval: Vec<(f64, f64)> = predicted.iter().map(|p| (p[t].low, p[t].high)).collect();
        let transform = model.transform(t);
        let good: Vec<bool> = truth
            .iter()
            .zip(&value)
            .map(|(y, p)| model.scaled_error(t, *y, *p) <= TOLERANCE)
            .collect();
        let share = good.iter().filter(|g| **g).count() as f64 / good.len().max(1) as f64;
        within += share;
        for (good, critical) in good.iter().zip(&critical) {
            if *critical {
                critical_within.0 += f64::from(u8::from(*good));
                critical_within.1 += 1.0;
            }
        }
        let sd = score::sd(&truth);
        let winkler = score::winkler(&truth, &interval, model.alpha()) / sd;
        targets.push(TargetReport {
            target: target.name.clone(),
            scale: match transform {
                Transform::Identity => "linear",
                Transform::Log => "log",
            }
            .to_owned(),
            weights: model.weights()[t],
            r2: score::r2(&truth, &value),
            rmse: score::rmse(&truth, &value),
            winkler_over_sd: winkler.is_finite().then_some(winkler),
            coverage: score::coverage(&truth, &interval),
            regimes: coverage_by_regime(model.alpha(), &truth, &interval, rows, calibration),
            within_tolerance: share,
        });
    }
    let errors = job_errors(model, rows, &predicted);
    let n = targets.len() as f64;
    let mean = |value: &dyn Fn(&TargetReport) -> Option<f64>| {
        targets.iter().map(value).sum::<Option<f64>>().map(|sum| sum / n)
    };
    let (critical_good, critical_all) = critical_within;
    let mut report = Report {
        train_rows,
        calibration_rows: calibration.features.rows(),
        test_rows: rows.features.rows(),
        alpha: model.alpha(),
        r2_mean: mean(&|t| t.r2),
        winkler_over_sd_mean: mean(&|t| t.winkler_over_sd),
        within_tolerance: within / n,
        critical_rows: critical.iter().filter(|c| **c).count(),
        critical_within_tolerance: (critical_all > 0.0).then(|| critical_good / critical_all),
        error_mean: errors.iter().sum::<f64>() / errors.len() as f64,
        error_sd: score::sd(&errors),
        targets,
        gates: Vec::new(),
        known_jobs: known.keys(),
    };
    report.gates = offline_gates(&report);
    Ok(report)
}

/// Error of each job, averaged over targets.
fn job_errors(model: &Surrogate, rows: &Rows, predicted: &[Vec<Prediction>]) -> Vec<f64> {
    rows.targets
        .iter()
        .zip(predicted)
        .map(|(truth, predicted)| {
            let pairs = truth.iter().zip(predicted).enumerate();
            let sum: f64 = pairs.map(|(t, (y, p))| model.scaled_error(t, *y, p.value)).sum();
            sum / truth.len() as f64
        })
        .collect()
}

fn coverage_by_regime(
    alpha: f64,
    truth: &[f64],
    interval: &[(f64, f64)],
    rows: &Rows,
    calibration: &Rows,
) -> Vec<RegimeReport> {
    let count = |rows: &Rows, group: usize| rows.group.iter().filter(|g| **g == group).count();
    (0..Regime::ALL.len())
        .filter(|&group| count(rows, group) > 0)
        .map(|group| {
            let own: Vec<usize> = (0..truth.len()).filter(|&i| rows.group[i] == group).collect();
            let truth: Vec<f64> = own.iter().map(|&i| truth[i]).collect();
            let interval: Vec<(f64, f64)> = own.iter().map(|&i| interval[i]).collect();
            let (test, held) = (own.len() as f64, count(calibration, group) as f64);
            RegimeReport {
                regime: Regime::ALL[group].name().to_owned(),
                rows: own.len(),
                calibration_rows: held as usize,
                coverage: score::coverage(&truth, &interval),
                standard_error: (alpha * (1.0 - alpha) * (1.0 / test + 1.0 / (held + 1.0))).sqrt(),
            }
        })
        .collect()
}

/// The gates that need no other model: accuracy, accuracy of critical jobs, coverage.
fn offline_gates(report: &Report) -> Vec<Gate> {
    let finite = |value: f64| value.is_finite().then_some(value);
    // Only undercoverage counts. Overcoverage is unavoidable in a regime whose results are all
    // equal (a yield risk of 1 where nothing prints). Each test may fail by chance, so they share
    // one level (Bonferroni).
    let tests: Vec<f64> = report
        .targets
        .iter()
        .flat_map(|t| &t.regimes)
        .filter_map(|r| {
            let missed = ((1.0 - r.coverage) * r.rows as f64).round() as usize;
            conformal::miss_p_value(missed, r.rows, r.calibration_rows, report.alpha).ok()
        })
        .collect();
    let least = tests.iter().copied().fold(1.0, f64::min);
    let joint = (least * tests.len() as f64).min(1.0);
    vec![
        Gate::at_least("r2_mean", report.r2_mean, LEAST_R2),
        Gate::at_least("within_tolerance", finite(report.within_tolerance), LEAST_WITHIN),
        Gate::at_least(
            "critical_within_tolerance",
            // Without critical jobs the gate has no value and is not passed.
            report.critical_within_tolerance,
            LEAST_CRITICAL,
        ),
        Gate::at_least("coverage_joint_p_value", Some(joint), COVERAGE_LEVEL),
    ]
}
