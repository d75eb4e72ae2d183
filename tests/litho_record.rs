//! The record of lithography jobs: outcomes, history, trend, export, import, retraining and drift from it.

use crate::common::{Ran, Sandbox, assert_schema};
use crate::litho_fab::{GOOD, HEADER, fab, known, rows, states};
use serde_json::Value;

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {ran:?}"))
}

/// Jobs with one result scaled, as a process that has shifted would give them.
fn scaled(text: &str, column: &str, factor: f64) -> String {
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let at = header.split(',').position(|h| h == column).unwrap();
    let change = |line: &str| {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        cells[at] = (factor * cells[at].parse::<f64>().unwrap()).to_string();
        cells.join(",")
    };
    format!("{header}\n{}\n", lines.map(change).collect::<Vec<_>>().join("\n"))
}

#[test]
fn what_was_measured_stands_beside_what_was_said() {
    let sandbox = fab();
    let submit = ["litho-predict", "jobs", "submit", "-", "-q"];
    assert_eq!(sandbox.pipe(&submit, format!("{HEADER}{GOOD}")).code, 0);
    let all = ["litho-predict", "jobs", "history", "--format", "json"];
    let before = sandbox.run(&all);
    assert_schema(&before.stdout);
    let of = |document: &Value, signal: &str| -> Value {
        let rows = document["rows"].as_array().unwrap();
        rows.iter().find(|row| row["signal"] == signal).unwrap_or(&Value::Null).clone()
    };
    let said = of(&json(&before), "nils");
    let (low, high) = (&said["predicted_low"], &said["predicted_high"]);
    let (low, high) = (low.as_f64().unwrap(), high.as_f64().unwrap());
    let simulated = said["simulated"].as_f64().unwrap();
    assert!(low <= simulated && simulated <= high && said["measured"].is_null(), "{said}");
    let health = of(&json(&before), "overall_health");
    assert!(health["predicted"].is_number() && health["simulated"].is_number(), "{health}");

    let outcome = ["litho-predict", "jobs", "outcome", "-", "--source", "SEM 3"];
    let text = format!("job_id,nils,dof_nm,measured_at\ngood,{simulated},,2026-05-01\n");
    let arrived = sandbox.pipe(&[&outcome[..], &["--format", "json"]].concat(), &text);
    assert_eq!(arrived.code, 0, "{arrived:?}");
    assert_schema(&arrived.stdout);
    assert_eq!(json(&arrived)["rows"][0]["within"], true);
    // The same file a second time counts as the same arrival.
    let again = sandbox.pipe(&outcome, &text);
    assert!(again.stderr.contains("1 of 1 were here already"), "{}", again.stderr);
    let after = of(&json(&sandbox.run(&all)), "nils");
    assert_eq!((&after["measured"], &after["measurements"]), (&said["simulated"], &1.into()));
    let status = sandbox.run(&["litho-predict", "jobs", "status", "good"]);
    assert_schema(&status.stdout);
    assert_eq!(json(&status)["outcomes"][0]["source"], "SEM 3");

    // Far from the prediction, and below the limit of the latitude.
    let bad = sandbox.pipe(&outcome, format!("job_id,nils,el_pct\ngood,{},1.5\n", 2.0 * high));
    assert_eq!(bad.code, 1, "{bad:?}");
    assert!(bad.stderr.contains("misses el_pct >= 5"), "{}", bad.stderr);
    assert!(bad.stderr.contains("lies far from what was predicted"), "{}", bad.stderr);
    let alerts = sandbox.run(&["alerts", "--format", "json"]);
    assert!(alerts.stdout.contains("constraint_violation"), "{}", alerts.stdout);

    let trend = ["litho-predict", "jobs", "trend", "nils", "--svg", "t.svg", "--format", "json"];
    let trend = sandbox.run(&trend);
    assert_schema(&trend.stdout);
    assert_eq!(json(&trend)["rows"][0]["within"], false);
    assert!(sandbox.read("t.svg").contains("nils from job to job"));
    let unknown = sandbox.run(&["litho-predict", "jobs", "trend", "nills"]);
    assert!(unknown.stderr.contains("did you mean `nils`?"), "{}", unknown.stderr);
    assert_eq!(unknown.code, 2);
}

