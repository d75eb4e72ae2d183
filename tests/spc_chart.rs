//! `libchar spc chart`, `limits`, `watch`, `capability`, `arl`, `oc`, `rules`, `constants` as their users type them.

use crate::common::{Sandbox, assert_schema, repository};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

/// The groups of a reference case with one value in each row: sample,diameter.
fn piston(case: &str) -> String {
    let groups = reference(case)["input"]["groups"].clone();
    let mut text = "sample,diameter\n".to_owned();
    for (i, group) in groups.as_array().unwrap().iter().enumerate() {
        for value in group.as_array().unwrap() {
            text += &format!("{},{value}\n", i + 1);
        }
    }
    text
}

fn reference(id: &str) -> Value {
    let text = std::fs::read_to_string(repository().join("testdata/spc/reference.json")).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let cases = all["cases"].as_array().unwrap();
    cases.iter().find(|case| case["id"] == id).unwrap().clone()
}

fn json(text: &str) -> Value {
    assert_schema(text);
    serde_json::from_str(text).unwrap()
}

fn close(found: &Value, expected: f64, slack: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() <= slack, "{found} for {expected}");
}

const STEADY: &str = "x\n10\n11\n9\n10.5\n9.5\n10\n10.2\n9.9\n10.1\n9.8\n";

