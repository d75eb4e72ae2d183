//! The common interface of all simulators.

use anyhow::Result;
use libchar_assurance::litho::NamedJob;
use libchar_assurance::litho::answer::Answer;

/// Computes jobs. Callers do not depend on a particular simulator.
pub trait Simulator {
    /// Its name in results.
    fn name(&self) -> &str;

    /// The answers to jobs, in the same order.
    fn simulate(&self, jobs: &[NamedJob]) -> Result<Vec<Answer>>;
}
