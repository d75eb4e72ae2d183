//! Finds what differs between two of a kind: runs, reports, libraries, profiles, measurements,
//! documents.

mod compare;
mod entry;
mod read;
pub mod reasons;
pub mod rows;
mod select;
#[cfg(test)]
mod tests;
mod tolerance;
mod waive;
pub mod waivers;

pub use compare::{Comparison, Difference, Kind, compare};
pub use entry::{Content, Entry};
pub use read::{document, metro, position, report, spread, table};
pub use select::only;
pub use tolerance::{Rule, Tolerances, fits};
pub use waive::{Waiver, waive};
