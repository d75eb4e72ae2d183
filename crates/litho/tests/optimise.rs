//! Searches compared with an independent program's optima by the objective, because optima lie on
//! limits and their settings differ.

use libchar_litho::JobParameters;
use libchar_litho::optimise::{Objective, Problem, Search, Solution, Term, Variable};

fn job(
    wavelength: f64,
    na: f64,
    (pitch, cd): (f64, f64),
    change: impl Fn(&mut JobParameters),
) -> JobParameters {
    let mut p = JobParameters::new(wavelength, na, pitch, cd);
    p.imaging = serde_json::from_value("scalar".into()).expect("a name");
    change(&mut p);
    p
}

fn problem(features: Vec<JobParameters>, variables: &[(&'static str, f64, f64)]) -> Problem {
    Problem {
        features,
        variables: variables
            .iter()
            .map(|&(field, low, high)| Variable { field, low, high })
            .collect(),
        objective: Objective::CommonDof,
        nils_min: None,
        meef_max: None,
        bias_on_target: false,
        bias_limit_nm: 20.0,
        ring_min: 0.05,
        pole_reach_max: 1.0,
        seed: 1,
    }
}

fn search(problem: &Problem) -> Search {
    let grid: Vec<Option<Solution>> =
        problem.grid().iter().map(|values| problem.evaluate(values)).collect();
    let peaks = problem.peaks(&grid);
    let refined = peaks
        .iter()
        .take(6)
        .enumerate()
        .map(|(i, start)| problem.refine(start, i as u64))
        .collect();
    let found = problem.conclude(grid, refined).expect("a solution");
    // No optimum is listed twice: two differ by 2 % of the range of some variable.
    for (i, one) in found.local.iter().enumerate() {
        for other in &found.local[..i] {
            let apart = |(k, v): (usize, &Variable)| {
                (one.values[k] - other.values[k]).abs() >= 0.0199 * (v.high - v.low)
            };
            assert!(problem.variables.iter().enumerate().any(apart), "{one:?} {other:?}");
        }
    }
    found
}

#[test]
fn one_pitch_under_a_limit_of_nils() {
    let feature = job(248.0, 0.6, (320.0, 160.0), |p| {
        (p.sigma, p.blur_nm, p.el_min_pct) = (Some(0.5), 15.0, Some(8.0));
    });
    let mut problem = problem(vec![feature], &[("na", 0.5, 0.8), ("sigma", 0.2, 0.9)]);
    problem.nils_min = Some(1.5);
    for seed in 1..=4 {
        problem.seed = seed;
        let best = search(&problem).best;
        assert!(best.objective >= 0.999 * 1_028.041_475, "{best:?}");
        assert!(best.nils[0] >= 1.5);
        let text = best.limited_by.join("; ");
        assert!(
            text.contains("sigma at its upper bound") && text.contains("NILS at its limit"),
            "{seed} {text} {:?}",
            best.values
        );
    }
}

#[test]
fn two_pitches_share_a_ring() {
    let feature = |pitch| {
        job(193.0, 0.85, (pitch, 90.0), |p| {
            p.mask = serde_json::from_value("attenuated".into()).expect("a mask");
            (p.sigma_in, p.sigma_out, p.blur_nm) = (Some(0.3), Some(0.8), 10.0);
        })
    };
    let variables = [("sigma_in", 0.2, 0.85), ("sigma_out", 0.4, 0.95)];
    let mut problem = problem(vec![feature(200.0), feature(320.0)], &variables);
    (problem.ring_min, problem.bias_on_target, problem.bias_limit_nm) = (0.15, true, 25.0);
    let best = search(&problem).best;
    assert!(best.objective >= 0.999 * 372.307_619_8, "{best:?}");
    assert!(best.bias_nm[1].abs() <= 25.0 && best.values[1] - best.values[0] >= 0.15 - 1e-9);
    assert!(best.limited_by.iter().any(|l| l.contains("least width")), "{:?}", best.limited_by);
}

#[test]
fn a_dipole_for_a_dense_and_a_wide_pitch() {
    let feature = |shape| {
        job(13.5, 0.33, shape, |p| {
            p.source = serde_json::from_value("dipole".into()).expect("a source");
            (p.pole_center, p.pole_radius) = (Some(0.5), Some(0.2));
            (p.blur_nm, p.el_min_pct) = (3.0, Some(8.0));
        })
    };
    let variables = [("pole_center", 0.3, 0.85), ("pole_radius", 0.1, 0.35)];
    let mut problem = problem(vec![feature((32.0, 16.0)), feature((60.0, 20.0))], &variables);
    (problem.nils_min, problem.bias_on_target, problem.bias_limit_nm) = (Some(1.5), true, 6.0);
    problem.pole_reach_max = 0.95;
    let best = search(&problem).best;
    assert!(best.objective >= 0.999 * 329.173_169_3, "{best:?}");
    assert!(best.limited_by.iter().any(|l| l.contains("pole_radius at its lower")), "{best:?}");
}

#[test]
fn least_yield_risk_lies_at_the_greatest_bias() {
    let feature = job(193.0, 0.75, (240.0, 110.0), |p| {
        (p.sigma, p.blur_nm) = (Some(0.5), 12.0);
        (p.dose_sigma_pct, p.focus_sigma_nm) = (Some(3.0), Some(80.0));
    });
    let mut problem =
        problem(vec![feature], &[("sigma", 0.2, 0.95), ("mask_bias_nm", -25.0, 25.0)]);
    problem.objective = Objective::YieldRisk;
    let found = search(&problem);
    assert!(found.best.objective <= 1.002 * 0.007_769_933_68, "{:?}", found.best);
    assert!(!found.near.is_empty());
    assert_eq!(search(&problem).best, found.best);
}

fn ring(pitch: f64) -> JobParameters {
    job(193.0, 0.75, (pitch, 110.0), |p| (p.sigma, p.blur_nm) = (Some(0.5), 12.0))
}

/// A weight of 1 on one term is the same as the objective of that name; the sign says which
/// direction is better.
#[test]
fn weights_are_named_terms() {
    let variables = [("sigma", 0.3, 0.9)];
    let by_name = search(&problem(vec![ring(240.0)], &variables)).best;
    let mut weighed = problem(vec![ring(240.0)], &variables);
    weighed.objective = Objective::Weights(vec![(Term::Dof, 1.0)]);
    let best = search(&weighed).best;
    assert_eq!((best.values.clone(), best.objective), (by_name.values.clone(), by_name.objective));
    weighed.objective = Objective::Weights(vec![(Term::Dof, -1.0), (Term::Meef, -10.0)]);
    let worst = search(&weighed).best;
    assert!(worst.dof_nm < best.dof_nm && worst.objective < 0.0, "{worst:?}");
    assert!((worst.objective + worst.dof_nm + 10.0 * worst.meef[0]).abs() < 1e-9);
}

/// A dose variable moves the target to the middle of its window, where the risk is least.
#[test]
fn dose_moves_the_risk_and_not_the_image() {
    let feature = |p: &mut JobParameters| {
        (p.dose_sigma_pct, p.focus_sigma_nm) = (Some(3.0), Some(80.0));
    };
    let mut own = ring(240.0);
    feature(&mut own);
    let mut problem = problem(vec![own], &[("dose", 0.85, 1.15)]);
    problem.objective = Objective::YieldRisk;
    let best = search(&problem).best;
    let nominal = problem.evaluate(&[1.0]).expect("a sound setting");
    assert!(best.objective < nominal.objective && best.values[0] != 1.0, "{best:?}");
    assert_eq!(best.nils, nominal.nils);
    let t = |s: &Solution| s.threshold * s.values[0];
    assert!((t(&best) / t(&nominal) - 1.0).abs() < 1e-12);
}

/// Assist bars beside a wide pitch's line increase its depth of focus (which is their purpose), and
/// the result names the line that ends the window.
#[test]
fn assist_features_deepen_the_focus_of_a_wide_pitch() {
    let wide = |assist: Option<f64>| {
        job(193.0, 0.75, (520.0, 100.0), |p| {
            (p.sigma_in, p.sigma_out, p.blur_nm) = (Some(0.55), Some(0.85), 8.0);
            p.assist_nm = assist;
        })
    };
    let bare = problem(vec![wide(None)], &[("mask_bias_nm", -1.0, 1.0)]);
    let bare = search(&bare).best;
    let mut with = problem(
        vec![wide(Some(40.0))],
        &[("assist_nm", 25.0, 50.0), ("assist_offset_nm", 140.0, 230.0)],
    );
    with.seed = 3;
    let best = search(&with).best;
    assert!(best.dof_nm > 1.1 * bare.dof_nm, "{} {}", best.dof_nm, bare.dof_nm);
    assert!(best.window_ends.iter().all(|end| end.starts_with("pitch 520 nm")), "{best:?}");
}

/// No point of the grid is better than the result of a search over a quadrupole, and the bounds are
/// respected.
#[test]
fn a_quadrupole_is_searched() {
    let feature = job(193.0, 0.85, (200.0, 90.0), |p| {
        p.source = serde_json::from_value("quadrupole".into()).expect("a source");
        (p.pole_center, p.pole_radius, p.blur_nm) = (Some(0.6), Some(0.2), 8.0);
    });
    let mut problem =
        problem(vec![feature], &[("pole_center", 0.4, 0.9), ("pole_radius", 0.1, 0.3)]);
    problem.pole_reach_max = 0.95;
    let found = search(&problem);
    assert!(found.grid.iter().all(|s| s.objective <= found.best.objective));
    assert!(found.best.values.iter().sum::<f64>() <= 0.95 + 1e-9);
    assert!(found.near.len() <= found.grid.len() && !found.near.is_empty());
}
