//! Guide to the expression of uncertainty in measurement (GUM): first-order propagation (JCGM 100),
//! Monte Carlo (JCGM 101) and the comparison of both, and the comparison of results by E_n. All
//! methods use it.

mod budget;
mod compare;
mod coverage;
mod expression;
mod monte_carlo;
mod quantity;

pub use budget::{Budget, Row, propagate, step as difference_step};
pub use compare::{Comparison, compare};
pub use coverage::{Validation, coverage_factor, validate};
pub use expression::Expression;
pub use monte_carlo::{Interval, Sampler, distribution};
pub use quantity::{Distribution, Uncertain};
