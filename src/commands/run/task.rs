//! What one process simulates once: the unit that is queued, handed out, and tried again.

use super::size::Need;
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
    /// How.
    pub kind: Kind,
    /// Which option recipe of the site, from 1; 0 is the deck as it is.
    pub recipe: usize,
    /// Cores and memory of the process.
    pub need: Need,
}

impl Task {
    /// A point alone, for the first time.
    pub fn one(job: usize, kind: Kind, need: Need) -> Task {
        Task { jobs: vec![job], tries: 0, kind, recipe: 0, need }
    }

    /// The same for one of its points alone.
    pub fn alone(&self, job: usize) -> Task {
        Task { jobs: vec![job], ..*self }
    }

    /// The next attempt at one of its points.
    pub fn again(&self, job: usize) -> Task {
        Task { tries: self.tries + 1, ..self.alone(job) }
    }

    /// Tries before this one that failed for a reason that may pass. Each recipe before was one try.
    pub fn retries(&self) -> u32 {
        self.tries.saturating_sub(u32::try_from(self.recipe).unwrap_or(u32::MAX))
    }
}

/// What an attempt simulates: kept with its record, so that a later run can settle it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The points, in the order of a batch.
    pub points: Vec<PointKey>,
    /// How many times these points were tried before.
    pub tries: u32,
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

#[cfg(test)]
mod tests {
    use super::{Kind, Need, Task};

    #[test]
    fn a_recipe_is_a_try_and_no_retry() {
        let first = Task::one(3, Kind::Usual, Need { threads: 1, mem_gb: 1 });
        let retried = first.again(3);
        let with_recipe = Task { recipe: 1, ..retried.again(3) };
        assert_eq!((retried.retries(), with_recipe.retries()), (1, 1));
        assert_eq!((with_recipe.tries, with_recipe.again(3).retries()), (2, 2));
    }
}
