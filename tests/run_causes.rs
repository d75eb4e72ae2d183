//! `libchar run`: the first cause is the reason, the good measures of a point stay, and a failing
//! group does not stop the others.

use crate::common::standin::{HEADER, lay, status};
use crate::common::{Sandbox, has_ngspice, repository};
use std::fs;

/// A domain that ngspice simulates: decks by point, with their corner, temperature and supply.
fn domain(points: &[(String, String)]) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("config.cfg", "simulator=ngspice\nMEM=1\n");
    let mut rows = HEADER.to_owned();
    for (id, deck) in points {
        let parts: Vec<&str> = id.split('/').collect();
        let temp_c = parts[2].trim_start_matches("typical_");
        let (corner, supply) = (parts[0], parts[3]);
        sandbox.write(&format!("{id}/sim_tx.sp"), deck);
        let hash = libchar_core::hash::sha256(deck.as_bytes());
        rows += &format!(
            "{id},{corner},typical,{temp_c},{supply},{corner},1,1,{id}/sim_tx.sp,{hash}\n"
        );
    }
    sandbox.write("points.csv", rows);
    sandbox
}

fn same(deck: &str, supplies: usize) -> Vec<(String, String)> {
    (0..supplies).map(|i| (format!("TT/typical/typical_25/v{i}"), deck.to_owned())).collect()
}

/// The status of each point; null if there is none.
fn statuses(sandbox: &Sandbox, points: &[(String, String)]) -> Vec<serde_json::Value> {
    points
        .iter()
        .map(|(id, _)| serde_json::from_str(&sandbox.read(&format!("{id}/status.json"))).unwrap())
        .collect()
}

