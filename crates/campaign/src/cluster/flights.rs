//! Attempts that are submitted to a cluster, and for how long each has been missing from the scheduler's list.

use crate::task::Task;
use libchar_runner::cluster::Listed;
use libchar_runner::state::{IllegalTransition, State};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// Consecutive polls in which a job must be missing before it may count as gone.
const MISSED_POLLS: u32 = 2;

/// For how long something has been missing from the scheduler's list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Absence {
    polls: u32,
    since: Option<Instant>,
}

impl Absence {
    /// Counts one more poll in which it was missing. Returns whether it has now been missing for longer than a slow
    /// scheduler or a slow file system explains.
    pub fn missed(&mut self, now: Instant, grace: Duration) -> bool {
        self.polls += 1;
        self.since.get_or_insert(now);
        self.lasts(now, grace)
    }

    /// Whether it has been missing for this long.
    fn lasts(&self, now: Instant, grace: Duration) -> bool {
        self.polls >= MISSED_POLLS
            && self.since.is_some_and(|since| now.saturating_duration_since(since) >= grace)
    }
}

/// An attempt that was submitted.
#[derive(Debug)]
pub struct Flight {
    /// The task that it simulates.
    pub task: Task,
    /// The submission that it belongs to.
    pub submission: String,
    /// Its array element, counted from 1.
    pub element: usize,
    state: State,
    absence: Absence,
    stuck: Absence,
}

impl Flight {
    /// An attempt whose submission is in the journal, so it must be assumed to be submitted.
    pub fn new(task: Task, submission: &str, element: usize) -> Flight {
        Flight {
            task,
            submission: submission.to_owned(),
            element,
            state: State::Submitted,
            absence: Absence::default(),
            stuck: Absence::default(),
        }
    }

    /// Marks the attempt as ended.
    pub fn end(&mut self, state: State) -> Result<(), IllegalTransition> {
        self.state.advance(state)
    }
}

/// The factor by which the wait grows before an empty list is believed, if the previous lists had some of the run's jobs.
const DOUBT: u32 = 5;

/// All attempts that are submitted, by name.
#[derive(Debug, Default)]
pub struct Flights {
    /// The attempts.
    pub flights: BTreeMap<String, Flight>,
    /// Whether the scheduler ever listed one of them.
    listed: bool,
}

impl Flights {
    /// Array elements from which a result is awaited.
    pub fn elements(&self) -> usize {
        let elements: BTreeSet<(&str, usize)> =
            self.flights.values().map(|f| (f.submission.as_str(), f.element)).collect();
        elements.len()
    }

    /// Points whose results are awaited.
    pub fn points(&self) -> usize {
        self.flights.values().map(|flight| flight.task.jobs.len()).sum()
    }

    /// Whether a result of a submission is awaited.
    pub fn awaits(&self, submission: &str) -> bool {
        self.flights.values().any(|flight| flight.submission == submission)
    }

    /// Removes all attempts of a submission.
    pub fn take(&mut self, submission: &str) -> Vec<Flight> {
        let (taken, left) = std::mem::take(&mut self.flights)
            .into_iter()
            .partition(|(_, flight)| flight.submission == submission);
        self.flights = left;
        let taken: BTreeMap<String, Flight> = taken;
        taken.into_values().collect()
    }

    /// Compares the attempts with the scheduler's list.
    ///
    /// If the list has none of several jobs although it had some before, the scheduler may have lost its state, or the
    /// command may be broken. Such a list is believed only after a longer time.
    pub fn compare(
        &mut self,
        jobs: &BTreeSet<Listed>,
        now: Instant,
        grace: Duration,
    ) -> Result<Compared, IllegalTransition> {
        let listed: BTreeMap<(&str, usize), &Listed> =
            jobs.iter().map(|job| ((job.name.as_str(), job.element), job)).collect();
        let is_listed =
            |flight: &Flight| listed.get(&(flight.submission.as_str(), flight.element)).copied();
        let any = self.flights.values().any(|flight| is_listed(flight).is_some());
        self.listed |= any;
        let doubtful = !any && self.listed && self.flights.len() > 1;
        let grace_of_list = if doubtful { grace * DOUBT } else { grace };
        let mut compared = Compared::default();
        for (name, flight) in &mut self.flights {
            let Some(job) = is_listed(flight) else {
                let gone = flight.absence.missed(now, grace_of_list);
                compared.doubtful |= doubtful && flight.absence.lasts(now, grace);
                if gone {
                    compared.gone.push(name.clone());
                }
                continue;
            };
            flight.absence = Absence::default();
            let state = if job.running { State::Running } else { State::Submitted };
            if flight.state != state {
                flight.state.advance(state)?;
            }
            match &job.stuck {
                Some(stuck) if flight.stuck.missed(now, grace) => {
                    compared.stuck.push((name.clone(), job.id.clone(), stuck.clone()));
                }
                Some(_) => {}
                None => flight.stuck = Absence::default(),
            }
        }
        Ok(compared)
    }
}

