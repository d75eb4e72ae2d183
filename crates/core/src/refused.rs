//! Why something that was asked for is not done.

use crate::fault::{Fault, Faults};
use std::fmt;

/// A mistake in how something was asked for, or faults of what was handed in.
///
/// It is no `std::error::Error` on purpose: who asked turns each kind into its own words, and the compiler says where that is forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// A mistake of the call, said without a place.
    Usage(String),
    /// What is wrong with an input.
    Faults(Faults),
}

impl Refused {
    /// A mistake of the call.
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
        assert_eq!(Refused::usage("--n 0 is no size").to_string(), "--n 0 is no size");
        let fault = Fault::at("t.csv", 3, 1, "empty cell").expected("a number");
        assert_eq!(Refused::from(fault.clone()).to_string(), fault.to_string());
    }
}
