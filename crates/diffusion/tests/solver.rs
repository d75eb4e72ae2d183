//! Properties of the solver: conservation of the dose, order of convergence, accuracy at a given
//! effort, errors instead of wrong results.

use libchar_diffusion::closed_form::Predeposition;
use libchar_diffusion::constants::UM_PER_CM;
use libchar_diffusion::figures::Figures;
use libchar_diffusion::format::Document;
use libchar_diffusion::process::{Run, RunErrorKind, run};
use libchar_diffusion::recipe::Recipe;
use libchar_diffusion::solver::SolverError;

fn recipe(text: &str) -> Recipe {
    Document::new("test.toml", text).read(&|_| Err("no files here".to_owned())).unwrap().recipe
}

fn solve(text: &str) -> (Recipe, Run) {
    let recipe = recipe(text);
    let run = run(&recipe).unwrap();
    (recipe, run)
}

/// Dose in the silicon and oxide, and the inflow summed over the steps, per dopant.
fn balance(text: &str) -> Vec<(f64, f64, f64)> {
    let (recipe, done) = solve(text);
    let mut before = recipe.clone();
    before.steps.truncate(0);
    let start = run(&before).unwrap();
    (0..done.wafer.species().len())
        .map(|k| {
            let (oxide, silicon) = done.wafer.doses_cm2(k);
            // Without its steps the recipe knows only the dopant of the background.
            let same = start.wafer.species().iter().position(|s| *s == done.wafer.species()[k]);
            let at_start = same.map_or(0.0, |j| start.wafer.doses_cm2(j).1);
            let inflow: f64 = done.steps.iter().map(|step| step.dopants[k].inflow_cm2).sum();
            (at_start, oxide + silicon, inflow)
        })
        .collect()
}

#[test]
fn the_change_of_dose_is_the_flux_through_the_boundaries() {
    let cases = [
        // Held surface, gas, no flux; one and several dopants; clusters; growing oxide.
        "[[step]]\ntype='predep'\nspecies='B'\nconc_cm3=1e20\ntemp_c=1000\ntime_s=1800",
        "[[step]]\ntype='predep'\nspecies='P'\ngas_conc_cm3=3e20\ntemp_c=950\ntime_s=1800",
        "[[step]]\ntype='implant'\nspecies='As'\ndose_cm2=5e15\nenergy_kev=80\n\
         [[step]]\ntype='implant'\nspecies='B'\ndose_cm2=1e14\nenergy_kev=50\n\
         [[step]]\ntype='drive'\ntemp_c=1000\ntime_s=1800",
        "[grid]\ndepth_um=4\n[substrate]\ndopant='B'\nconc_cm3=1e16\n\
         [[step]]\ntype='oxidize'\nambient='wet'\ntemp_c=1000\ntime_s=3600",
        "[[step]]\ntype='deposit'\nthickness_nm=20\n\
         [[step]]\ntype='implant'\nspecies='P'\ndose_cm2=1e14\nenergy_kev=60\n\
         [[step]]\ntype='oxidize'\nambient='dry'\ntemp_c=900\nramp_to_c=1000\ntime_s=3600",
    ];
    for text in cases {
        for (start, end, inflow) in balance(text) {
            let off = (end - start - inflow).abs() / end;
            assert!(off < 1e-10, "{text}: {start:e} + {inflow:e} is not {end:e} ({off:e})");
        }
    }
}

/// Worst error of a constant-D predeposition against erfc, relative to the surface.
fn erfc_error(nodes: usize, relative: f64) -> (f64, usize) {
    let (_, run) = solve(&format!(
        "[model]\ndiffusion='constant'\n[model.diffusivity.boron]\nd_cm2_s=1e-14\n\
         [grid]\ndepth_um=1\nnodes={nodes}\nspacing='uniform'\n[accuracy]\nrelative={relative:e}\n\
         floor_cm3=1e10\n[[step]]\ntype='predep'\nspecies='boron'\nconc_cm3=1e20\ntemp_c=1000\ntime_s=3600"
    ));
    let exact = Predeposition { surface_cm3: 1e20, dt_cm2: 1e-14 * 3600.0 };
    let worst = run
        .wafer
        .depth_um()
        .iter()
        .zip(run.wafer.silicon_conc(0))
        .map(|(x, c)| (c - exact.conc_cm3(*x)).abs() / 1e20)
        .fold(0.0, f64::max);
    (worst, run.steps[0].effort.steps)
}

