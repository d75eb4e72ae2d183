//! `libchar lib --like`: another library provides the indexes, attributes and functions.

use crate::common::{Sandbox, has_ngspice};
use libchar_liberty::Group;

const FILE: &str = "example45__tt_025C_1v10.lib";

/// The example, with its published file as old.lib, and with changes to `cells.toml` and to
/// old.lib.
fn example(toml: &[(&str, &str)], old: &[(&str, &str)]) -> (Sandbox, String) {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/lib");
    let _ = std::fs::remove_dir_all(folder.join(".libchar"));
    let change = |name: &str, into: &str, pairs: &[(&str, &str)]| {
        let mut text = sandbox.read(&format!("lib/{name}"));
        for (from, to) in pairs {
            assert!(text.contains(from), "{name}: {from}");
            text = text.replacen(from, to, 1);
        }
        sandbox.write(&format!("lib/{into}"), text);
    };
    change("cells.toml", "cells.toml", toml);
    change(FILE, "old.lib", old);
    std::fs::remove_file(folder.join(FILE)).unwrap();
    (sandbox, folder.display().to_string())
}

const TEMPLATES: (&str, &str) = (
    "[templates.delay]\nslews_ns = [0.005, 0.02, 0.1]\nleast_load_pf = 0.0005\nloads = 3\n\n[templates.constraint]\nslews_ns = [0.02]\n",
    "",
);
const WORDS: [(&str, &str); 6] = [
    ("max_load_pf = 0.02", ""),
    ("area = 0.5", ""),
    ("area = 0.8\nfunction.Y = \"!(A&B)\"", ""),
    ("area = 4.5\nff = { clocked_on = \"CK\", next_state = \"D\" }", ""),
    ("[supplies]\nVDD = \"power\"\nVSS = \"ground\"\n", ""),
    ("[thresholds]\ndelay_pct = 50\nslew_lower_pct = 20\nslew_upper_pct = 80\n", ""),
];

fn written(sandbox: &Sandbox) -> libchar_liberty::Document {
    libchar_liberty::read(FILE, &sandbox.read(&format!("lib/{FILE}"))).unwrap()
}

fn cell<'a>(library: &'a Group, name: &str) -> &'a Group {
    library.groups("cell").find(|cell| cell.argument() == name).unwrap()
}

