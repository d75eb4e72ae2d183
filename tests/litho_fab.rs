//! A fab for tests: known jobs, a trained model, a registry.

use crate::common::{Ran, Sandbox, assert_schema, repository};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub const HEADER: &str = "job_id,wavelength_nm,na,sigma_out,pitch_nm,cd_nm,dose_mj_cm2,\
    resist_thickness_nm,blur_nm,focus_sigma_nm\n";
/// A job that prints with room to spare; one with next to no dose; one beyond the cut-off.
pub const GOOD: &str = "good,13.5,0.33,0.8,40,20,60,30,4,15\n";
pub const STARVED: &str = "starved,13.5,0.33,0.8,36,18,1,30,4,15\n";
pub const BEYOND: &str = "beyond,193,0.9,0.7,110,55,25,100,8,20\n";

/// Lines `first..last` of the known jobs, counted from 0 without the header.
pub fn known(first: usize, last: usize) -> String {
    let text = std::fs::read_to_string(repository().join("testdata/litho/jobs.csv")).unwrap();
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let header = lines.next().unwrap();
    let rows: Vec<&str> = lines.skip(first).take(last - first).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

/// A folder with one registered candidate, trained once for all tests.
pub fn trained() -> &'static Path {
    static FOLDER: OnceLock<(Sandbox, Ran)> = OnceLock::new();
    let (sandbox, ran) = FOLDER.get_or_init(|| {
        let sandbox = Sandbox::new();
        sandbox.write("libchar.toml", "");
        let ran = sandbox.pipe(&["litho-predict", "train", "-", "--format", "json"], known(0, 750));
        (sandbox, ran)
    });
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    sandbox.path()
}

/// A new folder with a model in production.
pub fn fab() -> Sandbox {
    let sandbox = candidate();
    let ran = sandbox.run(&["litho-predict", "models", "promote", "v1", "--format", "json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_schema(&ran.stdout);
    sandbox
}

pub fn candidate() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    let from = trained().join(".libchar");
    let status = std::process::Command::new("cp")
        .arg("-a")
        .arg(from)
        .arg(sandbox.path().join(".libchar"))
        .status();
    assert!(status.unwrap().success());
    sandbox
}

pub fn artifact(sandbox: &Sandbox) -> PathBuf {
    let folder = sandbox.path().join(".libchar/models");
    std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
}

/// Rows of a CSV by column.
pub fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    lines.map(|line| header.iter().map(|h| (*h).to_owned()).zip(cells(line)).collect()).collect()
}

pub fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

/// The states of all jobs by id.
pub fn states(sandbox: &Sandbox) -> BTreeMap<String, String> {
    let ran = sandbox.run(&["litho-predict", "jobs", "status", "--format", "csv"]);
    rows(&ran.stdout).into_iter().map(|r| (r["job_id"].clone(), r["status"].clone())).collect()
}
