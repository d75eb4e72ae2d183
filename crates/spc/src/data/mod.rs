//! From a table to the data of charts: its columns, the rows of each point, and the points excluded
//! from limits.

pub mod exclude;
pub mod groups;
pub mod layout;
pub mod notes;
pub mod prepared;
pub mod readings;
pub mod request;

pub use groups::{Groups, Item};
pub use layout::Layout;
pub use prepared::{Prepared, shape};
pub use readings::Readings;
