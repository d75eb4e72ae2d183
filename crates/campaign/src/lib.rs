//! From points to results: what is simulated, what came of it, and what counts as done.

pub mod adopt;
pub mod outputs;
pub mod samples;
