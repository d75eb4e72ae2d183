//! The commands of the tutorial work as they are on its page.

use crate::common::{Sandbox, has_ngspice, repository};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The shell blocks of a page, joined in their order.
fn script(page: &str) -> String {
    let text =
        fs::read_to_string(repository().join(page)).unwrap_or_else(|e| panic!("{page}: {e}"));
    let mut script = String::from("set -e\n");
    for block in text.split("```sh\n").skip(1) {
        script.push_str(block.split("```").next().expect("the end of a block"));
    }
    script
}

#[test]
fn every_command_of_the_tutorial_runs() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    let folder = Path::new(env!("CARGO_BIN_EXE_libchar")).parent().expect("a folder");
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("bash")
        .args(["-c", &script("docs/tutorial.md")])
        .current_dir(sandbox.path())
        .env("HOME", sandbox.path().join("home"))
        .env("PATH", path)
        .env_remove("LIBCHAR_REFDATA")
        .env_remove("LIBCHAR_REQUIRE")
        .output()
        .expect("bash runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert!(told.contains("27 of 27 points done"), "{told}");
    assert!(sandbox.read("amp/report.html").contains("changes"), "no section of changes");
}