#[test]
fn a_chart_of_means_meets_the_reference_from_the_command_line() {
    let sandbox = Sandbox::new();
    sandbox.write("p.csv", piston("piston_xbar_UWAVE-R"));
    let base =
        ["spc", "chart", "p.csv", "-c", "diameter", "--subgroup-size", "5", "--format", "json"];
    let ran = sandbox.run(&[&base[..], &["--chart", "xbar-r", "--like", "qcc"]].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let found = json(&ran.stdout);
    close(&found["panels"][0]["ucl"], 74.014_304_007_008, 1e-9);
    close(&found["parameters"][0]["sigma"], 0.009_785_038_693_035, 1e-9);
    let ran = sandbox.run(&[&base[..], &["--chart", "xbar-s"]].concat());
    close(&json(&ran.stdout)["panels"][1]["ucl"], 0.019_302_416_768_24, 1e-9);
}

#[test]
fn limits_of_the_first_points_judge_the_rest() {
    let sandbox = Sandbox::new();
    sandbox.write("p.csv", piston("piston_phase2"));
    let args =
        ["spc", "chart", "p.csv", "-c", "diameter", "--subgroup", "sample", "--chart", "xbar-r"];
    let ran = sandbox.run(&[&args[..], &["--phase1", "25", "--format", "json"]].concat());
    assert_eq!(ran.code, 1);
    let found = json(&ran.stdout);
    assert_eq!(found["rules"][0]["signal_points"], serde_json::json!([37, 38, 39]));
    assert_eq!(found["violations"][0]["label"], "37");
}

#[test]
fn a_rule_that_fired_is_exit_1_and_an_alert() {
    let sandbox = Sandbox::new();
    let text = STEADY.to_owned() + "99\n";
    let ran = sandbox
        .pipe(&["spc", "chart", "-", "--center", "10", "--sigma", "1", "--format", "json"], &text);
    assert_eq!(ran.code, 1);
    let first = json(&ran.stdout)["violations"][0].clone();
    assert_eq!(
        (&first["rule_id"], &first["timestamp_index"]),
        (&Value::from("N1"), &Value::from(11))
    );
    assert_eq!(first["severity"], "CRITICAL");
    let alerts = sandbox.run(&["history", "alerts", "--format", "csv"]);
    assert!(
        alerts.stdout.contains("x: 1 point beyond 3 sigma on the x panel at point 11"),
        "{alerts:?}"
    );
    let args = ["spc", "chart", "-", "--center", "10", "--sigma", "1", "--exit-zero"];
    assert_eq!(sandbox.pipe(&args, &text).code, 0);
}

/// Every message begins with the place and states what was expected; the exit code is 2.
#[test]
fn bad_input_is_named() {
    let cases: [(&[&str], &str, &str); 15] = [
        (&[], "", "-: the table is empty\n"),
        (&[], "x\n", "-: the table has no rows\n"),
        (
            &[],
            "x\n1\n\nNaN\n2\ninf\n",
            "-:4:1: `NaN` in column `x` is not a finite number\n  expected a finite number; `--na skip` leaves such rows out\n-:6:1: `inf` in column `x` is not a finite number\n  expected a finite number; `--na skip` leaves such rows out\n",
        ),
        (
            &["-c", "temp"],
            "temp_c,lot\n1,a\n",
            "-:1:1: no column `temp`\n  expected one of: temp_c, lot\n  did you mean `temp_c`?\n",
        ),
        (
            &["--time", "t"],
            "t,x\n1,5\n3,6\n2,7\n",
            "-:4: time `2` after `3`\n  expected rows in order of time\n",
        ),
        (
            &["--chart", "xbar-r", "--subgroup-size", "1"],
            STEADY,
            "-: a chart of subgroup means needs subgroups of 2 or more values, and every subgroup has 1; name them with --subgroup COLUMN or --subgroup-size N, or chart single values with --chart i-mr\n",
        ),
        (
            &["--chart", "xbar-r", "--subgroup-size", "3"],
            STEADY,
            "-: 10 rows do not fill subgroups of 3: 1 left over\n",
        ),
        (
            &["--chart", "xbar-r", "--subgroup", "g"],
            "g,x\na,1\nb,2\na,3\n",
            "-:4: subgroup `a` begins again\n  expected the rows of one subgroup next to each other\n",
        ),
        (&["--chart", "p", "-n", "5"], "x\n3\n6\n", "-: point 2: 6 defective of 5 inspected\n"),
        (
            &["--chart", "p"],
            "x\n3\n",
            "libchar: a p chart needs --sample-size: a column or a number\n",
        ),
        (
            &["--chart", "ewma", "--rules", "nelson"],
            STEADY,
            "libchar: rule N2 is not defined on a ewma chart, which has points that depend on each other\n",
        ),
        (
            &["--chart", "ewma", "--lambda", "0"],
            STEADY,
            "libchar: lambda = 0 is out of range: 0 < lambda <= 1\n",
        ),
        (
            &["--time", "t"],
            "t,x\n02/01/2026,1\n03/01/2025,2\n",
            "-:2: `02/01/2026` in column `t` is not a time\n  expected a number or ISO 8601, such as 2026-01-31T08:30:00+01:00; state another form by --time-format, such as %d/%m/%Y\n-:3: `03/01/2025` in column `t` is not a time\n  expected a number or ISO 8601, such as 2026-01-31T08:30:00+01:00; state another form by --time-format, such as %d/%m/%Y\n",
        ),
        (
            &["--chart", "t2"],
            "a,b\n1,2\n2,4\n3,6\n4,8\n5,10\n",
            "-: the covariance matrix is singular: one variable is a linear function of others\n",
        ),
        (
            &["--knowledge", "furnance"],
            STEADY,
            "--knowledge: unknown knowledge `furnance`\n  expected one of: auto, furnace, litho, metrology, none\n  did you mean `furnace`?\n",
        ),
    ];
    let sandbox = Sandbox::new();
    for (args, input, message) in cases {
        let ran = sandbox.pipe(&[&["spc", "chart"], args].concat(), input);
        assert_eq!(
            (ran.code, ran.stderr.as_str(), ran.stdout.as_str()),
            (2, message, ""),
            "{args:?}"
        );
    }
}

#[test]
fn skipped_cells_are_listed_and_bom_and_crlf_are_fine() {
    let sandbox = Sandbox::new();
    let text = "\u{feff}lot,x\r\na,10\r\nb,NA\r\nc,11\r\nd,9\r\ne,10\r\n";
    let ran = sandbox.pipe(&["spc", "chart", "-c", "x", "--na", "skip", "--format", "json"], text);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("1 cell without a number was left out, in line 3, column `x`"));
    let found = json(&ran.stdout);
    assert_eq!(found["points"], 4);
    assert_eq!(found["skipped"], serde_json::json!([{ "line": 3, "column": "x", "found": "NA" }]));
}

