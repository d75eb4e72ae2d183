//! `libchar run`: what is simulated, what counts as done, how failures are reported, how a run is
//! stopped and resumed.

use crate::common::standin::{HEADER, domain, point, starts, status};
use crate::common::{Sandbox, repository, wait_for};
use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

#[test]
fn every_way_to_fail_has_its_class() {
    let faults = [
        ("", "null"),
        ("licence", "licence"),
        ("disk", "file-system"),
        ("crash", "crash"),
        ("half", "incomplete"),
        ("empty", "incomplete"),
        ("exit-after-good", "exit"),
        ("zero-after-bad", "convergence"),
        ("singular", "singular"),
        ("temperature", "temperature"),
        ("measure", "measure"),
        ("netlist", "netlist"),
        ("hang", "timeout"),
    ];
    let sandbox = domain(faults.len(), |i| faults[i].0);
    let ran = sandbox.run(&["run", "--retries", "0", "--timeout", "2s", "-j", "4"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (1, "TT/typical/typical_25/v0\n"),
        "{}",
        ran.stderr
    );
    for (i, (fault, class)) in faults.iter().enumerate() {
        let status = status(&sandbox, i);
        assert_eq!(status["class"].to_string().trim_matches('"'), *class, "{fault}: {status}");
        let expected = match *class {
            "null" => "done",
            "timeout" => "timeout",
            _ => "failed",
        };
        assert_eq!(status["status"], expected, "{fault}");
    }
    assert!(
        ran.stderr.contains(
            "TT/typical/typical_25/v9: temperature: simulated at 27.000000 C instead of 25 C"
        ),
        "{}",
        ran.stderr
    );
    let row = "TT/typical/typical_25/v6,failed,exit,exit code 3,1,false,,\n";
    assert!(sandbox.read("run.csv").contains(row), "{}", sandbox.read("run.csv"));
}

#[test]
fn a_second_run_does_only_what_is_missing_failed_or_changed() {
    let sandbox = domain(5, |i| if i == 1 { "measure until 1" } else { "" });
    assert_eq!(sandbox.run(&["run"]).code, 1);
    assert_eq!(sandbox.run(&["run"]).code, 0);
    assert_eq!((0..5).map(|i| starts(&sandbox, i)).collect::<Vec<_>>(), [1, 2, 1, 1, 1]);
    // Nothing is left to do.
    let ran = sandbox.run(&["run"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 5));
    assert!(ran.stderr.contains("5 of 5 points done; 0 simulated now"), "{}", ran.stderr);
    // A log that is missing, a deck that changed, a status that is incomplete.
    fs::remove_file(sandbox.path().join("TT/typical/typical_25/v0/sim_tx.log")).unwrap();
    let deck = "TT/typical/typical_25/v2/sim_tx.sp";
    sandbox.write(deck, sandbox.read(deck) + "* edited\n");
    sandbox.write("TT/typical/typical_25/v3/status.json", "{\"schema\"");
    let ran = sandbox.run(&["run"]);
    assert!(ran.stderr.contains("1 of 5 decks are not those of points.csv"), "{}", ran.stderr);
    assert_eq!((0..5).map(|i| starts(&sandbox, i)).collect::<Vec<_>>(), [2, 2, 2, 2, 1]);
    // A change of a file that every deck includes.
    sandbox.write("body.inc", sandbox.read("body.inc") + "* changed\n");
    sandbox.run(&["run"]);
    assert_eq!((0..5).map(|i| starts(&sandbox, i)).collect::<Vec<_>>(), [3, 3, 3, 3, 2]);
    // A change of a variable that affects the simulator's results.
    sandbox.command(&["run"]).env("SPICE_SCRIPTS", "/elsewhere").output().unwrap();
    assert_eq!(starts(&sandbox, 4), 3);
}

#[test]
fn failures_that_may_pass_are_tried_again_and_told_as_flaky() {
    let faults = ["licence until 2", "crash", "licence"];
    let sandbox = domain(3, |i| faults[i]);
    let ran = sandbox.run(&["run", "--retries", "2"]);
    assert_eq!(ran.code, 1);
    assert_eq!((0..3).map(|i| starts(&sandbox, i)).collect::<Vec<_>>(), [3, 1, 3]);
    let flaky = status(&sandbox, 0);
    assert_eq!(
        (&flaky["status"], &flaky["attempts"], &flaky["flaky"]),
        (&"done".into(), &3.into(), &true.into())
    );
    let attempts = sandbox.read(".libchar/run/attempts.jsonl");
    assert_eq!(attempts.lines().count(), 7, "{attempts}");
    assert!(ran.stderr.contains("1 of 3 points done (1 flaky), 2 failed"), "{}", ran.stderr);
}

#[test]
fn time_outs_and_faults_of_the_file_system_may_pass_too() {
    let faults = ["hang until 1", "disk until 1", "half until 1", "exit-after-good until 1"];
    let sandbox = domain(4, |i| faults[i]);
    let ran = sandbox.run(&["run", "--timeout", "1s", "-j", "4"]);
    assert_eq!(ran.code, 1);
    let ends = [0, 1, 2, 3].map(|i| status(&sandbox, i)["status"].clone());
    assert_eq!(ends, ["done", "done", "failed", "failed"], "{}", ran.stderr);
    assert_eq!((0..4).map(|i| starts(&sandbox, i)).collect::<Vec<_>>(), [2, 2, 1, 1]);
    assert_eq!(sandbox.run(&["run"]).code, 0);
}

#[test]
fn a_simulator_ends_with_all_that_it_started_whatever_it_does() {
    let faults = ["stubborn", "daemon"];
    let sandbox = domain(2, |i| faults[i]);
    let began = Instant::now();
    let ran = sandbox.run(&["run", "--retries", "0", "--timeout", "1s", "-j", "2"]);
    assert_eq!(ran.stdout, "TT/typical/typical_25/v1\n", "{}", ran.stderr);
    assert_eq!(status(&sandbox, 0)["class"], "timeout");
    assert_eq!(processes_of(&sandbox), Vec::<String>::new());
    // SIGKILL comes ten seconds after SIGTERM.
    assert!(began.elapsed().as_secs() >= 11, "{:?}", began.elapsed());
}

#[test]
fn points_that_are_held_stay_what_they_were() {
    let sandbox = domain(12, |_| "netlist");
    for counts in [[10, 2], [10, 2]] {
        let ran = sandbox.run(&["run", "-j", "1"]);
        assert!(ran.stderr.contains("HELD: "), "{}", ran.stderr);
        let table = sandbox.read("run.csv");
        let found = [",failed,netlist,", ",missing,"].map(|text| table.matches(text).count());
        assert_eq!(found, counts, "{table}");
    }
}

#[test]
fn the_breaker_holds_the_rest_and_the_next_run_probes() {
    let sandbox = domain(30, |_| "netlist until 1");
    let ran = sandbox.run(&["run", "-j", "1"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("HELD: 10 failures in a row: netlist"), "{}", ran.stderr);
    let started = (0..30).filter(|&i| starts(&sandbox, i) > 0).count();
    assert!((10..=12).contains(&started), "{started}");
    // The cause is removed for the points that were not tried; the probe is the first of them.
    for i in started..30 {
        sandbox.write(&format!("faults/TT_typical_typical_25_v{i}_sim_tx.sp"), "x\n");
    }
    let ran = sandbox.run(&["run", "-j", "4"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn points_come_from_standard_input_as_ids_or_tables() {
    for input in [
        "TT/typical/typical_25/v1\n",
        "{\"point\":\"TT/typical/typical_25/v1\",\"x\":1}\n",
        "x,point\n1,TT/typical/typical_25/v1\n",
    ] {
        let sandbox = domain(3, |_| "");
        let ran = sandbox.pipe(&["run", "-"], input);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (0, "TT/typical/typical_25/v1\n"),
            "{}",
            ran.stderr
        );
    }
    let ran = domain(3, |_| "")
        .pipe(&["run", "-"], "TT/typical/typical_25/v1\nTT/typical/typical_25/w1\n");
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.stderr,
        "-:2:1: `TT/typical/typical_25/w1` is not a point of points.csv\n  \
         expected an id such as those that `libchar gen` prints\n  did you mean `TT/typical/typical_25/v1`?\n"
    );
}

#[test]
fn arguments_select_and_order() {
    let sandbox = domain(6, |i| if i == 4 { "measure" } else { "" });
    let dry = |args: &[&str]| {
        let ran = sandbox.run(&[&["run", "--dry-run"], args].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout.lines().map(|id| id.rsplit('/').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(dry(&["--point", "*/v2", "--point", "*v5"]), ["v2", "v5"]);
    assert_eq!(dry(&["--sample", "3"]), ["v0", "v2", "v5"]);
    assert_eq!(dry(&["--priority", "*v5", "--sample", "2"]), ["v5", "v0"]);
    let ran = sandbox.run(&["run", "--corner", "TX"]);
    assert_eq!(ran.stderr, "--corner: unknown corner `TX`\n  expected one of: TT\n");
    sandbox.run(&["run"]);
    assert_eq!(dry(&["--failed"]), ["v4"]);
}

#[test]
fn an_interrupt_ends_the_simulations_and_the_next_run_goes_on() {
    let sandbox = domain(4, |i| if i < 2 { "slow1" } else { "hang until 1" });
    let mut child = sandbox
        .command(&["run", "-j", "2"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for("two simulations that hang", || (2..4).all(|i| starts(&sandbox, i) > 0));
    signal("INT", child.id());
    let code = child.wait().unwrap().code();
    assert_eq!(code, Some(130));
    assert_eq!(processes_of(&sandbox), Vec::<String>::new());
    let ran = sandbox.run(&["run", "-j", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!((0..4).map(|i| starts(&sandbox, i)).collect::<Vec<_>>(), [1, 1, 2, 2]);
}

#[test]
fn simulations_that_outlive_a_killed_run_are_awaited_and_not_repeated() {
    let sandbox = domain(3, |_| "slow9");
    let mut child = sandbox.command(&["run", "-j", "3"]).stderr(Stdio::null()).spawn().unwrap();
    wait_for("three simulations", || (0..3).all(|i| starts(&sandbox, i) > 0));
    child.kill().unwrap();
    child.wait().unwrap();
    let ran = sandbox.run(&["run"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("waiting for"), "{}", ran.stderr);
    assert_eq!((0..3).map(|i| starts(&sandbox, i)).collect::<Vec<_>>(), [1, 1, 1]);
}

#[test]
fn orphans_can_be_ended() {
    let sandbox = domain(1, |_| "hang until 1");
    let mut child = sandbox.command(&["run"]).stderr(Stdio::null()).spawn().unwrap();
    wait_for("the simulation", || starts(&sandbox, 0) > 0);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_ne!(processes_of(&sandbox), Vec::<String>::new());
    let ran = sandbox.run(&["run", "--kill-orphans"]);
    assert_eq!((ran.code, starts(&sandbox, 0)), (0, 2), "{}", ran.stderr);
    assert_eq!(processes_of(&sandbox), Vec::<String>::new());
}

#[test]
fn hspice_kin_are_called_as_described() {
    for (name, expected) in [
        ("hspice", "-mt\n4\n-i\nDECK\n-o\nOUT\n"),
        ("primesim", "-mt\n4\nDECK\n-o\nOUT\n"),
        ("finesim", "-np\n4\n-o\nOUT\nDECK\n"),
        ("xyce", "-o\nOUT\nDECK\n"),
        ("spectre", "+mt=4\n-raw\nOUT.raw\n+log\nOUT.log\n-format\npsfascii\nDECK\n"),
    ] {
        let sandbox = Sandbox::new();
        let program = repository().join("testdata/bin/standin");
        sandbox.write(
            "libchar.toml",
            format!("[simulators.{name}]\nprogram = '{}'\n", program.display()),
        );
        sandbox.write("config.cfg", format!("simulator={name}\nCPU=4\n"));
        let deck =
            "t\n.meas tran tphl trig v(in) val=0.5 rise=1 targ v(out) val=0.5 fall=1\n.end\n";
        sandbox.write("points.csv", HEADER.to_owned() + &point(&sandbox, "v0", deck));
        let ran = sandbox.run(&["run"]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        let call = sandbox.read("calls/TT_typical_typical_25_v0_sim_tx.sp");
        let work = call
            .lines()
            .find_map(|line| line.find(".libchar/run/").map(|at| line[at..].to_owned()))
            .unwrap();
        let out = work.trim_end_matches(".raw").trim_end_matches(".log");
        let call = call.replace(out, "OUT").replace("TT/typical/typical_25/v0/sim_tx.sp", "DECK");
        assert_eq!(call, format!("{expected}stdin=0\n"), "{name}");
        assert!(sandbox.read("TT/typical/typical_25/v0/sim_tx.mt0").contains("2.4e-11"));
    }
}

#[test]
fn a_missing_simulator_or_deck_is_named() {
    let sandbox = domain(1, |_| "");
    sandbox.write(
        "libchar.toml",
        "[simulators.faulty]\nbase = 'ngspice'\nprogram = '/nowhere/ngspice'\n",
    );
    let ran = sandbox.run(&["run"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains(
            "the simulator `/nowhere/ngspice` does not run: cannot start /nowhere/ngspice"
        ),
        "{}",
        ran.stderr
    );
    let sandbox = domain(1, |_| "");
    fs::remove_file(sandbox.path().join("TT/typical/typical_25/v0/sim_tx.sp")).unwrap();
    let ran = sandbox.run(&["run"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.starts_with("TT/typical/typical_25/v0/sim_tx.sp: cannot read the deck"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_status_keeps_to_its_schema() {
    let sandbox = domain(1, |_| "measure");
    sandbox.run(&["run"]);
    let schema: serde_json::Value = serde_json::from_str(
        &fs::read_to_string(repository().join("docs/schemas/status.json")).unwrap(),
    )
    .unwrap();
    let status = status(&sandbox, 0);
    let status = status.as_object().unwrap();
    let required: Vec<&str> =
        schema["required"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
    assert_eq!(status.keys().map(String::as_str).collect::<Vec<_>>(), required);
    let classes = schema["properties"]["class"]["enum"].as_array().unwrap();
    assert!(classes.contains(&status["class"]));
}

#[test]
fn nothing_in_a_value_reaches_a_shell() {
    let sandbox = domain(1, |_| "");
    sandbox.write(
        "libchar.toml",
        format!(
            "[simulators.faulty]\nbase = 'ngspice'\nprogram = '{}'\nargs = ['-b', '$(touch pwned)', '; touch pwned', '{{deck}}']\n\
             env = {{ X = '`touch pwned`' }}\n",
            repository().join("testdata/bin/faulty-ngspice").display()
        ),
    );
    assert_eq!(sandbox.run(&["run"]).code, 0);
    assert!(!sandbox.path().join("pwned").exists());
}

fn signal(name: &str, pid: u32) {
    assert!(
        Command::new("kill")
            .args([&format!("-{name}"), &pid.to_string()])
            .status()
            .unwrap()
            .success()
    );
}

/// Command lines of the processes that work in the sandbox.
fn processes_of(sandbox: &Sandbox) -> Vec<String> {
    let folder = fs::canonicalize(sandbox.path()).unwrap();
    fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter(|entry| fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd == folder))
        .filter_map(|entry| fs::read_to_string(entry.path().join("cmdline")).ok())
        .filter(|line| !line.is_empty())
        .collect()
}
