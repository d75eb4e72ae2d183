//! `libchar run` compared with `xargs -P2 ngspice -b` on the same decks, its overhead, and its
//! overhead on a cluster.
//!
//! `cargo bench --bench run` prints the times on this machine, and whether they are within the
//! targets. A case whose tool or data is missing reports that it skips.

#![allow(clippy::print_stderr, reason = "a benchmark reports on stderr")]

#[path = "../tests/common/mod.rs"]
mod common;

use common::cluster::Cluster;
use common::{Sandbox, plain, reference_data, standin};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Number of points for the simulator that does nothing.
const NOTHING: usize = 2000;

/// Number of simulations at the same time, for libchar and for xargs.
const CORES: usize = 2;

fn main() {
    level_one();
    nothing_to_simulate();
    keeps_the_cores_busy();
    sky130();
    nothing_on_slurm();
}

fn report(what: &str, value: f64, unit: &str, target: f64) {
    let verdict = if value <= target { "within" } else { "MISSES" };
    eprintln!("{what}: {value:.3}{unit}, {verdict} {target}{unit}");
}

/// The level shifter with level-1 transistors: simulations so short that starting them is most of the time.
fn level_one() {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/level-shifter");
    let cards = |suffix: &str, vto: f64, tox: &str| {
        let rest = format!("lambda=0.05 gamma=0.4 tox={tox} cgso=0.3n cgdo=0.3n cj=1m");
        format!(
            ".model nch{suffix} nmos level=1 vto={{{vto}+dvtn}} kp={{200u*fun}} {rest}\n\
             .model pch{suffix} pmos level=1 vto={{-{vto}+dvtp}} kp={{70u*fup}} {rest}\n"
        )
    };
    fs::write(folder.join("models/core.inc"), cards("", 0.45, "2n")).expect("a written file");
    fs::write(folder.join("models/io.inc"), cards("18", 0.5, "4n")).expect("a written file");
    let domain = ["-C", "level-shifter"];
    let decks = generate(&sandbox, &domain, &[]);
    let Some(xargs) = best(3, || plain::simulate(&folder, &decks)) else { return };
    let ours = best(3, || Some(run(sandbox.command(&args(&domain, &["--again"])))));
    beside(&format!("{} level-1 points", decks.len()), ours.expect("three runs"), xargs, 0.75);
    assert_same_digits(&folder, &decks);
}

/// The overhead of libchar itself, and the time of a run that has nothing to do.
fn nothing_to_simulate() {
    let sandbox = nothing();
    let before = children_cpu_s();
    let wall = run(sandbox.command(&["run", "--quiet"]));
    let own = children_cpu_s() - before - simulators_cpu_s(sandbox.path());
    let a_point = own / NOTHING as f64 * 1e3;
    eprintln!("{NOTHING} points that do nothing: {:.2} s", wall.as_secs_f64());
    report("own CPU a point", a_point, " ms", 3.0);
    let again = best(3, || Some(run(sandbox.command(&["run", "--quiet"])))).expect("three runs");
    report("a run with nothing to do", again.wall_s, " s", 0.3);
}

/// Wall time compared with that of the simulators alone on as many cores, at 324 BSIM4 points.
fn keeps_the_cores_busy() {
    if Command::new("ngspice").arg("--version").output().is_err() {
        eprintln!("skipped: ngspice is not installed");
        return;
    }
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/inverter-pvt");
    let sections = ["TT", "FFG", "SSG", "FSG", "SFG", "FF", "SS", "FFG", "SSG"];
    table(&folder, "table_corner_list.csv", sections.iter().enumerate(), |(i, section)| {
        format!("C{i},typical,0,0,0,0,{section}")
    });
    table(&folder, "table_supply_list_ac.csv", 0..9, |i| format!("v1x{i},1.0{i}"));
    // The typical point of the example is not among these points.
    let settings = sandbox.read("inverter-pvt/libchar.toml");
    let settings = settings.replace("typ = 'TT/typical/typical_85/v1nom'", "");
    sandbox.write("inverter-pvt/libchar.toml", settings);
    let domain = ["-C", "inverter-pvt"];
    let decks = generate(&sandbox, &domain, &[]);
    let wall = run(sandbox.command(&args(&domain, &[])));
    let ideal = simulators_cpu_s(&folder) / CORES as f64;
    let what = format!("{} BSIM4 points, wall over simulator CPU a core", decks.len());
    report(&what, wall.as_secs_f64() / ideal, " x", 1.05);
}

/// Decks that include a foundry's models as a whole: libchar gives the simulator only what each
/// deck uses.
fn sky130() {
    let Some(data) = reference_data() else { return };
    let variables = [("LIBCHAR_REFDATA", data.to_str().expect("a path in UTF-8"))];
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("testdata/sky130");
    let template = folder.join("template/sim_tx.sp");
    let text = fs::read_to_string(&template).expect("the template");
    let text = text.replace("/sky130_trim.lib", "/models/sky130_mini.lib");
    fs::write(&template, text).expect("a written template");
    let settings = sandbox.read("sky130/libchar.toml");
    let settings = settings.replace("typ = 'tt/typical/typical_25/v1nom'", "");
    sandbox.write("sky130/libchar.toml", settings);
    let corners = ["tt", "ss", "ff", "sf"];
    table(&folder, "table_corner_list.csv", corners, |c| format!("{c},typical,0,0,0,0,{c}"));
    table(&folder, "table_supply_list_ac.csv", 0..7, |i| format!("v1x{i},1.{}", 60 + 5 * i));
    let domain = ["-C", "sky130"];
    let decks = generate(&sandbox, &domain, &variables);
    let Some(xargs) = best(1, || plain::simulate(&folder, &decks)) else { return };
    for (state, target) in [("cold", 0.2), ("warm", 0.13)] {
        let command = || {
            let mut command = sandbox.command(&args(&domain, &["--again"]));
            command.envs(variables);
            command
        };
        let ours = best(1, || Some(run(command()))).expect("a run");
        beside(&format!("{} sky130 points, {state}", decks.len()), ours, xargs, target);
        assert_same_digits(&folder, &decks);
    }
}

