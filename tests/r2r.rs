//! `libchar r2r`: closed forms, stability, simulations, faults.

use crate::common::{Sandbox, assert_schema, repository};
use serde_json::Value;

fn expected(id: &str) -> Value {
    let text = std::fs::read_to_string(repository().join("testdata/predict/cases.json")).unwrap();
    let cases: Value = serde_json::from_str(&text).unwrap();
    let cases = cases["cases"].as_array().unwrap();
    cases.iter().find(|c| c["id"] == id).unwrap()["expected"].clone()
}

fn run(args: &str) -> Value {
    let sandbox = Sandbox::new();
    let mut all = vec!["r2r"];
    all.extend(args.split(' '));
    all.extend(["--format", "json"]);
    let ran = sandbox.run(&all);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    serde_json::from_str(&ran.stdout).unwrap()
}

/// Compares the numbers of a document with the expected ones; a few have different names.
fn holds(id: &str, found: &Value, names: &[(&str, &str)]) {
    let expected = expected(id);
    for (wanted, name) in names {
        let check = &expected[*wanted];
        let (value, found) = (check["value"].as_f64().unwrap(), found[*name].as_f64().unwrap());
        let allowed = check["rel"].as_f64().unwrap_or(0.0) * value.abs()
            + check["abs"].as_f64().unwrap_or(0.0);
        assert!((found - value).abs() <= allowed, "{id} {wanted}: {found}, {value}");
    }
}

#[test]
fn closed_forms_of_the_cases_come_out() {
    let same = |name: &'static str| (name, name);
    let found = run("design --lambda 0.3");
    holds("r2r-01", &found, &[same("var_ratio"), same("sd_inflation")]);
    let found = run("design --lambda 0.3 --disturbance ima --theta 0.7");
    holds("r2r-02", &found, &[same("var_ratio"), ("lam_opt", "lambda_best")]);
    holds("r2r-03", &run("design --lambda 0.2 --xi 0.7 --drift 0.1"), &[same("offset")]);
    let double = [("var_ratio_white", "var_ratio"), same("offset")];
    for (id, method) in
        [("r2r-04", "holt"), ("r2r-15", "chen-guo"), ("r2r-15", "predictor-corrector")]
    {
        let args = format!("design --method {method} --lambda 0.3 --lambda2 0.1 --drift 0.1");
        holds(id, &run(&args), &double);
    }
    let found = run("design --lambda 0.3 --gain 2.8 --model-gain 2");
    for (k, y) in
        expected("r2r-05")["y_after_step"]["values"].as_array().unwrap().iter().enumerate()
    {
        let (found, y) = (found["y_after_step"][k].as_f64().unwrap(), y.as_f64().unwrap());
        assert!((found - y).abs() < 1e-9, "{k}: {found} {y}");
    }
    let found = run("design --method integral --delay 2");
    holds("r2r-06", &found, &[("lam_max", "lambda_max")]);
    holds("r2r-07", &run("design --lambda 0.3 --delay 3"), &[same("xi_max")]);
}

#[test]
fn a_simulation_shows_what_control_costs_and_hides() {
    let found = run("simulate --lambda 0.3 --step 2 --within 10");
    holds("r2r-01", &found, &[("simulated_var_ratio", "simulated_var_ratio")]);
    let names = ["p_detect_controlled", "p_detect_uncontrolled"].map(|name| (name, name));
    holds("r2r-08", &found, &names);
    let advice = found["remarks"][0].as_str().unwrap();
    assert!(advice.contains("chart the disturbance estimate and the recipe moves"), "{advice}");
    assert!(found["p_detect_disturbance"].as_f64().unwrap() > 0.75);
    assert_eq!(found, run("simulate --lambda 0.3 --step 2 --within 10"));
}

