//! `libchar litho-predict sweep` and `optimise` as their users type them.

use crate::common::{Sandbox, assert_schema};
use serde_json::Value;

const OPTICS: [&str; 10] = [
    "-s",
    "wavelength_nm=193",
    "-s",
    "na=0.75",
    "-s",
    "cd_nm=130",
    "-s",
    "sigma=0.6",
    "-s",
    "blur_nm=12",
];

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn a_sweep_is_a_tidy_table_of_simulations() {
    let sandbox = Sandbox::new();
    let sweep = [
        "litho-predict",
        "sweep",
        "--over",
        "pitch_nm=260:520:3",
        "--over",
        "mask=binary,attenuated",
    ];
    let ran =
        sandbox.run(&[&sweep[..], &OPTICS, &["--format", "csv", "--curve", "c.svg"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 7);
    assert!(lines[0].starts_with("job_id,pitch_nm,mask,printing,cd_nm,nils,"), "{}", lines[0]);
    assert!(lines[2].starts_with("job_1,260,attenuated,prints,"), "{}", lines[2]);
    assert!(sandbox.read("c.svg").contains("depth of focus (nm) against pitch_nm"));
    // A row equals the result of `simulate` for that job.
    let one =
        ["litho-predict", "simulate", "-s", "pitch_nm=390", "-s", "mask=binary", "--format", "csv"];
    let simulated = sandbox.run(&[&one[..], &OPTICS].concat()).stdout;
    let dof = |line: &str, at: usize| line.split(',').nth(at).unwrap().to_owned();
    assert_eq!(dof(lines[3], 8), dof(simulated.lines().nth(1).unwrap(), 6));
    let document = sandbox.run(&[&sweep[..], &OPTICS, &["--format", "json"]].concat());
    assert_schema(&document.stdout);
    // A job that is impossible becomes a row with its reason, and a finding.
    let ran = sandbox.run(
        &[
            &["litho-predict", "sweep", "--over", "pitch_nm=100,260"][..],
            &OPTICS,
            &["--format", "csv"],
        ]
        .concat(),
    );
    assert_eq!(ran.code, 2, "the first value is checked with the job: {}", ran.stderr);
    let ran = sandbox.run(
        &[
            &["litho-predict", "sweep", "--over", "pitch_nm=260,100"][..],
            &OPTICS,
            &["--format", "csv"],
        ]
        .concat(),
    );
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout.contains("job_1,100,impossible")
            && ran.stderr.contains("1 of 2 points are not possible"),
        "{ran:?}"
    );
    let ran = sandbox.run(
        &[&["litho-predict", "sweep", "--over", "pitch=1:2", "-s", "pitch_nm=260"][..], &OPTICS]
            .concat(),
    );
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.starts_with("--over: unknown field `pitch`\n")
            && ran.stderr.contains("did you mean `pitch_nm`?"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_matrix_has_widths_windows_and_pictures() {
    let sandbox = Sandbox::new();
    sandbox.write("p.csv", "job_id,pitch_nm\ndense,260\nwide,520\n");
    let fem = [
        "litho-predict",
        "sweep",
        "p.csv",
        "--fem",
        "--dose",
        "0.9,1,1.1",
        "--focus",
        "-200:200:5",
    ];
    let pictures = ["--bossung", "b.svg", "--el-dof", "e.svg", "--format", "json"];
    let ran = sandbox.run(&[&fem[..], &OPTICS, &pictures].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let document = json(&ran.stdout);
    let rows = document["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2 * 3 * 5);
    // At dose 1 and best focus, the first feature has its target width, and both sides of focus are
    // equal.
    let row = rows.iter().find(|r| r["dose_relative"] == 1.0 && r["focus_nm"] == 0.0).unwrap();
    assert!((row["cd_nm"].as_f64().unwrap() - 130.0).abs() < 1e-6, "{row}");
    assert_eq!(rows[0]["cd_nm"], rows[4]["cd_nm"]);
    let el = |name: &Value| name[0]["el_pct"].as_f64().unwrap();
    assert!(el(&document["common_el_dof"]) <= el(&document["features"][0]["el_dof"]));
    assert!(
        sandbox.read("b.svg").contains("dense") && sandbox.read("e.svg").contains("all together")
    );
    sandbox.write("fab.toml", "[process]\ne0_mj_cm2 = 9.0\nblur_nm = 10.0\n");
    let ran = sandbox.run(
        &[
            &[
                "litho-predict",
                "sweep",
                "p.csv",
                "--fem",
                "--dose",
                "20:32:7",
                "--process",
                "fab.toml",
            ][..],
            &OPTICS[..8],
            &["--format", "csv"],
        ]
        .concat(),
    );
    assert!(ran.stdout.starts_with("job_id,pitch_nm,target_cd_nm,dose_mj_cm2,"), "{ran:?}");
}

#[test]
fn a_search_says_what_is_best_and_what_limits_it() {
    let sandbox = Sandbox::new();
    let problem = [
        "litho-predict",
        "optimise",
        "-s",
        "wavelength_nm=193",
        "-s",
        "na=0.75",
        "-s",
        "pitch_nm=260",
        "-s",
        "cd_nm=130",
        "-s",
        "blur_nm=12",
        "--vary",
        "sigma=0.3:0.9",
    ];
    let ran = sandbox.run(&[&problem[..], &["--format", "json", "--pareto", "p.svg"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let best = json(&ran.stdout)["best"].clone();
    let sigma = best["values"]["sigma"].as_f64().unwrap();
    assert!((0.3..=0.9).contains(&sigma));
    // When the setting is simulated, it has that depth of focus.
    let set = format!("sigma={sigma}");
    let simulate = [
        "litho-predict",
        "simulate",
        "-s",
        "wavelength_nm=193",
        "-s",
        "na=0.75",
        "-s",
        "pitch_nm=260",
        "-s",
        "cd_nm=130",
        "-s",
        "blur_nm=12",
        "-s",
        &set,
        "--format",
        "json",
    ];
    let dof = json(&sandbox.run(&simulate).stdout)["rows"][0]["dof_nm"].as_f64().unwrap();
    assert!((dof / best["objective"].as_f64().unwrap() - 1.0).abs() < 1e-6, "{dof} {best}");
    assert!(sandbox.read("p.svg").contains("exposure latitude"));
    let same = sandbox.run(&[&problem[..], &["--format", "json"]].concat());
    assert_eq!(json(&same.stdout)["best"], best);
    let none = sandbox.run(&[&problem[..], &["--nils-min", "9", "--format", "csv"]].concat());
    assert_eq!(none.code, 1);
    assert!(none.stderr.contains("none of 121 settings keeps the limits"), "{}", none.stderr);
    let slip = sandbox.run(&[
        "litho-predict",
        "optimise",
        "-s",
        "wavelength_nm=193",
        "--vary",
        "sigmma=0.3:0.9",
        "--vary",
        "na=0.9:0.5",
    ]);
    assert_eq!(slip.code, 2);
    insta::assert_snapshot!(slip.stderr, @r"
    --vary: unknown field `sigmma`
      expected one of: na, sigma, sigma_in, sigma_out, pole_center, pole_radius, pole_angle_deg, mask_bias_nm, assist_nm, assist_offset_nm, dose
      did you mean `sigma`?
    --vary: `na=0.9:0.5`
      expected FIELD=LOW:HIGH with LOW below HIGH
    ");
}

#[test]
fn a_search_weighs_terms_and_moves_dose_and_assist_features() {
    let sandbox = Sandbox::new();
    let job = ["-s", "pitch_nm=500", "-s", "assist_nm=40"];
    let search = ["litho-predict", "optimise", "--objective", "weights", "--weight", "dof_nm=1"];
    let vary =
        ["--weight", "nils=100", "--vary", "assist_offset_nm=160:220", "--vary", "dose=0.9:1.1"];
    let all = [&search[..], &vary, &OPTICS, &job, &["--format", "json"]].concat();
    let ran = sandbox.run(&all);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_schema(&ran.stdout);
    let best = json(&ran.stdout)["best"].clone();
    let of = |name: &str| best[name].as_f64().unwrap();
    let sum = of("dof_nm") + 100.0 * best["nils"][0].as_f64().unwrap();
    assert!((of("objective") / sum - 1.0).abs() < 1e-9, "{best}");
    assert!(best["window_ends"][0].as_str().unwrap().contains("at low dose"), "{best}");
    assert!(ran.stderr.contains("the window ends with"), "{}", ran.stderr);
    let fault = |more: &[&str]| {
        let base = ["litho-predict", "optimise", "--vary", "na=0.5:0.7"];
        let ran = sandbox.run(&[&base[..], more].concat());
        assert_eq!(ran.code, 2);
        ran.stderr
    };
    assert!(fault(&["--objective", "weights"]).contains("`weights` without a weight"));
    assert!(fault(&["--weight", "dof=1"]).contains("did you mean `dof_nm`?"));
    assert!(fault(&["--weight", "dof_nm=1"]).contains("expected --objective weights"));
    let odd = sandbox.run(
        &[
            &["litho-predict", "simulate"][..],
            &OPTICS,
            &["-s", "pitch_nm=260", "-s", "assist_nm=200"],
        ]
        .concat(),
    );
    assert!(odd.stderr.contains("`assist_nm`: 200 is out of range"), "{}", odd.stderr);
}

/// With one dose for all, widths differ through pitch; with a dose of its own, each prints its
/// target.
#[test]
fn widths_through_pitch_at_one_dose() {
    let sandbox = Sandbox::new();
    let sweep = ["litho-predict", "sweep", "--over", "pitch_nm=260,390,520", "--format", "csv"];
    let widths = |more: &[&str]| -> Vec<f64> {
        let ran = sandbox.run(&[&sweep[..], &OPTICS, more].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        let cd = |line: &str| line.split(',').nth(3).and_then(|cell| cell.parse().ok()).unwrap();
        ran.stdout.lines().skip(1).map(cd).collect()
    };
    let own = widths(&[]);
    assert!(own.iter().all(|cd| (cd - 130.0).abs() < 1e-6), "{own:?}");
    let shared = widths(&["--share-dose", "--curve", "proximity.svg"]);
    assert!((shared[0] - 130.0).abs() < 1e-6 && (shared[1] - 130.0).abs() > 0.1, "{shared:?}");
    assert!(sandbox.read("proximity.svg").contains("CD (nm) against pitch_nm"));
    // The same width as in the matrix at a dose of 1 and best focus.
    let fem = ["litho-predict", "sweep", "--fem", "--over", "pitch_nm=260,390,520"];
    let cell = ["--dose", "1", "--focus", "0", "--format", "csv", "--el-dof", "common.svg"];
    let ran = sandbox.run(&[&fem[..], &OPTICS, &cell].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    let rows: Vec<&str> = ran.stdout.lines().skip(1).collect();
    assert!(rows[1].starts_with("job_1 pitch_nm=390,390,130,1,0,"), "{rows:?}");
    let cd: f64 = rows[1].split(',').nth(5).unwrap().parse().unwrap();
    assert!((cd / shared[1] - 1.0).abs() < 1e-6, "{cd} {shared:?}");
    assert!(sandbox.read("common.svg").contains("all together"));
    // A job with another best focus moves the middle of the common window.
    let pair = ["litho-predict", "sweep", "--fem", "--over", "pitch_nm=260,390"];
    let shift = ["--focus-shift", "job_1 pitch_nm=390=80", "--format", "json"];
    let ran = sandbox.run(&[&pair[..], &OPTICS, &shift].concat());
    assert_eq!(ran.code, 2, "the name ends at the first `=`: {ran:?}");
    sandbox.write("pair.csv", "job_id,pitch_nm,cd_nm\na,260,130\nb,390,130\n");
    let optics: Vec<&str> = OPTICS.iter().copied().filter(|o| *o != "cd_nm=130").collect();
    let optics: Vec<&str> = [&optics[..4], &optics[5..]].concat();
    let pair = ["litho-predict", "sweep", "pair.csv", "--fem"];
    let shift = ["--focus-shift", "b=80", "--format", "json"];
    let ran = sandbox.run(&[&pair[..], &optics, &shift].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_schema(&ran.stdout);
    let wide = json(&ran.stdout)["common_el_dof_best_centre"].as_array().unwrap()[20].clone();
    assert!(wide["centre_nm"].as_f64().unwrap() > 10.0, "{wide}");
    let wrong = ["--focus-shift", "c=80"];
    let ran = sandbox.run(&[&pair[..], &optics, &wrong].concat());
    assert!(ran.stderr.contains("--focus-shift: unknown job `c`"), "{}", ran.stderr);
}
