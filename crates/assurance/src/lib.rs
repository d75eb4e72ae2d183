//! Trust in a prediction: what it is worth beside what everybody knows without it, and what it must show before anyone
//! relies on it.
//!
//! [`evaluate`] holds models to splits by group or forward in time, beside [`baseline`]s, and says whether they have
//! [`skill`]; [`model`] is what is kept of the one that has, [`predict`] replays it over new runs, [`gate`]s stand before
//! production, [`sampling`] says when a measurement may be left out.

pub mod baseline;
pub mod columns;
pub mod data;
pub mod evaluate;
pub mod family;
pub mod forecast;
pub mod gate;
pub mod intervals;
pub mod litho;
pub mod model;
pub mod model_file;
pub mod predict;
pub mod predicted;
pub mod prepare;
pub mod report;
pub mod runs;
pub mod sampling;
pub mod skill;
pub mod split;
pub mod told;
pub mod trim;
pub mod trimmed;
pub mod update;
