//! Files that are whole or absent, folders that one process uses at a time, and faults of files that cannot be read.

pub mod atomic;
pub mod lock;
mod unreadable;

pub use unreadable::unreadable;
