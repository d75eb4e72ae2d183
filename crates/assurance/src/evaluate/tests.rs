use super::*;
use crate::family::Given;
use libchar_learn::Matrix;

fn names(of: &[&str]) -> Vec<String> {
    of.iter().map(|name| (*name).to_owned()).collect()
}

/// Runs with one feature, in groups of ten.
fn data(x: impl Fn(usize) -> f64, y: impl Fn(usize) -> f64, runs: usize) -> Data {
    let rows: Vec<[f64; 1]> = (0..runs).map(|i| [x(i)]).collect();
    Data {
        names: names(&["x"]),
        x: Matrix::from_rows(&rows).unwrap(),
        y: (0..runs).map(y).collect(),
        group: (0..runs).map(|i| i / 10).collect(),
        groups: (0..runs.div_ceil(10)).map(|g| format!("g{g}")).collect(),
        order: (0..runs).map(|i| (i % 10) as f64).collect(),
    }
}

fn settings(kind: Kind) -> Settings {
    Settings {
        kind,
        train: 60,
        calibration: 40,
        lambda: 0.3,
        delay: 1,
        updates: false,
        families: vec![crate::family::Family::LeastSquares],
        intervals: crate::intervals::Settings { alpha: 0.1, gamma: 0.02, window: 150 },
        given: Given { seed: 1, ridge_alpha: None },
    }
}

/// A sequence between 0 and 1 without any order that a line could follow (multiples of the golden
/// ratio).
fn scattered(i: usize) -> f64 {
    (i as f64 * 0.618_033_988_749_894_9).fract()
}

/// Errors of 0.5, 0 and 1 at runs 1, 2, 4 of groups a, a, b.
#[test]
fn errors_of_a_score_by_hand() {
    let data = Data {
        y: vec![1.0, 2.0, 4.0],
        group: vec![0, 0, 1],
        groups: names(&["a", "b", "c"]),
        ..Data::default()
    };
    let found = candidates::score(&data, "m", "model", &[(0, 1.5), (1, 2.0), (2, 3.0)]);
    assert_eq!((found.rows, found.mae, found.mae_macro), (3, 0.5, Some(0.625)));
    assert!((found.rmse - (1.25f64 / 3.0).sqrt()).abs() < 1e-12);
    assert!((found.r2.unwrap() - (1.0 - 1.25 / (42.0 / 9.0))).abs() < 1e-12);
}

#[test]
fn runs_are_split_as_the_settings_say() {
    let data = data(scattered, scattered, 120);
    let forward = folds(&data, &settings(Kind::Forward));
    assert_eq!(forward.len(), 1);
    assert_eq!(forward[0].train, (0..60).collect::<Vec<_>>());
    assert_eq!(forward[0].test, (100..120).collect::<Vec<_>>());
    for kind in [Kind::Group, Kind::Shuffled] {
        let found = folds(&data, &settings(kind));
        let mut tested: Vec<usize> = found.iter().flat_map(|fold| fold.test.clone()).collect();
        tested.sort_unstable();
        assert_eq!(tested, (0..120).collect::<Vec<_>>(), "every run is tested once");
        let whole = found.iter().all(|fold| {
            fold.test.iter().all(|i| fold.train.iter().all(|j| data.group[*i] != data.group[*j]))
        });
        assert_eq!(whole, kind == Kind::Group);
    }
}

