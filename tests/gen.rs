//! `libchar gen` from the command line: the examples, what is written and what is refused.

use crate::common::{Sandbox, assert_schema, plain, reference_data};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::{Command, Stdio};

const CORNERS: &str = "corner,extraction,nmos,pmos\nTT,typical,0,0\nSS,cworst,-1,-1\n";
const SUPPLIES: &str = "v1min,0.99\nv1max,1.21\n";
const TEMPLATE: &str =
    "* {{ point }}\n.temp {{ temp }}\n.param v={{ vccn }} * {{ section }}\nv1 a 0 {v}\n.end\n";

/// A small domain of two corners, four temperatures and two supplies.
fn domain() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("config.cfg", "simulator=ngspice\n");
    sandbox.write("configuration/table_corner_list.csv", CORNERS);
    sandbox.write("configuration/table_supply_list_ac.csv", SUPPLIES);
    sandbox.write("template/sim_tx.sp", TEMPLATE);
    sandbox
}

/// Every file of a domain outside `.libchar`, with its content.
fn files(sandbox: &Sandbox) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(sandbox.path())
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(sandbox.path()).expect("below");
            (name.display().to_string(), fs::read(entry.path()).expect("a file"))
        })
        .filter(|(name, _)| !name.starts_with(".libchar") && !name.starts_with("home"))
        .collect()
}

