//! Times of a library of standard cells from start to exit: `cargo bench --bench lib`.
//!
//! Cells of the open sky130 library as shipped (`LIBCHAR_REFDATA`), tt, 25 C, 1.8 V, each in a new
//! folder. Wall time is that of the command, CPU time that of its simulations. CharLib 2.1, with
//! one process for each entry, took 159 s of wall and 216 s of CPU time for the delays of inv_1
//! alone. `LIBCHAR_BENCH_ALL=1` adds all sixteen cells, which take some twenty minutes.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Cells and the largest load of each, in pF, as published.
const CELLS: [(&str, f64); 16] = [
    ("inv_1", 0.181_284),
    ("nand2_1", 0.166_636),
    ("dfxtp_1", 0.162_058),
    ("inv_2", 0.331_431),
    ("buf_1", 0.130_015),
    ("nor2_1", 0.086_069_5),
    ("and2_1", 0.158_396),
    ("or3_1", 0.167_551),
    ("a21oi_1", 0.074_167_7),
    ("o21ai_1", 0.080_576_4),
    ("xor2_1", 0.076_914_3),
    ("mux2_1", 0.173_045),
    ("ha_1", 0.157_481),
    ("ebufn_1", 0.078_258_6),
    ("dlxtp_1", 0.160_227),
    ("dfrtp_1", 0.174_876),
];

fn main() {
    let Some(data) = data() else {
        println!("skipped: LIBCHAR_REFDATA names no folder with sky130, or ngspice is missing");
        return;
    };
    let without = "constraints = false\n";
    measure(&data, "inv_1, 7x7, power, capacitance, leakage", 1, without, "", Some(6.0));
    measure(&data, "inv_1, nand2_1, dfxtp_1, 3x3 constraints", 3, "", "", Some(180.0));
    measure(&data, "inv_1, 7x7 with LVF by sensitivity", 1, without, "[lvf]\n", Some(60.0));
    if std::env::var_os("LIBCHAR_BENCH_ALL").is_some() {
        measure(&data, "all 16 cells, 3x3 constraints", CELLS.len(), "", "", None);
    }
}

fn data() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("LIBCHAR_REFDATA")?).join("sky130");
    let has_ngspice = Command::new("ngspice").arg("--version").output().is_ok();
    (folder.join("models").is_dir() && has_ngspice).then_some(folder)
}

/// The `cells.toml` of the first cells.
fn description(data: &Path, cells: usize, measured: &str, more: &str) -> String {
    let mut netlists = Vec::new();
    let mut said = String::new();
    for (cell, load_pf) in &CELLS[..cells] {
        let name = format!("sky130_fd_sc_hd__{cell}");
        let kind = cell.rsplit_once('_').map_or(*cell, |(kind, _)| kind);
        netlists.push(format!("\"{}\"", data.join(format!("cells/{kind}/{name}.spice")).display()));
        writeln!(said, "[cells.{name}]\nmax_load_pf = {load_pf}").expect("text");
    }
    format!(
        "library = \"sky130\"\nnetlists = [{}]\n[supplies]\nVPWR = \"power\"\nVGND = \"ground\"\nVPB = \"nwell\"\nVNB = \"pwell\"\n\
         [[pvt]]\nname = \"tt\"\nmodels = \"{}\"\nsection = \"tt\"\ntemp_c = 25\nvdd_v = 1.8\n\
         [templates.delay]\nslews_ns = [0.01, 0.0230506, 0.0531329, 0.122474, 0.282311, 0.650743, 1.5]\n\
         least_load_pf = 0.0005\nloads = 7\n[templates.constraint]\nslews_ns = [0.01, 0.5, 1.5]\n\
         [measure]\n{measured}{more}{said}",
        netlists.join(", "),
        data.join("models/sky130_mini.lib.spice").display(),
    )
}

fn measure(data: &Path, what: &str, cells: usize, measured: &str, more: &str, most_s: Option<f64>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = description(data, cells, measured, more);
    fs::write(folder.path().join("cells.toml"), text).expect("cells.toml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_libchar"));
    command.args(["lib", "--format", "csv"]).current_dir(folder.path());
    command.env("LIBCHAR_HISTORY", folder.path().join("history.db"));
    let began = Instant::now();
    let output = command.output().expect("libchar");
    let wall_s = began.elapsed().as_secs_f64();
    let rows = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{rows}{}", String::from_utf8_lossy(&output.stderr));
    let column = |at: usize| -> f64 {
        let values =
            rows.lines().skip(1).filter_map(move |row| row.split(',').nth(at)?.parse::<f64>().ok());
        values.sum()
    };
    let (simulations, cpu_s) = (column(6), column(8));
    let verdict = match most_s {
        Some(most) if wall_s <= most => format!(", within {most} s"),
        Some(most) => format!(", MISSES {most} s"),
        None => String::new(),
    };
    println!(
        "{what}: {wall_s:.1} s, {cpu_s:.1} s of CPU time, {simulations:.0} simulations{verdict}"
    );
}
