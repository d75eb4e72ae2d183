//! Points whose results are those of another: nothing that decides a result differs, only the point's name.

use crate::cannot::cannot;
use crate::engine::Engine;
use crate::job::Job;
use crate::status::{State, Status};
use crate::{judge, settle};
use anyhow::Result;
use libchar_core::atomic;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// What is simulated, and what takes its results over.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Twins {
    /// Jobs to simulate.
    pub simulated: Vec<usize>,
    /// Jobs that take results over, each with the job whose results they are.
    pub reusing: Vec<(usize, usize)>,
}

impl Twins {
    /// Parts the jobs that are to be done: `twins` gives the key of each job without its name, `done` tells whether
    /// it has a result already.
    pub fn of(todo: &[usize], twins: &[&str], mut done: impl FnMut(usize) -> bool) -> Twins {
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (index, twin) in twins.iter().enumerate().filter(|(index, _)| done(*index)) {
            first.entry(twin).or_insert(index);
        }
        let mut parted = Twins::default();
        for &index in todo {
            match first.get(twins[index]) {
                Some(&other) => parted.reusing.push((index, other)),
                None => {
                    first.insert(twins[index], index);
                    parted.simulated.push(index);
                }
            }
        }
        parted
    }
}

/// Gives a job the results of another. A result that is not there, or not good, is given as it is: it would be
/// the same.
pub fn take_over(job: &Job, from: &Job, status: &Status, engine: &Engine) -> Result<Status> {
    settle::clear(job, engine)?;
    for name in from.outputs(&engine.simulator) {
        let path = Path::new(from.id()).join(&name);
        let bytes = fs::read(&path).map_err(|e| cannot("read", &path, e))?;
        let rest = name.strip_prefix(from.stem()).unwrap_or(&name);
        let path = Path::new(job.id()).join(format!("{}{rest}", job.stem()));
        atomic::write_unsynced(&path, &bytes).map_err(|e| cannot("write", &path, e))?;
    }
    let mut status = status.of_twin(job, from, engine);
    // Equal decks at another temperature: the results are that of the deck, not of the point.
    if status.status == State::Done
        && let Some(failure) = judge::judge_taken(job, engine)?
    {
        status.fail(&failure);
    }
    status.record(job, engine)?;
    status.write()?;
    Ok(status)
}

/// Whether a status is worth taking over: one that a retry would change is not.
pub fn is_final(status: &Status) -> bool {
    match status.class {
        None => status.status == State::Done,
        Some(class) => !class.is_transient() && status.status != State::Cancelled,
    }
}

#[cfg(test)]
mod tests {
    use super::Twins;

    #[test]
    fn one_of_each_kind_is_simulated_unless_there_is_a_result() {
        let twins = ["a", "b", "a", "c", "c", "b"];
        let parted = Twins::of(&[0, 1, 2, 4, 5], &twins, |index| index == 3);
        assert_eq!(parted.simulated, [0, 1]);
        assert_eq!(parted.reusing, [(2, 0), (4, 3), (5, 1)]);
    }
}
