//! Attempts that are submitted to a cluster, and how long the scheduler has not known them.

use super::super::task::Task;
use anyhow::Result;
use libchar_runner::cluster::Listed;
use libchar_runner::state::{IllegalTransition, State};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// Polls in a row that must miss a job before it may count as gone.
pub const MISSED_POLLS: u32 = 2;

/// How long something has been missing from the scheduler's list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Absence {
    polls: u32,
    since: Option<Instant>,
}

impl Absence {
    /// It was missed once more. Returns whether that is more than a slow scheduler or a slow file system explains.
    pub fn missed(&mut self, grace: Duration) -> bool {
        self.polls += 1;
        let since = *self.since.get_or_insert_with(Instant::now);
        self.polls >= MISSED_POLLS && since.elapsed() >= grace
    }
}

/// An attempt that was submitted.
#[derive(Debug)]
pub struct Flight {
    /// What it simulates.
    pub task: Task,
    /// The submission that it belongs to.
    pub submission: String,
    /// Its element, from 1.
    pub element: usize,
    state: State,
    absence: Absence,
}

impl Flight {
    /// An attempt whose submission was journalled: for all that is known it was submitted.
    pub fn new(task: Task, submission: &str, element: usize) -> Flight {
        Flight {
            task,
            submission: submission.to_owned(),
            element,
            state: State::Submitted,
            absence: Absence::default(),
        }
    }

    /// It ended.
    pub fn end(&mut self, state: State) -> Result<(), IllegalTransition> {
        self.state.advance(state)
    }
}

/// All attempts that are submitted, by name.
#[derive(Debug, Default)]
pub struct Flights(pub BTreeMap<String, Flight>);

impl Flights {
    /// Array elements of which something is awaited.
    pub fn elements(&self) -> usize {
        let elements: BTreeSet<(&str, usize)> =
            self.0.values().map(|f| (f.submission.as_str(), f.element)).collect();
        elements.len()
    }

    /// Points that are awaited.
    pub fn points(&self) -> usize {
        self.0.values().map(|flight| flight.task.jobs.len()).sum()
    }

    /// Whether something of a submission is awaited.
    pub fn awaits(&self, submission: &str) -> bool {
        self.0.values().any(|flight| flight.submission == submission)
    }

    /// Takes out all attempts of a submission.
    pub fn take(&mut self, submission: &str) -> Vec<Flight> {
        let (taken, left) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|(_, flight)| flight.submission == submission);
        self.0 = left;
        let taken: BTreeMap<String, Flight> = taken;
        taken.into_values().collect()
    }

    /// Compares with the scheduler's list; gives the names of those that are gone.
    pub fn compare(&mut self, jobs: &BTreeSet<Listed>, grace: Duration) -> Result<Vec<String>> {
        let listed: BTreeMap<(&str, usize), &Listed> =
            jobs.iter().map(|job| ((job.name.as_str(), job.element), job)).collect();
        let mut gone = Vec::new();
        for (name, flight) in &mut self.0 {
            match listed.get(&(flight.submission.as_str(), flight.element)) {
                Some(job) => {
                    flight.absence = Absence::default();
                    let state = if job.running { State::Running } else { State::Submitted };
                    if flight.state != state {
                        flight.state.advance(state)?;
                    }
                }
                None if flight.absence.missed(grace) => gone.push(name.clone()),
                None => {}
            }
        }
        Ok(gone)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::size::Need;
    use super::super::super::task::{Kind, Task};
    use super::{Flight, Flights};
    use libchar_runner::cluster::Listed;
    use std::collections::BTreeSet;
    use std::time::Duration;

    #[test]
    fn a_job_is_gone_after_two_polls_in_a_row_without_it() {
        let task = Task::one(0, Kind::Usual, Need { threads: 1, mem_gb: 1 });
        let mut flights = Flights::default();
        flights.0.insert("a".to_owned(), Flight::new(task, "lc-1", 2));
        let listed =
            Listed { id: "7".to_owned(), element: 2, name: "lc-1".to_owned(), running: true };
        let (there, gone) = (BTreeSet::from([listed]), BTreeSet::new());
        for (jobs, expected) in [(&gone, 0), (&there, 0), (&gone, 0), (&gone, 1)] {
            assert_eq!(flights.compare(jobs, Duration::ZERO).unwrap().len(), expected);
        }
        assert!(flights.compare(&gone, Duration::from_secs(60)).unwrap().is_empty(), "grace");
    }
}
