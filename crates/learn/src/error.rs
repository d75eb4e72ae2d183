use thiserror::Error;

/// Why something could not be learned, predicted or read.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum LearnError {
    /// There are not enough rows to fit what was asked for.
    #[error("{what} needs at least {needed} rows, found {found}")]
    TooFewRows {
        /// What was to be fitted.
        what: &'static str,
        /// Rows that it needs.
        needed: usize,
        /// Rows that were given.
        found: usize,
    },
    /// Two lengths that must agree do not.
    #[error("{what}: expected {expected} values, found {found}")]
    Shape {
        /// What was counted.
        what: &'static str,
        /// The length that fits.
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
    /// A value lies outside what its meaning allows.
    #[error("{what} is {value}, expected {expected}")]
    OutOfRange {
        /// The quantity.
        what: &'static str,
        /// The value.
        value: f64,
        /// The range that is allowed.
        expected: &'static str,
    },
    /// A matrix that must be positive definite is not.
    #[error("{0} is singular: some columns depend on others")]
    Singular(&'static str),
    /// The bytes are not a model, or not the model that was written.
    #[error("damaged model: {0}")]
    Damaged(String),
}
