//! Numerical methods that every libchar crate shares, each written once.
//!
//! Sums are folded in the order of the values, so the same input gives the same bits on every run and with
//! every number of threads.

pub mod draws;
pub mod interpolate;
pub mod least_squares;
pub mod moments;
pub mod normal;
pub mod quadrature;
pub mod quantile;
pub mod roots;
