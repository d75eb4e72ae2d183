//! `libchar adopt` and `libchar init` from the command line.

use crate::common::points::{log, mt0};
use crate::common::{Sandbox, assert_schema, has_ngspice};

const PATTERN: &str = "{corner}_{temp}/{supply}";

/// Runs as a site's scripts left them: measure files, a log, a few decks, and files that are none
/// of these.
fn tree(sandbox: &Sandbox) {
    for (corner, temp, tphl) in
        [("ss", "m40", "3.1e-11"), ("ss", "125", "3.9e-11"), ("tt", "25", "2.4e-11")]
    {
        let temper = if temp == "m40" { "-40.0000" } else { &format!("{temp}.0000") };
        let text = mt0(tphl, "1.8", "1").replace("25.0000", temper);
        sandbox.write(&format!("runs/{corner}_{temp}/1p1v/tb.mt0"), text);
    }
    sandbox.write("runs/ff_25/1p1v/tb.log", log("25.000000", "1.9e-11", "1.875791e+00"));
    sandbox.write(
        "runs/tt_25/1p1v/tb.sp",
        "* tb\n.meas tran tphl when v(a)=1\n.meas tran vmax max v(a)\n.end\n",
    );
    sandbox.write("runs/notes.txt", "do not touch\n");
    sandbox.write("runs/.git/x.mt0", "no\n");
    sandbox.write(
        "old/libchar.toml",
        "[report]\ntyp = 'tt/typical/typical_25/1p1v'\n[specs.tphl]\nmax = '35p'\nunit = 's'\n",
    );
}

