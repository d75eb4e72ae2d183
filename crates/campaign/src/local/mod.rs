//! Simulates on this machine: supervisors get tickets as long as there is room, and what they tell is settled.

mod here;
mod pool;

pub use here::{Place, simulate};
pub use pool::{Load, Pooled, Tasks};