#[test]
fn a_deadband_saves_moves_and_its_runs_can_be_charted() {
    let found = run("simulate --lambda 0.3 --deadband 1 --runs 20000 --repetitions 100");
    assert!(found["share_of_runs_with_a_move"].as_f64().unwrap() < 0.5);
    assert!(found["var_ratio"].is_null(), "no closed form knows a deadband");
    let sandbox = Sandbox::new();
    let args = [
        "r2r",
        "simulate",
        "--lambda",
        "0.3",
        "--rows",
        "80",
        "--runs",
        "1000",
        "--repetitions",
        "10",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.stdout.lines().count(), 81);
    assert!(ran.stdout.starts_with("run,y,y_uncontrolled,disturbance,recipe,change,step\n"));
    assert!(
        ran.stderr.contains("an individuals chart of the disturbance estimate alarms"),
        "{}",
        ran.stderr
    );
    let rows = sandbox.run(&[&args[..], &["--format", "json"]].concat());
    assert_schema(&rows.stdout);
}

#[test]
fn a_loop_that_is_not_stable_is_a_finding() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&["r2r", "design", "--lambda", "0.9", "--xi", "3"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("the loop is not stable") && ran.stdout.contains("var_ratio,\n"),
        "{ran:?}"
    );
    let ran = sandbox.run(&["r2r", "simulate", "--lambda", "0.9", "--xi", "3"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn weights_and_gains_that_make_no_sense_are_refused() {
    let sandbox = Sandbox::new();
    for (args, message) in [
        ("--lambda 1.2", "libchar: --lambda 1.2: expected above 0, at most 1"),
        ("--xi -1", "libchar: a gain ratio of -1: the controller would move the wrong way"),
        ("--disturbance ima", "libchar: this disturbance needs --theta"),
        ("--theta 0.5", "libchar: --theta 0.5: this disturbance has none"),
        ("--lambda2 0.1", "libchar: --lambda2 0.1: this controller has one weight"),
        ("--method holt --lambda 0.3", "libchar: a double EWMA needs both"),
        ("--gain 2 --model-gain 0", "libchar: --model-gain 0:"),
    ] {
        let mut all = vec!["r2r", "design"];
        all.extend(args.split(' '));
        let ran = sandbox.run(&all);
        assert_eq!(ran.code, 2, "{args}");
        assert!(ran.stderr.starts_with(message), "{}", ran.stderr);
    }
}

const CONTROLLER: &str = "lambda = 0.3\n[outputs.y]\ntarget = 44\nlow = 30\nhigh = 60\n[inputs.u]\nstart = 60\nlow = 58\nhigh = 80\nstep = 5\ngain = 0.5\n";

fn step(sandbox: &Sandbox, runs: &str, more: &str) -> (crate::common::Ran, Value) {
    sandbox.write("runs.csv", runs);
    let mut all = vec!["r2r", "step", "runs.csv", "--controller", "c.toml", "--state", "s.json"];
    all.extend(["--format", "json"]);
    all.extend(more.split_whitespace());
    let ran = sandbox.run(&all);
    let document = serde_json::from_str(&ran.stdout).unwrap_or_default();
    (ran, document)
}

/// By hand: the level starts at 44 - 30 = 14; y of 46 gives w = 16, a = 14.6, u = 58.8; y of 44.4 at 58.8 gives w = 15,
/// a = 14.72, u = 58.56.
#[test]
fn a_step_by_hand_and_the_same_run_twice() {
    let sandbox = Sandbox::new();
    sandbox.write("c.toml", CONTROLLER);
    let (ran, found) = step(&sandbox, "run,y\n1,46\n", "");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let next = |found: &Value| found["inputs"][0]["next"].as_f64().unwrap();
    assert!((next(&found) - 58.8).abs() < 1e-9, "{found}");
    assert!(
        ran.stderr.contains("y is expected at 44.600000, +0.600000 from its target"),
        "{}",
        ran.stderr
    );
    let state = sandbox.read("s.json");
    assert_schema(&state);
    let (ran, again) = step(&sandbox, "run,y\n1,46\n", "");
    assert_eq!((ran.code, &again["changed"], next(&again)), (0, &Value::from(false), next(&found)));
    assert!(ran.stderr.contains("nothing is new"), "{}", ran.stderr);
    assert_eq!(sandbox.read("s.json"), state);
    let (ran, _) = step(&sandbox, "run,y\n1,46\n2,44.4\n", "--dry-run");
    assert!(ran.stderr.contains("the state was not written"), "{}", ran.stderr);
    assert_eq!(sandbox.read("s.json"), state);
    let (_, found) = step(&sandbox, "run,y\n1,46\n2,44.4\n", "");
    assert!((next(&found) - 58.56).abs() < 1e-9, "{found}");
    let rows =
        sandbox.run(&["r2r", "step", "runs.csv", "--controller", "c.toml", "--state", "s.json"]);
    assert!(
        rows.stdout.starts_with("input,last,next,change,recommended,low,high,step,held_by\nu,58.8"),
        "{}",
        rows.stdout
    );
}

#[test]
fn late_lacking_and_absurd_measurements() {
    let sandbox = Sandbox::new();
    sandbox.write("c.toml", CONTROLLER);
    let (ran, _) = step(&sandbox, "run,y\n1,46\n2,\n", "");
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("the newest run has no measurement of y"), "{}", ran.stderr);
    let (ran, late) = step(&sandbox, "run,u,y\n2,60,44.4\n", "");
    assert_eq!((ran.code, &late["late_measurements"]), (0, &Value::from(1)), "{}", ran.stderr);
    let other = Sandbox::new();
    other.write("c.toml", CONTROLLER);
    let (_, timely) = step(&other, "run,u,y\n1,60,46\n2,60,44.4\n", "");
    assert_eq!(late["inputs"], timely["inputs"]);
    let (ran, _) = step(&sandbox, "run,y\n3,440\n", "");
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr
            .contains("the newest measurement of y, 440, lies outside 30 to 60 and was not used"),
        "{}",
        ran.stderr
    );
    let (ran, found) = step(&sandbox, "run,y\n4,59\n", "");
    assert_eq!(
        (ran.code, found["inputs"][0]["held_by"].as_str()),
        (1, Some("its least value")),
        "{found}"
    );
    assert!(
        ran.stderr.contains("from its target: these inputs are held: u by its least value"),
        "{}",
        ran.stderr
    );
}

