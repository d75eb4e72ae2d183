//! Times of a large history: `cargo bench --bench history`.
//!
//! A million results in ten thousand runs, and fifty thousand runs without results, are recorded
//! through the crate. Measured is the time of `libchar history` from start to exit, as the minimum
//! of some runs.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use libchar_history::{History, JobEnd, JobStart, ResultRow};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let large = folder.path().join("large.db");
    record(&large, 10_000, 100);
    let shown = [
        ("list", vec!["history", "list"]),
        ("show the newest run", vec!["history", "show", "latest"]),
        ("results of one run", vec!["history", "results", "run-005000"]),
        ("search a word", vec!["history", "search", "lot-4711"]),
        (
            "list one measure since a day",
            vec!["history", "list", "--measure", "tphl", "--since", "2026-06-01"],
        ),
        ("trend of a measure", vec!["history", "trend", "tphl"]),
        ("verify 10 000 runs with 1e6 results", vec!["history", "verify"]),
    ];
    for (name, args) in shown {
        println!("{name:44} {:9.2} ms", best(&large, &args, 5) * 1e3);
    }
    let many = folder.path().join("many.db");
    record(&many, 50_000, 0);
    let seconds = best(&many, &["history", "verify"], 3);
    // A run has one entry for its start and one for its end.
    println!("{:44} {:9.0} /s", "verify entries", 2.0 * 50_000.0 / seconds);
}

/// Records runs with results, an hour apart.
fn record(path: &Path, runs: usize, results: usize) {
    let history = History::open(path).expect("a history");
    for run in 0..runs {
        let (day, hour) = (run / 24 % 28, run % 24);
        let time = format!("2026-{:02}-{:02}T{hour:02}:00:00Z", run / 672 % 12 + 1, day + 1);
        let start = JobStart {
            job_id: format!("run-{run:06}"),
            command: "ext".to_owned(),
            folder: format!("/proj/lot-{run}"),
            user: "bench".to_owned(),
            uid: 1000,
            version: "bench".to_owned(),
            submitted_at: time.clone(),
            parameters: Some("{}".to_owned()),
            recipe: None,
        };
        let row = |i: usize| ResultRow {
            point: Some(format!("TT/typical/typical_{i}/v1nom")),
            ..ResultRow::value(
                ["tphl", "tplh", "ileak"][i % 3],
                1e-11 * (run + i) as f64,
                Some("s"),
            )
        };
        let end = JobEnd {
            status: "done".to_owned(),
            completed_at: time,
            duration_s: 1.0,
            results: (0..results).map(row).collect(),
            ..JobEnd::default()
        };
        history.record(&start, &end).expect("a recorded run");
    }
}

fn best(path: &Path, args: &[&str], rounds: usize) -> f64 {
    let seconds = || {
        let began = Instant::now();
        let status = Command::new(env!("CARGO_BIN_EXE_libchar"))
            .args(args)
            .args(["--history".as_ref(), path.as_os_str()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("libchar runs");
        assert!(status.success(), "{args:?}: {status}");
        began.elapsed().as_secs_f64()
    };
    (0..rounds).map(|_| seconds()).fold(f64::INFINITY, f64::min)
}