#[test]
fn second_order_in_space() {
    let errors: Vec<f64> = [26, 51, 101, 201].iter().map(|n| erfc_error(*n, 1e-6).0).collect();
    for pair in errors.windows(2) {
        let order = (pair[0] / pair[1]).log2();
        assert!(order > 1.85, "order {order:.2} of {errors:?}");
    }
}

#[test]
fn at_least_second_order_in_time() {
    // Compared with the same mesh at a hundred times finer tolerance: the difference is the time
    // error.
    let text = |relative: f64| {
        format!(
            "[grid]\ndepth_um=1\nnodes=201\nspacing='uniform'\n[accuracy]\nrelative={relative:e}\nfloor_cm3=1e10\n\
             [[initial]]\nspecies='P'\ndepth_um=[0, 0.1, 0.2, 0.3, 0.4]\nconc_cm3=[1e19, 9e18, 3e18, 1e17, 1e14]\n\
             [[step]]\ntype='anneal'\ntemp_c=1000\ntime_s=3600"
        )
    };
    let (_, fine) = solve(&text(1e-7));
    let measure = |relative: f64| {
        let (_, run) = solve(&text(relative));
        let pairs = run.wafer.silicon_conc(0).iter().zip(fine.wafer.silicon_conc(0));
        let worst = pairs.map(|(a, b)| (a - b).abs() / 1e19).fold(0.0, f64::max);
        (worst, run.steps[0].effort.steps as f64)
    };
    let (coarse_error, coarse_steps) = measure(3e-2);
    let (fine_error, fine_steps) = measure(3e-4);
    let order = (coarse_error / fine_error).ln() / (fine_steps / coarse_steps).ln();
    assert!(
        order > 2.0,
        "order {order:.2}: {coarse_error:e} in {coarse_steps}, {fine_error:e} in {fine_steps}"
    );
}

/// Arsenic 2e20, 1000 C, 30 min, 1000 nodes over 1 um: the junction at 1e17 cm-3 of two independent
/// solvers (Radau on 1500 nodes, TR-BDF2 on 6000) is 0.21138 um.
#[test]
fn little_effort_is_accurate_enough() {
    for (relative, steps, percent) in [(1e-2, 100, 0.3), (3e-3, 150, 0.03)] {
        let (recipe, run) = solve(&format!(
            "[model]\nactivation='full'\n[grid]\ndepth_um=1\nnodes=1000\nspacing='uniform'\n\
             [accuracy]\nrelative={relative:e}\n[report]\nlevels_cm3=[1e17]\n\
             [[step]]\ntype='predep'\nspecies='As'\nconc_cm3=2e20\ntemp_c=1000\ntime_s=1800"
        ));
        let figures = Figures::of(&recipe, &run).unwrap();
        let xj = figures.get("arsenic.depth_nm@1e17").unwrap().unwrap();
        assert!((xj / 211.38 - 1.0).abs() * 100.0 < percent, "{xj} at {relative:e}");
        assert!(run.steps[0].effort.steps < steps, "{:?}", run.steps[0].effort);
    }
}

#[test]
fn a_domain_that_is_too_shallow_is_a_fault_where_it_was_wished() {
    let text = "[[step]]\ntype='predep'\nspecies='B'\nconc_cm3=1e20\ntemp_c=1100\ntime_s=7200";
    let error = run(&recipe(&format!("[grid]\ndepth_um=0.5\n{text}"))).unwrap_err();
    assert_eq!(error.step, 0);
    assert!(matches!(error.kind, RunErrorKind::Solver(SolverError::DomainTooShallow { .. })));
    // Without a given depth the domain grows, and the profile ends inside it.
    let (_, free) = solve(text);
    let c = free.wafer.silicon_conc(0);
    assert!(c[c.len() - 1] < 1e12);
}

#[test]
fn same_recipe_same_bits() {
    let text = "[substrate]\ndopant='P'\nconc_cm3=1e15\n\
                [[step]]\ntype='implant'\nspecies='B'\ndose_cm2=1e15\nenergy_kev=30\n\
                [[step]]\ntype='oxidize'\nambient='wet'\ntemp_c=950\ntime_s=1200";
    let (_, first) = solve(text);
    let (_, second) = solve(text);
    assert_eq!(first.wafer.silicon_conc(0), second.wafer.silicon_conc(0));
    let deepest = first.wafer.depth_um().last().copied().unwrap() / UM_PER_CM;
    assert!(deepest > 0.0);
}
