//! What one process simulates once: the unit that is queued, handed out, and tried again.

use crate::size::Need;
use serde::{Deserialize, Serialize};

/// How a task is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// With trimmed models where they are known to be right.
    Usual,
    /// With whole model libraries.
    Whole,
    /// With trimmed models, only to compare with the whole ones: it settles nothing.
    Check,
}

/// Points simulated by one process, once.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Indices of the points; several are a batch.
    pub jobs: Vec<usize>,
    /// How many times these points were tried before.
    pub tries: u32,
    /// How many of these tries failed for a reason that may pass.
    pub retries: u32,
    /// How they are simulated.
    pub kind: Kind,
    /// The number of the site's option recipe, from 1; 0 is the deck as it is.
    pub recipe: usize,
    /// Cores and memory of the process.
    pub need: Need,
}

impl Task {
    /// The first attempt of a point alone.
    pub fn one(job: usize, kind: Kind, need: Need) -> Task {
        Task { jobs: vec![job], tries: 0, retries: 0, kind, recipe: 0, need }
    }

    /// The same task for one of its points alone.
    pub fn alone(&self, job: usize) -> Task {
        Task { jobs: vec![job], ..*self }
    }

    /// The retry of one of its points, which failed for a reason that may pass.
    pub fn again(&self, job: usize) -> Task {
        Task { tries: self.tries + 1, retries: self.retries + 1, ..self.alone(job) }
    }

    /// One of its points with the next recipe.
    pub fn with_next_recipe(&self, job: usize) -> Task {
        Task { tries: self.tries + 1, recipe: self.recipe + 1, ..self.alone(job) }
    }
}

/// What an attempt simulates. It is stored in the attempt's record, so that a later run can settle
/// it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The points, in the order of a batch.
    pub points: Vec<PointKey>,
    /// How many times these points were tried before.
    pub tries: u32,
    /// How many of these tries failed for a reason that may pass.
    pub retries: u32,
    /// How they are simulated.
    pub kind: Kind,
    /// The option recipe.
    pub recipe: Option<String>,
}

/// A point and the key that it is simulated with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointKey {
    /// The point.
    pub point: String,
    /// The key.
    pub key: String,
}
