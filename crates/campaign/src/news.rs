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
}

/// Whoever says it.
pub trait Say {
    /// Says it.
    fn say(&self, news: News<'_>);
}
