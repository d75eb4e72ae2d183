//! Time of `libchar gen`: 324 decks within 100 ms, 100 000 within 15 s.
//!
//! `cargo bench --bench gen` prints the times on this machine, and whether they are within the
//! targets.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    let sandbox = tempfile::tempdir().expect("a temporary folder");
    let small = copy("examples/level-shifter", sandbox.path());
    let best = (0..5).map(|_| fresh(&small)).min().expect("five runs");
    report("324 decks", best, 0.1);
    report("324 decks again", generate(&small), 0.1);
    let large = copy("examples/inverter-pvt", sandbox.path());
    // The typical point of the example is not among these points.
    let file = large.join("libchar.toml");
    let settings = fs::read_to_string(&file).expect("the settings");
    let settings = settings.replace("typ = 'TT/typical/typical_85/v1nom'", "");
    fs::write(&file, settings).expect("written settings");
    enlarge(&large);
    report("100000 decks", fresh(&large), 15.0);
    report("100000 decks again", generate(&large), 15.0);
}

fn report(what: &str, took: Duration, target_s: f64) {
    let seconds = took.as_secs_f64();
    let verdict = if seconds <= target_s { "within" } else { "MISSES" };
    let line = format!("{what}: {seconds:.3} s, {verdict} {target_s} s\n");
    std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes()).expect("stderr");
}

fn copy(example: &str, to: &Path) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(example);
    let target = to.join(from.file_name().expect("a name"));
    let copied = Command::new("cp").arg("-a").arg(&from).arg(&target).status().expect("cp runs");
    assert!(copied.success());
    target
}

/// 100 corners x 40 temperatures x 25 supplies.
fn enlarge(domain: &Path) {
    let table = |name: &str, n: usize, row: &dyn Fn(&mut String, usize)| {
        let mut text = String::new();
        (0..n).for_each(|i| row(&mut text, i));
        fs::write(domain.join("configuration").join(name), text).expect("a written table");
    };
    table("table_corner_list.csv", 100, &|t, i| {
        writeln!(t, "C{i},typical,0,0,0,0,TT").expect("memory");
    });
    table("table_temperature_list.csv", 40, &|t, i| writeln!(t, "{i}").expect("memory"));
    table("table_supply_list_ac.csv", 25, &|t, i| {
        writeln!(t, "v1x{i},1.{i:02}").expect("memory");
    });
}

/// Generates into a domain without decks.
fn fresh(domain: &Path) -> Duration {
    for entry in fs::read_dir(domain).expect("a domain").flatten() {
        if entry.path().join("typical").is_dir() {
            fs::remove_dir_all(entry.path()).expect("a removed corner");
        }
    }
    generate(domain)
}

fn generate(domain: &Path) -> Duration {
    let began = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_libchar"))
        .args(["gen", "--quiet"])
        .current_dir(domain)
        .stdout(Stdio::null())
        .status()
        .expect("libchar runs");
    assert!(status.success());
    began.elapsed()
}
