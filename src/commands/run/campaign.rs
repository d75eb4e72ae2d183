//! The loop of a run on this machine: hand out, wait, settle, try again.

use super::attempts::Attempts;
use super::engine::Engine;
use super::models::{Models, Trimmed};
use super::plan::Job;
use super::progress::Progress;
use super::settle::{self, PointKey, Subject};
use super::status::Status;
use crate::context::Context;
use crate::exit::Interrupted;
use crate::log::Level;
use anyhow::{Result, anyhow};
use libchar_engine::Class;
use libchar_engine::batch::{self, Shape};
use libchar_engine::measure::{self, Measure};
use libchar_runner::breaker::{Breaker, Verdict};
use libchar_runner::pool::{Event, Pool};
use libchar_runner::retry::Backoff;
use libchar_runner::worker::Report;
use libchar_runner::{Record, attempt};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// Tickets that a slot holds besides the one it simulates, while there are plenty: it never waits for us.
const AHEAD: usize = 1;

/// How long a process that simulates several points should take: a start then costs nothing to speak of, and an
/// interrupt loses little.
const BATCH_S: f64 = 2.0;

/// The most points of a process.
const BATCH_POINTS: usize = 64;

/// Points of a first batch, while nobody knows how long one takes.
const FIRST_BATCH: usize = 4;

/// Points simulated by one process, once.
#[derive(Debug, Clone)]
struct Task {
    jobs: Vec<usize>,
    tries: u32,
    kind: Kind,
}

/// How a task is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// With trimmed models where they are known to be right.
    Usual,
    /// With the deck as it is.
    Whole,
    /// With trimmed models, only to compare with the whole ones.
    Check,
}

impl Task {
    fn one(job: usize, kind: Kind) -> Task {
        Task { jobs: vec![job], tries: 0, kind }
    }
}

/// A comparison of trimmed models with whole ones at one point; the other points that use them wait for it.
#[derive(Debug)]
struct Comparison {
    job: usize,
    models: String,
    whole: Option<Vec<Measure>>,
    trimmed: Option<Vec<Measure>>,
    waiting: Vec<usize>,
}

