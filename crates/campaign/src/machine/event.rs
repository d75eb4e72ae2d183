//! The events that the work of a run receives, and the actions that it requests.

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
    /// Whether they have been compared with the whole ones before, and gave the same measures.
    pub is_verified: bool,
}

/// An event.
#[derive(Debug)]
pub enum Event<'e> {
    /// Points are to be simulated.
    Add(Vec<Added>),
    /// An attempt of one point was published and judged.
    Ended {
        /// The task that was simulated.
        task: &'e Task,
        /// The seconds that it took.
        seconds: f64,
        /// The class of the failure, if it is one.
        class: Option<Class>,
    },
    /// A batch was published and its points judged.
    EndedBatch {
        /// The task that was simulated.
        task: &'e Task,
        /// The seconds for each of its points.
        seconds: f64,
        /// Its points, and for each whether its part was complete and without any fault.
        found: &'e [(usize, bool)],
    },
    /// One side of a comparison was simulated.
    Compared {
        /// The point.
        point: usize,
        /// The models that were used.
        side: Side,
        /// The measures; `None` if the simulation was lost.
        measures: Vec<Measure>,
    },
    /// A task was lost: nothing was published.
    Lost(&'e Task),
    /// Several tasks were lost by one cause, so the breaker counts one failure.
    LostTogether(&'e [Task]),
    /// A task was not started after all.
    Returned(Task),
    /// Time has passed.
    Tick,
    /// Nothing more is to be started.
    Stop,
}

/// A point to be simulated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The point.
    pub point: usize,
    /// The number of the group of points that may share its process; `None` if it is simulated alone.
    pub kin: Option<usize>,
    /// The trimmed models of its deck, if it has any.
    pub models: Option<Models>,
}

/// An action to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Record that the simulation of a point was lost.
    Lose {
        /// The point.
        point: usize,
        /// The task that simulated it.
        task: Task,
    },
    /// A point is judged, with these consequences.
    Settle {
        /// The point.
        point: usize,
        /// The consequences.
        next: Next,
    },
    /// Simulate a point with whole models from now on.
    UseWhole(usize),
    /// Record that these trimmed models give the same measures as the whole ones.
    Verified(String),
    /// Report that trimmed models do not give the same measures.
    ModelsDiffer,
}

/// The consequences when a point was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// None: it is done.
    Done,
    /// None: the user stopped it.
    Cancelled,
    /// The option recipe of this number is tried.
    Recipe(usize),
    /// It is tried again after a while.
    Retry(Duration),
    /// None: it failed.
    Failed,
}
