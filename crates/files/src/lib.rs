//! Files that are whole or absent, folders that one process uses at a time, faults of files that cannot be read, whose files are
//! obeyed, and what make has to know of a run.

pub mod atomic;
pub mod depfile;
pub mod lock;
mod relied_on;
pub mod trust;
mod unreadable;

pub use relied_on::is_relied_on;
pub use unreadable::unreadable;