/// Points that may share a process.
#[derive(Debug, Default)]
struct Group {
    jobs: VecDeque<usize>,
    shapes: VecDeque<Shape>,
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
    groups: VecDeque<Group>,
    models: Models,
    trimmed: HashMap<usize, Trimmed>,
    comparisons: Vec<Comparison>,
    seconds_a_point: Option<f64>,
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
            groups: VecDeque::new(),
            models: Models::new(runs),
            trimmed: HashMap::new(),
            comparisons: Vec::new(),
            seconds_a_point: None,
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
        let ready = self.trim(todo)?;
        self.sort_out(&ready);
        let mut progress = Progress::new(self.ctx, todo.len());
        let result = self.work(pool, &mut progress);
        progress.finish();
        self.models.clear();
        if result.is_err() {
            self.end(pool)?;
        }
        result?;
        match self.stopped {
            Some(signal) => Err(Interrupted(signal).into()),
            None => Ok(()),
        }
    }

    /// Trims the models of the jobs. Those whose trimmed models nobody has compared yet wait for a comparison;
    /// the others are returned.
    fn trim(&mut self, todo: &[usize]) -> Result<Vec<usize>> {
        let mut ready = Vec::with_capacity(todo.len());
        for &index in todo {
            let trimmed = match self.engine.trims {
                true => self.models.trimmed(&self.jobs[index])?,
                false => None,
            };
            let Some(trimmed) = trimmed else {
                ready.push(index);
                continue;
            };
            let models = trimmed.models.clone();
            self.trimmed.insert(index, trimmed);
            if self.models.is_verified(&models) {
                ready.push(index);
            } else if let Some(c) = self.comparisons.iter_mut().find(|c| c.models == models) {
                c.waiting.push(index);
            } else {
                self.queue.push_back(Task::one(index, Kind::Whole));
                self.queue.push_back(Task::one(index, Kind::Check));
                self.comparisons.push(Comparison {
                    job: index,
                    models,
                    whole: None,
                    trimmed: None,
                    waiting: Vec::new(),
                });
            }
        }
        Ok(ready)
    }

    /// Takes one side of a comparison; when both are there, releases the points that wait for it.
    fn compare(&mut self, job: usize, side: Kind, log: &Path) -> Result<()> {
        let Some(place) = self.comparisons.iter().position(|c| c.job == job) else { return Ok(()) };
        let text = fs::read_to_string(log).unwrap_or_default();
        let measures = measure::ngspice::parse("log", &text).map_or(Vec::new(), |found| found.rows);
        let comparison = &mut self.comparisons[place];
        match side {
            Kind::Check => comparison.trimmed = Some(measures),
            _ => comparison.whole = Some(measures),
        }
        let (Some(whole), Some(trimmed)) = (&comparison.whole, &comparison.trimmed) else {
            return Ok(());
        };
        let digits = |row: &Measure| (row.name.clone(), row.value.map(f64::to_bits), row.status);
        let same = !whole.is_empty() && whole.iter().map(digits).eq(trimmed.iter().map(digits));
        let Comparison { models, waiting, .. } = self.comparisons.swap_remove(place);
        if same {
            self.models.verified(&models)?;
        } else {
            for index in waiting.iter().chain([&job]) {
                self.trimmed.remove(index);
            }
            self.ctx.log.warning(
                "trim",
                "trimmed models do not give the same measures: the whole library is used",
            );
        }
        self.sort_out(&waiting);
        Ok(())
    }

    /// The deck that a job is simulated with.
    fn deck(&self, job: usize, kind: Kind) -> String {
        match self.trimmed.get(&job) {
            Some(trimmed) if kind != Kind::Whole => trimmed.path.display().to_string(),
            _ => self.jobs[job].deck_path(),
        }
    }

    /// Puts jobs that may share a process into groups, the others into the queue.
    fn sort_out(&mut self, todo: &[usize]) {
        let mut places: HashMap<(String, String, Option<String>), usize> = HashMap::new();
        for &index in todo {
            let job = &self.jobs[index];
            let shape = Some(job)
                .filter(|job| self.engine.batches && job.deck.is_repeatable)
                .and_then(|job| Shape::of(&job.deck.text));
            let Some(shape) = shape else {
                self.queue.push_back(Task::one(index, Kind::Usual));
                continue;
            };
            let models = self.trimmed.get(&index).map(|trimmed| trimmed.models.clone());
            let key = (shape.skeleton().to_owned(), job.deck.files.clone(), models);
            let place = *places.entry(key).or_insert_with(|| {
                self.groups.push_back(Group::default());
                self.groups.len() - 1
            });
            self.groups[place].jobs.push_back(index);
            self.groups[place].shapes.push_back(shape);
        }
    }

    fn waiting(&self) -> usize {
        self.queue.len() + self.groups.iter().map(|group| group.jobs.len()).sum::<usize>()
    }

    /// The next task and, for a batch, its control deck.
    fn next(&mut self) -> Option<(Task, Option<String>)> {
        if let Some(task) = self.queue.pop_front() {
            return Some((task, None));
        }
        // Equal shares of half of what is left keep the slots busy to the end.
        let share = self.waiting().div_ceil(2 * self.limits.slots);
        let lasting = match self.seconds_a_point {
            Some(seconds) => (BATCH_S / seconds.max(1e-6)) as usize,
            None => FIRST_BATCH,
        };
        let points = if self.probing { 1 } else { lasting.min(share).clamp(1, BATCH_POINTS) };
        while self.groups.front().is_some_and(|group| group.jobs.is_empty()) {
            self.groups.pop_front();
        }
        let group = self.groups.front_mut()?;
        let points = points.min(group.jobs.len());
        let jobs: Vec<usize> = group.jobs.drain(..points).collect();
        let shapes: Vec<Shape> = group.shapes.drain(..points).collect();
        let first = jobs[0];
        let text = self.trimmed.get(&first).map_or(&self.jobs[first].deck.text, |t| &t.text);
        let others: Vec<&Shape> = shapes.iter().skip(1).collect();
        let control = if points > 1 { batch::combine(text, &shapes[0], &others) } else { None };
        if control.is_none() {
            // Not combined after all: each alone.
            let (first, rest) = jobs.split_first()?;
            self.queue.extend(rest.iter().map(|&job| Task::one(job, Kind::Usual)));
            return Some((Task::one(*first, Kind::Usual), None));
        }
        Some((Task { jobs, tries: 0, kind: Kind::Usual }, control))
    }

    fn work(&mut self, pool: &mut Pool, progress: &mut Progress) -> Result<()> {
        loop {
            self.release_delayed();
            self.submit(pool)?;
            let idle = pool.pending() == 0 && self.running.is_empty();
            if idle && (self.stopped.is_some() || self.held.is_some()) {
                return Ok(());
            }
            if idle && self.waiting() == 0 && self.comparisons.is_empty() && self.delayed.is_empty()
            {
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
        while self.stopped.is_none() && self.held.is_none() && self.waiting() > 0 {
            if self.probing && !self.running.is_empty() {
                return Ok(());
            }
            // Near the end a ticket that waits behind a long one would cost more than it saves.
            let plenty = self.waiting() > 4 * self.limits.slots
                && self.seconds_a_point.is_some_and(|seconds| seconds < BATCH_S / 2.0);
            if pool.least() > if plenty { AHEAD } else { 0 } {
                return Ok(());
            }
            let Some((task, control)) = self.next() else { return Ok(()) };
            self.sequence += 1;
            let name = format!("{}-{}", self.attempts.run(), self.sequence);
            let mut points = Vec::with_capacity(task.jobs.len());
            for &index in &task.jobs {
                let job = &self.jobs[index];
                if task.kind != Kind::Check {
                    settle::clear(job, self.engine)?;
                }
                points.push(PointKey { point: job.id().to_owned(), key: job.deck.key.clone() });
            }
            let n = points.len();
            let subject = match task.kind {
                // Nobody settles what is only a check.
                Kind::Check => serde_json::Value::Null,
                _ => serde_json::to_value(Subject { points, tries: task.tries, recipe: None })?,
            };
            let ticket = match control {
                Some(control) => self.engine.batch_ticket(&name, control, n, subject),
                None => {
                    let first = task.jobs[0];
                    let deck = self.deck(first, task.kind);
                    self.engine.ticket(&name, &self.jobs[first], &deck, subject)
                }
            };
            pool.submit(ticket)?;
            self.running.insert(name, task);
        }
        Ok(())
    }

    fn ended(&mut self, record: &Record) -> Result<()> {
        let Some(task) = self.running.remove(&record.attempt) else { return Ok(()) };
        if task.kind == Kind::Check {
            let job = task.jobs[0];
            let folder = attempt::published(self.runs, &record.attempt);
            self.compare(job, Kind::Check, &folder.join(self.jobs[job].log_name()))?;
            return settle::discard(self.runs, &record.attempt);
        }
        let subject: Subject = serde_json::from_value(record.subject.clone())?;
        let points = task.jobs.len();
        let seconds = record.ended.wall_s / points as f64;
        let average = self.seconds_a_point.unwrap_or(seconds);
        self.seconds_a_point = Some(0.7 * average + 0.3 * seconds);
        if let [index] = task.jobs[..] {
            let job = &self.jobs[index];
            let status = settle::settle(self.runs, record, &subject, job, self.engine)?;
            self.attempts.add(record, &[Some(status.clone())], &subject)?;
            if task.kind == Kind::Whole {
                self.compare(index, Kind::Whole, &Path::new(job.id()).join(job.log_name()))?;
            }
            let failed = status.class.is_some_and(|class| !class.is_transient());
            let usual = failed && self.stopped.is_none() && task.kind == Kind::Usual;
            if usual && self.trimmed.remove(&index).is_some() {
                // Whatever it is, the trimming shall not be the cause.
                self.queue.push_back(Task { kind: Kind::Whole, ..task });
                return Ok(());
            }
            self.judged(index, status, &task);
            return Ok(());
        }
        let jobs: Vec<Option<&Job>> = task.jobs.iter().map(|&i| Some(&self.jobs[i])).collect();
        let statuses = settle::settle_batch(self.runs, record, &subject, &jobs, self.engine)?;
        self.attempts.add(record, &statuses, &subject)?;
        for (&index, status) in task.jobs.iter().zip(statuses) {
            match status {
                Some(status) => self.judged(index, status, &task),
                None if self.stopped.is_none() => {
                    self.queue.push_back(Task { jobs: vec![index], ..task });
                }
                None => {}
            }
        }
        Ok(())
    }

    /// The supervisor died: what it published counts, the rest is lost.
    fn lost(&mut self, name: &str) -> Result<()> {
        if let Some(record) = attempt::read(&attempt::published(self.runs, name)) {
            return self.ended(&record);
        }
        let Some(task) = self.running.remove(name) else { return Ok(()) };
        if task.kind == Kind::Check {
            return self.compare(task.jobs[0], Kind::Check, Path::new(""));
        }
        if self.stopped.is_some() {
            return Ok(());
        }
        if task.jobs.len() > 1 {
            let alone = task.jobs.iter().map(|&index| Task { jobs: vec![index], ..task });
            self.queue.extend(alone);
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
                    let next = Task { jobs: vec![index], tries: task.tries + 1, kind: task.kind };
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
        self.groups.clear();
        self.comparisons.clear();
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
