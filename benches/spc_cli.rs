//! Wall time of `libchar spc chart` from start to exit: `cargo bench --bench spc_cli`.
//!
//! A million rows with the summary as output, and a thousand rows with the history on. Prints the
//! minimum of some runs, which other load on the machine disturbs least.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (rows, runs) in [(1_000, 40), (1_000_000, 10)] {
        let file = folder.path().join(format!("{rows}.csv"));
        std::fs::write(&file, series(rows)).expect("a written file");
        for rules in ["rule1", "nelson"] {
            let best = (0..runs)
                .map(|_| seconds(folder.path(), &file, rules))
                .fold(f64::INFINITY, f64::min);
            println!("{rows:8} rows  {rules:8} {:8.2} ms", best * 1e3);
        }
    }
}

fn seconds(home: &Path, file: &Path, rules: &str) -> f64 {
    let start = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_libchar"))
        .args(["spc", "chart", "--show", "summary", "--rules", rules])
        .arg(file)
        .env("HOME", home)
        .current_dir(home)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .expect("libchar runs");
    assert!(matches!(status.code(), Some(0 | 1)), "{status}");
    start.elapsed().as_secs_f64()
}

/// A column of values around 100 with four decimals: sums of uniform numbers from a Weyl sequence.
fn series(rows: u64) -> String {
    let mut text = "x\n".to_owned();
    for i in 0..rows {
        let sum: f64 = (0..6)
            .map(|k| {
                let x = (i * 6 + k + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                let x = (x ^ x >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                (x >> 11) as f64 / (1u64 << 53) as f64
            })
            .sum();
        let _ = writeln!(text, "{:.4}", 100.0 + 2.0 * (sum - 3.0));
    }
    text
}
