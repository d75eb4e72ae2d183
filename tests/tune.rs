//! `libchar tune` with the real ngspice, on circuits whose right answers are known.

use crate::common::points::{POINTS, domain_with};
use crate::common::{Ran, Sandbox, assert_schema};
use serde_json::Value;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// An RC low pass of 1 ns, driven by a ramp of 10 ps after 1 ns, whose deck bounds the time step.
fn rc(step: &str, more: &str) -> String {
    format!(
        "* rc\nv1 in 0 pwl(0 0 1n 0 1.01n 1)\nr1 in out 1k\nc1 out 0 1p\n.temp TEMP\n.tran 10p 6n 0 {step}\n\
         .meas tran t50 when v(out)=0.5 rise=1\n.meas tran v3 find v(out) at=3n\n{more}.end\n"
    )
}

/// When the ramp of duration `r` that starts at `t0` reaches one half behind an RC of time constant
/// `tau`, after the end of the ramp:
/// `v(t) = 1 - (tau/r) (exp(r/tau) - 1) exp(-(t-t0)/tau)`.
fn half(t0: f64, r: f64, tau: f64) -> f64 {
    t0 + tau * (2.0 * tau / r * ((r / tau).exp() - 1.0)).ln()
}

/// A domain of three points with these decks; `None` if there is no ngspice.
fn domain(deck: &str) -> Option<Sandbox> {
    if !libchar_testing::has("ngspice") {
        return None;
    }
    let sandbox = Sandbox::new();
    domain_with(&sandbox, "");
    for point in POINTS {
        let temp = if point.contains("_m40/") { "-40" } else { "25" };
        sandbox.write(&format!("{point}/sim_tx.sp"), deck.replace("TEMP", temp));
    }
    Some(sandbox)
}

fn rows(ran: &Ran) -> Vec<Value> {
    assert_schema(&ran.stdout);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    document["rows"].as_array().unwrap().clone()
}

fn of<'a>(rows: &'a [Value], role: &str) -> Option<&'a Value> {
    rows.iter().find(|row| row["role"] == role)
}

