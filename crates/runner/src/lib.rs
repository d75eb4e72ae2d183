//! The only crate that starts processes: single programs, a pool of supervised simulations on this machine,
//! and jobs on a cluster.
//!
//! The state is in files. A supervisor runs each attempt in a folder of its own and publishes it by
//! one atomic rename: whichever process is killed, the folder is there complete or not at all.

pub mod attempt;
pub mod breaker;
mod child;
pub mod cluster;
pub mod machine;
pub mod orphans;
pub mod pool;
pub mod program;
pub mod retry;
pub mod signals;
pub mod state;
pub mod trash;
pub mod worker;

pub use attempt::{Record, Text, Ticket};
pub use child::{Ended, GRACE};
pub use program::Program;
pub use signals::Signals;
