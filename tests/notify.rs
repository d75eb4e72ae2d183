//! `[notify]`: what the site's programs receive, and that they change nothing.

use crate::common::standin;
use crate::common::{Sandbox, assert_schema};
use std::os::unix::fs::PermissionsExt;

/// Eight points, six of which fail, and a program that records what it receives.
fn domain(settings: &str, script: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    standin::lay(&sandbox, 8, settings, |i| if i < 6 { "measure" } else { "good" });
    let path = sandbox.write("tell", format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    sandbox
}

#[test]
fn a_program_reads_what_was_raised_and_is_asked_again_when_it_fails() {
    let settings = "[notify.mail]\ncommand = ['./tell', 'a b']\nseverity = 'critical'\n";
    let script = "echo \"$1\" >> asked; [ -e once ] || { touch once; exit 3; }; cat > told";
    let sandbox = domain(settings, script);
    let ran = sandbox.run(&["run", "--no-batch"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(sandbox.read("asked"), "a b\na b\n");
    let told = sandbox.read("told");
    assert_schema(&told);
    let event: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!((&event["command"], &event["severity"]), (&"run".into(), &"critical".into()));
    assert_eq!(event["alerts"][0]["message"], "6 of 8 points failed");
    assert_eq!(event["alerts"][0]["details"]["limit"], 0.1);
    assert_eq!(event["exit_code"], 1);
    let alerts = sandbox.run(&["alerts", "--format", "csv"]);
    assert!(alerts.stdout.contains("6 of 8 points failed"), "{}", alerts.stdout);
}

#[test]
fn a_program_that_fails_or_hangs_changes_nothing_and_is_said() {
    for (script, said) in [
        ("echo no route >&2; exit 7", "mail was not notified: `./tell` ended with 7: no route"),
        ("sleep 60", "mail was not notified: `./tell` took longer than 1 s"),
    ] {
        let settings = "[notify.mail]\ncommand = ['./tell']\ntimeout = '1s'\nretries = 0\n";
        let ran = domain(settings, script).run(&["-q", "run", "--no-batch"]);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    let ran = domain("[notify.mail]\ncommand = ['./none']\nretries = 0\n", "").run(&["run"]);
    assert!(ran.stderr.contains("mail was not notified: cannot start ./none"), "{}", ran.stderr);
}

#[test]
fn what_is_below_the_limit_or_the_severity_is_not_told() {
    let program = "[notify.mail]\ncommand = ['./tell']\n";
    let sandbox = domain(&format!("{program}[alerts]\nfailure_rate = 0.8\n"), "cat > told");
    assert_eq!(sandbox.run(&["run", "--no-batch"]).code, 1);
    assert!(!sandbox.path().join("told").exists());
    let text = sandbox.run(&["config", "check"]);
    assert_eq!(text.code, 0, "{}", text.stderr);
    sandbox.write("libchar.toml", "[notify.mail]\ncommand = ['./tell']\nseverity = 'bad'\n");
    let ran = sandbox.run(&["config", "check"]);
    assert!(
        ran.stderr.contains("expected one of: info, warning, critical")
            || ran.stdout.contains("one of: info, warning, critical"),
        "{} {}",
        ran.stdout,
        ran.stderr
    );
}
