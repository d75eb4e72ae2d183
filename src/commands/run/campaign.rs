//! The loop of a run on this machine: hand out, wait, settle, try again.

use super::attempts::Attempts;
use super::engine::Engine;
use super::plan::Job;
use super::progress::Progress;
use super::settle::{self, PointKey, Subject};
use super::status::Status;
use crate::context::Context;
use crate::exit::Interrupted;
use crate::log::Level;
use anyhow::{Result, anyhow};
use libchar_engine::Class;
use libchar_runner::breaker::{Breaker, Verdict};
use libchar_runner::pool::{Event, Pool};
use libchar_runner::retry::Backoff;
use libchar_runner::worker::Report;
use libchar_runner::{Record, attempt};
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::time::{Duration, Instant};

/// Tickets that a slot holds besides the one it simulates, while there are plenty: it never waits for us.
const AHEAD: usize = 1;

/// Points simulated by one process, once.
#[derive(Debug, Clone)]
struct Task {
    jobs: Vec<usize>,
    tries: u32,
}

/// What a run needs to know of the configuration.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Slots.
    pub slots: usize,
    /// Further attempts after a failure that may pass.
    pub retries: u32,
    /// Wait before the first of them.
    pub backoff: Backoff,
}

/// A run on this machine.
pub struct Campaign<'a> {
    ctx: &'a Context,
    engine: &'a Engine,
    jobs: &'a [Job],
    runs: &'a Path,
    limits: Limits,
    breaker: Breaker,
    attempts: Attempts,
    queue: VecDeque<Task>,
    delayed: Vec<(Instant, Task)>,
    running: BTreeMap<String, Task>,
    /// The status of each job that was settled.
    pub settled: BTreeMap<usize, Status>,
    /// Why no more is submitted.
    pub held: Option<String>,
    probing: bool,
    stopped: Option<i32>,
    sequence: u32,
}

impl<'a> Campaign<'a> {
    /// A run of these jobs.
    pub fn new(
        ctx: &'a Context,
        engine: &'a Engine,
        jobs: &'a [Job],
        runs: &'a Path,
        limits: Limits,
        breaker: Breaker,
        attempts: Attempts,
    ) -> Self {
        Campaign {
            ctx,
            engine,
            jobs,
            runs,
            limits,
            probing: breaker.is_open(),
            breaker,
            attempts,
            queue: VecDeque::new(),
            delayed: Vec::new(),
            running: BTreeMap::new(),
            settled: BTreeMap::new(),
            held: None,
            stopped: None,
            sequence: 0,
        }
    }

    /// Simulates the jobs of these indices. The pool is returned to be closed.
    pub fn run(&mut self, todo: &[usize], pool: &mut Pool) -> Result<()> {
        self.queue = todo.iter().map(|&job| Task { jobs: vec![job], tries: 0 }).collect();
        let mut progress = Progress::new(self.ctx, todo.len());
        let result = self.work(pool, &mut progress);
        progress.finish();
        if result.is_err() {
            self.end(pool)?;
        }
        result?;
        match self.stopped {
            Some(signal) => Err(Interrupted(signal).into()),
            None => Ok(()),
        }
    }

    fn work(&mut self, pool: &mut Pool, progress: &mut Progress) -> Result<()> {
        loop {
            self.release_delayed();
            self.submit(pool)?;
            let idle = pool.pending() == 0 && self.running.is_empty();
            if idle && (self.stopped.is_some() || self.held.is_some()) {
                return Ok(());
            }
            if idle && self.queue.is_empty() && self.delayed.is_empty() {
                return Ok(());
            }
            match pool.wait(self.patience())? {
                Event::Report(Report::Ended(record)) => {
                    self.ended(&record)?;
                    progress.show(&self.settled, self.running.len());
                }
                Event::Report(Report::Broken { reason, .. }) => return Err(anyhow!(reason)),
                Event::Died(tickets) => {
                    for ticket in tickets {
                        self.lost(&ticket.attempt)?;
                    }
                }
                Event::Stop(signal) => self.stop(signal, pool),
                Event::Nothing => progress.show(&self.settled, self.running.len()),
            }
        }
    }

    fn patience(&self) -> Option<Duration> {
        let now = Instant::now();
        let due = self.delayed.iter().map(|(at, _)| at.saturating_duration_since(now)).min();
        Some(due.unwrap_or(Duration::from_secs(1)).min(Duration::from_secs(1)))
    }

    fn release_delayed(&mut self) {
        let now = Instant::now();
        let (due, later) = self.delayed.drain(..).partition(|(at, _)| *at <= now);
        self.delayed = later;
        let due: Vec<(Instant, Task)> = due;
        self.queue.extend(due.into_iter().map(|(_, task)| task));
    }

