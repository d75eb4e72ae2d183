//! The numeric reference cases: independent solvers, similarity solutions and SUPREM-IV.GS runs.

use libchar_diffusion::gas::Gas;
use libchar_diffusion::implant::{Implant, Ion, Ranges, Shape};
use libchar_diffusion::model::{Activation, DiffusionModel, Model, OxideRates};
use libchar_diffusion::oxidation::{Ambient, Orientation};
use libchar_diffusion::parameters::DiffusivityTerms;
use libchar_diffusion::process::{Run, interpolate_log, run};
use libchar_diffusion::recipe::{
    Action, Grid, InitialProfile, Recipe, Report, Source, Step, Substrate, Thermal,
};
use libchar_diffusion::solver::Tolerance;
use libchar_diffusion::species::Species::{self, Antimony, Arsenic, Boron, Phosphorus};

fn recipe(actions: Vec<Action>) -> Recipe {
    Recipe {
        name: String::new(),
        substrate: Substrate {
            orientation: Orientation::O100,
            background: None,
            oxide_nm: 0.0,
            thickness_um: 700.0,
        },
        model: Model { activation: Activation::Full, ..Model::default() },
        grid: Grid::default(),
        initial: Vec::new(),
        initial_defects: Vec::new(),
        steps: actions
            .into_iter()
            .map(|action| Step { word: action.word(), action, name: None })
            .collect(),
        report: Report::default(),
        tolerance: Tolerance::default(),
    }
}

fn hold(temp_c: f64, minutes: f64) -> Thermal {
    Thermal::hold(temp_c, 60.0 * minutes)
}

fn inert(temp_c: f64, minutes: f64) -> Action {
    Action::Anneal { course: hold(temp_c, minutes).into(), gas: Gas::inert() }
}

fn predep(species: Species, conc: f64, temp_c: f64, minutes: f64) -> Action {
    Action::Predep { species, source: Source::Surface(conc), thermal: hold(temp_c, minutes) }
}

fn implant(species: Species, dose_cm2: f64, energy_kev: f64) -> Action {
    Action::Implant(Implant {
        species,
        dose_cm2,
        energy_kev,
        tilt_deg: 0.0,
        shape: Shape::Pearson,
        ion: Ion::Atom,
        moments: None,
        oxide_moments: None,
        tail: None,
        ranges: Ranges::Gibbons,
        damage: 1.0,
    })
}

/// Deepest depth at which a dopant falls to a level, um.
fn depth_of(run: &Run, species: Species, level: f64) -> f64 {
    let k = run.wafer.species().iter().position(|s| *s == species).unwrap();
    let (x, c) = (run.wafer.depth_um(), run.wafer.silicon_conc(k));
    let i = (0..c.len() - 1).rev().find(|&i| c[i] >= level && c[i + 1] < level).unwrap();
    x[i] + (x[i + 1] - x[i]) * (c[i] / level).ln() / (c[i] / c[i + 1].max(1e-300)).ln()
}

#[track_caller]
fn close(what: &str, actual: f64, expected: f64, rel: f64) {
    let off = actual / expected - 1.0;
    assert!(off.abs() < rel, "{what}: {actual:e} is not {expected:e} ({:.3} %)", off * 100.0);
}

#[test]
fn predepositions() {
    let cases = [
        (Boron, 1e20, 1000.0, 30.0, 2475006000000000.0, [0.543408, 0.518837, 0.49297, 0.464371]),
        (Boron, 2e20, 1100.0, 30.0, 1.704692e16, [1.841379, 1.769342, 1.694141, 1.613262]),
        (Arsenic, 2e20, 1050.0, 60.0, 5035350000000000.0, [0.592147, 0.563864, 0.534069, 0.501696]),
        (
            Antimony,
            4e19,
            1150.0,
            60.0,
            1299685000000000.0,
            [1.114799, 0.996467, 0.863475, 0.706047],
        ),
    ];
    for (species, conc, temp_c, minutes, dose, depths) in cases {
        let run = run(&recipe(vec![predep(species, conc, temp_c, minutes)])).unwrap();
        close(&format!("{species} {temp_c} dose"), run.wafer.doses_cm2(0).1, dose, 1e-3);
        for (level, depth) in [1e15, 1e16, 1e17, 1e18].into_iter().zip(depths) {
            close(
                &format!("{species} {temp_c} {level:e}"),
                depth_of(&run, species, level),
                depth,
                2e-3,
            );
        }
    }
}

