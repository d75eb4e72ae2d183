use thiserror::Error;

/// Why a model could not be fitted, used or read.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum LearnError {
    /// There are not enough rows for the requested fit.
    #[error("{what} needs at least {needed} rows, found {found}")]
    TooFewRows {
        /// What was to be fitted.
        what: &'static str,
        /// The number of rows that it needs.
        needed: usize,
        /// The number of rows that were given.
        found: usize,
    },
    /// Two lengths that must agree do not.
    #[error("{what}: expected {expected} values, found {found}")]
    Shape {
        /// What was counted.
        what: &'static str,
        /// The expected length.
        expected: usize,
        /// The length that was given.
        found: usize,
    },
    /// A number is NaN or infinite.
    #[error("{what} of row {row} is {value}, which is not a finite number")]
    NotFinite {
        /// The column.
        what: String,
        /// Row, counted from 0.
        row: usize,
        /// The value.
        value: f64,
    },
    /// A value is outside its valid range.
    #[error("{what} is {value}, expected {expected}")]
    OutOfRange {
        /// The quantity.
        what: &'static str,
        /// The value.
        value: f64,
        /// The valid range.
        expected: &'static str,
    },
    /// A matrix that must be positive definite is not.
    #[error("{0} is singular: some columns depend on others")]
    Singular(&'static str),
    /// The bytes are not a model, or have been changed since it was written.
    #[error("damaged model: {0}")]
    Damaged(String),
}
