//! Evaluates models and baselines on the same split.

mod candidates;
mod settings;
#[cfg(test)]
mod tests;
mod words;

pub use settings::Settings;

use crate::baseline::{self, Baseline};
use crate::columns::Doubtful;
use crate::data::Data;
use crate::family::{Family, Fit};
use crate::gate::Gate;
use crate::intervals::{Interval, Kept};
use crate::report::{Coverage, Drift, GroupScore, Report, Score, SplitReport};
use crate::skill::{Skill, skill};
use crate::split::{self, Fold, Kind};
use crate::update::Update;
use candidates::Candidate;
use libchar_learn::aci::Adaptive;
use libchar_learn::psi::{Bins, ZeroBins, critical};
use libchar_learn::{LearnError, conformal, score};

/// A simpler model is preferred if a better one reduces its error by no more than this share.
const TIE: f64 = 0.01;
/// Probability with which the coverage gate may refuse intervals whose true coverage is the nominal
/// one.
const COVERAGE_LEVEL: f64 = 0.025;
/// Allowed shortfall of the coverage from its nominal value, for intervals of a split by group.
const GROUP_MARGIN: f64 = 0.05;
/// Allowed shortfall for adaptive intervals.
const ADAPTIVE_MARGIN: f64 = 0.03;
/// Number of bins of the population stability index.
const BINS: usize = 10;

/// The best model with the state that it needs to predict further runs.
#[derive(Clone, Debug)]
pub struct Best {
    /// Its family.
    pub family: Family,
    /// The fit; for a split by group the fit to all runs.
    pub fit: Fit,
    /// The state of its residual update after the last run.
    pub update: Option<Update>,
    /// The kind of interval whose coverage is closer to the nominal one.
    pub interval: Interval,
    /// Half width of the static interval.
    pub half_width: f64,
    /// State of the adaptive interval after the last run.
    pub adaptive: Adaptive,
    /// Prediction, half width and truth of each test run.
    pub judged: Vec<(f64, f64, f64)>,
}

/// Evaluates all families on the data.
///
/// # Errors
/// Why no family could be fitted.
pub fn evaluate(
    data: &Data,
    target: &str,
    doubtful: Vec<Doubtful>,
    settings: &Settings,
) -> Result<(Report, Best), LearnError> {
    let folds = folds(data, settings);
    let baselines = baseline::all(settings.kind, data, &folds, settings.delay);
    let tried = candidates::all(data, &folds, settings)?;
    let best = &tried.candidates[best_of(&tried.candidates, data)];
    let mut skills = skills(data, best, &baselines, settings);
    skills.sort_by(|a, b| {
        let worth = |s: &Skill| s.value.unwrap_or(f64::NEG_INFINITY);
        worth(a).total_cmp(&worth(b))
    });
    let honest = settings.kind != Kind::Shuffled;
    let has_skill = honest && !skills.is_empty() && skills.iter().all(Skill::is_shown);
    let mut scores: Vec<Score> = baselines.iter().map(|b| baseline_score(data, b)).collect();
    scores.extend(tried.candidates.iter().map(|c| c.score(data)));
    let (chosen, chosen_rmse) = match skills.iter().find(|s| !s.is_shown()) {
        Some(_) if !has_skill => best_baseline(&scores, &skills),
        _ => (best.name(), best.rmse(data)),
    };
    let interval = best.interval(settings.intervals.alpha);
    let by_group = by_group(data, best, interval);
    let coverage = coverage(best, interval, &by_group, settings);
    let gates = gates(best, &skills, interval, honest, settings);
    let mut report = Report {
        domain: "vm".to_owned(),
        target: target.to_owned(),
        rows: data.len(),
        features: data.names.clone(),
        split: split_report(data, &folds, settings),
        verdict: String::new(),
        has_skill,
        chosen,
        chosen_rmse,
        best_model: best.name(),
        scores,
        skill: skills,
        coverage,
        by_group,
        drift: drift(data, &folds, settings.kind),
        doubtful,
        gates,
        warnings: Vec::new(),
    };
    words::complete(&mut report, &tried.refused);
    let best = best.keep(data, interval, settings)?;
    Ok((report, best))
}

