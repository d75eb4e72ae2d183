//! Times of an HTML page and of a comparison from start to exit: `cargo bench --bench report`.
//!
//! Uses a domain of 84 points and one of ten thousand with generated results, without simulations.
//! Prints the best of some runs.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const MEASURES: [(&str, f64); 3] = [("tphl", 15e-12), ("tplh", 17e-12), ("tpd", 16e-12)];

fn main() {
    for (corners, temperatures, most_s) in [(4, 7, 0.1), (40, 50, 1.0)] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let domain = folder.path();
        let points = prepare(domain, corners, temperatures);
        let seconds = best(domain, &["report", "--html", "page.html"]);
        let verdict = if seconds <= most_s { "within" } else { "MISSES" };
        println!("page of {points} points: {seconds:.3} s, {verdict} {most_s} s");
        let text = fs::read_to_string(domain.join("results.csv")).expect("results");
        fs::write(domain.join("golden.csv"), text.replacen(",ok", "0,ok", 100)).expect("a copy");
        let seconds = best(domain, &["diff", "golden.csv", "results.csv"]);
        println!("diff of {points} points: {seconds:.3} s");
    }
}

/// Writes a domain with decks and results; returns the number of its points.
fn prepare(domain: &Path, corners: usize, temperatures: usize) -> usize {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/inverter-pvt");
    let copied = Command::new("cp").arg("-a").arg(example.join(".")).arg(domain).status();
    assert!(copied.expect("cp").success());
    let table = |name: &str, text: &str| {
        fs::write(domain.join("configuration").join(name), text).expect("a table");
    };
    let mut text = "corner,extraction,nmos,pmos,rs,ls\n".to_owned();
    (0..corners).for_each(|i| writeln!(text, "C{i},typical,0,0,0,0").expect("text"));
    table("table_corner_list.csv", &text);
    let mut text = "temperature\n".to_owned();
    (0..temperatures).for_each(|i| writeln!(text, "{}", 3 * i).expect("text"));
    table("table_temperature_list.csv", &text);
    let toml = fs::read_to_string(domain.join("libchar.toml")).expect("settings");
    let typical = "C0/typical/typical_0/v1nom";
    fs::write(domain.join("libchar.toml"), toml.replace("TT/typical/typical_85/v1nom", typical))
        .expect("settings");
    let supplies = if corners == 4 { 3 } else { 5 };
    let volts = ["v1min", "v1nom", "v1max", "v1low", "v1high"];
    let mut text = "name,vccn,vcctx\n".to_owned();
    volts[..supplies].iter().zip([0.99, 1.1, 1.21, 0.9, 1.3]).for_each(|(name, v)| {
        writeln!(text, "{name},{v},{v}").expect("text");
    });
    table("table_supply_list_ac.csv", &text);
    libchar(domain, &["gen"]);
    let points = fs::read_to_string(domain.join("points.csv")).expect("points");
    let mut results =
        "point,corner,extraction,temp_c,supply,alter,measure,value,status\n".to_owned();
    let rows: Vec<&str> = points.lines().skip(1).collect();
    for (i, row) in rows.iter().enumerate() {
        let axes = row.splitn(6, ',').take(5).collect::<Vec<_>>().join(",");
        for (name, value) in MEASURES {
            let value = value * (1.0 + (i * 7919 % 1000) as f64 / 4000.0);
            writeln!(results, "{axes},1,{name},{value:e},ok").expect("text");
        }
    }
    fs::write(domain.join("results.csv"), results).expect("results");
    libchar(domain, &["srt"]);
    rows.len()
}

fn libchar(domain: &Path, args: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_libchar"));
    command.args(args).current_dir(domain).env("LIBCHAR_HISTORY", domain.join("history.db"));
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("libchar");
    assert!(status.code().is_some_and(|code| code < 2), "{args:?}: {status}");
}

/// The shortest of five runs, in seconds.
fn best(domain: &Path, args: &[&str]) -> f64 {
    let timed = |_| {
        let began = Instant::now();
        libchar(domain, args);
        began.elapsed().as_secs_f64()
    };
    (0..5).map(timed).fold(f64::INFINITY, f64::min)
}
