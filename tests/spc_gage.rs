//! Measurement systems, tolerance intervals and variance components from the command line, against `testdata/spc/extended.json`.

use crate::common::{Ran, Sandbox, assert_schema, repository};
use serde_json::{Value, json};

fn case(id: &str) -> Value {
    let text = std::fs::read_to_string(repository().join("testdata/spc/extended.json")).unwrap();
    let reference: Value = serde_json::from_str(&text).unwrap();
    let cases = reference["cases"].as_array().unwrap();
    cases.iter().find(|case| case["id"] == id).unwrap_or_else(|| panic!("{id}")).clone()
}

/// Runs on the data of a case.
fn of_case(id: &str, args: &[&str]) -> (Ran, Value) {
    let case = case(id);
    let file = repository().join("testdata/spc").join(case["data"].as_str().unwrap());
    let file = file.to_str().unwrap().to_owned();
    let mut all = vec!["spc"];
    all.extend(args);
    all.extend([file.as_str(), "--format", "json"]);
    let ran = Sandbox::new().run(&all);
    assert!(ran.code < 2, "{id}: {}", ran.stderr);
    assert_schema(&ran.stdout);
    (ran, case["expected"].clone())
}

/// Checks that `found` has every number of `expected` under the same name.
fn same(id: &str, found: &Value, expected: &Value) {
    match expected {
        Value::Object(members) => {
            for (name, value) in members {
                same(&format!("{id}.{name}"), &found[name.as_str()], value);
            }
        }
        Value::Array(items) => {
            for (i, value) in items.iter().enumerate() {
                same(&format!("{id}[{i}]"), &found[i], value);
            }
        }
        Value::Number(number) => {
            let (want, got) = (number.as_f64().unwrap(), found.as_f64().unwrap_or(f64::NAN));
            assert!((got - want).abs() <= 1e-8 * want.abs().max(1e-4), "{id}: {found} for {want}");
        }
        other => assert_eq!(found, other, "{id}"),
    }
}

fn parsed(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap()
}

const CROSSED: [&str; 8] = ["gage", "rr", "-c", "x", "--part", "part", "--operator", "operator"];

#[test]
fn gage_studies_meet_the_reference() {
    let run = |id: &str, base: &[&str], more: &[&str], member: Option<&str>| {
        let (ran, mut expected) = of_case(id, &[base, more].concat());
        let found = parsed(&ran);
        if id.starts_with("grr_ci") {
            expected = json!({ "intervals": expected });
        }
        same(id, member.map_or(&found, |member| &found[member]), &expected);
        ran
    };
    let study = Some("study");
    run("grr_int_v", &CROSSED, &["--tolerance", "18"], study);
    run("grr_ci_int_v", &CROSSED, &["--interaction", "always"], study);
    run("grr_xbar_r_int_v", &CROSSED, &["--method", "xbar-r", "--tolerance", "18"], Some("ranges"));
    run("grr_noint_v", &CROSSED, &["--tolerance", "6"], study);
    run("grr_twoop_v", &CROSSED, &["--tolerance", "0.2"], study);
    run("grr_negative_v", &CROSSED, &["--tolerance", "12"], study);
    run("grr_historical_v", &CROSSED, &["--historical-sigma", "3.4"], study);
    run("grr_one_sided_v", &CROSSED, &["--usl", "27"], study);
    run("grr_nested_v", &CROSSED, &["--nested", "--tolerance", "40"], study);
    run("grr_single_v", &CROSSED[..6], &["--tolerance", "10"], study);
    let (ran, expected) =
        of_case("type1_v", &["gage", "type1", "-c", "x", "--reference", "25", "--tolerance", "4"]);
    let found = parsed(&ran);
    for name in ["bias", "t", "p", "cg", "cgk", "percent_var_repeatability"] {
        same(name, &found[name], &expected[name]);
    }
    run("bias_v", &["gage", "bias", "-c", "x", "--reference", "6"], &[], None);
    let (ran, mut expected) = of_case(
        "linearity_v",
        &["gage", "linearity", "-c", "x", "--reference", "reference", "--process-variation", "3"],
    );
    expected.as_object_mut().unwrap().remove("band95");
    same("linearity", &parsed(&ran), &expected);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
}

#[test]
fn stability_charts_the_master_and_tests_its_drift() {
    let args = [
        "gage",
        "stability",
        "-c",
        "m1",
        "-c",
        "m2",
        "-c",
        "m3",
        "-c",
        "m4",
        "-c",
        "m5",
        "--time",
        "day",
    ];
    let (ran, expected) = of_case("stability_v", &args);
    let found = parsed(&ran);
    for (name, of) in [
        ("center", "center"),
        ("sigma", "sigma"),
        ("ucl", "ucl"),
        ("lcl", "lcl"),
        ("beyond", "beyond"),
        ("slope", "drift_per_day"),
        ("p", "p_drift"),
    ] {
        same(of, &found[name], &expected[of]);
    }
    assert!(ran.code == 1 && ran.stderr.contains("the gage drifts by 0.012"), "{}", ran.stderr);
}