#[test]
fn an_override_is_recorded_and_holds_for_one_run() {
    let sandbox = Sandbox::new();
    sandbox.write("c.toml", CONTROLLER);
    let more = "--override u=59.5 --by ada --why quartz";
    let (ran, found) = step(&sandbox, "run,y\n1,46\n", more);
    assert_eq!((ran.code, found["inputs"][0]["next"].as_f64()), (0, Some(59.5)), "{}", ran.stderr);
    assert_eq!(found["override"], serde_json::json!({ "by": "ada", "why": "quartz" }));
    assert_schema(&ran.stdout);
    for more in ["", more] {
        let (ran, again) = step(&sandbox, "run,y\n1,46\n", more);
        assert_eq!(
            (&again["changed"], &again["inputs"]),
            (&Value::from(false), &found["inputs"]),
            "{}",
            ran.stderr
        );
        assert!(ran.stderr.contains("The recipe was set by ada: quartz."), "{}", ran.stderr);
    }
    let (ran, found) = step(&sandbox, "run,u,y\n2,60,45\n", "");
    assert!(ran.stderr.contains("run 2 had u at 60, and 59.5 was set"), "{}", ran.stderr);
    assert!(found["override"].is_null() && found["overrides_so_far"] == 1, "{found}");
    let state: Value = serde_json::from_str(&sandbox.read("s.json")).unwrap();
    assert_eq!(
        (&state["overrides"][0]["by"], &state["overrides"][0]["after"]),
        (&Value::from("ada"), &Value::from("1"))
    );
}