fn folds(data: &Data, settings: &Settings) -> Vec<Fold> {
    let rows: Vec<usize> = (0..data.len()).collect();
    match settings.kind {
        Kind::Forward => {
            let from = settings.train + settings.calibration;
            vec![split::forward(data.len(), settings.train, from)]
        }
        Kind::Group => split::by_group(data, &rows, split::MOST_SINGLE_GROUPS, split::FOLDS),
        Kind::Shuffled => split::shuffled(data.len(), split::FOLDS, settings.given.seed),
    }
}

/// Index of the model with the least error, or of the first (simplest) one whose error is within
/// [`TIE`] of it.
fn best_of(candidates: &[Candidate], data: &Data) -> usize {
    let errors: Vec<f64> = candidates.iter().map(|c| c.rmse(data)).collect();
    let least = errors.iter().copied().fold(f64::INFINITY, f64::min);
    errors.iter().position(|e| *e <= least * (1.0 + TIE)).unwrap_or(0)
}

/// Skill of the best model over each baseline, on the runs that both predict.
fn skills(data: &Data, best: &Candidate, baselines: &[Baseline], s: &Settings) -> Vec<Skill> {
    let one = |baseline: &Baseline| {
        let (mut ours, mut theirs, mut cluster) = (Vec::new(), Vec::new(), Vec::new());
        for (row, predicted) in &baseline.predicted {
            let Some(own) = best.at(*row) else { continue };
            ours.push(own - data.y[*row]);
            theirs.push(predicted - data.y[*row]);
            cluster.push(data.group[*row]);
        }
        let cluster = (s.kind == Kind::Group).then_some(cluster.as_slice());
        (!ours.is_empty()).then(|| skill(baseline.name, &ours, &theirs, cluster))
    };
    baselines.iter().filter_map(one).collect()
}

fn best_baseline(scores: &[Score], skills: &[Skill]) -> (String, f64) {
    let hardest = skills.first().map_or("", |s| s.over.as_str());
    let own = scores.iter().find(|s| s.name == hardest);
    (hardest.to_owned(), own.map_or(f64::NAN, |s| s.rmse))
}

fn baseline_score(data: &Data, baseline: &Baseline) -> Score {
    candidates::score(data, baseline.name, "baseline", &baseline.predicted)
}

fn by_group(data: &Data, best: &Candidate, interval: Interval) -> Vec<GroupScore> {
    let kept = best.kept(interval);
    let one = |(g, name): (usize, &String)| {
        let own: Vec<usize> =
            (0..best.predicted.len()).filter(|&t| data.group[best.predicted[t].0] == g).collect();
        let pair = |t: usize| (data.y[best.predicted[t].0], best.predicted[t].1);
        let (truth, predicted): (Vec<f64>, Vec<f64>) = own.iter().map(|&t| pair(t)).unzip();
        let n = own.len() as f64;
        let errors: Vec<f64> = predicted.iter().zip(&truth).map(|(p, y)| p - y).collect();
        let inside = own.iter().filter(|&&t| kept.covered.get(t) == Some(&true)).count();
        (!own.is_empty()).then(|| GroupScore {
            group: name.clone(),
            rows: own.len(),
            bias: errors.iter().sum::<f64>() / n,
            mae: errors.iter().map(|e| e.abs()).sum::<f64>() / n,
            rmse: score::rmse(&truth, &predicted),
            coverage: (!kept.covered.is_empty()).then(|| inside as f64 / n),
        })
    };
    data.groups.iter().enumerate().filter_map(one).collect()
}