#[test]
fn limits_of_a_gage_are_findings_and_the_order_of_rows_is_none() {
    let sandbox = Sandbox::new();
    let text =
        std::fs::read_to_string(repository().join("testdata/spc/data/grr_int_v.csv")).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    sandbox.write("a.csv", &text);
    lines[1..].reverse();
    sandbox.write("b.csv", lines.join("\n"));
    let args = |file| {
        [
            &["spc"],
            &CROSSED[..],
            &[file, "--tolerance", "18", "--max-grr", "10", "--min-ndc", "99", "--format", "csv"],
        ]
        .concat()
    };
    let (a, b) = (sandbox.run(&args("a.csv")), sandbox.run(&args("b.csv")));
    assert_eq!((a.code, &a.stdout), (1, &b.stdout), "{}", a.stderr);
    assert!(
        a.stderr.contains("more than 10 %") && a.stderr.contains("fewer than 99"),
        "{}",
        a.stderr
    );
    let table = sandbox
        .run(&[&["spc"], &CROSSED[..], &["a.csv", "--format", "table", "--svg", "g.svg"]].concat());
    assert!(table.code == 0 && table.stdout.contains("interaction"), "{}", table.stdout);
    assert!(table.stdout.contains("categories of parts; the interaction"), "{}", table.stdout);
    assert!(sandbox.read("g.svg").matches("<svg").count() == 3);
    sandbox
        .write("c.csv", text.lines().take(text.lines().count() - 1).collect::<Vec<_>>().join("\n"));
    let ran = sandbox.run(&[&["spc"], &CROSSED[..], &["c.csv"]].concat());
    assert!(ran.code == 2 && ran.stderr.contains("as many in each cell"), "{}", ran.stderr);
    let wide = "part,op,t1,t2\n1,A,1.0,1.1\n2,A,2.1,2.0\n1,B,1.2,1.1\n2,B,2.2,2.1\n";
    sandbox.write("w.csv", wide);
    let ran = sandbox.run(&[
        "spc",
        "gage",
        "rr",
        "w.csv",
        "-c",
        "t1",
        "-c",
        "t2",
        "--part",
        "part",
        "--operator",
        "op",
        "--format",
        "json",
    ]);
    assert_eq!(parsed(&ran)["trials"], 2, "{}", ran.stderr);
}

#[test]
fn tolerance_intervals_meet_the_reference() {
    let factor = |id: &str| {
        let case = case(id);
        let text = |name: &str| case["inputs"][name].to_string();
        let (n, content, confidence) = (text("n"), text("content"), text("confidence"));
        let mut args = vec![
            "spc",
            "tolerance",
            "--n",
            &n,
            "--content",
            &content,
            "--confidence",
            &confidence,
            "--format",
            "json",
        ];
        let df = text("df");
        if df != "null" {
            args.extend(["--df", &df]);
        }
        let ran = Sandbox::new().run(&args);
        assert_schema(&ran.stdout);
        let place = if case["inputs"]["sides"] == 1 { 0 } else { 1 };
        same(id, &parsed(&ran)["rows"][place]["k"], &case["expected"]["k"]);
    };
    [
        "tol_k1_10_0.95_0.9",
        "tol_k1_5_0.9_0.99",
        "tol_k2_10_0.95_0.9",
        "tol_k2_50_0.9973_0.95",
        "tol_k2_df_v",
    ]
    .into_iter()
    .for_each(factor);
    let (ran, expected) = of_case("tol_interval_v", &["tolerance", "-c", "x", "--content", "0.99"]);
    same("normal", &parsed(&ran)["interval"], &expected);
    let (ran, expected) =
        of_case("tol_lognormal_v", &["tolerance", "-c", "x", "--method", "lognormal"]);
    same("lognormal", &parsed(&ran)["interval"], &expected);
    let args = ["tolerance", "-c", "x", "--content", "0.9", "--method", "nonparametric"];
    let (ran, expected) = of_case("tol_np_v", &args);
    same("nonparametric", &parsed(&ran)["nonparametric"], &expected);
    let few: String = (0..20).map(|i| format!("{i}\n")).collect();
    let ran = Sandbox::new().pipe(&["spc", "tolerance", "--method", "nonparametric"], &few);
    assert!(ran.code == 1 && ran.stderr.contains("needs 59"), "{}", ran.stderr);
    let ran = Sandbox::new().pipe(&["spc", "tolerance", "--content", "95"], &few);
    assert!(ran.code == 2 && ran.stderr.contains("such as 0.95 for 95 %"), "{}", ran.stderr);
}

#[test]
fn variance_components_meet_the_reference() {
    for (id, method) in [
        ("nested_balanced_v", None),
        ("nested_negative_v", None),
        ("nested_unbalanced_v", Some("anova")),
        ("nested_unbalanced_reml_v", None),
    ] {
        let mut args = vec!["components", "-c", "thk_nm", "--nested", "lot,wafer"];
        if let Some(method) = method {
            args.extend(["--method", method]);
        }
        let (ran, expected) = of_case(id, &args);
        let found = parsed(&ran);
        for (level, name) in ["lot", "wafer", "site"].into_iter().enumerate() {
            for member in ["variance", "variance_untruncated", "percent"] {
                if let Some(value) = expected.get(member).and_then(|values| values.get(name)) {
                    let found = &found["levels"][level][member];
                    let (want, got) = (value.as_f64().unwrap(), found.as_f64().unwrap());
                    assert!(
                        (got - want).abs() <= 1e-5 * want.abs() + 1e-9,
                        "{id} {name} {member}: {got} {want}"
                    );
                }
            }
        }
    }
    let (ran, _) =
        of_case("nested_negative_v", &["components", "-c", "thk_nm", "--nested", "lot,wafer"]);
    assert!(ran.stderr.contains("negative"), "{}", ran.stderr);
}
