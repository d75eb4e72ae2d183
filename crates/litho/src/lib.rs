//! Aerial images, process windows and trade-off signals of a lithography job.

pub mod check;
mod coarse;
mod complex;
pub mod derived;
pub mod exposure;
pub mod job;
pub mod mask;
pub mod record;
pub mod source;

pub use check::{Job, JobFault, Optics, Resist};
pub use job::JobParameters;
pub use mask::Mask;
pub use source::Source;
