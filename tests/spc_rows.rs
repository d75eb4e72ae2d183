//! Which rows and columns `libchar spc` reads: conditions, times, patterns.

use crate::common::{Sandbox, assert_schema};
use serde_json::Value;
use std::fmt::Write;

/// Rows of two tools in turn; E05 is at 20, with its last point at 30.
fn log() -> String {
    let mut csv = "at,tool,step,x_nm,y_nm\n".to_owned();
    for i in 0..40 {
        let (tool, base) = if i % 2 == 0 { ("E04", 10.0) } else { ("E05", 20.0) };
        let jump = if i == 39 { 10.0 } else { 0.0 };
        let x = base + jump + 0.1 * f64::from(i * 7 % 11);
        let day = i / 4 + 1;
        writeln!(csv, "2026-03-{day:02}T08:{i:02}:00,{tool},{},{x:.2},{:.2}", i % 5, x / 2.0)
            .unwrap();
    }
    csv
}

#[test]
fn conditions_choose_rows_in_every_command() {
    let sandbox = Sandbox::new();
    sandbox.write("l.csv", log());
    let points = |more: &[&str]| {
        let ran = sandbox
            .run(&[&["spc", "chart", "l.csv", "-c", "x_nm", "--format", "json"], more].concat());
        assert!(ran.code < 2, "{}", ran.stderr);
        let found: Value = serde_json::from_str(&ran.stdout).unwrap();
        (ran, found["points"].as_u64().unwrap())
    };
    let (ran, count) = points(&["--where", "tool == E04"]);
    assert_eq!((ran.code, count), (0, 20), "{}", ran.stderr);
    assert!(ran.stderr.contains("20 of 40 rows of l.csv are read"), "{}", ran.stderr);
    assert_eq!(points(&["--where", "tool == E05"]).0.code, 1);
    assert_eq!(points(&["--where", "tool in (E04, E05)", "--where", "step > 3"]).1, 8);
    let times = ["--time", "at", "--since", "2026-03-02", "--until", "2026-03-03"];
    assert_eq!(points(&times).1, 8);
    assert_eq!(points(&["--where", "at < 2026-03-02"]).1, 4);
    for args in [
        &["spc", "limits", "l.csv", "-c", "x_nm", "--where", "tool == E04", "-o", "b.json"][..],
        &[
            "spc",
            "capability",
            "l.csv",
            "-c",
            "x_nm",
            "--where",
            "tool == E04",
            "--lsl",
            "5",
            "--usl",
            "15",
        ],
        &["spc", "drift", "l.csv", "-c", "x_nm", "--where", "tool == E04", "--phase1", "10"],
        &[
            "spc",
            "health",
            "l.csv",
            "--columns",
            "*_nm",
            "--where",
            "tool == E04",
            "--healthy",
            "12",
        ],
        &["spc", "tolerance", "l.csv", "-c", "x_nm", "--where", "tool == E04"],
        &["spc", "components", "l.csv", "-c", "x_nm", "--nested", "step", "--where", "tool == E04"],
        &[
            "spc",
            "gage",
            "bias",
            "l.csv",
            "-c",
            "x_nm",
            "--reference",
            "10.5",
            "--where",
            "tool == E04",
        ],
    ] {
        let ran = sandbox.run(args);
        assert!(ran.code < 2 && ran.stderr.contains("20 of 40 rows"), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn what_selects_nothing_or_no_time_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("l.csv", log());
    let refused = |more: &[&str], said: &str| {
        let ran = sandbox.run(&[&["spc", "chart", "l.csv", "-c", "x_nm"], more].concat());
        assert!(ran.code == 2 && ran.stderr.contains(said), "{more:?}: {}", ran.stderr);
    };
    refused(&["--where", "tool == E99"], "none of 40 rows meets");
    refused(&["--where", "tol == E04"], "did you mean `tool`?");
    refused(&["--where", "tool == E04 step"], "neither `and` nor `or`");
    refused(&["--since", "2026-03-01"], "--time");
    refused(&["--time", "at", "--since", "March"], "is not a time");
    refused(
        &["--time", "at", "--since", "2026-03-01T00:00:00Z"],
        "with an offset from UTC, both without",
    );
    refused(
        &["--time", "at", "--since", "2026-03-04", "--until", "2026-03-02"],
        "is after --until",
    );
}

#[test]
fn excluding_by_condition_reads_the_selected_rows() {
    let sandbox = Sandbox::new();
    sandbox.write("l.csv", log());
    let args = [
        "spc",
        "chart",
        "l.csv",
        "-c",
        "x_nm",
        "--where",
        "tool == E05",
        "--exclude",
        "x_nm > 25",
        "--reason",
        "crash",
        "--format",
        "json",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (&found["excluded"][0]["point"], &found["excluded"][0]["line"]),
        (&20.into(), &41.into())
    );
}
