//! The state of runs as their files give it, for somebody who watches them: no lock is taken, and no scheduler is asked.

mod domain;
mod files;
mod view;

pub use domain::{Attempt, Watched};
pub use view::{Failures, View};
