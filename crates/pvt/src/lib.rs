//! The matrix of PVT points: configuration, tables, template and decks.
//!
//! Bytes in, values out: a [`RunConfig`] and the tables of a characterization directory select
//! [`Point`]s, and a template renders a deck for each point.

mod choose;
pub mod conditions;
pub mod config;
pub mod corners;
mod crossing;
mod deck_text;
pub mod effect;
pub mod label;
pub mod matrix;
pub mod nodes;
pub mod placeholders;
pub mod point;
pub mod points;
pub mod random;
pub mod rules;
mod samples;
mod setting;
mod sheet;
pub mod statement;
pub mod supplies;
pub mod supply_names;
pub mod sweeps;
pub mod temperature;
pub mod temperatures;
pub mod template;
pub mod variation;
pub mod written;

pub use config::RunConfig;
pub use matrix::{Matrix, Tables};
pub use point::{Point, Supply, Swept};
pub use setting::Setting;
pub use supply_names::SupplyNames;
pub use template::Template;
