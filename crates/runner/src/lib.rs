//! The only crate that starts processes: single programs, a pool of supervised simulations on this machine,
//! and jobs on a cluster.
//!
//! Truth lies in files. A supervisor runs each attempt in a folder of its own and publishes it by one atomic
//! rename; whoever was killed in between, the folder is there whole or not at all.

mod child;
pub mod program;
pub mod signals;

pub use child::{Ended, GRACE};
