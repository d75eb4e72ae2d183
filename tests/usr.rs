//! `libchar usr`: the site's own program.

use crate::common::{Ran, Sandbox};
use std::os::unix::fs::PermissionsExt;

fn run(script: &str, config: &str) -> (Sandbox, Ran) {
    let sandbox = Sandbox::new();
    let path = sandbox.write("scripts/post.sh", format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    sandbox.write("libchar.toml", config);
    sandbox.write("gpio/1p1v/config.cfg", "simulator=ngspice\n");
    let ran = sandbox.run(&["-C", "gpio/1p1v", "usr"]);
    (sandbox, ran)
}

#[test]
fn it_starts_in_the_domain_and_is_told_where_things_are() {
    let (sandbox, ran) = run(
        "pwd > where; printf '%s\\n' \"$@\" > args; echo \"$LIBCHAR_RESULTS\" > paths; echo \"$LIBCHAR_REPORT\" >> paths; echo said",
        "[usr]\nscript = 'scripts/post.sh'\nargs = ['$(touch PWNED)', 'a b;c']\n",
    );
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    assert!(ran.stderr.contains("said\n"));
    let domain = std::fs::canonicalize(sandbox.path()).unwrap().join("gpio/1p1v");
    assert_eq!(sandbox.read("gpio/1p1v/where").trim(), domain.display().to_string());
    assert_eq!(sandbox.read("gpio/1p1v/args"), "$(touch PWNED)\na b;c\n");
    let domain = domain.display();
    assert_eq!(
        sandbox.read("gpio/1p1v/paths"),
        format!("{domain}/results.csv\n{domain}/creport.txt\n")
    );
    assert!(!sandbox.path().join("gpio/1p1v/PWNED").exists());
}

#[test]
fn its_exit_code_is_findings_or_an_error() {
    let config = "[usr]\nscript = 'scripts/post.sh'\n";
    assert_eq!(run("exit 1", config).1.code, 1);
    let (_, ran) = run("exit 3", config);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("post.sh exited with 3"), "{}", ran.stderr);
    let (_, ran) = run("kill -9 $$", config);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("post.sh was ended by signal 9"), "{}", ran.stderr);
}

#[test]
fn a_program_that_is_not_there_is_named_with_its_place() {
    let (_, ran) = run("", "[usr]\nscript = 'scripts/none.sh'\n");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("libchar.toml:2: usr.script is scripts/none.sh"), "{}", ran.stderr);
    let (_, ran) = run("", "");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("set usr.script in libchar.toml"), "{}", ran.stderr);
}