#[test]
fn faults_of_outcomes_are_named_with_their_place() {
    let sandbox = fab();
    let submit = ["litho-predict", "jobs", "submit", "-", "-q"];
    assert_eq!(sandbox.pipe(&submit, format!("{HEADER}{GOOD}")).code, 0);
    let fault = |text: &str| {
        sandbox.write("o.csv", text);
        let ran = sandbox.run(&["litho-predict", "jobs", "outcome", "o.csv"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        ran.stderr
    };
    assert!(fault("job_id,nills\ngood,2\n").starts_with("o.csv:1:8: unknown column `nills`"));
    let text = fault("job_id,nils\ngod,2\ngood,\ngood,x\n");
    assert!(text.contains("o.csv:2:1: no job `god` in the record"), "{text}");
    assert!(text.contains("did you mean `good`?"), "{text}");
    assert!(text.contains("o.csv:3: nothing was measured for `good`"), "{text}");
    assert!(text.contains("o.csv:4:6: "), "{text}");
    // Nothing from a file with faults is stored.
    let shown = sandbox.run(&["litho-predict", "jobs", "status", "good"]);
    assert_eq!(json(&shown)["outcomes"], serde_json::json!([]));
}

#[test]
fn a_record_is_carried_over_whole() {
    let from = fab();
    let submit = ["litho-predict", "jobs", "submit", "-", "-q"];
    assert_eq!(from.pipe(&submit, format!("{HEADER}{GOOD}")).code, 0);
    let outcome = ["litho-predict", "jobs", "outcome", "-", "-q"];
    assert_eq!(from.pipe(&outcome, "job_id,cd_nm\ngood,20.2\n").code, 0);
    let lines = from.run(&["litho-predict", "jobs", "export", "--format", "jsonl"]).stdout;
    assert_schema(&from.run(&["litho-predict", "jobs", "export", "--format", "json"]).stdout);
    let to = Sandbox::new();
    to.write("libchar.toml", "");
    let import = ["litho-predict", "jobs", "import", "-"];
    let first = to.pipe(&import, &lines);
    assert_eq!(first.code, 0, "{first:?}");
    assert!(first.stderr.contains("1 new job, 0 were here already"));
    let carried = to.run(&["litho-predict", "jobs", "export", "--format", "jsonl"]).stdout;
    assert_eq!(carried, lines);
    assert_eq!(to.pipe(&import, &lines).code, 0);
    // Another job under the same name is a fault, and nothing of the file is stored.
    let other = lines.replace("\"pitch_nm\":40.0", "\"pitch_nm\":44.0");
    let refused = to.pipe(&import, other);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("another job `good` exists already"), "{}", refused.stderr);
    // A table that was exported is a table of jobs with results.
    let table = from.run(&["litho-predict", "jobs", "export", "--format", "csv"]).stdout;
    let third = Sandbox::new();
    third.write("libchar.toml", "");
    let ran = third.pipe(&import, &table);
    assert_eq!(ran.code, 0, "{ran:?}");
    let of = |sandbox: &Sandbox| {
        let csv = sandbox.run(&["litho-predict", "jobs", "export", "--format", "csv"]).stdout;
        let row = rows(&csv).remove(0);
        (
            row["simulated_nils"].clone(),
            row["simulated_overall_health"].clone(),
            row["measured_cd_nm"].clone(),
        )
    };
    assert_eq!(of(&third), of(&from));
    let broken = to.pipe(&import, "{\"job_id\":\"x\",\"transitions\":[]}\n");
    assert_eq!(broken.code, 2);
    assert!(broken.stderr.starts_with("-:1:"), "{}", broken.stderr);
}

#[test]
fn one_command_trains_judges_and_shadows_from_the_record() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    let import = ["litho-predict", "jobs", "import", "-", "--from", "rigorous", "-q"];
    let retrain = ["litho-predict", "retrain", "--promote", "--format", "json"];
    assert_eq!(sandbox.run(&retrain).code, 2);
    assert_eq!(sandbox.pipe(&import, known(0, 700)).code, 0);
    let first = sandbox.run(&retrain);
    assert_eq!(first.code, 0, "{first:?}");
    assert_schema(&first.stdout);
    assert!(first.stderr.contains("700 of 700 jobs of the record are learned from"), "{first:?}");
    assert!(first.stderr.contains("v1 is in production"), "{}", first.stderr);
    // Without new jobs, the model is the same.
    let same = sandbox.run(&retrain);
    assert!(same.stderr.contains("v1 is in production already"), "{}", same.stderr);
    // With too few new jobs for a trial, the retraining waits, and the model stays a candidate.
    assert_eq!(sandbox.pipe(&import, known(700, 760)).code, 0);
    let early = sandbox.run(&retrain);
    assert_eq!(early.code, 1);
    assert!(early.stderr.contains("it is postponed until there are more"), "{}", early.stderr);
    // 300 new jobs: both models predict 200 of them.
    assert_eq!(sandbox.pipe(&import, known(760, 1000)).code, 0);
    let ran = sandbox.run(&retrain);
    let gates = json(&ran)["rows"].as_array().unwrap().clone();
    let gate = |name: &str| gates.iter().find(|g| g["gate"] == name).unwrap().clone();
    assert_eq!(gate("shadow_jobs")["found"], 200.0, "{ran:?}");
    assert!(gate("shadow_error_excess_pct_at_most")["found"].is_number());
    assert_eq!(ran.code == 0, ran.stderr.contains("v3 replaces v1"), "{}", ran.stderr);
    let history = sandbox.run(&["history", "trend", "shadow_jobs", "--format", "csv"]);
    assert!(history.stdout.contains("200"), "{history:?}");
    let wrong = sandbox.run(&["litho-predict", "retrain", "--targets", "nills"]);
    assert!(wrong.stderr.contains("did you mean `nils`?"), "{}", wrong.stderr);
    let measured = sandbox.run(&["litho-predict", "retrain", "--truth", "measured"]);
    assert_eq!(
        (measured.code, measured.stderr.as_str()),
        (2, "libchar: no job of the record has results to learn from\n")
    );
}

