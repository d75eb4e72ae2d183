//! Runs the built `libchar` in a folder of its own.

#![allow(dead_code, reason = "each test file uses a part")]

pub mod cluster;
pub mod known_jobs;
pub mod plain;
pub mod points;
pub mod standin;
pub mod strace;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A temporary folder, a home of its own, and no settings from the caller's environment.
pub struct Sandbox {
    folder: TempDir,
}

/// What a run printed, and its exit code.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Sandbox {
    pub fn new() -> Sandbox {
        Sandbox { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file below the folder.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(&path, content).expect("a written file");
        path
    }

    /// Reads a file below the folder.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Copies a folder of the repository, such as `examples/inverter-pvt`, into the sandbox under
    /// the same last name.
    pub fn copy(&self, from: &str) -> PathBuf {
        let source = repository().join(from);
        let target = self.path().join(source.file_name().expect("a name"));
        let status = Command::new("cp").arg("-a").arg(&source).arg(&target).status();
        assert!(status.expect("cp runs").success());
        target
    }

    /// The command, ready for more settings.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_libchar"));
        command.args(args).current_dir(self.path()).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("LIBCHAR_") {
                command.env_remove(name);
            }
        }
        command
            .env("HOME", self.path().join("home"))
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_STATE_HOME");
        command
    }

    /// Runs with nothing on standard input.
    pub fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args).output().expect("libchar runs"))
    }

    /// Runs with `input` on standard input.
    pub fn pipe(&self, args: &[&str], input: impl AsRef<[u8]>) -> Ran {
        use std::io::Write;
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("libchar starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let input = input.as_ref().to_owned();
        // A child that stops reading early closes the pipe, which is no error.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("libchar ends");
        writer.join().expect("the writer ends");
        ran(output)
    }
}

fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Waits until something is there.
///
/// # Panics
/// If it is not there after a minute, which is long even on a busy machine.
pub fn wait_for(what: &str, is_there: impl Fn() -> bool) {
    for _ in 0..6000 {
        if is_there() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("waited for a minute for {what}");
}

/// Whether ngspice is installed; if not, reports that the test is skipped.
pub fn has_ngspice() -> bool {
    libchar_testing::has("ngspice")
}

/// The root of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The public data set, or `None` after reporting that the test is skipped.
pub fn reference_data() -> Option<PathBuf> {
    libchar_testing::reference_data()
}

/// Checks a JSON document against its schema: `docs/schemas/NAME.json`, where NAME is `schema.name`
/// without `libchar.`.
pub fn assert_schema(document: &str) {
    let value: serde_json::Value =
        serde_json::from_str(document).unwrap_or_else(|e| panic!("{e}: {document}"));
    let name = value["schema"]["name"].as_str().expect("the document names its schema");
    let file = format!("docs/schemas/{}.json", name.trim_start_matches("libchar."));
    let schema =
        std::fs::read_to_string(repository().join(&file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    let schema = serde_json::from_str(&schema).unwrap_or_else(|e| panic!("{file}: {e}"));
    let validator = jsonschema::validator_for(&schema).unwrap_or_else(|e| panic!("{file}: {e}"));
    let faults: Vec<String> =
        validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{file}:\n{}", faults.join("\n"));
}
