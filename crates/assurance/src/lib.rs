//! Trust in predictions: how much better a prediction is than a simple baseline, and what it must
//! show before anyone relies on it.
//!
//! [`evaluate`] compares models with [`baseline`]s on splits by group or forward in time, and
//! decides whether they have [`skill`]. A [`model`] with skill is stored, [`predict`] applies it to
//! new runs, [`gate`]s must be passed before production, and [`sampling`] decides when a
//! measurement may be skipped.

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
pub mod trim;
pub mod trimmed;
pub mod update;
