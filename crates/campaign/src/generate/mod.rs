//! The output of `gen` for a domain: decks, samples, and the tables that list them.

mod decks;
mod rows;
mod samples;
#[cfg(test)]
mod tests;

pub use decks::{Decks, point};
pub use rows::write_csv;
pub use samples::{Sampled, left_over, remove_tables, sample, unused};
