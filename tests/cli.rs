//! What every command keeps: exit codes, streams, faults of the configuration.

mod common;

use common::Sandbox;

#[test]
fn alone_it_prints_short_help_and_exits_2() {
    let ran = Sandbox::new().run(&[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("Usage: libchar"), "{}", ran.stderr);
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
    common::assert_schema(&sandbox.run(&["config", "--format", "json"]).stdout);
    common::assert_schema(&sandbox.run(&["config", "--keys", "--format", "json"]).stdout);
}
