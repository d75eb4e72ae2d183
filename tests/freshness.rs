//! Files that are older than their inputs are reported, and a part never replaces the whole.

use crate::common::{Sandbox, has_ngspice};
use serde_json::Value;

const DIR: [&str; 2] = ["-C", "inverter-pvt"];

fn domain() -> Option<Sandbox> {
    if !has_ngspice() {
        return None;
    }
    let sandbox = Sandbox::new();
    sandbox.copy("examples/inverter-pvt");
    let config = sandbox.read("inverter-pvt/config.cfg") + "corner=TT SS\ntemperature=85\n";
    sandbox.write("inverter-pvt/config.cfg", config);
    let ran = run(&sandbox, &["flow"]);
    assert_eq!((ran.0, ran.1.matches("warning").count()), (0, 0), "{}", ran.1);
    Some(sandbox)
}

/// Exit code and messages.
fn run(sandbox: &Sandbox, args: &[&str]) -> (i32, String) {
    let ran = sandbox.run(&[&DIR[..], args].concat());
    (ran.code, ran.stderr)
}

fn replace(sandbox: &Sandbox, file: &str, from: &str, to: &str) {
    let file = format!("inverter-pvt/{file}");
    let text = sandbox.read(&file);
    assert!(text.contains(from), "{file} has {from}");
    sandbox.write(&file, text.replace(from, to));
}

fn stale(sandbox: &Sandbox) -> Value {
    let report: Value = serde_json::from_str(&sandbox.read("inverter-pvt/creport.json")).unwrap();
    report["stale"].clone()
}

#[test]
fn a_changed_model_is_told_until_it_is_simulated() {
    let Some(sandbox) = domain() else { return };
    let model = sandbox.read("inverter-pvt/models/core.inc");
    sandbox.write("inverter-pvt/models/core.inc", model.clone() + "* a word\n");
    for stage in ["ext", "srt", "report"] {
        let (code, told) = run(&sandbox, &[stage]);
        let line =
            "6 of 6 points were simulated with another deck or other files than those of now";
        assert_eq!((code, told.matches(line).count()), (0, 1), "{stage}: {told}");
    }
    let report = sandbox.read("inverter-pvt/creport.txt");
    assert!(report.contains("\nstale: simulations at 6 points\n"), "{report}");
    assert_eq!(stale(&sandbox), serde_json::json!([{ "what": "simulations", "points": 6 }]));
    let (code, told) = run(&sandbox, &["ext", "-v"]);
    assert_eq!((code, told.matches("stale simulations").count()), (0, 6), "{told}");
    let checked = sandbox.run(&[&DIR[..], &["check", "--format", "csv"]].concat());
    assert!(
        checked.stdout.contains("WARN,simulations,\"0 of 6 points are done"),
        "{}",
        checked.stdout
    );
    // The model is as before: contents count, not times.
    sandbox.write("inverter-pvt/models/core.inc", model);
    assert_eq!(run(&sandbox, &["ext"]).1.matches("warning").count(), 0);
    assert_eq!(run(&sandbox, &["srt"]).1.matches("warning").count(), 0);
    assert_eq!(stale(&sandbox), serde_json::json!([]));
}

#[test]
fn a_changed_template_or_choice_is_told_by_every_stage_after_gen() {
    let Some(sandbox) = domain() else { return };
    replace(&sandbox, "template/sim_tx.sp", "reltol=1e-6", "reltol=1e-5");
    for stage in ["run", "ext", "srt", "report"] {
        let (code, told) = run(&sandbox, &[stage]);
        let line = "6 of 6 decks are not those that `libchar gen` would write now";
        assert_eq!((code, told.matches(line).count()), (0, 1), "{stage}: {told}");
    }
    replace(&sandbox, "template/sim_tx.sp", "reltol=1e-5", "reltol=1e-6");
    replace(&sandbox, "config.cfg", "corner=TT SS", "corner=TT SS FF");
    let (_, told) = run(&sandbox, &["run"]);
    assert!(told.contains("3 of 9 decks are not those"), "{told}");
    let (code, told) = run(&sandbox, &["flow"]);
    assert_eq!((code, told.matches("warning").count()), (0, 0), "{told}");
    assert!(sandbox.read("inverter-pvt/creport.txt").contains("points: 9 "));
}

