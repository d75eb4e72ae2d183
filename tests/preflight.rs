//! What a later stage would refuse is reported by `check`, and refused by `gen` and `flow` before
//! anything is simulated.

use crate::common::Sandbox;
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// The inverter example with a stand-in that counts its simulations.
fn domain() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/inverter-pvt");
    let script = "#!/bin/sh\ncase \"$*\" in *version*) echo '** ngspice-99 : stand-in';; \
                  *) echo x >> simulated;; esac\n";
    let program = executable(&sandbox, "bin/ngspice", script);
    let more = format!("\n[simulators.ngspice]\nprogram = '{program}'\n");
    append(&sandbox, "libchar.toml", &more);
    sandbox
}

fn executable(sandbox: &Sandbox, name: &str, script: &str) -> String {
    let program = sandbox.write(name, script);
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program.display().to_string()
}

fn append(sandbox: &Sandbox, file: &str, text: &str) {
    let file = format!("inverter-pvt/{file}");
    let all = sandbox.read(&file) + text;
    sandbox.write(&file, all);
}

fn replace(sandbox: &Sandbox, file: &str, from: &str, to: &str) {
    let file = format!("inverter-pvt/{file}");
    let text = sandbox.read(&file);
    assert!(text.contains(from), "{file}: {from}");
    sandbox.write(&file, text.replace(from, to));
}

/// The lines of `check` that fail.
fn failures(sandbox: &Sandbox) -> String {
    let ran = sandbox.run(&["-C", "inverter-pvt", "check", "--format", "csv"]);
    let lines = ran.stdout.lines().filter(|line| line.starts_with("FAIL"));
    let lines: String = lines.map(|line| format!("{line}\n")).collect();
    assert_eq!(ran.code, i32::from(!lines.is_empty()), "{}", ran.stdout);
    lines
}

/// Checks that `check` fails with these words, that `gen` and `flow` refuse with them, and that
/// nothing was simulated.
fn refused(sandbox: &Sandbox, words: &[&str]) {
    let checked = failures(sandbox);
    let told = [&["gen"][..], &["flow"]].map(|args| {
        let ran = sandbox.run(&[&["-C", "inverter-pvt"], args].concat());
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.stderr);
        ran.stderr
    });
    for word in words {
        assert!(checked.contains(word), "check: {word} in {checked}");
        assert!(told.iter().all(|told| told.contains(word)), "{word} in {told:?}");
    }
    assert!(!sandbox.path().join("inverter-pvt/simulated").exists());
}

#[test]
fn a_sound_domain_is_not_refused() {
    let sandbox = domain();
    assert_eq!(failures(&sandbox), "");
    assert_eq!(sandbox.run(&["-C", "inverter-pvt", "gen"]).code, 0);
}

#[test]
fn all_faults_of_the_settings_are_told_at_once() {
    let sandbox = domain();
    replace(
        &sandbox,
        "libchar.toml",
        "typ = 'TT/typical/typical_85/v1nom'",
        "typ = 'TT/typical/typical_85/v1no'",
    );
    replace(&sandbox, "libchar.toml", "[specs.tphl]", "[specs.tphl]\nmin = '40p'");
    append(
        &sandbox,
        "libchar.toml",
        "[specs.tphll]\nmax = 1\n[after]\n'TT/*' = ['SS/*']\n'SS/*' = ['TT/*']\n",
    );
    append(&sandbox, "libchar.toml", "[usr]\nscript = 'nobody.sh'\n");
    refused(
        &sandbox,
        &[
            "report.typ: unknown point `TT/typical/typical_85/v1no`",
            "did you mean `TT/typical/typical_85/v1nom`?",
            "libchar.toml:",
            "specs.tphl",
            "specs.tphll: a limit on a measure that no deck asks for",
            "did you mean `tphl`?",
            "wait for each other",
            "usr.script is nobody.sh",
        ],
    );
}

#[test]
fn what_is_asked_of_print_must_be_printed() {
    let sandbox = domain();
    append(&sandbox, "libchar.toml", "[measures]\nprint = ['v(y)', 'V( nobody )']\n");
    let block = ".control\nop\nprint V(Y) i(vdd)\n.endc\n.end";
    replace(&sandbox, "template/sim_tx.sp", ".end", block);
    refused(&sandbox, &["libchar.toml:", "measures.print: no deck prints `v(nobody)`"]);
}

