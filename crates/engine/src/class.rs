//! Why a simulation failed.

use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The class of a failure: it decides whether another try is worthwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// No licence was free, or its server did not answer.
    Licence,
    /// A file system was full, slow or gone.
    FileSystem,
    /// The machine was lost, or the scheduler gave up the job.
    NodeLoss,
    /// Memory ran out.
    Memory,
    /// The time limit was reached.
    Timeout,
    /// The simulator does not accept the deck or its models.
    Netlist,
    /// The circuit's matrix is singular.
    Singular,
    /// The solution did not converge.
    Convergence,
    /// A signal ended the simulator.
    Crash,
    /// A bad exit code that nothing explains.
    Exit,
    /// The simulator cannot be started.
    Start,
    /// The simulator stopped before it said that it was done.
    Incomplete,
    /// The simulated temperature is not the point's.
    Temperature,
    /// A measure failed or is missing.
    Measure,
    /// The run was stopped.
    Cancelled,
}

impl Class {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Class::Licence => "licence",
            Class::FileSystem => "file-system",
            Class::NodeLoss => "node-loss",
            Class::Memory => "memory",
            Class::Timeout => "timeout",
            Class::Netlist => "netlist",
            Class::Singular => "singular",
            Class::Convergence => "convergence",
            Class::Crash => "crash",
            Class::Exit => "exit",
            Class::Start => "start",
            Class::Incomplete => "incomplete",
            Class::Temperature => "temperature",
            Class::Measure => "measure",
            Class::Cancelled => "cancelled",
        }
    }

    /// The class with this word.
    pub fn parse(word: &str) -> Option<Class> {
        let word: StrDeserializer<'_, serde::de::value::Error> = word.into_deserializer();
        Class::deserialize(word).ok()
    }

    /// Whether the same simulation may well succeed later, because the fault lies outside the
    /// circuit.
    pub fn is_transient(self) -> bool {
        matches!(self, Class::Licence | Class::FileSystem | Class::NodeLoss | Class::Timeout)
    }

    /// Whether other simulator options may help.
    pub fn may_yield_to_options(self) -> bool {
        matches!(self, Class::Convergence | Class::Singular)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::Class;

    const WORDS: &str = "licence file-system node-loss memory timeout netlist singular convergence crash exit start \
         incomplete temperature measure cancelled";

    #[test]
    fn words_are_those_of_serde_and_read_back() {
        for word in WORDS.split_whitespace() {
            let class = Class::parse(word).unwrap_or_else(|| panic!("{word} is a class"));
            assert_eq!((class.word(), serde_json::to_value(class).unwrap()), (word, word.into()));
        }
        assert_eq!((Class::parse("Exit"), Class::parse("")), (None, None));
    }
}