#[test]
fn what_a_step_refuses() {
    let sandbox = Sandbox::new();
    sandbox.write("c.toml", CONTROLLER);
    step(&sandbox, "run,y\n1,46\n2,45\n", "");
    let state = sandbox.read("s.json");
    for (runs, more, message) in [
        (
            "run,y\n1,47\n",
            "",
            "runs.csv:2:3: y of run 1 is 47\n  expected 46, as the state knows it",
        ),
        (
            "run,y\n0,47\n1,46\n",
            "",
            "runs.csv:2:1: run 0 is new, but comes before run 1, which is known",
        ),
        ("run,y\n3,x\n", "", "runs.csv:2:3: `x` in column `y` is not a finite number"),
        ("run,y\n,45\n", "", "runs.csv:2:1: empty cell in column `run`"),
        ("run,z\n3,45\n", "", "runs.csv:1:1: no column `y`"),
        ("run,y\n3,45\n", "--override u=90 --why x", "--override: u = 90\n  expected 58 to 80"),
        ("run,y\n3,45\n", "--override w=60 --why x", "--override: unknown input `w`"),
        (
            "run,y\n3,45\n",
            "--override u=60",
            "error: the following required arguments were not provided",
        ),
    ] {
        let (ran, _) = step(&sandbox, runs, more);
        assert_eq!(ran.code, 2, "{runs} {more}: {}", ran.stderr);
        assert!(ran.stderr.starts_with(message), "{}", ran.stderr);
        assert_eq!(sandbox.read("s.json"), state);
    }
    sandbox.write("c.toml", CONTROLLER.replace("lambda", "lamda").replace("step = 5", "step = 0"));
    let (ran, _) = step(&sandbox, "run,y\n3,45\n", "");
    assert!(
        ran.stderr.contains("c.toml:1:1: unknown key `lamda`")
            && ran.stderr.contains("c.toml:10:8: `step` is 0"),
        "{}",
        ran.stderr
    );
    sandbox.write("c.toml", CONTROLLER.replace("inputs.u", "inputs.v"));
    let (ran, _) = step(&sandbox, "run,y\n3,45\n", "");
    assert!(
        ran.stderr
            .starts_with("s.json: this state belongs to another controller: it steers y by u"),
        "{}",
        ran.stderr
    );
    sandbox.write("s.json", "{");
    let (ran, _) = step(&sandbox, "run,y\n3,45\n", "");
    assert!(ran.stderr.starts_with("s.json:1:"), "{}", ran.stderr);
}

#[test]
fn the_example_steps() {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/r2r").display().to_string();
    let args = [
        "-C",
        &folder,
        "r2r",
        "step",
        "runs.csv",
        "--controller",
        "etch.toml",
        "--state",
        "etch-state.json",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("time_s,60,59.6,"), "{}", ran.stdout);
    assert!(sandbox.run(&args).stderr.contains("nothing is new"));
}

/// Slopes of two inputs on one figure, and a figure that no input moves.
const SLOPES: &str = r#"{"schema":{"name":"libchar.diffuse-sensitivity","version":1},"rows":[
{"input":"step.1.temp_c","value":950.0,"unit":"C","figure":"xj_nm","figure_value":350.0,"slope":2.0,"slope_unit":"nm per C","elasticity":5.4},
{"input":"step.1.time_s","value":1800.0,"unit":"s","figure":"xj_nm","figure_value":350.0,"slope":0.05,"slope_unit":"nm per s","elasticity":0.26},
{"input":"step.1.time_s","value":1800.0,"unit":"s","figure":"tox_nm","figure_value":10.0,"slope":0.0,"slope_unit":"nm per s","elasticity":0.0}
]}"#;

fn trim(sandbox: &Sandbox, more: &str) -> (crate::common::Ran, Value) {
    sandbox.write("slopes.json", SLOPES);
    let mut all = vec!["r2r", "trim", "slopes.json", "--format", "json"];
    all.extend(more.split_whitespace());
    let ran = sandbox.run(&all);
    let document = serde_json::from_str(&ran.stdout).unwrap_or_default();
    (ran, document)
}

