//! Jobs on a cluster: submitted to the site's own scheduler, which is asked only why a result is
//! missing.

pub mod executor;
pub mod submission;

pub use executor::{Executor, Listed};
pub use submission::{Entry, JOURNAL, Journal, Open, outstanding};
