//! Diffusion, implantation, oxidation and sheet resistance of a silicon wafer.
//!
//! The crate is pure: recipes go in, profiles and key figures come out. Models are chosen by name,
//! and every result names the models that produced it.

pub mod ambient;
pub mod calibrate;
pub mod closed;
pub mod closed_form;
mod cold;
pub mod constants;
pub mod contrast;
pub mod course;
pub mod defects;
pub mod draft;
pub mod figures;
pub mod format;
pub mod gas;
pub mod golden;
pub mod implant;
mod implant_error;
pub mod knob;
pub mod lens;
pub mod loaded;
pub mod mobility;
pub mod model;
pub mod oxidation;
pub mod oxide;
pub mod parameters;
pub mod pearson;
pub mod picture;
pub mod process;
pub mod profile;
pub mod ranges;
pub mod recipe;
mod remarks;
pub mod report;
pub mod search;
pub mod sensitivity;
pub mod sheet;
pub mod solve;
pub mod solver;
mod spacing;
pub mod species;
pub mod spreading;
pub mod step;
pub mod sweep;
pub mod thermal;
pub mod uniformity;
pub mod wafer;
