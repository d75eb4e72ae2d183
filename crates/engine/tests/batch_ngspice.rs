//! A batch prints the same digits as one process for each point, with the real simulator.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test writes files and talks"
)]

use libchar_engine::batch::{Shape, combine, split};
use std::path::Path;
use std::process::Command;

/// A BSIM4 inverter with a parameter that depends on another, and a failing measure.
const DECK: &str = "\
inverter
.param vccn=VCC
.param half='vccn/2' load=5f
.temp TEMP
vdd vdd 0 {vccn}
vin in 0 pulse(0 {vccn} 0.1n 20p 20p 1n 2n)
m1 out in 0 0 nch w=0.3u l=0.05u
m2 out in vdd vdd pch w=0.6u l=0.05u
cl out 0 {load}
.model nch nmos level=54 version=4.8.2 vth0=0.4 u0=0.03 toxe=1.8n
.model pch pmos level=54 version=4.8.2 vth0=-0.4 u0=0.012 toxe=1.8n
.tran 2p 2n
.meas tran tphl trig v(in) val=half rise=1 targ v(out) val=half fall=1
.meas tran tplh trig v(in) val=half fall=1 targ v(out) val=half rise=1
.meas tran iavg avg i(vdd) from=0 to=2n
.meas tran never trig v(in) val=half rise=9 targ v(out) val=half fall=9
.end
";

fn simulate(folder: &Path, name: &str, deck: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, deck).unwrap();
    let output = Command::new("ngspice")
        .args(["-b", "-n"])
        .arg(path)
        .env("OMP_THREAD_LIMIT", "1")
        .output()
        .expect("ngspice runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn measures(log: &str) -> Vec<&str> {
    let named =
        |line: &&str| ["tp", "ia", "ne", "Doing"].iter().any(|start| line.starts_with(start));
    log.lines().filter(named).collect()
}

#[test]
fn every_point_has_the_digits_of_its_own_process() {
    if !libchar_testing::has("ngspice") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let points = [("0.9", "25"), ("0.81", "-40"), ("0.99", "125"), ("0.9", "-40")];
    let decks: Vec<String> =
        points.iter().map(|(vcc, temp)| DECK.replace("VCC", vcc).replace("TEMP", temp)).collect();
    let shapes: Vec<Shape> = decks.iter().map(|deck| Shape::of(deck).unwrap()).collect();
    let others: Vec<&Shape> = shapes[1..].iter().collect();
    let combined = combine(&decks[0], &shapes[0], &others).unwrap();
    let log = simulate(folder.path(), "batch.sp", &combined);
    let logs = split(&log, points.len());
    for ((deck, log), point) in decks.iter().zip(logs).zip(points) {
        let alone = simulate(folder.path(), "alone.sp", deck);
        let (alone, batched) = (measures(&alone), measures(log.expect("the point ran")));
        assert_eq!(alone, batched, "{point:?}");
        assert_eq!(alone.iter().filter(|line| line.starts_with("tp")).count(), 2, "{alone:?}");
    }
}
