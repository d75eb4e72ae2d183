//! `libchar lib`: the example end to end, resume, refusals.

use crate::common::{Sandbox, assert_schema, has_ngspice};
use serde_json::Value;

const FILE: &str = "example45__tt_025C_1v10.lib";

fn example(sandbox: &Sandbox) -> String {
    let folder = sandbox.copy("examples/lib");
    let _ = std::fs::remove_dir_all(folder.join(".libchar"));
    let _ = std::fs::remove_file(folder.join(FILE));
    folder.display().to_string()
}

#[test]
fn a_plan_says_what_the_transistors_do() {
    let sandbox = Sandbox::new();
    let folder = example(&sandbox);
    let ran = sandbox.run(&["-C", &folder, "lib", "plan", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    let does: Vec<&str> =
        document["rows"].as_array().unwrap().iter().map(|r| r["does"].as_str().unwrap()).collect();
    assert_eq!(does, ["D at CK", "Y = !A", "Y = (!A) | (!B)"]);
}

#[test]
fn the_example_is_written_and_written_again_without_a_simulation() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    let folder = example(&sandbox);
    let ran = sandbox.run(&["-C", &folder, "lib", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let first = sandbox.read(&format!("lib/{FILE}"));
    let library = libchar_liberty::read(FILE, &first).unwrap();
    assert_eq!(library.library().groups("cell").count(), 3);
    // The reader's output equals its input.
    assert_eq!(library.to_string(), first);
    // Damage: one result is deleted, one is changed; both are simulated again, and nothing else.
    let results = std::path::Path::new(&folder).join(".libchar/lib/results");
    let mut files: Vec<_> = walk(&results);
    files.sort();
    std::fs::remove_file(&files[0]).unwrap();
    std::fs::write(&files[1], "{}").unwrap();
    let ran = sandbox.run(&["-C", &folder, "lib", "-j", "1", "--format", "json"]);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    let rows = document["rows"].as_array().unwrap();
    let simulated: u64 = rows.iter().map(|row| row["simulated"].as_u64().unwrap()).sum();
    assert_eq!((ran.code, simulated), (0, 2), "{}", ran.stderr);
    assert_eq!(sandbox.read(&format!("lib/{FILE}")), first);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

/// Killed after its first result, then each time a quarter more of the results are there (tables,
/// the first and the last decks of searches), then a dozen times while the file is put together and
/// written.
#[test]
fn a_run_that_was_killed_goes_on() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    let folder = example(&sandbox);
    let whole = sandbox.run(&["-C", &folder, "lib"]);
    assert_eq!(whole.code, 0, "{}", whole.stderr);
    let first = sandbox.read(&format!("lib/{FILE}"));
    let file = std::path::PathBuf::from(format!("{folder}/{FILE}"));
    let results = std::path::PathBuf::from(format!("{folder}/.libchar/lib/results"));
    let there = || if results.is_dir() { walk(&results).len() } else { 0 };
    let all = there();
    assert!(all > 20, "{all}");
    std::fs::remove_file(&file).unwrap();
    std::fs::remove_dir_all(format!("{folder}/.libchar")).unwrap();
    let mut kills = 0;
    for goal in [1, all / 4, all / 2, 3 * all / 4] {
        let mut child = sandbox.command(&["-C", &folder, "lib"]).spawn().unwrap();
        while there() < goal && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(3));
        }
        kills += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!file.exists());
    }
    assert_eq!(kills, 4);
    let ran = sandbox.run(&["-C", &folder, "lib"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(sandbox.read(&format!("lib/{FILE}")), first);
    // The time of a run that finds all results.
    let began = std::time::Instant::now();
    assert_eq!(sandbox.run(&["-C", &folder, "lib"]).code, 0);
    let whole = began.elapsed();
    for part in 0..12 {
        std::fs::remove_file(&file).unwrap();
        let mut child = sandbox.command(&["-C", &folder, "lib"]).spawn().unwrap();
        std::thread::sleep(whole * part / 12);
        child.kill().unwrap();
        child.wait().unwrap();
        if file.exists() {
            assert_eq!(sandbox.read(&format!("lib/{FILE}")), first, "{part}");
        } else {
            std::fs::write(&file, "gone").unwrap();
        }
    }
    assert_eq!(sandbox.run(&["-C", &folder, "lib"]).code, 0);
    assert_eq!(sandbox.read(&format!("lib/{FILE}")), first);
}

#[test]
fn what_is_wrong_is_told_before_any_simulation() {
    let sandbox = Sandbox::new();
    let folder = example(&sandbox);
    let config = sandbox.read("lib/cells.toml");
    for (from, to, message) in [
        (
            "\"!(A&B)\"",
            "\"!(A|B)\"",
            "cells.toml:40:14: `Y` of `nand2_1` is declared as `!(A|B)`, which is 0 for A&!B",
        ),
        ("\"!(A&B)\"", "\"!(A&C)\"", "cells.toml:40:14: unknown input `C` in the function"),
        ("function.Y", "function.Z", "has no `Z`"),
        ("VDD = \"power\"", "VCC = \"power\"", "has no pin for primary power"),
        (
            "VDD = \"power\"\nVSS = \"ground\"",
            "VDD = \"ground\"\nVSS = \"power\"",
            "is the bulk of p transistors in `dff_1`\n  expected VDD = \"power\" in [supplies] of cells.toml",
        ),
        (
            "clocked_on = \"CK\"",
            "clocked_on = \"!CK\"",
            "`clocked_on` of `dff_1` is declared as `!CK`",
        ),
        ("loads = 3", "loadz = 3", "did you mean `loads`?"),
        ("temp_c = 25", "temp_c = -300", "`temp_c` is -300"),
        ("models/cmos45.lib", "models/cmos54.lib", "cells.toml:9:1: the models of `tt_025C_1v10`"),
        ("cells/*.sp", "cell/*.sp", "cells.toml:3:13: no file matches `cell/*.sp`"),
        ("[cells.inv_1]", "[cells.inv_2]", "no netlist has a cell `inv_2`"),
        ("max_load_pf = 0.02", "area = 1", "no `max_load_pf` is given for `dff_1`"),
    ] {
        assert!(config.contains(from), "{from}");
        sandbox.write("lib/cells.toml", config.replacen(from, to, 1));
        let ran = sandbox.run(&["-C", &folder, "lib"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{to}: {}", ran.stderr);
        assert!(ran.stderr.contains(message), "{to}: {}", ran.stderr);
    }
}

/// A run that was stopped leaves nothing that stops the next one.
#[test]
fn a_run_that_was_stopped_goes_on() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    let folder = example(&sandbox);
    let results = std::path::PathBuf::from(format!("{folder}/.libchar/lib/results"));
    let there = || if results.is_dir() { walk(&results).len() } else { 0 };
    let mut child = sandbox.command(&["-C", &folder, "lib", "-j", "2"]).spawn().unwrap();
    while there() < 12 && child.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(3));
    }
    let pid = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(!child.wait().unwrap().success());
    let ran = sandbox.run(&["-C", &folder, "lib"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

/// Two NANDs that hold each other's state: no single input changes the bit.
#[test]
fn a_cell_without_a_clock_is_told_with_the_reason() {
    let sandbox = Sandbox::new();
    let folder = example(&sandbox);
    sandbox.write(
        "lib/cells/sr_1.sp",
        "* a latch of two NANDs\n.subckt sr_1 S R Q VDD VSS\nmn1 Q S a VSS nch w=0.4u l=45n\nmn2 a b VSS VSS nch w=0.4u l=45n\n\
         mp1 Q S VDD VDD pch w=0.6u l=45n\nmp2 Q b VDD VDD pch w=0.6u l=45n\nmn3 b R c VSS nch w=0.4u l=45n\nmn4 c Q VSS VSS nch w=0.4u l=45n\n\
         mp3 b R VDD VDD pch w=0.6u l=45n\nmp4 b Q VDD VDD pch w=0.6u l=45n\n.ends\n",
    );
    let ran = sandbox.run(&["-C", &folder, "lib"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    insta::assert_snapshot!(ran.stderr, @"
    cells/sr_1.sp:2:1: the cell `sr_1` is not understood: it stores a bit, and no clock or enable was found: no single input makes it store the value of other inputs
      expected a flip-flop or latch that stores one bit; `skip = true` leaves the cell out
    ");
    assert!(!std::path::Path::new(&folder).join(".libchar/lib/results").exists());
}

#[test]
fn a_hole_is_no_number() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    let folder = example(&sandbox);
    let config = sandbox.read("lib/cells.toml");
    // A load that takes an inverter of this size microseconds: reported before its tables, with the
    // largest load that it drives.
    sandbox.write("lib/cells.toml", config.replace("max_load_pf = 0.02", "max_load_pf = 900"));
    let ran = sandbox.run(&["-C", &folder, "lib", "--cell", "inv_1", "--format", "csv"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    let told = "cells.toml:33:15: `inv_1` does not bring Y to its rail within 10.6667 ns with its largest load, 900 pF, at `tt_025C_1v10`";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    let (_, rest) = ran.stderr.split_once("expected at most ").unwrap();
    let drives: f64 = rest.split_once(" pF").unwrap().0.parse().unwrap();
    // It does drive the load that was reported.
    let enough = config.replace("max_load_pf = 0.02", &format!("max_load_pf = {drives}"));
    sandbox.write("lib/cells.toml", enough);
    let ran = sandbox.run(&["-C", &folder, "lib", "--cell", "inv_1"]);
    assert_eq!(ran.code, 0, "{drives}: {}", ran.stderr);
    assert!(drives > 0.1 && drives < 10.0, "{drives}");
    std::fs::remove_file(format!("{folder}/example45__tt_025C_1v10.part.lib")).unwrap();
    sandbox.write("lib/cells.toml", config.replace("max_load_pf = 0.02", "max_load_pf = 900"));
    let ran = sandbox.run(&["-C", &folder, "lib", "--cell", "inv_1", "--holes", "--format", "csv"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    assert!(ran.stderr.contains("the output is not at its rail"), "{}", ran.stderr);
    let text = sandbox.read("lib/example45__tt_025C_1v10.part.lib");
    assert!(text.contains("/* extrapolated: ") && !text.contains(" 0, 0"), "{text}");
}

/// On a domain of `lib`, other commands report what they can, and it is backed up like any other.
#[test]
fn check_watch_and_bkp_work_where_the_domain_is_a_library() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    let folder = example(&sandbox);
    let run = |args: &[&str]| sandbox.run(&[&["-C", &folder], args].concat());
    let checked = run(&["check", "--format", "csv"]);
    assert_eq!(checked.code, 0, "{}", checked.stdout);
    let cells = "PASS,domain,3 cells at 1 condition of cells.toml\nPASS,simulator,ngspice ";
    assert!(checked.stdout.contains(cells), "{}", checked.stdout);
    let watched = run(&["watch", "--once", "--format", "json"]);
    assert_eq!(watched.code, 0, "{}", watched.stderr);
    let set = run(&["bkp"]);
    assert_eq!(set.code, 0, "{}", set.stderr);
    let set = set.stdout.trim();
    assert!(sandbox.path().join("lib").join(set).join("cells.toml").exists());
    assert!(sandbox.read(&format!("lib/{set}/manifest.json")).contains("libchar -C NEW lib\""));
    assert_eq!(run(&["bkp", "verify"]).code, 0);
    let cells = sandbox.read("lib/cells.toml");
    sandbox.write("lib/cells.toml", cells.replace("models = ", "models = 'nowhere' # "));
    let checked = run(&["check", "--format", "csv"]);
    assert_eq!(checked.code, 1, "{}", checked.stdout);
    assert!(checked.stdout.contains("nowhere, cannot be read"), "{}", checked.stdout);
}

/// Faults that no simulation can mend are reported before any simulation: a missing section, a
/// supply that no cell has, a well that is not named.
#[test]
fn supplies_and_sections_that_are_not_there_are_faults() {
    for (from, to, messages) in [
        ("section = \"tt\"", "section = \"tz\"", &["cells.toml:9:1: ", "has no section `tz`"][..]),
        (
            "VSS = \"ground\"",
            "VSS = \"ground\"\nVBB = \"pwell\"",
            &["no cell has the supply pin `VBB`"],
        ),
    ] {
        let sandbox = Sandbox::new();
        let folder = example(&sandbox);
        let text = sandbox.read("lib/cells.toml");
        assert!(text.contains(from));
        sandbox.write("lib/cells.toml", text.replace(from, to));
        let ran = sandbox.run(&["-C", &folder, "lib"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{to}: {}", ran.stderr);
        for message in messages {
            assert!(ran.stderr.contains(message), "{to}: {}", ran.stderr);
        }
    }
    let sandbox = Sandbox::new();
    let folder = example(&sandbox);
    let text = sandbox.read("lib/cells/inv_1.sp");
    let line = text.lines().find(|line| line.to_ascii_lowercase().starts_with(".subckt")).unwrap();
    sandbox.write("lib/cells/inv_1.sp", text.replace(line, &format!("{line} VPW")));
    let ran = sandbox.run(&["-C", &folder, "lib", "plan"]);
    assert_eq!(ran.code, 2);
    let message = "the pin `VPW` of `inv_1` is at no gate, no source and no drain";
    assert!(ran.stderr.contains(message) && ran.stderr.contains("inv_1.sp:"), "{}", ran.stderr);
}

/// A geometry that no bin of the models covers is reported with its W and L, at the cell, before
/// any simulation; a geometry that a bin covers is not.
#[test]
fn a_transistor_that_no_bin_covers_is_a_fault() {
    let sandbox = Sandbox::new();
    let folder = example(&sandbox);
    let models = sandbox.read("lib/models/cmos45.lib");
    let line = models.lines().find(|line| line.contains(".model nch ")).unwrap();
    let bin = |number: usize, range: &str| {
        line.replace(".model nch ", &format!(".model nch.{number} ")) + " " + range
    };
    let binned = |least: &str| {
        let (first, second) = (
            bin(1, &format!("lmin=40n lmax=60n wmin={least} wmax=300n")),
            bin(2, "lmin=40n lmax=60n wmin=300n wmax=10u"),
        );
        models.replace(line, &format!("{first}\n{second}"))
    };
    sandbox.write("lib/models/cmos45.lib", binned("50n"));
    let fine = sandbox.run(&["-C", &folder, "check", "--format", "csv"]);
    assert!(fine.stdout.contains("PASS,domain"), "{}", fine.stdout);
    let narrow = sandbox.read("lib/cells/inv_1.sp");
    let (before, after) = narrow.split_once("nch w=").unwrap();
    let after = after.split_once(' ').unwrap().1;
    sandbox.write("lib/cells/inv_1.sp", format!("{before}nch w=90n {after}"));
    sandbox.write("lib/models/cmos45.lib", binned("100n"));
    for args in [&["lib"][..], &["check"]] {
        let ran = sandbox.run(&[&["-C", &folder], args].concat());
        let all = ran.stdout + &ran.stderr;
        assert_eq!(ran.code, if args[0] == "lib" { 2 } else { 1 }, "{all}");
        for message in [
            "cells/inv_1.sp:",
            ": a transistor of `inv_1` with W = 0.09 um and L = 0.045 um is in no bin of the model `nch`",
            "the nearest of which have W 0.1 to 0.3 um with L 0.04 to 0.06 um",
        ] {
            assert!(all.contains(message), "{all}");
        }
    }
}