#[test]
fn results_and_reports_of_before_are_told() {
    let Some(sandbox) = domain() else { return };
    replace(&sandbox, "models/core.inc", "vth0", "* \n+ vth0");
    replace(&sandbox, "template/sim_tx.sp", "wn=6.4u", "wn=6.0u");
    let (code, told) = run(&sandbox, &["flow", "gen", "run"]);
    assert_eq!(
        (code, told.matches("6 of 6 points have other values in the outputs").count()),
        (0, 1),
        "{told}"
    );
    let (_, told) = run(&sandbox, &["srt"]);
    assert_eq!(
        told.matches("other values in the outputs than in results.csv").count(),
        1,
        "{told}"
    );
    assert_eq!(run(&sandbox, &["flow", "ext", "srt"]).1.matches("warning").count(), 0);
    // A limit was added, so the report no longer matches.
    replace(
        &sandbox,
        "libchar.toml",
        "[specs.tphl]\nunit = 's'\nmax = '30p'",
        "[specs.tphl]\nunit = 's'\nmax = '1p'",
    );
    let (_, told) = run(&sandbox, &["report"]);
    assert!(told.contains("creport.txt is not what `libchar srt` would write now"), "{told}");
    let checked = sandbox.run(&[&DIR[..], &["check", "--format", "csv"]].concat());
    assert!(checked.stdout.contains("WARN,report,creport.txt is not what"), "{}", checked.stdout);
}

