//! Backup sets: manifest, verification, restore and retention.
//!
//! A set is a folder `00bkp_YYYYMMDDHHMMSS` in the domain with copies of its files and a manifest that names each
//! with size and SHA-256. It is built beside its place and renamed: it is there whole, or not at all.

mod copy;
mod create;
mod error;
mod manifest;
mod restore;
mod select;
mod sets;
mod verify;

pub use create::create;
pub use error::ArchiveError;
pub use manifest::{Entry, MANIFEST, Manifest, Simulator};
pub use restore::restore;
pub use select::{Selection, select};
pub use sets::{Listed, is_set_name, prune, remove_leftovers, sets};
pub use verify::{Difference, verify};
