//! The recipe file: TOML with units, every fault with its place.

mod document;
mod model;
mod reader;
mod sims;
mod steps;
mod units;

pub use document::{Document, Expectation, Origin, Parsed};
pub use sims::{MeasuredProfile, parse_profile};
pub use units::{Quantity, parse_quantity};