/// y = 3 + 2x with an error of ±0.05: the line explains nearly everything, and every gate is met.
#[test]
fn a_line_is_found_forward_in_time() {
    let error = |i: usize| 0.1 * (scattered(7 * i + 3) - 0.5);
    let data = data(scattered, |i| 3.0 + 2.0 * scattered(i) + error(i), 300);
    let (report, best) = evaluate(&data, "y", Vec::new(), &settings(Kind::Forward)).unwrap();
    assert!(report.has_skill, "{:?}", report.skill);
    assert_eq!((report.chosen.as_str(), report.best_model.as_str()), ("ols", "ols"));
    // An even error between -0.05 and 0.05 has a deviation of 0.1/√12.
    assert!((report.chosen_rmse - 0.1 / 12f64.sqrt()).abs() < 0.006, "{}", report.chosen_rmse);
    let split = &report.split;
    assert_eq!(
        (split.folds, split.train_rows, split.calibration_rows, split.test_rows, split.groups),
        (1, 60, 40, 200, 30)
    );
    assert!(report.gates.iter().all(|gate| gate.passed), "{:?}", report.gates);
    let kinds: Vec<&str> = report.gates.iter().map(|gate| gate.gate.as_str()).collect();
    assert_eq!(kinds, ["honest_split", "skill_low_over_best_baseline", "coverage_p_value"]);
    let coverage = &report.coverage;
    assert_eq!((coverage.interval, coverage.nominal), (Interval::Static, 0.9));
    assert!((coverage.found.unwrap() - 0.9).abs() < 0.08, "{coverage:?}");
    // 90 % of even errors are within 0.045 on both sides.
    assert!((coverage.width.unwrap() - 0.09).abs() < 0.01, "{coverage:?}");
    let worst = coverage.worst_group_coverage.unwrap();
    assert!(report.by_group.iter().all(|group| group.coverage.unwrap() >= worst));
    assert_eq!(report.by_group.len(), 20);
    assert!(
        report.by_group.iter().all(|g| g.rows == 10 && g.bias.abs() <= g.mae && g.mae <= g.rmse)
    );
    // The feature neither moves nor leaves its range but by chance.
    let [drift] = report.drift.as_slice() else { panic!("one feature") };
    assert!(drift.psi < drift.critical && drift.outside < 0.1, "{drift:?}");
    assert_eq!((best.judged.len(), best.interval), (200, Interval::Static));
    assert!((2.0 * best.half_width - coverage.width.unwrap()).abs() < 1e-12);
    for (predicted, half, truth) in &best.judged {
        assert!((predicted - truth).abs() <= 0.07 && *half == best.half_width);
    }
    assert!((best.fit.fitted.predict(&[0.5]) - 4.0).abs() < 0.02);
    // Every skill says by how much a baseline is reduced; the hardest one comes first.
    let values: Vec<f64> = report.skill.iter().map(|skill| skill.value.unwrap()).collect();
    assert!(values.is_sorted() && values.len() == report.scores.len() - 1, "{values:?}");
    for skill in &report.skill {
        let by_hand = 1.0 - (skill.rmse_model / skill.rmse_baseline).powi(2);
        assert!((skill.value.unwrap() - by_hand).abs() < 1e-12, "{skill:?}");
    }
}

/// A target that has nothing to do with the feature: a baseline is chosen, and the gate of skill
/// is missed. The feature, which grows, leaves its range.
#[test]
fn without_skill_a_baseline_is_chosen() {
    let data = data(|i| i as f64, scattered, 300);
    let (report, _) = evaluate(&data, "y", Vec::new(), &settings(Kind::Forward)).unwrap();
    assert!(!report.has_skill);
    assert_eq!(report.chosen, report.skill[0].over);
    let own = report.scores.iter().find(|score| score.name == report.chosen).unwrap();
    assert_eq!((own.kind.as_str(), own.rmse), ("baseline", report.chosen_rmse));
    assert!(!report.gates[1].passed && report.gates[0].passed, "{:?}", report.gates);
    assert_eq!(report.drift[0].outside, 1.0);
    assert!(report.drift[0].psi > report.drift[0].critical);
}

/// By group, the model that is kept is that of all runs, and each run is judged by the errors of
/// other groups; a shuffled split is never fit for production.
#[test]
fn a_line_is_found_by_group_and_a_shuffled_split_is_not_honest() {
    let error = |i: usize| 0.1 * (scattered(7 * i + 3) - 0.5);
    let data = data(scattered, |i| 3.0 + 2.0 * scattered(i) + error(i), 200);
    let (report, best) = evaluate(&data, "y", Vec::new(), &settings(Kind::Group)).unwrap();
    assert!(report.has_skill && report.chosen == "ols");
    assert_eq!((report.split.test_rows, report.split.groups), (200, 20));
    assert_eq!(report.gates[2].gate, "coverage");
    assert!((report.gates[2].limit - (0.9 - GROUP_MARGIN)).abs() < 1e-12);
    assert!(report.drift.is_empty() && report.by_group.len() == 20);
    assert!((report.coverage.found.unwrap() - 0.9).abs() < 0.05, "{:?}", report.coverage);
    assert!((best.half_width - 0.045).abs() < 0.005 && best.judged.len() == 200);
    let (report, _) = evaluate(&data, "y", Vec::new(), &settings(Kind::Shuffled)).unwrap();
    assert!(!report.has_skill && !report.gates[0].passed && report.gates[1].passed);
}

/// A level that jumps after the training: a residual update follows it with its weight.
#[test]
fn an_update_follows_a_level_that_jumped() {
    let error = |i: usize| 0.02 * (scattered(7 * i + 3) - 0.5);
    let jump = |i: usize| if i < 60 { 0.0 } else { 5.0 };
    let data = data(scattered, |i| 2.0 * scattered(i) + error(i) + jump(i), 200);
    let settings = Settings { updates: true, ..settings(Kind::Forward) };
    let (report, best) = evaluate(&data, "y", Vec::new(), &settings).unwrap();
    assert_eq!(report.chosen, "ols + update");
    assert!(report.chosen_rmse < 0.02, "{}", report.chosen_rmse);
    let plain = report.scores.iter().find(|score| score.name == "ols").unwrap();
    assert!((plain.rmse - 5.0).abs() < 0.05, "{plain:?}");
    assert!((best.update.unwrap().level - 5.0).abs() < 0.02);
}
