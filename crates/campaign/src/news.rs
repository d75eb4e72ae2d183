//! Events about points that a run reports while it works. The caller chooses the wording.

use crate::recipes::Recipe;
use crate::status::Status;
use std::time::Duration;

/// An event that users may want to know.
#[derive(Debug, Clone, Copy)]
pub enum News<'n> {
    /// A point did not converge, and another recipe is tried.
    NextRecipe(&'n Status, &'n Recipe),
    /// A point failed, and is tried again after a delay.
    Retry(&'n Status, Duration),
    /// A point failed.
    Failed {
        /// How it ended.
        status: &'n Status,
        /// Whether the point keeps an earlier result.
        stays: bool,
    },
    /// A point is done.
    Done(&'n Status),
    /// A point is settled, however it ended.
    Settled(&'n Status),
    /// The run begins, with how many points it is about and how many are simulated.
    Started {
        /// All of them.
        points: usize,
        /// Those that are simulated.
        simulated: usize,
    },
    /// A signal asked to stop.
    Stopping,
    /// The result of an attempt of an interrupted run counts.
    TookOver(&'n str),
    /// Simulations of an interrupted run still run, so many: they are awaited, or ended with `kill`.
    Orphans {
        /// How many.
        simulations: usize,
        /// Whether they are ended.
        kill: bool,
    },
    /// The results that version 0.1 left for so many points are still right.
    Adopted(usize),
    /// A point waits for another one, which is not done.
    Waits {
        /// The point.
        point: &'n str,
        /// The other one.
        other: &'n str,
    },
    /// Some decks name files that are not found.
    FilesMissing {
        /// How many.
        decks: usize,
        /// Number of points that were compared.
        of: usize,
        /// The first such file, and the deck that names it.
        first: (&'n str, &'n str),
    },
    /// Some decks are not those of `points.csv`.
    DecksEdited {
        /// How many.
        decks: usize,
        /// Number of points that were compared.
        of: usize,
        /// The first one.
        first: &'n str,
    },
    /// So many points are submitted already.
    Attached(usize),
    /// So many points stay submitted when the run ends.
    Detached(usize),
    /// Trimmed models do not give the same measures as whole ones.
    ModelsDiffer,
    /// A command that submits jobs did not end normally: it is not known whether the scheduler accepted the jobs.
    InDoubt {
        /// Name of the submission.
        submission: &'n str,
        /// What happened; `None` if a signal ended the command.
        error: Option<&'n anyhow::Error>,
    },
    /// A command that submits jobs printed no job number.
    NoNumber {
        /// Name of the submission.
        submission: &'n str,
        /// The command.
        program: &'n str,
        /// The first line that it printed.
        line: &'n str,
    },
    /// The scheduler refused jobs, but may accept them later.
    RefusedForNow {
        /// The command that submits jobs.
        program: &'n str,
        /// The first line that it printed.
        line: &'n str,
    },
    /// The scheduler did not list the jobs.
    NoList(&'n anyhow::Error),
    /// The scheduler lists none of the run's jobs; the number is how many there should be.
    NoneListed(usize),
    /// A job is in a state from which only a person can release it: it is cancelled.
    Stuck {
        /// Its number.
        job: &'n str,
        /// The state.
        state: &'n str,
        /// The number of tasks that count as lost.
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

/// The receiver of these events.
pub trait Say {
    /// Reports an event.
    fn say(&self, news: News<'_>);
}
