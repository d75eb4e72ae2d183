//! How often the 95 % intervals contain the true value, over 1000 repetitions of samples whose
//! statistics have closed forms.

use libchar_numeric::draws::Draws;
use libchar_numeric::normal;
use libchar_report::statistics::Series;
use libchar_report::statistics::interval::{self, Estimate};
use libchar_report::statistics::sensitivity::{Parameters, regress};

const REPETITIONS: u64 = 1000;

/// At least 93 % of the repetitions must have an interval that contains the true value.
const LEAST: usize = 930;

/// Standard normal deviates of one parameter in one repetition.
fn deviates(repetition: u64, parameter: &str, n: usize) -> Vec<f64> {
    let mut draws = Draws::new(repetition, &["coverage", parameter]);
    (1..=n as u64).map(|sample| draws.normal(sample)).collect()
}

fn covered(truth: f64, of: impl Fn(u64) -> Estimate) -> usize {
    let holds = |estimate: Estimate| {
        estimate.low.is_none_or(|low| low <= truth)
            && estimate.high.is_none_or(|high| truth <= high)
    };
    (0..REPETITIONS).filter(|repetition| holds(of(*repetition))).count()
}

fn assert_covers(what: &str, truth: f64, of: impl Fn(u64) -> Estimate) {
    let found = covered(truth, of);
    assert!(found >= LEAST, "{what}: {found} of {REPETITIONS}");
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// Delay of a resistor of 1 kΩ ± 5 % and a capacitor of 1 pF ± 8 %, both normal: ln 2 R C.
fn rc_delay(repetition: u64, n: usize) -> Vec<f64> {
    let (r, c) = (deviates(repetition, "r", n), deviates(repetition, "c", n));
    r.iter()
        .zip(&c)
        .map(|(r, c)| std::f64::consts::LN_2 * 1e-9 * (1.0 + 0.05 * r) * (1.0 + 0.08 * c))
        .collect()
}

/// Threshold of an inverter of level-1 devices of equal strength at 1.8 V: (1.8 + vtn − vtp)/2, normal.
fn threshold(repetition: u64, n: usize) -> Vec<f64> {
    let (a, b) = (deviates(repetition, "vtn", n), deviates(repetition, "vtp", n));
    a.iter().zip(&b).map(|(a, b)| 0.9 + 0.5 * (0.02 * a - 0.02 * b)).collect()
}

/// σ of R C: of a product of independent factors with relative σ a and b, √(a² + b² + a² b²).
fn rc_sd() -> f64 {
    let (a, b): (f64, f64) = (0.05, 0.08);
    std::f64::consts::LN_2 * 1e-9 * (a * a + b * b + a * a * b * b).sqrt()
}

const THRESHOLD_SD: f64 = 0.02 * std::f64::consts::FRAC_1_SQRT_2;

#[test]
fn means_and_deviations_hold_the_truth() {
    for n in [30, 200] {
        assert_covers("mean of rc", std::f64::consts::LN_2 * 1e-9, |i| {
            interval::mean(&rc_delay(i, n))
        });
        assert_covers("mean of threshold", 0.9, |i| interval::mean(&threshold(i, n)));
        assert_covers("sd of rc", rc_sd(), |i| interval::sd(&sorted(rc_delay(i, n))).unwrap());
        assert_covers("sd of threshold", THRESHOLD_SD, |i| {
            interval::sd(&sorted(threshold(i, n))).unwrap()
        });
        // A lognormal leakage of σ 0.3 is far from normal.
        let leakage = |i: u64| {
            deviates(i, "ioff", n).into_iter().map(|z| (0.3 * z).exp()).collect::<Vec<f64>>()
        };
        let variance: f64 = 0.09;
        if n >= 200 {
            assert_covers("mean of leakage", (variance / 2.0).exp(), |i| {
                interval::mean(&leakage(i))
            });
            let sd = (variance / 2.0).exp() * variance.exp_m1().sqrt();
            assert_covers("sd of leakage", sd, |i| interval::sd(&sorted(leakage(i))).unwrap());
        }
    }
}

#[test]
fn skewness_percentiles_and_correlations_hold_the_truth() {
    let n = 200;
    assert_covers("skewness of threshold", 0.0, |i| interval::skewness(&threshold(i, n)).unwrap());
    for percent in [1.0, 15.866, 50.0, 97.725] {
        let truth = 0.9 + THRESHOLD_SD * normal::quantile(percent / 100.0);
        assert_covers("percentile", truth, |i| {
            interval::percentile(&sorted(threshold(i, n)), percent / 100.0)
        });
    }
    // The correlation of a sum with one of its parts: 1/√2.
    assert_covers("correlation", std::f64::consts::FRAC_1_SQRT_2, |i| {
        interval::correlation(&threshold(i, n), &deviates(i, "vtn", n)).unwrap()
    });
}

#[test]
fn yields_and_capability_hold_the_truth() {
    for n in [50, 200] {
        let upper = 0.9 + 2.0 * THRESHOLD_SD;
        assert_covers("yield", normal::cdf(2.0), |i| {
            let passing = threshold(i, n).iter().filter(|v| **v <= upper).count();
            interval::share(passing, n)
        });
        assert_covers("cpk", 2.0 / 3.0, |i| {
            interval::cpk(&threshold(i, n), None, Some(upper)).unwrap()
        });
        let both = (Some(0.9 - 4.0 * THRESHOLD_SD), Some(upper));
        assert_covers("cpk of both", 2.0 / 3.0, |i| {
            interval::cpk(&threshold(i, n), both.0, both.1).unwrap()
        });
    }
}

/// Slopes of the threshold are ½ and −½; those of ln 2 R C at the middle are ln 2 C and ln 2 R.
#[test]
fn slopes_hold_the_truth() {
    let n = 100;
    let found = |i: u64, parameter: usize| {
        // Noise, as from other causes, so that the intervals have a width.
        let noise = deviates(i, "noise", n);
        let values = threshold(i, n).into_iter().zip(noise).map(|(v, z)| v + 0.01 * z);
        let series = Series {
            point: String::new(),
            corner: String::new(),
            measure: "vm".to_owned(),
            alter: 1,
            values: (1..).zip(values.map(Some)).collect(),
            nominal: None,
        };
        let (a, b) = (deviates(i, "vtn", n), deviates(i, "vtp", n));
        let draws = (1..).zip(a.iter().zip(&b).map(|(a, b)| vec![0.02 * a, 0.02 * b])).collect();
        let parameters = Parameters {
            names: vec!["vtn".to_owned(), "vtp".to_owned()],
            sigmas: vec![0.02; 2],
            groups: vec![None; 2],
            pairs: false,
        };
        regress(&series, &parameters, &draws, false).unwrap().effects[parameter].slope
    };
    assert_covers("slope of vtn", 0.5, |i| found(i, 0));
    assert_covers("slope of vtp", -0.5, |i| found(i, 1));
}

/// A delay ln 2 R C k of three normal factors: its slopes and pairs have closed forms. The
/// residuals of the fit are the greater, the farther the draws are from the mean, so that the usual
/// variances of least squares are too small by up to three (by nine for pairs).
#[test]
fn slopes_and_pairs_of_a_product_hold_the_truth() {
    const SIGMAS: [f64; 3] = [0.05, 0.08, 0.1];
    let n = 200;
    let found = |i: u64| {
        let z = ["r", "c", "k"].map(|name| deviates(i, name, n));
        let row = |s: usize| [0, 1, 2].map(|p| 1.0 + SIGMAS[p] * z[p][s]).to_vec();
        let rows: Vec<Vec<f64>> = (0..n).map(row).collect();
        let series = Series {
            point: String::new(),
            corner: String::new(),
            measure: "t".to_owned(),
            alter: 1,
            values: (1..).zip(rows.iter().map(|row| Some(row.iter().product()))).collect(),
            nominal: None,
        };
        let draws = (1..).zip(rows.iter().cloned()).collect();
        let parameters = Parameters {
            names: ["r", "c", "k"].map(str::to_owned).to_vec(),
            sigmas: SIGMAS.to_vec(),
            groups: vec![None; 3],
            pairs: true,
        };
        regress(&series, &parameters, &draws, false).unwrap()
    };
    let all: Vec<_> = (0..REPETITIONS).map(found).collect();
    for (p, name) in ["r", "c", "k"].into_iter().enumerate() {
        assert_covers(&format!("slope of {name}"), 1.0, |i| all[i as usize].effects[p].slope);
    }
    for (k, (a, b)) in [(0, 1), (0, 2), (1, 2)].into_iter().enumerate() {
        assert_covers(&format!("pair {k}"), SIGMAS[a] * SIGMAS[b], |i| {
            all[i as usize].pairs.as_ref().unwrap().as_ref().unwrap().pairs[k].effect
        });
    }
}