#[test]
fn a_part_or_nothing_in_a_pipe_leaves_the_whole_alone() {
    let Some(sandbox) = domain() else { return };
    let files = ["results.csv", "measures/tphl.csv", "creport.txt", "creport.csv", "creport.json"];
    let before = files.map(|file| sandbox.read(&format!("inverter-pvt/{file}")));
    let ids = sandbox.run(&[&DIR[..], &["gen"]].concat()).stdout;
    for (wanted, points) in [("TT/", 3), ("XX/", 0)] {
        let chosen: String =
            ids.lines().filter(|id| id.starts_with(wanted)).map(|id| format!("{id}\n")).collect();
        let results = sandbox.pipe(&[&DIR[..], &["ext", "-"]].concat(), &chosen);
        assert_eq!(results.stdout.lines().count(), 1 + points * 8, "{}", results.stderr);
        assert!(results.stderr.contains(&format!("{points} of 6 points came through the pipe")));
        let report = sandbox.pipe(&[&DIR[..], &["srt", "-"]].concat(), &results.stdout);
        assert!(report.stderr.contains(&format!("{points} of 6 points")), "{}", report.stderr);
        assert_eq!(files.map(|file| sandbox.read(&format!("inverter-pvt/{file}"))), before);
    }
    let ran = sandbox.run(&[&DIR[..], &["flow", "--corner", "SS", "--format", "table"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("points: 3 of 6 (chosen)"), "{}", ran.stdout);
    assert_eq!(files.map(|file| sandbox.read(&format!("inverter-pvt/{file}"))), before);
    // The list of all points counts as the whole.
    let results = sandbox.pipe(&[&DIR[..], &["ext", "-"]].concat(), &ids);
    assert_eq!(results.stdout, before[0]);
}

#[test]
fn check_reads_the_bytes_of_outputs() {
    let Some(sandbox) = domain() else { return };
    let log = "SS/typical/typical_85/v1nom/sim_tx.log";
    let text = sandbox.read(&format!("inverter-pvt/{log}"));
    let at = text.find("tphl").unwrap() + 25;
    let digit = if &text[at..=at] == "9" { "8" } else { "9" };
    let edited = format!("{}{digit}{}", &text[..at], &text[at + 1..]);
    for (edited, what) in
        [(edited, "its hash differs"), (text[..text.len() - 40].to_owned(), "bytes")]
    {
        sandbox.write(&format!("inverter-pvt/{log}"), edited);
        let checked = sandbox.run(&[&DIR[..], &["check", "--format", "csv"]].concat());
        assert_eq!(checked.code, 1, "{}", checked.stdout);
        let line = checked.stdout.lines().find(|line| line.starts_with("FAIL,outputs")).unwrap();
        assert!(line.contains(log) && line.contains(what), "{line}");
        assert!(!checked.stdout.contains("PASS,results"), "{}", checked.stdout);
    }
    assert_eq!(run(&sandbox, &["flow", "run", "ext"]).0, 0);
    assert_eq!(sandbox.run(&[&DIR[..], &["check"]].concat()).code, 0);
}

/// The draws, the decks of blocks, their logs and the statistics are inputs, just as those of the
/// points themselves.
#[test]
fn samples_are_told_of_as_their_points_are() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    sandbox.copy("examples/mismatch");
    let config = "simulator=ngspice\nCPU=1\nMEM=1\nsamples=40\nseed=";
    sandbox.write("mismatch/config.cfg", format!("{config}1\n"));
    let run = |args: &[&str]| {
        let ran = sandbox.run(&[&["-C", "mismatch"], args].concat());
        (ran.code, ran.stderr)
    };
    let (code, told) = run(&["flow", "gen", "run", "ext", "srt"]);
    assert_eq!((code, told.matches("warning").count()), (0, 0), "{told}");
    assert_eq!(run(&["report"]).1.matches("warning").count(), 0);
    let checked = || sandbox.run(&["-C", "mismatch", "check", "--format", "csv"]).stdout;
    assert!(checked().contains("PASS,simulations,2 of 2 points are done"), "{}", checked());

    // Other draws, with the same nominal decks.
    sandbox.write("mismatch/config.cfg", format!("{config}2\n"));
    for stage in ["run", "ext", "srt", "report"] {
        let (_, told) = run(&[stage]);
        let line = "2 of 2 decks are not those that `libchar gen` would write now";
        assert_eq!(told.matches(line).count(), 1, "{stage}: {told}");
    }
    sandbox.write("mismatch/config.cfg", format!("{config}1\n"));
    assert_eq!(run(&["srt"]).1.matches("warning").count(), 0);

    // A changed value of a sample: outputs and statistics no longer match the results.
    let results = sandbox.read("mismatch/results.csv");
    let row = results.lines().find(|row| row.ends_with(",7")).unwrap();
    let (before, after) = row.split_once(",ok").unwrap();
    let (before, _) = before.rsplit_once(',').unwrap();
    sandbox.write("mismatch/results.csv", results.replace(row, &format!("{before},1,ok{after}")));
    let (_, told) = run(&["report"]);
    assert!(told.contains("1 of 2 points have other values in the outputs"), "{told}");
    assert!(told.contains("creport.txt is not what `libchar srt` would write now"), "{told}");
    sandbox.write("mismatch/results.csv", results);
    assert_eq!(run(&["report"]).1.matches("warning").count(), 0);

    // A changed log of a block.
    let log = format!("mismatch/{}", block_log(&sandbox));
    sandbox.write(&log, sandbox.read(&log) + "\n");
    assert!(checked().contains("WARN,simulations") || checked().contains("FAIL,outputs"));
    assert!(run(&["report"]).1.contains("1 of 2 points have other values in the outputs"));
}

/// The log of the first block of samples.
fn block_log(sandbox: &Sandbox) -> String {
    let blocks = sandbox.read("mismatch/blocks.csv");
    let row: Vec<&str> = blocks.lines().nth(1).unwrap().split(',').collect();
    let folder = format!("{}/{}", row[0], row[1]);
    let files = std::fs::read_dir(sandbox.path().join("mismatch").join(&folder)).unwrap();
    let mut names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    format!("{folder}/{}", names.find(|name| name.ends_with(".log")).unwrap())
}
