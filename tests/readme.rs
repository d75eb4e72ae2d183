//! The commands in the README work.

use crate::common::{Sandbox, has_ngspice, repository};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

fn readme() -> String {
    std::fs::read_to_string(repository().join("README.md")).expect("a README")
}

/// The commands of the shell blocks, without their comments.
fn commands(text: &str) -> Vec<String> {
    let blocks = text.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    let lines = blocks.flat_map(str::lines).map(|line| line.split(" #").next().unwrap_or_default());
    lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn every_libchar_command_runs() {
    let sandbox = Sandbox::new();
    sandbox.copy("examples");
    let text = readme();
    let typed: Vec<String> = commands(&text)
        .into_iter()
        .filter(|c| c.starts_with("libchar ") && !c.contains('|'))
        .collect();
    assert!(typed.len() >= 5, "{typed:?}");
    for command in typed {
        let args: Vec<&str> = command.split_whitespace().skip(1).collect();
        let ran = sandbox.run(&args);
        assert!(ran.code == 0 || ran.code == 1, "{command}: exit {}\n{}", ran.code, ran.stderr);
        assert!(!ran.stdout.is_empty(), "{command} prints nothing");
    }
}

/// The pipe works as it is printed, from the folder that holds the examples.
#[test]
fn the_pipe_runs() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    sandbox.copy("examples");
    let text = readme().replace("\\\n", " ");
    let typed = commands(&text).into_iter().find(|c| c.starts_with("libchar ") && c.contains('|'));
    let folder = Path::new(env!("CARGO_BIN_EXE_libchar")).parent().expect("a folder");
    let ran = Command::new("sh")
        .args(["-c", &typed.expect("a pipe")])
        .current_dir(sandbox.path())
        .env("PATH", format!("{}:{}", folder.display(), std::env::var("PATH").expect("a PATH")))
        .env("HOME", sandbox.path().join("home"))
        .output()
        .expect("a shell");
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(0), "{told}");
    assert!(told.contains("12 of 84"), "{told}");
}

#[test]
fn the_two_set_up_commands_are_there_and_the_gate_runs_the_second() {
    let text = readme();
    let scripts: Vec<String> =
        commands(&text).into_iter().filter(|command| command.starts_with("scripts/")).collect();
    assert_eq!(scripts, ["scripts/example.sh", "scripts/test.sh"]);
    for script in scripts {
        let mode =
            std::fs::metadata(repository().join(&script)).expect("it exists").permissions().mode();
        assert_eq!(mode & 0o111, 0o111, "{script} can be started");
    }
    let gate = std::fs::read_to_string(repository().join(".ci/run")).expect("the gate");
    assert!(gate.trim_end().ends_with("exec scripts/test.sh"));
}

#[test]
fn every_page_and_schema_that_is_named_exists() {
    for page in ["README.md", "docs/README.md", "CONTRIBUTING.md"] {
        let path = repository().join(page);
        let text = std::fs::read_to_string(&path).expect("a page");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("http") || link.starts_with('#') {
                continue;
            }
            let target =
                path.parent().expect("a folder").join(link.split('#').next().unwrap_or(link));
            assert!(target.exists(), "{page} links to {link}");
        }
    }
}
