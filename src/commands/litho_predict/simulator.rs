//! The one interface of all simulators.

use anyhow::Result;
use libchar_assurance::litho::NamedJob;
use libchar_assurance::litho::answer::Answer;

/// What computes jobs. Whoever calls it does not depend on a particular simulator.
pub trait Simulator {
    /// The name in results.
    fn name(&self) -> &str;

    /// Answers jobs, in their order.
    fn simulate(&self, jobs: &[NamedJob]) -> Result<Vec<Answer>>;
}
