//! Documents that libchar wrote, as one HTML page, as JUnit XML and as Markdown.
//!
//! This crate renders what was judged and judges nothing anew. It reads no file and no clock: the same documents give
//! the same bytes. Each section is a module: documents in, [`section::Section`] out.

pub mod changes;
mod charts;
pub mod cost;
pub mod diff;
mod drawn;
pub mod drivers;
mod frame;
mod generic;
pub mod input;
pub mod junit;
pub mod known;
mod levels;
mod library;
pub mod markdown;
mod measures;
mod metro;
pub mod model;
mod panel;
mod pictures;
mod place;
mod points;
mod provenance;
mod quantity;
mod samples;
mod samples_against;
mod samples_pictures;
mod section;
mod spc;
mod spc_many;
mod svg;
mod sweep;
mod templates;
mod verdict;

pub use frame::{Page, page};
pub use input::{Inputs, Named};
