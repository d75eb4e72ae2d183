//! What decides a run on a cluster: how points are packed into jobs, and what of them is under way.

mod flights;
mod packing;

pub use flights::{Absence, Compared, Flight, Flights};
pub use packing::Packing;
