//! `libchar litho-predict calibrate` and process files as their users type them.

use crate::common::{Sandbox, assert_schema, repository};
use serde_json::Value;

const OPTICS: [&str; 10] = [
    "-s",
    "wavelength_nm=193",
    "-s",
    "na=0.75",
    "-s",
    "sigma_in=0.5",
    "-s",
    "sigma_out=0.8",
    "-s",
    "imaging=scalar",
];

fn fem(i: usize) -> String {
    repository().join(format!("testdata/litho/fem_F0{i}.csv")).display().to_string()
}

fn calibrate<'a>(file: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["litho-predict", "calibrate", file][..], &OPTICS, more].concat()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn a_matrix_becomes_a_process_that_simulations_take() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    let file = fem(1);
    let more = ["-o", "fab.toml", "--name", "fab 3", "--picture", "r.svg", "--format", "json"];
    let ran = sandbox.run(&calibrate(&file, &more));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let found = json(&ran.stdout);
    for (i, (truth, error)) in [(8.7, 0.0067), (16.0, 0.167), (22.0, 0.144)].into_iter().enumerate()
    {
        let parameter = &found["parameters"][i];
        let own = parameter["standard_error"].as_f64().unwrap();
        assert!((parameter["value"].as_f64().unwrap() - truth).abs() < 3.0 * own, "{parameter}");
        assert!((own / error - 1.0).abs() < 0.05, "{parameter}");
        let low = parameter["low"].as_f64().unwrap();
        assert!(low < truth && truth < parameter["high"].as_f64().unwrap(), "{parameter}");
    }
    assert!(found["held_out_rmse_nm"].as_f64().unwrap() < 1.03 * 0.962);
    assert_eq!(found["leave_one_pitch_out"].as_array().unwrap().len(), 3);
    assert!(sandbox.read("r.svg").contains("focus (nm)"));
    assert!(ran.stderr.contains("5 points without a width"), "{}", ran.stderr);

    // The process agrees with its own wafer; it does not agree with one exposed 3 % hotter, and the
    // dose is named.
    let check = sandbox.run(&[
        "litho-predict",
        "calibrate",
        "--check",
        "fab.toml",
        &file,
        "--format",
        "json",
    ]);
    assert_eq!(check.code, 0, "{}{}", check.stdout, check.stderr);
    assert_schema(&check.stdout);
    let text = std::fs::read_to_string(&file).unwrap();
    let hotter: Vec<String> = text
        .lines()
        .map(|line| {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            if let Ok(dose) = cells[2].parse::<f64>() {
                cells[2] = (dose / 1.03).to_string();
            }
            cells.join(",")
        })
        .collect();
    sandbox.write("hot.csv", hotter.join("\n"));
    let check = sandbox.run(&[
        "litho-predict",
        "calibrate",
        "--check",
        "fab.toml",
        "hot.csv",
        "--format",
        "csv",
    ]);
    assert_eq!(check.code, 1, "{}", check.stderr);
    assert!(
        check.stdout.lines().any(|l| l.starts_with("e0_mj_cm2,") && l.ends_with("true")),
        "{}",
        check.stdout
    );

    // A job in that process: more dose, a narrower line.
    let width = |dose: &str| {
        let optics = [
            "litho-predict",
            "simulate",
            "--process",
            "fab.toml",
            "-s",
            "pitch_nm=280",
            "-s",
            "cd_nm=130",
            "-s",
            dose,
        ];
        let ran = sandbox.run(&[&optics[..], &OPTICS, &["--format", "json"]].concat());
        json(&ran.stdout)["rows"][0]["cd_nm"].as_f64().unwrap()
    };
    // The model's own width at best focus, at the first and the last dose of the matrix.
    let (low, high) = (width("dose_mj_cm2=24"), width("dose_mj_cm2=32"));
    assert!((low - 136.78).abs() < 0.3 && high < low - 20.0, "{low} {high}");
}

#[test]
fn what_the_data_do_not_tell_is_said() {
    let sandbox = Sandbox::new();
    let file = fem(4);
    let optics = [
        "-s",
        "wavelength_nm=193",
        "-s",
        "na=0.75",
        "-s",
        "sigma_in=0.6",
        "-s",
        "sigma_out=0.9",
        "-s",
        "imaging=scalar",
    ];
    let run = |more: &[&str]| {
        let args =
            [&["litho-predict", "calibrate", &file][..], &optics, more, &["--format", "json"]]
                .concat();
        sandbox.run(&args)
    };
    let ran = run(&[]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("cannot be determined from these data"), "{}", ran.stderr);
    assert!(ran.stderr.contains("hardly be told apart"), "{}", ran.stderr);
    assert_eq!(json(&ran.stdout)["weak_parameters"].as_array().unwrap().len(), 2);
    let held = run(&["--fix", "blur_nm=14"]);
    assert_eq!(held.code, 0, "{}", held.stderr);
    assert_eq!(json(&held.stdout)["p_value"], Value::Null);
}

