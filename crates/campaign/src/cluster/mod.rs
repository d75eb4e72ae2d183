//! A run on a cluster: how points are packed into jobs, which jobs are in progress, and what follows from both.

mod drive;
mod driver;
mod flights;
mod packing;
mod scheduler;
pub mod settings;
pub mod site;
mod submissions;

pub use drive::run;
pub use driver::Cluster;
pub use flights::{Absence, Compared, Flight, Flights};
pub use packing::Packing;
pub use scheduler::{Scheduler, Settings, cancel};
pub use submissions::{alive, clear_unsubmitted};