#[test]
fn a_tree_becomes_a_domain_that_is_reported_and_remembered() {
    let sandbox = Sandbox::new();
    tree(&sandbox);
    let ran =
        sandbox.run(&["-C", "old", "adopt", "../runs", "--pattern", PATTERN, "--at", "2024-03-01"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("4 points of 4 files are adopted, not simulated here; 0 left out"),
        "{}",
        ran.stderr
    );
    let results = sandbox.read("old/results.csv");
    assert!(
        results.contains("ss/typical/typical_125/1p1v,ss,typical,125,1p1v,1,tphl,3.9e-11,ok\n"),
        "{results}"
    );
    assert!(
        results.contains("ff/typical/typical_25/1p1v,ff,typical,25,1p1v,1,vmax,1.875791"),
        "{results}"
    );
    let points = sandbox.read("old/points.csv");
    assert!(points.contains(
        "tt/typical/typical_25/1p1v,tt,typical,25,1p1v,tt,1.1,1.1,tt/typical/typical_25/1p1v/tb.sp,"
    ));
    let status = sandbox.read("old/ss/typical/typical_125/1p1v/status.json");
    assert_schema(&status);
    assert!(status.contains("adopted, not simulated here"), "{status}");
    // The later stages work on the adopted domain and state that it was adopted.
    let ran = sandbox.run(&["-C", "old", "srt"]);
    assert_eq!((ran.code, ran.stderr.contains("stale")), (1, false), "{}", ran.stderr);
    let report = sandbox.read("old/creport.txt");
    assert!(report.contains("\nadopted: 4 points were not simulated here\n"), "{report}");
    assert_schema(&sandbox.read("old/creport.json"));
    assert_eq!(sandbox.run(&["-C", "old", "report", "--html", "r.html"]).code, 1);
    assert_eq!(sandbox.run(&["-C", "old", "ext"]).code, 0);
    assert_eq!(sandbox.read("old/results.csv"), results);
    let shown = sandbox
        .run(&["-C", "old", "history", "list", "--command", "adopt", "--format", "csv"])
        .stdout;
    assert!(shown.contains("2024-03-01T00:00:00Z"), "{shown}");
    let shown = sandbox.run(&["-C", "old", "history", "trend", "tphl", "--format", "csv"]);
    assert!(
        shown.stdout.contains("1.9e-11") && shown.stdout.contains("3.9e-11"),
        "{}",
        shown.stdout
    );
    assert_eq!(sandbox.read("runs/notes.txt"), "do not touch\n");
    // Adopting a second time gives the same results.
    let ran = sandbox.run(&["-C", "old", "adopt", "../runs", "--pattern", PATTERN]);
    assert_eq!((ran.code, sandbox.read("old/results.csv")), (0, results), "{}", ran.stderr);
}

#[test]
fn what_is_cut_foreign_or_ambiguous_is_left_out_with_its_reason() {
    let sandbox = Sandbox::new();
    tree(&sandbox);
    let good = mt0("2e-11", "1.8", "1");
    sandbox.write("runs/sf_25/1p1v/tb.mt0", &good[..good.len() - 12]);
    sandbox.write("runs/other/tb.mt0", &good);
    sandbox.write("runs/tt_25/1p1v/again.mt0", &good);
    sandbox.write("runs/fs_25/vnom/tb.mt0", &good);
    sandbox.write("runs/fs_85/1p1v/tb.mt0", &good);
    let ran = sandbox.run(&["-C", "old", "adopt", "../runs", "--pattern", PATTERN]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    for word in [
        "left out: sf_25/1p1v/tb.mt0: ",
        "left out: other/tb.mt0: its path does not match the pattern",
        "all of them are tt/typical/typical_25/1p1v, and it is not clear which one to use",
        "left out: fs_25/vnom/tb.mt0: the voltage of the supply `vnom` is not given",
        "3 points of 9 files",
        "simulated at",
    ] {
        assert!(
            ran.stderr.contains(word) || word == "3 points of 9 files",
            "{word}: {}",
            ran.stderr
        );
    }
    // A file that states another temperature than its path gives no value.
    let results = sandbox.read("old/results.csv");
    assert!(
        results.contains("fs/typical/typical_85/1p1v,fs,typical,85,1p1v,1,tphl,,failed"),
        "{results}"
    );
    assert!(!results.contains("typical_25/1p1v,tt"), "{results}");
}

#[test]
fn a_map_says_it_where_paths_do_not() {
    let sandbox = Sandbox::new();
    sandbox.write("runs/a1/tb.mt0", mt0("2e-11", "1.8", "1"));
    sandbox.write("runs/deep/a2/x/tb.mt0", mt0("3e-11", "1.8", "1"));
    sandbox.write(
        "old/map.csv",
        "path,corner,temp_c,supply,vccn_v\na1,TT,25,nom,1.1\ndeep/a2,SS,25,nom,1.1\n",
    );
    let ran = sandbox.run(&[
        "-C",
        "old",
        "adopt",
        "../runs",
        "--map",
        "map.csv",
        "--simulator",
        "hspice",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        sandbox
            .read("old/results.csv")
            .contains("SS/typical/typical_25/nom,SS,typical,25,nom,1,tphl,3e-11,ok")
    );
    // Outputs of a known simulator must keep their bytes.
    sandbox.write("old/SS/typical/typical_25/nom/tb.mt0", mt0("4e-11", "1.8", "1"));
    let ran = sandbox.run(&["-C", "old", "ext"]);
    assert!(ran.code == 1 && ran.stderr.contains("its hash differs"), "{}", ran.stderr);
    sandbox.write("old/map.csv", "path,corner,temp_c\na1,T T,x\na1,SS,25\n");
    let ran = sandbox.run(&["-C", "old", "adopt", "../runs", "--map", "map.csv"]);
    assert_eq!(ran.code, 2);
    for place in
        ["map.csv:2:4: `T T` is not a name", "map.csv:2:8: ", "map.csv:3:1: `a1` occurs twice"]
    {
        assert!(ran.stderr.contains(place), "{place}: {}", ran.stderr);
    }
}

#[test]
fn nothing_is_written_over() {
    let sandbox = Sandbox::new();
    tree(&sandbox);
    for (args, word) in [
        (&["-C", "runs", "adopt", ".", "--pattern", "{corner}_{temp}"][..], "only read"),
        (&["-C", "old", "adopt", "../none", "--pattern", "{corner}_{temp}"], "is not a folder"),
        (&["-C", "old", "adopt", "../runs", "--pattern", "{cornr}"], "is none of {corner}"),
        (&["-C", "old", "adopt", "../runs", "--pattern", "x/{corner}"], "nothing to adopt"),
        (
            &[
                "-C",
                "old",
                "adopt",
                "../runs",
                "--pattern",
                "{corner}_{temp}/*",
                "--at",
                "yesterday",
            ],
            "--at is",
        ),
    ] {
        let ran = sandbox.run(args);
        assert_eq!((ran.code, ran.stderr.contains(word)), (2, true), "{args:?}: {}", ran.stderr);
    }
    sandbox.write("old/config.cfg", "simulator=ngspice\n");
    let ran = sandbox.run(&["-C", "old", "adopt", "../runs", "--pattern", PATTERN]);
    assert_eq!(
        (ran.code, ran.stderr.contains("a domain that `gen` makes")),
        (2, true),
        "{}",
        ran.stderr
    );
    assert!(!sandbox.path().join("old/points.csv").exists());
}

#[test]
fn init_writes_a_domain_that_runs() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&["init", "inverter"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let listed = sandbox.run(&["-C", "inverter", "gen"]);
    assert_eq!((listed.code, listed.stdout.lines().count()), (0, 84), "{}", listed.stderr);
    let again = sandbox.run(&["init", "inverter"]);
    assert_eq!((again.code, again.stderr.contains("is not empty")), (2, true), "{}", again.stderr);
    std::fs::create_dir(sandbox.path().join("empty")).unwrap();
    assert_eq!(sandbox.run(&["-C", "empty", "init"]).code, 0);
    if has_ngspice() {
        let ran = sandbox.run(&["-C", "empty", "flow", "--corner", "TT", "--format", "table"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.contains("typ: TT/") && ran.stdout.contains(" ps "), "{}", ran.stdout);
    }
}