#[test]
fn the_examples_have_84_and_324_points() {
    for (example, points, last) in [
        ("inverter-pvt", 84, "SS/typical/typical_125/v1max"),
        ("level-shifter", 324, "SF/typical/typical_125/v1max_v2max"),
    ] {
        let sandbox = Sandbox::new();
        sandbox.copy(&format!("examples/{example}"));
        let ran = sandbox.run(&["-C", example, "gen"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let ids: Vec<&str> = ran.stdout.lines().collect();
        assert_eq!((ids.len(), *ids.last().unwrap()), (points, last));
        let csv = sandbox.read(&format!("{example}/points.csv"));
        assert_eq!(csv.lines().count(), points + 1);
        for (row, id) in csv.lines().skip(1).zip(&ids) {
            let (deck, hash) = row.rsplit_once(',').unwrap();
            assert!(
                deck.starts_with(&format!("{id},")) && deck.ends_with(&format!("{id}/sim_tx.sp"))
            );
            let bytes = fs::read(sandbox.path().join(example).join(id).join("sim_tx.sp")).unwrap();
            assert_eq!(hash, libchar_core::hash::sha256(&bytes));
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_and_rewrites_nothing() {
    let (one, two) = (domain(), domain());
    assert_eq!((one.run(&["gen"]).code, two.run(&["gen", "--format", "json"]).code), (0, 0));
    assert_eq!(files(&one), files(&two));
    let deck = one.path().join("TT/typical/typical_m40/v1min/sim_tx.sp");
    assert_eq!(
        fs::read_to_string(&deck).unwrap(),
        "* TT/typical/typical_m40/v1min\n.temp -40\n.param v=0.99 * TT\nv1 a 0 {v}\n.end\n"
    );
    let inode = |path: &std::path::Path| fs::metadata(path).unwrap().ino();
    let before = inode(&deck);
    let torn = one.path().join("SS/typical/typical_85/v1max/sim_tx.sp");
    fs::write(&torn, "half a de").unwrap();
    let ran = one.run(&["gen"]);
    assert_eq!(ran.stderr, "libchar: 16 points: 1 deck written, 15 unchanged\n");
    assert_eq!((inode(&deck), files(&one)), (before, files(&two)));
}

#[test]
fn what_stands_in_titles_comments_and_unused_parameters_has_no_effect() {
    let sandbox = domain();
    let template = "* {{ point }}\n.temp {{ temp }}\n* {{ vccn }}\n.param v={{ vccn }}\n.lib m {{ section }}\n.end\n";
    sandbox.write("template/sim_tx.sp", template);
    let ran = sandbox.run(&["gen"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stderr.contains("warning: the decks of all 2 supply values (v1min, v1max) are equal"),
        "{}",
        ran.stderr
    );
    assert_eq!(ran.stderr.matches("are equal").count(), 1, "{}", ran.stderr);
    assert_eq!(sandbox.run(&["gen", "--require-effect"]).code, 1);
    // The parameter is used in a file that the decks include.
    sandbox.write("m", ".lib TT\nv1 a 0 'V'\n.endl\n.lib SS\nv1 a 0 'V'\n.endl\n");
    let ran = sandbox.run(&["gen", "--require-effect"]);
    assert_eq!((ran.code, ran.stderr.contains("equal")), (0, false), "{}", ran.stderr);
}

#[test]
fn a_dry_run_leaves_no_trace() {
    let sandbox = domain();
    let before = files(&sandbox);
    let ran = sandbox.run(&["gen", "--dry-run"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 16));
    assert_eq!(ran.stderr, "libchar: 16 points: 16 decks to write, 0 unchanged\n");
    assert_eq!(files(&sandbox), before);
    assert!(!sandbox.path().join(".libchar/lock").exists());
}

#[test]
fn rows_are_printed_in_every_format() {
    let sandbox = domain();
    let ran = sandbox.run(&["gen", "--format", "csv"]);
    assert_eq!(ran.stdout, sandbox.read("points.csv"));
    assert!(ran.stdout.starts_with(
        "point,corner,extraction,temp_c,supply,section,vccn_v,vcctx_v,deck,deck_sha256\n\
         TT/typical/typical_m40/v1min,TT,typical,-40,v1min,TT,0.99,0.99,TT/typical/typical_m40/v1min/sim_tx.sp,"
    ));
    let json = sandbox.run(&["gen", "--format", "json"]).stdout;
    assert_schema(&json);
    assert_eq!(sandbox.run(&["gen", "--format", "jsonl"]).stdout.lines().count(), 16);
    // A closed pipe is not an error.
    let mut child = sandbox.command(&["gen"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn stale_points_are_named_and_pruned_only_when_asked() {
    let sandbox = domain();
    assert_eq!(sandbox.run(&["gen"]).code, 0);
    // `gen` leaves a user's folders alone, even if they look like points or are links.
    sandbox.write("notes/typical/typical_m40/v1min/readme.txt", "mine");
    sandbox.write("elsewhere/sim_tx.sp", "mine");
    std::os::unix::fs::symlink("elsewhere", sandbox.path().join("SS/typical/typical_m40/v9"))
        .unwrap();
    sandbox.write("configuration/table_corner_list.csv", "TT,typical,0,0\n");
    sandbox.write("config.cfg", "simulator=ngspice\ntemperature=-40\n");
    let ran = sandbox.run(&["gen"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 2));
    let told = "; 14 folders are no longer points: --prune removes them\n";
    assert!(ran.stderr.ends_with(told) && ran.stderr.lines().count() == 1, "{}", ran.stderr);
    let listed = sandbox.run(&["gen", "-v"]).stderr;
    assert!(listed.contains("SS/typical/typical_m40/v1max: no longer a point\n"), "{listed}");
    assert!(sandbox.path().join("SS/typical/typical_85").exists());
    assert_eq!(sandbox.run(&["gen", "--prune", "--quiet"]).stderr, "");
    assert!(!sandbox.path().join("SS/typical/typical_85").exists());
    assert!(!sandbox.path().join("TT/typical/typical_85").exists());
    assert!(sandbox.path().join("TT/typical/typical_m40/v1min/sim_tx.sp").exists());
    assert_eq!(sandbox.read("notes/typical/typical_m40/v1min/readme.txt"), "mine");
    assert_eq!(sandbox.read("elsewhere/sim_tx.sp"), "mine");
}

#[test]
fn the_faults_of_all_files_are_told_at_once() {
    let sandbox = domain();
    sandbox.write("config.cfg", "simulator=ngspcie\nmode=prelay\nmode=postlay\n");
    sandbox.write("configuration/table_corner_list.csv", "TT,typical,0,0\ntt,typ/ical,0,5\n");
    sandbox.write("configuration/table_supply_list_ac.csv", "v1min,0.9\nnom,1\n");
    sandbox.write("configuration/table_temperature_list.csv", "temperature\nwarm\n");
    let ran = sandbox.run(&["gen"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(ran.stderr, @r#"
    config.cfg:1:11: `simulator` is `ngspcie`
      expected one of: finesim, hspice, ngspice, primesim, spectre, xyce
      did you mean `ngspice`?
    config.cfg:3:1: the key `mode` occurs twice, first at line 2
    configuration/table_corner_list.csv:2:1: `tt` differs from `TT` by case only
    configuration/table_corner_list.csv:2:4: "typ/ical" in column `extraction`
      expected letters, digits, `_`, `.`, `+` and `-`, beginning with a letter or digit, 64 at most
    configuration/table_corner_list.csv:2:15: `5` in column `pmos`
      expected -1 slow, 0 typical or 1 fast
    configuration/table_temperature_list.csv:2:1: `warm` is not a temperature
      expected degrees Celsius between -273.15 and 1000, such as 85, m40 or -40
    "#);
    assert!(!sandbox.path().join("points.csv").exists());
    let sandbox = domain();
    sandbox.write("template/sim_tx.sp", "* {{ vccn }} {{ vcctxx }}\n");
    sandbox.write("config.cfg", "simulator=ngspice\ncorner=TS\n");
    let ran = sandbox.run(&["gen"]);
    insta::assert_snapshot!(ran.stderr, @"
    config.cfg:2:8: `corner` names `TS`, which is not in the corner table
      expected one of: TT, SS
    ");
    fs::remove_file(sandbox.path().join("config.cfg")).unwrap();
    insta::assert_snapshot!(sandbox.run(&["gen"]).stderr, @"libchar: no config.cfg here: a characterization directory has one; name it with -C DIR");
}

#[test]
fn missing_files_and_unusable_deck_names() {
    let sandbox = domain();
    fs::remove_file(sandbox.path().join("configuration/table_supply_list_ac.csv")).unwrap();
    fs::remove_file(sandbox.path().join("template/sim_tx.sp")).unwrap();
    insta::assert_snapshot!(sandbox.run(&["gen"]).stderr, @"
    configuration/table_supply_list_ac.csv: cannot be read: No such file or directory (os error 2)
    template/sim_tx.sp: cannot be read: No such file or directory (os error 2)
    ");
    let sandbox = domain();
    sandbox.write("template/status.json", TEMPLATE);
    sandbox.write("libchar.toml", "[template]\npath = 'template/status.json'\n");
    insta::assert_snapshot!(sandbox.run(&["gen"]).stderr, @"
    template/status.json: a deck cannot be named `status.json`
      expected a file name such as sim_tx.sp
    ");
}

#[test]
fn nothing_in_a_domain_is_ever_executed_or_leaves_it() {
    for (file, content) in [
        ("config.cfg", "simulator=ngspice\nalter_string1=\"shell touch owned x\"\n"),
        ("config.cfg", "simulator=ngspice\nalter_string1=.param x=$(touch owned)\n"),
        ("config.cfg", "simulator=$(touch owned)\n"),
        ("config.cfg", "simulator=ngspice\ncorner=`touch owned`\n"),
        ("configuration/table_corner_list.csv", "../owned,typical,0,0\n"),
        ("configuration/table_corner_list.csv", "TT;touch owned,typical,0,0\n"),
        ("configuration/table_corner_list.csv", "-rf,typical,0,0\n"),
        ("configuration/table_supply_list_ac.csv", "v1$(touch owned),1\n"),
        ("configuration/table_supply_list_ac.csv", "\"v1\nx\",1\n"),
        (
            "configuration/table_corner_list.csv",
            "corner,extraction,nmos,pmos,section\nTT,typical,0,0,\"x'\n.control\"\n",
        ),
    ] {
        let sandbox = domain();
        sandbox.write(file, content);
        let ran = sandbox.run(&["gen"]);
        assert_eq!(ran.code, 2, "{content}: {}", ran.stderr);
        assert!(ran.stderr.starts_with(file), "{content}: {}", ran.stderr);
        let names: Vec<String> = files(&sandbox).into_keys().collect();
        assert_eq!(names.len(), 4, "{content}: {names:?}");
    }
}

#[test]
fn hostile_bytes_are_faults_not_panics() {
    let junk: [&[u8]; 8] = [
        b"",
        b"\0",
        b"\xff\xfe=\0",
        b"\"",
        b"{{",
        b"{% for x in range(10) %}",
        b",,,,\n,,,,\n",
        "a=\u{202e}b\n\n\u{0}".as_bytes(),
    ];
    for file in [
        "config.cfg",
        "configuration/table_corner_list.csv",
        "configuration/table_supply_list_ac.csv",
        "configuration/table_temperature_list.csv",
        "configuration/table_condition.csv",
        "template/sim_tx.sp",
    ] {
        for bytes in junk {
            let sandbox = domain();
            sandbox.write(file, bytes);
            let ran = sandbox.run(&["gen"]);
            // An empty config.cfg means all defaults.
            let expected = if file == "config.cfg" && bytes.is_empty() { 0 } else { 2 };
            assert_eq!(ran.code, expected, "{file} {bytes:?}: {}", ran.stderr);
            assert!(!ran.stderr.contains("panicked"), "{file} {bytes:?}: {}", ran.stderr);
            assert_eq!(sandbox.path().join("points.csv").exists(), expected == 0);
        }
    }
}

#[test]
fn tables_and_templates_can_be_shared_and_named_by_variables() {
    let shared = domain();
    shared.write(
        "one/libchar.toml",
        "[template]\npath = '../template/other.sp'\nvariables.models = '${MODELS}/45'\n[tables]\npath = '../configuration'\n",
    );
    shared.write("one/config.cfg", "condition=htol\ncorner=SS\ngs_corner=TT\n");
    shared.write("template/other.sp", ".lib '{{ models }}' {{ section }} {{ vcctx }}\n");
    let output = shared.command(&["-C", "one", "gen"]).env("MODELS", "/opt/m").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let deck = shared.read("one/SS/typical/typical_125/v1max/other.sp");
    assert_eq!(deck, ".lib '/opt/m/45' TT 1.21\n");
}

#[test]
fn conditions_are_shown_and_replaced() {
    let sandbox = domain();
    let table = sandbox.run(&["gen", "--conditions"]).stdout;
    assert_eq!(
        table,
        "condition,temperatures,supplies\nperf,all,all\nfunc,extremes,extremes\nhtol,hottest,highest\n"
    );
    sandbox.write("configuration/table_condition.csv", table.replace("hottest", "85 100"));
    sandbox.write("config.cfg", "condition=htol\ncorner=TT\n");
    let ran = sandbox.run(&["gen", "--dry-run"]);
    assert_eq!(ran.stdout, "TT/typical/typical_85/v1max\nTT/typical/typical_100/v1max\n");
}

#[test]
fn a_make_rule_names_what_was_read() {
    let sandbox = domain();
    assert_eq!(sandbox.run(&["gen", "--depfile", "gen.d"]).code, 0);
    assert_eq!(
        sandbox.read("gen.d"),
        "points.csv: config.cfg configuration/table_corner_list.csv \
         configuration/table_supply_list_ac.csv template/sim_tx.sp\n"
    );
}

/// The measures that ngspice prints for a deck, digit by digit; `None` if ngspice is not installed.
fn ngspice(folder: &std::path::Path, deck: &str) -> Option<BTreeMap<String, String>> {
    let output = Command::new("ngspice")
        .args(["-n", "-b", deck])
        .env("OMP_THREAD_LIMIT", "1")
        .current_dir(folder)
        .stdin(Stdio::null())
        .output();
    let output = match output {
        Ok(output) => output,
        Err(e) => {
            libchar_testing::skip("ngspice", &format!("ngspice cannot be started: {e}"));
            return None;
        }
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{deck}: {text}");
    Some(plain::measures(&text))
}

#[test]
fn decks_simulate_as_those_that_are_written_by_hand() {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/inverter-pvt");
    assert_eq!(sandbox.run(&["-C", "inverter-pvt", "gen"]).code, 0);
    // By hand: the template with the values of one point typed in, in the folder of the domain
    // itself.
    let hand = sandbox
        .read("inverter-pvt/template/sim_tx.sp")
        .replace("{{ point }}", "by hand")
        .replace("{{ section }}", "SSG")
        .replace("{{ temp }}", "-40")
        .replace("{{ vccn }}", "0.99")
        .replace("{{ alter_string1 }}", "")
        .replace("{{ alter_string2 }}", "");
    sandbox.write("inverter-pvt/hand.sp", hand);
    let Some(expected) = ngspice(&folder, "hand.sp") else { return };
    assert!(expected.contains_key("tphl") && expected.contains_key("ileak"), "{expected:?}");
    let measured = ngspice(&folder, "SSG/typical/typical_m40/v1min/sim_tx.sp").unwrap();
    assert_eq!(measured, expected);
}

#[test]
fn corners_and_supplies_change_the_circuit_as_physics_has_it() {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/inverter-pvt");
    assert_eq!(sandbox.run(&["-C", "inverter-pvt", "gen"]).code, 0);
    let measure = |point: &str, name: &str| -> Option<f64> {
        let measures = ngspice(&folder, &format!("{point}/sim_tx.sp"))?;
        Some(measures[name].parse().expect("a number"))
    };
    let Some(typical) = measure("TT/typical/typical_85/v1nom", "tpd") else { return };
    assert!((5e-12..50e-12).contains(&typical), "{typical}");
    let tpd = |point: &str| measure(point, "tpd").unwrap();
    let order =
        ["FF", "FFG", "TT", "SSG", "SS"].map(|c| tpd(&format!("{c}/typical/typical_85/v1nom")));
    assert!(order.is_sorted(), "{order:?}");
    assert!(
        tpd("TT/typical/typical_85/v1max") < typical
            && typical < tpd("TT/typical/typical_85/v1min")
    );
    let cross =
        |corner: &str, name| measure(&format!("{corner}/typical/typical_85/v1nom"), name).unwrap();
    assert!(
        cross("FSG", "tphl") < cross("SFG", "tphl") && cross("FSG", "tplh") > cross("SFG", "tplh")
    );
    let leak = |temp| measure(&format!("TT/typical/typical_{temp}/v1nom"), "ileak").unwrap();
    assert!(leak("m40") * 10.0 < leak("85") && leak("85") < leak("125"));
}

#[test]
fn the_level_shifter_works_at_its_hardest_points() {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/level-shifter");
    assert_eq!(sandbox.run(&["-C", "level-shifter", "gen"]).code, 0);
    // The weak pull-down against the strong pull-up, at the lowest core supply and the highest
    // output supply.
    for (corner, temp) in [("SF", "m40"), ("SS", "m40"), ("SF", "125"), ("FS", "125")] {
        let deck = format!("{corner}/typical/typical_{temp}/v1min_v2max/sim_tx.sp");
        let Some(measures) = ngspice(&folder, &deck) else { return };
        assert_eq!(measures.len(), 7, "{deck}: {measures:?}");
        let voh: f64 = measures["voh"].parse().unwrap();
        assert!((voh - 1.98).abs() < 0.02, "{deck}: {voh}");
    }
}

/// The reference was simulated from hand-written decks with 49 loads at once, so its time steps
/// differ a little.
#[test]
fn sky130_decks_give_the_delays_of_decks_by_hand() {
    let Some(data) = reference_data() else { return };
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("testdata/sky130");
    let output =
        sandbox.command(&["-C", "sky130", "gen"]).env("LIBCHAR_REFDATA", &data).output().unwrap();
    let ids = String::from_utf8(output.stdout).unwrap();
    assert_eq!(ids.lines().count(), 45, "{}", String::from_utf8_lossy(&output.stderr));
    let deck = "tt/typical/typical_25/v1nom/sim_tx.sp";
    let Some(measures) = ngspice(&folder, deck) else { return };
    let reference = data.join("sky130/decks/inv_1_A_tt_025C_1v80_vs_liberty.csv");
    let table = fs::read_to_string(reference).unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split(',').collect())
        .filter(|row: &Vec<&str>| row[1..3] == ["0.0531329", "0.00952062"])
        .collect();
    assert_eq!(rows.len(), 4);
    for row in rows {
        let expected = row[4].parse::<f64>().unwrap() * 1e-9;
        let measured: f64 = measures[row[0]].parse().unwrap();
        assert!((measured / expected - 1.0).abs() < 2e-3, "{}: {measured} {expected}", row[0]);
    }
}

/// A site's decks keep the supply names that its engineers use, with placeholders or without.
#[test]
fn supplies_may_have_the_names_of_the_site() {
    let sandbox = domain();
    let settings = "[supply_names]\nvccn = 'vdd'\nvcctx = 'core_v'\n";
    sandbox.write("libchar.toml", settings);
    let deck = "TT/typical/typical_25/v1max/sim_tx.sp";
    sandbox.write("template/sim_tx.sp", "* t\n.temp {{ temp }}\n.param a={{ vdd }} b={{ core_v_v }} c={{ vccn }}\n.lib m {{ section }}\n.end\n");
    let ran = sandbox.run(&["gen"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ids = ran.stdout;
    let deck = match sandbox.path().join(deck).exists() {
        true => deck.to_owned(),
        false => format!("{}/sim_tx.sp", ids.lines().find(|id| id.ends_with("v1max")).unwrap()),
    };
    let text = sandbox.read(&deck);
    let values: Vec<&str> = text.lines().nth(2).unwrap().split(['=', ' ']).collect();
    assert_eq!((values[2], values[4]), (values[6], values[6]), "{text}");
    let plain = "* t\n.temp 25\n.param VDD=3.3\nVcore_v x 0 9\nvother y 0 7\n.lib m TT\n.end\n";
    sandbox.write("template/sim_tx.sp", plain);
    assert_eq!(sandbox.run(&["gen"]).code, 0);
    let value = values[6];
    let rest = sandbox.read(&deck);
    assert!(
        rest.contains(&format!(".param VDD={value}\nVcore_v x 0 {value}\nvother y 0 7\n")),
        "{rest}"
    );
    // A name that means nothing, or two things, is refused with its place.
    for (settings, expected) in [
        ("[supply_names]\nvcn = 'vdd'\n", "did you mean `"),
        (
            "[supply_names]\nvccn = 'temp'\n",
            "libchar.toml:2: `temp` has another meaning in templates\n",
        ),
        (
            "[supply_names]\nvccn = 'v'\nvcctx = 'V'\n",
            "libchar.toml:3: `V` stands for two supplies\n",
        ),
    ] {
        sandbox.write("libchar.toml", settings);
        let ran = sandbox.run(&["gen"]);
        assert_eq!((ran.code, ran.stderr.contains(expected)), (2, true), "{}", ran.stderr);
    }
}

#[test]
fn tables_of_other_countries_are_told_as_such() {
    let table = "configuration/table_supply_list_ac.csv";
    for (separator, named) in [("\t", "tabs"), (";", "`;`")] {
        let sandbox = domain();
        sandbox.write(table, sandbox.read(table).replace(',', separator));
        let ran = sandbox.run(&["gen"]);
        let expected = format!("cells are separated by {named}\n  expected commas between cells\n");
        assert!(ran.code == 2 && ran.stderr.contains(&expected), "{}", ran.stderr);
    }
}

/// A group that shares a domain sets that up by its umask.
#[test]
fn files_have_the_mode_that_the_umask_leaves() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = domain();
    let gen_ = sandbox.command(&["gen"]);
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "umask 002; exec \"$0\" gen"]).arg(gen_.get_program());
    let output = shell.current_dir(sandbox.path()).env("HOME", sandbox.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mode = std::fs::metadata(sandbox.path().join("points.csv")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o664);
}

/// If several points write one file, it holds what the last of them wrote.
#[test]
fn a_file_that_all_points_write_is_told() {
    let sandbox = domain();
    let template = |file: &str| {
        format!(
            "* t\n.temp {{{{ temp }}}}\n.param v={{{{ vccn }}}}\n.lib m {{{{ section }}}}\n.control\nrun\nwrdata {file} v(a)\nquit\n.endc\n.end\n"
        )
    };
    sandbox.write("template/sim_tx.sp", template("out.txt"));
    let told = sandbox.run(&["gen"]).stderr;
    let expected = "warning: template/sim_tx.sp: 16 points write the same file `out.txt`, at line 7 of the first deck: \
                    each writes over the others; {{ point }}/out.txt keeps them apart\n";
    assert!(told.contains(expected), "{told}");
    let checked = sandbox.run(&["check", "--format", "csv"]).stdout;
    assert!(checked.contains("WARN,template,\"template/sim_tx.sp: 16 points write"), "{checked}");
    // A point in the middle writes, but neither the first nor the last.
    let middle = template("x").replace("wrdata x v(a)", "{% if temp == 85 %}\nwrite\n{% endif %}");
    sandbox.write("template/sim_tx.sp", middle);
    let told = sandbox.run(&["gen"]).stderr;
    assert!(told.contains(": 4 points write the same file `rawspice.raw`"), "{told}");
    sandbox.write("template/sim_tx.sp", template("{{ point }}/out.txt"));
    let told = sandbox.run(&["gen"]).stderr;
    assert!(!told.contains("same file"), "{told}");
}
