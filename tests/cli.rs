//! What holds for every command: exit codes, streams, faults of the configuration.

use crate::common::Sandbox;

#[test]
fn alone_it_shows_where_to_begin_and_exits_2() {
    let ran = Sandbox::new().run(&[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    for part in ["Usage: libchar", "libchar flow", "libchar report --html"] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
}

#[test]
fn help_shows_every_command_in_its_family() {
    let ran = Sandbox::new().run(&["help"]);
    assert_eq!(ran.code, 0);
    let line = |text: &str| ran.stdout.lines().position(|line| line.starts_with(text));
    let place = |text: &str| line(text).unwrap_or_else(|| panic!("{text}: {}", ran.stdout));
    assert!(place("A circuit at every PVT point:") < place("  gen "));
    assert!(place("  gen ") < place("A fab process:") && place("A fab process:") < place("  spc "));
    assert!(
        place("Around them:") < place("  diff ") && place("  help ") < place("Global options:")
    );
    // The manual has one page for each command.
    for page in std::fs::read_dir(crate::common::repository().join("man")).expect("manuals") {
        let name = page.expect("an entry").file_name().into_string().expect("UTF-8");
        let Some(command) = name.strip_prefix("libchar-").and_then(|name| name.strip_suffix(".1"))
        else {
            continue;
        };
        let is_own = |line: &str| {
            line.split_whitespace()
                .next()
                .is_some_and(|word| command == word || command.starts_with(&format!("{word}-")))
        };
        assert!(ran.stdout.lines().any(is_own), "{command}: {}", ran.stdout);
    }
}

#[test]
fn a_mistyped_command_is_named_with_its_neighbour() {
    let ran = Sandbox::new().run(&["histroy"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("'history'"), "{}", ran.stderr);
}

#[test]
fn every_fault_of_the_configuration_is_told_at_once() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "[run]\ntimeout = 'soon'\njob = 3\n");
    let ran = sandbox.run(&["config"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert_eq!(
        ran.stderr,
        "libchar.toml:2:11: `run.timeout` is 'soon'\n  \
         expected a duration such as 90s, 15m or 10h\n\
         libchar.toml:3:1: unknown key `run.job`\n  did you mean `run.jobs`?\n"
    );
}

#[test]
fn values_tell_where_they_come_from() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "[env.lab.run]\ntimeout = '2h'\n");
    let ran = sandbox.run(&["config", "--env", "lab"]);
    assert!(ran.stdout.contains("run.timeout,2h,libchar.toml:2\n"), "{}", ran.stdout);
    let ran = sandbox.command(&["config"]).env("LIBCHAR_RUN_TIMEOUT", "5m").output().unwrap();
    let stdout = String::from_utf8(ran.stdout).unwrap();
    assert!(stdout.contains("run.timeout,5m,environment LIBCHAR_RUN_TIMEOUT\n"), "{stdout}");
}

#[test]
fn json_documents_keep_their_schema() {
    let sandbox = Sandbox::new();
    crate::common::assert_schema(&sandbox.run(&["config", "--format", "json"]).stdout);
    crate::common::assert_schema(&sandbox.run(&["config", "--keys", "--format", "json"]).stdout);
}

#[test]
fn numbers_are_refused_by_the_option_that_they_do_not_fit() {
    let sandbox = Sandbox::new();
    sandbox.write("x.csv", "x\n1\n2\n");
    for (args, message) in [
        (
            &["--sigma", "-1"][..],
            "libchar: --sigma = -1 is out of range: a standard deviation above 0",
        ),
        (&["--width", "-1"], "libchar: width = -1 is out of range: 0 < width <= 20 sigma"),
        (&["--width", "nan"], "error: invalid value 'NaN' for '--width': expected a finite number"),
        (
            &["--center", "inf"],
            "error: invalid value 'inf' for '--center': expected a finite number",
        ),
        (&["--phase1", "-3"], "error: invalid value '-3' for '--phase1 <N>'"),
    ] {
        let ran = sandbox.run(&[&["spc", "chart", "x.csv"], args].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(ran.stderr.starts_with(message), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn a_missing_file_is_named_with_its_neighbour() {
    let sandbox = Sandbox::new();
    sandbox.write("data/oxide.csv", "x\n1\n2\n");
    let ran = sandbox.run(&["spc", "chart", "data/oxyde.csv"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.stderr,
        "data/oxyde.csv: cannot be read: No such file or directory (os error 2)\n  did you mean `data/oxide.csv`?\n"
    );
    let ran = sandbox.run(&["spc", "health", "data"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (2, "data: cannot be read: Is a directory (os error 21)\n")
    );
}

#[test]
fn a_full_disk_behind_standard_output_is_said() {
    let sandbox = Sandbox::new();
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a full device");
    let output = sandbox.command(&["spc", "rules"]).stdout(full).output().expect("libchar runs");
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.starts_with("libchar: cannot write standard output: No space left"), "{stderr}");
}

#[test]
fn an_environment_that_no_file_describes_is_refused() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&["--env", "labb", "config"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stderr.contains("no configuration file describes the environment `labb`"),
        "{}",
        ran.stderr
    );
    sandbox.write("libchar.toml", "[env.lab.run]\ntimeout = '5s'\n");
    let ran = sandbox.run(&["--env", "labb", "config"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert_eq!(
        ran.stderr,
        "--env: unknown environment `labb`\n  expected one of: lab\n  did you mean `lab`?\n"
    );
    assert_eq!(sandbox.run(&["--env", "lab", "config"]).code, 0);
}

#[test]
fn a_variable_that_sets_nothing_is_a_fault() {
    let sandbox = Sandbox::new();
    let run = |name: &str, value: &str| {
        let mut command = sandbox.command(&["config"]);
        command.env(name, value).output().expect("libchar runs")
    };
    let slip = run("LIBCHAR_RUN_TIMEOT", "1s");
    let told = String::from_utf8_lossy(&slip.stderr).into_owned();
    assert_eq!(slip.status.code(), Some(2), "{told}");
    assert!(told.contains("unknown variable LIBCHAR_RUN_TIMEOT"), "{told}");
    assert!(told.contains("did you mean `LIBCHAR_RUN_TIMEOUT`?"), "{told}");
    for name in ["LIBCHAR_RUN_TIMEOUT", "LIBCHAR_TEST_ANYTHING", "LIBCHAR_REFDATA"] {
        assert_eq!(run(name, "1s").status.code(), Some(0), "{name}");
    }
}

#[test]
fn the_variable_of_the_history_is_obeyed() {
    let sandbox = Sandbox::new();
    sandbox.write("x.csv", "x\n1\n2\n3\n");
    let mut command = sandbox.command(&["spc", "chart", "x.csv", "-c", "x"]);
    let chart = command.env("LIBCHAR_HISTORY", "mine.db").output().expect("libchar runs");
    assert!(chart.status.code() < Some(2));
    assert!(sandbox.path().join("mine.db").is_file());
}

/// `head -1` closes the pipe long before all rows are written.
#[test]
fn a_closed_pipe_ends_quietly_in_every_format() {
    let sandbox = Sandbox::new();
    let rows: String = (0..20_000).map(|i| format!("{}\n", i * i % 17)).collect();
    sandbox.write("big.csv", format!("x\n{rows}"));
    for format in ["csv", "json", "jsonl", "table"] {
        let args =
            ["spc", "chart", "big.csv", "-c", "x", "--show", "points", "-q", "--format", format];
        let mut command = sandbox.command(&args);
        let command =
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let mut child = command.spawn().expect("libchar starts");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("libchar ends");
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(!told.contains("pipe") && ended.status.code() < Some(2), "{format}: {told}");
    }
}

/// If the shell limits the size of files, that is an error with its reason, both on standard output
/// and in a file that libchar writes, and no half file is left.
#[test]
fn a_file_that_grows_beyond_the_shell_s_limit_is_an_error() {
    let sandbox = Sandbox::new();
    let rows: String = (0..20_000).map(|i| format!("{}\n", f64::from(i % 7) + 0.1234)).collect();
    sandbox.write("m.csv", format!("x\n{rows}"));
    for command in ["--show points m.csv > points.csv", "--show summary m.csv --svg chart.svg"] {
        let program = env!("CARGO_BIN_EXE_libchar");
        let script = format!("ulimit -f 32; exec {program} spc chart {command}");
        let output = std::process::Command::new("/bin/bash")
            .args(["-c", &script])
            .current_dir(sandbox.path())
            .env("LIBCHAR_HISTORY", "/dev/null/none")
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains("File too large"), "{stderr}");
    }
    let names = std::fs::read_dir(sandbox.path()).unwrap().map(|e| e.unwrap().file_name());
    let mut names: Vec<String> = names.map(|n| n.into_string().unwrap()).collect();
    names.retain(|name| name.starts_with(".libchar-") || name == "chart.svg");
    assert_eq!(names, Vec::<String>::new());
}