fn measured(text: &str, species: Species) -> InitialProfile {
    let rows: Vec<(f64, f64)> = text
        .lines()
        .skip(1)
        .map(|l| l.split_once(',').unwrap())
        .map(|(x, c)| (x.parse().unwrap(), c.parse().unwrap()))
        .collect();
    InitialProfile {
        species,
        depth_um: rows.iter().map(|r| r.0).collect(),
        conc_cm3: rows.iter().map(|r| r.1).collect(),
        floor_cm3: None,
        notes: Vec::new(),
    }
}

#[test]
fn anneals_and_two_steps() {
    let b = include_str!("../../../testdata/diffusion/imp_B_1e14_50_boron.csv");
    let p = include_str!("../../../testdata/diffusion/imp_P_1e14_100_phosphorus.csv");
    let levels = [1e15, 1e16, 1e17, 1e18];
    for (species, text, depths, surf) in [
        (
            Boron,
            b,
            [0.6439138420017226, 0.5758655165765248, 0.49206370672273, 0.36489813533443943],
            2.85339623406787e18,
        ),
        (
            Phosphorus,
            p,
            [0.5865452842871843, 0.5195855734961853, 0.4380267882832642, 0.31955469714504564],
            3.58842893129516e18,
        ),
    ] {
        let mut recipe = recipe(vec![inert(1000.0, 60.0)]);
        recipe.initial.push(measured(text, species));
        let run = run(&recipe).unwrap();
        for (level, depth) in levels.into_iter().zip(depths) {
            close(
                &format!("{species} anneal {level:e}"),
                depth_of(&run, species, level),
                depth,
                2e-3,
            );
        }
        close("surface", run.wafer.silicon_conc(0)[0], surf, 3e-3);
    }
    for (species, steps, depths, surf, dose) in [
        (
            Boron,
            vec![predep(Boron, 1.0435e20, 975.0, 30.0), inert(1100.0, 60.0)],
            [1.941636371326457, 1.7751175131282793, 1.5861553371976596, 1.3556950976450821],
            2.4927921824906527e19,
            2061696454515004.0,
        ),
        (
            Phosphorus,
            vec![predep(Phosphorus, 3e20, 900.0, 20.0), inert(1050.0, 30.0)],
            [0.8184225607053801, 0.7589705465900058, 0.6928289346065376, 0.6155316887558574],
            6.9086405270115795e19,
            2425642526296068.5,
        ),
    ] {
        let run = run(&recipe(steps)).unwrap();
        for (level, depth) in levels.into_iter().zip(depths) {
            close(
                &format!("{species} two-step {level:e}"),
                depth_of(&run, species, level),
                depth,
                2e-3,
            );
        }
        close("surface", run.wafer.silicon_conc(0)[0], surf, 3e-3);
        close("dose", run.wafer.doses_cm2(0).1, dose, 1e-3);
    }
}

#[test]
fn suprem_defaults() {
    let gas = |species, conc, t, m| Action::Predep {
        species,
        source: Source::Gas(conc),
        thermal: hold(t, m),
    };
    let levels = [1e14, 1e15, 1e16, 1e17, 1e18];
    let n = f64::NAN;
    for (species, steps, surf, depths) in [
        (
            Arsenic,
            vec![implant(Arsenic, 5e15, 80.0), inert(1000.0, 30.0)],
            3.675035e20,
            [
                0.33829183180645456,
                0.32822707698721154,
                0.3178395600274151,
                0.3070491343989877,
                0.29545655663409814,
            ],
        ),
        (
            Boron,
            vec![implant(Boron, 5e15, 30.0), inert(950.0, 30.0)],
            2.058437e20,
            [
                0.4964661683969504,
                0.4847136028704715,
                0.47262100500564364,
                0.46008186313760374,
                0.44633810304458066,
            ],
        ),
        (
            Phosphorus,
            vec![implant(Phosphorus, 5e15, 80.0), inert(950.0, 30.0)],
            1.858629e20,
            [
                0.4435049008459242,
                0.43048193980395366,
                0.4171621592288916,
                0.40326372213209855,
                0.3881465512232824,
            ],
        ),
        (
            Phosphorus,
            vec![implant(Phosphorus, 1e13, 150.0), inert(1150.0, 360.0)],
            5.559086e16,
            [5.098438359445098, 4.064567928676996, 2.6576504997695465, n, n],
        ),
        (
            Boron,
            vec![implant(Boron, 2e13, 100.0), inert(1150.0, 360.0)],
            1.120493e17,
            [5.317431808152258, 4.361377405413867, 3.1259502452675023, 0.6809723624164511, n],
        ),
        (
            Antimony,
            vec![implant(Antimony, 1e15, 100.0), inert(1200.0, 240.0)],
            8.232319e18,
            [
                4.107172388284371,
                3.689552024953606,
                3.2181107918844436,
                2.6603823630204064,
                1.9223354122733598,
            ],
        ),
        (
            Boron,
            vec![gas(Boron, 1.1922e20, 1000.0, 30.0)],
            4.653941e19,
            [n, 0.37827319846951424, 0.3465691186618061, 0.3127101710046314, n],
        ),
        (
            Phosphorus,
            vec![gas(Phosphorus, 3e20, 950.0, 30.0)],
            2.025765e20,
            [n, 0.22644527112617974, 0.21507419728183702, 0.20330843095202256, n],
        ),
    ] {
        let mut recipe = recipe(steps);
        recipe.model.activation = Activation::Suprem4;
        let run = run(&recipe).unwrap();
        close(&format!("{species} surface"), run.wafer.silicon_conc(0)[0], surf, 1e-2);
        for (level, depth) in levels.into_iter().zip(depths) {
            if depth.is_finite() {
                close(
                    &format!("{species} suprem {level:e}"),
                    depth_of(&run, species, level),
                    depth,
                    1e-2,
                );
            }
        }
    }
}

