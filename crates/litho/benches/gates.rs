//! Speed requirements of calibrations, searches, matrices and windows, in CPU time of this process,
//! so that other programs on the machine do not count. Prints the smallest and the median of many
//! runs.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads what the system says of its CPU time"
)]

#[path = "../tests/fem_sets/mod.rs"]
#[expect(dead_code, reason = "fits and held-out rows are the tests'")]
mod fem_sets;

use fem_sets::set;
use libchar_litho::JobParameters;
use libchar_litho::bossung::Bossung;
use libchar_litho::fem::{self, Model, PARAMETERS, Settings};
use libchar_litho::optimise::{Objective, Problem, Solution, Variable};
use libchar_litho::simulate::simulate;
use std::collections::BTreeSet;
use std::hint::black_box;
use std::io::Write;

/// CPU seconds of this process so far, to a clock tick: user and system of `/proc/self/stat`.
fn cpu_s() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|t| t.parse::<f64>().ok()).unwrap_or(f64::NAN);
    (ticks(11) + ticks(12)) / 100.0
}

/// CPU seconds of one run, averaged over as many runs as take at least a second.
fn time(f: impl Fn()) -> f64 {
    f();
    let (start, mut runs) = (cpu_s(), 0_u32);
    while cpu_s() - start < 1.0 {
        f();
        runs += 1;
    }
    (cpu_s() - start) / f64::from(runs)
}

fn search(problem: &Problem) -> f64 {
    let grid: Vec<Option<Solution>> =
        problem.grid().iter().map(|values| problem.evaluate(values)).collect();
    let starts = problem.peaks(&grid);
    let refined = starts
        .iter()
        .take(6)
        .enumerate()
        .map(|(i, start)| problem.refine(start, i as u64))
        .collect();
    problem.conclude(grid, refined).expect("a solution").best.objective
}

fn problem(features: Vec<JobParameters>, variables: &[(&'static str, f64, f64)]) -> Problem {
    let variable = |&(field, low, high): &(&'static str, f64, f64)| Variable { field, low, high };
    Problem {
        features,
        variables: variables.iter().map(variable).collect(),
        objective: Objective::CommonDof,
        nils_min: None,
        meef_max: None,
        bias_on_target: false,
        bias_limit_nm: 25.0,
        ring_min: 0.15,
        pole_reach_max: 1.0,
        seed: 1,
    }
}

fn job(wavelength: f64, na: f64, pitch: f64, cd: f64) -> JobParameters {
    let mut p = JobParameters::new(wavelength, na, pitch, cd);
    p.imaging = serde_json::from_value("scalar".into()).expect("a name");
    p
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let mut say = |name: &str, seconds: f64, promised_ms: f64| {
        writeln!(out, "{name:<58} {:>10.3} ms, promised {promised_ms} ms", 1e3 * seconds)
    };

    // 300 rows of two matrices of the independent program, repeated and cut to that number.
    for (i, free) in [(0, vec![0, 1, 2]), (1, vec![0, 1, 2, 3, 4])] {
        let own = set(i);
        let points: Vec<_> = own.points.iter().copied().cycle().take(300).collect();
        let rows: Vec<usize> = (0..300).collect();
        let settings = Settings {
            free,
            fixed: [0.0; PARAMETERS.len()],
            most_dropped: 0.02,
            sigma_known: own.sigma_known,
        };
        let model = Model::new(&own.template, &points).expect("sound optics");
        let fit = fem::calibrate(&model, &points, &rows, &settings).expect("a fit");
        let kept: BTreeSet<usize> = rows.iter().copied().collect();
        let n = settings.free.len();
        let one = || {
            let model = Model::new(&own.template, &points).expect("sound optics");
            black_box(fem::calibrate(&model, &points, &rows, &settings).expect("a fit"));
        };
        say(&format!("fit of 300 rows, {n} parameters, F0{}", i + 1), time(one), 50.0)?;
        let profiles = || {
            for &k in &settings.free {
                black_box(fem::profile(&model, &points, &kept, &fit, k));
            }
        };
        say(&format!("profile intervals of all {n}, F0{}", i + 1), time(profiles), 500.0)?;
    }

    let mut one = job(248.0, 0.6, 320.0, 160.0);
    (one.sigma, one.blur_nm, one.el_min_pct) = (Some(0.5), 15.0, Some(8.0));
    let mut single = problem(vec![one], &[("na", 0.5, 0.8), ("sigma", 0.2, 0.9)]);
    single.nils_min = Some(1.5);
    say("search, one pitch, two variables", time(|| _ = black_box(search(&single))), 2000.0)?;
    let three = [200.0, 260.0, 320.0].map(|pitch| {
        let mut p = job(193.0, 0.85, pitch, 90.0);
        p.mask = serde_json::from_value("attenuated".into()).expect("a mask");
        (p.sigma_in, p.sigma_out, p.blur_nm) = (Some(0.3), Some(0.8), 10.0);
        p
    });
    let variables = [("na", 0.7, 0.9), ("sigma_in", 0.2, 0.85), ("sigma_out", 0.4, 0.95)];
    let mut wide = problem(three.to_vec(), &variables);
    wide.bias_on_target = true;
    say("search, three pitches, three variables", time(|| _ = black_box(search(&wide))), 5000.0)?;

    let mut line = job(193.0, 0.75, 260.0, 130.0);
    (line.sigma, line.blur_nm) = (Some(0.6), 12.0);
    let line = line.check().expect("a sound job");
    let doses: Vec<f64> = (0..21).map(|i| 0.8 + 0.02 * f64::from(i)).collect();
    let foci: Vec<f64> = (-13..=13).map(|i| 20.0 * f64::from(i)).collect();
    let matrix = || drop(black_box(Bossung::new(&line, 260.0).matrix(&doses, &foci)));
    say("matrix of 567 widths", time(matrix), 2.0)?;
    say("image, strict window, mask error", time(|| drop(black_box(simulate(&line)))), 0.15)
}
