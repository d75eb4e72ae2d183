//! `libchar litho-predict simulate` with several files of jobs.

use crate::common::{Sandbox, assert_schema};

const HEADER: &str =
    "job_id,wavelength_nm,na,sigma,pitch_nm,cd_nm,dose_mj_cm2,resist_thickness_nm\n";

#[test]
fn several_files_give_a_row_each_and_a_folder_of_results() {
    let sandbox = Sandbox::new();
    let jobs = |rows: &str| format!("{HEADER}{rows}");
    sandbox.write(
        "a.csv",
        jobs("dense,193,0.75,0.5,260,130,30,300\nwide,193,0.75,0.5,520,130,30,300\n"),
    );
    sandbox.write("b.csv", jobs("dense,193,0.75,0.7,300,150,30,300\n"));
    let simulate = ["litho-predict", "simulate"];
    let ran = sandbox
        .run(&[&simulate[..], &["a.csv", "b.csv", "-o", "out", "--format", "json"]].concat());
    assert!(ran.code < 2, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let summary: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&summary["rows"][0]["jobs"], &summary["rows"][1]["jobs"]), (&2.into(), &1.into()));
    for name in ["a", "b"] {
        let file = format!("{name}.csv");
        let alone = sandbox.run(&[&simulate[..], &[file.as_str(), "--format", "json"]].concat());
        assert_eq!(sandbox.read(&format!("out/{name}.json")), alone.stdout, "{name}");
        let alone = sandbox.run(&[&simulate[..], &[file.as_str(), "--format", "csv"]].concat());
        assert_eq!(sandbox.read(&format!("out/{name}.csv")), alone.stdout, "{name}");
    }
    // The faults of all files are reported, and nothing is written.
    sandbox.write("c.csv", jobs("x,193,0,0.5,260,130,30,300\n"));
    sandbox.write("d.csv", jobs("y,193,0.75,0.5,260,-1,30,300\n"));
    let ran = sandbox.run(&[&simulate[..], &["a.csv", "c.csv", "d.csv", "-o", "none"]].concat());
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("c.csv:2:") && ran.stderr.contains("d.csv:2:"), "{}", ran.stderr);
    assert!(!sandbox.path().join("none").exists());
    for (args, said) in [
        (vec!["a.csv", "b.csv"], "--output <DIR>"),
        (vec!["a.csv", "out/a.csv", "-o", "none"], "are both named `a`"),
        (
            vec!["a.csv", "b.csv", "-o", "none", "--image", "x.svg"],
            "--image is for one file of jobs",
        ),
    ] {
        let ran = sandbox.run(&[&simulate[..], &args[..]].concat());
        assert!(ran.code == 2 && ran.stderr.contains(said), "{said}: {}", ran.stderr);
        assert!(!sandbox.path().join("none").exists(), "{said}");
    }
}
