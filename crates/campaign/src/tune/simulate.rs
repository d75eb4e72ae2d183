//! The interface of a bench that simulates points with options, and the result of a simulation.

use super::errors::Values;
use libchar_engine::Options;

/// One simulation.
#[derive(Debug, Clone)]
pub struct Simulated {
    /// CPU time, user and system.
    pub cpu_s: f64,
    /// The measures, or why there are none.
    pub values: Result<Values, String>,
}

/// A bench that simulates points with options.
pub trait Simulate {
    /// Why nothing more can be simulated.
    type Error;

    /// Simulates points, by index, with options over those of their decks; the results are in the order of the tasks.
    ///
    /// # Errors
    /// What ends the study, such as a signal; a simulation that failed is no error.
    fn simulate(&mut self, tasks: &[(usize, &Options)]) -> Result<Vec<Simulated>, Self::Error>;
}
