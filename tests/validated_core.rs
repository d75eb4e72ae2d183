//! A site's own scripts: checked before each stage, called unchanged, and their folder is never
//! written to.

use crate::common::{Ran, Sandbox};
use std::path::Path;
use std::process::Command;

/// A domain beside a copy of the stand-in core, with the site's statements about the scripts.
fn site() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.copy("testdata/core");
    sandbox.write("domain/config.cfg", "mode=prelay\n");
    let entry = sha256(&sandbox.path().join("core/ver03/sim_pvt.sh"));
    sandbox.write(
        "domain/libchar.toml",
        format!(
            "[core]\npath = '../core/ver03'\nversion = 'ver03'\n\
             [core.files.\"sim_pvt.sh\"]\nlines = 8\nsha256 = '{entry}'\n\
             [core.files.\"tb_gen/gen_tb.pl\"]\nlines = 3\n"
        ),
    );
    sandbox
}

fn sha256(path: &Path) -> String {
    let output = Command::new("sha256sum").arg(path).output().expect("sha256sum runs");
    String::from_utf8_lossy(&output.stdout).split_whitespace().next().expect("a hash").to_owned()
}

/// Everything below the core: names, contents, times.
fn listing(sandbox: &Sandbox) -> String {
    let output = Command::new("find")
        .args(["core", "-printf", "%p %s %T@ %m\n"])
        .current_dir(sandbox.path())
        .output()
        .expect("find runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn with(sandbox: &Sandbox, args: &[&str], variable: (&str, &str)) -> Ran {
    let output = sandbox.command(args).env(variable.0, variable.1).output().expect("libchar runs");
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[test]
fn flow_calls_the_core_for_each_stage_and_never_writes_there() {
    let sandbox = site();
    let before = listing(&sandbox);
    let ran = sandbox.run(&["-C", "domain", "flow"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let calls = sandbox.read("domain/calls.txt");
    let expected =
        ["gen", "run", "ext", "srt", "bkp"].map(|stage| format!("2|config.cfg|{stage}\n"));
    assert_eq!(calls, expected.concat());
    assert_eq!(sandbox.read("domain/log/core-ext.log"), "stage ext\n");
    assert_eq!(listing(&sandbox), before);
}

#[test]
fn a_script_that_is_not_the_validated_one_is_not_started() {
    let sandbox = site();
    let old = sandbox.read("core/ver03/tb_gen/gen_tb.pl");
    sandbox.write("core/ver03/tb_gen/gen_tb.pl", format!("{old}# changed\n"));
    let ran = sandbox.run(&["-C", "domain", "gen"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.stderr,
        "../core/ver03/tb_gen/gen_tb.pl: the script has 4 lines\n  expected 3, as validated\n"
    );
    assert!(!sandbox.path().join("domain/calls.txt").exists());
}

#[test]
fn one_changed_byte_or_another_version_is_seen() {
    let sandbox = site();
    let script = sandbox.read("core/ver03/sim_pvt.sh").replace("stage $2", "Stage $2");
    sandbox.write("core/ver03/sim_pvt.sh", script);
    let toml =
        sandbox.read("domain/libchar.toml").replace("version = 'ver03'", "version = 'ver04'");
    sandbox.write("domain/libchar.toml", toml);
    let ran = sandbox.run(&["-C", "domain", "run"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("the name of the folder is not the validated version"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("sim_pvt.sh: the script's SHA-256 is "), "{}", ran.stderr);
}

#[test]
fn a_stage_that_fails_or_writes_into_the_core_is_a_failure() {
    let sandbox = site();
    let ran = with(&sandbox, &["-C", "domain", "srt"], ("CORE_EXIT", "3"));
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("the core's srt exited with 3; its log is "), "{}", ran.stderr);
    let ran = with(&sandbox, &["-C", "domain", "srt"], ("CORE_TOUCHES", "1"));
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("the core changed its own folder during srt"), "{}", ran.stderr);
}

#[test]
fn a_domain_inside_the_core_is_refused() {
    let sandbox = site();
    let toml = sandbox.read("domain/libchar.toml").replace("'../core/ver03'", "'.'");
    sandbox.write("core/ver03/libchar.toml", toml);
    let ran = sandbox.run(&["-C", "core/ver03", "gen"]);
    assert_eq!(ran.code, 2);
    assert!(!sandbox.path().join("core/ver03/calls.txt").exists());
    assert!(!sandbox.path().join("core/ver03/.libchar").exists());
}
