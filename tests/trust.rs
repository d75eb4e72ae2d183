//! Which files are trusted, how foreign text is shown, and what broken input costs.

use crate::common::{Ran, Sandbox, assert_schema};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// A project that everybody could have written, which names a program; the domain inside it belongs
/// to the caller.
fn shared_project() -> Sandbox {
    let sandbox = Sandbox::new();
    let evil = sandbox.write("evil.sh", "#!/bin/sh\necho evil >>evil\n");
    chmod(&evil, 0o755);
    let program = evil.display();
    sandbox.write(
        "shared/libchar.toml",
        format!(
            "[run]\ntimeout = '7h'\n[usr]\nscript = '{program}'\n\
             [simulators.ngspice]\nbase = 'ngspice'\nprogram = '{program}'\n\
             [core]\npath = '/'\n[executors.mine]\nsubmit = ['{program}']\n"
        ),
    );
    sandbox.write("shared/mine/config.cfg", "simulator=ngspice\n");
    chmod(&sandbox.path().join("shared"), 0o777);
    sandbox
}

fn in_domain(sandbox: &Sandbox, args: &[&str]) -> Ran {
    sandbox.run(&[&["-C", "shared/mine"], args].concat())
}

#[test]
fn programs_of_a_file_that_others_could_have_written_are_not_started() {
    let sandbox = shared_project();
    for command in [["usr"].as_slice(), &["flow", "usr"], &["run"], &["gen"]] {
        let ran = in_domain(&sandbox, command);
        assert_eq!(ran.code, 2, "{command:?}: {}", ran.stderr);
        assert!(
            ran.stderr
                .contains("starts programs, and someone other than you could have written it"),
            "{}",
            ran.stderr
        );
        assert!(ran.stderr.contains("shared is writable by everybody"), "{}", ran.stderr);
    }
    assert!(!sandbox.path().join("shared/mine/evil").exists());
    let ran = in_domain(&sandbox, &["config"]);
    assert!(ran.stdout.contains("run.timeout,7h,"), "data is obeyed: {}", ran.stdout);
    assert!(!ran.stdout.contains("evil.sh"), "{}", ran.stdout);
    let ran = in_domain(&sandbox, &["check"]);
    assert!(ran.stdout.contains("WARN,trust,"), "{}", ran.stdout);
    let ran = in_domain(&sandbox, &["config", "check", "--format", "json"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    assert!(ran.stderr.contains("libchar config trust "), "{}", ran.stderr);
}

#[test]
fn consent_is_kept_in_ones_own_file_and_taken_back() {
    let sandbox = shared_project();
    sandbox.write("home/.config/libchar/libchar.toml", "# mine\n[run]\njobs = 2\n");
    let core = sandbox.read("shared/libchar.toml").replace("[core]\npath = '/'\n", "");
    sandbox.write("shared/libchar.toml", core);
    assert_eq!(in_domain(&sandbox, &["usr"]).code, 2);
    let mut command = sandbox.command(&["-C", "shared/mine", "usr"]);
    let output = command.env("LIBCHAR_TRUST", sandbox.path().join("shared")).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(sandbox.read("shared/mine/evil"), "evil\n");

    assert_eq!(sandbox.run(&["config", "trust", "shared"]).code, 0);
    let own = sandbox.read("home/.config/libchar/libchar.toml");
    assert!(own.starts_with("# mine\n[run]\njobs = 2\n") && own.contains("folders = ["), "{own}");
    let ran = in_domain(&sandbox, &["usr"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(sandbox.run(&["config", "untrust", "shared"]).code, 0);
    assert_eq!(in_domain(&sandbox, &["usr"]).code, 2);
    assert_eq!(sandbox.run(&["config", "untrust", "shared"]).code, 2);
    // A project cannot declare itself trusted.
    let text = sandbox.read("shared/libchar.toml");
    sandbox.write("shared/libchar.toml", format!("{text}[trust]\nfolders = ['/']\n"));
    assert_eq!(in_domain(&sandbox, &["usr"]).code, 2);
}

#[test]
fn files_of_ones_own_and_of_private_groups_are_obeyed() {
    let sandbox = shared_project();
    let core = sandbox.read("shared/libchar.toml").replace("[core]\npath = '/'\n", "");
    sandbox.write("shared/libchar.toml", core);
    chmod(&sandbox.path().join("shared"), 0o755);
    assert_eq!(in_domain(&sandbox, &["usr"]).code, 0);
    chmod(&sandbox.path().join("shared/libchar.toml"), 0o602);
    assert_eq!(in_domain(&sandbox, &["usr"]).code, 2);
    if nix::unistd::geteuid().is_root() {
        // Root's own group has no other members; a file of user `nobody` is not trusted.
        chmod(&sandbox.path().join("shared/libchar.toml"), 0o664);
        assert_eq!(in_domain(&sandbox, &["usr"]).code, 0);
        std::os::unix::fs::chown(sandbox.path().join("shared/libchar.toml"), Some(65534), None)
            .unwrap();
        let ran = in_domain(&sandbox, &["usr"]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("libchar.toml belongs to "), "{}", ran.stderr);
    }
}

#[test]
fn the_example_is_a_configuration_and_faults_of_any_file_are_told() {
    let sandbox = Sandbox::new();
    let example = sandbox.run(&["config", "example"]).stdout;
    assert!(
        example.contains("# [run]\n") && example.contains("# timeout = \"10h\"  # "),
        "{example}"
    );
    sandbox.write("libchar.toml", &example);
    let ran = sandbox.run(&["config", "check"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "file,finding\n"), "{}", ran.stderr);
    sandbox.write("other.toml", "[run]\ntimeuot = '1h'\n");
    let ran = sandbox.run(&["config", "check", "other.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with("other.toml:2:1: unknown key `run.timeuot`"), "{}", ran.stderr);
}

#[test]
fn secrets_are_never_shown() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "[template.variables]\nmodels = '/x/${SITE_TOKEN}'\n");
    sandbox.write(
        "data.csv",
        "x\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n",
    );
    for args in [
        ["config"].as_slice(),
        &["spc", "chart", "data.csv", "-c", "x"],
        &["history", "show", "latest", "--settings"],
    ] {
        let output = sandbox.command(args).env("SITE_TOKEN", "hunter2").output().unwrap();
        let all = [output.stdout, output.stderr].concat();
        let all = String::from_utf8_lossy(&all);
        assert!(!all.contains("hunter2"), "{all}");
        assert!(args[0] == "spc" || all.contains("***"), "{all}");
    }
}

#[test]
fn foreign_text_gives_a_terminal_no_orders() {
    let sandbox = Sandbox::new();
    sandbox.write("e.csv", "a\u{1b}]0;PWNED\u{7},b\n1,2\n");
    for args in
        [["spc", "chart", "e.csv", "-c", "zz"], ["spc", "chart", "\u{1b}[2J.csv", "-c", "a"]]
    {
        let ran = sandbox.run(&args);
        assert_eq!(ran.code, 2);
        assert!(!ran.stderr.contains(['\u{1b}', '\u{7}']), "{:?}", ran.stderr);
        assert!(ran.stderr.contains("\\u{1b}"), "{:?}", ran.stderr);
    }
    let ran = sandbox.run(&["config", "--format", "table", "--history", "\u{1b}[2J"]);
    assert!(
        ran.stdout.contains("\\u{1b}[2J") && !ran.stdout.contains('\u{1b}'),
        "{:?}",
        ran.stdout
    );
    sandbox.write("libchar.toml", "[history]\npath = '=cmd|calc!A0'\n");
    let ran = sandbox.run(&["config", "--safe-cells"]);
    assert!(ran.stdout.contains("history.path,'=cmd|calc!A0,"), "{}", ran.stdout);
}

#[test]
fn many_faults_are_counted_and_cost_no_more_than_their_file() {
    let sandbox = Sandbox::new();
    sandbox.write("bad.csv", format!("x\n{}", "y\n".repeat(80_000)));
    let ran = sandbox.run(&["spc", "chart", "bad.csv", "-c", "x"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.len() < 20_000, "{} bytes", ran.stderr.len());
    sandbox.write("libchar.toml", "x y\n".repeat(200_000));
    let ran = sandbox.run(&["config"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.trim_end().ends_with(" more faults"), "{}", &ran.stderr[..200]);
}

#[test]
fn sizes_in_documents_are_judged_before_they_are_used() {
    let sandbox = Sandbox::new();
    let data: String = (0..60).map(|i| format!("{}\n", f64::from(i % 7) / 3.0)).collect();
    sandbox.write("x.csv", format!("x\n{data}"));
    let ran = sandbox.run(&[
        "spc",
        "limits",
        "x.csv",
        "-c",
        "x",
        "--chart",
        "xbar-r",
        "--subgroup-size",
        "5",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let huge = ran.stdout.replace("\"subgroup_size\": 5", "\"subgroup_size\": 2147483648");
    assert_ne!(huge, ran.stdout);
    sandbox.write("b.json", huge);
    let ran = sandbox.run(&["spc", "watch", "--baseline", "b.json", "x.csv"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.starts_with("b.json: "), "{}", ran.stderr);
}

#[test]
fn a_deck_has_a_longest_length() {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/inverter-pvt");
    let template = "{% set ns=namespace(a='aaaaaaaaaa') %}{% for i in range(23) %}{% set ns.a=ns.a~ns.a %}{% endfor %}{{ ns.a }} {{ vccn }}\n";
    fs::write(folder.join("template/sim_tx.sp"), template).unwrap();
    let ran = sandbox.run(&["-C", "inverter-pvt", "gen"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("is longer than 67108864 bytes"), "{}", ran.stderr);
}
