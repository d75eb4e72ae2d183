//! What is left to simulate and what came of the rest, wherever it is simulated: on this machine or on a cluster.

use super::attempts::Attempts;
use super::decks::{Decks, Variant};
use super::engine::Engine;
use super::plan::Job;
use super::settle;
use super::status::Status;
use super::trimming::{Compared, Start, Trimming};
use crate::context::Context;
use crate::log::Level;
use anyhow::Result;
use libchar_campaign::batches::{Batches, Kin};
use libchar_campaign::recipes::Recipe;
use libchar_campaign::size::Need;
use libchar_campaign::task::{Kind, PointKey, Subject, Task};
use libchar_engine::batch::Shape;
use libchar_engine::{Class, Failure};
use libchar_runner::breaker::{Breaker, Gate};
use libchar_runner::retry::Backoff;
use libchar_runner::{Record, Ticket, attempt};
use serde_json::json;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a process that simulates several points should take: a start then costs nothing to speak of, and an
/// interrupt loses little.
const BATCH_S: f64 = 2.0;

/// The most points of a process.
const BATCH_POINTS: usize = 64;

/// Points of a first batch, while nobody knows how long one takes.
const FIRST_BATCH: usize = 4;

/// How often a failure that may pass is tried again.
#[derive(Debug, Clone, Copy)]
pub struct Retries {
    /// Further attempts.
    pub most: u32,
    /// Wait before the first of them.
    pub backoff: Backoff,
}

/// The work of a run.
pub struct Work<'a> {
    /// Where it says what happens.
    pub ctx: &'a Context,
    /// The simulator.
    pub engine: &'a Engine,
    /// The points.
    pub jobs: &'a [Job],
    /// Where attempts live.
    pub runs: &'a Path,
    retries: Retries,
    breaker: Breaker,
    attempts: Attempts,
    places: BTreeMap<&'a str, usize>,
    queue: VecDeque<Task>,
    /// What the breaker holds back.
    shelf: Vec<Task>,
    batches: Batches,
    delayed: Vec<(Instant, Task)>,
    decks: Decks,
    /// What is simulated instead of the jobs' own decks.
    usual: HashMap<usize, Variant>,
    trimming: Trimming,
    seconds_a_point: Option<f64>,
    sequence: u32,
    stopped: bool,
    /// The status of each job that was settled.
    pub settled: BTreeMap<usize, Status>,
    /// Whether what is done is simulated again: a failure then takes no earlier result away.
    pub again: bool,
    /// Points that failed this time and keep an earlier result.
    pub kept: usize,
}

impl<'a> Work<'a> {
    /// Nothing to do yet, on these jobs.
    pub fn new(
        ctx: &'a Context,
        engine: &'a Engine,
        jobs: &'a [Job],
        runs: &'a Path,
        retries: Retries,
        breaker: Breaker,
        attempts: Attempts,
    ) -> Self {
        Work {
            ctx,
            engine,
            jobs,
            runs,
            retries,
            breaker,
            attempts,
            places: jobs.iter().enumerate().map(|(i, job)| (job.id(), i)).collect(),
            queue: VecDeque::new(),
            shelf: Vec::new(),
            batches: Batches::default(),
            delayed: Vec::new(),
            decks: Decks::new(runs, engine.start.search.clone()),
            usual: HashMap::new(),
            trimming: Trimming::default(),
            seconds_a_point: None,
            sequence: 0,
            stopped: false,
            settled: BTreeMap::new(),
            again: false,
            kept: 0,
        }
    }

    /// Adds the jobs of these indices. Those whose trimmed models nobody has compared yet wait for a comparison.
    pub fn add(&mut self, todo: &[usize]) -> Result<()> {
        for &index in todo {
            let job = &self.jobs[index];
            // The loop over samples is none of the statements that trimming knows.
            let trims = self.engine.trims && job.block.is_none();
            let variant = self.decks.variant(job, self.engine, 0, trims)?;
            let start = match variant.as_ref().and_then(|variant| variant.models.as_deref()) {
                Some(models) => self.trimming.begin(index, models, &self.decks),
                None => Start::Ready,
            };
            self.usual.extend(variant.map(|variant| (index, variant)));
            match start {
                Start::Ready => self.sort_in(index),
                Start::Waits => {}
                Start::Compares => {
                    let kinds = [Kind::Whole, Kind::Check];
                    self.queue.extend(kinds.map(|kind| Task::one(index, kind, job.need)));
                }
            }
        }
        self.shelve();
        Ok(())
    }

