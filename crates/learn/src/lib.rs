//! Calibrated prediction: learners, intervals with guaranteed coverage, attributions that sum to
//! the prediction, and tests that detect when a model no longer fits its data.
//!
//! Everything here is a pure function of its arguments. A [`Surrogate`] is trained from rows of
//! numbers, predicts from rows of numbers, and can be stored as bytes ([`artifact`]); the meaning
//! of the numbers is left to the caller. The parts can also be used alone: [`conformal`], [`psi`],
//! [`shap`], [`outlier`], [`paired`] and [`platt`].

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
