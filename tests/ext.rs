//! `libchar ext`: outputs of simulators -> results.csv, measures/*.csv.

use crate::common::points::{DECK, POINTS, domain, domain_with, log, mt0, simulated};
use crate::common::{Sandbox, assert_schema, reference_data};
use std::fs::File;
use std::time::{Duration, SystemTime};

fn age(sandbox: &Sandbox, name: &str, seconds: u64) {
    let file = File::options().append(true).open(sandbox.path().join(name)).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
}

#[test]
fn every_point_and_measure_has_a_row() {
    let sandbox = Sandbox::new();
    domain(&sandbox);
    simulated(&sandbox);
    let ran = sandbox.run(&["ext"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    assert_eq!(
        sandbox.read("results.csv"),
        "point,corner,extraction,temp_c,supply,alter,measure,value,status\n\
         TT/typical/typical_25/v1nom,TT,typical,25,v1nom,1,tphl,2.4e-11,ok\n\
         TT/typical/typical_25/v1nom,TT,typical,25,v1nom,1,vmax,1.875791,ok\n\
         TT/typical/typical_m40/v1nom,TT,typical,-40,v1nom,1,tphl,2.1e-11,ok\n\
         TT/typical/typical_m40/v1nom,TT,typical,-40,v1nom,1,vmax,1.875791,ok\n\
         SS/typical/typical_25/v1nom,SS,typical,25,v1nom,1,tphl,3.6e-11,ok\n\
         SS/typical/typical_25/v1nom,SS,typical,25,v1nom,1,vmax,1.875791,ok\n"
    );
    assert_eq!(
        sandbox.read("measures/tphl.csv"),
        "point,corner,extraction,temp_c,supply,alter,value,status\n\
         TT/typical/typical_25/v1nom,TT,typical,25,v1nom,1,2.4e-11,ok\n\
         TT/typical/typical_m40/v1nom,TT,typical,-40,v1nom,1,2.1e-11,ok\n\
         SS/typical/typical_25/v1nom,SS,typical,25,v1nom,1,3.6e-11,ok\n"
    );
    let history = sandbox.run(&["history", "results", "latest"]).stdout;
    assert!(history.contains("TT/typical/typical_25/v1nom,tphl,2.4e-11,,ok\n"), "{history}");
    let document = sandbox.run(&["ext", "--format", "json"]).stdout;
    assert_schema(&document);
}

#[test]
fn a_failed_measure_and_a_missing_one_are_rows_with_a_status() {
    let sandbox = Sandbox::new();
    domain(&sandbox);
    simulated(&sandbox);
    let without = log("25.000000", "2.4e-11", "1.000000e+00").replace("vmax    ", "other   ");
    let failed = without
        + "Error: measure  vmax  when(WHEN) : out of interval\n .meas tran vmax when failed!\n";
    sandbox.write(&format!("{}/sim_tx.log", POINTS[0]), failed);
    std::fs::remove_file(sandbox.path().join(POINTS[2]).join("sim_tx.log")).unwrap();
    let ran = sandbox.run(&["ext"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.stderr,
        "libchar: warning: TT/typical/typical_25/v1nom: vmax failed (when(WHEN) : out of interval)\n\
         libchar: warning: SS/typical/typical_25/v1nom: not simulated: neither a log nor a measure file\n\
         libchar: 9 measures: 4 ok, 1 failed, 4 missing -> results.csv\n"
    );
    let results = sandbox.read("results.csv");
    for row in [
        "TT/typical/typical_25/v1nom,TT,typical,25,v1nom,1,vmax,,failed\n",
        "TT/typical/typical_25/v1nom,TT,typical,25,v1nom,1,other,1,ok\n",
        "TT/typical/typical_m40/v1nom,TT,typical,-40,v1nom,1,other,,missing\n",
        "SS/typical/typical_25/v1nom,SS,typical,25,v1nom,1,tphl,,missing\n",
    ] {
        assert!(results.contains(row), "{row}{results}");
    }
    assert_eq!(sandbox.run(&["ext", "--exit-zero"]).code, 0);
}

#[test]
fn a_run_that_failed_gives_no_values_unless_only_a_measure_failed() {
    let sandbox = Sandbox::new();
    domain(&sandbox);
    simulated(&sandbox);
    let status = |class: &str| {
        format!(
            "{{\"status\":\"failed\",\"class\":\"{class}\",\"reason\":\"why\",\"simulator\":\"ngspice\"}}"
        )
    };
    sandbox.write(&format!("{}/status.json", POINTS[0]), status("singular"));
    sandbox.write(&format!("{}/status.json", POINTS[1]), status("measure"));
    let ran = sandbox.run(&["ext"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("TT/typical/typical_25/v1nom: the run failed (singular): why\n"),
        "{}",
        ran.stderr
    );
    let results = sandbox.read("results.csv");
    assert!(results.contains("typical_25/v1nom,TT,typical,25,v1nom,1,tphl,,failed\n"), "{results}");
    assert!(
        results.contains("typical_m40/v1nom,TT,typical,-40,v1nom,1,tphl,2.1e-11,ok\n"),
        "{results}"
    );
}

#[test]
fn a_simulation_at_another_temperature_is_not_the_points() {
    let sandbox = Sandbox::new();
    domain(&sandbox);
    simulated(&sandbox);
    sandbox
        .write(&format!("{}/sim_tx.log", POINTS[1]), log("27.000000", "2.4e-11", "1.800000e+00"));
    let ran = sandbox.run(&["ext"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("tphl failed (simulated at 27 C instead of -40 C)"),
        "{}",
        ran.stderr
    );
}

#[test]
fn damaged_and_stale_files_are_faults_and_leave_the_old_table() {
    let sandbox = Sandbox::new();
    domain(&sandbox);
    simulated(&sandbox);
    sandbox.write("results.csv", "old\n");
    let [first, second, third] = POINTS;
    sandbox.write(
        &format!("{first}/sim_tx.mt0"),
        mt0("2.4e-11", "1.8", "1").replace(" 25.0000 1\n", "\n"),
    );
    sandbox
        .write(&format!("{second}/sim_tx.mt0"), mt0("2.4e-11", "1.8", "1").replace("vmax", "TPHL"));
    sandbox.write(&format!("{third}/sim_tx.mt0"), mt0("2.4e-11", "1.8", "1"));
    sandbox.write(&format!("{third}/sim_tx.mt1"), mt0("2.5e-11", "1.8", "2"));
    let ran = sandbox.run(&["ext"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.stderr,
        "SS/typical/typical_25/v1nom/sim_tx.mt1: a measure file of an earlier run: the deck has 0 .alter, so mt0 is its last\n  \
         expected only files of the last run; remove it, or run the point again\n\
         TT/typical/typical_25/v1nom/sim_tx.mt0:4:10: the row has 2 of 4 values: the last row is cut\n  \
         expected a value for each of tphl … alter#\n\
         TT/typical/typical_m40/v1nom/sim_tx.mt0:3:7: measure `TPHL` again, after line 3\n  expected each measure once\n"
    );
    assert_eq!(sandbox.read("results.csv"), "old\n");
}

#[test]
fn a_file_older_than_its_deck_is_of_an_earlier_run() {
    let sandbox = Sandbox::new();
    domain(&sandbox);
    simulated(&sandbox);
    age(&sandbox, &format!("{}/sim_tx.log", POINTS[0]), 3600);
    let ran = sandbox.run(&["ext"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("sim_tx.log: a log of an earlier run: it is older than the deck"),
        "{}",
        ran.stderr
    );
}

#[test]
fn alters_have_a_file_each_and_one_that_left_none_is_missing() {
    let sandbox = Sandbox::new();
    domain_with(&sandbox, &DECK.replace(".end\n", ".alter fast\n.param v=1\n.alter\n.end\n"));
    for id in POINTS {
        sandbox.write(&format!("{id}/sim_tx.mt0"), mt0("2.4e-11", "1.8", "1"));
        sandbox.write(&format!("{id}/sim_tx.mt1"), mt0("2.5e-11", "failed", "2.0000"));
        sandbox.write(&format!("{id}/sim_tx.mt2"), mt0("2.6e-11", "1.7", "3"));
    }
    std::fs::remove_file(sandbox.path().join(POINTS[2]).join("sim_tx.mt2")).unwrap();
    let ran = sandbox.run(&["ext"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let results = sandbox.read("results.csv");
    for row in [
        "TT/typical/typical_25/v1nom,TT,typical,25,v1nom,2,tphl,2.5e-11,ok\n",
        "TT/typical/typical_25/v1nom,TT,typical,25,v1nom,2,vmax,,failed\n",
        "TT/typical/typical_25/v1nom,TT,typical,25,v1nom,3,vmax,1.7,ok\n",
        "SS/typical/typical_25/v1nom,SS,typical,25,v1nom,3,vmax,,missing\n",
    ] {
        assert!(results.contains(row), "{row}{results}");
    }
}

#[test]
fn measures_of_included_files_are_asked_for_too() {
    let sandbox = Sandbox::new();
    domain_with(&sandbox, &DECK.replace(".end\n", ".include 'measures.inc'\n.end\n"));
    sandbox.write("measures.inc", ".meas tran tplh param='tphl*2'\n");
    simulated(&sandbox);
    let ran = sandbox.run(&["ext"]);
    assert_eq!(ran.code, 1);
    assert!(sandbox.read("results.csv").contains(",1,tplh,,missing\n"));
}

#[test]
fn ids_in_a_pipe_choose_points_in_the_order_of_the_matrix() {
    let sandbox = Sandbox::new();
    domain(&sandbox);
    simulated(&sandbox);
    let by_id = sandbox.pipe(&["ext", "-"], format!("{}\n{}\n", POINTS[2], POINTS[0]));
    assert_eq!(by_id.code, 0, "{}", by_id.stderr);
    assert_eq!(by_id.stdout.lines().count(), 5);
    assert!(!sandbox.path().join("results.csv").exists(), "a part is not the whole");
    let table = sandbox.run(&["ext", "--format", "jsonl"]).stdout;
    let whole = sandbox.read("results.csv");
    assert!(by_id.stdout.lines().all(|row| whole.lines().any(|other| other == row)), "{whole}");
    let by_table = sandbox.pipe(&["ext", "-"], table);
    assert_eq!(by_table.stdout.lines().count(), 7, "{}", by_table.stderr);
    let wrong = sandbox.pipe(&["ext", "-"], "TT/typical/typical_25/v1non\n");
    assert_eq!(wrong.code, 2);
    assert!(
        wrong
            .stderr
            .starts_with("-:1:1: `TT/typical/typical_25/v1non` is not a point of points.csv\n"),
        "{}",
        wrong.stderr
    );
    let nothing = sandbox.pipe(&["ext", "-"], "");
    assert_eq!((nothing.code, nothing.stdout.lines().count()), (0, 1));
}

#[test]
fn the_same_outputs_give_the_same_bytes_and_tables_of_gone_measures_go() {
    let sandbox = Sandbox::new();
    domain(&sandbox);
    simulated(&sandbox);
    sandbox.run(&["ext"]);
    let before = (sandbox.read("results.csv"), sandbox.read("measures/vmax.csv"));
    sandbox.write("measures/mine.csv", "a,b\n1,2\n");
    sandbox.write("measures/gone.csv", sandbox.read("measures/vmax.csv"));
    age(&sandbox, "results.csv", 3600);
    assert_eq!(sandbox.run(&["ext"]).code, 0);
    assert_eq!((sandbox.read("results.csv"), sandbox.read("measures/vmax.csv")), before);
    assert!(!sandbox.path().join("measures/gone.csv").exists());
    assert!(sandbox.path().join("measures/mine.csv").exists());
    let modified = sandbox.path().join("results.csv").metadata().unwrap().modified().unwrap();
    assert!(modified.elapsed().unwrap() < Duration::from_secs(60), "make sees that the stage ran");
}

#[test]
fn peoples_own_files_are_converted() {
    let sandbox = Sandbox::new();
    sandbox.write("a run/x.mt0", mt0("2.4e-11", "failed", "1"));
    sandbox.write("mc.mt0", "$DATA1 SOURCE='HSPICE' PARAM_COUNT=0\n.TITLE ''\n vin d temper alter#\n 0.1 1e-9 25. 1\n 0.2 2e-9 25. 1\n");
    let ran = sandbox.run(&["ext", "a run/x.mt0", "mc.mt0"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(
        ran.stdout,
        "point,corner,extraction,temp_c,supply,alter,measure,value,status,sweep_vin\n\
         a run/x.mt0,,,25,,1,tphl,2.4e-11,ok,\n\
         a run/x.mt0,,,25,,1,vmax,,failed,\n\
         mc.mt0,,,25,,1,d,1e-9,ok,0.1\n\
         mc.mt0,,,25,,1,d,2e-9,ok,0.2\n"
    );
}

#[test]
fn hostile_measure_files() {
    let good = "$DATA1 SOURCE='HSPICE' VERSION='test'\n.TITLE '* t'\n delay slew temper alter#\n 1.234e-11 2.3e-11 25.0 1\n";
    for (name, text, code, expected) in [
        ("good.mt0", good.to_owned(), 0, ",delay,1.234e-11,ok\n"),
        ("failed.mt0", good.replace("1.234e-11", "failed"), 1, ",delay,,failed\n"),
        ("nan.mt0", good.replace("2.3e-11", "nan"), 1, ",slew,,failed\n"),
        ("huge_exp.mt0", good.replace("1.234e-11", "1e999"), 1, ",delay,,failed\n"),
        ("empty.mt0", String::new(), 2, "empty.mt0: the file is empty\n"),
        (
            "trunc.mt0",
            good[..good.len() - 20].to_owned(),
            2,
            "trunc.mt0:4:2: the row has 1 of 4 values",
        ),
        (
            "short_row.mt0",
            good.replace(" 25.0 1\n", "\n"),
            2,
            "short_row.mt0:4:12: the row has 2 of 4 values",
        ),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write(name, text);
        let ran = sandbox.run(&["ext", name]);
        let said = if code == 2 { &ran.stderr } else { &ran.stdout };
        assert_eq!(ran.code, code, "{name}: {}", ran.stderr);
        assert!(said.contains(expected), "{name}: {said}");
        assert!(!said.contains("NaN") && !said.contains("inf"), "{said}");
    }
    let sandbox = Sandbox::new();
    // A simple generator of bytes is enough: it gives every value of a byte, NUL included.
    let noise: Vec<u8> =
        (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    sandbox.write("binary.mt0", noise);
    let ran = sandbox.run(&["ext", "binary.mt0"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with("binary.mt0: byte "), "{}", ran.stderr);
}

#[test]
fn a_real_measure_file_of_hspice() {
    let Some(data) = reference_data() else { return };
    let path = data.join("mt0/HMC-ACE_test.mt0");
    let ran = Sandbox::new().run(&["ext", &path.display().to_string()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let values: Vec<Vec<&str>> =
        ran.stdout.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let values: Vec<(&str, &str)> = values.iter().map(|cells| (cells[6], cells[7])).collect();
    // Read off the file by hand.
    assert_eq!(
        values,
        [
            ("rchg", "1.623e-8"),
            ("tmech", "1.559e-8"),
            ("trl", "5.675e-10"),
            ("tmechbb", "1.434e-8"),
            ("trlbb", "1.067e-9")
        ]
    );
}

#[test]
fn without_points_the_user_is_told_what_to_do() {
    let ran = Sandbox::new().run(&["ext"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no points.csv here: run `libchar gen` first"), "{}", ran.stderr);
}
