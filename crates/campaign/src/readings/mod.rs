//! What the outputs of points say: read by those who extract, and by those who ask whether results are of now.

mod folder;
mod prints;
mod table;
#[cfg(test)]
mod tests;

pub use folder::{Reader, Reading};
pub use prints::prints;
pub use table::tidy;