#[test]
fn presets_recipes_and_executors_must_exist() {
    for (setting, word) in [
        ("preset = 'fast'", "there is no preset `fast`"),
        ("recipes = ['gear']", "no recipe is called `gear`"),
        ("executor = 'slurmm'", "unknown executor `slurmm`"),
    ] {
        let sandbox = domain();
        append(&sandbox, "libchar.toml", &format!("[run]\n{setting}\n"));
        refused(&sandbox, &[word]);
    }
    let sandbox = domain();
    for (option, value, word) in
        [("--preset", "fast", "there is no preset"), ("--executor", "slurmm", "unknown executor")]
    {
        let ran = sandbox.run(&["-C", "inverter-pvt", "flow", option, value]);
        assert_eq!((ran.code, ran.stderr.contains(word)), (2, true), "{}", ran.stderr);
    }
    assert!(!sandbox.path().join("inverter-pvt/simulated").exists());
}

#[test]
fn a_changed_script_of_the_core_is_found() {
    let sandbox = domain();
    let script = executable(&sandbox, "core/ver03/sim_pvt.sh", "#!/bin/sh\n");
    let core = script.trim_end_matches("/sim_pvt.sh");
    let settings = format!(
        "[core]\npath = '{core}'\nversion = 'ver03'\n[core.files.'sim_pvt.sh']\nlines = 7\n"
    );
    append(&sandbox, "libchar.toml", &settings);
    let failed = failures(&sandbox);
    assert!(failed.contains("FAIL,core,") && failed.contains("the script has 1 lines"), "{failed}");
}

#[test]
fn decks_without_measures_and_paths_with_blanks_are_refused() {
    let sandbox = domain();
    let template = sandbox.read("inverter-pvt/template/sim_tx.sp");
    let without: String = template
        .lines()
        .filter(|line| !line.starts_with(".meas"))
        .map(|l| format!("{l}\n"))
        .collect();
    sandbox.write("inverter-pvt/template/sim_tx.sp", without);
    // Such decks can be generated and inspected, but nothing simulates them.
    assert!(
        failures(&sandbox).contains("FAIL,measures,\"template/sim_tx.sp: the decks have no .meas")
    );
    let ran = sandbox.run(&["-C", "inverter-pvt", "flow"]);
    assert_eq!(
        (ran.code, ran.stderr.contains("the decks have no .meas")),
        (2, true),
        "{}",
        ran.stderr
    );
    sandbox.write("inverter-pvt/template/sim_tx.sp", template);
    let models = sandbox.path().join("inverter-pvt/models");
    fs::rename(&models, models.with_file_name("my models")).unwrap();
    replace(&sandbox, "template/sim_tx.sp", "'models/generic45.lib'", "'my models/generic45.lib'");
    refused(
        &sandbox,
        &["ngspice ends the path of a library at a blank", "`my models/generic45.lib`"],
    );
}

/// If a site measures by printing, or under a condition, a limit on what it prints is not refused.
#[test]
fn what_a_control_block_prints_may_have_limits() {
    let sandbox = domain();
    append(&sandbox, "libchar.toml", "[specs.gain_db]\nmax = 1\n");
    replace(
        &sandbox,
        "template/sim_tx.sp",
        ".end\n",
        ".control\nrun\nprint gain_db\nquit\n.endc\n.end\n",
    );
    assert_eq!(failures(&sandbox), "");
    let sandbox = domain();
    append(&sandbox, "libchar.toml", "[specs.vmax]\nmax = 1\n");
    replace(
        &sandbox,
        "template/sim_tx.sp",
        ".end\n",
        ".if (1)\n.meas tran vmax max v(y)\n.endif\n.end\n",
    );
    assert_eq!(failures(&sandbox), "");
}