    /// Lays aside what the breaker holds back, and takes back what it does not hold any more. While it is open, points
    /// whose group nobody knows to work share no process.
    fn shelve(&mut self) {
        if self.breaker.is_open() {
            let (jobs, breaker) = (self.jobs, &self.breaker);
            let apart = self.batches.take_out(|job| breaker.gate(&jobs[job].place()) != Gate::Go);
            let alone = |job: usize| Task::one(job, Kind::Usual, jobs[job].need);
            self.queue.extend(apart.into_iter().map(alone));
        }
        let tasks: Vec<Task> = self.shelf.drain(..).chain(self.queue.drain(..)).collect();
        for task in tasks {
            match self.gate(&task) {
                Gate::Hold => self.shelf.push(task),
                _ => self.queue.push_back(task),
            }
        }
    }

    fn gate(&self, task: &Task) -> Gate {
        let places = task.jobs.iter().map(|&job| self.jobs[job].place());
        places.map(|place| self.breaker.gate(&place)).max().unwrap_or(Gate::Go)
    }

    /// The place in the queue of what can be started: what is known to work comes before probes.
    fn startable(&self) -> Option<usize> {
        if !self.breaker.is_open() {
            return (!self.queue.is_empty()).then_some(0);
        }
        let with = |wanted: Gate| self.queue.iter().position(|task| self.gate(task) == wanted);
        with(Gate::Go)
            .or_else(|| if self.batches.waiting() == 0 { with(Gate::Probe) } else { None })
    }

    /// Why some points were not started.
    pub fn held(&self) -> Option<String> {
        let reason = self.breaker.reason().filter(|_| !self.shelf.is_empty())?;
        Some(reason.to_owned())
    }

    /// Puts a job that may share a process to its kin, another into the queue.
    fn sort_in(&mut self, index: usize) {
        let job = &self.jobs[index];
        let shape = Some(job)
            // Alone, a deck that asks for nothing is not simulated: in a batch it would be.
            .filter(|job| self.engine.batches && job.deck.is_repeatable && job.deck.measures())
            .and_then(|job| Shape::of(&job.deck.text));
        let Some(shape) = shape else {
            self.queue.push_back(Task::one(index, Kind::Usual, job.need));
            return;
        };
        let kin = Kin {
            skeleton: shape.skeleton().to_owned(),
            files: job.deck.files.clone(),
            models: self.usual.get(&index).and_then(|variant| variant.models.clone()),
            size: (job.need.threads, job.need.mem_gb),
        };
        self.batches.push(index, shape, kin);
    }

    /// Points that wait for a start.
    pub fn waiting(&self) -> usize {
        self.queue.len() + self.batches.waiting()
    }

    /// Whether nothing is left but what is under way.
    pub fn is_over(&self) -> bool {
        self.waiting() == 0 && self.delayed.is_empty() && !self.trimming.is_comparing()
    }

    /// Seconds that a point takes, once one has ended.
    pub fn seconds_a_point(&self) -> Option<f64> {
        self.seconds_a_point
    }

    /// When the next delayed task is due.
    pub fn due(&self) -> Option<Duration> {
        let now = Instant::now();
        self.delayed.iter().map(|(at, _)| at.saturating_duration_since(now)).min()
    }

    /// Lets the delayed tasks go whose time has come.
    pub fn release_delayed(&mut self) {
        let now = Instant::now();
        let (due, later): (Vec<_>, Vec<_>) = self.delayed.drain(..).partition(|(at, _)| *at <= now);
        self.delayed = later;
        if !due.is_empty() {
            self.queue.extend(due.into_iter().map(|(_, task)| task));
            self.shelve();
        }
    }

    /// The size of what comes next.
    pub fn next_need(&self) -> Option<Need> {
        let queued = self.startable().map(|place| self.queue[place].need);
        queued.or_else(|| self.batches.front().map(|index| self.jobs[index].need))
    }

