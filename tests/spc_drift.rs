//! `libchar spc drift` and `spc bench-drift`.

use crate::common::{Sandbox, assert_schema};
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

#[test]
fn a_creeping_mean_is_found_and_named() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/spc-drift");
    let drift =
        ["spc", "drift", "spc-drift/xj.csv", "-c", "xj_nm", "--phase1", "100", "--arl", "2000"];
    let ran = sandbox.run(&[&drift[..], &["--format", "json", "--svg", "drift.svg"]].concat());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let document = json(&ran.stdout);
    let first = &document["alarms"][0];
    assert_eq!(first["kind"], "level-up");
    let (alarm, onset) = (first["index"].as_u64().unwrap(), first["onset_index"].as_u64().unwrap());
    assert!((201..=260).contains(&alarm) && (195..=240).contains(&onset), "{first}");
    assert_eq!(document["phase1"]["points"], 100);
    let limit = &document["limit"];
    assert!(limit["level"].as_f64() > limit["known_level"].as_f64(), "{limit}");
    let svg = sandbox.read("drift.svg");
    assert!(svg.contains("level-up") && !svg.contains("NaN"));
    let again = sandbox.run(&[&drift[..], &["--format", "json"]].concat());
    assert_eq!(again.stdout, ran.stdout);
    let alerts = sandbox.run(&["history", "alerts"]).stdout;
    assert!(alerts.contains("level-up of xj_nm at point"), "{alerts}");
    assert_eq!(sandbox.run(&[&drift[..], &["--exit-zero"]].concat()).code, 0);
}

#[test]
fn known_parameters_judge_every_point_of_a_pipe() {
    let sandbox = Sandbox::new();
    let quiet = "x\n0.1\n-0.4\n0.8\n";
    let args = ["spc", "drift", "--mean", "0", "--sigma", "1", "--format", "json"];
    let ran = sandbox.pipe(&args, quiet);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    assert_eq!(json(&ran.stdout)["phase1"]["points"], Value::Null);
    let ran = sandbox.pipe(&[&args[..], &["--points"]].concat(), format!("{quiet}9\n"));
    assert_eq!(ran.code, 1);
    assert_schema(&ran.stdout);
    let document = json(&ran.stdout);
    assert_eq!(document["alarms"][0]["kind"], "spike");
    assert_eq!(document["levels"].as_array().unwrap().len(), 4);
}

#[test]
fn absurd_values_alarm_and_stay_printable() {
    let sandbox = Sandbox::new();
    for method in ["likelihood", "charts"] {
        let args =
            ["spc", "drift", "--mean", "0", "--sigma", "1e-300", "--method", method, "--points"];
        let ran = sandbox.pipe(&args, "x\n1e300\n-1e300\n0\n");
        assert_eq!(ran.code, 1, "{method}: {}", ran.stderr);
        assert!(!ran.stdout.contains("inf") && !ran.stdout.contains("NaN"), "{}", ran.stdout);
        let args = [&args[..], &["--format", "json"]].concat();
        assert_schema(&sandbox.pipe(&args, "x\n1e300\n-1e300\n0\n").stdout);
    }
}

#[test]
fn a_frozen_baseline_gives_mean_sigma_and_column() {
    let sandbox = Sandbox::new();
    let wavy = |i: i32| 700.0 + f64::from(i * 7 % 11 - 5);
    let march: String = (0..60).map(|i| format!("{i},{}\n", wavy(i))).collect();
    sandbox.write("march.csv", format!("wafer,xj_nm\n{march}"));
    let ran = sandbox.run(&[
        "spc",
        "limits",
        "march.csv",
        "-c",
        "xj_nm",
        "--sigma",
        "overall",
        "-o",
        "xj.json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let april: String = (0..30).map(|i| format!("{i},{}\n", wavy(i) + 9.0)).collect();
    let drift = ["spc", "drift", "--baseline", "xj.json", "--format", "json"];
    let ran = sandbox.pipe(&drift, format!("wafer,xj_nm\n{april}"));
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let document = json(&ran.stdout);
    assert_eq!(
        (&document["column"], &document["phase1"]["points"]),
        (&json("\"xj_nm\""), &json("60"))
    );
    let alarm = &document["alarms"][0];
    assert_eq!((&alarm["kind"], &alarm["severity"]), (&json("\"level-up\""), &json("\"WARNING\"")));
    let causes = alarm["suggested_causes"].as_array().unwrap();
    assert!(causes.iter().any(|cause| cause.as_str().unwrap().contains("maintenance")), "{alarm}");
    let silent = sandbox.pipe(
        &[&drift[..], &["--knowledge", "none"]].concat(),
        format!("xj_nm\n{}", "709\n".repeat(30)),
    );
    assert_eq!(json(&silent.stdout)["alarms"][0]["suggested_causes"], json("[]"));

    let other =
        sandbox.pipe(&[&drift[..], &["-c", "wafer"]].concat(), format!("wafer,xj_nm\n{april}"));
    assert_eq!(other.code, 2);
    assert_eq!(
        other.stderr.trim(),
        "-: the baseline is for column `xj_nm`, the data are for `wafer`"
    );
    let args = [
        "spc",
        "limits",
        "march.csv",
        "-c",
        "xj_nm",
        "--chart",
        "xbar-r",
        "--subgroup-size",
        "5",
        "-o",
        "xbar.json",
    ];
    assert_eq!(sandbox.run(&args).code, 0);
    let means = sandbox.pipe(&["spc", "drift", "--baseline", "xbar.json"], "xj_nm\n1\n2\n");
    assert_eq!(means.code, 2);
    assert_eq!(
        means.stderr.trim(),
        "xbar.json: the baseline is for a xbar-r chart; drift needs one of single values (i-mr, ewma or cusum)"
    );
}

/// The commands on the example's page do what it says, in its order.
#[test]
fn the_example_runs() {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/spc-drift");
    let page = sandbox.read("spc-drift/README.md");
    let commands: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("    libchar ")).collect();
    assert!(commands.len() >= 6, "{page}");
    for command in commands {
        let (typed, comment) = command.split_once('#').unwrap_or((command, ""));
        let args: Vec<&str> = typed.split_whitespace().collect();
        let output = sandbox.command(&args).current_dir(&folder).output().expect("libchar runs");
        let expected = i32::from(comment.contains("exit 1"));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(expected), "{command}: {stderr}");
    }
}

