//! What a simulator is: how to call it, and how to read what it printed.

pub mod batch;
pub mod class;
pub mod deck;
pub mod log;
pub mod measure;
pub mod options;
pub mod simulator;
pub mod trim;

pub use class::Class;
pub use log::Failure;
pub use options::Options;
pub use simulator::Simulator;