    /// The next task, of at most so many points, and its ticket.
    pub fn next(&mut self, most: usize) -> Result<Option<(Task, Ticket)>> {
        let Some((task, control)) = self.next_task(most) else { return Ok(None) };
        if self.breaker.is_open() {
            for &job in &task.jobs {
                self.breaker.started(&self.jobs[job].place());
            }
        }
        self.sequence += 1;
        let name = format!("{}-{}", self.attempts.run(), self.sequence);
        if task.kind != Kind::Check {
            for &index in &task.jobs {
                let job = &self.jobs[index];
                if !(self.again && Status::good(job, self.engine).is_some()) {
                    settle::clear(job, self.engine)?;
                }
            }
        }
        let subject = self.subject(&task);
        let ticket = match control {
            Some(control) => self.engine.batch_ticket(&name, control, task.need, &subject)?,
            None => {
                let job = &self.jobs[task.jobs[0]];
                let deck = self.deck(&task)?;
                self.engine.ticket(&name, job, &deck, &subject)?
            }
        };
        Ok(Some((task, ticket)))
    }

    fn subject(&self, task: &Task) -> Subject {
        let point = |&index: &usize| {
            let job = &self.jobs[index];
            PointKey { point: job.id().to_owned(), key: job.deck.key.clone() }
        };
        let points = task.jobs.iter().map(point).collect();
        Subject {
            points,
            tries: task.tries,
            retries: task.retries,
            kind: task.kind,
            recipe: self.engine.recipe(task.recipe).map(|recipe| recipe.name.clone()),
        }
    }

    fn next_task(&mut self, most: usize) -> Option<(Task, Option<String>)> {
        if let Some(place) = self.startable() {
            return self.queue.remove(place).map(|task| (task, None));
        }
        let lasting = match self.seconds_a_point {
            Some(seconds) => (BATCH_S / seconds.max(1e-6)) as usize,
            None => FIRST_BATCH,
        };
        let most = most.min(lasting).min(BATCH_POINTS);
        let (jobs, usual) = (self.jobs, &self.usual);
        let text = |index: usize| {
            usual.get(&index).map_or(jobs[index].deck.text.as_str(), |variant| &variant.text)
        };
        let (indices, control) = self.batches.take(most, text)?;
        let first = *indices.first()?;
        let task = Task { jobs: indices, ..Task::one(first, Kind::Usual, jobs[first].need) };
        if control.is_none() {
            // Not combined after all: each alone.
            let mut alone = task.jobs.iter().map(|&index| task.alone(index));
            let first = alone.next()?;
            self.queue.extend(alone);
            return Some((first, None));
        }
        Some((task, control))
    }

    /// The deck that a task of one point is simulated with.
    fn deck(&mut self, task: &Task) -> Result<String> {
        let index = task.jobs[0];
        let job = &self.jobs[index];
        let usual = self.usual.get(&index);
        let path = if task.recipe == 0 && task.kind != Kind::Whole {
            usual.map(|variant| variant.path.display().to_string())
        } else {
            let trims = task.kind != Kind::Whole && usual.is_some_and(|v| v.models.is_some());
            let variant = self.decks.variant(job, self.engine, task.recipe, trims)?;
            variant.map(|variant| variant.path.display().to_string())
        };
        Ok(path.unwrap_or_else(|| job.deck_path()))
    }

    /// Leaves a point to whole models. Returns whether it had trimmed ones.
    fn give_up_trimming(&mut self, index: usize) -> Result<bool> {
        let trimmed = self.usual.get(&index).is_some_and(|variant| variant.models.is_some());
        if trimmed {
            self.usual.remove(&index);
            let whole = self.decks.variant(&self.jobs[index], self.engine, 0, false)?;
            self.usual.extend(whole.map(|variant| (index, variant)));
        }
        Ok(trimmed)
    }

    /// Puts a task back that was not started after all.
    pub fn put_back(&mut self, task: Task) {
        let alone: Vec<Task> = task.jobs.iter().map(|&index| task.alone(index)).collect();
        for &job in &task.jobs {
            self.breaker.lost(&self.jobs[job].place());
        }
        self.queue.extend(alone);
        self.shelve();
    }