#[test]
fn every_bad_cell_is_named() {
    let sandbox = Sandbox::new();
    let args = ["spc", "drift", "--column", "b", "--mean", "0", "--sigma", "1"];
    let ran = sandbox.pipe(&args, "\u{feff}a,b\r\n1,2\r\n2,\r\n3,NaN\r\n4,inf\r\n5,x\r\n");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    let lines: Vec<&str> = ran.stderr.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(
        lines,
        [
            "-:3:3: empty cell in column `b`",
            "-:4:3: `NaN` in column `b` is not a finite number",
            "-:5:3: `inf` in column `b` is not a finite number",
            "-:6:3: `x` in column `b` is not a finite number",
        ]
    );
    let skipping = sandbox.pipe(&[&args[..], &["--na", "skip"]].concat(), "a,b\n1,2\n2,\n3,0.5\n");
    assert_eq!(skipping.code, 0, "{}", skipping.stderr);
    assert!(
        skipping.stderr.contains("1 rows without a finite number left out"),
        "{}",
        skipping.stderr
    );
}

#[test]
fn what_cannot_be_judged_is_refused() {
    let sandbox = Sandbox::new();
    let flat = "x\n".to_owned() + &"3\n".repeat(80);
    for (args, input, message) in [
        (
            &["--phase1", "20"][..],
            flat.as_str(),
            "-: Phase I: the values do not vary (all are 3), so sigma is zero",
        ),
        (
            &["--phase1", "9"][..],
            flat.as_str(),
            "-: Phase I of a drift detector needs at least 10 points, found 9",
        ),
        (&[][..], "x\n1\n2\n", "-: Phase I takes the first 50 of 2 points and leaves none"),
        (&["--mean", "0", "--sigma", "0"][..], "x\n1\n", "-: sigma = 0 is out of range"),
        (
            &["--arl", "5", "--mean", "0", "--sigma", "1"][..],
            "x\n1\n",
            "-: ARL = 5 is out of range",
        ),
        (&[][..], "", "-: the table is empty"),
        (&[][..], "a,b\n1,2\n", "-:1: several columns of numbers"),
        (&["-c", "bb"][..], "a,b\n1,2\n", "-:1:1: no column `bb`"),
    ] {
        let ran = sandbox.pipe(&[&["spc", "drift"], args].concat(), input);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(ran.stderr.contains(message), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn the_benchmark_meets_its_target_and_repeats_to_the_byte() {
    let sandbox = Sandbox::new();
    let args = ["spc", "bench-drift", "--series", "600", "--seed", "3", "--format", "json"];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let document = json(&ran.stdout);
    let number = |value: &Value| value.as_f64().unwrap();
    assert!(number(&document["mean_detected_within"]["100"]["share"]) > 0.94);
    let false_alarm = &document["false_alarm_100"];
    let bound = 0.05 + 3.0 * number(&false_alarm["standard_error"]);
    assert!(number(&false_alarm["share"]) < bound, "{false_alarm}");
    assert_eq!(sandbox.run(&args).stdout, ran.stdout);
    let csv = sandbox.run(&["spc", "bench-drift", "--series", "100", "--method", "charts"]).stdout;
    assert_eq!(csv.lines().count(), 1 + 1 + 29 + 1);
    assert!(csv.lines().nth(1).unwrap().starts_with("control,"));
    assert_eq!(sandbox.run(&["spc", "bench-drift", "--series", "5"]).code, 2);
}

/// A hundred thousand alarms do not become a hundred thousand rows of the history.
#[test]
fn the_history_holds_a_bounded_number_of_alerts() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    let values: String =
        (0..3000).map(|i| format!("{}\n", if i % 2 == 0 { 50 } else { -50 })).collect();
    let ran = sandbox.pipe(&["spc", "drift", "-", "--mean", "0", "--sigma", "1"], &values);
    assert!(ran.code == 1 && ran.stdout.lines().count() > 500, "{}", ran.stderr);
    let alerts = sandbox.run(&["alerts", "list", "--limit", "1000", "--format", "jsonl"]);
    assert_eq!(alerts.stdout.lines().count(), 101, "{}", alerts.stderr);
    assert!(alerts.stdout.contains("more alarms of x"), "{}", alerts.stdout);
}
