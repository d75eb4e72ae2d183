//! What a simulator answers to a job.

use libchar_litho::outputs::Outputs;
use libchar_litho::simulate::Simulation;

/// A simulator's answer to one job.
pub struct Answer {
    /// What every simulator says.
    pub outputs: Outputs,
    /// All that the built-in physics computed.
    pub detail: Option<Simulation>,
    /// Whether these are the quick formulas' own words.
    pub is_quick: bool,
    /// Seconds that it took; of a program that answers many jobs at once the mean.
    pub seconds: f64,
}