    /// The task of a subject that an earlier run handed out, as far as its points are to be done and unchanged.
    pub fn recall(&self, subject: &Subject, todo: &[usize]) -> Option<Task> {
        let places = subject.points.iter().filter_map(|wanted| self.place(wanted));
        let jobs: Vec<usize> = places.filter(|place| todo.contains(place)).collect();
        let need = self.jobs[*jobs.first()?].need;
        let recipe = match &subject.recipe {
            None => 0,
            Some(name) => 1 + self.engine.recipes.iter().position(|r| r.name == *name)?,
        };
        let Subject { tries, retries, kind, .. } = *subject;
        (kind != Kind::Check).then_some(Task { jobs, tries, retries, kind, recipe, need })
    }

    fn place(&self, wanted: &PointKey) -> Option<usize> {
        let place = self.places.get(wanted.point.as_str()).copied()?;
        (self.jobs[place].deck.key == wanted.key).then_some(place)
    }

    /// Settles a published attempt.
    pub fn ended(&mut self, task: &Task, record: &Record) -> Result<()> {
        let subject: Subject = serde_json::from_value(record.subject.clone())?;
        if task.kind == Kind::Check {
            let folder = attempt::published(self.runs, &record.attempt);
            let log = folder.join(self.jobs[task.jobs[0]].log_name());
            self.compare(task.jobs[0], Kind::Check, Some(&log))?;
            return settle::discard(self.runs, &record.attempt);
        }
        let seconds = record.ended.wall_s / subject.points.len().max(1) as f64;
        let average = self.seconds_a_point.unwrap_or(seconds);
        self.seconds_a_point = Some(0.7 * average + 0.3 * seconds);
        match subject.points.as_slice() {
            [_] => self.ended_alone(task, record, &subject),
            _ => self.ended_batch(task, record, &subject),
        }
    }

    fn ended_alone(&mut self, task: &Task, record: &Record, subject: &Subject) -> Result<()> {
        let index = task.jobs[0];
        let job = &self.jobs[index];
        let mut status = settle::settle(self.runs, record, subject, job, self.engine)?;
        if status.class == Some(Class::Cancelled) && !self.stopped {
            // Nobody here stopped it: a scheduler did, or whoever can end a supervisor.
            status = self.node_loss(index, task, "it was stopped from outside")?;
        }
        self.attempts.add(record, &[Some(status.clone())], subject)?;
        if task.kind == Kind::Whole {
            let log = Path::new(job.id()).join(job.log_name());
            self.compare(index, Kind::Whole, Some(&log))?;
        }
        let failed = status.class.is_some_and(|class| !class.is_transient());
        let usual = failed && !self.stopped && task.kind == Kind::Usual;
        if usual && self.give_up_trimming(index)? {
            // Whatever it is, the trimming shall not be the cause.
            self.breaker.lost(&self.jobs[index].place());
            self.queue.push_back(Task { kind: Kind::Whole, ..task.clone() });
            return Ok(());
        }
        self.judged(index, status, task);
        Ok(())
    }

