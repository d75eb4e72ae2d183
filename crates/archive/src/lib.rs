//! Backup sets: manifest, verification, restore and retention.
//!
//! A set is a folder `00bkp_YYYYMMDDHHMMSS` in the domain with copies of its files and a manifest
//! that lists each file with size and SHA-256. It is built beside its place and then renamed, so it
//! is there complete or not at all.

mod attributes;
mod copy;
mod create;
mod error;
mod manifest;
mod prune;
mod restore;
mod select;
mod sets;
mod tree;
mod verify;
mod work;

pub use create::{Made, Staged, create};
pub use error::ArchiveError;
pub use manifest::{Entry, Folder, Head, MANIFEST, Manifest, Simulator};
pub use prune::{Pruned, prune};
pub use restore::{Incoming, restore};
pub use select::{Selection, select};
pub use sets::{Listed, is_set_name, names, sets};
pub use verify::{Difference, verify};
pub use work::{remove_abandoned, remove_leftovers};
