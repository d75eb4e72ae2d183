//! `libchar lib` with `[lvf]`: spreads by mismatch in the Liberty file.

use crate::common::{Sandbox, assert_schema, has_ngspice};
use libchar_liberty::Group;

const FILE: &str = "example45_lvf__tt_025C_1v10.lib";

/// The example with changes of its text.
fn example(changes: &[(&str, &str)]) -> (Sandbox, String) {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/lib");
    let _ = std::fs::remove_dir_all(folder.join(".libchar"));
    let mut text = sandbox.read("lib/lvf.toml");
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    sandbox.write("lib/lvf.toml", text);
    (sandbox, folder.display().to_string())
}

/// Spreads of the first output's first arc: name, side, values.
fn spreads(library: &Group) -> Vec<(String, String, Vec<f64>)> {
    let cell = library.group("cell").unwrap();
    let timing = cell.groups("pin").find_map(|pin| pin.group("timing")).unwrap();
    let own = timing.all_groups().filter(|group| group.name.starts_with("ocv_"));
    own.map(|group| {
        let values = group.list("values").unwrap().values.iter();
        let numbers = values.flat_map(|value| value.parts().map(|(_, text)| text.trim()));
        let side = group.text("sigma_type").unwrap_or_default().to_owned();
        (group.name.clone(), side, numbers.map(|n| n.parse().unwrap()).collect())
    })
    .collect()
}

