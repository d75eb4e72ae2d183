//! `libchar litho-predict simulate` and `formula` as their users type them.

use crate::common::Sandbox;
use serde_json::Value;

const EUV: [&str; 14] = [
    "-s",
    "wavelength_nm=13.5",
    "-s",
    "na=0.33",
    "-s",
    "pitch_nm=32",
    "-s",
    "cd_nm=16",
    "-s",
    "sigma=0.8",
    "-s",
    "blur_nm=4",
    "-s",
    "resist_thickness_nm=30",
];

fn simulate<'a>(more: &[&'a str]) -> Vec<&'a str> {
    ["litho-predict", "simulate"].into_iter().chain(EUV).chain(more.iter().copied()).collect()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn one_job_from_the_command_line() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&simulate(&["--format", "json", "--samples", "4"]));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    crate::common::assert_schema(&ran.stdout);
    let row = &json(&ran.stdout)["rows"][0];
    // The reference case of this job, within its tolerance.
    assert!((row["nils"].as_f64().unwrap() / 1.110_326_811_392_452_3 - 1.0).abs() < 1e-9);
    assert!((row["dof_nm"].as_f64().unwrap() / 218.073_234_248_187_2 - 1.0).abs() < 0.02);
    assert_eq!(row["model"]["imaging"], "scalar");
    assert_eq!(row["noise"], Value::Null);
    assert_eq!(row["samples"].as_array().unwrap().len(), 4);
}

