//! Domains of points that a stand-in simulates, which fails on command.

use super::{Sandbox, repository};
use std::fs;

/// A domain of points `TT/typical/typical_25/v<i>`, simulated by the stand-in that fails as `fault(i)` says.
pub fn domain(points: usize, fault: impl Fn(usize) -> &'static str) -> Sandbox {
    let sandbox = Sandbox::new();
    let program = repository().join("testdata/bin/faulty-ngspice");
    sandbox.write(
        "libchar.toml",
        format!(
            "[run]\nretry_delay = '10ms'\n[simulators.faulty]\nbase = 'ngspice'\nprogram = '{}'\nbatch = ''\n",
            program.display()
        ),
    );
    sandbox.write("config.cfg", "simulator=faulty\n");
    let mut rows = HEADER.to_owned();
    for i in 0..points {
        let deck = format!(
            "* title\n* fault {}\n.include 'body.inc'\n.param n={i}\n.temp 25\n.end\n",
            fault(i)
        );
        rows.push_str(&point(&sandbox, &format!("v{i}"), &deck));
    }
    sandbox.write(
        "body.inc",
        ".meas tran tphl trig v(in) val=0.5 rise=1 targ v(out) val=0.5 fall=1\n",
    );
    sandbox.write("points.csv", rows);
    sandbox
}

/// First line of points.csv.
pub const HEADER: &str =
    "point,corner,extraction,temp_c,supply,section,vccn_v,vcctx_v,deck,deck_sha256\n";

/// Writes a deck and gives its row of points.csv.
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
