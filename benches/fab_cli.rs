//! Wall time from start to exit of `libchar metro` and `libchar vm`: `cargo bench --bench fab_cli`.
//!
//! Prints the minimum of some runs, which other load on the machine disturbs least. The first line
//! is the time of starting the program. The time of a prediction alone is the difference between
//! files of two lengths.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::f64::consts::TAU;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let home = folder.path();
    let write = |name: &str, text: &str| {
        std::fs::write(home.join(name), text).expect("a written file");
    };
    write("map.csv", &map());
    write("film.csv", &film());
    write("budget.toml", BUDGET);
    for (name, rows) in [("train.csv", 600), ("some.csv", 600), ("many.csv", 6600)] {
        write(name, &runs(rows));
    }
    let measure = |name: &str, rounds: usize, args: &[&str]| {
        let best = (0..rounds).map(|_| seconds(home, args)).fold(f64::INFINITY, f64::min);
        println!("{name:44} {:9.2} ms", best * 1e3);
        best
    };
    measure("start", 30, &["--version"]);
    let four = ["-s", "spacing_mm=1", "-s", "diameter_mm=200", "-s", "probe_direction=tangential"];
    measure(
        "four-point map of 49 sites",
        30,
        &[&["metro", "four-point-probe", "map.csv"], &four[..]].concat(),
    );
    let fit = [
        "-s",
        "model=cauchy",
        "-s",
        "n_sub=3.9",
        "-s",
        "k_sub=0",
        "-s",
        r#"free=["d_nm", "cauchy_a"]"#,
    ];
    measure(
        "ellipsometry, two parameters, 200 x 3",
        20,
        &[&["metro", "ellipsometry", "film.csv", "-s", "cauchy={a=1.4, b_um2=0.0035}"], &fit[..]]
            .concat(),
    );
    measure(
        "the same, its thickness stated to 20 %",
        20,
        &[
            &[
                "metro",
                "ellipsometry",
                "film.csv",
                "-s",
                "cauchy={a=1.4, b_um2=0.0035}",
                "-s",
                "start_nm=100",
            ],
            &fit[..],
        ]
        .concat(),
    );
    measure("uncertainty by 1e6 trials", 5, &["metro", "gum", "budget.toml"]);
    let train = ["vm", "train", "train.csv", "--target", "y", "--group", "lot", "-o", "model.json"];
    measure("train on 600 x 40 by 30 groups", 1, &train);
    let some =
        measure("predict 600 runs", 20, &["vm", "predict", "some.csv", "--model", "model.json"]);
    let many =
        measure("predict 6600 runs", 5, &["vm", "predict", "many.csv", "--model", "model.json"]);
    println!("{:44} {:9.2} us", "predict one run more", (many - some) / 6000.0 * 1e6);
}

fn seconds(home: &Path, args: &[&str]) -> f64 {
    let start = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_libchar"))
        .args(args)
        .env("HOME", home)
        .current_dir(home)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("libchar runs");
    assert!(matches!(status.code(), Some(0 | 1)), "{args:?}: {status}");
    start.elapsed().as_secs_f64()
}

/// Uniform numbers between 0 and 1 from a Weyl sequence.
fn uniform(i: u64) -> f64 {
    let x = (i + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ x >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (x >> 11) as f64 / (1u64 << 53) as f64
}

/// An approximately normal number: the sum of six uniform ones.
fn bell(i: u64) -> f64 {
    (0..6).map(|k| uniform(6 * i + k)).sum::<f64>() - 3.0
}

/// A wafer with 49 sites: rings of 1, 8, 16 and 24.
fn map() -> String {
    let mut text = "site,x_mm,y_mm,V_mV,I_mA\n".to_owned();
    let mut site = 0;
    for (ring, sites) in [1u64, 8, 16, 24].into_iter().enumerate() {
        for k in 0..sites {
            let (radius, turn) = (30.0 * ring as f64, TAU * k as f64 / sites as f64);
            site += 1;
            let (x, y) = (radius * turn.cos(), radius * turn.sin());
            let _ = writeln!(text, "{site},{x:.3},{y:.3},{:.4},4.53", 10.0 + 0.1 * bell(site));
        }
    }
    text
}

/// Psi and delta of a film of 120 nm with n = 1.46 + 0.0035/l^2 on a transparent substrate of n = 3.9 (Azzam and
/// Bashara 1977, equation 4.31): without absorption every coefficient at an interface is real.
fn film() -> String {
    let mut text = "wavelength_nm,aoi_deg,psi_deg,delta_deg\n".to_owned();
    for aoi in [65.0f64, 70.0, 75.0] {
        for step in 0..200 {
            let l = 400.0 + 2.0 * f64::from(step);
            let n = [1.0, 1.46 + 0.0035 * (1000.0 / l).powi(2), 3.9];
            let cos = n.map(|n| (1.0 - (aoi.to_radians().sin() / n).powi(2)).sqrt());
            let phase = 2.0 * TAU * 120.0 / l * n[1] * cos[1];
            let r = |p: bool, i: usize| {
                let (a, b) = if p {
                    (n[i + 1] * cos[i], n[i] * cos[i + 1])
                } else {
                    (n[i] * cos[i], n[i + 1] * cos[i + 1])
                };
                (a - b) / (a + b)
            };
            // Magnitude and argument of (r01 + r12 e)/(1 + r01 r12 e), e = exp(-i phase).
            let both = |p: bool| {
                let sum = |a: f64, b: f64| {
                    let (re, im) = (a + b * phase.cos(), -b * phase.sin());
                    (re.hypot(im), im.atan2(re))
                };
                let (above, below) = (sum(r(p, 0), r(p, 1)), sum(1.0, r(p, 0) * r(p, 1)));
                (above.0 / below.0, above.1 - below.1)
            };
            let (p, s) = (both(true), both(false));
            let (psi, delta) =
                ((p.0 / s.0).atan().to_degrees(), (p.1 - s.1).rem_euclid(TAU).to_degrees());
            let _ = writeln!(text, "{l},{aoi},{psi:.6},{delta:.6}");
        }
    }
    text
}

/// 40 features in lots of 20 runs; the first two features determine the target.
fn runs(rows: u64) -> String {
    let mut text = "lot".to_owned();
    (0..40).for_each(|k| {
        let _ = write!(text, ",x{k}");
    });
    text.push_str(",y\n");
    for row in 0..rows {
        let x: Vec<f64> = (0..40).map(|k| bell(row * 41 + k)).collect();
        let y = x[0] + 0.5 * x[1] * x[2] + 0.3 * bell(row * 41 + 40);
        let _ = write!(text, "L{}", row / 20);
        for value in x {
            let _ = write!(text, ",{value:.6}");
        }
        let _ = writeln!(text, ",{y:.6}");
    }
    text
}

/// Resistivity of a wafer by four probes; a million trials are compared with the first-order
/// result.
const BUDGET: &str = r#"
model = "pi/ln(2) * v/i * w*1e-4 * (1 - ct*(t - 23))"
trials = 1000000
[quantities]
v = { value = 0.010, u = 1e-5, dof = 9 }
i = { value = 0.001, u = 2e-7 }
w = { value = 525.0, half_width = 6.0 }
t = { value = 24.5, half_width = 0.8 }
ct = { value = 0.0083, u = 0.0004 }
"#;
