//! The Liberty format: libraries as groups and attributes, read with positions and written reproducibly, byte for byte.
//!
//! ```
//! use libchar_liberty::{Group, Value, read};
//!
//! let document = read("x.lib", "library (x) { nom_voltage : 1.80; cell (inv) { area : 3; } }").unwrap();
//! let cell = document.library().group("cell").unwrap();
//! assert_eq!(cell.number("area"), Some(3.0));
//!
//! let mut timing = Group::new("timing");
//! timing.set("related_pin", Value::string("A"));
//! timing.push(Group::named("cell_rise", "t").with_table(&[&[0.01, 0.1]], &[1.23456789e-2, 0.5]));
//! assert!(timing.to_string().contains("values (\"0.0123457, 0.5\");"));
//! ```

pub mod check;
mod cursor;
mod function;
mod group;
mod nesting;
mod quantities;
mod read;
mod statement;
mod table;
mod value;
mod write;

pub use function::{Function, FunctionError};
pub use group::{Comment, Complex, Document, Group, Item, Simple};
pub use quantities::{Quantity, QuantityValue, Units, quantities};
pub use read::read;
pub use table::{Table, TableFault};
pub use value::Value;
