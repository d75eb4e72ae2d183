//! Run-to-run control: the performance of a controller in closed form and by simulation, and the
//! next recipe of a real process.
//!
//! The process is `y = alpha + beta u + eta` and the model of the controller `b u`; `xi = beta/b`
//! is the ratio of the actual gain to the model's gain.

pub mod asked;
pub mod controller;
pub mod design;
pub mod designed;
pub mod disturbance;
pub mod estimator;
pub mod law;
pub mod ledger;
pub mod polynomial;
pub mod recipe;
pub mod rows;
pub mod shown;
pub mod simulate;
pub mod simulated;
pub mod slopes;
pub mod state_file;
pub mod step;
