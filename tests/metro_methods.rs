//! `libchar metro`: films, diodes, diffraction and the other methods from the command line:
//! refusals, and files that a setup names.

use crate::common::{Sandbox, repository};

fn data(name: &str) -> String {
    repository().join("testdata/metro/case_data").join(name).display().to_string()
}

/// The message and exit code of a run that prints no number.
fn refused(args: &[&str], code: i32, messages: &[&str]) {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&[&["metro"], args].concat());
    assert_eq!(ran.code, code, "{args:?}: {}", ran.stderr);
    for message in messages {
        assert!(ran.stderr.contains(message), "{args:?}: {}", ran.stderr);
    }
    for number in ["d_nm", "is_a", "size_nm", "eg_ev", "tau_eff"] {
        assert!(!ran.stdout.contains(number), "{args:?}: {}", ran.stdout);
    }
}

#[test]
fn what_gives_no_result_says_why() {
    refused(
        &["ellipsometry", &data("neg-03.csv"), "-s", "aoi_deg=70", "-s", "n_sub=3.9"],
        2,
        &["neg-03.csv:2:", "psi and delta look swapped", "expected 0 to 90 deg"],
    );
    refused(
        &["ellipsometry", &data("ell-05.csv"), "-s", "aoi_deg=70", "-s", "free=[\"d_mm\"]"],
        2,
        &["`free` names \"d_mm\"", "d_nm, cauchy_a"],
    );
    refused(
        &["diode", &data("neg-01.csv"), "-s", "temperature_k=300"],
        2,
        &["neg-01.csv:1:5: unknown unit `xa` of column `i_xa`"],
    );
    refused(
        &["diode", &data("neg-02.csv"), "-s", "temperature_k=300"],
        2,
        &["column `v_a` carries a unit of current", "column `i_v` carries a unit of voltage"],
    );
    refused(
        &["diode", &data("neg-09.csv"), "-s", "temperature_k=300"],
        1,
        &["does not rise exponentially"],
    );
    let radians =
        ["-s", "lambda_a=1.54", "-s", "instrument_fwhm_deg=0.08", "-s", "shape=lorentzian"];
    refused(
        &[&["xrd-size-strain", &data("neg-15.csv")][..], &radians].concat(),
        1,
        &["radians given as degrees?", "4 of 4 breadths are below the instrument's"],
    );
}

#[test]
fn a_setup_names_files_beside_it() {
    let sandbox = Sandbox::new();
    let columns = std::fs::read_to_string(data("ell-05.csv")).unwrap();
    let (mut film, mut silicon) = (String::new(), String::from("Wavelength (um),n,k\n"));
    for (i, line) in columns.lines().enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        film.push_str(&format!("{}\n", cells[..3].join(",")));
        if i > 0 {
            let um = cells[0].parse::<f64>().unwrap() * 1e-3;
            silicon.push_str(&format!("{um},{},{}\n", cells[3], cells[4]));
        }
    }
    sandbox.write("film.csv", film);
    sandbox.write("optics/silicon.csv", silicon);
    let setup = "aoi_deg = 70\nstart_nm = 84\nsubstrate = \"silicon.csv\"\n";
    sandbox.write("optics/film.toml", setup);
    let ran = sandbox.run(&[
        "metro",
        "ellipsometry",
        "film.csv",
        "--setup",
        "optics/film.toml",
        "--format",
        "csv",
    ]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    // testdata/metro/cases.json, ell-05: 52.3 nm.
    let d = ran.stdout.lines().find_map(|l| l.strip_prefix(",d_nm,")).unwrap();
    let d: f64 = d.split(',').next().unwrap().parse().unwrap();
    assert!((d - 52.3).abs() < 0.01, "{}", ran.stdout);
    sandbox.write("optics/film.toml", setup.replace("silicon.csv", "silicum.csv"));
    let ran = sandbox.run(&["metro", "ellipsometry", "film.csv", "--setup", "optics/film.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("silicum.csv"), "{}", ran.stderr);
}

#[test]
fn an_opaque_film_has_no_thickness() {
    let sandbox = Sandbox::new();
    let mut csv = String::from("wavelength_nm,psi_deg,delta_deg\n");
    for i in 0..20 {
        csv.push_str(&format!(
            "{},{},{}\n",
            400 + 20 * i,
            42.0 + 0.01 * f64::from(i),
            120.0 + f64::from(i)
        ));
    }
    sandbox.write("metal.csv", csv);
    let ran = sandbox.run(&[
        "metro",
        "ellipsometry",
        "metal.csv",
        "-s",
        "aoi_deg=70",
        "-s",
        "n_sub=3.9",
        "-s",
        "n_film=0.5",
        "-s",
        "k_film=4.5",
        "-s",
        "free=[\"d_nm\"]",
        "-s",
        "d_range_nm=[300, 900]",
    ]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert!(ran.stderr.contains("the film is opaque"), "{}", ran.stderr);
}

#[test]
fn numbered_columns_have_their_unit() {
    let sandbox = Sandbox::new();
    let text = std::fs::read_to_string(data("dlts-01.csv")).unwrap();
    let in_femtofarads = |unit: &str| {
        let mut csv = String::from("temperature_k,");
        csv.push_str(&(1..=6).map(|k| format!("s_w{k}{unit}")).collect::<Vec<_>>().join(","));
        for line in text.lines().skip(1) {
            let (temperature, rest) = line.split_once(',').unwrap();
            csv.push_str(&format!("\n{temperature}"));
            for cell in rest.split(',') {
                csv.push_str(&format!(",{}", cell.parse::<f64>().unwrap() * 1e15));
            }
        }
        csv
    };
    sandbox.write(
        "dlts.toml",
        "windows_s = [[0.001, 0.002], [0.002, 0.004], [0.004, 0.008], [0.008, 0.016], [0.016, 0.032], [0.032, 0.064]]\n\
         c0_pf = 100\nn_d_cm3 = 2e15\ngamma_cm2_s_k2 = 7.07e20\n",
    );
    let metro = |csv: String| {
        sandbox.write("dlts.csv", csv);
        sandbox.run(&["metro", "dlts", "dlts.csv", "--setup", "dlts.toml", "--format", "csv"])
    };
    for unit in ["_fF", " (fF)"] {
        let ran = metro(in_femtofarads(unit));
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        // testdata/metro/cases.json, dlts-01: 1e13 traps per cm3.
        let n = ran.stdout.lines().find_map(|l| l.strip_prefix(",n_t_cm3,")).unwrap();
        let n: f64 = n.split(',').next().unwrap().parse().unwrap();
        assert!((n / 1e13 - 1.0).abs() < 0.02, "{}", ran.stdout);
    }
    let ran = metro(in_femtofarads("_mV"));
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with("dlts.csv:1:15: "), "{}", ran.stderr);
    let ran = metro(in_femtofarads(""));
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("as in `s_w1_f`"), "{}", ran.stderr);
}
