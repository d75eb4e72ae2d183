//! Whether a domain is ready for a run: one line for each thing that was looked at.

mod domain;
mod folder;
mod made;
mod report;

pub use domain::of_domain;
pub use folder::{free, litter, lock};
pub use made::{Ear, made};
pub use report::{Report, Status};