/// Every file of the domain outside `.libchar` with its content.
fn files(sandbox: &Sandbox) -> String {
    let script = "find . -path ./.libchar -prune -o -type f -print0 | sort -z | xargs -0 sha256sum";
    let output = Command::new("sh").args(["-c", script]).current_dir(sandbox.path()).output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

#[test]
fn a_step_that_is_much_too_small_becomes_a_cheap_preset_within_the_exact_value() {
    let Some(sandbox) = domain(&rc("0.1p", "")) else { return };
    let before = files(&sandbox);
    let ran = sandbox.run(&["tune", "--sample", "2", "--format", "json", "--name", "fast"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows = rows(&ran);
    let (deck, chosen) = (of(&rows, "deck").unwrap(), of(&rows, "chosen").unwrap());
    assert_eq!((&deck["options"], &deck["status"]), (&Value::from(""), &Value::from("within")));
    assert!(chosen["cpu_pct"].as_f64().unwrap() < 50.0, "{chosen}");
    for column in ["error_pct", "verified_pct"] {
        assert!(chosen[column].as_f64().unwrap() <= 0.1, "{chosen}");
    }
    let preset = sandbox.read("presets.toml");
    assert!(preset.starts_with("[fast]\noptions = { "), "{preset}");
    for text in ["tolerance = 0.001\n", "t50 = { sample = ", "v3 = { sample = ", "verified = [\"TT"]
    {
        assert!(preset.contains(text), "{text} in {preset}");
    }
    // Nothing else was changed, and no temporary files are left.
    std::fs::remove_file(sandbox.path().join("presets.toml")).unwrap();
    assert_eq!(files(&sandbox), before);
    assert!(!sandbox.path().join(".libchar/tune").exists());

    // The exact answer, which is independent of the simulator.
    let options = chosen["options"].as_str().unwrap();
    let t50 = simulated(&sandbox, options);
    let exact = half(1e-9, 10e-12, 1e-9);
    assert!((t50 / exact - 1.0).abs() < 1e-3, "{t50} {exact}");
}

/// `t50` of the first point as ngspice gives it when these options are written into the deck by hand.
fn simulated(sandbox: &Sandbox, options: &str) -> f64 {
    let deck = sandbox.read(&format!("{}/sim_tx.sp", POINTS[0]));
    let mut lines = String::new();
    let mut step = 0.1e-12;
    for option in options.split_whitespace() {
        match option.strip_prefix("max_step=") {
            Some(factor) => step *= factor.parse::<f64>().unwrap(),
            None => lines.push_str(&format!(".options {option}\n")),
        }
    }
    let deck = deck.replace("0 0.1p\n", &format!("0 {step:e}\n")).replace(".end\n", "");
    let path = sandbox.write("by-hand.sp", deck + &lines + ".end\n");
    let output = Command::new("ngspice").args(["-b", "-n"]).arg(path).output().unwrap();
    let log = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = log.lines().find(|line| line.starts_with("t50")).unwrap_or_else(|| panic!("{log}"));
    line.split('=').nth(1).unwrap().trim().parse().unwrap()
}

#[test]
fn a_deck_that_is_too_coarse_is_told_and_gets_a_preset_that_is_not() {
    let Some(sandbox) = domain(&rc("1n", ".options reltol=0.05 trtol=100\n")) else { return };
    let ran = sandbox.run(&["tune", "--sample", "1", "--verify", "1", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows = rows(&ran);
    assert_eq!(of(&rows, "deck").unwrap()["status"], "outside");
    assert!(of(&rows, "chosen").unwrap()["error_pct"].as_f64().unwrap() <= 0.1);
    assert!(
        ran.stderr.contains("warning: the deck as written is not within the tolerance: "),
        "{}",
        ran.stderr
    );
    assert!(!sandbox.path().join("presets.toml").exists());
}

#[test]
fn nothing_cheaper_than_a_quick_deck_is_said_so() {
    let Some(sandbox) = domain(&rc("50p", "")) else { return };
    let ran = sandbox.run(&[
        "tune",
        "--sample",
        "1",
        "--verify",
        "0",
        "--tolerance",
        "5%",
        "--name",
        "x",
    ]);
    assert_eq!(ran.code, 1, "{}{}", ran.stdout, ran.stderr);
    assert!(
        ran.stderr
            .contains("nothing well within the tolerance is cheaper than the deck as written"),
        "{}",
        ran.stderr
    );
    assert!(ran.stdout.starts_with("role,options,status,cpu_s,"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\ndeck,,within,"), "{}", ran.stdout);
    assert!(!sandbox.path().join("presets.toml").exists());
}

#[test]
fn a_measure_about_zero_needs_an_absolute_tolerance() {
    let zero = ".meas tran v0 find v(out) at=0.5n\n";
    let Some(sandbox) = domain(&rc("10p", zero)) else { return };
    let ran = sandbox.run(&["tune", "--sample", "1", "--verify", "0"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let expected =
        format!("{}: `v0` is about zero (0), where a relative error says nothing; ", POINTS[0]);
    assert!(ran.stderr.contains(&expected), "{}", ran.stderr);
    assert!(ran.stderr.contains("--absolute v0=VALUE"), "{}", ran.stderr);
    let ran = sandbox.run(&["tune", "--sample", "1", "--verify", "0", "--absolute", "v0=1u"]);
    assert!(ran.stderr.contains("converged with "), "{}", ran.stderr);
}

#[test]
fn options_that_fail_are_rows_with_their_reason() {
    let Some(sandbox) = domain(&rc("10p", "")) else { return };
    // A simulator that fails with one of the options.
    let script = "#!/bin/sh\nfor a; do last=$a; done\nif grep -q 'method=gear' \"$last\"; then\n\
                  echo 'doAnalyses: TRAN:  Timestep too small'; exit 1; fi\nexec ngspice \"$@\"\n";
    let program = sandbox.write("moody", script);
    Command::new("chmod").arg("+x").arg(&program).status().unwrap();
    let config = format!("[simulators.ngspice]\nprogram = '{}'\n", program.display());
    sandbox.write("libchar.toml", config);
    let ran = sandbox.run(&["tune", "--sample", "1", "--verify", "0", "--format", "json"]);
    let rows = rows(&ran);
    let failed =
        rows.iter().find(|row| row["status"] == "failed").unwrap_or_else(|| panic!("{rows:?}"));
    assert!(failed["options"].as_str().unwrap().contains("method=gear"));
    assert!(failed["reason"].as_str().unwrap().starts_with("convergence: "), "{failed}");
    assert_eq!(failed["error_pct"], Value::Null);
}

#[test]
fn a_dry_run_names_the_points_and_leaves_nothing() {
    let sandbox = Sandbox::new();
    domain_with(&sandbox, &rc("1p", ""));
    let ran = sandbox.run(&["tune", "--dry-run", "--sample", "2", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows = rows(&ran);
    let roles: Vec<_> = rows.iter().map(|row| row["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["sample", "sample", "verify"]);
    let mut points: Vec<_> = rows.iter().map(|row| row["point"].as_str().unwrap()).collect();
    points.sort_unstable();
    points.dedup();
    assert_eq!(points.len(), 3);
    assert!(!sandbox.path().join(".libchar").exists());
}

#[test]
fn wrong_calls_are_refused() {
    let sandbox = Sandbox::new();
    domain_with(&sandbox, "t\nr1 a 0 1\n.end\n");
    for (args, expected) in [
        (&["tune", "--sample", "0"][..], "--sample takes 1 or more"),
        (&["tune", "--tolerance", "2"], "expected an error above 0 and below 100 %"),
        (&["tune", "--absolute", "v0"], "expected a measure and a value above 0, such as ileak=1n"),
        (&["tune", "--corner", "TX"], "--corner: unknown corner `TX`"),
        (&["tune", "--name", "a/b"], "expected letters, digits"),
    ] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.stderr.contains(expected), "{args:?}: {}", ran.stderr);
    }
    if Command::new("ngspice").arg("--version").output().is_ok() {
        let ran = sandbox.run(&["tune"]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("the decks ask for no measure"), "{}", ran.stderr);
    }
    // A presets file with a fault is reported before anything is simulated, and stays as it is.
    sandbox.write("presets.toml", "[fast]\noption = {}\n");
    let ran = sandbox.run(&["tune", "--name", "new"]);
    assert_eq!(ran.code, 2);
    let expected = "presets.toml:2:1: unknown field `option`, expected `options` or `measured`\n";
    assert_eq!(ran.stderr, expected);
    assert_eq!(sandbox.read("presets.toml"), "[fast]\noption = {}\n");
    // A simulator whose options are not described.
    sandbox.write("libchar.toml", "[simulators.other]\nprogram = 'true'\nargs = ['{deck}']\n");
    sandbox.write("config.cfg", "simulator=other\n");
    let ran = sandbox.run(&["tune"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("the description of other has no [tune]"), "{}", ran.stderr);
}

#[test]
fn a_signal_ends_it_and_leaves_nothing() {
    let Some(sandbox) = domain(&rc("0.002p", "")) else { return };
    let mut child = sandbox
        .command(&["tune", "--sample", "1", "-j", "1"])
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    let is_simulating = || {
        let folder = std::fs::read_dir(sandbox.path().join(".libchar/tune"));
        folder.is_ok_and(|entries| {
            entries.flatten().any(|e| e.file_name().to_string_lossy().contains(".work-"))
        })
    };
    while !is_simulating() && began.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(20));
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(!sandbox.path().join(".libchar/tune").exists());
    assert!(!sandbox.path().join("presets.toml").exists());
}

#[test]
fn results_and_report_tell_the_preset() {
    let Some(sandbox) = domain(&rc("1p", "")) else { return };
    // A step that is not on any axis of the search: otherwise the same options would make the same
    // deck, which is not simulated twice.
    sandbox.write("presets.toml", "# by hand\n[coarse]\noptions = { max_step = 15 }\n");
    let ran = sandbox.run(&["tune", "--sample", "1", "--verify", "1", "--name", "fast"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        sandbox
            .read("presets.toml")
            .starts_with("# by hand\n[coarse]\noptions = { max_step = 15 }\n")
    );

    assert_eq!(sandbox.run(&["run"]).code, 0);
    assert_eq!(sandbox.run(&["ext"]).code, 0);
    assert!(!sandbox.read("results.csv").contains("preset"), "never silently, and never otherwise");

    assert_eq!(sandbox.run(&["run", "--preset", "fast"]).code, 0);
    let ran = sandbox.run(&["run", "--preset", "coarse", "--point", POINTS[2]]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = sandbox.run(&["ext", "--format", "json"]);
    assert_schema(&ran.stdout);
    let results = sandbox.read("results.csv");
    assert!(
        results.starts_with(
            "point,corner,extraction,temp_c,supply,alter,measure,value,status,preset\n"
        )
    );
    assert!(results.contains(",ok,fast\n") && results.contains(",ok,coarse\n"), "{results}");

    let ran = sandbox.run(&["srt", "--format", "json"]);
    assert_schema(&ran.stdout);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let names: Vec<_> =
        report["presets"].as_array().unwrap().iter().map(|p| &p["preset"]).collect();
    assert_eq!(names, ["coarse", "fast"]);
    assert_eq!(report["presets"][1]["points"], 2);
    assert_eq!(report["presets"][1]["tolerance_pct"], 0.1);
    assert!(report["presets"][1]["errors"][0]["verified_pct"].as_f64().unwrap() <= 0.1);
    let text = sandbox.read("creport.txt");
    assert!(
        text.contains("\npreset coarse  points 1  tolerance_pct -  options max_step=15\n"),
        "{text}"
    );
    assert!(text.contains("\npreset fast  points 2  tolerance_pct 0.1  options "), "{text}");
    // It can be read back, and gives the same report.
    let ran = sandbox.run(&["report", "--format", "json"]);
    assert_eq!(serde_json::from_str::<Value>(&ran.stdout).unwrap(), report);
}
