//! Files of libchar 0.1 can be read: a domain with its outputs, a backup set, a history, a model
//! registry, a baseline.

use crate::common::{Ran, Sandbox, repository};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

const POINTS: usize = 4;

/// Copies a fixture; the copies get the present time, as after a checkout.
fn lay(sandbox: &Sandbox, name: &str, to: &str) {
    let source = repository().join("testdata/written-by-0.1").join(name);
    let status = Command::new("cp").arg("-r").arg(source).arg(sandbox.path().join(to)).status();
    assert!(status.expect("cp runs").success());
}

/// The domain, with a simulator that prints the version that the results were made with, and
/// simulates nothing.
fn domain() -> Sandbox {
    let sandbox = Sandbox::new();
    lay(&sandbox, "domain", "d");
    let program = sandbox.write(
        "ngspice",
        "#!/bin/sh\n[ \"$1\" = --version ] || { echo called >>called; exit 9; }\n\
         echo '** ngspice-39 : Circuit level simulation program'\n",
    );
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let settings = sandbox.read("d/libchar.toml");
    let settings = format!("{settings}\n[simulators.ngspice]\nprogram = '{}'\n", program.display());
    sandbox.write("d/libchar.toml", settings);
    sandbox
}

fn run(sandbox: &Sandbox, args: &[&str]) -> Ran {
    let mut command = sandbox.command(&[&["-C", "d"], args].concat());
    for name in ["OMP_NUM_THREADS", "SPICE_LIB_DIR", "SPICE_SCRIPTS", "SPICE_EXEC_DIR"] {
        command.env_remove(name);
    }
    let output = command.env_remove("NGSPICE_INPUT_DIR").output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[test]
fn a_domain_is_done_and_nothing_is_simulated() {
    let sandbox = domain();
    let values = sandbox.read("d/results.csv");
    let ran = run(&sandbox, &["run"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, POINTS), "{}", ran.stderr);
    assert!(ran.stderr.contains("4 of 4 points done; 0 simulated now"), "{}", ran.stderr);
    assert!(!sandbox.path().join("d/called").exists());
    assert!(ran.stderr.contains("4 points that an earlier version simulated"), "{}", ran.stderr);
    let status = sandbox.read("d/TT/typical/typical_125/v1max/status.json");
    assert!(status.contains("\"adopted\": true") && status.contains("sim_tx.log"), "{status}");
    let again = run(&sandbox, &["run"]);
    assert!(!again.stderr.contains("earlier version"), "{}", again.stderr);
    for stage in ["ext", "srt"] {
        let ran = run(&sandbox, &[stage]);
        assert_eq!(ran.code, 0, "{stage}: {}", ran.stderr);
    }
    assert_eq!(sandbox.read("d/results.csv"), values);
    assert!(sandbox.read("d/creport.txt").contains("result: PASS"));
}

#[test]
fn a_point_whose_deck_or_outputs_changed_is_simulated() {
    for change in ["sim_tx.sp", "sim_tx.log"] {
        let sandbox = domain();
        let path = format!("d/TT/typical/typical_125/v1max/{change}");
        let text = sandbox.read(&path);
        sandbox
            .write(&path, if change.ends_with("sp") { text + "* x\n" } else { text[..500].into() });
        let ran = run(&sandbox, &["run", "--retries", "0"]);
        assert!(ran.stderr.contains("3 of 4 points done"), "{change}: {}", ran.stderr);
        assert!(sandbox.path().join("d/called").exists());
    }
}

#[test]
fn a_backup_set_verifies_and_restores() {
    let sandbox = domain();
    lay(&sandbox, "set", "d/00bkp_20261127010527");
    let ran = run(&sandbox, &["bkp", "verify", "00bkp_20261127010527"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = run(&sandbox, &["bkp", "restore", "00bkp_20261127010527", "--to", "again"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(sandbox.read("d/again/results.csv"), sandbox.read("d/results.csv"));
}

#[test]
fn a_history_is_listed_and_verified() {
    let sandbox = Sandbox::new();
    lay(&sandbox, "history.db", "h.db");
    let ran = sandbox.run(&["history", "list", "--history", "h.db"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for stage in ["gen", "flow"] {
        assert!(ran.stdout.contains(stage), "{}", ran.stdout);
    }
    let ran = sandbox.run(&["history", "verify", "--history", "h.db"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn a_model_predicts() {
    let sandbox = Sandbox::new();
    lay(&sandbox, "registry", "r");
    let ran = sandbox.run(&["litho-predict", "models", "--registry", "r", "list"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("v1,m89ad783a7288,candidate"), "{}", ran.stdout);
}

#[test]
fn a_baseline_judges_a_stream() {
    let sandbox = Sandbox::new();
    lay(&sandbox, "baseline.json", "b.json");
    let ran = sandbox.pipe(&["spc", "watch", "--baseline", "b.json", "-"], "x\n10.0\n99\n");
    assert_eq!(ran.code, 1, "{}{}", ran.stdout, ran.stderr);
}
