//! Decides which tasks may start: tasks that wait, tasks that the breaker holds, and tasks that are tried again later.

use crate::task::Task;
use libchar_runner::breaker::{Breaker, Gate, Place};
use std::collections::VecDeque;
use std::time::Duration;

/// The tasks of a run that are not in progress.
#[derive(Debug)]
pub struct Queue {
    /// The breaker, which holds tasks.
    pub breaker: Breaker,
    places: Vec<Place>,
    waiting: VecDeque<Task>,
    held: Vec<Task>,
    delayed: Vec<(Duration, Task)>,
}

impl Queue {
    /// An empty queue for points with these values on the axes of the breaker.
    pub fn new(breaker: Breaker, places: Vec<Place>) -> Queue {
        let (waiting, held, delayed) = (VecDeque::new(), Vec::new(), Vec::new());
        Queue { breaker, places, waiting, held, delayed }
    }

    /// Adds tasks at the end.
    pub fn extend(&mut self, tasks: impl IntoIterator<Item = Task>) {
        self.waiting.extend(tasks);
    }

    /// Adds a task that is due at a time.
    pub fn delay(&mut self, due: Duration, task: Task) {
        self.delayed.push((due, task));
    }

    /// Sets aside the tasks that the breaker holds, and returns those that it no longer holds.
    pub fn sort(&mut self) {
        let tasks: Vec<Task> = self.held.drain(..).chain(self.waiting.drain(..)).collect();
        for task in tasks {
            match self.gate(&task) {
                Gate::Hold => self.held.push(task),
                _ => self.waiting.push_back(task),
            }
        }
    }

    /// Releases the delayed tasks that are due; returns whether there were any.
    pub fn release(&mut self, now: Duration) -> bool {
        let (due, later): (Vec<_>, Vec<_>) = self.delayed.drain(..).partition(|(at, _)| *at <= now);
        self.delayed = later;
        self.waiting.extend(due.iter().map(|(_, task)| task.clone()));
        !due.is_empty()
    }

    /// How long until the next delayed task is due.
    pub fn due(&self, now: Duration) -> Option<Duration> {
        self.delayed.iter().map(|(at, _)| at.saturating_sub(now)).min()
    }

    /// The position of the next task that can be started. Tasks that are known to work come before probes. No probe starts
    /// before all points of batches, which are known to work, have been started.
    pub fn startable(&self, batches_wait: bool) -> Option<usize> {
        if !self.breaker.is_open() {
            return (!self.waiting.is_empty()).then_some(0);
        }
        let with = |wanted: Gate| self.waiting.iter().position(|task| self.gate(task) == wanted);
        with(Gate::Go).or_else(|| if batches_wait { None } else { with(Gate::Probe) })
    }

    /// The task at a position.
    pub fn get(&self, place: usize) -> Option<&Task> {
        self.waiting.get(place)
    }

    /// Removes and returns the task at a position.
    pub fn take(&mut self, place: usize) -> Option<Task> {
        self.waiting.remove(place)
    }

    /// Whether a point may be simulated now.
    pub fn gate_of(&self, point: usize) -> Gate {
        self.breaker.gate(&self.places[point])
    }

    fn gate(&self, task: &Task) -> Gate {
        task.jobs.iter().map(|&point| self.gate_of(point)).max().unwrap_or(Gate::Go)
    }

    /// Notes that a task was started.
    pub fn started(&mut self, task: &Task) {
        if self.breaker.is_open() {
            task.jobs.iter().for_each(|&point| self.breaker.started(&self.places[point]));
        }
    }

    /// Notes that the task which was started gives no information about a point.
    pub fn lost(&mut self, point: usize) {
        self.breaker.lost(&self.places[point]);
    }

    /// Notes that a point was simulated.
    pub fn succeeded(&mut self, point: usize) {
        self.breaker.succeeded(&self.places[point]);
    }

    /// Notes that a point failed with a class.
    pub fn failed(&mut self, class: &str, point: usize) {
        self.breaker.failed(class, &self.places[point]);
    }

    /// The number of tasks that wait for a start.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Whether the breaker holds any task.
    pub fn holds(&self) -> bool {
        !self.held.is_empty()
    }

    /// Whether any task is tried again later.
    pub fn delays(&self) -> bool {
        !self.delayed.is_empty()
    }

    /// Removes all tasks.
    pub fn clear(&mut self) {
        self.waiting.clear();
        self.held.clear();
        self.delayed.clear();
    }
}
