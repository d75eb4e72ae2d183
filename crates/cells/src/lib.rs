//! A standard cell: its behaviour, its arcs, the stimuli that measure them, and its tables.

pub mod arc;
pub mod axes;
pub mod bench;
pub mod cell;
pub mod config;
pub mod constraint;
pub mod deck;
mod declared;
pub mod drive;
pub mod driver;
pub mod emit;
pub mod experiment;
mod frozen;
pub mod library;
pub mod like;
pub mod logic;
pub mod netlist;
pub mod recognize;
pub mod shape;
pub mod spread;
pub mod switch;
pub mod tables;
pub mod task;
mod terms;
pub mod vary;
pub mod work;

pub use cell::{Behaviour, Cell, Sequential};
