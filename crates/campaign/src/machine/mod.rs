//! The work of a run as a state machine without files, processes or clock: it receives events and returns the actions to
//! be done.

mod batches;
mod comparisons;
mod ended;
mod event;
mod queue;
#[cfg(test)]
mod tests;

pub use comparisons::Side;
pub use event::{Action, Added, Event, Models, Next};

use crate::size::Need;
use crate::task::{Kind, Task};
use batches::Batches;
use comparisons::{Comparisons, Start};
use libchar_runner::breaker::{Breaker, Gate, Place};
use libchar_runner::retry::Backoff;
use queue::Queue;
use std::collections::BTreeMap;
use std::time::Duration;

/// The time that a process with several points should take: long compared with the start of a process, and short enough
/// that an interrupt loses little.
const BATCH_S: f64 = 2.0;

/// The most points in one process.
const BATCH_POINTS: usize = 64;

/// Points of a first batch, as long as the time of a point is not known.
const FIRST_BATCH: usize = 4;

/// The weight of the last point in the running average of seconds per point.
const NEWEST: f64 = 0.3;

/// The weight of the earlier points.
const EARLIER: f64 = 0.7;

/// How often a point is tried again after a transient failure.
#[derive(Debug, Clone, Copy, Default)]
pub struct Retries {
    /// The most further attempts.
    pub most: u32,
    /// Wait before the first of them.
    pub backoff: Backoff,
}

/// The machine's data of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// Its values on each axis along which failures may have a common cause.
    pub place: Place,
    /// Cores and memory of its simulation.
    pub need: Need,
}

/// The simulations of a run that are left, and the rules for what follows when one ends.
///
/// Points are numbered from 0 in the order in which they were given. Times are counted from a moment that must stay the
/// same.
#[derive(Debug)]
pub struct Machine {
    ids: Vec<String>,
    needs: Vec<Need>,
    retries: Retries,
    /// Option recipes of the site.
    recipes: usize,
    queue: Queue,
    batches: Batches,
    kin: BTreeMap<usize, usize>,
    /// The hash of the trimmed models that points are simulated with.
    models: BTreeMap<usize, String>,
    comparisons: Comparisons,
    seconds_a_point: Option<f64>,
    stopped: bool,
}

impl Machine {
    /// A machine for these points and this number of option recipes, with nothing to do yet.
    pub fn new(points: Vec<Known>, retries: Retries, recipes: usize, breaker: Breaker) -> Machine {
        let needs = points.iter().map(|point| point.need).collect();
        let (ids, places) = points.into_iter().map(|point| (point.id, point.place)).unzip();
        Machine {
            ids,
            needs,
            retries,
            recipes,
            queue: Queue::new(breaker, places),
            batches: Batches::default(),
            kin: BTreeMap::new(),
            models: BTreeMap::new(),
            comparisons: Comparisons::default(),
            seconds_a_point: None,
            stopped: false,
        }
    }

    /// Handles an event; returns the actions to be done, in their order.
    pub fn step(&mut self, now: Duration, event: Event<'_>) -> Vec<Action> {
        let mut actions = Vec::new();
        match event {
            Event::Add(points) => self.add(points),
            Event::Ended { task, seconds, class } => {
                self.took(seconds);
                self.ended(task, class, now, &mut actions);
            }
            Event::EndedBatch { task, seconds, found } => {
                self.took(seconds);
                self.ended_batch(task, found, now, &mut actions);
            }
            Event::Compared { point, side, measures } => {
                self.compared(point, side, measures, &mut actions);
            }
            Event::Lost(task) => self.lost(task, now, &mut actions),
            Event::LostTogether(tasks) => self.lost_together(tasks, now, &mut actions),
            Event::Returned(task) => self.returned(&task),
            Event::Tick => {
                if self.queue.release(now) {
                    self.shelve();
                }
            }
            Event::Stop => self.stop(),
        }
        actions
    }

    /// The next task, with at most this number of points; `share` tells whether points can share a process after all.
    pub fn next(&mut self, most: usize, share: impl FnOnce(&[usize]) -> bool) -> Option<Task> {
        let task = self.next_task(most, share)?;
        self.queue.started(&task);
        Some(task)
    }

