//! Reads the recipe file: TOML with units. Every fault has a place.

mod columns;
mod complete;
mod course;
mod defects;
mod document;
mod gas;
mod goals;
mod implant;
mod initial;
mod keys;
mod load;
mod model;
mod reader;
mod replace;
mod sims;
mod steps;
mod substrate;
mod units;

pub use document::{Document, Parsed, Places};
pub use goals::{Expectation, Origin};
pub use sims::{MeasuredProfile, is_profile, parse_profile, parse_profile_as};
pub use units::{Quantity, parse_quantity, quantities, quantity};
