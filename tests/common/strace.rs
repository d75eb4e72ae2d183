//! libchar under strace, which tampers with its system calls; and how many calls are tampered with.

use super::Sandbox;
use std::process::{Command, Output, Stdio};

/// The number of kills that `LIBCHAR_TORTURE` asks for; `None` means a sample.
pub fn thorough() -> Option<usize> {
    std::env::var("LIBCHAR_TORTURE").ok().and_then(|n| n.parse().ok())
}

/// Runs libchar with an strace rule for one system call, in libchar itself or, with `all`, also in
/// its supervisors and their simulators.
pub fn inject(sandbox: &Sandbox, args: &[&str], call: &str, rule: &str, all: bool) -> Output {
    let libchar = sandbox.command(args);
    let mut command = Command::new("strace");
    command
        .args(["-qq", "-o", "/dev/null", "-e", &format!("trace={call}")])
        .args(["-e", &format!("inject={call}:{rule}")])
        .args(all.then_some("-f"))
        .arg(libchar.get_program())
        .args(args)
        .current_dir(sandbox.path())
        .stdin(Stdio::null());
    for (name, value) in libchar.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.output().expect("strace runs")
}
