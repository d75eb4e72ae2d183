//! The answer of a simulator to a job.

use libchar_litho::Job;
use libchar_litho::outputs::Outputs;
use libchar_litho::quick::Estimate;
use libchar_litho::simulate::{Simulation, simulate};

/// A simulator's answer to one job.
pub struct Answer {
    /// Results that all simulators share.
    pub outputs: Outputs,
    /// Everything that the built-in physics computed.
    pub detail: Option<Simulation>,
    /// Whether these are the results of the quick formulas.
    pub is_quick: bool,
    /// Seconds that it took; for a program that answers many jobs at once the mean.
    pub seconds: f64,
}

impl Answer {
    /// Simulates the job by Abbe imaging. The caller measures the time.
    pub fn physics(job: &Job) -> Answer {
        let detail = simulate(job);
        let outputs = Outputs::from(&detail);
        Answer { outputs, detail: Some(detail), is_quick: false, seconds: 0.0 }
    }

    /// Estimates the job by textbook formulas: Rayleigh and the incoherent MTF.
    pub fn quick(job: &Job) -> Answer {
        let outputs = Outputs::quick(job, &Estimate::of(job));
        Answer { outputs, detail: None, is_quick: true, seconds: 0.0 }
    }
}