    fn ended_batch(&mut self, task: &Task, record: &Record, subject: &Subject) -> Result<()> {
        let indices: Vec<Option<usize>> = subject.points.iter().map(|p| self.place(p)).collect();
        let jobs: Vec<Option<&Job>> = indices.iter().map(|i| i.map(|i| &self.jobs[i])).collect();
        let statuses = settle::settle_batch(self.runs, record, subject, &jobs, self.engine)?;
        self.attempts.add(record, &statuses, subject)?;
        for (index, status) in indices.into_iter().zip(statuses) {
            match (index, status) {
                (Some(index), Some(status)) => self.judged(index, status, task),
                (Some(index), None) if !self.stopped => {
                    self.breaker.lost(&self.jobs[index].place());
                    self.queue.push_back(task.alone(index));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Settles a task of which nothing was published.
    pub fn lost(&mut self, task: &Task, reason: &str) -> Result<()> {
        match (task.jobs.as_slice(), task.kind) {
            ([index], Kind::Check) => self.compare(*index, Kind::Check, None),
            _ if self.stopped => Ok(()),
            ([index], _) => {
                let status = self.node_loss(*index, task, reason)?;
                if task.kind == Kind::Whole {
                    self.compare(*index, Kind::Whole, None)?;
                }
                self.judged(*index, status, task);
                Ok(())
            }
            _ => {
                self.put_back(task.clone());
                Ok(())
            }
        }
    }

    /// Settles tasks that were lost together. One cause took them all, so the breaker counts one failure.
    pub fn lost_together(&mut self, tasks: &[Task], reason: &str) -> Result<()> {
        let mut counted = None;
        for task in tasks {
            self.lost(task, reason)?;
            let breaker = counted.get_or_insert_with(|| self.breaker.clone());
            self.breaker.clone_from(breaker);
            for &job in &task.jobs {
                self.breaker.lost(&self.jobs[job].place());
            }
        }
        self.shelve();
        Ok(())
    }

    fn node_loss(&self, index: usize, task: &Task, reason: &str) -> Result<Status> {
        let failure = Failure::new(Class::NodeLoss, reason);
        let subject = self.subject(task);
        let job = &self.jobs[index];
        let mut status = Status::new(job, self.engine, &subject, Some(&failure));
        if Status::good(job, self.engine).is_none() {
            status.record(job, self.engine)?;
            status.write()?;
        }
        Ok(status)
    }

    fn compare(&mut self, index: usize, side: Kind, log: Option<&Path>) -> Result<()> {
        let compared = self.trimming.compare(index, side, log, &self.decks)?;
        let Some(Compared { same, waiting }) = compared else { return Ok(()) };
        if !same {
            for &index in waiting.iter().chain([&index]) {
                self.give_up_trimming(index)?;
            }
            let message = "trimmed models do not give the same measures: the whole library is used";
            self.ctx.log.warning("trim", message);
        }
        if !self.stopped {
            waiting.into_iter().for_each(|index| self.sort_in(index));
        }
        Ok(())
    }

    fn judged(&mut self, index: usize, status: Status, task: &Task) {
        let mut kept = None;
        let say = |level, event, message| self.ctx.log.point(level, event, &status.point, message);
        match status.class {
            Some(Class::Cancelled) => self.breaker.lost(&self.jobs[index].place()),
            Some(class) => {
                let reason = status.reason.as_deref().unwrap_or_default();
                let may_pass = class.is_transient() && task.retries < self.retries.most;
                let recipe = self.engine.recipe(task.recipe + 1);
                if class.may_yield_to_options()
                    && !self.stopped
                    && let Some(recipe) = recipe
                {
                    self.queue.push_back(task.with_next_recipe(index));
                    let Recipe { name, options } = recipe;
                    let message = format!("{class}: {reason}; trying {name} ({options})");
                    say(Level::Info, "recipe", message);
                } else if may_pass && !self.stopped {
                    let wait = self.retries.backoff.delay(task.retries, &status.point);
                    self.delayed.push((Instant::now() + wait, task.again(index)));
                    let wait = wait.as_secs_f64();
                    say(Level::Info, "retry", format!("{class}: {reason}; again in {wait:.1} s"));
                } else {
                    let good = Status::good(&self.jobs[index], self.engine);
                    let stays = if good.is_some() { "; the earlier result stays" } else { "" };
                    say(Level::Warning, "failed", format!("{class}: {reason}{stays}"));
                    kept = good;
                }
                self.breaker.failed(class.word(), &self.jobs[index].place());
            }
            None => {
                if let Some(recipe) = &status.recipe {
                    say(Level::Warning, "recipe", format!("done with the options of {recipe}"));
                }
                if status.flaky {
                    let message = format!("done at attempt {}: flaky", status.attempts);
                    say(Level::Warning, "flaky", message);
                }
                self.breaker.succeeded(&self.jobs[index].place());
            }
        }
        let fields = json!({
            "status": status.status.word(),
            "class": status.class.map(Class::word),
            "attempts": status.attempts,
        });
        self.ctx.log.event("settled", Some(&status.point), status.status.word(), fields);
        self.kept += usize::from(kept.is_some());
        self.settled.insert(index, kept.unwrap_or(status));
        if self.breaker.is_open() || !self.shelf.is_empty() {
            self.shelve();
        }
    }

    /// Starts nothing more.
    pub fn stop(&mut self) {
        self.stopped = true;
        self.queue.clear();
        self.shelf.clear();
        self.batches.clear();
        self.delayed.clear();
        self.trimming.stop();
    }

    /// The state of the breaker after the run.
    pub fn breaker(&self) -> &Breaker {
        &self.breaker
    }

    /// Removes the decks that were made for the run, once nothing reads them any more.
    pub fn clear_decks(&self) {
        self.decks.clear();
    }
}
