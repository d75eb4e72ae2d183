//! The matrix of PVT points: configuration, tables, template and decks.
//!
//! Bytes in, values out: a [`RunConfig`] and the tables of a characterization directory select [`Point`]s,
//! and a template renders one deck a point.

pub mod config;
pub mod label;
pub mod point;
pub mod points;
pub mod statement;
pub mod temperature;

pub use config::RunConfig;
pub use point::{Point, Supply};