#[test]
fn a_failed_measure_that_another_uses_is_a_failed_measure_and_holds_nothing() {
    if !has_ngspice() {
        return;
    }
    // The capacitor is charged to the supply: below 0.2 V, there is no delay to 0.2 V.
    let deck = |supply: f64| {
        format!(
            "* rc\n.temp 25\n.param vccn={supply}\nv1 a 0 pulse(0 {{vccn}} 0 1p 1p 1 2)\nr1 a b 1k\nc1 b 0 1p\n\
             .tran 10p 20n\n.meas tran vmax max v(b)\n.meas tran td when v(b)=0.2\n.meas tran td2 param='2*td'\n.end\n"
        )
    };
    let points: Vec<(String, String)> = (0..30)
        .map(|i| (format!("TT/typical/typical_25/v{i}"), deck(0.10 + 0.01 * f64::from(i))))
        .collect();
    let sandbox = domain(&points);
    let ran = sandbox.run(&["run", "-j", "2"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("19 of 30 points done, 11 failed; 30 simulated now"),
        "{}",
        ran.stderr
    );
    let statuses = statuses(&sandbox, &points);
    assert_eq!(statuses[0]["class"], "measure");
    assert_eq!(
        statuses[0]["reason"],
        "measure td failed (when(WHEN) : out of interval), td2 failed"
    );
    assert_eq!(sandbox.run(&["ext"]).code, 1);
    let results = sandbox.read("results.csv");
    let good = |measure: &str| {
        results
            .lines()
            .filter(|line| line.contains(&format!(",{measure},")) && line.ends_with(",ok"))
            .count()
    };
    assert_eq!((good("vmax"), good("td"), good("td2")), (30, 19, 19), "{results}");
}

/// A control block that runs several analyses, pauses, and prints vectors.
const BLOCK: &str = "* rc\n.temp 25\n.param vccn=1\nv1 a 0 dc 1 pulse(0 1 0 1p 1p 1 2)\nr1 a b 1k\nr2 b 0 1k\nc1 b 0 1p\n\
    .control\nop\nprint v(b) v(a)-v(b)\nlet half = v(b)/2\nprint half\nstop when time = 2n\ntran 10p 10n\nresume\n\
    meas tran vmax max v(b)\ndc v1 0 1 0.5\nprint v(a)\n.endc\n.end\n";

#[test]
fn analyses_of_a_control_block_are_one_and_printed_vectors_count_on_request() {
    if !has_ngspice() {
        return;
    }
    let points = same(BLOCK, 1);
    let sandbox = domain(&points);
    let ran = sandbox.run(&["run"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let values = |sandbox: &Sandbox| -> Vec<String> {
        sandbox.run(&["ext"]);
        let results = sandbox.read("results.csv");
        let rows = results.lines().skip(1).map(|row| row.split(',').skip(5));
        rows.map(|cells| cells.collect::<Vec<_>>().join(",")).collect()
    };
    // Twenty time constants after the step, it is half of the step to nine digits.
    assert_eq!(values(&sandbox), ["1,vmax,0.5,ok", "1,half,0.25,ok"]);
    // The log contains them already, so nothing is simulated again.
    sandbox.write("libchar.toml", "[measures]\nprint = ['v(b)', 'V(a) - v(b)', 'v(a)', 'v(q)']\n");
    assert!(sandbox.run(&["run"]).stderr.contains("0 simulated now"));
    let all = values(&sandbox);
    let printed: Vec<&str> =
        all.iter().map(String::as_str).filter(|row| row.contains("v(")).collect();
    let expected = [
        "1,v(b),0.5,ok,",
        "1,v(a)-v(b),0.5,ok,",
        "1,v(a),0,ok,0",
        "1,v(a),0.5,ok,0.5",
        "1,v(a),1,ok,1",
        "1,v(q),,missing,",
    ];
    assert_eq!(printed, expected, "{all:?}");
    // `run` requires the same of a new simulation.
    let again = sandbox.run(&["run", "--again"]);
    assert!(again.stderr.contains("v(q) missing"), "{}", again.stderr);
    let log = format!("{}/sim_tx.log", points[0].0);
    let one = sandbox.run(&["ext", "--print", "v(b)", &log, "--format", "csv"]).stdout;
    assert!(one.contains(",v(b),0.5,ok"), "{one}");
}

/// Written like ngspice's own digital/compare examples.
#[test]
fn a_control_block_may_stand_in_a_file_that_the_deck_reads() {
    if !has_ngspice() {
        return;
    }
    let deck = "* t\n.temp 25\n.include block.inc\n.end\n";
    let sandbox = domain(&same(deck, 1));
    let block = "v1 a 0 1\nr1 a 0 1k\n.control\nop\nlet half = v(a)/2\nprint half\necho could not find any glitch\n.endc\n";
    sandbox.write("block.inc", block);
    let ran = sandbox.run(&["run"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    sandbox.run(&["ext"]);
    assert!(sandbox.read("results.csv").contains(",half,0.5,ok"));
}

#[test]
fn the_users_own_words_fail_nothing() {
    if !has_ngspice() {
        return;
    }
    let deck = "* out of memory: DRAM sense amp, licence checkout failed\n* singular matrix demonstrator\n.temp 25\n\
                v1 a 0 pulse(0 1 0 1n 1n 5n 20n)\nr2 a 0 1k\n.probe i(rx)\n.control\nrun\n\
                echo could not find any glitch\necho \"Error: license checkout failed\"\nmeas tran x max v(a)\n\
                .endc\n.tran 10p 20n\n.end\n";
    let points = same(deck, 1);
    let sandbox = domain(&points);
    let ran = sandbox.run(&["run"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(statuses(&sandbox, &points)[0]["attempts"], 1);
    assert_eq!(sandbox.run(&["ext"]).code, 0);
    assert!(sandbox.read("results.csv").contains(",x,1,ok\n"), "{}", sandbox.read("results.csv"));
}

#[test]
fn a_deck_that_measures_nothing_has_one_verdict_whatever_the_batching() {
    if !has_ngspice() {
        return;
    }
    let points: Vec<(String, String)> = (0..6)
        .map(|i| {
            let deck =
                format!("t\n.temp 25\n.param v={i}\nv1 a 0 {{v}}\nr1 a 0 1k\n.tran 1n 10n\n.end\n");
            (format!("TT/typical/typical_25/v{i}"), deck)
        })
        .collect();
    for args in [&["run", "-j1"][..], &["run", "-j2"], &["run", "--no-batch"]] {
        let sandbox = domain(&points);
        let ran = sandbox.run(args);
        assert!(ran.stderr.contains("0 of 6 points done, 6 failed"), "{args:?}: {}", ran.stderr);
        for status in statuses(&sandbox, &points) {
            let expected =
                "the deck has no .meas, .print, .plot or .four: the simulator ran no analysis";
            assert_eq!(
                (&status["class"], &status["reason"]),
                (&"netlist".into(), &expected.into())
            );
        }
    }
}

#[test]
fn a_bad_corner_starves_no_other() {
    if !has_ngspice() {
        return;
    }
    let mut points = Vec::new();
    for corner in ["AA", "TT", "FF"] {
        for i in 0..12 {
            let load = if corner == "AA" { "{nobody}" } else { "1k" };
            let deck = format!(
                "t\n.temp 25\n.param v={i}\nv1 a 0 {{v}}\nr1 a 0 {load}\n.tran 1n 10n\n.meas tran m max v(a)\n.end\n"
            );
            points.push((format!("{corner}/typical/typical_25/v{i}"), deck));
        }
    }
    let sandbox = domain(&points);
    let ran = sandbox.run(&["run", "-j", "1", "--no-batch"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("HELD: 10 failures in a row: netlist"), "{}", ran.stderr);
    assert!(ran.stderr.contains("24 of 36 points done"), "{}", ran.stderr);
    // One point of the corner is tried again, and nothing else.
    let ran = sandbox.run(&["run", "-j", "1", "--no-batch"]);
    assert!(ran.stderr.contains("; 1 simulated now"), "{}", ran.stderr);
}

#[test]
fn results_of_another_temperature_are_refused_from_every_simulator() {
    let sandbox = Sandbox::new();
    let program = repository().join("testdata/bin/standin");
    sandbox
        .write("libchar.toml", format!("[simulators.hspice]\nprogram = '{}'\n", program.display()));
    sandbox.write("config.cfg", "simulator=hspice\n");
    let deck = "t\n.meas tran tphl trig v(in) val=0.5 rise=1 targ v(out) val=0.5 fall=1\n.end\n";
    let mut rows = HEADER.to_owned();
    for temp_c in ["25", "85"] {
        let id = format!("TT/typical/typical_{temp_c}/v1");
        sandbox.write(&format!("{id}/sim_tx.sp"), deck);
        let hash = libchar_core::hash::sha256(deck.as_bytes());
        rows += &format!("{id},TT,typical,{temp_c},v1,TT,1,1,{id}/sim_tx.sp,{hash}\n");
    }
    sandbox.write("points.csv", rows);
    let ran = sandbox.run(&["run"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (1, "TT/typical/typical_25/v1\n"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr
            .contains("TT/typical/typical_85/v1: temperature: simulated at 25 C instead of 85 C"),
        "{}",
        ran.stderr
    );
    // Also if no run judged it, as with files of other tools.
    for temp_c in ["25", "85"] {
        fs::remove_file(sandbox.path().join(format!("TT/typical/typical_{temp_c}/v1/status.json")))
            .unwrap();
    }
    assert_eq!(sandbox.run(&["ext"]).code, 1);
    let results = sandbox.read("results.csv");
    assert!(
        results.contains("TT/typical/typical_85/v1,TT,typical,85,v1,1,tphl,,failed"),
        "{results}"
    );
}

#[test]
fn any_byte_may_stand_in_a_deck_and_in_what_it_reads() {
    let sandbox = Sandbox::new();
    lay(&sandbox, 1, "", |_| "");
    let mut body = fs::read(sandbox.path().join("body.inc")).unwrap();
    body.extend_from_slice(b".param q=1\xc2\xa0r=2\n.param s=1\xa0t=2 \xe2\x80\x93u=3\n");
    sandbox.write("body.inc", &body);
    let ran = sandbox.run(&["run"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(status(&sandbox, 0)["status"], "done");
}

#[test]
fn a_file_of_another_tool_is_no_empty_table() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "lt.log",
        "Circuit: * C:\\x.asc\n\nMeasurement: tphl\n  step\ttphl\n     1\t2.4e-11\n",
    );
    sandbox
        .write("a.lis", " ****** HSPICE -- Q-2020\n tphl= 24.2713p targ= 1.0493n trig= 1.0250n\n");
    sandbox.write(
        "none.log",
        "Circuit: * t\n\nDoing analysis at TEMP = 25.000000 and TNOM = 27.000000\n",
    );
    sandbox.write(
        "m2.mt0",
        "$DATA1 SOURCE='HSPICE'\n.TITLE '* t'\ntphl = 2.4e-11\ntemper = 25.0\nalter# = 1\n",
    );
    for (file, message) in [
        ("lt.log", "lt.log: a log of LTspice is not a format that libchar reads\n"),
        ("a.lis", "a.lis: a listing of HSPICE (.lis) is not a format that libchar reads\n"),
        ("none.log", "none.log: no measure is in this file\n"),
    ] {
        let ran = sandbox.run(&["ext", file]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{file}");
        assert!(ran.stderr.starts_with(message), "{}", ran.stderr);
    }
    let ran = sandbox.run(&["ext", "m2.mt0"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("m2.mt0,,,25,,1,tphl,2.4e-11,ok"), "{}", ran.stdout);
}