    fn submit(&mut self, pool: &mut Pool) -> Result<()> {
        while self.stopped.is_none() && self.held.is_none() && !self.queue.is_empty() {
            if self.probing && !self.running.is_empty() {
                return Ok(());
            }
            // Near the end a ticket that waits behind a long one would cost more than it saves.
            let plenty = self.queue.len() > 4 * self.limits.slots;
            if pool.least() > if plenty { AHEAD } else { 0 } {
                return Ok(());
            }
            let Some(task) = self.queue.pop_front() else { return Ok(()) };
            self.sequence += 1;
            let name = format!("{}-{}", self.attempts.run(), self.sequence);
            let job = &self.jobs[task.jobs[0]];
            settle::clear(job, self.engine)?;
            let subject = Subject {
                points: vec![PointKey { point: job.id().to_owned(), key: job.deck.key.clone() }],
                tries: task.tries,
                recipe: None,
            };
            let ticket = self.engine.ticket(&name, job, serde_json::to_value(&subject)?);
            pool.submit(ticket)?;
            self.running.insert(name, task);
        }
        Ok(())
    }

    fn ended(&mut self, record: &Record) -> Result<()> {
        let Some(task) = self.running.remove(&record.attempt) else { return Ok(()) };
        let subject: Subject = serde_json::from_value(record.subject.clone())?;
        for &index in &task.jobs {
            let status =
                settle::settle(self.runs, record, &subject, &self.jobs[index], self.engine)?;
            self.attempts.add(record, &status, &subject)?;
            self.judged(index, status, &task);
        }
        Ok(())
    }

    /// The supervisor died: what it published counts, the rest is lost.
    fn lost(&mut self, name: &str) -> Result<()> {
        if let Some(record) = attempt::read(&attempt::published(self.runs, name)) {
            return self.ended(&record);
        }
        let Some(task) = self.running.remove(name) else { return Ok(()) };
        if self.stopped.is_some() {
            return Ok(());
        }
        let failure = libchar_engine::Failure::new(Class::NodeLoss, "its supervisor was killed");
        for &index in &task.jobs {
            let job = &self.jobs[index];
            let simulator = (self.engine.name.as_str(), self.engine.version.as_str());
            let status =
                Status::new(job.id(), &job.deck.key, simulator, task.tries + 1, Some(&failure));
            status.write()?;
            self.judged(index, status, &task);
        }
        Ok(())
    }

    fn judged(&mut self, index: usize, status: Status, task: &Task) {
        let point = status.point.clone();
        match (status.class, &status.reason) {
            (Some(Class::Cancelled), _) => {}
            (Some(class), reason) => {
                let reason = reason.as_deref().unwrap_or_default();
                let may_pass = class.is_transient() && task.tries < self.limits.retries;
                if may_pass && self.stopped.is_none() {
                    let wait = self.limits.backoff.delay(task.tries, &point);
                    let next = Task { jobs: vec![index], tries: task.tries + 1 };
                    self.delayed.push((Instant::now() + wait, next));
                    self.ctx.log.point(
                        Level::Info,
                        "retry",
                        &point,
                        format!("{class}: {reason}; again in {:.1} s", wait.as_secs_f64()),
                    );
                } else {
                    self.ctx.log.point(
                        Level::Warning,
                        "failed",
                        &point,
                        format!("{class}: {reason}"),
                    );
                }
                if let Verdict::Open(why) = self.breaker.failed(class.word()) {
                    self.held = Some(why);
                }
            }
            (None, _) => {
                if status.flaky {
                    let message = format!("done at attempt {}: flaky", status.attempts);
                    self.ctx.log.point(Level::Warning, "flaky", &point, message);
                }
                self.breaker.succeeded();
                self.probing = false;
            }
        }
        self.settled.insert(index, status);
    }

    fn stop(&mut self, signal: i32, pool: &Pool) {
        if self.stopped.replace(signal).is_none() {
            let message =
                "stopping: the simulations get 10 s to end; once more to end them at once";
            self.ctx.log.warning("stop", message);
        }
        self.queue.clear();
        self.delayed.clear();
        pool.cancel();
    }

    /// Ends what runs after a fault of our own: nothing could be recorded.
    fn end(&mut self, pool: &mut Pool) -> Result<()> {
        pool.cancel();
        while pool.pending() > 0 {
            if let Event::Stop(_) = pool.wait(None)? {
                pool.cancel();
            }
        }
        Ok(())
    }

    /// The state of the breaker after the run.
    pub fn breaker(&self) -> &Breaker {
        &self.breaker
    }
}
