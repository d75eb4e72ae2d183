//! Shared by every libchar crate: numbers, tables, faults, frames, documents, hashes, charts, configuration; nothing here touches a file.

pub mod config;
pub mod contour;
pub mod document;
pub mod duration;
pub mod fault;
pub mod frame;
pub mod glob;
pub mod hash;
pub mod input;
pub mod metrics;
pub mod multiples;
pub mod nearest;
pub mod note;
pub mod number;
pub mod refused;
pub mod sparkline;
pub mod svg;
pub mod table;
pub mod told;
pub mod toml_reader;
pub mod version;
pub mod words;

pub use fault::{Fault, Faults};
pub use frame::{Cell, Format, Frame};
pub use note::Note;
pub use refused::Refused;
pub use table::Table;
