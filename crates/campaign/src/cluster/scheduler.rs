//! The scheduler of a site, as far as a run uses it.

use super::Packing;
use crate::interrupted::Interrupted;
use crate::news::{News, Say};
use anyhow::Result;
use libchar_runner::cluster::executor::Values;
use libchar_runner::cluster::submission::{self, Entry, Journal};
use libchar_runner::cluster::{Executor, Listed};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The part of the configuration that a run on a cluster uses.
#[derive(Debug)]
pub struct Settings {
    /// The scheduler.
    pub executor: Executor,
    /// Arguments that the configuration adds to the submit command.
    pub options: Vec<String>,
    /// The most elements that are submitted and not finished.
    pub max_submit: Option<usize>,
    /// The most points of an element and elements of an array.
    pub packing: Packing,
    /// Time between two status calls.
    pub poll: Duration,
    /// Time after which a published result must be visible, for file systems such as NFS.
    pub grace: Duration,
    /// The user to whom the jobs belong.
    pub user: String,
    /// This program, which the jobs start again as their supervisor.
    pub program: PathBuf,
}

/// Calls the commands of a scheduler.
pub trait Scheduler {
    /// The list of the user's jobs.
    ///
    /// # Errors
    /// The query failed, which says nothing about the jobs; [`Interrupted`] if a signal ended it.
    fn list(&self) -> Result<BTreeSet<Listed>>;

    /// Runs a command; returns whether it succeeded, and what it printed.
    ///
    /// # Errors
    /// The command did not run to its end; [`Interrupted`] if a signal ended it.
    fn call(&self, command: &[String]) -> Result<(bool, String)>;
}

/// Whether a signal ended a command.
pub(super) fn is_interrupted(error: &anyhow::Error) -> bool {
    error.is::<Interrupted>()
}

/// Cancels everything that is submitted, so that none of its jobs has any further effect.
pub fn cancel(
    executor: &Executor,
    runs: &Path,
    user: &str,
    scheduler: &dyn Scheduler,
    say: &dyn Say,
) -> Result<usize> {
    let (mut journal, open) = Journal::open(runs)?;
    // A number may be misread, a name is ours alone.
    let by_name = !executor.cancel_name.is_empty();
    let jobs = if by_name { BTreeSet::new() } else { scheduler.list()? };
    for submission in &open {
        submission::revoke(runs, &submission.name)?;
        let listed = jobs.iter().find(|job| job.name == submission.name);
        let id = listed.map(|job| job.id.clone()).or_else(|| submission.id.clone());
        revoke_jobs(executor, (&submission.name, id), user, scheduler, say)?;
        journal.write(&Entry::Closed { name: submission.name.clone() })?;
    }
    Ok(open.len())
}

/// Cancels the jobs of a submission at the scheduler.
pub(super) fn revoke_jobs(
    executor: &Executor,
    (name, id): (&str, Option<String>),
    user: &str,
    scheduler: &dyn Scheduler,
    say: &dyn Say,
) -> Result<()> {
    let mut values = Values::from([("name", name.to_owned()), ("user", user.to_owned())]);
    let template = match (executor.cancel_name.is_empty(), id) {
        (false, _) => &executor.cancel_name,
        (true, Some(id)) => {
            values.insert("id", id);
            &executor.cancel
        }
        (true, None) => return Ok(()),
    };
    let command = Executor::fill(template, &values, &[]);
    let (ok, said) = scheduler.call(&command)?;
    if !ok {
        say.say(News::NotCancelled { command: &command, said: said.trim() });
    }
    Ok(())
}
