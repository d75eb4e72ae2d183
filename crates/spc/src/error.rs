//! Errors of this crate.

use libchar_core::nearest::nearest;
use libchar_core::{Fault, Refused};
use thiserror::Error;

/// A request that cannot be fulfilled, with the value that is the cause.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SpcError {
    /// A chart, an estimator or a test needs more data than it got.
    #[error("{what} needs at least {needed} {unit}, found {found}")]
    TooFew {
        /// What was requested.
        what: &'static str,
        /// The smallest amount that works.
        needed: usize,
        /// What is counted: `points`, `subgroups`, `values in a subgroup` …
        unit: &'static str,
        /// The number found.
        found: usize,
    },
    /// A parameter lies outside its valid range.
    #[error("{name} = {value} is out of range: {expected}")]
    OutOfRange {
        /// The parameter's name as the user types it.
        name: &'static str,
        /// The value found.
        value: f64,
        /// The valid range in words.
        expected: &'static str,
    },
    /// Every value is the same, so that no limit can be drawn.
    #[error("{what}: the values do not vary (all are {value}), so sigma is zero")]
    ZeroVariance {
        /// The estimator that found it.
        what: &'static str,
        /// The value that all points share.
        value: f64,
    },
    /// A value is not a finite number.
    #[error("point {index} is {value}, not a finite number")]
    NotFinite {
        /// 1-based index of the point.
        index: usize,
        /// The value found.
        value: f64,
    },
    /// A name is not one that this crate knows.
    #[error("unknown {what} `{found}`")]
    UnknownName {
        /// What kind of name: `rule`, `chart`, `sigma estimator` …
        what: &'static str,
        /// The name found.
        found: String,
        /// Every name that would have worked.
        expected: Vec<String>,
    },
    /// Any other contradiction, described in words.
    #[error("{0}")]
    Invalid(String),
}

impl SpcError {
    /// The error as that of a wrong argument; for an unknown name it adds the valid names and the
    /// nearest one.
    pub fn usage(&self) -> Refused {
        Refused::Usage(match self {
            SpcError::UnknownName { found, expected, .. } => {
                let nearest = nearest(found, expected.iter().map(String::as_str));
                let hint =
                    nearest.map(|name| format!("\n  did you mean `{name}`?")).unwrap_or_default();
                format!("{self}\n  expected one of: {}{hint}", expected.join(", "))
            }
            _ => self.to_string(),
        })
    }

    /// The error as a fault of the data in `file`.
    pub fn of(&self, file: &str) -> Fault {
        Fault::of(file, self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::SpcError;

    #[test]
    fn an_unknown_name_comes_with_the_known_ones() {
        let expected = vec!["rule1".to_owned(), "nelson".to_owned()];
        let error = SpcError::UnknownName { what: "rule", found: "nelsen".to_owned(), expected };
        assert_eq!(
            error.usage().to_string(),
            "unknown rule `nelsen`\n  expected one of: rule1, nelson\n  did you mean `nelson`?"
        );
        let error = SpcError::Invalid("no".to_owned());
        assert_eq!(
            (error.usage().to_string(), error.of("t").to_string()),
            ("no".into(), "t: no".into())
        );
    }
}