#[test]
fn csv_json_and_json_lines_are_one_contract() {
    let sandbox = Sandbox::new();
    let csv = "job_id,wavelength_nm,na,sigma,pitch_nm,cd_nm\na,193,0.75,0.7,260,130\nb,248,0.63,0.5,500,250\n";
    let jsonl = "{\"job_id\":\"a\",\"wavelength_nm\":193,\"na\":0.75,\"sigma\":0.7,\"pitch_nm\":260,\"cd_nm\":130}\n\
         {\"job_id\":\"b\",\"wavelength_nm\":248,\"na\":0.63,\"sigma\":0.5,\"pitch_nm\":500,\"cd_nm\":250}\n";
    let array = format!("[{}]", jsonl.trim().replace('\n', ","));
    let mut seen = Vec::new();
    for (name, content) in [("j.csv", csv), ("j.jsonl", jsonl), ("j.json", array.as_str())] {
        sandbox.write(name, content);
        let ran = sandbox.run(&["litho-predict", "simulate", name, "--format", "csv"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        seen.push(ran.stdout);
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    assert_eq!(seen[0].lines().count(), 3);
}

#[test]
fn reversal_and_no_modulation_are_results_and_findings() {
    let sandbox = Sandbox::new();
    let coherent = [
        "litho-predict",
        "simulate",
        "-s",
        "wavelength_nm=193",
        "-s",
        "na=0.9",
        "-s",
        "imaging=scalar",
    ];
    let run = |more: &[&str]| {
        let args: Vec<&str> = coherent.iter().chain(more).copied().collect();
        let ran = sandbox.run(&args);
        (ran.code, json(&ran.stdout)["rows"][0].clone(), ran.stderr)
    };
    let reversed = [
        "-s",
        "source=point",
        "-s",
        "pitch_nm=300",
        "-s",
        "cd_nm=150",
        "-s",
        "defocus_nm=300",
        "--format",
        "json",
    ];
    let (code, row, stderr) = run(&reversed);
    assert_eq!(
        (code, &row["printing"], &row["cd_nm"]),
        (1, &"image_reversal".into(), &Value::Null)
    );
    assert!((row["nils"].as_f64().unwrap() + 5.266_842_971_849_704).abs() < 1e-8);
    assert!(stderr.contains("1 of 1 jobs do not print"), "{stderr}");

    let unresolved =
        ["-s", "sigma=0.7", "-s", "pitch_nm=100", "-s", "cd_nm=50", "--format", "json"];
    let (code, row, _) = run(&unresolved);
    assert_eq!((code, &row["printing"], &row["nils"]), (1, &"no_modulation".into(), &0.0.into()));
    assert_eq!(row["yield_risk"], 1.0);
    let (code, ..) = run(&[&unresolved[..], &["--exit-zero"]].concat());
    assert_eq!(code, 0);
}

#[test]
fn all_faults_come_at_once_with_their_places() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "jobs.csv",
        "wavelength_nm,na,sigma,pitch_nm,cd_nm,dose_mj_cm2,source\n\
         193,1.5,0.7,100,50,30,\n\
         13.5,NaN,0.7,32,16,-3,conv\n\
         200,0.5,0.7,400,500,30,\n",
    );
    let ran = sandbox.run(&["litho-predict", "simulate", "jobs.csv"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(ran.stderr, @r"
    jobs.csv:2:5: `na`: 1.5 is out of range
      expected a number from 0.1 to 1.35
      did you mean `1.35`?
    jobs.csv:3:6: `na`: `NaN`
      expected a finite number
    jobs.csv:3:20: `dose_mj_cm2`: -3 is out of range
      expected a number from 0.1 to 1000
      did you mean `0.1`?
    jobs.csv:3:23: `source`: `conv`
      expected one of conventional, annular, dipole, quadrupole, point
      did you mean `conventional`?
    jobs.csv:4:1: `wavelength_nm`: 200 nm is not a wavelength of an exposure tool
      expected 13.5, 193, 248, 365 or 436 nm
      did you mean `193`?
    jobs.csv:4:17: `cd_nm`: 500 is out of range
      expected a number above 0 and below 400
    ");
}

#[test]
fn json_faults_name_the_job() {
    let sandbox = Sandbox::new();
    sandbox.write("jobs.json", r#"[{"wavelength_nm":193,"na":0.7,"pitch":300,"cd_nm":150}]"#);
    let ran = sandbox.run(&["litho-predict", "simulate", "jobs.json"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.stderr, @r"
    jobs.json:1:2: `pitch_nm`: missing
      expected a number in every job
    jobs.json:1:40: `pitch`: unknown field
      expected a field of the job contract
      did you mean `pitch_nm`?
    ");
}

#[test]
fn charts_are_drawn_and_repeat() {
    let sandbox = Sandbox::new();
    let args = simulate(&["--image", "i.svg", "--window", "w.svg", "--format", "csv"]);
    assert_eq!(sandbox.run(&args).code, 0);
    let (image, window) = (sandbox.read("i.svg"), sandbox.read("w.svg"));
    assert!(image.starts_with("<svg") && image.contains("threshold"), "{image}");
    assert!(window.contains("process window") && window.contains("depth of focus"), "{window}");
    assert_eq!(sandbox.run(&args).code, 0);
    assert_eq!((image, window), (sandbox.read("i.svg"), sandbox.read("w.svg")));
    let ran = sandbox.run(&simulate(&["--quick", "--image", "i.svg", "--format", "csv"]));
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("only the built-in physics has an image"), "{}", ran.stderr);
}

#[test]
fn quick_answers_are_the_formulas() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&simulate(&["--quick", "--format", "json"]));
    assert_eq!(ran.code, 0);
    crate::common::assert_schema(&ran.stdout);
    let row = &json(&ran.stdout)["rows"][0];
    assert_eq!(row["simulator"], "synthetic");
    let paraxial = row["quick"]["dof_paraxial_nm"].as_f64().unwrap();
    assert!((paraxial - 0.5 * 13.5 / 0.33_f64.powi(2)).abs() < 1e-9);
    assert_eq!(row["signals"]["surrogate_reliability"], Value::Null);
}

const EXCHANGE: &str = r#"
[litho.simulators.prolith]
command = ["sh", "fake.sh", "{jobs}", "{results}"]
columns = { nils = "NILS", job_id = "run" }
"#;

#[test]
fn another_simulator_exchanges_files() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", EXCHANGE);
    sandbox.write(
        "fake.sh",
        "cp \"$1\" seen.csv\nprintf 'run,NILS,printing\\njob_1,1.5,prints\\n' > \"$2\"\n",
    );
    let ran = sandbox.run(&simulate(&["--simulator", "prolith", "--format", "csv"]));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.lines().nth(1).unwrap().starts_with("job_1,prints,,1.5,"), "{}", ran.stdout);
    assert!(sandbox.read("seen.csv").starts_with("run,wavelength_nm,na,"));
}

#[test]
fn another_simulator_that_fails_is_not_believed() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", EXCHANGE);
    let args = simulate(&["--simulator", "prolith", "--format", "csv"]);
    let with = |script: &str| {
        sandbox.write("fake.sh", script);
        let ran = sandbox.run(&args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{script}");
        ran.stderr
    };
    sandbox.write("litho-prolith/results.csv", "run,NILS\njob_1,1.5\n");
    insta::assert_snapshot!(with("exit 3\n"), @r"libchar: prolith ended with exit code 3, see litho-prolith/log");
    insta::assert_snapshot!(with(":\n"), @r"libchar: prolith left no litho-prolith/results.csv, see litho-prolith/log: No such file or directory (os error 2)");
    insta::assert_snapshot!(with("printf 'run,NILS\\njob_2,1\\n' > \"$2\"\n"), @r"
    litho-prolith/results.csv: no result of job `job_1`
    litho-prolith/results.csv: `job_2` is not one of our jobs
    ");
    insta::assert_snapshot!(with("printf 'run,NILS\\njob_1,nan\\n' > \"$2\"\n"), @"litho-prolith/results.csv:2:7: `nan` in column `NILS` is not a finite number");
    let ran = sandbox.run(&simulate(&["--simulator", "prolit", "--format", "csv"]));
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.stderr, @r"
    libchar: unknown simulator `prolit`
      expected one of: physics, synthetic, prolith
      did you mean `prolith`?
    ");
}

#[test]
fn formulas_answer_json() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "f.jsonl",
        "{\"formula\": \"mtf\", \"f_over_cutoff\": 0.25}\n\
         {\"formula\": \"photons\", \"dose_mj_cm2\": 30, \"wavelength_nm\": 13.5, \"absorption_per_um\": 5, \"thickness_nm\": 40}\n\
         {\"formula\": \"rayleigh\", \"wavelength_nm\": 193, \"na\": 0.75}\n",
    );
    let ran = sandbox.run(&["litho-predict", "formula", "f.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    crate::common::assert_schema(&ran.stdout);
    let rows = &json(&ran.stdout)["rows"];
    let near = |value: &Value, expected: f64, rel: f64| {
        assert!((value.as_f64().unwrap() / expected - 1.0).abs() < rel, "{value}");
    };
    near(&rows[0]["mtf"], 0.685_037_642_474_292_7, 1e-12);
    near(&rows[1]["photons_incident_nm2"], 20.388_172_069_285_595, 1e-8);
    near(&rows[1]["photons_absorbed_nm2"], 3.695_748_597_115_925_6, 1e-8);
    near(&rows[2]["dof_paraxial_nm"], 171.555_555_555_555_55, 1e-12);
    let bad = "{\"formula\": \"mtf\", \"f\": 1}\n{\"formula\": \"rayleigh\", \"wavelength_nm\": 193, \"na\": 1.2}\n";
    sandbox.write("bad.jsonl", bad);
    let ran = sandbox.run(&["litho-predict", "formula", "bad.jsonl"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.stderr, @r"
    bad.jsonl:1: unknown field `f`, expected `f_over_cutoff`
    bad.jsonl:2: `na` is 1.2, expected less than the medium's index 1
    ");
}

#[test]
fn the_example_runs() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/litho");
    let run = |args: &[&str]| {
        sandbox.run(&[&["-C", "litho", "litho-predict", "simulate"], args].concat())
    };
    let ran = run(&["jobs.csv", "--format", "csv"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 6), "{}", ran.stderr);
    let ran = run(&["job.json", "--format", "csv"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let ran = run(&["reversed.json", "--format", "csv"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("image_reversal"), "{}", ran.stdout);
    let ran = run(&["jobs.csv", "--simulator", "demo", "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("arf_dry,,130,2.5,,,171.6,"), "{}", ran.stdout);
}

/// A bright ridge at the centre splits the line long before its edges leave their tolerance.
#[test]
fn depth_of_focus_ends_where_the_line_does() {
    let sandbox = Sandbox::new();
    let job = [
        "litho-predict",
        "simulate",
        "-q",
        "-s",
        "wavelength_nm=248",
        "-s",
        "na=0.63",
        "-s",
        "sigma=0.38",
        "-s",
        "pitch_nm=463",
        "-s",
        "cd_nm=278",
        "-s",
        "mask=attenuated",
        "-s",
        "blur_nm=20",
        "--format",
        "json",
    ];
    let ran = sandbox.run(&job);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    crate::common::assert_schema(&ran.stdout);
    let window = json(&ran.stdout)["rows"][0]["window"].clone();
    let near = |name: &str, expected: f64| {
        let found = window[name].as_f64().unwrap();
        assert!((found / expected - 1.0).abs() < 1e-4, "{name}: {found}");
    };
    near("dof_nm", 733.526_063_8);
    near("last_focus_nm", 380.541_45);
    near("dose_low_at_dof", 0.988_043_817_9);
    near("area_pct_nm", 32_504.083_63);
    let there = [&job[..], &["-s", "defocus_nm=500", "-s", "threshold=0.2055"]].concat();
    let ran = sandbox.run(&there);
    assert_eq!((ran.code, &json(&ran.stdout)["rows"][0]["printing"]), (1, &"wrong_lines".into()));
    // A single line, but not the wanted one.
    let fields = [
        "wavelength_nm=193",
        "na=0.75",
        "pitch_nm=260",
        "cd_nm=130",
        "sigma=0.7",
        "threshold=0.45",
    ];
    let set: Vec<&str> = fields.iter().flat_map(|f| ["-s", f]).collect();
    let ran = sandbox.run(&[&["litho-predict", "simulate", "--format", "json"], &set[..]].concat());
    let row = json(&ran.stdout)["rows"][0].clone();
    assert_eq!((ran.code, &row["printing"]), (1, &"out_of_tolerance".into()));
    assert!(row["cd_nm"].as_f64().unwrap() > 143.0);
}

#[test]
fn sources_tones_and_flare_are_fields_of_a_job() {
    let sandbox = Sandbox::new();
    let run = |fields: &[&str]| {
        let optics = [
            "wavelength_nm=193",
            "na=0.85",
            "pitch_nm=180",
            "cd_nm=90",
            "pole_center=0.7",
            "pole_radius=0.2",
        ];
        let set: Vec<&str> = optics.iter().chain(fields).flat_map(|f| ["-s", f]).collect();
        sandbox.run(&[&["litho-predict", "simulate", "--format", "json"], &set[..]].concat())
    };
    for fields in [
        &["source=quadrupole"][..],
        &["source=quadrupole", "pole_angle_deg=0", "tone=trench"],
        &["source=dipole", "pole_angle_deg=90", "flare=0.02"],
    ] {
        let ran = run(fields);
        assert!(ran.code <= 1, "{fields:?}: {}", ran.stderr);
        crate::common::assert_schema(&ran.stdout);
    }
    let ran = run(&["source=quadrupole", "flare=0.7", "tone=hole"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.stderr, @r"
    --set: `tone`: `hole`
      expected one of line, trench
    --set: `flare`: 0.7 is out of range
      expected a number from 0 to 0.5
      did you mean `0.5`?
    ");
}

/// Bounds that depend on another faulty field may cross; numbers may be absurd.
#[test]
fn absurd_numbers_are_faults_not_panics() {
    let sandbox = Sandbox::new();
    let run = |fields: &[&str]| {
        let set: Vec<&str> = fields.iter().flat_map(|f| ["-s", f]).collect();
        sandbox.run(&[&["litho-predict", "simulate"], &set[..]].concat())
    };
    let dipole = [
        "wavelength_nm=13.5",
        "na=0.33",
        "source=dipole",
        "pole_radius=0.2",
        "pitch_nm=32",
        "cd_nm=16",
    ];
    for center in ["pole_center=1.2", "pole_center=1.0", "pole_center=-1e300"] {
        let ran = run(&[&dipole[..], &[center]].concat());
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert_eq!(ran.stderr.matches("out of range").count(), 1, "{}", ran.stderr);
    }
    for value in ["-1e308", "-9e18", "1e-300", "1e308", "0", "-0"] {
        for field in ["wavelength_nm", "na", "pitch_nm", "cd_nm", "focus_sigma_nm", "mask_bias_nm"]
        {
            let slip = format!("{field}={value}");
            let fields = ["wavelength_nm=193", "na=0.75", "pitch_nm=260", "cd_nm=130", &slip];
            let ran = run(&fields);
            assert!(ran.code <= 2, "{slip}: {}", ran.stderr);
        }
    }
    let ran = run(&["wavelength_nm=193", "na=0.75", "pitch_nm=80:20:200", "cd_nm=130"]);
    assert_eq!(ran.stderr, "--set: `pitch_nm`: `80:20:200`\n  expected a finite number\n");
}

#[test]
fn tables_are_checked_before_anything_is_computed() {
    let sandbox = Sandbox::new();
    let run = |csv: &str, more: &[&str]| {
        sandbox.write("j.csv", csv);
        let ran = sandbox.run(&[&["litho-predict", "simulate", "j.csv"], more].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
        ran.stderr
    };
    let header = "job_id,wavelength_nm,na,sigma,pitch_nm,cd_nm";
    let row = "193,0.75,0.5,260,130";
    insta::assert_snapshot!(run(&format!("{header},foo\na,{row},1\nb,{row},1\n"), &[]), @r"
    j.csv:1:46: `foo`: unknown field
      expected a field of the job contract
    ");
    insta::assert_snapshot!(run(&format!("{header}\na,{row}\nb,{row}\na,{row}\n"), &[]), @r"
    j.csv:4:1: a second job `a`, the first is in line 2
      expected one job per name
    ");
    insta::assert_snapshot!(run(&format!("{header}\n"), &[]), @r"
    j.csv: no job: the table has no rows
      expected one job per row
    ");
    insta::assert_snapshot!(run(&format!("{header}\na,{row}\n"), &["--job", "b", "--image", "x.svg"]), @r"
    --job: unknown job `b`
      expected one of: a
    ");
    assert!(!sandbox.path().join("x.svg").exists());
}

#[test]
fn results_stay_in_the_history() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    assert_eq!(sandbox.run(&simulate(&["--format", "csv"])).code, 0);
    let ran = sandbox.run(&["history", "results", "latest"]);
    assert!(ran.stdout.contains("dof_nm"), "{ran:?}");
}
