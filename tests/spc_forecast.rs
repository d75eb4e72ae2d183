//! `libchar spc forecast`, its models and their evaluation.

use crate::common::{Sandbox, assert_schema, reference_data, repository};
use serde_json::{Value, json};
use std::fmt::Write;
use std::process::Command;

/// A request of the maintenance interface, as its users send it.
const REQUEST: &str = r#"{
  "fdc_data": {
    "temperature": [998, 1000, 1002],
    "pressure": [100.2, 100.5, 100.3],
    "mfc_flow": [99.8, 100.1, 100.0],
    "pump_temp": [45.2, 45.5, 45.3]
  },
  "lookahead_runs": 100,
  "risk_threshold": 0.15
}"#;

fn answer(text: &str) -> Value {
    assert_schema(text);
    serde_json::from_str(text).unwrap()
}

#[test]
fn without_a_reference_there_is_no_health_and_no_probability() {
    let ran = Sandbox::new().pipe(&["spc", "forecast"], REQUEST);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let answer = answer(&ran.stdout);
    assert_eq!(answer["status"], "insufficient data");
    for member in ["tool_health_score", "failure_probability", "risk_level", "health_trend"] {
        assert_eq!(answer[member], Value::Null, "{member}");
    }
    assert_eq!(answer["lookahead_runs"], 100);
}

#[test]
fn a_reference_gives_health_and_a_failure_level_a_probability() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/spc-drift");
    let healthy = ["--reference", "spc-drift/healthy.csv"];
    let few = sandbox.pipe(&[&["spc", "forecast", "-"], &healthy[..]].concat(), REQUEST);
    let few = answer(&few.stdout);
    assert!(few["tool_health_score"].as_f64().is_some());
    assert_eq!(
        (&few["failure_probability"], &few["status"]),
        (&Value::Null, &json!("insufficient data"))
    );
    let ran = sandbox.run(&[&["spc", "forecast", "spc-drift/request.json"], &healthy[..]].concat());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let answer = answer(&ran.stdout);
    assert_eq!(
        (&answer["method"], &answer["calibrated"]),
        (&json!("wiener-first-passage"), &json!(false))
    );
    assert_eq!(answer["risk_level"], "high");
    let first = &answer["recommendations"][0];
    assert_eq!(
        (&first["action"], &first["confidence"]),
        (&json!("mfc_recalibration"), &Value::Null)
    );
    let alerts = sandbox.run(&["history", "alerts"]).stdout;
    assert!(alerts.contains("failure probability"), "{alerts}");
}

