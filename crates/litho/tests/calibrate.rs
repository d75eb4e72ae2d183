//! Calibration compared with an independent program's fits and with the true parameters behind its
//! data.

mod fem_sets;

use std::collections::BTreeSet;

use fem_sets::{index, set};
use libchar_litho::fem::{self, Model, PARAMETERS, Predicted, Seen, Settings};
use serde_json::Value;

/// Every fit of the reference, with right physics or wrong: values within half a standard error,
/// errors, condition, chi2, correlations, and the error on rows that the fit did not use.
#[test]
fn every_fit_agrees_with_an_independent_program() {
    let (mut seen, mut left_out) = (0, 0);
    for i in 0..5 {
        let mut set = set(i);
        for fit in set.fits.clone() {
            let what = format!("F0{} {}", i + 1, fit["label"]);
            set.template.imaging = serde_json::from_value(fit["imaging"].clone()).expect("a name");
            let free: Vec<usize> = fit["free"]
                .as_array()
                .expect("names")
                .iter()
                .map(|n| index(n.as_str().expect("a name")))
                .collect();
            let mut fixed = [0.0; PARAMETERS.len()];
            for (name, value) in fit["fixed"].as_object().expect("fixed") {
                fixed[index(name)] = value.as_f64().expect("a number");
            }
            // The independent program drops every outlier; here dropping more than 2 % must be
            // requested.
            let settings =
                Settings { free, fixed, most_dropped: 0.1, sigma_known: set.sigma_known };
            let model = Model::new(&set.template, &set.points).expect("sound optics");
            let found = fem::calibrate(&model, &set.points, &set.train, &settings).expect(&what);
            let trust = fem::identifiability(&found);
            assert!(found.converged, "{what}");
            let rejected = fit["rejected_rows"].as_array().expect("rows").len();
            let same_rows = found.dropped.len() == rejected;
            assert!(found.dropped.len().abs_diff(rejected) <= 2, "{what}: {:?}", found.dropped);
            for (k, &parameter) in found.free.iter().enumerate() {
                let name = PARAMETERS[parameter];
                let value = fit["fitted"][name].as_f64().expect("a value");
                let error = fit["standard_error_at_fit"][name].as_f64().expect("an error");
                let off = (found.values[parameter] - value).abs() / error;
                assert!(
                    off < if same_rows { 0.02 } else { 0.5 },
                    "{what} {name}: {off} errors off"
                );
                let own = trust.standard_errors[k].expect("an error");
                // The independent program states errors for a sigma of 1 where the table has none.
                let theirs = error * found.scale;
                assert!((own / theirs - 1.0).abs() < 0.05, "{what} {name}: {own} against {theirs}");
                let bound = fit["cramer_rao_at_truth"]["standard_error"][name].as_f64();
                let is_weak = trust.weak.contains(&name);
                let is_right = fit["label"].as_str().is_some_and(|l| {
                    !l.contains("wrong") && !l.contains("too few") && !l.contains("ignored")
                });
                if is_right && !is_weak {
                    let bound = bound.expect("a bound");
                    assert!(
                        (own / bound - 1.0).abs() < 0.15,
                        "{what} {name}: {own} against {bound}"
                    );
                    let truth = set.truth[name].as_f64().expect("a truth");
                    assert!((found.values[parameter] - truth).abs() < 3.0 * own, "{what} {name}");
                }
            }
            let condition = fit["condition_number_at_fit"].as_f64().expect("a number");
            assert!(
                (trust.condition / condition - 1.0).abs() < 0.05,
                "{what}: {}",
                trust.condition
            );
            let strong = fit["strong_correlations"].as_array().expect("a list").len();
            assert_eq!(trust.strong.len(), strong, "{what}: {:?}", trust.strong);
            let weak: BTreeSet<&str> = fit["weak_parameters"]
                .as_array()
                .expect("a list")
                .iter()
                .filter_map(Value::as_str)
                .collect();
            assert_eq!(trust.weak.iter().copied().collect::<BTreeSet<_>>(), weak, "{what}");
            // Rows that the fit did not use, without outliers, as in the independent program.
            let predicted = model.predict(&set.points, &found.values);
            let off: Vec<f64> = set
                .test
                .iter()
                .filter_map(|&row| match (set.points[row].seen, predicted[row]) {
                    (Seen::Width(width), Predicted::Line(cd, _)) => Some(cd - width),
                    _ => None,
                })
                .filter(|d| d.abs() < 10.0)
                .collect();
            let rms = (off.iter().map(|d| d * d).sum::<f64>() / off.len() as f64).sqrt();
            let theirs = fit["heldout_rmse_nm"].as_f64().expect("a number");
            assert!(rms <= 1.03 * theirs, "{what}: {rms} against {theirs}");
            // A pitch that the fit did not use, with all of its rows; that program rejects outliers
            // there too.
            for (pitch, left) in fit["leave_one_pitch_out"].as_object().into_iter().flatten() {
                let pitch_nm: f64 = pitch.parse().expect("a pitch");
                let own = fem::leave_out(&model, &set.points, &settings, pitch_nm);
                let theirs = left["rmse_nm"].as_f64().expect("a number");
                let off = own.rmse_nm.expect("a number") / theirs - 1.0;
                let label = fit["label"].as_str().expect("a label");
                let is_wrong = ["wrong", "too few", "ignored"].iter().any(|w| label.contains(w));
                if found.outliers.is_empty() {
                    // With a wrong model each program drops different rows.
                    let allowed = if is_wrong { 0.03 } else { 1e-4 };
                    assert!(off < allowed, "{what} without {pitch}: {off}");
                    assert!(is_wrong || off > -allowed, "{what} without {pitch}: {off}");
                    left_out += 1;
                }
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 12);
    assert!(left_out > 10, "{left_out}");
}

/// The blur enters by its square. Where it is poorly determined its interval is strongly
/// asymmetric, which the profile shows.
#[test]
fn profiles_say_what_symmetric_errors_hide() {
    let set = set(3);
    let settings = Settings {
        free: vec![0, 1, 2],
        fixed: [0.0; PARAMETERS.len()],
        most_dropped: 0.02,
        sigma_known: false,
    };
    let model = Model::new(&set.template, &set.points).expect("sound optics");
    let fit = fem::calibrate(&model, &set.points, &set.train, &settings).expect("a fit");
    let rows: BTreeSet<usize> = set.train.iter().copied().collect();
    let blur = fem::profile(&model, &set.points, &rows, &fit, 1);
    let high = blur.high.expect("an upper end");
    assert!(blur.low.is_none_or(|low| low < 14.0) && high > 14.0, "{blur:?}");
    let trust = fem::identifiability(&fit);
    // The direction that the data determine least is one of threshold and blur together.
    assert!(trust.null_direction[0].abs() > 0.6 && trust.null_direction[1].abs() > 0.6);
}

/// The derivatives that the fit uses, compared with finite differences.
#[test]
fn slopes_are_derivatives() {
    let set = set(1);
    let model = Model::new(&set.template, &set.points).expect("sound optics");
    let values = [7.9, 24.0, -45.0, 0.8, 5.0, 0.03, 0.0];
    let here = model.predict(&set.points, &values);
    for k in 0..6 {
        let step = 1e-4 * values[k].abs();
        let moved = |sign: f64| {
            let mut v = values;
            v[k] += sign * step;
            model.predict(&set.points, &v)
        };
        let (up, down) = (moved(1.0), moved(-1.0));
        for i in (0..set.points.len()).step_by(7) {
            let (Predicted::Line(_, by), Predicted::Line(a, _), Predicted::Line(b, _)) =
                (here[i], up[i], down[i])
            else {
                continue;
            };
            let inner = if k == 1 { 2.0 * values[1] } else { 1.0 };
            let found = (a - b) / (2.0 * step);
            let slack = 1e-4 * found.abs().max(1.0 / values[k].abs());
            assert!(
                (found - inner * by[k]).abs() < slack,
                "{} {i}: {found} {}",
                PARAMETERS[k],
                inner * by[k]
            );
        }
    }
}
