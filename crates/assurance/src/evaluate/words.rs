//! The texts of an evaluation.

use super::Settings;
use crate::columns::Doubt;
use crate::data::Data;
use crate::family::Family;
use crate::intervals::Interval;
use crate::report::{Report, Score};
use crate::split::{Fold, Kind};
use libchar_learn::LearnError;

/// Describes how the runs were split.
pub fn split(data: &Data, folds: &[Fold], settings: &Settings) -> String {
    let rows = data.len();
    match settings.kind {
        Kind::Forward if settings.calibration > 0 => format!(
            "forward in time: {} runs train, {} set the intervals, {} are predicted with what was known before each",
            settings.train,
            settings.calibration,
            rows - settings.train - settings.calibration
        ),
        Kind::Forward => format!(
            "forward in time: {} runs train, {} are predicted with what was known before each",
            settings.train,
            rows - settings.train
        ),
        Kind::Group if folds.iter().all(|f| one_group(data, f)) => {
            format!("by group: each of {} groups is left out in turn", folds.len())
        }
        Kind::Group => format!("by group: {} folds of whole groups", folds.len()),
        Kind::Shuffled => format!(
            "SHUFFLED: {} folds of runs at random; neighbours of a run train the model that judges it, so that the figures promise too much",
            folds.len()
        ),
    }
}

fn one_group(data: &Data, fold: &Fold) -> bool {
    fold.test.windows(2).all(|pair| data.group[pair[0]] == data.group[pair[1]])
}

/// Adds the verdict and the warnings.
pub fn complete(report: &mut Report, refused: &[(Family, LearnError)]) {
    report.verdict = verdict(report);
    let mut warnings = Vec::new();
    if report.split.kind == Kind::Shuffled {
        warnings.push(
            "the split is shuffled: its figures say nothing about new groups or later runs, and nothing is registered".to_owned(),
        );
    }
    for doubt in &report.doubtful {
        let left = if doubt.doubt.leaves_out() && !report.features.contains(&doubt.column) {
            "; it is left out"
        } else {
            ""
        };
        warnings.push(format!("column `{}` {}{left}", doubt.column, doubt.doubt.text()));
    }
    for (family, error) in refused {
        warnings.push(format!("{} cannot be fitted: {error}", family.name()));
    }
    warnings.extend(losers(&report.scores));
    if report.coverage.interval == Interval::Adaptive {
        warnings.push(format!(
            "intervals of one width cover {}: adaptive ones are used",
            share(best(report).and_then(|s| s.coverage_static))
        ));
    }
    let moved: Vec<String> = report
        .drift
        .iter()
        .filter(|d| d.psi > d.critical)
        .map(|d| format!("{} ({:.2})", d.feature, d.psi))
        .collect();
    if !moved.is_empty() {
        warnings.push(format!("inputs moved after training (PSI): {}", moved.join(", ")));
    }
    let named = report.doubtful.iter().filter(|d| d.doubt == Doubt::ConstantInGroups).count();
    if named > 0 && report.split.kind == Kind::Forward {
        warnings.push(
            "columns that are constant within groups are judged forward in time: a split by group (`--split group`) shows what they are worth for a new one".to_owned(),
        );
    }
    report.warnings = warnings;
}

fn best(report: &Report) -> Option<&Score> {
    report.scores.iter().find(|s| s.name == report.best_model)
}

fn share(value: Option<f64>) -> String {
    value.map_or("an unknown share".to_owned(), |v| format!("{:.1} %", 100.0 * v))
}

fn verdict(report: &Report) -> String {
    let Some(hardest) = report.skill.first() else {
        return "There is no baseline to compare with.".to_owned();
    };
    let figure = |value: Option<f64>| value.map_or("unknown".to_owned(), |v| format!("{v:.3}"));
    let interval = format!("{} to {}", figure(hardest.low), figure(hardest.high));
    let rmse = format!("RMSE {:.4} against {:.4}", hardest.rmse_model, hardest.rmse_baseline);
    let unshown = report.skill.iter().find(|s| !s.is_shown());
    match (report.split.kind, unshown) {
        (Kind::Shuffled, _) => format!(
            "A shuffled split gives no verdict: {} has a skill of {} over {} there.",
            report.best_model,
            figure(hardest.value),
            hardest.over
        ),
        (_, Some(_)) => format!(
            "No skill over {}: {} has a skill of {} (95 % interval {interval}; {rmse}). Nothing is promoted.",
            hardest.over,
            report.best_model,
            figure(hardest.value)
        ),
        (_, None) => format!(
            "{} has a skill of {} over {}, the best baseline (95 % interval {interval}; {rmse}).",
            report.best_model,
            figure(hardest.value),
            hardest.over
        ),
    }
}

/// Models that are worse than one of the trivial baselines.
fn losers(scores: &[Score]) -> Vec<String> {
    let baselines = ["mean", "last measured"];
    let mut found = Vec::new();
    for baseline in baselines {
        let Some(own) = scores.iter().find(|s| s.name == baseline) else { continue };
        let losers: Vec<&str> = scores
            .iter()
            .filter(|s| s.kind == "model" && s.rmse >= own.rmse && s.rows == own.rows)
            .map(|s| s.name.as_str())
            .collect();
        if !losers.is_empty() {
            found.push(format!(
                "worse than {} (RMSE {:.4}): {}",
                if baseline == "mean" { "the mean" } else { "the last measured run" },
                own.rmse,
                losers.join(", ")
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::Given;
    use crate::intervals;

    #[test]
    fn each_kind_of_split_says_how_many_runs_it_has() {
        let data =
            Data { y: vec![0.0; 10], group: vec![0, 0, 1, 1, 1, 2, 2, 3, 3, 3], ..Data::default() };
        let mut settings = Settings {
            kind: Kind::Forward,
            train: 6,
            calibration: 0,
            lambda: 0.5,
            delay: 1,
            updates: true,
            families: Family::ALL.to_vec(),
            intervals: intervals::Settings { alpha: 0.1, gamma: 0.02, window: 150 },
            given: Given { seed: 1, ridge_alpha: None },
        };
        let fold = |test: Vec<usize>| Fold { train: Vec::new(), test };
        assert!(split(&data, &[], &settings).starts_with("forward in time: 6 runs train, 4 are"));
        settings.calibration = 3;
        let text = split(&data, &[], &settings);
        assert!(
            text.starts_with("forward in time: 6 runs train, 3 set the intervals, 1 are"),
            "{text}"
        );
        settings.kind = Kind::Group;
        let one = [fold(vec![0, 1]), fold(vec![2, 3, 4])];
        assert_eq!(split(&data, &one, &settings), "by group: each of 2 groups is left out in turn");
        let mixed = [fold(vec![0, 1, 2, 3, 4]), fold(vec![5, 6])];
        assert_eq!(split(&data, &mixed, &settings), "by group: 2 folds of whole groups");
        settings.kind = Kind::Shuffled;
        assert!(split(&data, &one, &settings).starts_with("SHUFFLED: 2 folds of runs at random"));
    }
}