#[test]
fn stages_restart_limits_and_rules() {
    let sandbox = Sandbox::new();
    let mut text = "stage,x\n".to_owned();
    for (stage, level) in [("before", 10.0), ("after", 20.0)] {
        for step in [0.0, 0.5, -0.5, 0.2, -0.3, 0.1] {
            text += &format!("{stage},{}\n", level + step);
        }
    }
    let args =
        ["spc", "chart", "-c", "x", "--stage", "stage", "--rules", "nelson", "--format", "json"];
    let ran = sandbox.pipe(&args, &text);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = json(&ran.stdout);
    close(&found["parameters"][0]["center"], 10.0, 1e-9);
    close(&found["parameters"][1]["center"], 20.0, 1e-9);
    assert_eq!(found["panels"][2]["first"], 7);
}

#[test]
fn a_baseline_judges_only_its_own_column_and_chart() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", STEADY);
    sandbox.write("b.csv", "y\n10\n11\n");
    let ran = sandbox.run(&["spc", "limits", "a.csv"]);
    assert_eq!(ran.code, 0);
    json(&ran.stdout);
    sandbox.write("x.json", &ran.stdout);
    let chart = |args: &[&str]| sandbox.run(&[&["spc", "chart"], args].concat());
    assert_eq!(chart(&["a.csv", "--baseline", "x.json"]).code, 0);
    let other = chart(&["b.csv", "-c", "y", "--baseline", "x.json"]);
    assert_eq!(
        (other.code, other.stderr.as_str()),
        (2, "b.csv: the baseline is for column `x`, the data are for `y`\n")
    );
    let other = chart(&["a.csv", "--chart", "ewma", "--baseline", "x.json"]);
    assert_eq!(
        other.stderr,
        "x.json: the baseline is for chart i-mr\n  expected a baseline for chart ewma\n"
    );
    let other = chart(&["a.csv", "--baseline", "a.csv"]);
    assert!(other.code == 2 && other.stderr.starts_with("a.csv:1:1: "), "{other:?}");
}

