//! `libchar spc health`.

use crate::common::{Sandbox, assert_schema};
use serde_json::Value;

/// Two hundred runs of two features; the second shifts from run 151 on.
fn runs() -> String {
    let mut text = "run,temp_c,flow_sccm,recipe\n".to_owned();
    for i in 0..200 {
        // A repeatable wobble of many phases takes the place of noise.
        let wobble = |a: f64| (a * f64::from(i)).sin() + (1.7 * a * f64::from(i)).cos();
        let shift = if i >= 150 { 6.0 } else { 0.0 };
        text += &format!(
            "{},{:.4},{:.4},B7\n",
            i + 1,
            1000.0 + wobble(2.39),
            50.0 + wobble(0.97) + shift
        );
    }
    text
}

#[test]
fn a_shifted_feature_lowers_health_and_is_named() {
    let sandbox = Sandbox::new();
    sandbox.write("runs.csv", runs());
    let args = [
        "spc",
        "health",
        "runs.csv",
        "--healthy",
        "100",
        "--format",
        "json",
        "--svg",
        "health.svg",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["reference"]["features"], serde_json::json!(["temp_c", "flow_sccm"]));
    let runs = document["runs"].as_array().unwrap();
    assert_eq!((runs.len(), runs[0]["run"].as_u64()), (100, Some(101)));
    let first = runs.iter().find(|run| run["alarm"] == true).unwrap();
    assert!((151..=165).contains(&first["run"].as_u64().unwrap()), "{first}");
    let last = &runs[99];
    assert!(last["health"].as_f64().unwrap() < 0.3);
    assert_eq!(last["contributions"][0]["feature"], "flow_sccm");
    let svg = sandbox.read("health.svg");
    assert!(svg.contains("flow_sccm") && svg.contains("Tool health"));
    let alerts = sandbox.run(&["history", "alerts"]).stdout;
    assert!(alerts.contains("mostly flow_sccm"), "{alerts}");
    let csv = sandbox.run(&["spc", "health", "runs.csv", "--healthy", "100"]).stdout;
    assert_eq!(
        csv.lines().next(),
        Some("run,t2,ewma_log_t2,health,alarm,first_feature,share,z_score")
    );
}

#[test]
fn a_reference_of_its_own_and_a_failure_level() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/spc-drift");
    let healthy = "spc-drift/healthy.csv";
    let args = [
        "spc",
        "health",
        healthy,
        "--reference",
        healthy,
        "--failure-level",
        "5",
        "--format",
        "json",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["scale"], serde_json::json!({ "kind": "failure-level", "level": 5.0 }));
    assert_eq!(document["runs"].as_array().unwrap().len(), 80);
}

#[test]
fn what_makes_no_reference_is_refused() {
    let sandbox = Sandbox::new();
    let flat = "run,a,b\n".to_owned() + &"1,2,3\n".repeat(40);
    for (args, input, message) in [
        (&[][..], "run,a\n1,2\n", "-: a healthy reference needs at least 10 runs, found 1"),
        (&[][..], flat.as_str(), "constant over the healthy runs, left out: a, b"),
        (
            &["--features", "b"][..],
            flat.as_str(),
            "-: feature `b` does not vary over the healthy runs",
        ),
        (&["--features", "c"][..], flat.as_str(), "-:1:1: no column `c`"),
        (&["--ignore", "a,b"][..], flat.as_str(), "-: no column of numbers to take as a feature"),
        (&[][..], "run,a\n1,\n2,3\n", "-:2:3: empty cell in column `a`"),
        (&[][..], "", "-: the table is empty"),
        (&["--lambda", "0"][..], &runs(), "-: lambda = 0 is out of range: above 0, at most 1"),
        (
            &["--healthy", "200"][..],
            &runs(),
            "all 200 runs are the healthy reference: none is left to judge",
        ),
    ] {
        let ran = sandbox.pipe(&[&["spc", "health"], args].concat(), input);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(ran.stderr.contains(message), "{args:?}: {}", ran.stderr);
    }
}
