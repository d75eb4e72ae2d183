//! Many charts of `libchar spc` at once: one table, one exit code, one baseline file, one stream.

use crate::common::{Ran, Sandbox, assert_schema};
use serde_json::{Value, json};
use std::fmt::Write;

/// 60 rows of two tools in turn; x of E05 jumps in row 50, y is stuck, `note` is text, z has a gap.
fn fab(jump: f64) -> String {
    let mut csv = "lot,tool,note,x_nm,y_nm,z_nm,empty\n".to_owned();
    for i in 0..60 {
        let tool = if i % 2 == 0 { "E04" } else { "E05" };
        let wave = 0.1 * f64::from(i * 7 % 11);
        let x = if i == 49 { 10.0 + jump } else { 10.0 + wave };
        let z = if i == 7 { String::new() } else { format!("{:.2}", 5.0 + wave) };
        writeln!(csv, "L{:02},{tool},ok,{x:.2},3,{z},", i / 2).unwrap();
    }
    csv
}

fn document(ran: &Ran) -> Value {
    assert_schema(&ran.stdout);
    serde_json::from_str(&ran.stdout).unwrap()
}

const MANY: [&str; 8] = ["spc", "chart", "f.csv", "--columns", "*_nm", "--by", "tool", "--format"];

#[test]
fn every_column_of_every_group_is_one_row() {
    let sandbox = Sandbox::new();
    sandbox.write("f.csv", fab(9.0));
    sandbox.write("spec.csv", "column,lsl,usl,target\nx_nm,5,15,\n");
    let more = ["--label", "lot", "--spec", "spec.csv", "--svg", "f.svg"];
    let ran = sandbox.run(&[&MANY[..], &["json"], &more].concat());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let found = document(&ran);
    let charts = found["charts"].as_array().unwrap();
    let names: Vec<(&Value, &Value)> =
        charts.iter().map(|c| (&c["group"][0], &c["column"])).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    let of = |tool: &str, column: &str| {
        charts.iter().find(|c| c["group"][0] == tool && c["column"] == column).unwrap()
    };
    let jumped = of("E05", "x_nm");
    assert_eq!((&jumped["first_event"], &jumped["first_label"]), (&json!(25), &json!("L24")));
    assert_eq!((&jumped["stable"], &of("E04", "x_nm")["stable"]), (&json!(false), &json!(true)));
    assert!(of("E04", "x_nm")["cpk"].as_f64().unwrap() > 1.0 && of("E04", "z_nm")["cpk"].is_null());
    assert!(of("E04", "y_nm")["reason"].as_str().unwrap().contains("do not vary"));
    assert_eq!(of("E05", "z_nm")["missing"], 1);
    assert!(ran.stderr.contains("6 charts, 3 with findings"), "{}", ran.stderr);
    assert_eq!(sandbox.read("f.svg").matches("<rect").count(), 6);
    let csv = sandbox.run(&[&MANY[..], &["csv"]].concat());
    assert!(csv.stdout.starts_with("tool,column,chart,points,missing,"), "{}", csv.stdout);
    let one = sandbox.run(&[
        "spc",
        "chart",
        "f.csv",
        "-c",
        "x_nm",
        "--where",
        "tool == E05",
        "--format",
        "json",
    ]);
    let one: Value = serde_json::from_str(&one.stdout).unwrap();
    assert_eq!(one["parameters"][0]["center"], jumped["center"]);
    assert_eq!(one["violation_count"], jumped["events"]);
}

