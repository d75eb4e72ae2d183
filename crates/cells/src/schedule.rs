//! What is simulated next: tasks ask for decks, equal decks are simulated once, and results go to all tasks that wait for them.
//!
//! It has no files, no processes and no clock: whoever drives it says which results are there and what has ended.

use crate::task::{Outcome, Task};
use std::collections::{BTreeMap, VecDeque};

/// The number of times that a supervisor may die with a deck before that deck is given up.
pub const DEATHS: usize = 3;

/// The tasks of one cell at one condition.
pub struct Job<'t> {
    /// The cell and the condition, for people.
    pub name: String,
    /// Digest of what determines its results besides the decks.
    pub material: String,
    /// Its tasks.
    pub tasks: Vec<&'t mut dyn Task>,
}

/// Numbers of simulations and results.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Count {
    /// Number of simulations in this run.
    pub simulated: usize,
    /// Number of results that already existed.
    pub reused: usize,
    /// CPU seconds of all results, including those of earlier runs.
    pub cpu_s: f64,
}

impl Count {
    /// Adds further numbers.
    pub fn add(&mut self, other: &Count) {
        self.simulated += other.simulated;
        self.reused += other.reused;
        self.cpu_s += other.cpu_s;
    }
}

/// A deck to simulate, and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Decks of equal keys have equal results.
    pub key: String,
    /// The deck.
    pub deck: String,
}

/// What the schedule asks of its surroundings.
pub trait Surroundings {
    /// The key of a deck; `material` is what decides its result besides.
    fn key(&self, deck: &str, material: &str) -> String;
    /// The result of a key and the CPU seconds that it took, if it is there.
    fn known(&self, key: &str) -> Option<(Outcome, f64)>;
    /// A task ended without values.
    fn failed(&self, job: &str, why: &str);
}

/// A deck that is simulated, and the jobs and tasks that wait for it.
struct Running {
    waiting: Vec<(usize, usize)>,
    deck: String,
    deaths: usize,
}

/// The state of all jobs.
pub struct Schedule<'t> {
    jobs: Vec<Job<'t>>,
    open: VecDeque<(usize, usize)>,
    running: BTreeMap<String, Running>,
    counts: Vec<Count>,
    left: usize,
}

