//! The site's scheduler, whose commands are called with a time limit.

use crate::exit::Interrupted;
use anyhow::{Result, anyhow};
use libchar_campaign::cluster::Scheduler;
use libchar_runner::Signals;
use libchar_runner::cluster::executor::Values;
use libchar_runner::cluster::{Executor, Listed};
use libchar_runner::program::Program;
use std::collections::BTreeSet;
use std::time::Duration;

/// Time limit of a command of the scheduler.
const COMMAND_TIME: Duration = Duration::from_secs(60);

/// The scheduler of this site.
pub struct Site<'a> {
    /// Its commands.
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
/// A query that failed, from which nothing follows about the jobs.
pub fn list(executor: &Executor, signals: &Signals) -> Result<BTreeSet<Listed>> {
    let command = Executor::fill(&executor.status, &Values::from([("user", user())]), &[]);
    let (ok, output) = call(&command, signals)?;
    // LSF prints this and fails if the user has no job.
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
        // The signal was meant for libchar itself, not for the command that it waited for.
        return Err(Interrupted(signal).into());
    }
    if ended.timed_out {
        return Err(anyhow!("`{path}` did not answer in time"));
    }
    Ok((ended.code == Some(0), String::from_utf8_lossy(&output).into_owned()))
}

/// The user whose jobs are listed.
pub fn user() -> String {
    let uid = nix::unistd::geteuid();
    match nix::unistd::User::from_uid(uid) {
        Ok(Some(user)) => user.name,
        _ => uid.to_string(),
    }
}
