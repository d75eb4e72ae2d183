//! From points to results: what is simulated, what came of it, and what counts as done.

pub mod adopt;
pub mod after;
pub mod attempts;
pub mod cannot;
pub mod choice;
pub mod cluster;
pub mod decks;
pub mod done;
pub mod engine;
pub mod environment;
#[cfg(test)]
mod fixture;
pub mod job;
pub mod judge;
pub mod key;
pub mod kin;
pub mod machine;
pub mod netlists;
pub mod news;
pub mod outputs;
pub mod presets;
pub mod readings;
pub mod recipes;
pub mod reconcile;
pub mod reuse;
pub mod said;
pub mod samples;
pub mod settle;
pub mod size;
pub mod sources;
pub mod start;
pub mod status;
pub mod summary;
pub mod task;
pub mod tune;
pub mod work;