#[test]
fn all_columns_leave_out_texts_and_labels_and_tell_the_empty_one() {
    let sandbox = Sandbox::new();
    sandbox.write("f.csv", fab(9.0));
    let ran = sandbox.run(&[
        "spc",
        "chart",
        "f.csv",
        "--columns",
        "*",
        "--by",
        "tool",
        "--label",
        "lot",
        "--format",
        "json",
    ]);
    assert!(ran.stderr.contains("columns without numbers are left out: note"), "{}", ran.stderr);
    let found = document(&ran);
    let empty =
        found["charts"].as_array().unwrap().iter().find(|c| c["column"] == "empty").unwrap();
    assert!(empty["reason"].as_str().unwrap().contains("no row holds a number"), "{empty}");
    let wrong = sandbox.run(&["spc", "chart", "f.csv", "--columns", "q*"]);
    assert!(
        wrong.code == 2 && wrong.stderr.contains("no column of numbers matches `q*`"),
        "{}",
        wrong.stderr
    );
    let wrong = sandbox.run(&["spc", "chart", "f.csv", "-c", "x_nm", "--by", "tol"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("did you mean `tool`?"), "{}", wrong.stderr);
}

#[test]
fn one_file_of_limits_judges_later_data_and_a_stream() {
    let sandbox = Sandbox::new();
    sandbox.write("f.csv", fab(0.3));
    let limits = [
        "spc",
        "limits",
        "f.csv",
        "--columns",
        "[xz]*",
        "-c",
        "x_nm",
        "-c",
        "z_nm",
        "--by",
        "tool",
        "-o",
        "b.json",
    ];
    let limits = [&limits[..3], &limits[5..]].concat();
    let ran = sandbox.run(&limits);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&sandbox.read("b.json"));
    let set: Value = serde_json::from_str(&sandbox.read("b.json")).unwrap();
    assert_eq!(set["baselines"].as_array().unwrap().len(), 4);
    assert!(set["baselines"][0]["baseline"]["provenance"]["sha256"].is_string());
    let ran = sandbox.run(&limits);
    assert!(ran.code == 2 && ran.stderr.contains("--force"), "{}", ran.stderr);
    sandbox.write("g.csv", fab(9.0));
    let ran = sandbox.run(&["spc", "chart", "g.csv", "--baseline", "b.json", "--format", "json"]);
    let found = document(&ran);
    let fired: Vec<&Value> =
        found["charts"].as_array().unwrap().iter().filter(|c| c["events"] != 0).collect();
    assert!(ran.code == 1 && fired.len() == 1 && fired[0]["group"][0] == "E05", "{}", ran.stdout);
    let watch = ["spc", "watch", "g.csv", "--baseline", "b.json", "--na", "skip", "--label", "lot"];
    let ran = sandbox.run(&[&watch[..], &["--format", "json", "--show", "violations"]].concat());
    let rows = document(&ran);
    let first = &rows["rows"][0];
    assert_eq!(
        (ran.code, &first["column"], &first["at"]["tool"]),
        (1, &json!("x_nm"), &json!("E05"))
    );
    assert_eq!((&first["index"], &first["line"]), (&json!(25), &json!(51)));
    let other = fab(0.3).replace("E04", "E99");
    let ran = sandbox.pipe(
        &["spc", "watch", "-", "--baseline", "b.json", "--na", "skip", "--where", "lot != L03"],
        &other,
    );
    assert!(
        ran.stderr.contains("29 rows have no limits in b.json, the first in line 2: E99"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("58 of 60 rows of - are read"), "{}", ran.stderr);
}

#[test]
fn several_files_make_one_table_and_a_folder() {
    let sandbox = Sandbox::new();
    sandbox.write("mon.csv", fab(0.3));
    sandbox.write("tue.csv", fab(9.0));
    let ran = sandbox
        .run(&["spc", "chart", "mon.csv", "tue.csv", "-c", "x_nm", "-o", "out", "--format", "csv"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("file,column,"), "{}", ran.stdout);
    assert_eq!(ran.stdout.lines().count(), 3);
    for name in ["mon", "tue"] {
        assert_schema(&sandbox.read(&format!("out/{name}.json")));
        assert!(sandbox.read(&format!("out/{name}.svg")).contains("UCL"));
    }
    let tue: Value = serde_json::from_str(&sandbox.read("out/tue.json")).unwrap();
    assert_eq!(tue["schema"]["name"], "libchar.spc-chart");
    let page = sandbox.run(&[
        "spc",
        "chart",
        "mon.csv",
        "tue.csv",
        "--columns",
        "*_nm",
        "--by",
        "tool",
        "-o",
        "all",
    ]);
    assert!(page.code == 1 && sandbox.read("all/mon.svg").contains("6 charts"), "{}", page.stderr);
    let report = sandbox.run(&["report", "--html", "page.html", "all/tue.json"]);
    assert!(report.code < 2, "{}", report.stderr);
    assert!(sandbox.read("page.html").contains("3 of 6 charts"), "{}", report.stderr);
}

#[test]
fn excluding_in_many_charts_goes_by_condition_within_each_group() {
    let sandbox = Sandbox::new();
    sandbox.write("f.csv", fab(9.0));
    let args = [&MANY[..], &["json", "--exclude", "x_nm > 15", "--reason", "crash"]].concat();
    let found = document(&sandbox.run(&args));
    for chart in found["charts"].as_array().unwrap() {
        let is_e05 = chart["group"][0] == "E05";
        assert_eq!(chart["excluded"], i32::from(is_e05), "{chart}");
    }
}

#[test]
fn capability_goes_by_groups_too() {
    let sandbox = Sandbox::new();
    sandbox.write("f.csv", fab(0.3));
    let ran = sandbox.run(&[
        "spc",
        "capability",
        "f.csv",
        "--columns",
        "x*",
        "--by",
        "tool",
        "--lsl",
        "5",
        "--usl",
        "15",
        "--format",
        "json",
    ]);
    let rows = document(&ran);
    assert_eq!((ran.code, &rows["rows"][1]["group"]), (0, &json!("E05")), "{}", ran.stderr);
}

#[test]
fn files_of_one_name_would_replace_each_other() {
    let sandbox = Sandbox::new();
    for folder in ["a", "b"] {
        sandbox.write(&format!("{folder}/x.csv"), "v\n1\n2\n3\n2\n");
    }
    let ran = sandbox.run(&["spc", "chart", "a/x.csv", "b/x.csv", "-c", "v", "-o", "out"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    let said = "a/x.csv and b/x.csv are both named `x`, as their files would be";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    assert!(!sandbox.path().join("out").exists());
    // With a single table of both, no files of their own are needed.
    let ran = sandbox.run(&["spc", "chart", "a/x.csv", "b/x.csv", "-c", "v"]);
    assert!(ran.code < 2, "{}", ran.stderr);
}
