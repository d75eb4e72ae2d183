//! From points to results: what is simulated, what came of it, and what counts as done.

pub mod adopt;
pub mod after;

pub mod choice;
pub mod cluster;
pub mod kin;
pub mod machine;
pub mod outputs;
pub mod presets;
pub mod recipes;
pub mod samples;
pub mod size;
pub mod task;
pub mod tune;
