//! How accurate predictions and intervals are on 4000 jobs that an independent simulator computed.

use crate::common::known_jobs::{KnownJobs, TARGETS, benchmark_file, names};
use libchar_learn::train::{Rows, Settings, train};
use libchar_learn::{Surrogate, score};
use rayon::prelude::*;

/// Rows 0-2399 train, 2400-2999 calibrate, 3000-3999 test, as for the other models in the
/// comparison.
fn trained(known: &KnownJobs) -> Surrogate {
    let (fit, held) = (known.rows(0..2400), known.rows(2400..3000));
    train(&names(), &fit, &held, &Settings::default()).expect("a model")
}

type Intervals = Vec<(f64, f64)>;

/// Value and interval of one target for every row.
fn predict(model: &Surrogate, rows: &Rows, target: usize) -> (Vec<f64>, Intervals) {
    (0..rows.features.rows())
        .map(|i| {
            let p =
                model.predict(rows.features.row(i), rows.group[i]).expect("a prediction")[target];
            (p.value, (p.low, p.high))
        })
        .unzip()
}

#[test]
fn accuracy_and_coverage_on_the_benchmark_data() {
    let Some(file) = benchmark_file() else {
        libchar_testing::skip("lithodata", "LIBCHAR_REFDATA leads to no lithography data");
        return;
    };
    let known = KnownJobs::read(&file);
    let model = trained(&known);
    let (held, test) = (known.rows(2400..3000), known.rows(3000..4000));
    let (mut r2, mut winkler) = (0.0, 0.0);
    for (t, name) in TARGETS.iter().enumerate() {
        let truth = test.targets.column(t);
        let (value, interval) = predict(&model, &test, t);
        r2 += score::r2(&truth, &value).expect("results vary") / 6.0;
        winkler += score::winkler(&truth, &interval, 0.05) / score::sd(&truth) / 6.0;
        // Coverage of all jobs, of those that print and of those that do not, within three standard
        // errors of calibration and test together. Results that repeat exactly (a yield risk of 1 where
        // nothing prints) may be covered more often, never less.
        for (kind, prints) in
            [("all", None), ("printing", Some(true)), ("not printing", Some(false))]
        {
            let belongs = |rows: &Rows, i: usize| prints.is_none_or(|p| (rows.group[i] == 2) == p);
            let chosen: Vec<usize> = (0..1000).filter(|&i| belongs(&test, i)).collect();
            let n = chosen.len() as f64;
            let calibration = (0..600).filter(|&i| belongs(&held, i)).count() as f64;
            let covered = chosen.iter().filter(|&&i| {
                let (low, high) = interval[i];
                (low..=high).contains(&truth[i])
            });
            let coverage = covered.count() as f64 / n;
            let error = (0.05 * 0.95 * (1.0 / n + 1.0 / calibration)).sqrt();
            assert!(coverage > 0.95 - 3.0 * error, "{name}, {kind}: {coverage}");
            if kind != "not printing" {
                assert!(coverage < 0.95 + 3.0 * error, "{name}, {kind}: {coverage}");
            }
        }
    }
    assert!(r2 >= 0.995, "mean R2 {r2}");
    assert!(winkler <= 0.25, "mean Winkler / sd {winkler}");
}

/// 200 random splits of the 1600 rows that no member was trained on into calibration and test.
#[test]
fn mean_coverage_over_random_splits() {
    let Some(file) = benchmark_file() else {
        libchar_testing::skip("lithodata", "LIBCHAR_REFDATA leads to no lithography data");
        return;
    };
    let known = KnownJobs::read(&file);
    let model = trained(&known);
    let coverages: Vec<f64> = (0..200u64)
        .into_par_iter()
        .map(|split| {
            let mut order: Vec<usize> = (2400..4000).collect();
            // Knuth's 64-bit linear congruential generator: good enough to shuffle.
            let mut state = split.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1;
            for i in (1..order.len()).rev() {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                order.swap(i, (state >> 33) as usize % (i + 1));
            }
            let mut model = model.clone();
            model.calibrate(&known.select(&order[..600])).expect("calibrated");
            let test = known.select(&order[600..]);
            let mut covered = 0;
            for (i, truth) in test.targets.iter().enumerate() {
                let row = test.features.row(i);
                let all = model.predict(row, test.group[i]).expect("a prediction");
                covered +=
                    all.iter().zip(truth).filter(|(p, y)| (p.low..=p.high).contains(*y)).count();
            }
            covered as f64 / (6 * test.group.len()) as f64
        })
        .collect();
    let mean = coverages.iter().sum::<f64>() / 200.0;
    eprintln!("mean coverage over 200 splits: {mean:.4}");
    assert!((0.945..=0.955).contains(&mean), "{mean}");
}
