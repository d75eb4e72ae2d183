//! What a run has to say of its points while it works; the words are those of whoever says it.

use crate::recipes::Recipe;
use crate::status::Status;
use std::time::Duration;

/// Something that people may want to know.
#[derive(Debug, Clone, Copy)]
pub enum News<'n> {
    /// A point did not converge, and another recipe is tried.
    NextRecipe(&'n Status, &'n Recipe),
    /// A point failed, and is tried again after a while.
    Retry(&'n Status, Duration),
    /// A point failed.
    Failed {
        /// How it ended.
        status: &'n Status,
        /// Whether it keeps an earlier result.
        stays: bool,
    },
    /// A point is done.
    Done(&'n Status),
    /// A point is settled, however it ended.
    Settled(&'n Status),
    /// Trimmed models do not give the same measures as whole ones.
    ModelsDiffer,
    /// A command that submits did not end well: whether the scheduler accepted the jobs is not known.
    InDoubt {
        /// Name of the submission.
        submission: &'n str,
        /// What happened; `None` if a signal ended the command.
        error: Option<&'n anyhow::Error>,
    },
    /// A command that submits printed no number of a job.
    NoNumber {
        /// Name of the submission.
        submission: &'n str,
        /// The command.
        program: &'n str,
        /// The first line that it printed.
        line: &'n str,
    },
    /// The scheduler refused jobs, and may take them later.
    RefusedForNow {
        /// The command that submits.
        program: &'n str,
        /// The first line that it printed.
        line: &'n str,
    },
    /// The scheduler did not list the jobs.
    NoList(&'n anyhow::Error),
    /// The scheduler lists none of our jobs, of which there are so many.
    NoneListed(usize),
    /// A job is in a state that only a person ends: it is cancelled.
    Stuck {
        /// Its number.
        job: &'n str,
        /// The state.
        state: &'n str,
        /// How many tasks count as lost.
        tasks: usize,
    },
    /// A command that cancels failed.
    NotCancelled {
        /// The command.
        command: &'n [String],
        /// What it printed.
        said: &'n str,
    },
}

/// Whoever says it.
pub trait Say {
    /// Says it.
    fn say(&self, news: News<'_>);
}
