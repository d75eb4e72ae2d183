//! The Makefile of docs/flow.md, with the real make: after any edit, one call is enough, and a
//! second one does nothing.

use crate::common::{Sandbox, has_ngspice, repository};
use std::path::Path;
use std::process::Command;

fn domain() -> Option<Sandbox> {
    if !has_ngspice() || Command::new("make").arg("--version").output().is_err() {
        eprintln!("skipped: ngspice or make is not installed");
        return None;
    }
    let sandbox = Sandbox::new();
    sandbox.copy("examples/inverter-pvt");
    let config = sandbox.read("inverter-pvt/config.cfg") + "corner=TT SS\ntemperature=85\n";
    sandbox.write("inverter-pvt/config.cfg", config);
    let page = std::fs::read_to_string(repository().join("docs/flow.md")).expect("the page");
    let block = page.split("```make\n").nth(1).and_then(|rest| rest.split("```").next());
    sandbox.write("inverter-pvt/Makefile", block.expect("a Makefile"));
    Some(sandbox)
}

/// Exit code, and the output of make and libchar.
fn make(sandbox: &Sandbox) -> (i32, String) {
    let folder = Path::new(env!("CARGO_BIN_EXE_libchar")).parent().expect("a folder");
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").expect("a PATH"));
    let output = Command::new("make")
        .current_dir(sandbox.path().join("inverter-pvt"))
        .env("PATH", path)
        .env("HOME", sandbox.path().join("home"))
        .env_remove("MAKEFLAGS")
        .output()
        .expect("make");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&said).into_owned())
}

fn nothing_to_do(sandbox: &Sandbox, after: &str) {
    let (code, said) = make(sandbox);
    assert_eq!((code, said.contains("Nothing to be done")), (0, true), "after {after}: {said}");
}

#[test]
fn every_edit_is_due_once() {
    let Some(sandbox) = domain() else { return };
    let (code, said) = make(&sandbox);
    assert_eq!((code, said.contains("Circular")), (0, false), "{said}");
    nothing_to_do(&sandbox, "the first make");
    let edits = [
        ("libchar.toml", "max = '30p'", "max = '31p'", "libchar srt"),
        ("models/core.inc", "\n", "\n* a word\n", "6 simulated now"),
        ("template/sim_tx.sp", "reltol=1e-6", "reltol=2e-6", "6 simulated now"),
        ("config.cfg", "corner=TT SS", "corner=TT SS FF", "9 points: 3 decks written"),
        ("configuration/table_supply_list_ac.csv", "1.21", "1.22", "simulated now"),
    ];
    for (file, from, to, due) in edits {
        let file = format!("inverter-pvt/{file}");
        let text = sandbox.read(&file);
        assert!(text.contains(from), "{file} has {from}");
        sandbox.write(&file, text.replacen(from, to, 1));
        let (code, said) = make(&sandbox);
        assert_eq!((code, said.contains(due)), (0, true), "{file}: {said}");
        nothing_to_do(&sandbox, &file);
    }
    // A missing file does not block make: the stage reports what is missing.
    std::fs::rename(
        sandbox.path().join("inverter-pvt/models/core.inc"),
        sandbox.path().join("inverter-pvt/models/gone.inc"),
    )
    .expect("a renamed file");
    let (_, said) = make(&sandbox);
    assert!(!said.contains("No rule to make target"), "{said}");
}

#[test]
fn a_missed_limit_fails_every_time() {
    let Some(sandbox) = domain() else { return };
    let settings = sandbox.read("inverter-pvt/libchar.toml");
    sandbox.write("inverter-pvt/libchar.toml", settings.replace("'30p'", "'1p'"));
    for _ in 0..3 {
        let (code, said) = make(&sandbox);
        assert_eq!((code, said.contains("a limit is missed")), (2, true), "{said}");
    }
    sandbox.write("inverter-pvt/libchar.toml", settings);
    assert_eq!(make(&sandbox).0, 0);
    nothing_to_do(&sandbox, "the limit was mended");
}

#[test]
fn a_flow_has_no_circle() {
    let Some(sandbox) = domain() else { return };
    let rule = "creport.txt:\n\tlibchar flow gen run ext srt --depfile .flow.d >/dev/null\n-include .flow.d\n";
    sandbox.write("inverter-pvt/Makefile", rule);
    assert_eq!(make(&sandbox).0, 0);
    let (code, said) = make(&sandbox);
    assert_eq!(
        (code, said.contains("Circular"), said.contains("up to date")),
        (0, false, true),
        "{said}"
    );
    let depfile = sandbox.read("inverter-pvt/.flow.d");
    let inputs = depfile.lines().next().and_then(|line| line.split_once(": ")).expect("a rule").1;
    assert!(inputs.contains("libchar.toml") && inputs.contains("models/core.inc"), "{inputs}");
    for output in ["points.csv", "status.json", ".log", "TT/"] {
        assert!(!inputs.contains(output), "{output} in {inputs}");
    }
}