#[test]
fn a_model_of_recorded_failures_is_calibrated() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/spc-drift");
    let fit =
        ["spc", "forecast", "fit", "spc-drift/history.csv", "--unit", "tool", "--horizon", "30"];
    let ran = sandbox.run(&[&fit[..], &["-o", "model.json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("30 lives, 30 failures, 4 features"), "{}", ran.stderr);
    assert_schema(&sandbox.read("model.json"));
    let again = sandbox.run(&fit);
    assert_eq!(again.stdout, sandbox.read("model.json"));

    let request = sandbox
        .read("spc-drift/request.json")
        .replace("\"lookahead_runs\": 100", "\"lookahead_runs\": 30");
    let ran = sandbox.pipe(&["spc", "forecast", "--model", "model.json"], &request);
    let calibrated = answer(&ran.stdout);
    assert_eq!(
        (&calibrated["method"], &calibrated["calibrated"]),
        (&json!("classifier"), &json!(true))
    );
    let judged = sandbox.run(&[
        "spc",
        "forecast",
        "judge",
        "spc-drift/history.csv",
        "--unit",
        "tool",
        "--model",
        "model.json",
        "--format",
        "json",
    ]);
    let verdict = answer(&judged.stdout);
    let [low, high] = [0, 1].map(|end| verdict["intervals"]["auc"][end].as_f64().unwrap());
    let auc = verdict["auc"].as_f64().unwrap();
    assert!(low < auc && auc < high && verdict["outside"] == json!([]), "{verdict}");
    let health = sandbox.run(&["spc", "health", "spc-drift/healthy.csv", "--model", "model.json"]);
    assert_eq!(health.stdout.lines().count(), 81, "{}", health.stderr);
}

/// The forecast of a tool outside the range of the fit is an extrapolation, and reported as such;
/// every run has its probability.
#[test]
fn tools_outside_those_of_the_fit_are_named() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/spc-drift");
    let unit = ["spc-drift/history.csv", "--unit", "tool"];
    let fit = [&["spc", "forecast", "fit"], &unit[..], &["-o", "model.json"]].concat();
    assert_eq!(sandbox.run(&fit).code, 0);
    let history = sandbox.read("spc-drift/history.csv");
    let names: Vec<&str> = history.lines().next().unwrap().split(',').collect();
    let place = names.iter().position(|name| *name == "pressure").unwrap();
    let moved: Vec<String> = history
        .lines()
        .enumerate()
        .map(|(i, line)| {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            if i > 0 {
                cells[place] = (cells[place].parse::<f64>().unwrap() + 50.0).to_string();
            }
            cells.join(";").replace('.', ",")
        })
        .collect();
    sandbox.write("moved.csv", moved.join("\n"));
    let judge =
        ["spc", "forecast", "judge", "moved.csv", "--unit", "tool", "--model", "model.json"];
    let ran = sandbox.run(&[&judge[..], &["--format", "json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(answer(&ran.stdout)["outside"][0]["feature"], "pressure");
    assert!(
        ran.stderr.contains("lies outside the tools of the fit: pressure at"),
        "{}",
        ran.stderr
    );
    let rows = sandbox.run(&[&judge[..], &["--rows", "--format", "json"]].concat());
    let rows = answer(&rows.stdout);
    assert_eq!(rows["rows"].as_array().unwrap().len(), history.lines().count() - 1);
    assert!(rows["rows"][0]["failure_probability"].is_f64() && rows["rows"][0]["outside"] == true);
    assert_eq!(rows["rows"].as_array().unwrap().last().unwrap()["failed"], true);
}

#[test]
fn every_fault_of_a_request_is_told_where_it_stands() {
    let sandbox = Sandbox::new();
    let request = "{\n  \"fdc_data\": {\"a\": [1, \"x\"], \"b\": [1]},\n  \"lookahead_run\": 5,\n  \"risk_threshold\": 1.5\n}";
    let ran = sandbox.pipe(&["spc", "forecast"], request);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    let expected = "\
-:2:16: `fdc_data.a`: run 2 is \"x\"
  expected a finite number
-:2:31: `fdc_data.b` has 1 runs, another feature 2
-:3:3: unknown member `lookahead_run`
  expected one of: fdc_data, lookahead_runs, risk_threshold, reference, failure_level, runs_since_last_clean, next_maintenance_window
  did you mean `lookahead_runs`?
-:4:3: `risk_threshold` is 1.5
  expected a probability above 0, at most 1
";
    assert_eq!(ran.stderr, expected);
    for (input, message) in [
        ("", "-:1: EOF while parsing a value"),
        ("[]", "-:1:1: not a JSON object"),
        ("{}", "-:1:1: no `fdc_data`"),
        ("{\"fdc_data\": {}}", "-:1:2: `fdc_data` has no features"),
        ("{\"fdc_data\": {\"a\": []}}", "-:1:2: `fdc_data` has no runs"),
        ("{\"fdc_data\": {\"a\": [1e999]}}", "number out of range"),
    ] {
        let ran = sandbox.pipe(&["spc", "forecast"], input);
        assert_eq!(ran.code, 2, "{input}");
        assert!(ran.stderr.contains(message), "{input}: {}", ran.stderr);
    }
    sandbox.write("m.json", "{\"schema\": {\"name\": \"libchar.spc-health\", \"version\": 1}}");
    let ran = sandbox.pipe(&["spc", "forecast", "--model", "m.json"], REQUEST);
    assert!(
        ran.stderr.starts_with(
            "m.json:1:1: a document of schema libchar.spc-health, version 1\n  expected a model"
        ),
        "{}",
        ran.stderr
    );
    let ran = sandbox.pipe(&["spc", "forecast", "--knowledge", "furnance"], REQUEST);
    assert!(ran.stderr.contains("did you mean `furnace`?"), "{}", ran.stderr);
}

#[test]
fn lives_that_contradict_themselves_are_refused() {
    let sandbox = Sandbox::new();
    let fit = ["spc", "forecast", "fit", "--unit", "u", "--failed", "f"];
    let ran = sandbox.pipe(&fit, "u,f,a\nA,0,1\nA,1,2\nA,0,3\nB,maybe,1\n,0,1\n");
    let lines: Vec<&str> = ran.stderr.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(
        lines,
        [
            "-:4:1: unit `A` goes on after its failure",
            "-:5:3: `maybe` in column `f`",
            "-:6:1: empty cell in column `u`"
        ]
    );
}

#[test]
fn the_shipped_request_schema_accepts_the_requests() {
    let schema =
        std::fs::read_to_string(repository().join("docs/schemas/spc-forecast-request.json"))
            .unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let example =
        std::fs::read_to_string(repository().join("examples/spc-drift/request.json")).unwrap();
    for request in [REQUEST, &example] {
        assert!(validator.is_valid(&serde_json::from_str(request).unwrap()));
    }
}

/// NASA C-MAPSS FD001: fit on engines 1 to 50, judged on all cycles of 51 to 100.
#[test]
fn turbofan_engines_are_forecast() {
    let Some(folder) = reference_data() else { return };
    let packed = folder.join("cmapss/cmapss_train_FD001.txt.gz");
    let unpacked = Command::new("gzip").arg("-dc").arg(&packed).output().expect("gzip runs");
    assert!(unpacked.status.success(), "{}", packed.display());
    let text = String::from_utf8(unpacked.stdout).unwrap();
    let header: String =
        (1..=21).fold("unit,cycle,altitude,mach,throttle".to_owned(), |mut line, i| {
            let _ = write!(line, ",s{i}");
            line
        });
    let (mut fit, mut later) = (header.clone() + "\n", header + "\n");
    for line in text.lines() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let engine: u32 = cells[0].parse().unwrap();
        let table = if engine <= 50 { &mut fit } else { &mut later };
        writeln!(table, "{}", cells.join(",")).unwrap();
    }
    let sandbox = Sandbox::new();
    sandbox.write("fit.csv", fit);
    sandbox.write("later.csv", later);
    let sensors = "s2,s3,s4,s7,s8,s9,s11,s12,s13,s14,s15,s17,s20,s21";
    let ran = sandbox.run(&[
        "spc",
        "forecast",
        "fit",
        "fit.csv",
        "--unit",
        "unit",
        "--features",
        sensors,
        "--horizon",
        "30",
        "-o",
        "engines.json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = sandbox.run(&[
        "spc",
        "forecast",
        "judge",
        "later.csv",
        "--unit",
        "unit",
        "--model",
        "engines.json",
        "--format",
        "json",
    ]);
    let verdict = answer(&ran.stdout);
    assert_eq!(verdict["predictions"], 10_722);
    assert!(verdict["auc"].as_f64().unwrap() >= 0.995, "{verdict}");
    assert!(verdict["brier_skill"].as_f64().unwrap() >= 0.85, "{verdict}");
    for row in verdict["calibration"].as_array().unwrap() {
        let (said, was) =
            (row["mean_predicted"].as_f64().unwrap(), row["observed"].as_f64().unwrap());
        assert!((said - was).abs() < 0.2, "{row}");
    }
}
