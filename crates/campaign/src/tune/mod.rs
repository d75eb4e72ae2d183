//! Searches for the simulator options that keep every measure within a tolerance of a converged
//! simulation at the least CPU time.

mod bench;
mod choice;
mod choose;
mod errors;
mod plan;
mod reference;
mod sample;
mod search;
mod simulate;
mod study;
mod table;

pub use bench::Bench;
pub use choice::Choice;
pub use errors::{Tolerances, Values, percent};
pub use plan::{Axis, Plan};
pub use sample::Sample;
pub use simulate::{Simulate, Simulated};
pub use study::{Ended, Study};
pub use table::frame;