#[test]
fn drift_of_the_record_judges_what_arrived() {
    let import = ["litho-predict", "jobs", "import", "-", "-q"];
    let drift = ["litho-predict", "drift", "--format", "json"];
    let sound = fab();
    assert_eq!(sound.pipe(&import, known(750, 1000)).code, 0);
    let ran = sound.run(&drift);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_schema(&ran.stdout);
    let kinds = |ran: &Ran, kind: &str| -> Vec<Value> {
        let rows = json(ran)["rows"].as_array().unwrap().clone();
        rows.into_iter().filter(|row| row["kind"] == kind).collect()
    };
    assert!(kinds(&ran, "coverage").len() >= 6, "{}", ran.stdout);
    assert_eq!(kinds(&ran, "error").len(), 1);

    // A process that has shifted: the jobs are like those of the training, but their results are
    // not.
    let moved = fab();
    assert_eq!(moved.pipe(&import, scaled(&known(750, 1000), "el_pct", 1.3)).code, 0);
    let ran = moved.run(&drift);
    assert_eq!(ran.code, 1, "{ran:?}");
    let broken = kinds(&ran, "coverage");
    let broken: Vec<&Value> = broken.iter().filter(|row| row["drifted"] == true).collect();
    assert!(!broken.is_empty(), "{}", ran.stdout);
    assert!(broken.iter().all(|row| row["column"].as_str().unwrap().starts_with("el_pct")));
    assert_eq!(kinds(&ran, "error")[0]["drifted"], true);
    let types = |sandbox: &Sandbox| -> Vec<String> {
        let alerts = sandbox.run(&["litho-predict", "alerts", "list", "--format", "json"]);
        let rows = json(&alerts)["rows"].as_array().unwrap().clone();
        rows.iter().map(|row| row["alert_type"].as_str().unwrap().to_owned()).collect()
    };
    let first = types(&moved);
    assert!(first.contains(&"coverage".to_owned()) && first.contains(&"error".to_owned()));
    // The next day it is still the same alert.
    let again = moved.run(&drift);
    assert!(again.stderr.contains("is still open"), "{}", again.stderr);
    assert_eq!(types(&moved), first);
    let few = moved.run(&["litho-predict", "drift", "--recent", "10"]);
    assert_eq!(few.stderr, "libchar: a window needs at least 20 jobs, found 10\n");
}

