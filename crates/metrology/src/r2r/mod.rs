//! Run-to-run control: what a controller costs and hides, in closed form and simulated; the next recipe of a real process.
//!
//! The process is `y = alpha + beta u + eta`, the controller's model `b u`; `xi = beta/b` is how much stronger the process
//! answers than the model says.

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
