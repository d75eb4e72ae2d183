//! What the work of a run hears, and what it wants done.

use super::comparisons::Side;
use crate::task::Task;
use libchar_engine::Class;
use libchar_engine::measure::Measure;
use std::time::Duration;

/// Trimmed models of a point's deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Models {
    /// Their hash.
    pub hash: String,
    /// Whether somebody compared them with the whole ones before, and found the same measures.
    pub is_verified: bool,
}

/// Something that happened.
#[derive(Debug)]
pub enum Event<'e> {
    /// Points are to be simulated.
    Add(Vec<Added>),
    /// An attempt of one point was published and judged.
    Ended {
        /// What it simulated.
        task: &'e Task,
        /// Seconds that it took.
        seconds: f64,
        /// The class of the failure, if it is one.
        class: Option<Class>,
    },
    /// A batch was published and its points judged.
    EndedBatch {
        /// What it simulated.
        task: &'e Task,
        /// Seconds that a point of it took.
        seconds: f64,
        /// Its points, and whether the part of each was whole and without any fault.
        found: &'e [(usize, bool)],
    },
    /// One side of a comparison was simulated.
    Compared {
        /// The point.
        point: usize,
        /// With which models.
        side: Side,
        /// The measures, none if it was lost.
        measures: Vec<Measure>,
    },
    /// Nothing was published of a task.
    Lost(&'e Task),
    /// One cause took several tasks, so the breaker counts one failure.
    LostTogether(&'e [Task]),
    /// A task was not started after all.
    Returned(Task),
    /// Time went on.
    Tick,
    /// Nothing more is to be started.
    Stop,
}

/// A point that is to be simulated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The point.
    pub point: usize,
    /// The number of what it has in common with points that may share its process; `None` if it is simulated alone.
    pub kin: Option<usize>,
    /// The trimmed models of its deck, if it has some.
    pub models: Option<Models>,
}

/// Something that is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Write that the machine of a point was lost.
    Lose {
        /// The point.
        point: usize,
        /// What simulated it.
        task: Task,
    },
    /// A point is judged, and this follows.
    Settle {
        /// The point.
        point: usize,
        /// What follows.
        next: Next,
    },
    /// Simulate a point with whole models from now on.
    UseWhole(usize),
    /// Note that these trimmed models give the same measures as the whole ones.
    Verified(String),
    /// Say that trimmed models do not give the same measures.
    ModelsDiffer,
}

/// What follows when a point was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing: it is done.
    Done,
    /// Nothing: somebody stopped it.
    Cancelled,
    /// The option recipe of this number is tried.
    Recipe(usize),
    /// It is tried again after a while.
    Retry(Duration),
    /// Nothing: it failed.
    Failed,
}