impl<'t> Schedule<'t> {
    /// Nothing is done yet.
    pub fn new(jobs: Vec<Job<'t>>) -> Schedule<'t> {
        let all = |(j, job): (usize, &Job<'_>)| {
            (0..job.tasks.len()).map(move |t| (j, t)).collect::<Vec<_>>()
        };
        let open: VecDeque<_> = jobs.iter().enumerate().flat_map(all).collect();
        let counts = vec![Count::default(); jobs.len()];
        Schedule { left: open.len(), open, running: BTreeMap::new(), counts, jobs }
    }

    /// The next deck that has to be simulated; `None` if every task is over or waits for one that is simulated.
    pub fn next(&mut self, around: &impl Surroundings) -> Option<Asked> {
        while let Some((job, task)) = self.open.pop_front() {
            if let Some(asked) = self.advance(job, task, around) {
                return Some(asked);
            }
        }
        None
    }

    /// The next deck of a task that has no result yet; those that are known are given to the task.
    fn advance(&mut self, job: usize, task: usize, around: &impl Surroundings) -> Option<Asked> {
        loop {
            let Job { name, material, tasks } = &mut self.jobs[job];
            let own = &mut tasks[task];
            let Some(deck) = own.deck() else {
                self.left -= 1;
                // A failing cell is reported at once, because the user should know within the first minute.
                own.failure().iter().for_each(|why| around.failed(name, why));
                return None;
            };
            let key = around.key(&deck, material);
            if let Some((outcome, cpu_s)) = around.known(&key) {
                self.counts[job].add(&Count { simulated: 0, reused: 1, cpu_s });
                own.take(&outcome);
                continue;
            }
            if let Some(running) = self.running.get_mut(&key) {
                // The task of another cell asks for the same deck.
                running.waiting.push((job, task));
                return None;
            }
            let waiting = vec![(job, task)];
            self.running.insert(key.clone(), Running { waiting, deck: deck.clone(), deaths: 0 });
            return Some(Asked { key, deck });
        }
    }

    /// Whether a deck of this key is simulated.
    pub fn waits_for(&self, key: &str) -> bool {
        self.running.contains_key(key)
    }

    /// Gives a result to the tasks that wait for it. The first of them counts as simulated, the others as reused.
    pub fn take(&mut self, key: &str, outcome: &Outcome, cpu_s: f64) {
        let Some(running) = self.running.remove(key) else { return };
        for (at, (job, task)) in running.waiting.into_iter().enumerate() {
            self.counts[job].add(&match at {
                0 => Count { simulated: 1, reused: 0, cpu_s },
                _ => Count { simulated: 0, reused: 1, cpu_s: 0.0 },
            });
            self.jobs[job].tasks[task].take(outcome);
            self.open.push_front((job, task));
        }
    }

    /// The deck of a key whose supervisor died, to be simulated again; `None` if nobody waits for it.
    ///
    /// # Errors
    /// A deck with which too many supervisors died, as a sentence.
    pub fn lost(&mut self, key: &str) -> Result<Option<String>, String> {
        let Some(running) = self.running.get_mut(key) else { return Ok(None) };
        running.deaths += 1;
        match running.deaths >= DEATHS {
            true => Err(format!("the supervisor of a simulation was killed {DEATHS} times")),
            false => Ok(Some(running.deck.clone())),
        }
    }

    /// Whether every task is over, after [`Schedule::next`] gave nothing.
    pub fn is_over(&self) -> bool {
        self.open.is_empty() && self.running.is_empty()
    }

    /// How far it is, for people.
    pub fn progress(&self) -> String {
        let done: usize = self.counts.iter().map(|c| c.simulated + c.reused).sum();
        format!("{done} simulations done, {} tables open", self.left)
    }

    /// What was done, by job.
    pub fn counts(self) -> Vec<Count> {
        self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    /// A task that asks for its decks in order, and fails if one of them did.
    struct Decks(Vec<&'static str>, Option<String>);

    impl Task for Decks {
        fn deck(&self) -> Option<String> {
            self.0.first().map(|deck| (*deck).to_owned())
        }
        fn take(&mut self, outcome: &Outcome) {
            self.0.remove(0);
            self.1 = self.1.take().or(outcome.failure.clone());
        }
        fn failure(&self) -> Option<String> {
            self.1.clone()
        }
    }

    /// Results that are there, and what was told.
    #[derive(Default)]
    struct Room(BTreeMap<String, f64>, RefCell<Vec<String>>);

    impl Surroundings for Room {
        fn key(&self, deck: &str, material: &str) -> String {
            format!("{material}{deck}")
        }
        fn known(&self, key: &str) -> Option<(Outcome, f64)> {
            self.0.get(key).map(|cpu_s| (Outcome::default(), *cpu_s))
        }
        fn failed(&self, job: &str, why: &str) {
            self.1.borrow_mut().push(format!("{job}: {why}"));
        }
    }

    fn job<'t>(name: &str, task: &'t mut Decks) -> Job<'t> {
        Job { name: name.to_owned(), material: String::new(), tasks: vec![task] }
    }

    #[test]
    fn equal_decks_of_two_cells_are_simulated_once_and_known_ones_not_at_all() {
        let room = Room([("a".to_owned(), 0.5)].into(), RefCell::default());
        let (mut one, mut two) = (Decks(vec!["a", "b"], None), Decks(vec!["b", "c"], None));
        let mut work = Schedule::new(vec![job("x", &mut one), job("y", &mut two)]);
        let asked = work.next(&room).unwrap();
        assert_eq!((asked.key.as_str(), asked.deck.as_str()), ("b", "b"));
        assert_eq!((work.next(&room), work.is_over()), (None, false), "both wait for it");
        assert_eq!(work.progress(), "1 simulations done, 2 tables open");
        work.take("b", &Outcome::default(), 2.0);
        assert_eq!(work.next(&room).unwrap().deck, "c");
        work.take("c", &Outcome::default(), 4.0);
        assert_eq!((work.next(&room), work.is_over()), (None, true));
        let counts = work.counts();
        assert_eq!(counts[0], Count { simulated: 1, reused: 1, cpu_s: 2.5 });
        assert_eq!(counts[1], Count { simulated: 1, reused: 1, cpu_s: 4.0 });
    }

    #[test]
    fn decks_of_other_material_are_other_decks() {
        let (mut one, mut two) = (Decks(vec!["a"], None), Decks(vec!["a"], None));
        let other = Job { material: "m".to_owned(), ..job("y", &mut two) };
        let mut work = Schedule::new(vec![job("x", &mut one), other]);
        let room = Room::default();
        let keys: Vec<String> = std::iter::from_fn(|| work.next(&room)).map(|a| a.key).collect();
        assert_eq!(keys, ["a", "ma"]);
    }

    #[test]
    fn a_failure_is_told_once_with_the_name_of_its_job() {
        let room = Room::default();
        let mut task = Decks(vec!["a", "b"], None);
        let mut work = Schedule::new(vec![job("tt inv", &mut task)]);
        for failure in [Some("no convergence".to_owned()), None] {
            let asked = work.next(&room).unwrap();
            assert!(room.1.borrow().is_empty(), "the task goes on");
            work.take(&asked.key, &Outcome { failure, ..Outcome::default() }, 1.0);
        }
        assert_eq!(work.next(&room), None);
        assert_eq!(*room.1.borrow(), ["tt inv: no convergence"]);
    }

    #[test]
    fn a_deck_is_given_up_with_its_third_supervisor() {
        let mut task = Decks(vec!["a"], None);
        let mut work = Schedule::new(vec![job("x", &mut task)]);
        assert!(work.next(&Room::default()).is_some() && work.waits_for("a"));
        assert_eq!(work.lost("b"), Ok(None));
        for _ in 1..DEATHS {
            assert_eq!(work.lost("a"), Ok(Some("a".to_owned())));
        }
        assert!(work.lost("a").is_err());
    }
}