#[test]
fn wrong_physics_is_a_finding() {
    let sandbox = Sandbox::new();
    let file = fem(5);
    let optics =
        ["-s", "wavelength_nm=193", "-s", "na=0.93", "-s", "sigma_in=0.6", "-s", "sigma_out=0.9"];
    let run = |more: &[&str]| {
        sandbox.run(
            &[&["litho-predict", "calibrate", &file, "-q", "--format", "json"][..], &optics, more]
                .concat(),
        )
    };
    let right = run(&["--free", "e0_mj_cm2,blur_nm,focus_offset_nm,flare"]);
    let found = json(&right.stdout);
    assert!(found["p_value"].as_f64().unwrap() > 0.01);
    let wrong = run(&["-s", "imaging=scalar"]);
    assert_eq!(wrong.code, 1);
    assert!(json(&wrong.stdout)["p_value"].as_f64().unwrap() < 1e-6);
    // A random hold-out favours the scalar model with flare; leaving out a pitch does not.
    let scalar =
        run(&["-s", "imaging=scalar", "--free", "e0_mj_cm2,blur_nm,focus_offset_nm,flare"]);
    let worst = |run: &crate::common::Ran| {
        let document = json(&run.stdout);
        let pitches = document["leave_one_pitch_out"].as_array().unwrap().clone();
        pitches.iter().filter_map(|p| p["rmse_nm"].as_f64()).fold(0.0, f64::max)
    };
    assert!(worst(&scalar) > 1.2 * worst(&right), "{} {}", worst(&scalar), worst(&right));
}

#[test]
fn a_matrix_is_checked() {
    let sandbox = Sandbox::new();
    let run = |csv: &str, more: &[&str]| {
        sandbox.write("m.csv", csv);
        let ran = sandbox.run(&calibrate("m.csv", more));
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
        ran.stderr
    };
    let header = "pitch_nm,target_cd_nm,dose_mj_cm2,focus_nm,cd_nm";
    insta::assert_snapshot!(run("pitch_nm,target,dose_mj_cm2,focus_nm,cd_nm\n280,130,25,0,128\n", &[]), @r"
    m.csv:1:1: no column `target_cd_nm`
      expected one of: pitch_nm, target, dose_mj_cm2, focus_nm, cd_nm
      did you mean `target`?
    m.csv:1:10: unknown column `target`
      expected one of: pitch_nm, target_cd_nm, dose_mj_cm2, focus_nm, cd_nm, sigma_nm, site_x, printed, split
      did you mean `target_cd_nm`?
    ");
    insta::assert_snapshot!(run(&format!("{header}\n280,130,-25,0,128\n280,130,25,x,0\n"), &[]), @r"
    m.csv:2:9: `dose_mj_cm2` is -25
      expected a positive number
    m.csv:3:12: `x` in column `focus_nm` is not a finite number
    m.csv:3:14: `cd_nm` is 0
      expected a positive number
    ");
    insta::assert_snapshot!(run(&format!("{header}\n280,130,25,0,128\n"), &[]), @"libchar: m.csv: 1 measured widths; 5 or more are needed");
    insta::assert_snapshot!(run(&format!("{header}\n280,330,25,0,128\n"), &[]), @r"
    --set: `cd_nm`: 330 is out of range
      expected a number above 0 and below 280
    ");
    insta::assert_snapshot!(run(&format!("{header}\n280,130,25,0,128\n"), &["--free", "blur"]), @r"
    --free: unknown parameter `blur`
      expected one of: e0_mj_cm2, blur_nm, focus_offset_nm, dose_offset_mj_cm2, mask_bias_nm, flare, focus_tilt_nm
      did you mean `blur_nm`?
    ");
    sandbox.write("p.toml", "[process]\ne0_mj_cm2 = -3\nflare = 0.9\n");
    let ran = sandbox.run(&[
        "litho-predict",
        "simulate",
        "--process",
        "p.toml",
        "-s",
        "pitch_nm=280",
        "-s",
        "cd_nm=130",
        "-s",
        "wavelength_nm=193",
        "-s",
        "na=0.75",
    ]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.stderr, @r"
    p.toml:2:1: `e0_mj_cm2` is -3
      expected a positive number
    p.toml:3:1: `flare` is 0.9
      expected a number from 0 to 0.5
    ");
}
