//! What tests require of the machine: programs and public reference data.
//!
//! A test whose requirement is absent says so and returns. `LIBCHAR_REQUIRE` names, separated by commas, the requirements
//! whose absence is a failure instead; `LIBCHAR_TEST_SKIPPED` names a file that collects one line for each skipped test,
//! because the test runner hides what a passing test prints.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The requirement that stands for the folder of public reference data.
pub const REFDATA: &str = "refdata";

/// Whether a program can be started; the caller skips if it cannot.
///
/// # Panics
///
/// If the program is absent and `LIBCHAR_REQUIRE` names it.
pub fn has(program: &str) -> bool {
    let started = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if started.is_err() {
        skip(program, &format!("{program} is not installed"));
    }
    started.is_ok()
}

/// The folder of public reference data that `LIBCHAR_REFDATA` names; the caller skips if there is none.
///
/// # Panics
///
/// If there is none and `LIBCHAR_REQUIRE` names `refdata`.
pub fn reference_data() -> Option<PathBuf> {
    let folder = std::env::var_os("LIBCHAR_REFDATA").map(PathBuf::from).filter(|f| f.is_dir());
    if folder.is_none() {
        skip(REFDATA, "LIBCHAR_REFDATA names no folder of reference data");
    }
    folder
}

/// Says that the running test skips because of `requirement`.
///
/// # Panics
///
/// If `LIBCHAR_REQUIRE` names the requirement.
pub fn skip(requirement: &str, why: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    let required = std::env::var("LIBCHAR_REQUIRE").unwrap_or_default();
    assert!(!requires(&required, requirement), "LIBCHAR_REQUIRE names {requirement}, but {why}");
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    let () = eprintln!("skipped: {why}");
    let Some(path) = std::env::var_os("LIBCHAR_TEST_SKIPPED") else { return };
    let line = format!("{test}: {why}\n");
    let written = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .and_then(|mut file| file.write_all(line.as_bytes()));
    written.unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}

fn requires(list: &str, requirement: &str) -> bool {
    list.split(',').any(|name| name.trim() == requirement)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_whole_requirements() {
        assert!(requires("ngspice, refdata", "refdata"));
        assert!(requires("ngspice", "ngspice"));
        assert!(!requires("ngspice", "spice"));
        assert!(!requires("", "ngspice"));
    }

    #[test]
    fn what_is_installed_is_no_skip() {
        assert!(has("cargo"));
    }
}
