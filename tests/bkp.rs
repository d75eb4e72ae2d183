//! `libchar bkp`: sets of a domain, made, verified, restored, pruned.

use crate::common::points::{POINTS, domain, simulated};
use crate::common::{Ran, Sandbox, assert_schema};
use std::os::unix::fs::symlink;

fn simulated_domain() -> Sandbox {
    let sandbox = Sandbox::new();
    domain(&sandbox);
    simulated(&sandbox);
    sandbox.write("template/sim_tx.sp", "* template\n");
    sandbox.write(
        &format!("{}/status.json", POINTS[0]),
        "{\"status\":\"done\",\"class\":null,\"reason\":null,\"simulator\":\"ngspice\",\"version\":\"ngspice-39\"}",
    );
    assert_eq!(sandbox.run(&["ext"]).code, 0);
    assert_eq!(sandbox.run(&["srt"]).code, 0);
    sandbox
}

fn at(sandbox: &Sandbox, seconds: &str) -> Ran {
    let output = sandbox.command(&["bkp"]).env("SOURCE_DATE_EPOCH", seconds).output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[test]
fn a_set_holds_everything_but_older_sets_and_restores_to_the_same_domain() {
    let sandbox = simulated_domain();
    let ran = at(&sandbox, "1767323045");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "00bkp_20260102030405\n"), "{}", ran.stderr);
    assert_eq!(at(&sandbox, "1767323045").stdout, "00bkp_20260102030405_1\n");
    let manifest = sandbox.read("00bkp_20260102030405/manifest.json");
    assert_schema(&manifest);
    assert_eq!(
        manifest,
        sandbox.read("00bkp_20260102030405_1/manifest.json"),
        "no set within a set"
    );
    for part in [
        "\"config.cfg\"",
        "\"template/sim_tx.sp\"",
        "\"creport.txt\"",
        "\"results.csv\"",
        "\"measures/tphl.csv\"",
        "sim_tx.log",
        "ngspice-39",
        "libchar bkp restore",
    ] {
        assert!(manifest.contains(part), "{part}: {manifest}");
    }
    assert!(!manifest.contains(".libchar"));
    assert_eq!(sandbox.run(&["bkp", "verify", "--all"]).code, 0);

    let ran = sandbox.run(&["bkp", "restore", "00bkp_20260102030405", "--to", "again"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = sandbox.run(&["-C", "again", "ext"]);
    assert_eq!(ran.code, 0, "times are restored too, so nothing looks stale: {}", ran.stderr);
    assert_eq!(sandbox.read("again/results.csv"), sandbox.read("results.csv"));
    let ran = sandbox.run(&["bkp", "restore", "00bkp_20260102030405", "--to", "again"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("again exists; name a new folder: a restore never overwrites"),
        "{}",
        ran.stderr
    );
}

#[test]
fn verify_names_each_difference() {
    let sandbox = simulated_domain();
    at(&sandbox, "1767323045");
    let set = "00bkp_20260102030405";
    sandbox.write(&format!("{set}/creport.csv"), "changed\n");
    sandbox.write(&format!("{set}/new"), "x");
    std::fs::remove_file(sandbox.path().join(set).join("config.cfg")).unwrap();
    std::fs::remove_file(sandbox.path().join(set).join("points.csv")).unwrap();
    symlink("/etc/passwd", sandbox.path().join(set).join("points.csv")).unwrap();
    let ran = sandbox.run(&["bkp", "verify"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[0], "set,path,difference");
    assert_eq!(lines[1], "00bkp_20260102030405,config.cfg,missing");
    assert!(
        lines[2].starts_with("00bkp_20260102030405,creport.csv,8 bytes instead of "),
        "{lines:?}"
    );
    assert_eq!(lines[3], "00bkp_20260102030405,new,not in the manifest");
    assert_eq!(lines[4], "00bkp_20260102030405,points.csv,not a regular file");
    assert_schema(&sandbox.run(&["bkp", "verify", "--format", "json"]).stdout);
    let ran = sandbox.run(&["bkp", "restore", set, "--to", "again"]);
    assert_eq!(ran.code, 2);
    assert!(!sandbox.path().join("again").exists());
}

#[test]
fn a_manifest_that_leads_out_of_the_set_restores_nothing() {
    let sandbox = simulated_domain();
    at(&sandbox, "1767323045");
    let path = "00bkp_20260102030405/manifest.json";
    sandbox.write(path, sandbox.read(path).replace("\"config.cfg\"", "\"../../config.cfg\""));
    let ran = sandbox.run(&["bkp", "restore", "00bkp_20260102030405", "--to", "again"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.starts_with(
            "00bkp_20260102030405/manifest.json: the path \"../../config.cfg\" leads out of the set"
        ),
        "{}",
        ran.stderr
    );
    sandbox.write(path, &sandbox.read(path)[..100]);
    let ran = sandbox.run(&["bkp", "verify"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with("00bkp_20260102030405/manifest.json:"), "{}", ran.stderr);
    let ran = sandbox.run(&["bkp", "list"]);
    assert_eq!(ran.code, 1, "a set without a readable manifest is a finding");
}

#[test]
fn what_a_killed_backup_left_is_cleared_and_old_sets_are_pruned() {
    let sandbox = simulated_domain();
    sandbox.write(".libchar-bkp-20250101000000-1.tmp/half", "x");
    for seconds in ["1767323045", "1767323046", "1767323047"] {
        assert_eq!(at(&sandbox, seconds).code, 0);
    }
    assert!(!sandbox.path().join(".libchar-bkp-20250101000000-1.tmp").exists());
    assert_eq!(sandbox.run(&["bkp", "prune"]).code, 2, "nobody said how many stay");
    let ran = sandbox.run(&["bkp", "prune", "--keep", "1", "--dry-run"]);
    assert_eq!(ran.stdout, "set\n00bkp_20260102030405\n00bkp_20260102030406\n");
    sandbox.write("libchar.toml", "[bkp]\nkeep = 2\n");
    assert_eq!(sandbox.run(&["bkp", "prune"]).stdout, "set\n00bkp_20260102030405\n");
    let list = sandbox.run(&["bkp", "list"]).stdout;
    assert_eq!(list.lines().count(), 3, "{list}");
    assert_schema(&sandbox.run(&["bkp", "list", "--format", "json"]).stdout);
}

#[test]
fn tables_and_project_file_that_domains_share_are_in_the_set() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "[tables]\npath = '../shared'\n");
    sandbox.write("shared/table_corner_list.csv", "TT,typical,0,0,0,0\n");
    sandbox.write("gpio/config.cfg", "simulator=ngspice\n");
    let ran = sandbox.run(&["-C", "gpio", "bkp"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let manifest = sandbox.read(&format!("gpio/{}/manifest.json", ran.stdout.trim()));
    assert!(
        manifest.contains("\"libchar.toml\"")
            && manifest.contains("\"outside/configuration/table_corner_list.csv\""),
        "{manifest}"
    );
}

#[test]
fn a_folder_that_is_no_domain_is_not_backed_up() {
    let ran = Sandbox::new().run(&["bkp"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no config.cfg here"), "{}", ran.stderr);
}
