//! Calibrated prediction: learners, intervals that keep their promise, attributions that add up, and
//! the tests that tell when a model has gone stale.
//!
//! Everything here is a pure function of its arguments. A [`Surrogate`] is trained from rows of
//! numbers, predicts rows of numbers, and turns into bytes and back ([`artifact`]); what the numbers
//! mean is the caller's business. The parts stand alone too: [`conformal`], [`psi`], [`shap`],
//! [`outlier`], [`paired`] and [`platt`].

pub mod aci;
pub mod artifact;
pub mod boost;
mod codec;
pub mod conformal;
mod error;
mod forest;
pub mod gp;
mod kernel;
mod linalg;
pub mod linear;
pub mod matrix;
pub mod net;
pub mod outlier;
pub mod paired;
pub mod platt;
pub mod psi;
pub mod ridge;
mod sample;
mod scale;
pub mod score;
pub mod series;
pub mod shap;
mod stack;
pub mod surrogate;
pub mod train;
pub mod tree;

pub use error::LearnError;
pub use matrix::Matrix;
pub use surrogate::{Prediction, Surrogate};