#[test]
fn implants() {
    let levels = [1e14, 1e15, 1e16, 1e17, 1e18];
    for (species, dose, energy, surf, peak, x_peak, depths) in [
        (
            Boron,
            1e14,
            50.0,
            1.9423e17,
            8.225903e18,
            0.18253402,
            [
                0.2936910811117382,
                0.2900485929347538,
                0.28435570997553555,
                0.27465311622425326,
                0.2558266337049515,
            ],
        ),
        (
            Phosphorus,
            1e14,
            100.0,
            1.729897e17,
            7.821764e18,
            0.13172031,
            [
                0.37778643656807187,
                0.3528467023434429,
                0.3234760864922963,
                0.28734532070199487,
                0.23831753411434378,
            ],
        ),
        (
            Arsenic,
            5e15,
            80.0,
            1.791531e16,
            1.071484e21,
            0.04905739,
            [
                0.21235532237669172,
                0.196933897592242,
                0.18059754971240694,
                0.1631287326868951,
                0.1441610766490226,
            ],
        ),
        (
            Antimony,
            1e15,
            100.0,
            0.0,
            2.540579e20,
            0.04905739,
            [
                0.17443476222930757,
                0.16194941555853354,
                0.1485557793950167,
                0.1340028847437666,
                0.11781554617709197,
            ],
        ),
    ] {
        let run = run(&recipe(vec![implant(species, dose, energy)])).unwrap();
        let c = run.wafer.silicon_conc(0);
        let x = run.wafer.depth_um();
        let top = (0..c.len()).max_by(|&i, &j| c[i].total_cmp(&c[j])).unwrap();
        close(&format!("{species} peak"), c[top], peak, 2e-2);
        close(&format!("{species} peak depth"), x[top], x_peak, 3e-2);
        if surf > 0.0 {
            close(&format!("{species} surface"), c[0], surf, 2e-2);
        }
        for (level, depth) in levels.into_iter().zip(depths) {
            close(
                &format!("{species} implanted {level:e}"),
                depth_of(&run, species, level),
                depth,
                2e-2,
            );
        }
    }
}

#[test]
fn fronts() {
    let own = |d: f64| DiffusivityTerms { x: [d, 0.0], ..DiffusivityTerms::default() };
    // D ~ C with a held surface.
    let mut r = recipe(vec![predep(Boron, 1e20, 1000.0, 60.0)]);
    r.model.diffusion = DiffusionModel::Power { c_ref_cm3: 1e20, exponent: 1.0 };
    r.model.diffusivity.insert(Boron, own(1e-13));
    let run1 = run(&r).unwrap();
    let unit = (1e-13f64 * 3600.0).sqrt() * 1e4;
    close("dose", run1.wafer.doses_cm2(0).1, 0.8874966267377293 * 1e20 * unit / 1e4, 5e-3);
    let (x, c) = (run1.wafer.depth_um(), run1.wafer.silicon_conc(0));
    for (s, f) in [(0.1, 0.9256850976632706), (0.5, 0.5737585984004926), (0.9, 0.12734661246729356)]
    {
        close(
            &format!("C at {s}"),
            interpolate_log(&x, c, s * 1.6161254468044792 * unit) / 1e20,
            f,
            5e-3,
        );
    }
    let front = (0..c.len()).rev().find(|&i| c[i] > 1e17).unwrap();
    close("front", x[front], 1.6161254468044792 * unit, 1e-2);
    for (exponent, c0, front, half) in [
        (1.0, 4.705180144405156e19, 0.31879757075478377, 3.528885108303867e19),
        (2.0, 5.792478577400385e19, 0.21980910722780578, 5.016433598905878e19),
    ] {
        let mut r =
            recipe(vec![Action::Sheet { species: Boron, dose_cm2: 1e15 }, inert(1000.0, 60.0)]);
        r.model.diffusion = DiffusionModel::Power { c_ref_cm3: 1e20, exponent };
        r.model.diffusivity.insert(Boron, own(1e-13));
        let run1 = run(&r).unwrap();
        let (x, c) = (run1.wafer.depth_um(), run1.wafer.silicon_conc(0));
        close("C0", c[0], c0, 5e-3);
        close("half", interpolate_log(&x, c, 0.5 * front), half, 5e-3);
        let end = (0..c.len()).rev().find(|&i| c[i] > 1e17).unwrap();
        close("front", x[end], front, 5e-3);
    }
}