/// The overhead of Slurm and libchar together.
fn nothing_on_slurm() {
    let Some(cluster) = Cluster::slurm("28617") else { return };
    let sandbox = nothing();
    let wall = run(cluster.command(&sandbox, &["run", "--quiet", "--executor", "slurm"]));
    report(&format!("{NOTHING} points on Slurm"), wall.as_secs_f64(), " s", 10.0);
}

/// A domain for a simulator that does nothing.
fn nothing() -> Sandbox {
    let sandbox = Sandbox::new();
    standin::lay(&sandbox, NOTHING, "", |_| "");
    let described = sandbox.read("libchar.toml").replace("faulty-ngspice", "noop-ngspice");
    sandbox.write("libchar.toml", described);
    sandbox
}

/// Replaces a table of a domain.
fn table<T>(
    folder: &Path,
    name: &str,
    rows: impl IntoIterator<Item = T>,
    row: impl Fn(T) -> String,
) {
    let header = match name {
        "table_corner_list.csv" => "corner,extraction,nmos,pmos,rs,ls,section\n",
        _ => "name,vccn\n",
    };
    let mut text = header.to_owned();
    for cells in rows {
        writeln!(text, "{}", row(cells)).expect("memory");
    }
    fs::write(folder.join("configuration").join(name), text).expect("a written table");
}

/// The arguments `-C DOMAIN run` on two cores, and more.
fn args<'a>(domain: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [domain, &["run", "--quiet", "-j", "2"], more].concat()
}

/// Generates a domain; returns its decks.
fn generate(sandbox: &Sandbox, domain: &[&str], variables: &[(&str, &str)]) -> Vec<String> {
    let mut command = sandbox.command(&[domain, &["gen"]].concat());
    let output = command.envs(variables.iter().copied()).output().expect("libchar runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let ids = String::from_utf8(output.stdout).expect("ids");
    ids.lines().map(|id| format!("{id}/sim_tx.sp")).collect()
}

/// Runs a command, which must succeed; returns the wall time.
fn run(mut command: Command) -> Duration {
    let began = Instant::now();
    let output = command.stdout(Stdio::null()).output().expect("libchar runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    began.elapsed()
}

/// The time of something, including all processes that it started.
#[derive(Clone, Copy)]
struct Cost {
    wall_s: f64,
    cpu_s: f64,
}

/// The least wall and CPU time of a number of rounds, unless the case skips.
fn best(rounds: usize, mut time: impl FnMut() -> Option<Duration>) -> Option<Cost> {
    let mut best = Cost { wall_s: f64::INFINITY, cpu_s: f64::INFINITY };
    for _ in 0..rounds {
        let before = children_cpu_s();
        best.wall_s = best.wall_s.min(time()?.as_secs_f64());
        best.cpu_s = best.cpu_s.min(children_cpu_s() - before);
    }
    Some(best)
}

/// Reports our wall time relative to that of xargs, and the CPU time, which other load does not
/// change.
fn beside(what: &str, ours: Cost, xargs: Cost, target: f64) {
    report(&format!("{what}, wall beside xargs"), ours.wall_s / xargs.wall_s, " x", target);
    eprintln!("  wall {:.2} s of {:.2} s", ours.wall_s, xargs.wall_s);
    eprintln!("  CPU  {:.2} s of {:.2} s", ours.cpu_s, xargs.cpu_s);
}

/// Checks that every measure of every deck equals that of ngspice without libchar.
fn assert_same_digits(folder: &Path, decks: &[String]) {
    for deck in decks {
        let log = folder.join(deck).with_extension("log");
        let ours = plain::measures(&fs::read_to_string(&log).expect("a log"));
        assert!(!ours.is_empty(), "{deck}");
        assert_eq!(ours, plain::measures_of(folder, deck), "{deck}");
    }
}

/// CPU time of all children that have ended, and of their children.
fn children_cpu_s() -> f64 {
    let used = getrusage(UsageWho::RUSAGE_CHILDREN).expect("resource use");
    (used.user_time() + used.system_time()).num_microseconds() as f64 * 1e-6
}

/// CPU time of all simulations of a domain.
fn simulators_cpu_s(domain: &Path) -> f64 {
    let attempts = fs::read_to_string(domain.join(".libchar/run/attempts.jsonl")).expect("a list");
    let seconds = |line: &str| {
        let attempt: serde_json::Value = serde_json::from_str(line).expect("a JSON line");
        attempt["user_s"].as_f64().unwrap_or(0.0) + attempt["system_s"].as_f64().unwrap_or(0.0)
    };
    attempts.lines().map(seconds).sum()
}
