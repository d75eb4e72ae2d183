//! Domains of points that are simulated by a stand-in, which fails on command.

use super::{Sandbox, repository};
use std::fs;

/// A domain of points `TT/typical/typical_25/v<i>`; the stand-in simulates each and fails as
/// `fault(i)` says.
pub fn domain(points: usize, fault: impl Fn(usize) -> &'static str) -> Sandbox {
    let sandbox = Sandbox::new();
    lay(&sandbox, points, "", fault);
    sandbox
}

/// Writes such a domain; its libchar.toml begins with `settings`.
pub fn lay(
    sandbox: &Sandbox,
    points: usize,
    settings: &str,
    fault: impl Fn(usize) -> &'static str,
) {
    let program = repository().join("testdata/bin/faulty-ngspice");
    sandbox.write(
        "libchar.toml",
        format!(
            "{settings}[run]\nretry_delay = '10ms'\n\
             [simulators.faulty]\nbase = 'ngspice'\nprogram = '{}'\nbatch = ''\n",
            program.display()
        ),
    );
    sandbox.write("config.cfg", "simulator=faulty\nMEM=1\n");
    let mut rows = HEADER.to_owned();
    for i in 0..points {
        let deck = format!(
            "* title\n* fault {}\n.include 'body.inc'\n.param n={i}\n.temp 25\n.end\n",
            fault(i)
        );
        rows.push_str(&point(sandbox, &format!("v{i}"), &deck));
    }
    sandbox.write(
        "body.inc",
        ".meas tran tphl trig v(in) val=0.5 rise=1 targ v(out) val=0.5 fall=1\n",
    );
    sandbox.write("points.csv", rows);
}

/// First line of points.csv.
pub const HEADER: &str =
    "point,corner,extraction,temp_c,supply,section,vccn_v,vcctx_v,deck,deck_sha256\n";

/// Writes a deck and returns its row of points.csv.
pub fn point(sandbox: &Sandbox, supply: &str, deck: &str) -> String {
    let id = format!("TT/typical/typical_25/{supply}");
    sandbox.write(&format!("{id}/sim_tx.sp"), deck);
    let hash = libchar_core::hash::sha256(deck.as_bytes());
    format!("{id},TT,typical,25,{supply},TT,1,1,{id}/sim_tx.sp,{hash}\n")
}

/// How often the simulator was started for a point.
pub fn starts(sandbox: &Sandbox, i: usize) -> usize {
    let path = format!("faults/TT_typical_typical_25_v{i}_sim_tx.sp");
    fs::read_to_string(sandbox.path().join(path)).map_or(0, |text| text.lines().count())
}

/// The status of a point.
pub fn status(sandbox: &Sandbox, i: usize) -> serde_json::Value {
    serde_json::from_str(&sandbox.read(&format!("TT/typical/typical_25/v{i}/status.json"))).unwrap()
}

/// The id of a point.
pub fn id(i: usize) -> String {
    format!("TT/typical/typical_25/v{i}")
}

/// Whether a point's status says that it is done.
pub fn is_done(sandbox: &Sandbox, i: usize) -> bool {
    let path = sandbox.path().join(id(i)).join("status.json");
    fs::read_to_string(path).is_ok_and(|text| text.contains("\"done\""))
}

/// Points that need no further simulation: settled, or published by a supervisor.
pub fn finished(sandbox: &Sandbox, points: usize) -> Vec<usize> {
    let runs = sandbox.path().join(".libchar/run");
    let published: Vec<String> = fs::read_dir(runs)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| fs::read_to_string(entry.path().join("attempt.json")).ok())
        .collect();
    (0..points)
        .filter(|&i| {
            let id = format!("\"{}\"", id(i));
            is_done(sandbox, i) || published.iter().any(|record| record.contains(&id))
        })
        .collect()
}

/// What attempts and submissions left below the domain; nothing after a complete run.
pub fn leftovers(sandbox: &Sandbox) -> Vec<String> {
    let mut left: Vec<String> = fs::read_dir(sandbox.path().join(".libchar/run"))
        .expect("a run's folder")
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| {
            name.contains(".work-")
                || name.contains("submission-")
                || name.ends_with(".done")
                || name.ends_with(".tmp")
        })
        .collect();
    left.sort();
    left
}