    /// The size of the next task.
    pub fn next_need(&self) -> Option<Need> {
        let queued = self.startable().and_then(|place| self.queue.get(place));
        queued.map(|task| task.need).or_else(|| self.batches.front().map(|point| self.needs[point]))
    }

    /// The reasons why some points were not started.
    pub fn held(&self) -> Option<&str> {
        self.queue.breaker.reason().filter(|_| self.queue.holds())
    }

    /// The number of points that wait for a start.
    pub fn waiting(&self) -> usize {
        self.queue.waiting() + self.batches.waiting()
    }

    /// Whether nothing is left except tasks that are in progress.
    pub fn is_over(&self) -> bool {
        self.waiting() == 0 && !self.queue.delays() && !self.comparisons.is_any()
    }

    /// Whether nothing more is to be started.
    pub fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Whether trimmed models are being compared with whole ones at a point.
    pub fn compares(&self, point: usize) -> bool {
        self.comparisons.is_at(point)
    }

    /// The seconds for one point, once a point has ended.
    pub fn seconds_a_point(&self) -> Option<f64> {
        self.seconds_a_point
    }

    /// How long until the next delayed task is due.
    pub fn due(&self, now: Duration) -> Option<Duration> {
        self.queue.due(now)
    }

    /// The present state of the breaker.
    pub fn breaker(&self) -> &Breaker {
        &self.queue.breaker
    }

    /// Points whose trimmed models have not been compared yet wait for a comparison; the first of them is used for it.
    fn add(&mut self, points: Vec<Added>) {
        for Added { point, kin, models } in points {
            self.kin.extend(kin.map(|kin| (point, kin)));
            let start = models.as_ref().filter(|models| !models.is_verified);
            let start = start.map(|models| self.comparisons.begin(point, &models.hash));
            self.models.extend(models.map(|models| (point, models.hash)));
            match start {
                None => self.sort_in(point),
                Some(Start::Waits) => {}
                Some(Start::Compares) => {
                    let tasks = [Kind::Whole, Kind::Check].map(|kind| self.one(point, kind));
                    self.queue.extend(tasks);
                }
            }
        }
        self.shelve();
    }

    fn one(&self, point: usize, kind: Kind) -> Task {
        Task::one(point, kind, self.needs[point])
    }

    /// Adds a point that may share a process to its group, and any other point to the queue.
    fn sort_in(&mut self, point: usize) {
        match self.kin.get(&point) {
            Some(kin) => self.batches.push(point, *kin, self.models.get(&point).cloned()),
            None => {
                let task = self.one(point, Kind::Usual);
                self.queue.extend([task]);
            }
        }
    }

    /// Moves tasks out of the queue or back as the breaker requires. While it is open, points of a group that is not known
    /// to work do not share a process.
    fn shelve(&mut self) {
        if self.queue.breaker.is_open() {
            let queue = &self.queue;
            let apart = self.batches.take_out(|point| queue.gate_of(point) != Gate::Go);
            let alone: Vec<Task> =
                apart.into_iter().map(|point| self.one(point, Kind::Usual)).collect();
            self.queue.extend(alone);
        }
        self.queue.sort();
    }

    fn startable(&self) -> Option<usize> {
        self.queue.startable(self.batches.waiting() > 0)
    }

    fn next_task(&mut self, most: usize, share: impl FnOnce(&[usize]) -> bool) -> Option<Task> {
        if let Some(place) = self.startable() {
            return self.queue.take(place);
        }
        let lasting = match self.seconds_a_point {
            Some(seconds) => (BATCH_S / seconds.max(1e-6)) as usize,
            None => FIRST_BATCH,
        };
        let points = self.batches.take(most.min(lasting).min(BATCH_POINTS));
        let (&first, others) = points.split_first()?;
        if !others.is_empty() && share(&points) {
            return Some(Task { jobs: points, ..self.one(first, Kind::Usual) });
        }
        // If they cannot share a process after all, each point is simulated alone.
        let alone: Vec<Task> = others.iter().map(|&other| self.one(other, Kind::Usual)).collect();
        self.queue.extend(alone);
        Some(self.one(first, Kind::Usual))
    }
}
