//! 95 % intervals contain the true value in 95 % of all repetitions, counted over simulated
//! measurements.

#![allow(clippy::print_stderr, reason = "a test says what it counted")]

use libchar_core::Table;
use libchar_core::table::Header;
use libchar_metrology::bind::bind;
use libchar_metrology::evaluate::evaluate;
use libchar_metrology::methods;
use libchar_metrology::optics::Complex;
use libchar_metrology::optics::stack::{amplitudes, psi_delta_deg};
use libchar_metrology::setup::Setup;
use libchar_numeric::draws::Draws;

/// Standard normal numbers for one repetition.
struct Noise {
    draws: Draws,
    next: u64,
}

impl Noise {
    fn normal(&mut self) -> f64 {
        self.next += 1;
        self.draws.normal(self.next)
    }
}

/// A method, its setup, the quantities with their true values, and a simulated measurement (file
/// and further setup).
struct Trial {
    method: &'static str,
    setup: &'static str,
    truth: Vec<(&'static str, f64)>,
    measure: fn(&mut Noise) -> (String, String),
}

/// The share of repetitions whose interval contains the true value, for each quantity.
fn coverage(trial: &Trial, repetitions: u64) -> Vec<f64> {
    let method = methods::find(trial.method).unwrap();
    let mut held = vec![0u64; trial.truth.len()];
    for seed in 0..repetitions {
        let mut noise = Noise { draws: Draws::new(seed, &[trial.method]), next: 0 };
        let (csv, more) = (trial.measure)(&mut noise);
        let table = (!csv.is_empty())
            .then(|| Table::parse_csv_with("t.csv", csv.as_bytes(), Header::Required).unwrap());
        let mut setup = Setup::default();
        setup.read("s.toml", &format!("{}\n{more}", trial.setup)).unwrap();
        let bound = bind(method, table.as_ref(), &setup, None).unwrap();
        let job = bound.jobs.into_iter().next().unwrap().unwrap();
        let found = evaluate(method, &job, 0.95).unwrap();
        for (count, (name, truth)) in held.iter_mut().zip(&trial.truth) {
            let i = found.answer.numbers.iter().position(|n| n.name == *name).unwrap();
            let budget = found.budgets[i].as_ref().expect("an uncertainty");
            *count += u64::from((found.answer.numbers[i].y - truth).abs() <= budget.expanded);
        }
    }
    held.iter().map(|count| *count as f64 / repetitions as f64).collect()
}

/// Four probes: ten readings of the voltage (type A), a thickness with a known uncertainty.
fn four_point() -> Trial {
    Trial {
        method: "four-point-probe",
        setup: "i_a = 0.001\nspacing_mm = 1.0\ngeometry = 'infinite thin sheet'",
        truth: vec![("rs_ohm_sq", std::f64::consts::PI / std::f64::consts::LN_2 * 4.5)],
        measure: |noise| {
            let v: Vec<f64> = (0..10).map(|_| 0.0045 * (1.0 + 0.01 * noise.normal())).collect();
            let mean = v.iter().sum::<f64>() / 10.0;
            let squares: f64 = v.iter().map(|v| (v - mean).powi(2)).sum();
            let u = (squares / 90.0).sqrt();
            (String::new(), format!("v_v = {{ value = {mean:e}, u = {u:e}, dof = 9 }}"))
        },
    }
}

/// Six spacings with a known uncertainty of the resistances.
fn tlm() -> Trial {
    let lt = (2.5e-6f64 / 85.0).sqrt() * 1e4;
    let rc = 85.0 * lt / 100.0 / (50.0 / lt).tanh();
    Trial {
        method: "tlm",
        setup: "width_um = 100\npad_length_um = 50",
        truth: vec![("rs_ohm_sq", 85.0), ("rc_ohm", rc), ("rho_c_ohm_cm2", 2.5e-6)],
        measure: |noise| {
            let lt = (2.5e-6f64 / 85.0).sqrt() * 1e4;
            let rc = 85.0 * lt / 100.0 / (50.0 / lt).tanh();
            let mut csv = String::from("d_um,r_ohm,u_r_ohm\n");
            for d in [5.0, 10.0, 20.0, 40.0, 60.0, 80.0] {
                let r = 2.0 * rc + 0.85 * d + 0.02 * noise.normal();
                csv.push_str(&format!("{d},{r},0.02\n"));
            }
            (csv, String::new())
        },
    }
}

/// A diode without resistances, in closed form, with 1 % of noise: the voltage for every current is
/// known.
fn diode() -> Trial {
    Trial {
        method: "diode",
        setup: "temperature_k = 300",
        truth: vec![("n", 1.3), ("is_a", 1e-11), ("rs_ohm", 5.0)],
        measure: |noise| {
            let vt = 1.3 * libchar_metrology::constants::thermal_voltage_v(300.0);
            let mut csv = String::from("v_v,i_a,u_i_a\n");
            for k in 0..40 {
                // Everything is explicit in terms of the junction voltage.
                let junction = 0.1 + 0.0155 * f64::from(k);
                let i = 1e-11 * ((junction / vt).exp() - 1.0) + junction / 1e9;
                let u = 0.01 * i;
                csv.push_str(&format!(
                    "{},{:e},{u:e}\n",
                    junction + 5.0 * i,
                    i + u * noise.normal()
                ));
            }
            (csv, String::new())
        },
    }
}

/// Thickness and index of a film with known uncertainties of psi and delta.
fn ellipsometry() -> Trial {
    Trial {
        method: "ellipsometry",
        setup: "aoi_deg = 70\nn_sub = 3.9\nk_sub = 0.02\nmodel = 'constant index'\nn_film = 1.5\nstart_nm = 100\nfree = ['d_nm', 'n_film']",
        truth: vec![("d_nm", 80.0), ("n_film", 1.46)],
        measure: |noise| {
            let mut csv = String::from("wavelength_nm,psi_deg,delta_deg,u_psi_deg,u_delta_deg\n");
            let indices =
                [Complex::new(1.0, 0.0), Complex::new(1.46, 0.0), Complex::new(3.9, -0.02)];
            for k in 0..26 {
                let wavelength = 400.0 + 16.0 * f64::from(k);
                let (psi, delta) = psi_delta_deg(amplitudes(
                    &indices,
                    &[0.0, 80.0],
                    wavelength,
                    70f64.to_radians(),
                ));
                let (psi, delta) = (psi + 0.03 * noise.normal(), delta + 0.08 * noise.normal());
                csv.push_str(&format!("{wavelength},{psi},{delta},0.03,0.08\n"));
            }
            (csv, String::new())
        },
    }
}

const EDGES: usize = 20;
const POINTS: usize = 256;

/// Weights that turn white noise into an edge with a roughness of 1.2 nm. They are smooth, so that
/// the edge does not contribute to the noise floor.
fn kernel() -> Vec<f64> {
    let raw: Vec<f64> =
        (-15..=15).map(|k| (-0.5 * (f64::from(k) / 3.0f64).powi(2)).exp()).collect();
    let norm = raw.iter().map(|w| w * w).sum::<f64>().sqrt();
    raw.iter().map(|w| 1.2 * w / norm).collect()
}

/// Edges of known roughness with 0.4 nm of noise. The variance of an edge of finite length lacks
/// the variance of its mean.
fn ler() -> Trial {
    let w = kernel();
    let at = |lag: usize| (0..w.len().saturating_sub(lag)).map(|i| w[i] * w[i + lag]).sum::<f64>();
    let n = POINTS as f64;
    let of_mean =
        (at(0) + 2.0 * (1..w.len()).map(|lag| (1.0 - lag as f64 / n) * at(lag)).sum::<f64>()) / n;
    Trial {
        method: "ler",
        setup: "dy_nm = 1.0",
        truth: vec![("unbiased_3sigma_nm", 3.0 * (1.44 - of_mean).sqrt())],
        measure: |noise| {
            let w = kernel();
            let mut rows = vec![String::new(); POINTS];
            let mut csv = String::from("y_nm");
            for e in 0..EDGES {
                csv.push_str(&format!(",e{:02}_nm", e + 1));
                let white: Vec<f64> = (0..POINTS + w.len() - 1).map(|_| noise.normal()).collect();
                for (i, row) in rows.iter_mut().enumerate() {
                    let smooth: f64 = w.iter().zip(&white[i..]).map(|(w, z)| w * z).sum();
                    row.push_str(&format!(",{}", smooth + 0.4 * noise.normal()));
                }
            }
            csv.push('\n');
            for (i, row) in rows.iter().enumerate() {
                csv.push_str(&format!("{i}{row}\n"));
            }
            (csv, String::new())
        },
    }
}

fn check(repetitions: u64, low: f64, high: f64) {
    for trial in [four_point(), tlm(), diode(), ellipsometry(), ler()] {
        for (share, (name, _)) in coverage(&trial, repetitions).iter().zip(&trial.truth) {
            eprintln!("{} {name}: {:.1} %", trial.method, 100.0 * share);
            assert!((low..=high).contains(share), "{} {name}: {share}", trial.method);
        }
    }
}

#[test]
fn intervals_hold_the_truth() {
    // Three standard deviations of a share of 95 % in 200 repetitions.
    check(200, 0.903, 0.996);
}

#[test]
#[ignore = "a thousand repetitions of five methods"]
fn intervals_hold_the_truth_a_thousand_times() {
    check(1000, 0.93, 0.97);
}