#[test]
fn sigmas_stand_beside_their_tables() {
    if !has_ngspice() {
        return;
    }
    let (sandbox, folder) = example(&[]);
    let ran = sandbox.run(&["-C", &folder, "lib", "plan", "lvf.toml", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let plan: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    // An arc of the inverter, two of the NAND: a deck for each transition and load.
    let counts = |key: &str| [0, 1].map(|row| plan["rows"][row][key].as_u64().unwrap());
    assert_eq!(counts("lvf"), [4, 8]);
    let ran = sandbox.run(&["-C", &folder, "lib", "lvf.toml", "-j", "2", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    for row in [0, 1] {
        assert_eq!(rows["rows"][row]["simulated"], plan["rows"][row]["simulations"]);
        assert_eq!(rows["rows"][row]["tables"], plan["rows"][row]["tables"]);
    }
    let first = sandbox.read(&format!("lib/{FILE}"));
    let library = libchar_liberty::read(FILE, &first).unwrap();
    let found = spreads(library.library());
    let names: Vec<(&str, &str)> = found.iter().map(|(n, s, _)| (n.as_str(), s.as_str())).collect();
    let tables = ["cell_rise", "rise_transition", "cell_fall", "fall_transition"];
    let wanted: Vec<String> = tables.iter().map(|table| format!("ocv_sigma_{table}")).collect();
    let wanted: Vec<(&str, &str)> = wanted
        .iter()
        .flat_map(|name| [(name.as_str(), "early"), (name.as_str(), "late")])
        .collect();
    assert_eq!(names, wanted);
    // A threshold's σ of 18 mV at a supply of 1.1 V is some percent of a delay.
    assert!(found.iter().all(|(.., values)| values.len() == 4 && values.iter().all(|v| *v > 1e-5)));
    let ran = sandbox.run(&["lib", "check", &format!("{folder}/{FILE}")]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    // Another number of jobs, and results that exist already.
    std::fs::remove_dir_all(format!("{folder}/.libchar")).unwrap();
    let ran = sandbox.run(&["-C", &folder, "lib", "lvf.toml", "-j", "1"]);
    assert_eq!((ran.code, sandbox.read(&format!("lib/{FILE}"))), (0, first.clone()));
    let ran = sandbox.run(&["-C", &folder, "lib", "lvf.toml", "--format", "csv"]);
    assert!(ran.stdout.contains("inv_1,done,1,14,0,0,"), "{}", ran.stdout);
    // Another deviation gives another result.
    let text = sandbox.read("lib/lvf.toml").replace("sigma = 2.5e-3", "sigma = 5e-3");
    sandbox.write("lib/lvf.toml", text);
    let ran = sandbox.run(&["-C", &folder, "lib", "lvf.toml", "--format", "csv"]);
    assert!(ran.stdout.contains("inv_1,done,1,14,0,4,"), "{}", ran.stdout);
    let second = sandbox.read(&format!("lib/{FILE}"));
    let library = libchar_liberty::read(FILE, &second).unwrap();
    // Delays are nearly proportional to the threshold; transitions hardly change, and are too far
    // from linear to show it.
    for ((name, side, old), (.., new)) in found.iter().zip(spreads(library.library())) {
        for (old, new) in old.iter().zip(new).filter(|_| !name.contains("transition")) {
            assert!((1.5..2.3).contains(&(new / old)), "{name} {side}: {old} {new}");
        }
    }
}

#[test]
fn samples_are_the_same_for_any_number_of_jobs() {
    if !has_ngspice() {
        return;
    }
    let method = "method = \"monte-carlo\"\nsamples = 120\nseed = 7";
    let (sandbox, folder) = example(&[("method = \"sensitivity\"", method)]);
    let args = ["-C", &folder, "lib", "lvf.toml", "--cell", "inv_1"];
    let file = "lib/example45_lvf__tt_025C_1v10.part.lib";
    let ran = sandbox.run(&[&args[..], &["-j", "1"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let first = sandbox.read(file);
    std::fs::remove_dir_all(format!("{folder}/.libchar")).unwrap();
    let ran = sandbox.run(&[&args[..], &["-j", "3"]].concat());
    assert_eq!((ran.code, sandbox.read(file)), (0, first.clone()), "{}", ran.stderr);
    let library = libchar_liberty::read(FILE, &first).unwrap();
    let found = spreads(library.library());
    let of_rise: Vec<&str> = found[..5].iter().map(|(name, ..)| name.as_str()).collect();
    let kinds = ["sigma", "sigma", "std_dev", "mean_shift", "skewness"];
    assert_eq!(of_rise, kinds.map(|kind| format!("ocv_{kind}_cell_rise")));
    // The two sides lie around the deviation of all samples: their mean square is (n − 1)/n of its
    // square, if both sides have as many samples.
    for entry in 0..4 {
        let [early, late, sd] = [0, 1, 2].map(|k| found[k].2[entry]);
        assert!(early.min(late) < sd * 1.01 && early.max(late) > sd * 0.99, "{early} {late} {sd}");
        assert!(found[4].2[entry].abs() < 3.0);
    }
    let ran = sandbox.run(&["lib", "check", &format!("{}/{file}", sandbox.path().display())]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    // Another seed gives another file.
    let text = sandbox.read("lib/lvf.toml").replace("seed = 7", "seed = 8");
    sandbox.write("lib/lvf.toml", text);
    let ran = sandbox.run(&args);
    assert!(ran.code == 0 && sandbox.read(file) != first);
}

#[test]
fn what_cannot_vary_is_told_before_any_simulation() {
    if !has_ngspice() {
        return;
    }
    for (from, to, message) in [
        (
            "\"*ch\"",
            "\"fet*\"",
            "lvf.toml:21:1: no device of `inv_1` has a parameter that varies: nch, pch",
        ),
        ("sigma = 5e-3", "sigma = 0", "`sigma` is 0"),
        ("scale = \"area\"", "scale = \"gate\"", "unknown scale `gate`"),
        ("\"mulu0\"", "\"w\"", "`mn` of `inv_1` sets `w` itself"),
        ("\"sensitivity\"", "\"sensitivities\"", "did you mean `sensitivity`?"),
        ("\"sensitivity\"", "\"sensitivity\"\nsamples = 100", "`samples` is given with the method"),
        ("\"mulu0\"", "\"mulu 0\"", "the parameter's name `mulu 0`"),
    ] {
        let (sandbox, folder) = example(&[(from, to)]);
        let ran = sandbox.run(&["-C", &folder, "lib", "lvf.toml"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{to}: {}", ran.stderr);
        assert!(ran.stderr.contains(message), "{to}: {}", ran.stderr);
    }
}

#[test]
fn a_library_that_is_not_there_says_what_is_expected() {
    let sandbox = Sandbox::new();
    for action in [&["lib"][..], &["lib", "plan"]] {
        let ran = sandbox.run(action);
        assert_eq!(ran.code, 2);
        let wanted =
            ["cells.toml: there is no such file", "docs/lib.md", "examples/lib/cells.toml"];
        assert!(wanted.iter().all(|part| ran.stderr.contains(part)), "{}", ran.stderr);
    }
}

#[test]
fn check_knows_spreads() {
    let sandbox = Sandbox::new();
    let text =
        std::fs::read_to_string(crate::common::repository().join("examples/lib-check/inv.lib"));
    let table = |name: &str, side: &str| {
        format!("{name} (delay) {{ {side} values (\"0.001, 0.002\", \"0.001, 0.002\"); }}\n")
    };
    let cell_rise = "cell_rise (";
    let text = text.unwrap();
    assert!(text.contains(cell_rise));
    for (groups, message) in [
        (table("ocv_sigma_cell_rise", ""), "`ocv_sigma_cell_rise` has no `sigma_type`"),
        (
            table("ocv_sigma_cell_rise", "sigma_type : early;"),
            "is there for early, and not for late",
        ),
        (
            table("ocv_sigma_cell_rise", "sigma_type : soon;"),
            "the `sigma_type` of `ocv_sigma_cell_rise` is `soon`",
        ),
        (
            table("ocv_sigma_rise_constraint", "sigma_type : early_and_late;"),
            "has no `rise_constraint` beside it",
        ),
        (
            table("ocv_sigma_cell_rise", "sigma_type : late;").repeat(2),
            "of `sigma_type` `late` occurs twice",
        ),
        (
            table("ocv_std_dev_cell_rise", "").replace(", 0.002", ""),
            "has 2 values, and `cell_rise` has",
        ),
    ] {
        let changed = text.replacen(cell_rise, &format!("{groups}{cell_rise}"), 1);
        let ran =
            sandbox.pipe(&["lib", "check", "-", "--rule", "lvf", "--format", "table"], changed);
        assert_eq!(ran.code, 1, "{groups}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stdout.contains(message), "{groups}: {}", ran.stdout);
    }
}
