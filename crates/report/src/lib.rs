//! Results of a characterization as one tidy table, and the report on it: extremes, limits, margins.
//!
//! The measures of all points become [`Results`]; with limits they become a [`Report`], which is
//! written as text for people, as a table and as JSON, and can be read back from the text.

mod build;
mod creport;
mod effect;
pub mod limits;
pub mod quantity;
mod render;
mod results;
mod specs;
pub mod statistics;
pub mod unit;

pub use build::{BuildError, build};
pub use creport::{Extreme, Group, Limits, Part, Preset, PresetError, Report, Row, Stale, Verdict};
pub use effect::axes_without_effect;
pub use render::{json, parse, summary, text};
pub use results::{FILE, ResultRow, Results, file_name};
pub use specs::{Spec, Specs};
