//! What a simulator answers to a job.

use libchar_litho::Job;
use libchar_litho::outputs::Outputs;
use libchar_litho::quick::Estimate;
use libchar_litho::simulate::{Simulation, simulate};

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

impl Answer {
    /// Abbe imaging; whoever has a clock says how long it took.
    pub fn physics(job: &Job) -> Answer {
        let detail = simulate(job);
        let outputs = Outputs::from(&detail);
        Answer { outputs, detail: Some(detail), is_quick: false, seconds: 0.0 }
    }

    /// Textbook formulas: Rayleigh and the incoherent MTF.
    pub fn quick(job: &Job) -> Answer {
        let outputs = Outputs::quick(job, &Estimate::of(job));
        Answer { outputs, detail: None, is_quick: true, seconds: 0.0 }
    }
}
