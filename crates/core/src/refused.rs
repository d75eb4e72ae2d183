//! Why a request was refused.

use crate::fault::{Fault, Faults};
use std::fmt;

/// A mistake in the request itself, or faults of its input.
///
/// It does not implement `std::error::Error` on purpose: the caller must turn each kind into its
/// own message, and the compiler reports where that was forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// A mistake in the request, as a message without a place.
    Usage(String),
    /// Faults of an input.
    Faults(Faults),
}

impl Refused {
    /// Makes a [`Refused::Usage`].
    pub fn usage(message: impl Into<String>) -> Self {
        Refused::Usage(message.into())
    }
}

impl From<Faults> for Refused {
    fn from(faults: Faults) -> Self {
        Refused::Faults(faults)
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Refused::Faults(fault.into())
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Usage(message) => f.write_str(message),
            Refused::Faults(faults) => faults.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Refused;
    use crate::Fault;

    #[test]
    fn a_refusal_reads_as_what_it_was_made_of() {
        assert_eq!(Refused::usage("--n 0 is not a size").to_string(), "--n 0 is not a size");
        let fault = Fault::at("t.csv", 3, 1, "empty cell").expected("a number");
        assert_eq!(Refused::from(fault.clone()).to_string(), fault.to_string());
    }
}
