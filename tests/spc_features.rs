//! `libchar spc features`.

use crate::common::{Sandbox, assert_schema, repository};
use serde_json::Value;

fn rows(text: &str) -> Vec<Value> {
    let document: Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
    document["rows"].as_array().expect("rows").clone()
}

#[test]
fn the_example_has_every_feature_of_every_wafer() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/spc-drift");
    let args = ["spc", "features", "spc-drift/trace.csv", "--wafers", "spc-drift/wafers.csv"];
    let ran = sandbox.run(&[&args[..], &["--format", "json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let rows = rows(&ran.stdout);
    assert_eq!(rows.len(), 12);
    let value = |row: usize, name: &str| rows[row][name].as_f64().unwrap_or(f64::NAN);
    // The drawing: 300 °C in 30 min up, 30 min at 1000 °C, 250 °C in 20 min down (the furnace lags a little).
    assert!((value(0, "ramp_rate_avg") - 10.0).abs() < 0.3);
    assert!((value(0, "peak_temperature") - 1000.0).abs() < 1.0);
    assert!((value(0, "time_at_peak") - 1800.0).abs() < 60.0);
    assert!((value(0, "cooldown_rate") - 12.5).abs() < 0.3);
    // Run 3 dips by 9 °C for four samples, with its alarm on; run 4 leaks 0.5 Pa/min.
    assert_eq!((value(6, "alarm_count"), value(6, "recovery_time")), (1.0, 120.0));
    assert!((value(6, "setpoint_deviation_max") - 9.0).abs() < 1.0);
    assert!((value(9, "pressure_drift") - 0.5).abs() < 0.5);
    assert_eq!((value(0, "neighbor_distance"), value(1, "neighbor_distance")), (30.0, 4.0));
    assert_eq!(value(6, "steps_completed"), 1.0);
    // From the end of R1 at 09:20 to 09:30 the next day.
    assert!((value(6, "time_since_last_process") - (24.0 + 10.0 / 60.0)).abs() < 1e-9);
    assert_eq!(value(0, "lot_age"), 56.0);
    assert_eq!((value(0, "wafer_usage_count"), value(6, "wafer_usage_count")), (1.0, 2.0));
    assert!(value(6, "cumulative_thermal_budget") > 1.9 * value(0, "cumulative_thermal_budget"));
    assert_eq!(sandbox.run(&[&args[..], &["--format", "json"]].concat()).stdout, ran.stdout);
}

#[test]
fn what_was_not_recorded_is_null_and_never_zero() {
    let sandbox = Sandbox::new();
    let trace = "run,time_s,temp_c\nA,0,600\nA,60,700\nA,120,700\nA,180,650\n";
    let ran = sandbox.pipe(&["spc", "features", "--format", "json"], trace);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let row = rows(&ran.stdout).remove(0);
    let known = [
        "ramp_rate_avg",
        "ramp_rate_max",
        "soak_integral",
        "peak_temperature",
        "time_at_peak",
        "cooldown_rate",
    ];
    for (name, value) in row.as_object().unwrap() {
        assert_eq!(
            value.is_null(),
            !(name == "run" || known.contains(&name.as_str())),
            "{name}: {value}"
        );
    }
    assert_eq!(row["ramp_rate_avg"], 100.0);
    let csv = sandbox.pipe(&["spc", "features", "--format", "csv"], trace).stdout;
    assert!(csv.lines().nth(1).unwrap().ends_with(",,,,,,,,,,"), "{csv}");
}

#[test]
fn the_page_documents_every_feature_as_it_is_computed() {
    let list = Sandbox::new().run(&["spc", "features", "--list", "--format", "json"]);
    assert_schema(&list.stdout);
    let page =
        std::fs::read_to_string(repository().join("docs/spc-features.md")).expect("the page");
    let rows = rows(&list.stdout);
    assert_eq!(rows.len(), 29);
    for row in rows {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let line = format!(
            "| `{}` | {} | {} |",
            text("feature"),
            text("unit"),
            text("formula").replace('|', "\\|")
        );
        assert!(page.contains(&line), "docs/spc-features.md lacks:\n{line}");
    }
}

#[test]
fn every_fault_of_the_input_is_told() {
    let sandbox = Sandbox::new();
    let trace = "run,time_s,temp_c\nA,0,600\nA,60,hot\n,1,2\n";
    let ran = sandbox.pipe(&["spc", "features"], trace);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.starts_with("-:3:6: `hot` in column `temp_c` is not a finite number"),
        "{}",
        ran.stderr
    );
    let ran = sandbox.pipe(&["spc", "features"], "run,time_s,temp_c\nA,60,600\nA,60,601\n,1,2\n");
    assert_eq!(
        ran.stderr,
        "-:3:3: time 60 s of run `A` does not lie after 60 s\n  expected rising times\n-:4:1: empty cell in column `run`\n"
    );
    let ran = sandbox.pipe(&["spc", "features"], "runs,temp_c\nA,1\n");
    assert!(
        ran.stderr.contains("no column `run`") && ran.stderr.contains("no column `time_s`"),
        "{}",
        ran.stderr
    );
    sandbox.write("w.csv", "run,slot,slots,started_at\nB,3,10,\nA,11,10,monday\n");
    let ran =
        sandbox.pipe(&["spc", "features", "--wafers", "w.csv"], "run,time_s,temp_c\nA,0,600\n");
    let lines: Vec<&str> = ran.stderr.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(
        lines,
        [
            "w.csv:2:1: run `B` has no trace",
            "w.csv:3:3: `11` is not a slot",
            "w.csv:3:9: `monday` is not a time"
        ]
    );
    assert_eq!(
        sandbox.pipe(&["spc", "features", "--soak-band", "-1"], "run,time_s\nA,0\n").code,
        2
    );
}
