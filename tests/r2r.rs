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

/// Holds the numbers of a document to the expected ones; names differ in a few.
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
