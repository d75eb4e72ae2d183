//! Aerial images, process windows and trade-off signals of a lithography job.

mod chebyshev;
pub mod check;
mod complex;
pub mod exposure;
pub mod extent;
pub mod features;
pub mod fem;
pub mod image;
pub mod job;
mod kernel;
pub mod learner;
pub mod mask;
pub mod noise;
pub mod outputs;
mod pole;
pub mod printing;
pub mod process;
mod quadrature;
pub mod quick;
pub mod record;
mod region;
pub mod signals;
pub mod simulate;
pub mod source;
mod stack;
mod strict;
mod tcc;
mod turns;
pub mod window;
mod yield_risk;

pub use check::{Job, JobFault, Optics, Resist};
pub use image::Image;
pub use job::JobParameters;
pub use mask::Mask;
pub use source::Source;
