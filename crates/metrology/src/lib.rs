//! Metrology: from raw measurements to results with their uncertainty.
//!
//! Every method is one file of the same form ([`method::Method`]): inputs with their units,
//! outputs, formula, standard, common mistakes and a pure function. [`bind`] finds its inputs in a
//! table and a setup, [`evaluate`] computes the result and propagates the uncertainty of the setup,
//! and all methods share [`gum`].

pub mod answer;
pub mod bind;
pub mod constants;
pub mod evaluate;
pub mod explain;
pub mod fft;
pub mod fitting;
pub mod gum;
pub mod input;
pub mod job;
pub mod keys;
pub mod line;
pub mod method;
pub mod methods;
mod names;
pub mod optics;
pub mod picture;
pub mod r2r;
pub mod report;
pub mod run;
mod scale;
pub mod setup;
pub mod sheet;
pub mod unit;
