//! When a point counts as done: the key covers everything that the simulator reads, and the outputs
//! have the recorded hashes.

use crate::common::standin::{HEADER, domain, id, point, starts, status};
use crate::common::{Sandbox, repository};
use std::fs;

/// Runs with these variables set; returns the summary line.
fn run_with(sandbox: &Sandbox, args: &[&str], variables: &[(&str, &str)]) -> String {
    let output =
        sandbox.command(args).envs(variables.iter().copied()).output().expect("libchar runs");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A domain of one point whose deck contains this line.
fn with_line(line: &str) -> Sandbox {
    let sandbox = domain(1, |_| "");
    let deck = format!("* title\n{line}\n.include 'body.inc'\n.temp 25\n.end\n");
    sandbox.write("points.csv", HEADER.to_owned() + &point(&sandbox, "v0", &deck));
    sandbox
}

#[test]
fn files_that_only_the_environment_finds_are_part_of_the_key() {
    for (line, file, variables) in [
        (".include ~/pdk/x.inc", "home/pdk/x.inc", &[][..]),
        (".lib \"~/pdk/x.lib\" tt", "home/pdk/x.lib", &[]),
        (".include y.inc", "input/y.inc", &[("NGSPICE_INPUT_DIR", "input")]),
        ("vin a 0 pwl file=data.csv", "TT/typical/typical_25/v0/data.csv", &[]),
        (".control\npre_osdi ~/model.osdi\n.endc", "home/model.osdi", &[]),
    ] {
        let sandbox = with_line(line);
        sandbox.write(file, ".lib tt\n.param rr=1k\n.endl\n");
        for (content, expected) in [("same", 1), ("same", 1), ("changed", 2), ("changed", 2)] {
            if content == "changed" {
                sandbox.write(file, ".lib tt\n.param rr=3k\n.endl\n");
            }
            let said = run_with(&sandbox, &["run"], variables);
            assert_eq!(starts(&sandbox, 0), expected, "{line}: {said}");
            assert!(!said.contains("does not find"), "{line}: {said}");
        }
        // Without the variable, the name leads to another file, or to none.
        if !variables.is_empty() {
            run_with(&sandbox, &["run"], &[]);
            assert_eq!(starts(&sandbox, 0), 3, "{line}");
        }
    }
}

#[test]
fn variables_in_names_mean_files_for_the_hspice_family() {
    for simulator in ["hspice", "primesim", "spectre"] {
        let sandbox = Sandbox::new();
        let program = repository().join("testdata/bin/standin");
        sandbox.write(
            "libchar.toml",
            format!("[simulators.{simulator}]\nprogram = '{}'\n", program.display()),
        );
        sandbox.write("config.cfg", format!("simulator={simulator}\n"));
        let deck =
            "t\n.include '$PDK/x.inc'\n.include '${PDK}/y.inc'\n.meas tran tphl max v(a)\n.end\n";
        sandbox.write("points.csv", HEADER.to_owned() + &point(&sandbox, "v0", deck));
        sandbox.write("pdk/x.inc", "* one\n");
        sandbox.write("pdk/y.inc", "* one\n");
        let run = |simulated: &str| {
            let said = run_with(&sandbox, &["run"], &[("PDK", "pdk")]);
            assert!(said.contains(&format!("{simulated} simulated now")), "{simulator}: {said}");
        };
        run("1");
        run("0");
        sandbox.write("pdk/y.inc", "* two\n");
        run("1");
        run("0");
    }
}

#[test]
fn a_file_that_nobody_finds_makes_a_point_never_done() {
    let sandbox = with_line(".include nowhere.inc");
    for times in 1..3 {
        let ran = sandbox.run(&["run"]);
        assert_eq!((ran.code, starts(&sandbox, 0)), (0, times), "{}", ran.stderr);
        let expected = "1 of 1 deck names a file that libchar does not find, first `nowhere.inc` in \
                        TT/typical/typical_25/v0/sim_tx.sp: whether it changed is not known, so such a point is \
                        simulated at every run";
        assert!(ran.stderr.contains(expected), "{}", ran.stderr);
    }
    sandbox.write("nowhere.inc", "* here\n");
    sandbox.run(&["run"]);
    sandbox.run(&["run"]);
    assert_eq!(starts(&sandbox, 0), 3);
}

#[test]
fn start_up_files_are_part_of_the_key() {
    let sandbox = domain(1, |_| "");
    let settings = sandbox.read("libchar.toml").replace("[run]\n", "[run]\ninit_files = true\n");
    sandbox.write("libchar.toml", settings);
    sandbox.write(".spiceinit", "option reltol=1e-3\n");
    for (text, expected) in [("1e-3", 1), ("1e-3", 1), ("1e-2", 2), ("1e-2", 2)] {
        sandbox.write(".spiceinit", format!("option reltol={text}\n"));
        sandbox.run(&["run"]);
        assert_eq!(starts(&sandbox, 0), expected);
    }
    sandbox.write("home/.spiceinit", "set ngbehavior=hs\n");
    sandbox.run(&["run"]);
    assert_eq!(starts(&sandbox, 0), 3, "the user's own, should the other one go");
}

#[test]
fn outputs_that_are_not_what_the_simulation_left_are_simulated_again() {
    let sandbox = domain(3, |_| "");
    assert_eq!(sandbox.run(&["run"]).code, 0);
    assert_eq!(sandbox.run(&["ext"]).code, 0);
    let log = format!("{}/sim_tx.log", id(1));
    let whole = sandbox.read(&log);
    let edits =
        [whole.replace("2.427092e-11", "9.427092e-11"), whole[..whole.len() - 30].to_owned()];
    for (i, edit) in edits.iter().enumerate() {
        sandbox.write(&log, edit);
        let ran = sandbox.run(&["ext"]);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(ran.stderr.contains("`libchar run` simulates the point again"), "{}", ran.stderr);
        assert!(!sandbox.read("results.csv").contains("9.4"), "{}", sandbox.read("results.csv"));
        let ran = sandbox.run(&["run"]);
        assert!(ran.stderr.contains("3 of 3 points done; 1 simulated now"), "{}", ran.stderr);
        assert_eq!((starts(&sandbox, 0), starts(&sandbox, 1)), (1, i + 2));
        assert_eq!(sandbox.run(&["ext"]).code, 0);
    }
}

#[test]
fn a_measure_file_of_an_earlier_run_is_no_output_of_this_one() {
    let sandbox = Sandbox::new();
    let program = repository().join("testdata/bin/standin");
    sandbox
        .write("libchar.toml", format!("[simulators.hspice]\nprogram = '{}'\n", program.display()));
    sandbox.write("config.cfg", "simulator=hspice\n");
    let deck = "t\n.meas tran tphl trig v(in) val=0.5 rise=1 targ v(out) val=0.5 fall=1\n.end\n";
    sandbox.write("points.csv", HEADER.to_owned() + &point(&sandbox, "v0", deck));
    assert_eq!(sandbox.run(&["run"]).code, 0);
    let stale = format!("{}/sim_tx.mt1", id(0));
    sandbox.write(&stale, sandbox.read(&format!("{}/sim_tx.mt0", id(0))));
    // Both report that it does not belong there.
    let ran = sandbox.run(&["ext"]);
    assert!(
        ran.code == 1 && ran.stderr.contains("sim_tx.mt1 belongs to another simulation"),
        "{}",
        ran.stderr
    );
    assert!(sandbox.run(&["run"]).stderr.contains("1 simulated now"));
    assert!(!sandbox.path().join(&stale).exists());
    assert_eq!(sandbox.run(&["ext"]).code, 0);
}

#[test]
fn a_repetition_that_fails_keeps_the_last_good_result() {
    let sandbox = domain(2, |i| if i == 0 { "slow3" } else { "" });
    assert_eq!(sandbox.run(&["run"]).code, 0);
    let before = (sandbox.read(&format!("{}/sim_tx.log", id(0))), status(&sandbox, 0));
    let ran =
        sandbox.run(&["run", "--again", "--timeout", "20ms", "--retries", "0", "--point", "*/v0"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("timeout: the time was over; the earlier result stays"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("1 of 1 point done; 1 simulated now; 1 failed this time"),
        "{}",
        ran.stderr
    );
    assert_eq!((sandbox.read(&format!("{}/sim_tx.log", id(0))), status(&sandbox, 0)), before);
    assert_eq!(sandbox.run(&["ext"]).code, 0);
    assert!(sandbox.run(&["run"]).stderr.contains("2 of 2 points done; 0 simulated now"));
}

/// A breaker that opens, and retries that were not awaited, do not affect the results of points
/// that are done.
#[test]
fn a_repetition_that_is_held_keeps_the_last_good_results() {
    let sandbox = domain(30, |_| "");
    assert_eq!(sandbox.run(&["run"]).code, 0);
    let ran = sandbox.run(&["run", "--again", "--timeout", "1ms", "-j", "1", "--no-batch"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("HELD: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("30 of 30 points done; "), "{}", ran.stderr);
    assert!(ran.stderr.contains("were not simulated again and keep"), "{}", ran.stderr);
    assert_eq!(sandbox.run(&["ext"]).code, 0);
}

#[test]
fn ext_says_what_changed_since_the_simulation() {
    let sandbox = domain(2, |_| "");
    assert_eq!(sandbox.run(&["run"]).code, 0);
    sandbox.write("body.inc", sandbox.read("body.inc") + "* changed\n");
    let ran = sandbox.run(&["ext"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stderr.contains(
            "2 of 2 points were simulated with another deck or other files than those of now"
        ),
        "{}",
        ran.stderr
    );
    sandbox.run(&["run"]);
    assert!(!sandbox.run(&["ext"]).stderr.contains("another deck"));
    fs::remove_file(sandbox.path().join(".libchar/run/seen.json")).ok();
    assert!(
        sandbox.run(&["run"]).stderr.contains("0 simulated now"),
        "hashes tell it without times"
    );
}