/// The result of a comparison with the scheduler's list.
#[derive(Debug, Default)]
pub struct Compared {
    /// Attempts whose jobs are gone.
    pub gone: Vec<String>,
    /// Attempts whose jobs only a person can release: name, the job's number, its state.
    pub stuck: Vec<(String, String, String)>,
    /// Whether the list has lacked all jobs that it had before for some time.
    pub doubtful: bool,
}

#[cfg(test)]
mod tests {
    use super::{Flight, Flights};
    use crate::size::Need;
    use crate::task::{Kind, Task};
    use libchar_runner::cluster::Listed;
    use std::collections::BTreeSet;
    use std::time::{Duration, Instant};

    #[test]
    fn a_job_is_gone_after_two_polls_in_a_row_without_it() {
        let task = Task::one(0, Kind::Usual, Need { threads: 1, mem_gb: 1 });
        let mut flights = Flights::default();
        flights.flights.insert("a".to_owned(), Flight::new(task, "lc-1", 2));
        let listed = Listed {
            id: "7".to_owned(),
            element: 2,
            name: "lc-1".to_owned(),
            running: true,
            stuck: None,
        };
        let (there, gone) = (BTreeSet::from([listed]), BTreeSet::new());
        for (jobs, expected) in [(&gone, 0), (&there, 0), (&gone, 0), (&gone, 1)] {
            assert_eq!(
                flights.compare(jobs, Instant::now(), Duration::ZERO).unwrap().gone.len(),
                expected
            );
        }
        assert!(
            flights
                .compare(&gone, Instant::now(), Duration::from_secs(60))
                .unwrap()
                .gone
                .is_empty(),
            "grace"
        );
    }

    fn two() -> (Flights, BTreeSet<Listed>) {
        let mut flights = Flights::default();
        let mut listed = BTreeSet::new();
        for element in [1, 2] {
            let task = Task::one(element, Kind::Usual, Need { threads: 1, mem_gb: 1 });
            flights.flights.insert(format!("a{element}"), Flight::new(task, "lc-1", element));
            let (id, name) = ("7".to_owned(), "lc-1".to_owned());
            listed.insert(Listed { id, element, name, running: false, stuck: None });
        }
        (flights, listed)
    }

    #[test]
    fn a_list_that_suddenly_has_none_is_doubted() {
        let (mut flights, listed) = two();
        let none = BTreeSet::new();
        assert!(
            !flights.compare(&none, Instant::now(), Duration::from_secs(60)).unwrap().doubtful,
            "not listed yet"
        );
        assert!(!flights.compare(&listed, Instant::now(), Duration::ZERO).unwrap().doubtful);
        for _ in 0..4 {
            let compared = flights.compare(&none, Instant::now(), Duration::from_secs(60)).unwrap();
            assert!(compared.gone.is_empty() && !compared.doubtful, "it may just be late");
        }
        assert!(flights.compare(&none, Instant::now(), Duration::ZERO).unwrap().doubtful);
    }

    #[test]
    fn a_job_that_only_a_person_frees_is_told_after_a_while() {
        let (mut flights, listed) = two();
        let held: BTreeSet<Listed> = listed
            .iter()
            .map(|job| Listed { stuck: Some("Eqw".to_owned()), ..job.clone() })
            .collect();
        assert!(
            flights.compare(&held, Instant::now(), Duration::ZERO).unwrap().stuck.is_empty(),
            "once is not a state"
        );
        assert_eq!(flights.compare(&held, Instant::now(), Duration::ZERO).unwrap().stuck.len(), 2);
        flights.compare(&listed, Instant::now(), Duration::ZERO).unwrap();
        assert!(
            flights.compare(&held, Instant::now(), Duration::ZERO).unwrap().stuck.is_empty(),
            "it was freed"
        );
    }
}
