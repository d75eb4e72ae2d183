//! Reuse: a point takes over the results of another point whose deck is equal except for the
//! point's name.

use crate::cannot::cannot;
use crate::engine::Engine;
use crate::job::Job;
use crate::status::{State, Status};
use crate::{judge, settle};
use anyhow::Result;
use libchar_files::atomic;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Which jobs are simulated, and which take over the results of another job.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Twins {
    /// Jobs to simulate.
    pub simulated: Vec<usize>,
    /// Jobs that take over results, each with the job that it takes them from.
    pub reusing: Vec<(usize, usize)>,
}

impl Twins {
    /// Splits the jobs of `todo`. `twins` holds the key of each job without its name, and `done`
    /// returns whether a job has a result already.
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

/// Gives a job the results of another job. A missing or failed result is taken over as it is,
/// because a simulation of this job would give the same.
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
    // Decks may be equal although the temperatures of their points differ. The results are then at
    // the temperature of the deck, not at that of the point.
    if status.status == State::Done
        && let Some(failure) = judge::judge_taken(job, engine)?
    {
        status.fail(&failure);
    }
    status.record(job, engine)?;
    status.write()?;
    Ok(status)
}

/// Whether a status can be taken over: it cannot if a retry might change it.
pub fn is_final(status: &Status) -> bool {
    match status.class {
        None => status.status == State::Done,
        Some(class) => !class.is_transient() && status.status != State::Cancelled,
    }
}

#[cfg(test)]
mod tests {
    use super::{Twins, is_final, take_over};
    use crate::fixture::{self, Domain, log};
    use crate::status::{State, Status};
    use crate::task::{Kind, Subject};
    use libchar_engine::{Class, Failure};
    use std::fs;

    const NOBODY: Subject =
        Subject { points: Vec::new(), tries: 2, retries: 1, kind: Kind::Usual, recipe: None };

    #[test]
    fn a_result_is_taken_over_under_the_names_of_the_point() {
        let mut domain = Domain::new(1);
        domain.add("other", &fixture::deck("1.0").replace("* inverter", "* other"));
        let jobs = domain.jobs();
        let (from, job) = (&jobs[0], &jobs[1]);
        fs::write(from.place_of_outputs().path("sim_tx.log"), log("1.000000e-09")).unwrap();
        fs::write(job.place_of_outputs().path("sim_tx.log"), "old").unwrap();
        let mut status = Status::new(from, &domain.engine, &NOBODY, None);
        status.record(from, &domain.engine).unwrap();
        let taken = take_over(job, from, &status, &domain.engine).unwrap();
        assert_eq!(Status::read(job.id()), Some(taken.clone()));
        assert_eq!((taken.attempts, taken.flaky), (0, false));
        assert_eq!(taken.reused.as_deref(), Some(from.id()));
        assert_eq!((taken.point.as_str(), taken.key.as_str()), (job.id(), job.deck.key.as_str()));
        assert!(job.is_done(Some(&taken), &domain.engine, None));
        // The status records the point's own deck, which contains the point's own name.
        let own = |hash: &str| Some(hash.to_owned());
        assert_eq!((&taken.deck, &taken.files), (&own(&job.deck.sha256), &own(&job.deck.files)));
        assert_eq!(
            fixture::names(std::path::Path::new(job.id())),
            ["sim_tx.log", "sim_tx.sp", "status.json"]
        );
    }

    #[test]
    fn a_result_at_another_temperature_is_none_of_the_point() {
        let mut domain = Domain::new(1);
        domain.add("hot", &fixture::deck("1.0"));
        domain.points[1].temp_c = 85.0;
        let jobs = domain.jobs();
        fs::write(jobs[0].place_of_outputs().path("sim_tx.log"), log("1.000000e-09")).unwrap();
        let status = Status::new(&jobs[0], &domain.engine, &NOBODY, None);
        let taken = take_over(&jobs[1], &jobs[0], &status, &domain.engine).unwrap();
        assert_eq!((taken.status, taken.class), (State::Failed, Some(Class::Temperature)));
    }

    #[test]
    fn only_what_a_retry_would_not_change_is_final() {
        let domain = Domain::new(1);
        let job = &domain.jobs()[0];
        let of = |class| {
            let failure = Failure::new(class, "why");
            is_final(&Status::new(job, &domain.engine, &NOBODY, Some(&failure)))
        };
        assert!(is_final(&Status::new(job, &domain.engine, &NOBODY, None)));
        assert!(of(Class::Measure) && of(Class::Netlist));
        assert!(!of(Class::Licence) && !of(Class::NodeLoss) && !of(Class::Cancelled));
    }

    #[test]
    fn one_of_each_kind_is_simulated_unless_there_is_a_result() {
        let twins = ["a", "b", "a", "c", "c", "b"];
        let parted = Twins::of(&[0, 1, 2, 4, 5], &twins, |index| index == 3);
        assert_eq!(parted.simulated, [0, 1]);
        assert_eq!(parted.reusing, [(2, 0), (4, 3), (5, 1)]);
    }
}
