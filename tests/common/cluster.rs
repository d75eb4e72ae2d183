//! A temporary cluster on this machine, made by testdata/tools.

use super::{Sandbox, repository};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A cluster that is shut down when the value is dropped.
pub struct Cluster {
    tool: &'static str,
    folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
}

impl Cluster {
    /// Slurm with its ports from `port` on, or `None` after reporting that the test is skipped.
    pub fn slurm(port: &str) -> Option<Cluster> {
        Cluster::up("slurm.sh", "slurmctld", port)
    }

    /// Grid Engine with its ports from `port` on, or `None` after reporting that the test is
    /// skipped.
    pub fn grid_engine(port: &str) -> Option<Cluster> {
        Cluster::up("gridengine.sh", "sge_qmaster", port)
    }

    fn up(tool: &'static str, daemon: &str, port: &str) -> Option<Cluster> {
        let paths = ["/usr/sbin", "/usr/bin"].map(|folder| Path::new(folder).join(daemon));
        if !paths.iter().any(|path| path.exists()) {
            libchar_testing::skip(daemon, &format!("{daemon} is not installed"));
            return None;
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        // Into a file, because the daemons would keep a pipe open.
        let output = folder.path().join("up.out");
        let status = script(tool, folder.path(), &["up"])
            .env("PORT", port)
            .stdout(fs::File::create(&output).expect("a file"))
            .status()
            .expect("the script runs");
        assert!(status.success(), "{tool} up");
        let text = fs::read_to_string(output).expect("what the script printed");
        let variables = text
            .lines()
            .map(|line| match line.split_once('=') {
                Some((name, value)) => {
                    (name.trim_start_matches("export ").to_owned(), value.to_owned())
                }
                None => ("SLURM_CONF".to_owned(), line.trim().to_owned()),
            })
            .collect();
        Some(Cluster { tool, folder, variables })
    }

    /// `libchar` with the cluster's variables.
    pub fn command(&self, sandbox: &Sandbox, args: &[&str]) -> Command {
        let mut command = sandbox.command(args);
        command.envs(self.variables.iter().cloned());
        command
    }

    /// Calls the cluster's script, such as with `kill`.
    pub fn control(&self, args: &[&str]) {
        let status = script(self.tool, self.folder.path(), args).status();
        assert!(status.expect("the script runs").success(), "{} {args:?}", self.tool);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = script(self.tool, self.folder.path(), &["down"]).status();
    }
}

/// The call of the script for the cluster in a folder: an action, the folder, further arguments.
fn script(tool: &str, folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(repository().join("testdata/tools").join(tool));
    command
        .arg(args[0])
        .arg(folder.join("cluster"))
        .args(&args[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}
