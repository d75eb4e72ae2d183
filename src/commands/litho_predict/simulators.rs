//! The simulators: the built-in physics, the quick formulas, and programs that exchange files.

use super::external::External;
use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use libchar_assurance::litho::NamedJob;
use libchar_assurance::litho::answer::Answer;
use libchar_assurance::litho::protocol::unknown;
use rayon::prelude::*;
use std::time::Instant;

/// What computes jobs.
pub enum Simulator {
    /// Abbe imaging in this process, on all cores.
    Physics,
    /// Textbook formulas: Rayleigh and the incoherent MTF.
    Synthetic,
    /// A program that exchanges files.
    External(External),
}

/// The simulator with a given name: `physics`, `synthetic`, or one with a command in
/// `[litho.simulators.NAME]`.
pub fn of_name(name: &str, ctx: &Context) -> Result<Simulator> {
    match name {
        "physics" => Ok(Simulator::Physics),
        "synthetic" => Ok(Simulator::Synthetic),
        _ => match External::configured(name, ctx)? {
            Some(external) => Ok(Simulator::External(external)),
            None => Err(Usage(unknown(name, &External::names(ctx))).into()),
        },
    }
}

impl Simulator {
    /// The name in results.
    pub fn name(&self) -> &str {
        match self {
            Simulator::Physics => "physics",
            Simulator::Synthetic => "synthetic",
            Simulator::External(external) => &external.name,
        }
    }

    /// Answers jobs, in their order.
    pub fn simulate(&self, jobs: &[NamedJob]) -> Result<Vec<Answer>> {
        Ok(match self {
            // Collected in order, so that the number of cores changes nothing.
            Simulator::Physics => {
                jobs.par_iter().map(|named| timed(|| Answer::physics(&named.job))).collect()
            }
            Simulator::Synthetic => {
                jobs.iter().map(|named| timed(|| Answer::quick(&named.job))).collect()
            }
            Simulator::External(external) => external.simulate(jobs)?,
        })
    }
}

fn timed(answer: impl FnOnce() -> Answer) -> Answer {
    let began = Instant::now();
    let answer = answer();
    Answer { seconds: began.elapsed().as_secs_f64(), ..answer }
}
