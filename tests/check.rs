//! `libchar check` from the command line.

use crate::common::{Ran, Sandbox, assert_schema};
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// The inverter example, simulated by a stand-in that prints a version.
fn domain() -> Sandbox {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/inverter-pvt");
    let program = sandbox.write("bin/ngspice", "#!/bin/sh\necho '** ngspice-99 : stand-in'\n");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let mut settings = sandbox.read("inverter-pvt/libchar.toml");
    settings.push_str(&format!("\n[simulators.ngspice]\nprogram = '{}'\n", program.display()));
    fs::write(folder.join("libchar.toml"), settings).unwrap();
    sandbox
}

/// The lines of a check that are not about this machine.
fn check(sandbox: &Sandbox, code: i32) -> String {
    let Ran { code: got, stdout, stderr } =
        sandbox.run(&["-C", "inverter-pvt", "check", "--format", "csv"]);
    assert_eq!((got, stderr.as_str()), (code, ""), "{stdout}");
    let machine = |line: &&str| !line.contains(",disk,") && !line.contains(",memory,");
    stdout.lines().filter(machine).map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_sound_domain_passes() {
    let sandbox = domain();
    insta::assert_snapshot!(check(&sandbox, 0), @"
    status,check,detail
    PASS,simulator,ngspice-99 : stand-in
    PASS,domain,84 points out of the tables and template/sim_tx.sp
    PASS,models,2 files that the decks read can be read
    WARN,decks,not generated yet: run `libchar gen`
    PASS,lock,free
    PASS,leftovers,none
    ");
    assert!(!sandbox.path().join("inverter-pvt/.libchar").exists(), "a check writes nothing");
    assert_eq!(sandbox.run(&["-C", "inverter-pvt", "gen"]).code, 0);
    assert!(check(&sandbox, 0).contains("PASS,decks,84 as generated\n"));
    let ran = sandbox.run(&["-C", "inverter-pvt", "check", "--json"]);
    assert_schema(&ran.stdout);
}

#[test]
fn what_a_run_would_stumble_over_fails() {
    let sandbox = domain();
    fs::remove_file(sandbox.path().join("inverter-pvt/models/core.inc")).unwrap();
    fs::remove_file(sandbox.path().join("bin/ngspice")).unwrap();
    let library = sandbox.read("inverter-pvt/models/generic45.lib").replace(".lib SFG", ".lib SFX");
    sandbox.write("inverter-pvt/models/generic45.lib", library);
    let report = check(&sandbox, 1).replace(&sandbox.path().display().to_string(), "DIR");
    insta::assert_snapshot!(report, @"
    status,check,detail
    FAIL,simulator,the simulator `DIR/bin/ngspice` does not run: cannot start DIR/bin/ngspice: No such file or directory (os error 2)
    PASS,domain,84 points out of the tables and template/sim_tx.sp
    FAIL,models,core.inc (read by models/generic45.lib) cannot be read: No such file or directory (os error 2)
    FAIL,models,models/generic45.lib has no section `sfg`
    WARN,decks,not generated yet: run `libchar gen`
    PASS,lock,free
    PASS,leftovers,none
    ");
    assert_eq!(sandbox.run(&["-C", "inverter-pvt", "check", "--exit-zero"]).code, 0);
}

#[test]
fn faults_of_the_files_are_lines_of_the_report() {
    let sandbox = domain();
    sandbox.write("inverter-pvt/config.cfg", "simulator=ngspice\nmode=prelayout\ncorner=TT\n");
    sandbox.write("inverter-pvt/configuration/table_supply_list_ac.csv", "v1min,0.9\nv1min,x\n");
    insta::assert_snapshot!(check(&sandbox, 1), @r#"
    status,check,detail
    FAIL,domain,"config.cfg:2:6: `mode` is `prelayout`; expected one of: prelay, postlay; did you mean `prelay`?"
    PASS,lock,free
    PASS,leftovers,none
    "#);
    sandbox.write("inverter-pvt/config.cfg", "simulator=ngspice\ncorner=TT\n");
    insta::assert_snapshot!(check(&sandbox, 1), @"
    status,check,detail
    PASS,simulator,ngspice-99 : stand-in
    FAIL,domain,configuration/table_supply_list_ac.csv:2:1: the supply `v1min` occurs twice
    FAIL,domain,configuration/table_supply_list_ac.csv:2:7: `x` in column `vccn` is not a finite number
    PASS,lock,free
    PASS,leftovers,none
    ");
}

#[test]
fn leftovers_and_foreign_tables_are_warnings() {
    let sandbox = domain();
    assert_eq!(sandbox.run(&["-C", "inverter-pvt", "gen"]).code, 0);
    sandbox.write("inverter-pvt/TT/.libchar-x1.tmp", "torn");
    sandbox.write("inverter-pvt/TT/typical/typical_85/v1nom/sim_tx.sp", "edited");
    let config = sandbox.read("inverter-pvt/config.cfg").replace("vccn=1p1v", "vccn=1p8v");
    sandbox.write("inverter-pvt/config.cfg", config + "corner=TT SS\n");
    sandbox.write(
        "inverter-pvt/template/sim_tx.sp",
        sandbox.read("inverter-pvt/template/sim_tx.sp").replace(".temp {{ temp }}\n", ""),
    );
    let report = check(&sandbox, 0);
    insta::assert_snapshot!(report.trim_end(), @r#"
    status,check,detail
    PASS,simulator,ngspice-99 : stand-in
    PASS,domain,24 points out of the tables and template/sim_tx.sp
    WARN,template,"the decks of all 4 temperature values (m40, 85, 100, 125) are equal but for titles, comments and unused parameters: the temperature has no effect there"
    WARN,supplies,vccn=1p8v is not between the 0.99 V and 1.21 V of the supplies
    PASS,models,2 files that the decks read can be read
    WARN,decks,0 of 24 are as gen would write them: run `libchar gen`
    WARN,simulations,"0 of 84 points are done: `libchar run` simulates the others; the first is TT/typical/typical_m40/v1min, which is not simulated yet"
    WARN,leftovers,"60 folders are no longer points, FF/typical/typical_100/v1max the first; gen --prune removes them"
    PASS,lock,free
    WARN,leftovers,TT/.libchar-x1.tmp was left by a libchar that was killed
    "#);
}

#[test]
fn thresholds_of_disk_and_memory_can_be_set() {
    let sandbox = domain();
    for (key, check) in [("DISK", "disk"), ("MEMORY", "memory")] {
        let output = sandbox
            .command(&["-C", "inverter-pvt", "check", "--format", "csv"])
            .env(format!("LIBCHAR_CHECK_{key}_FREE_GB"), "1e9")
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(&format!("WARN,{check},")), "{text}");
        assert!(text.contains(&format!("less than the 1000000000 GB of check.{check}_free_gb")));
    }
}

#[test]
fn another_libchar_in_the_domain_is_named() {
    let sandbox = domain();
    let path = sandbox.write("inverter-pvt/.libchar/lock", "pid 4711: libchar run");
    let held = fs::File::open(path).unwrap();
    held.try_lock().unwrap();
    let report = check(&sandbox, 0);
    assert!(
        report.contains("WARN,lock,another libchar works here (pid 4711: libchar run)\n"),
        "{report}"
    );
    drop(held);
    assert!(check(&sandbox, 0).contains("PASS,lock,free\n"));
}

#[test]
fn thresholds_of_the_machine_and_overdue_backups_become_alerts_once() {
    let sandbox = domain();
    let own = sandbox.read("inverter-pvt/libchar.toml");
    let limits = "[alerts]\nmemory_percent = 0\ndisk_percent = 100\n[bkp]\nmax_age = '1d'\n";
    sandbox.write("inverter-pvt/libchar.toml", format!("{own}\n{limits}"));
    let check = ["-C", "inverter-pvt", "check", "--format", "csv"];
    let alerts = || {
        let listed = sandbox.run(&["-C", "inverter-pvt", "alerts", "--format", "json"]);
        let listed: serde_json::Value = serde_json::from_str(&listed.stdout).unwrap();
        let rows = listed["rows"].as_array().cloned().unwrap_or_default();
        rows.iter().map(|row| row["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let ran = sandbox.run(&check);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let said = "WARN,machine,\"most of the machine's memory is in use: ";
    assert!(ran.stdout.contains(said), "{}", ran.stdout);
    assert!(!ran.stdout.contains("disk_percent"), "{}", ran.stdout);
    assert!(alerts().is_empty(), "a check without --raise writes nothing");
    for _ in 0..2 {
        assert_eq!(sandbox.run(&[&check[..], &["--raise"]].concat()).code, 0);
        let raised = alerts();
        assert_eq!(raised.len(), 2, "{raised:?}");
        assert!(raised.iter().any(|message| message == "most of the machine's memory is in use"));
        let overdue = |message: &String| {
            message.starts_with("no backup of /")
                && message.ends_with("verified within bkp.max_age")
        };
        assert!(raised.iter().any(overdue), "{raised:?}");
    }
}