fn coverage(
    best: &Candidate,
    interval: Interval,
    by_group: &[GroupScore],
    settings: &Settings,
) -> Coverage {
    let kept: &Kept = best.kept(interval);
    let worst = by_group
        .iter()
        .filter(|g| g.coverage.is_some())
        .min_by(|a, b| a.coverage.unwrap_or(1.0).total_cmp(&b.coverage.unwrap_or(1.0)));
    Coverage {
        interval,
        nominal: 1.0 - settings.intervals.alpha,
        found: kept.coverage(),
        width: kept.width(),
        worst_group: worst.map(|g| g.group.clone()),
        worst_group_coverage: worst.and_then(|g| g.coverage),
    }
}

fn gates(
    best: &Candidate,
    skills: &[Skill],
    interval: Interval,
    honest: bool,
    settings: &Settings,
) -> Vec<Gate> {
    let lowest = skills.iter().map(|s| s.low).collect::<Option<Vec<f64>>>();
    let lowest = lowest.and_then(|lows| lows.into_iter().reduce(f64::min));
    let kept = best.kept(interval);
    let missed = kept.covered.iter().filter(|c| !**c).count();
    let known = best.calibration.len().max(1);
    let alpha = settings.intervals.alpha;
    let covered = match (interval, settings.kind) {
        (Interval::Static, Kind::Forward) => {
            let chance = conformal::miss_p_value(missed, kept.covered.len(), known, alpha).ok();
            let chance = chance.filter(|_| !kept.covered.is_empty());
            Gate::at_least("coverage_p_value", chance, COVERAGE_LEVEL)
        }
        // The misses of a group, and those of an interval that adapts to its errors, are not
        // independent, so the coverage is compared with a fixed margin instead of by a test.
        (Interval::Static, _) => {
            Gate::at_least("coverage", kept.coverage(), 1.0 - alpha - GROUP_MARGIN)
        }
        (Interval::Adaptive, _) => {
            Gate::at_least("coverage", kept.coverage(), 1.0 - alpha - ADAPTIVE_MARGIN)
        }
    };
    vec![
        Gate::at_least("honest_split", Some(f64::from(u8::from(honest))), 1.0),
        Gate::at_least("skill_low_over_best_baseline", lowest, f64::MIN_POSITIVE),
        covered,
    ]
}

fn drift(data: &Data, folds: &[Fold], kind: Kind) -> Vec<Drift> {
    let [fold] = folds else { return Vec::new() };
    if kind != Kind::Forward {
        return Vec::new();
    }
    let one = |(j, name): (usize, &String)| {
        let pick = |rows: &[usize]| rows.iter().map(|&i| data.x.row(i)[j]).collect::<Vec<f64>>();
        let (before, after) = (pick(&fold.train), pick(&fold.test));
        let bins = Bins::of(&before, BINS).ok().filter(|bins| !bins.is_empty())?;
        let low = before.iter().copied().fold(f64::INFINITY, f64::min);
        let high = before.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let outside = after.iter().filter(|v| **v < low || **v > high).count();
        Some(Drift {
            feature: name.clone(),
            psi: bins.psi(&after, ZeroBins::AddHalf).ok()?,
            critical: critical(bins.len(), before.len(), after.len(), 0.99).ok()?,
            outside: outside as f64 / after.len().max(1) as f64,
        })
    };
    let mut found: Vec<Drift> = data.names.iter().enumerate().filter_map(one).collect();
    found.sort_by(|a, b| b.psi.total_cmp(&a.psi));
    found
}

fn split_report(data: &Data, folds: &[Fold], settings: &Settings) -> SplitReport {
    let mut groups = data.group.clone();
    groups.sort_unstable();
    groups.dedup();
    SplitReport {
        kind: settings.kind,
        text: words::split(data, folds, settings),
        folds: folds.len(),
        train_rows: folds.first().map_or(0, |f| f.train.len()),
        calibration_rows: settings.calibration,
        test_rows: folds.iter().map(|f| f.test.len()).sum(),
        groups: if data.has_groups() { groups.len() } else { 0 },
    }
}
