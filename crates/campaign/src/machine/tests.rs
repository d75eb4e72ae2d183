//! The rules of the state machine, one test each: which task starts, which one waits, which one is
//! held and what follows.

mod batches;
mod breaker;
mod interrupts;
mod models;
mod retries;
mod starts;

use super::{Action, Added, Event, Known, Machine, Models, Next, Retries};
use crate::size::Need;
use crate::task::{Kind, Task};
use libchar_engine::Class;
use libchar_runner::breaker::{Breaker, Classes, Thresholds};
use libchar_runner::retry::Backoff;
use std::time::Duration;

const SMALL: Need = Need { threads: 1, mem_gb: 2 };
const START: Duration = Duration::from_secs(100);

/// The classes of failures: `harmless` ones are those of the circuit, `outside` ones those of the
/// site.
const CLASSES: Classes = Classes {
    harmless: &["measure", "convergence", "cancelled"],
    outside: &["licence", "node-loss"],
};

/// A machine with its points, and the actions that it returned so far.
struct Run {
    machine: Machine,
    now: Duration,
    actions: Vec<Action>,
}

/// A run of `points` points: even ones are of corner SS, odd ones of TT. Nothing is tried again,
/// and nothing is ever held.
fn run(points: usize) -> Run {
    with(points, 0, 0, 0)
}

/// The same with retries, option recipes, and a breaker that opens after `in_a_row` failures in a
/// row.
fn with(points: usize, retries: u32, recipes: usize, in_a_row: usize) -> Run {
    let known = |i: usize| Known {
        id: format!("p{i}"),
        place: vec![["SS", "TT"][i % 2].to_owned()],
        need: SMALL,
    };
    let retries = Retries { most: retries, backoff: Backoff { first: Duration::from_secs(1) } };
    let breaker = Breaker::new(Thresholds { in_a_row, percent: 0.0, least: 1000 }, CLASSES);
    let machine = Machine::new((0..points).map(known).collect(), retries, recipes, breaker);
    Run { machine, now: START, actions: Vec::new() }
}

impl Run {
    fn step(&mut self, event: Event<'_>) -> Vec<Action> {
        let actions = self.machine.step(self.now, event);
        self.actions.extend(actions.iter().cloned());
        actions
    }

    /// Adds points that run alone.
    fn add(&mut self, points: impl IntoIterator<Item = usize>) {
        self.add_kin(points, None);
    }

    /// Adds points that may share a process with each other.
    fn add_kin(&mut self, points: impl IntoIterator<Item = usize>, kin: Option<usize>) {
        let added = |point| Added { point, kin, models: None };
        self.step(Event::Add(points.into_iter().map(added).collect()));
    }

    /// Adds points whose decks have trimmed models with this hash.
    fn add_trimmed(&mut self, points: &[usize], hash: &str, is_verified: bool) {
        let models = Some(Models { hash: hash.to_owned(), is_verified });
        let added = |&point| Added { point, kin: None, models: models.clone() };
        self.step(Event::Add(points.iter().map(added).collect()));
    }

    /// The next task; points that may share a process do.
    fn next(&mut self) -> Option<Task> {
        self.machine.next(usize::MAX, |_| true)
    }

    fn next_jobs(&mut self) -> Vec<usize> {
        self.next().map(|task| task.jobs).unwrap_or_default()
    }

    /// The points of all tasks that can be started now, in that order.
    fn start_all(&mut self) -> Vec<Vec<usize>> {
        std::iter::from_fn(|| self.next().map(|task| task.jobs)).collect()
    }

    fn ended(&mut self, task: &Task, class: Option<Class>) -> Vec<Action> {
        self.step(Event::Ended { task, seconds: 1.0, class })
    }

    /// Starts the next task and ends it with a failure of this class, or well if there is none.
    fn run_one(&mut self, class: Option<Class>) -> Vec<Action> {
        let task = self.next().expect("something can be started");
        self.ended(&task, class)
    }

    fn wait(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
        self.step(Event::Tick);
    }

    /// What followed for a point, the last time that it was judged.
    fn follows(&self, wanted: usize) -> Option<Next> {
        self.actions.iter().rev().find_map(|action| match action {
            Action::Settle { point, next } if *point == wanted => Some(*next),
            _ => None,
        })
    }
}

fn settled(point: usize, next: Next) -> Action {
    Action::Settle { point, next }
}

fn alone(point: usize, kind: Kind) -> Task {
    Task::one(point, kind, SMALL)
}
