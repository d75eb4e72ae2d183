//! Calibrations of matrices that are generated anew from known parameters: the intervals contain
//! them as often as they claim.

#[expect(dead_code, reason = "rows that are held out are another test's")]
mod fem_sets;

use fem_sets::{Set, index, set};
use libchar_litho::fem::{self, Model, PARAMETERS, Point, Predicted, Seen, Settings, Values};
use libchar_numeric::draws::Draws;
use std::collections::BTreeSet;

/// 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

fn truth(set: &Set) -> Values {
    PARAMETERS.map(|name| set.truth[name].as_f64().unwrap_or(0.0))
}

/// Generates the measurements of a matrix: the true widths with noise, and nothing where nothing
/// prints.
fn drawn(set: &Set, exact: &[Predicted], number: u64) -> Vec<Point> {
    let mut noise = Draws::new(7, &["redraw", &number.to_string()]);
    let one = |(i, (point, exact)): (usize, (&Point, &Predicted))| {
        // Where the table has no sigmas, the noise has 0.8 nm, which the fit must estimate.
        let sigma = if set.sigma_known { point.sigma_nm } else { 0.8 };
        let seen = match exact {
            Predicted::Line(cd, _) => Seen::Width(cd + sigma * noise.normal(i as u64)),
            Predicted::Nothing => Seen::Unknown,
        };
        Point { seen, ..*point }
    };
    set.points.iter().zip(exact).enumerate().map(one).collect()
}

/// The right model for a matrix: of the usual parameters, those are free that are not zero in the
/// truth.
fn settings(set: &Set) -> Settings {
    let values = truth(set);
    let free: Vec<usize> = (0..PARAMETERS.len()).filter(|&k| k < 3 || values[k] != 0.0).collect();
    let free = if set.points.iter().any(|p| p.site_x != 0.0) {
        free
    } else {
        free.into_iter().filter(|&k| k != index("focus_tilt_nm")).collect()
    };
    Settings {
        free,
        fixed: [0.0; PARAMETERS.len()],
        most_dropped: 0.02,
        sigma_known: set.sigma_known,
    }
}

/// For each free parameter that the data determine, the share of `redraws` matrices whose interval
/// contains the truth: symmetric intervals and profiles.
fn covered(i: usize, redraws: u64, profiles: bool) -> Vec<(&'static str, f64, f64)> {
    let mut set = set(i);
    // The first fit of each matrix has the right physics.
    set.template.imaging = serde_json::from_value(set.fits[0]["imaging"].clone()).expect("a name");
    let settings = settings(&set);
    let values = truth(&set);
    let model = Model::new(&set.template, &set.points).expect("sound optics");
    let exact = model.predict(&set.points, &values);
    let mut held = vec![(0_u32, 0_u32); settings.free.len()];
    let mut weak: BTreeSet<&str> = BTreeSet::new();
    for number in 0..redraws {
        let points = drawn(&set, &exact, number);
        let fit = fem::calibrate(&model, &points, &set.train, &settings).expect("a fit");
        let trust = fem::identifiability(&fit);
        weak.extend(&trust.weak);
        let rows: BTreeSet<usize> =
            set.train.iter().copied().filter(|row| !fit.dropped.contains(row)).collect();
        for (place, &k) in fit.free.iter().enumerate() {
            let error = trust.standard_errors[place].unwrap_or(f64::INFINITY);
            let within = (fit.values[k] - values[k]).abs() <= Z * error;
            held[place].0 += u32::from(within);
            if profiles {
                let interval = fem::profile(&model, &points, &rows, &fit, k);
                let within = interval.low.is_none_or(|low| low <= values[k])
                    && interval.high.is_none_or(|high| values[k] <= high);
                held[place].1 += u32::from(within);
            }
        }
    }
    let share = |count: u32| f64::from(count) / redraws as f64;
    let rows = settings.free.iter().zip(held);
    rows.filter(|(k, _)| !weak.contains(PARAMETERS[**k]))
        .map(|(&k, (symmetric, profile))| (PARAMETERS[k], share(symmetric), share(profile)))
        .collect()
}

/// A few redraws of one matrix: a factor of 1.5 in the errors would be noticed.
#[test]
fn intervals_of_a_few_redraws_hold_the_truth() {
    let all = covered(0, 40, false);
    assert!(all.len() >= 3, "{all:?}");
    let mean = all.iter().map(|a| a.1).sum::<f64>() / all.len() as f64;
    // 120 intervals: 95 % minus four standard errors.
    assert!(mean > 0.87, "{all:?}");
    assert!(all.iter().all(|a| a.1 > 0.8), "{all:?}");
}

/// 200 redraws of every matrix, symmetric intervals and profiles.
#[test]
#[ignore = "minutes: cargo test --release -p libchar-litho --test redraws -- --ignored --nocapture"]
#[expect(clippy::print_stderr, reason = "the figures of an acceptance run")]
fn intervals_of_two_hundred_redraws_hold_the_truth() {
    for i in 0..5 {
        // The profiles are slowest: they are computed for every parameter of every matrix.
        for (name, symmetric, profile) in covered(i, 200, true) {
            eprintln!("F0{} {name}: symmetric {symmetric:.3}, profile {profile:.3}", i + 1);
            assert!((0.91..=0.98).contains(&profile), "F0{} {name}: profile {profile}", i + 1);
        }
    }
}