#[test]
fn segregation() {
    for (wet, b, expected) in [
        (true, 0.5294279285381087, 0.1924830020236272),
        (false, 0.023617435252993518, 0.4144821094197468),
    ] {
        let mut r = recipe(vec![Action::Anneal {
            course: hold(1100.0, 60.0).into(),
            gas: Gas::pure(if wet { Ambient::Wet } else { Ambient::Dry }, 1.0),
        }]);
        r.substrate.background = Some((Boron, 1e16));
        r.model.massoud = None;
        r.model.diffusion = DiffusionModel::Constant;
        r.model.segregation.insert(Boron, [0.3, 0.0]);
        r.model.diffusivity.insert(
            Boron,
            DiffusivityTerms { x: [1.5938881152103782e-13, 0.0], ..DiffusivityTerms::default() },
        );
        r.model.oxide_rates = Some(OxideRates { parabolic_um2_h: b, linear_um_h: 1e6 });
        let run = run(&r).unwrap();
        close("Cs/Cb", run.wafer.silicon_conc(0)[0] / 1e16, expected, 5e-3);
    }
}

#[test]
fn oxidized_implant() {
    let mut r = recipe(vec![
        Action::Deposit { thickness_nm: 75.0 },
        implant(Boron, 3e14, 70.0),
        Action::Anneal { course: hold(1100.0, 30.0).into(), gas: Gas::pure(Ambient::Dry, 1.0) },
    ]);
    r.substrate.background = Some((Boron, 1e14));
    r.model.oxidation = "suprem4".into();
    r.model.massoud = Some("suprem4".into());
    r.model.activation = Activation::Suprem4;
    let run = run(&r).unwrap();
    for (level, depth) in [1e15, 1e16, 1e17, 1e18].into_iter().zip([
        1.213963470973917,
        1.052915182806998,
        0.8724140875785577,
        0.6245392707712419,
    ]) {
        close(&format!("oed fermi {level:e}"), depth_of(&run, Boron, level), depth, 0.1);
    }
}

/// Two half-spaces, thick against what diffuses: `C_Si(0) = C0/(1 + sqrt(D_ox/D_Si)/m)` and the oxide's dose
/// `(C_Si(0)/m) 2 sqrt(D_ox t/pi)` (Carslaw and Jaeger, section 2.16), whatever the oxide's thickness.
#[test]
fn an_oxide_takes_up_dopant_whatever_its_thickness() {
    for temp_c in [850.0, 900.0, 950.0, 1000.0, 1050.0, 1100.0] {
        for thickness_nm in [10.0, 50.0, 150.0, 500.0, 1000.0] {
            for deposited in [false, true] {
                let mut steps = vec![inert(temp_c, 30.0)];
                if deposited {
                    steps.insert(0, Action::Deposit { thickness_nm });
                }
                let mut r = recipe(steps);
                r.substrate.background = Some((Boron, 1e18));
                r.substrate.oxide_nm = if deposited { 0.0 } else { thickness_nm };
                r.model.diffusion = DiffusionModel::Constant;
                r.model.segregation.insert(Boron, [0.3, 0.0]);
                let d = DiffusivityTerms { x: [1e-14, 0.0], ..DiffusivityTerms::default() };
                r.model.diffusivity.insert(Boron, d);
                let run = run(&r).unwrap();
                let d_ox = 3.16e-4 * (-3.53 / (8.617_333_262e-5 * (temp_c + 273.15))).exp();
                let surface = 1e18 / (1.0 + (d_ox / 1e-14_f64).sqrt() / 0.3);
                let dose = surface / 0.3 * 2.0 * (d_ox * 1800.0 / std::f64::consts::PI).sqrt();
                let what = format!("{temp_c} C, {thickness_nm} nm");
                close(&what, run.wafer.silicon_conc(0)[0], surface, 1e-2);
                close(&what, run.wafer.doses_cm2(0).0, dose, 1e-2);
            }
        }
    }
}
