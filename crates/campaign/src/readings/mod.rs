//! Reads the outputs of points, to extract results and to find out whether they are up to date.

mod folder;
mod prints;
mod quiet;
mod table;
#[cfg(test)]
mod tests;

pub use folder::{Reader, Reading};
pub use prints::prints;
pub use quiet::{all, quietly};
pub use table::tidy;