/// By hand: 10 nm too little. In units of 1 degree and 18 s the slopes are 2 and 0.9, so the moves
/// are 10/(4 + 0.81) of them.
#[test]
fn a_trim_moves_least_and_its_improvement_is_measured_or_null() {
    let sandbox = Sandbox::new();
    let (ran, found) = trim(&sandbox, "--target xj_nm=360");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let delta = |found: &Value, j: usize| found["changes"][j]["delta"].as_f64().unwrap();
    assert!((delta(&found, 0) - 2.0 * 10.0 / 4.81).abs() < 1e-9, "{found}");
    assert!((delta(&found, 1) - 18.0 * 0.9 * 10.0 / 4.81).abs() < 1e-6, "{found}");
    assert!(found["figures"][0]["expected_improvement"].is_null());
    assert_eq!(found["figures"][0]["why_unknown"], "no measured runs were given");
    let runs = |level: f64| {
        let noise = |t: i32| f64::from(t * 7919 % 101 - 50) / 50.0;
        (0..60)
            .fold("run,xj_nm\n".to_owned(), |text, t| text + &format!("{t},{}\n", level + noise(t)))
    };
    sandbox.write("runs.csv", runs(353.0));
    let (ran, found) = trim(&sandbox, "--target xj_nm=350 --measured runs.csv --to step.1.temp_c");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let improvement = &found["figures"][0]["expected_improvement"];
    assert!(
        improvement["shown"] == true && improvement["share_of_mean_square"].as_f64().unwrap() > 0.9,
        "{found}"
    );
    assert!((delta(&found, 0) + 1.5).abs() < 0.2, "{found}");
    let (ran, found) = trim(&sandbox, "--target xj_nm=353 --measured runs.csv");
    assert_eq!(
        (ran.code, &found["figures"][0]["expected_improvement"]["shown"]),
        (1, &Value::from(false))
    );
    assert!(
        ran.stderr.contains("does not show that a trim helps: leave the recipe as it is"),
        "{}",
        ran.stderr
    );
    let (ran, found) =
        trim(&sandbox, "--target xj_nm=360 --to step.1.temp_c --limit step.1.temp_c=2");
    assert_eq!((ran.code, found["changes"][0]["held_by"].as_str()), (1, Some("its greatest step")));
    assert!(
        ran.stderr.contains(
            "xj_nm stays -6.000000 from its target: these inputs are held: step.1.temp_c"
        ),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_a_trim_refuses() {
    let sandbox = Sandbox::new();
    sandbox.write("runs.csv", "run,xj_nm\n1,x\n");
    for (more, message) in [
        (
            "--target xj=350",
            "slopes.json: --target xj: the slopes have no figure of that name\n  expected one of: xj_nm, tox_nm",
        ),
        ("--target tox_nm=9", "libchar: slopes.json: no input that may change moves tox_nm"),
        (
            "--target xj_nm=350 --to step.2.time_s",
            "slopes.json: --to step.2.time_s: the slopes have no input",
        ),
        (
            "--target xj_nm=350 --limit step.1.temp_c=-1",
            "libchar: --limit step.1.temp_c=-1: expected a change above 0",
        ),
        ("--target xj_nm=350 --scale xj_nm=0", "libchar: --scale xj_nm=0: expected a size above 0"),
        (
            "--target xj_nm=350 --measured runs.csv",
            "runs.csv:2:3: `x` in column `xj_nm` is not a finite number",
        ),
    ] {
        let (ran, _) = trim(&sandbox, more);
        assert_eq!(ran.code, 2, "{more}: {}", ran.stderr);
        assert!(ran.stderr.starts_with(message), "{}", ran.stderr);
    }
}

#[test]
fn the_slopes_of_a_diffusion_are_taken() {
    let sandbox = Sandbox::new();
    let recipe = repository().join("examples/diffuse/base.toml").display().to_string();
    let slopes =
        sandbox.run(&["diffuse", "sensitivity", &recipe, "--of", "xj_nm", "--format", "json"]);
    assert_eq!(slopes.code, 0, "{}", slopes.stderr);
    sandbox.write("d.json", &slopes.stdout);
    let document: Value = serde_json::from_str(&slopes.stdout).unwrap();
    let here = document["rows"][0]["figure_value"].as_f64().unwrap();
    let target = format!("xj_nm={}", 1.01 * here);
    let ran = sandbox.run(&["r2r", "trim", "d.json", "--target", &target, "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert!(
        (found["figures"][0]["expected"].as_f64().unwrap() / here - 1.01).abs() < 1e-9,
        "{found}"
    );
}