#[test]
fn the_sites_own_programs_tell_whether_licences_are_there() {
    let sandbox = domain();
    let program =
        executable(&sandbox, "bin/lm", "#!/bin/sh\necho \"Users of hspice: $1 issued\"\nexit $2\n");
    let ask = |issued: &str, code: &str, more: &str| {
        let settings = sandbox.read("inverter-pvt/libchar.toml");
        let (own, _) = settings.split_once("[check.commands").unwrap_or((&settings, ""));
        let table = format!(
            "{own}[check.commands.hspice]\ncommand = ['{program}', '{issued}', '{code}']\n\
             pattern = 'Users of hspice: 5*'\n{more}"
        );
        sandbox.write("inverter-pvt/libchar.toml", table);
    };
    ask("5", "0", "");
    let ran = sandbox.run(&["-C", "inverter-pvt", "check", "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert!(
        ran.stdout.contains("PASS,commands,hspice: Users of hspice: 5 issued\n"),
        "{}",
        ran.stdout
    );
    for (issued, code, more, word) in [
        ("0", "0", "", "no line of the output of"),
        ("5", "3", "", "ended with 3, expected 0"),
        ("5", "0", "exit_code = 1\n", "ended with 0, expected 1"),
    ] {
        ask(issued, code, more);
        assert!(failures(&sandbox).contains(word), "{word}");
        let ran = sandbox.run(&["-C", "inverter-pvt", "flow"]);
        assert_eq!((ran.code, ran.stderr.contains(word)), (2, true), "{}", ran.stderr);
    }
    let absent = sandbox.read("inverter-pvt/libchar.toml").replace("bin/lm'", "bin/none'");
    sandbox.write("inverter-pvt/libchar.toml", absent);
    assert!(failures(&sandbox).contains("FAIL,commands,"));
    assert!(!sandbox.path().join("inverter-pvt/simulated").exists());
}

#[test]
fn tools_are_held_to_their_versions_and_licences() {
    let sandbox = domain();
    let tool = executable(
        &sandbox,
        "bin/hsim",
        "#!/bin/sh\necho 'Loading x86_64'\necho \"hsim U-2023.12-SP1 ($1)\"\n",
    );
    let licence = executable(&sandbox, "bin/lm", "#!/bin/sh\necho \"$1 seats\"\n");
    let own = sandbox.read("inverter-pvt/libchar.toml");
    let check = |more: &str| {
        let table = format!("{own}[tool.hsim]\npath = '{tool}'\n{more}");
        sandbox.write("inverter-pvt/libchar.toml", table);
        sandbox.run(&["-C", "inverter-pvt", "check", "--format", "csv"])
    };
    let seats = |n: u32| format!("licence = ['{licence}', '{n}']\nlicence_pattern = '5 *'\n");
    let ran = check(&format!("version = '>=2022, <2024'\n{}", seats(5)));
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    for line in ["hsim: version 2023.12 is within >=2022, <2024", "PASS,tools,hsim: 5 seats"] {
        assert!(ran.stdout.contains(line), "{}", ran.stdout);
    }
    assert!(check("").stdout.contains("PASS,tools,hsim: version 2023.12\n"));
    for (more, word) in [
        ("version = '2022'\n".to_owned(), "reports version 2023.12, expected 2022"),
        (seats(4), "no line of the output of"),
        ("version = '>=2022, about'\n".to_owned(), "`about` is not a bound of versions"),
        ("version_args = ['-v']\nversion = '!=2023.12'\n".to_owned(), "hsim -v` reports version"),
    ] {
        let ran = check(&more);
        assert_eq!(ran.code, 1, "{}", ran.stdout);
        assert!(ran.stdout.contains(word), "{word}: {}", ran.stdout);
        let ran = sandbox.run(&["-C", "inverter-pvt", "flow"]);
        assert_eq!((ran.code, ran.stderr.contains(word)), (2, true), "{}", ran.stderr);
    }
    sandbox.write("inverter-pvt/libchar.toml", format!("{own}[tool.no-such-tool]\nversion='1'\n"));
    assert!(failures(&sandbox).contains("no-such-tool: cannot start no-such-tool: "));
    assert!(!sandbox.path().join("inverter-pvt/simulated").exists());
}

#[test]
fn a_scheduler_that_does_not_answer_is_told() {
    let sandbox = domain();
    let settings = "[run]\nexecutor = 'site'\n[executors.site]\nsubmit = ['no-such-submit']\n\
                    status = ['no-such-status']\ncancel = ['x']\n";
    append(&sandbox, "libchar.toml", settings);
    assert!(failures(&sandbox).contains("FAIL,executor,"), "{}", failures(&sandbox));
    let ran = sandbox.run(&["-C", "inverter-pvt", "flow"]);
    assert_eq!((ran.code, ran.stderr.contains("no-such-status")), (2, true), "{}", ran.stderr);
}

#[test]
fn faults_are_json_lines_for_those_who_ask() {
    let sandbox = domain();
    append(&sandbox, "libchar.toml", "[specs.tphll]\nmax = 1\n");
    let ran = sandbox.run(&["-C", "inverter-pvt", "gen", "--log-format", "json"]);
    let lines: Vec<serde_json::Value> =
        ran.stderr.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let fault = lines.iter().find(|line| line["event"] == "fault").expect("a fault");
    assert_eq!(fault["file"], "libchar.toml");
    assert!(fault["line"].as_u64().is_some_and(|line| line > 30), "{fault}");
    assert_eq!((&fault["nearest"], &fault["level"]), (&"tphl".into(), &"error".into()));
    for args in
        [&["--log-format=json", "genn"][..], &["--log-format", "json", "-C", "nowhere", "gen"]]
    {
        let ran = sandbox.run(args);
        let line: serde_json::Value =
            serde_json::from_str(ran.stderr.trim()).expect("one JSON line");
        assert_eq!((ran.code, &line["event"]), (2, &"error".into()), "{line}");
    }
}

#[test]
fn a_unit_that_is_called_like_a_limit_is_none() {
    let sandbox = domain();
    append(&sandbox, "libchar.toml", "[specs.settling]\nunit = 'min'\n");
    let ran = sandbox.run(&["-C", "inverter-pvt", "gen"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}
