//! The site's scheduler: its commands, called with a time-out of their own.

use crate::exit::Interrupted;
use anyhow::{Result, anyhow};
use libchar_campaign::cluster::Scheduler;
use libchar_runner::Signals;
use libchar_runner::cluster::executor::Values;
use libchar_runner::cluster::{Executor, Listed};
use libchar_runner::program::Program;
use std::collections::BTreeSet;
use std::time::Duration;

/// How long a command of the scheduler may take.
const COMMAND_TIME: Duration = Duration::from_secs(60);

/// The scheduler of this site.
pub struct Site<'a> {
    /// How it is called.
    pub executor: &'a Executor,
    /// The signals that end a call.
    pub signals: &'a Signals,
}

impl Scheduler for Site<'_> {
    fn list(&self) -> Result<BTreeSet<Listed>> {
        list(self.executor, self.signals)
    }

    fn call(&self, command: &[String]) -> Result<(bool, String)> {
        call(command, self.signals)
    }
}

/// The list of the user's jobs.
///
/// # Errors
/// The query failed, which says nothing of the jobs.
pub fn list(executor: &Executor, signals: &Signals) -> Result<BTreeSet<Listed>> {
    let command = Executor::fill(&executor.status, &Values::from([("user", user())]), &[]);
    let (ok, output) = call(&command, signals)?;
    // LSF says so when there is no job, and exits with a failure.
    if !ok && !output.contains("No unfinished job found") {
        return Err(anyhow!("`{}` failed: {}", command.join(" "), output.trim()));
    }
    Ok(executor.listed(&output))
}

/// Runs a command of the scheduler; returns whether it succeeded, and what it printed.
fn call(command: &[String], signals: &Signals) -> Result<(bool, String)> {
    let (path, args) = command.split_first().ok_or_else(|| anyhow!("an empty command"))?;
    let program = Program {
        path: path.into(),
        args: args.iter().map(Into::into).collect(),
        timeout: Some(COMMAND_TIME),
        ..Program::default()
    };
    let (ended, output) = program.capture(64 << 20, signals)?;
    if let Some(signal) = ended.stopped_by {
        // The signal was for libchar, whatever it was waiting for.
        return Err(Interrupted(signal).into());
    }
    if ended.timed_out {
        return Err(anyhow!("`{path}` did not answer in time"));
    }
    Ok((ended.code == Some(0), String::from_utf8_lossy(&output).into_owned()))
}

/// The user whose jobs they are.
pub fn user() -> String {
    let uid = nix::unistd::geteuid();
    match nix::unistd::User::from_uid(uid) {
        Ok(Some(user)) => user.name,
        _ => uid.to_string(),
    }
}
