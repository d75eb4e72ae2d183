//! The simulators: the built-in physics, the quick formulas, and programs that exchange files.

use super::external::External;
use super::simulator::Simulator;
use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use libchar_assurance::litho::NamedJob;
use libchar_assurance::litho::answer::Answer;
use libchar_core::nearest::nearest;
use rayon::prelude::*;
use std::time::Instant;

/// The simulator with a given name: `physics`, `synthetic`, or one with a command in
/// `[litho.simulators.NAME]`.
pub fn of_name(name: &str, ctx: &Context) -> Result<Box<dyn Simulator>> {
    match name {
        "physics" => Ok(Box::new(Physics)),
        "synthetic" => Ok(Box::new(Synthetic)),
        _ => match External::configured(name, ctx)? {
            Some(external) => Ok(Box::new(external)),
            None => Err(unknown(name, ctx).into()),
        },
    }
}

fn unknown(name: &str, ctx: &Context) -> Usage {
    let configured = External::names(ctx);
    let valid =
        || ["physics", "synthetic"].into_iter().chain(configured.iter().map(String::as_str));
    let mut message = format!(
        "unknown simulator `{name}`\n  expected one of: {}",
        valid().collect::<Vec<_>>().join(", ")
    );
    match nearest(name, valid()) {
        Some(near) => message.push_str(&format!("\n  did you mean `{near}`?")),
        None => message.push_str(&format!(
            "\n  or set its command: [litho.simulators.{name}] command = [\"program\", \"{{jobs}}\", \"{{results}}\"]"
        )),
    }
    Usage(message)
}

/// Abbe imaging in this process, on all cores.
struct Physics;

impl Simulator for Physics {
    fn name(&self) -> &str {
        "physics"
    }

    fn simulate(&self, jobs: &[NamedJob]) -> Result<Vec<Answer>> {
        // Collected in order, so that the result does not depend on the number of cores.
        Ok(jobs.par_iter().map(|named| timed(|| Answer::physics(&named.job))).collect())
    }
}

/// Textbook formulas: Rayleigh and the incoherent MTF.
struct Synthetic;

impl Simulator for Synthetic {
    fn name(&self) -> &str {
        "synthetic"
    }

    fn simulate(&self, jobs: &[NamedJob]) -> Result<Vec<Answer>> {
        Ok(jobs.iter().map(|named| timed(|| Answer::quick(&named.job))).collect())
    }
}

fn timed(answer: impl FnOnce() -> Answer) -> Answer {
    let began = Instant::now();
    let answer = answer();
    Answer { seconds: began.elapsed().as_secs_f64(), ..answer }
}