#[test]
fn metrics_count_the_record() {
    let sandbox = fab();
    sandbox.write("limits.toml", "[default]\nnils = { min = 3.0 }\n");
    let jobs = format!("{HEADER}{GOOD}");
    let submit = ["litho-predict", "jobs", "submit", "-", "-q", "--metrics", "m.prom"];
    assert_eq!(sandbox.pipe(&submit, &jobs).code, 0);
    let text = sandbox.read("m.prom");
    for line in [
        "# TYPE lto_job_duration_seconds histogram",
        "lto_job_duration_seconds_count 1",
        "lto_simulation_duration_seconds_bucket{le=\"+Inf\"} 1",
        "lto_model_inference_duration_seconds_count 1",
        "lto_jobs_completed_total 1",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let args = [&submit[..], &["--profiles", "limits.toml"]].concat();
    assert_eq!(sandbox.pipe(&args, jobs.replace("good", "bad")).code, 1);
    let text = sandbox.read("m.prom");
    let line = "lto_constraint_violations_total{type=\"nils\",severity=\"warn\"} 1";
    assert!(text.contains(line), "{text}");
    assert_eq!(states(&sandbox)["bad"], "BLOCKED");
}

/// Every command that computes records what it found.
#[test]
fn every_command_leaves_history_and_results() {
    let sandbox = fab();
    let jobs = format!("{HEADER}{GOOD}");
    let optics = ["-s", "wavelength_nm=193", "-s", "na=0.75", "-s", "sigma=0.6"];
    let line = ["-s", "pitch_nm=260", "-s", "cd_nm=130"];
    let with = |more: &[&'static str]| {
        [&["litho-predict"], &more[..1], &optics, &line, &more[1..]].concat()
    };
    let matrix =
        std::fs::read_to_string(crate::common::repository().join("testdata/litho/fem_F01.csv"))
            .unwrap();
    let runs: Vec<(Vec<&str>, String)> = vec![
        (vec!["litho-predict", "simulate", "-"], jobs.clone()),
        (
            vec!["litho-predict", "formula"],
            "{\"formula\": \"rayleigh\", \"wavelength_nm\": 193, \"na\": 0.75}\n".to_owned(),
        ),
        (vec!["litho-predict", "predict", "-"], jobs.clone()),
        (vec!["litho-predict", "jobs", "submit", "-"], jobs),
        (vec!["litho-predict", "jobs", "outcome", "-"], "job_id,cd_nm\ngood,20\n".to_owned()),
        (vec!["litho-predict", "jobs", "import", "-"], known(750, 1000)),
        (vec!["litho-predict", "drift"], String::new()),
        (vec!["litho-predict", "retrain"], String::new()),
        (vec!["litho-predict", "train", "-", "--seed", "3"], known(0, 300)),
        (vec!["litho-predict", "shadow", "-m", "v3"], String::new()),
        (with(&["sweep", "--over", "blur_nm=5,10"]), String::new()),
        (with(&["sweep", "--fem", "--dose", "0.9,1", "--focus", "0,50"]), String::new()),
        (with(&["optimise", "--vary", "mask_bias_nm=-5:5"]), String::new()),
        ([&["litho-predict", "calibrate", "-"], &optics[..]].concat(), matrix),
    ];
    for (args, input) in runs {
        let ran = sandbox.pipe(&[&args[..], &["-q"]].concat(), input);
        assert!(ran.code <= 1, "{args:?}: {ran:?}");
        let list = sandbox.run(&["history", "list", "-n", "1", "--format", "csv"]);
        let run = rows(&list.stdout).remove(0);
        assert!(run["command"].starts_with(&args[..2].join(" ")), "{args:?}: {run:?}");
        let results = sandbox.run(&["history", "results", &run["run"], "--format", "csv"]);
        assert!(results.stdout.lines().count() > 1, "{args:?}: {results:?}");
    }
}