#[test]
fn t2_finds_the_odd_row_and_its_baseline_comes_back() {
    let sandbox = Sandbox::new();
    let mut text = "a,b\n".to_owned();
    for i in 0..20 {
        let (a, b) = ([0.1, -0.2, 0.3, -0.1, 0.0][i % 5], [0.2, 0.1, -0.3, 0.0][i % 4]);
        text += &format!("{},{}\n", 5.0 + a, 9.0 + a + b);
    }
    sandbox.write("a.csv", &text);
    assert_eq!(sandbox.run(&["spc", "limits", "a.csv", "--chart", "t2", "-o", "b.json"]).code, 0);
    assert_schema(&sandbox.read("b.json"));
    sandbox.write("new.csv", "a,b\n5,9\n5.3,8\n");
    let ran = sandbox.run(&["spc", "chart", "new.csv", "--baseline", "b.json", "--format", "json"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(json(&ran.stdout)["rules"][0]["signal_points"], serde_json::json!([2]));
    let ran =
        sandbox.run(&["spc", "watch", "new.csv", "--baseline", "b.json", "--show", "violations"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (1, 2), "{}", ran.stderr);
}

/// The answer to a row arrives before the next row is sent.
#[test]
fn a_stream_is_answered_row_by_row() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", STEADY);
    sandbox.run(&["spc", "limits", "a.csv", "-o", "x.json"]);
    let mut child = sandbox
        .command(&["spc", "watch", "-", "--baseline", "x.json", "--show", "all"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || answers.next().unwrap().unwrap();
    assert_eq!(next(), "index,line,panel,value,center,ucl,lcl,z,rules,severity");
    stdin.write_all(b"x\n10\n").unwrap();
    assert!(next().starts_with("1,2,x,10,"));
    stdin.write_all(b"99\n").unwrap();
    assert!(next().ends_with(",N1,CRITICAL"));
    assert!(next().ends_with(",LIMIT,CRITICAL"));
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn a_stream_agrees_with_the_chart() {
    let sandbox = Sandbox::new();
    sandbox.write("p.csv", piston("piston_phase2"));
    let grouped = ["-c", "diameter", "--subgroup-size", "5", "--chart", "xbar-r"];
    sandbox.run(&[&["spc", "limits", "p.csv", "-o", "b.json"], &grouped[..]].concat());
    let charted = sandbox.run(&[
        "spc",
        "chart",
        "p.csv",
        "--baseline",
        "b.json",
        "--rules",
        "we",
        "--show",
        "points",
        "--format",
        "csv",
    ]);
    let streamed = sandbox.run(&[
        "spc",
        "watch",
        "p.csv",
        "--baseline",
        "b.json",
        "--rules",
        "we",
        "--format",
        "csv",
    ]);
    let fields = |text: &str, panel: usize, rules: usize| -> Vec<(String, String, String)> {
        let mut rows: Vec<_> = text
            .lines()
            .skip(1)
            .map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>())
            .map(|c| (c[panel].clone(), c[0].clone(), c[rules].clone()))
            .collect();
        rows.sort();
        rows
    };
    assert_eq!((charted.code, streamed.code), (1, 1), "{}{}", charted.stderr, streamed.stderr);
    assert_eq!(fields(&charted.stdout, 3, 9), fields(&streamed.stdout, 2, 8));
}

#[test]
fn capability_says_when_the_process_is_not_stable() {
    let sandbox = Sandbox::new();
    sandbox.write("p.csv", piston("piston_capability_74"));
    let args = [
        "spc",
        "capability",
        "p.csv",
        "-c",
        "diameter",
        "--subgroup-size",
        "5",
        "--like",
        "qcc",
        "--lsl",
        "73.95",
        "--usl",
        "74.05",
        "--format",
        "json",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = json(&ran.stdout);
    close(&found["cpk"]["value"], 1.663_219_449_327, 1e-6);
    close(&found["cpm"]["lower"], 1.480_113_322_439, 1e-6);
    let short = sandbox.run(&[&args[..], &["--min-cpk", "1.67"]].concat());
    assert_eq!(short.code, 1);
    let unstable = sandbox.pipe(
        &["spc", "capability", "--usl", "200", "--format", "json"],
        STEADY.to_owned() + "99\n",
    );
    assert_eq!(unstable.code, 1);
    assert_eq!(json(&unstable.stdout)["stability"]["stable"], false);
    let skewed = reference("nonnormal_boxcox")["input"]["x"].clone();
    let text = skewed
        .as_array()
        .unwrap()
        .iter()
        .fold("x\n".to_owned(), |text, x| text + &format!("{x}\n"));
    let ran = sandbox.pipe(
        &[
            "spc",
            "capability",
            "--usl",
            "12",
            "--method",
            "box-cox,lognormal,weibull",
            "--rules",
            "none",
            "--format",
            "json",
        ],
        text,
    );
    let found = json(&ran.stdout);
    close(&found["box_cox"]["ppu"]["value"], 0.830_460_358_7, 1e-4);
    close(&found["lognormal_percentile"]["ppu"], 0.599_812_856_3, 1e-4);
    for (args, message) in [
        (&["--lsl", "3", "--usl", "2"][..], "libchar: LSL 3 is not below USL 2\n"),
        (&[], "libchar: capability needs a specification limit: LSL, USL or both\n"),
    ] {
        let ran = sandbox.pipe(&[&["spc", "capability"], args].concat(), STEADY);
        assert_eq!((ran.code, ran.stderr.as_str()), (2, message));
    }
}

#[test]
fn run_lengths_designs_and_tables_keep_their_schema() {
    let sandbox = Sandbox::new();
    let rows = |args: &[&str]| {
        let ran = sandbox.run(&[&["spc"], args, &["--format", "json"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        json(&ran.stdout)["rows"].clone()
    };
    close(&rows(&["arl", "--rules", "we1234"])[0]["arl"], 91.750_773_128, 1e-6);
    close(&rows(&["arl", "--phi", "0.4"])[0]["arl"], 383.460_543_73, 0.03);
    close(&rows(&["arl", "--rules", "we12", "--slope", "0.1"])[0]["arl"], 15.109_264_6, 0.01);
    close(&rows(&["arl", "--chart", "cusum", "--target-arl", "370"])[0]["h"], 4.773_833_7, 1e-4);
    close(&rows(&["oc", "-n", "5", "--shift", "1"])[0]["beta"], 0.777_546_041_4, 1e-9);
    close(&rows(&["constants", "-n", "5"])[0]["A2"], 0.577, 5e-4);
    close(&rows(&["rules", "nelson"])[3]["window_rate"], 0.004_573_638_19, 1e-9);
}

#[test]
fn pictures_are_the_same_bytes_every_time() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", STEADY.to_owned() + "99\n");
    let draw = |name: &str| {
        sandbox.run(&["spc", "chart", "a.csv", "--rules", "nelson", "--svg", name]);
        sandbox.read(name)
    };
    let first = draw("1.svg");
    assert!(first.contains("UCL") && !first.contains("NaN") && !first.contains("inf"));
    assert_eq!(first, draw("2.svg"));
}

#[test]
fn knowledge_is_data_that_the_user_replaces() {
    let sandbox = Sandbox::new();
    sandbox.write("own.toml", "name = 'own'\n[[entry]]\nrules = ['n1']\nseverity = 'INFO'\ncauses = ['moon']\nactions = ['wait']\n");
    let args = [
        "spc",
        "chart",
        "--center",
        "10",
        "--sigma",
        "0.5",
        "--format",
        "json",
        "--knowledge",
        "own.toml",
    ];
    let ran = sandbox.pipe(&args, "x\n10\n99\n");
    let first = json(&ran.stdout)["violations"][0].clone();
    assert_eq!(
        (&first["suggested_causes"][0], &first["severity"]),
        (&Value::from("moon"), &Value::from("INFO"))
    );
    sandbox.write("own.toml", "name = 'own'\n[[entry]]\ncause = []\n");
    let ran = sandbox.pipe(&args, "x\n10\n99\n");
    assert!(
        ran.code == 2 && ran.stderr.starts_with("own.toml:3:1: unknown field `cause`"),
        "{}",
        ran.stderr
    );
}

#[test]
fn slips_in_knowledge_and_rules_are_named() {
    let sandbox = Sandbox::new();
    sandbox.write("x.csv", "x\n1\n2\n3\n");
    sandbox.write("k.toml", "name = 'k'\n[[entry]]\nrules = ['N1', 'tredn']\n");
    let ran = sandbox.run(&["spc", "chart", "x.csv", "--knowledge", "k.toml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.starts_with("k.toml:3:17: unknown rule `tredn`\n"), "{}", ran.stderr);
    assert!(ran.stderr.ends_with("did you mean `trend`?\n"), "{}", ran.stderr);
    let ran = sandbox.run(&["spc", "rules", "n1-99999999999"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("unknown rule or rule set `n1-99999999999`"), "{}", ran.stderr);
    let ran = sandbox.run(&["spc", "arl", "--rules", "trend64"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("too rarely to simulate"), "{}", ran.stderr);
}