/// What was removed from `cells.toml` is in the library that was written with it: the same bytes
/// result, and nothing is simulated again.
#[test]
fn a_library_like_itself_is_the_same() {
    if !has_ngspice() {
        return;
    }
    let (sandbox, folder) = example(&[], &[]);
    assert_eq!(sandbox.run(&["-C", &folder, "lib"]).code, 0);
    let first = sandbox.read(&format!("lib/{FILE}"));
    sandbox.write("lib/old.lib", &first);
    let mut toml = sandbox.read("lib/cells.toml");
    for (from, to) in WORDS.iter().chain([&TEMPLATES]) {
        assert!(toml.contains(from), "{from}");
        toml = toml.replacen(from, to, 1);
    }
    sandbox.write("lib/cells.toml", toml);
    let ran = sandbox.run(&["-C", &folder, "lib", "--like", "old.lib", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(sandbox.read(&format!("lib/{FILE}")), first);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert!(document["rows"].as_array().unwrap().iter().all(|row| row["simulated"] == 0));
}

#[test]
fn indexes_attributes_and_names_are_the_librarys_in_its_units() {
    if !has_ngspice() {
        return;
    }
    // In ps and fF, with the load as the first index of one table, and with the cells not in the
    // order of their names.
    let old = "library (old) { time_unit : \"1ps\"; capacitive_load_unit (1, ff);
        input_threshold_pct_rise : 50; input_threshold_pct_fall : 50; output_threshold_pct_rise : 50; output_threshold_pct_fall : 50;
        slew_lower_threshold_pct_rise : 20; slew_lower_threshold_pct_fall : 20; slew_upper_threshold_pct_rise : 80; slew_upper_threshold_pct_fall : 80;
        lu_table_template (d) { variable_1 : total_output_net_capacitance; variable_2 : input_net_transition; index_1 (\"1, 4\"); index_2 (\"10, 50\"); }
        lu_table_template (c) { variable_1 : related_pin_transition; variable_2 : constrained_pin_transition; index_1 (\"20\"); index_2 (\"30\"); }
        cell (nand2_1) { area : 0.75; cell_footprint : \"nd2\"; dont_use : true;
          pg_pin (VDD) { pg_type : primary_power; } pg_pin (VSS) { pg_type : primary_ground; }
          pin (B) { direction : input; max_transition : 60; }
          pin (A) { direction : input; }
          pin (Y) { direction : output; function : \"(A B)'\"; max_capacitance : 0.8;
            timing () { related_pin : \"A\"; cell_rise (d) { values (\"1, 2\", \"3, 4\"); } } } }
        cell (dff_1) { ff (state, state_n) { clocked_on : \"CK\"; next_state : \"!D\"; }
          pin (CK) { direction : input; } pin (Q) { direction : output; function : \"state_n\";
            timing () { related_pin : \"CK\"; cell_rise (d) { index_1 (\"2, 3\"); values (\"1, 2\", \"3, 4\"); } } }
          pin (D) { direction : input; timing () { related_pin : \"CK\"; timing_type : setup_rising; rise_constraint (c) { values (\"1\"); } } } } }";
    let words = [WORDS[0], WORDS[1], WORDS[2], WORDS[3], WORDS[4], WORDS[5]];
    let mut toml: Vec<(&str, &str)> = words.to_vec();
    toml.push(("library = \"example45\"", "library = \"example45\"\nlike = \"old.lib\""));
    toml.push(("[cells.inv_1]", "[cells.inv_1]\nmax_load_pf = 0.02\nfunction.Y = \"!A\""));
    let (sandbox, folder) = example(&toml, &[]);
    sandbox.write("lib/old.lib", old);
    let ran = sandbox.run(&["-C", &folder, "lib"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("1 cell: old.lib lacks them") || ran.stderr.contains("lacks"),
        "{}",
        ran.stderr
    );
    let document = written(&sandbox);
    let library = document.library();
    let names: Vec<&str> = library.groups("cell").map(Group::argument).collect();
    assert_eq!(names, ["nand2_1", "dff_1", "inv_1"]);
    let nand = cell(library, "nand2_1");
    assert_eq!(
        (nand.number("area"), nand.text("cell_footprint"), nand.text("dont_use")),
        (Some(0.75), Some("nd2"), Some("true"))
    );
    let pins: Vec<&str> = nand.groups("pin").map(Group::argument).collect();
    assert_eq!(pins, ["B", "A", "Y"]);
    assert_eq!(nand.groups("pin").next().unwrap().number("max_transition"), Some(0.06));
    let rise = |cell: &Group, out: &str| {
        let pin = cell.groups("pin").find(|pin| pin.argument() == out).unwrap();
        let rise = pin.group("timing").unwrap().group("cell_rise").unwrap();
        ["index_1", "index_2"].map(|i| rise.list(i).unwrap().values[0].text.clone())
    };
    assert_eq!(rise(nand, "Y"), ["0.01, 0.05", "0.001, 0.004"]);
    let y = nand.groups("pin").find(|pin| pin.argument() == "Y").unwrap();
    assert_eq!(y.number("max_capacitance"), Some(0.0008));
    let dff = cell(library, "dff_1");
    assert_eq!(rise(dff, "Q"), ["0.01, 0.05", "0.002, 0.003"]);
    let ff = dff.group("ff").unwrap();
    assert_eq!((ff.argument(), ff.text("next_state")), ("state", Some("!D")));
    let d = dff.groups("pin").find(|pin| pin.argument() == "D").unwrap();
    let setup = d.group("timing").unwrap().group("rise_constraint").unwrap();
    assert_eq!(setup.list("index_1").unwrap().values[0].text, "0.02");
    assert_eq!(setup.list("index_2").unwrap().values[0].text, "0.03");
    // What the library lacks uses the templates of cells.toml.
    assert_eq!(rise(cell(library, "inv_1"), "Y"), ["0.005, 0.02, 0.1", "0.0005, 0.00316228, 0.02"]);
}

#[test]
fn what_differs_from_the_library_is_told_with_its_place() {
    for (toml, old, message) in [
        (
            None,
            ("function : \"!A\"", "function : \"A\""),
            "old.lib:LINE: `Y` of `inv_1` is declared as `A`, which is 0 for !A",
        ),
        (
            Some(WORDS[3]),
            ("next_state : \"D\"", "next_state : \"!D\""),
            "old.lib:LINE: `next_state` of `dff_1` is declared as `!D`",
        ),
        (
            Some(WORDS[3]),
            ("clocked_on : \"CK\"", "clocked_on : \"!CK\""),
            "old.lib:LINE: `clocked_on` of `dff_1` is declared as `!CK`",
        ),
        (
            None,
            ("ff (IQ, IQ_N)", "latch (IQ, IQ_N)"),
            "old.lib:LINE: `dff_1` has the group `latch`, and its transistors are a flip-flop",
        ),
        (None, ("pin (CK)", "pin (CLK)"), "old.lib:LINE: the netlist of `dff_1` has no pin `CLK`"),
        (
            None,
            ("index_2 (\"0.0005, 0.00316228, 0.02\")", "index_2 (\"0.0005, 0.00316228x, 0.02\")"),
            "old.lib:LINE: `0.00316228x` in `index_2`",
        ),
        (None, ("direction : input;", "direction : input"), ""),
        (
            None,
            ("cell_rise (delay_template)", "cell_rise (delay_templat)"),
            "old.lib:LINE: no template `delay_templat`",
        ),
        (
            Some(WORDS[5]),
            ("slew_lower_threshold_pct_rise : 20", "slew_lower_threshold_pct_rise : 30"),
            "old.lib does not give thresholds",
        ),
        (
            Some(("library = ", "like = \"older.lib\"\nlibrary = ")),
            ("area : ", "area : "),
            "cells.toml:2:8: the library older.lib cannot be read",
        ),
        (
            Some(TEMPLATES),
            ("cell (nand2_1)", "cell (nand3_1)"),
            "cells/nand2_1.sp:1:1: old.lib has no cell `nand2_1`, and there are no templates",
        ),
        (None, ("library (", "libary ("), "old.lib:1:1: the file holds no library"),
    ] {
        let (sandbox, folder) = example(toml.as_slice(), &[old]);
        let named = toml.is_some_and(|(_, to)| to.contains("like"));
        let mut args = vec!["-C", &folder, "lib", "plan"];
        if !named {
            args.extend(["--like", "old.lib"]);
        }
        let ran = sandbox.run(&args);
        if message.is_empty() {
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            continue;
        }
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{old:?}: {}", ran.stderr);
        let text = sandbox.read("lib/old.lib");
        let at = text.find(old.1).unwrap_or_default();
        let (line, rest) = (text[..at].matches('\n').count() + 1, message.split_once("LINE: "));
        let found = match rest {
            Some((_, rest)) => {
                ran.stderr.contains(&format!("old.lib:{line}:")) && ran.stderr.contains(rest)
            }
            None => ran.stderr.contains(message),
        };
        assert!(found, "{message} {line}: {}", ran.stderr);
    }
}

#[test]
fn a_driver_cell_gives_the_waveforms_of_inputs() {
    if !has_ngspice() {
        return;
    }
    let driver = ("library = ", "driver = \"inv_1\"\nlibrary = ");
    let (sandbox, folder) = example(&[driver], &[]);
    // With a ramp of 5 ps its output takes longer, which is reported before any table.
    let ran = sandbox.run(&["-C", &folder, "lib"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    let told = "cells.toml:2:10: the driver `inv_1` has no transition of 0.005 ns at its";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    let times = ran.stderr.matches("has no transition of 0.005 ns").count();
    assert_eq!(times, 1, "one fault, one message: {}", ran.stderr);
    let toml = sandbox.read("lib/cells.toml").replace("[0.005, 0.02, 0.1]", "[0.02, 0.05, 0.1]");
    sandbox.write("lib/cells.toml", toml.replace("driver = \"inv_1\"\n", ""));
    let args = ["-C", &folder, "lib", "--cell", "nand2_1", "-o", "ramp"];
    std::fs::create_dir(format!("{folder}/ramp")).unwrap();
    assert_eq!(sandbox.run(&args).code, 0);
    sandbox.write("lib/cells.toml", &toml);
    let ran = sandbox.run(&["-C", &folder, "lib", "--cell", "nand2_1"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let name = FILE.replace(".lib", ".part.lib");
    let delays = |path: &str| {
        let text = sandbox.read(path);
        let library = libchar_liberty::read(path, &text).unwrap();
        let pins = cell(library.library(), "nand2_1").groups("pin");
        let y = pins.filter(|pin| pin.argument() == "Y").last().unwrap();
        let rise = y.group("timing").unwrap().group("cell_rise").unwrap();
        libchar_liberty::Table::of(rise, None).unwrap().values
    };
    let (own, ramp) = (delays(&format!("lib/{name}")), delays(&format!("lib/ramp/{name}")));
    let off: Vec<f64> = own.iter().zip(&ramp).map(|(a, b)| a / b - 1.0).collect();
    assert!(off.iter().any(|d| d.abs() > 1e-3) && off.iter().all(|d| d.abs() < 0.5), "{off:?}");
    for (from, to, message) in [
        (
            "driver = \"inv_1\"",
            "driver = \"inv_3\"",
            "cells.toml:2:10: no netlist has the driver `inv_3`",
        ),
        ("driver = \"inv_1\"", "driver = 1", "`driver` is a number"),
    ] {
        sandbox.write("lib/cells.toml", toml.replace(from, to));
        let ran = sandbox.run(&["-C", &folder, "lib", "--cell", "nand2_1"]);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
}

#[test]
fn what_cells_toml_says_counts_and_is_told() {
    let (sandbox, folder) = example(
        &[("area = 0.5", "area = 0.6")],
        &[("function : \"(!A) | (!B)\"", "function : \"A\"")],
    );
    let ran = sandbox.run(&["-C", &folder, "lib", "plan", "--like", "old.lib"]);
    // The declared function of nand2_1 takes precedence, so the wrong one of the library is not
    // compared.
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("3 cells: `max_load_pf` of cells.toml is used, not that of old.lib: dff_1, inv_1, nand2_1"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("1 cell: `area` of cells.toml is used, not that of old.lib: inv_1"),
        "{}",
        ran.stderr
    );
}
