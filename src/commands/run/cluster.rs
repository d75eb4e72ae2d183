//! The loop of a run on a cluster: submit packs, settle what is published, ask the scheduler only about what is not.

use super::attempts::Attempts;
use super::campaign::Limits;
use super::engine::Engine;
use super::plan::Job;
use super::progress::Progress;
use super::settle::{self, PointKey, Subject};
use super::status::Status;
use crate::context::Context;
use crate::exit::Interrupted;
use crate::log::Level;
use anyhow::{Context as _, Result, anyhow};
use libchar_engine::{Class, Failure};
use libchar_runner::attempt::{self, Record};
use libchar_runner::breaker::{Breaker, Verdict};
use libchar_runner::cluster::executor::Values;
use libchar_runner::cluster::submission::{self, Entry, Journal, Open};
use libchar_runner::cluster::{Executor, Listed};
use libchar_runner::program::Program;
use libchar_runner::state::State;
use libchar_runner::{Signals, Ticket};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a command of the scheduler may take.
const COMMAND_TIME: Duration = Duration::from_secs(60);

/// How often the folder of the attempts is looked into.
const LOOK: Duration = Duration::from_millis(200);

/// Polls in a row that must miss a job before it may count as gone.
const MISSED_POLLS: u32 = 2;

/// How long an element should last: long against a scheduler's start, short against a node's failure.
const ELEMENT_S: f64 = 45.0;

/// Elements of the first submission, one point each, while nobody knows how long a point takes.
const FIRST_ELEMENTS: usize = 8;

/// What a run on a cluster needs to know of the configuration.
pub struct Settings {
    /// The scheduler.
    pub executor: Executor,
    /// Arguments that the configuration adds to the submit command.
    pub options: Vec<String>,
    /// Elements that run at the same time.
    pub max_running: Option<usize>,
    /// Elements that are submitted and not over.
    pub max_submit: Option<usize>,
    /// Elements of one array.
    pub max_array: usize,
    /// Points of an element; measured if `None`.
    pub pack: Option<usize>,
    /// Time between two status calls.
    pub poll: Duration,
    /// Time that a published result may take to be seen, as on NFS.
    pub grace: Duration,
}

/// An attempt that was submitted.
struct Flight {
    job: usize,
    tries: u32,
    submission: String,
    element: usize,
    state: State,
    missed: u32,
    missing_since: Option<Instant>,
}

/// A run on a cluster.
pub struct Cluster<'a> {
    ctx: &'a Context,
    engine: &'a Engine,
    jobs: &'a [Job],
    runs: &'a Path,
    limits: Limits,
    settings: Settings,
    breaker: Breaker,
    attempts: Attempts,
    journal: Journal,
    open: Vec<Open>,
    flights: BTreeMap<String, Flight>,
    queue: VecDeque<(usize, u32)>,
    delayed: Vec<(Instant, (usize, u32))>,
    seconds_a_point: Option<f64>,
    sequence: usize,
    unsure_since: BTreeMap<String, (u32, Instant)>,
    /// The status of each job that was settled.
    pub settled: BTreeMap<usize, Status>,
    /// Why no more is submitted.
    pub held: Option<String>,
}

/// The attempts of open submissions: their folders belong to jobs that may run.
pub fn alive(runs: &Path, open: &[Open]) -> BTreeSet<String> {
    let mut alive = BTreeSet::new();
    for submission in open {
        for element in 1..=submission.elements {
            let tickets = submission::pack(runs, &submission.name, element).unwrap_or_default();
            alive.extend(tickets.into_iter().map(|ticket| ticket.attempt));
        }
    }
    alive
}

/// Cancels everything that is submitted: no job of it does anything any more.
pub fn cancel(executor: &Executor, runs: &Path, ctx: &Context, signals: &Signals) -> Result<usize> {
    let (mut journal, open) = Journal::open(runs)?;
    let jobs = list(executor, signals)?;
    for submission in &open {
        submission::revoke(runs, &submission.name)?;
        let listed = jobs.iter().find(|job| job.name == submission.name);
        let id = submission.id.clone().or_else(|| listed.map(|job| job.id.clone()));
        if let Some(id) = id {
            let command = Executor::fill(&executor.cancel, &Values::from([("id", id)]), &[]);
            let (ok, said) = call(&command, signals)?;
            if !ok {
                ctx.log.warning("cancel", format!("{}: {}", command.join(" "), said.trim()));
            }
        }
        journal.write(&Entry::Closed { name: submission.name.clone() })?;
    }
    Ok(open.len())
}

impl<'a> Cluster<'a> {
    /// A run of these jobs, which takes over what is submitted already.
    #[allow(clippy::too_many_arguments, reason = "one of each, and all different")]
    pub fn new(
        ctx: &'a Context,
        engine: &'a Engine,
        jobs: &'a [Job],
        runs: &'a Path,
        limits: Limits,
        settings: Settings,
        breaker: Breaker,
        attempts: Attempts,
        (journal, open): (Journal, Vec<Open>),
    ) -> Self {
        let mut cluster = Cluster {
            ctx,
            engine,
            jobs,
            runs,
            limits,
            settings,
            breaker,
            attempts,
            journal,
            open: Vec::new(),
            flights: BTreeMap::new(),
            queue: VecDeque::new(),
            delayed: Vec::new(),
            seconds_a_point: None,
            sequence: 0,
            unsure_since: BTreeMap::new(),
            settled: BTreeMap::new(),
            held: None,
        };
        cluster.attach(open);
        cluster
    }

    /// Takes over submissions of an earlier run, as far as their points are chosen and unchanged.
    fn attach(&mut self, open: Vec<Open>) {
        let places: BTreeMap<&str, usize> =
            self.jobs.iter().enumerate().map(|(i, job)| (job.id(), i)).collect();
        for submission in &open {
            for element in 1..=submission.elements {
                let tickets = submission::pack(self.runs, &submission.name, element);
                for ticket in tickets.unwrap_or_default() {
                    let Ok(subject) = serde_json::from_value::<Subject>(ticket.subject) else {
                        continue;
                    };
                    let Some(wanted) = subject.points.first() else { continue };
                    let Some(&job) = places.get(wanted.point.as_str()) else { continue };
                    let done = Status::read(&wanted.point).is_some_and(|s| s.key == wanted.key);
                    if self.jobs[job].deck.key == wanted.key && !done {
                        let name = submission.name.clone();
                        let mut flight = Flight::new(job, subject.tries, name, element);
                        // Its intent is journalled: for all that is known it was submitted.
                        flight.state = State::Submitted;
                        self.flights.insert(ticket.attempt, flight);
                    }
                }
            }
        }
        self.open = open;
    }

    /// Simulates the jobs of these indices, and awaits those that are submitted. `submit` is false where only
    /// the latter is wanted.
    pub fn run(&mut self, todo: &[usize], submit: bool, signals: &Signals) -> Result<()> {
        let flying: BTreeSet<usize> = self.flights.values().map(|flight| flight.job).collect();
        if !flying.is_empty() {
            self.ctx.log.info("attach", format!("{} points are submitted already", flying.len()));
        }
        if submit {
            self.queue =
                todo.iter().filter(|job| !flying.contains(job)).map(|&job| (job, 0)).collect();
        }
        let mut progress = Progress::new(self.ctx, todo.len());
        let result = self.work(&mut progress, signals);
        progress.finish();
        result
    }

    fn work(&mut self, progress: &mut Progress, signals: &Signals) -> Result<()> {
        let mut polled: Option<Instant> = None;
        loop {
            self.look()?;
            self.close_finished()?;
            self.release_delayed();
            self.submit(signals)?;
            progress.show(&self.settled, self.flights.len());
            let waiting =
                self.held.is_none() && !(self.queue.is_empty() && self.delayed.is_empty());
            if self.flights.is_empty() && !waiting {
                return self.close_finished();
            }
            signals.wait(&[], Some(LOOK))?;
            if let Some(signal) = signals.stop() {
                self.ctx.log.warning(
                    "detach",
                    format!(
                        "{} points stay submitted; `libchar run --attach` comes back to them, \
                         `libchar run --cancel` cancels them",
                        self.flights.len()
                    ),
                );
                return Err(Interrupted(signal).into());
            }
            if polled.is_none_or(|at| at.elapsed() >= self.settings.poll) {
                self.poll(signals)?;
                polled = Some(Instant::now());
            }
        }
    }

    /// Settles what is published.
    fn look(&mut self) -> Result<()> {
        let entries =
            std::fs::read_dir(self.runs).map_err(|e| super::cannot("read", self.runs, e))?;
        let mut found: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter_map(|name| match attempt::folder_of(&name) {
                Some((attempt, true)) => Some(attempt.to_owned()),
                _ => None,
            })
            .collect();
        found.sort();
        for name in found {
            let Some(record) = attempt::read(&attempt::published(self.runs, &name)) else {
                continue;
            };
            self.published(&name, &record)?;
        }
        Ok(())
    }

    fn published(&mut self, name: &str, record: &Record) -> Result<()> {
        let Some(mut flight) = self.flights.remove(name) else {
            // Another attempt of the point was first, or the point is not chosen.
            return settle::discard(self.runs, name);
        };
        let subject: Subject = serde_json::from_value(record.subject.clone())?;
        let job = &self.jobs[flight.job];
        let mut status = settle::settle(self.runs, record, &subject, job, self.engine)?;
        if status.class == Some(Class::Cancelled) {
            // Nobody here stopped it: the scheduler did.
            let failure = Failure::new(Class::NodeLoss, "the scheduler stopped it");
            status = self.failed(flight.job, flight.tries, &failure)?;
        }
        flight.state.advance(match status.class {
            None => State::Done,
            Some(Class::Timeout) => State::Timeout,
            Some(_) => State::Failed,
        })?;
        self.attempts.add(record, &[Some(status.clone())], &subject)?;
        let seconds = record.ended.wall_s;
        self.seconds_a_point =
            Some(self.seconds_a_point.map_or(seconds, |s| 0.9 * s + 0.1 * seconds));
        self.judged(&flight, status);
        Ok(())
    }

    fn failed(&self, job: usize, tries: u32, failure: &Failure) -> Result<Status> {
        let job = &self.jobs[job];
        let simulator = (self.engine.name.as_str(), self.engine.version.as_str());
        let status = Status::new(job.id(), &job.deck.key, simulator, tries + 1, Some(failure));
        status.write()?;
        Ok(status)
    }

    fn judged(&mut self, flight: &Flight, status: Status) {
        let point = status.point.clone();
        match (status.class, status.reason.as_deref().unwrap_or_default()) {
            (None, _) => self.breaker.succeeded(),
            (Some(class), reason) => {
                if class.is_transient() && flight.tries < self.limits.retries {
                    let wait = self.limits.backoff.delay(flight.tries, &point);
                    self.delayed.push((Instant::now() + wait, (flight.job, flight.tries + 1)));
                    self.ctx.log.point(Level::Info, "retry", &point, format!("{class}: {reason}"));
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
        }
        self.settled.insert(flight.job, status);
    }

    fn release_delayed(&mut self) {
        let now = Instant::now();
        let (due, later): (Vec<_>, Vec<_>) = self.delayed.drain(..).partition(|(at, _)| *at <= now);
        self.delayed = later;
        self.queue.extend(due.into_iter().map(|(_, task)| task));
    }

    /// Submits what waits, as far as the limits allow.
    fn submit(&mut self, signals: &Signals) -> Result<()> {
        // A probe, or a first wave that tells how long a point takes, is awaited before the rest.
        let first = self.seconds_a_point.is_none() && self.settings.pack.is_none();
        if self.held.is_some() || self.queue.is_empty() {
            return Ok(());
        }
        if (first || self.breaker.is_open()) && !self.flights.is_empty() {
            return Ok(());
        }
        while !self.queue.is_empty() {
            let flying: BTreeSet<(&str, usize)> =
                self.flights.values().map(|f| (f.submission.as_str(), f.element)).collect();
            let room = self
                .settings
                .max_submit
                .map_or(usize::MAX, |most| most.saturating_sub(flying.len()));
            let most = if self.settings.executor.arrays { self.settings.max_array } else { 1 };
            let (points, elements) = self.packing(first);
            let elements = elements.min(most).min(room);
            if elements == 0 {
                return Ok(());
            }
            self.submit_one(points, elements, signals)?;
            if first || self.breaker.is_open() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Points of an element, and elements of the next submission.
    fn packing(&self, first: bool) -> (usize, usize) {
        let waiting = self.queue.len();
        if self.breaker.is_open() {
            return (1, 1);
        }
        if first {
            return (1, waiting.min(FIRST_ELEMENTS));
        }
        let parallel = self.settings.max_running.unwrap_or(64);
        let lasting = (ELEMENT_S / self.seconds_a_point.unwrap_or(ELEMENT_S).max(1e-3)) as usize;
        let fair = waiting.div_ceil(parallel);
        let points = self.settings.pack.unwrap_or(lasting.min(fair)).max(1);
        (points, waiting.div_ceil(points))
    }

    fn submit_one(&mut self, points: usize, elements: usize, signals: &Signals) -> Result<()> {
        self.sequence += 1;
        let name = format!("lc-{}-{}", self.attempts.run(), self.sequence);
        let mut packs = Vec::new();
        let mut flights = Vec::new();
        for element in 1..=elements {
            let mut pack = Vec::new();
            for _ in 0..points {
                let Some((job, tries)) = self.queue.pop_front() else { break };
                let attempt = format!("{name}-{element}-{}", pack.len() + 1);
                pack.push(self.ticket(&attempt, job, tries)?);
                flights.push((attempt, Flight::new(job, tries, name.clone(), element)));
            }
            if !pack.is_empty() {
                packs.push(pack);
            }
        }
        let program = std::env::current_exe().context("cannot tell where libchar itself is")?;
        let folder = submission::lay(self.runs, &name, &program, &packs)?;
        let folder = std::fs::canonicalize(&folder)?.display().to_string();
        self.journal.write(&Entry::Intent { name: name.clone(), elements: packs.len() })?;
        let mut values = Values::from([
            ("name", name.clone()),
            ("elements", packs.len().to_string()),
            ("script", format!("{folder}/script.sh")),
            ("submission", folder),
            ("cpus", self.engine.threads.to_string()),
            ("mem_gb", self.engine.mem_gb.to_string()),
            ("zero", "0".to_owned()),
        ]);
        values.insert("user", user());
        let command = self.settings.executor.submit_command(
            &values,
            self.settings.max_running,
            &self.settings.options,
        );
        let said = call(&command, signals);
        let id = match &said {
            Ok((true, output)) => self.settings.executor.job_id(output),
            _ => None,
        };
        for (attempt, mut flight) in flights {
            flight.state.advance(State::Submitted)?;
            self.flights.insert(attempt, flight);
        }
        self.open.push(Open { name: name.clone(), elements: packs.len(), id: id.clone() });
        match (id, said) {
            (Some(id), _) => Ok(self.journal.write(&Entry::Submitted { name, id })?),
            // It may have been accepted all the same: the list of jobs will tell.
            (None, Err(e)) => {
                self.ctx.log.warning("submit", format!("{e:#}; looking for {name}"));
                Ok(())
            }
            (None, Ok((_, output))) => {
                submission::revoke(self.runs, &name)?;
                self.journal.write(&Entry::Closed { name })?;
                Err(anyhow!("{} refused the jobs: {}", command[0], output.trim()))
            }
        }
    }

    fn ticket(&self, attempt: &str, job: usize, tries: u32) -> Result<Ticket> {
        let job = &self.jobs[job];
        settle::clear(job, self.engine)?;
        let points = vec![PointKey { point: job.id().to_owned(), key: job.deck.key.clone() }];
        let subject = serde_json::to_value(Subject { points, tries, recipe: None })?;
        Ok(self.engine.ticket(attempt, job, &job.deck_path(), subject))
    }

    /// Asks the scheduler once, for all.
    fn poll(&mut self, signals: &Signals) -> Result<()> {
        // A query that fails says nothing of the jobs.
        let jobs = match list(&self.settings.executor, signals) {
            Ok(jobs) => jobs,
            Err(e) => {
                self.ctx.log.warning("status", format!("{e:#}; asking again"));
                return Ok(());
            }
        };
        self.find_ids(&jobs)?;
        let by_name: BTreeMap<(&str, usize), &Listed> =
            jobs.iter().map(|job| ((job.name.as_str(), job.element), job)).collect();
        let mut lost = Vec::new();
        for (name, flight) in &mut self.flights {
            match by_name.get(&(flight.submission.as_str(), flight.element)) {
                Some(job) => {
                    flight.missed = 0;
                    flight.missing_since = None;
                    let state = if job.running { State::Running } else { State::Submitted };
                    if flight.state != state {
                        flight.state.advance(state)?;
                    }
                }
                None => {
                    flight.missed += 1;
                    let since = *flight.missing_since.get_or_insert_with(Instant::now);
                    if flight.missed >= MISSED_POLLS && since.elapsed() >= self.settings.grace {
                        lost.push(name.clone());
                    }
                }
            }
        }
        for name in lost {
            // The last look at the truth.
            if let Some(record) = attempt::read(&attempt::published(self.runs, &name)) {
                self.published(&name, &record)?;
                continue;
            }
            let Some(mut flight) = self.flights.remove(&name) else { continue };
            flight.state.advance(State::Lost)?;
            let failure = Failure::new(Class::NodeLoss, "its job is gone without a result");
            let status = self.failed(flight.job, flight.tries, &failure)?;
            self.judged(&flight, status);
        }
        Ok(())
    }

    /// Finds submissions whose number nobody wrote down, by their names. One that the scheduler does not know was
    /// not submitted: it is revoked, should it still come.
    fn find_ids(&mut self, jobs: &BTreeSet<Listed>) -> Result<()> {
        let unsure: Vec<String> = self
            .open
            .iter()
            .filter(|open| open.id.is_none())
            .map(|open| open.name.clone())
            .collect();
        for name in unsure {
            if let Some(job) = jobs.iter().find(|job| job.name == name) {
                let id = job.id.clone();
                for open in self.open.iter_mut().filter(|open| open.name == name) {
                    open.id = Some(id.clone());
                }
                self.journal.write(&Entry::Submitted { name, id })?;
                continue;
            }
            let (missed, since) =
                self.unsure_since.entry(name.clone()).or_insert((0, Instant::now()));
            *missed += 1;
            if *missed < MISSED_POLLS || since.elapsed() < self.settings.grace {
                continue;
            }
            self.look()?;
            submission::revoke(self.runs, &name)?;
            let back: Vec<String> = self
                .flights
                .iter()
                .filter(|(_, flight)| flight.submission == name)
                .map(|(attempt, _)| attempt.clone())
                .collect();
            for attempt in back {
                if let Some(flight) = self.flights.remove(&attempt) {
                    self.queue.push_back((flight.job, flight.tries));
                }
            }
        }
        Ok(())
    }

    /// Closes the submissions of which nothing is awaited.
    fn close_finished(&mut self) -> Result<()> {
        let awaited: BTreeSet<&str> =
            self.flights.values().map(|flight| flight.submission.as_str()).collect();
        let (open, over): (Vec<Open>, Vec<Open>) =
            self.open.drain(..).partition(|open| awaited.contains(open.name.as_str()));
        self.open = open;
        for submission in over {
            submission::revoke(self.runs, &submission.name)?;
            self.journal.write(&Entry::Closed { name: submission.name })?;
        }
        Ok(())
    }

    /// The state of the breaker after the run.
    pub fn breaker(&self) -> &Breaker {
        &self.breaker
    }
}

impl Flight {
    fn new(job: usize, tries: u32, submission: String, element: usize) -> Flight {
        Flight {
            job,
            tries,
            submission,
            element,
            state: State::Planned,
            missed: 0,
            missing_since: None,
        }
    }
}

/// The scheduler's list of the user's jobs.
fn list(executor: &Executor, signals: &Signals) -> Result<BTreeSet<Listed>> {
    let command = Executor::fill(&executor.status, &Values::from([("user", user())]), &[]);
    let (ok, output) = call(&command, signals)?;
    // LSF says so when there is no job, and exits with a failure.
    if !ok && !output.contains("No unfinished job found") {
        return Err(anyhow!("`{}` failed: {}", command.join(" "), output.trim()));
    }
    Ok(executor.listed(&output))
}

/// Runs a command of the scheduler; returns whether it succeeded, and what it printed.
fn call(command: &[String], signals: &Signals) -> Result<(bool, String)> {
    let (path, args) = command.split_first().ok_or_else(|| anyhow!("an empty command"))?;
    let program = Program {
        path: path.into(),
        args: args.iter().map(Into::into).collect(),
        timeout: Some(COMMAND_TIME),
        ..Program::default()
    };
    let (ended, output) = program.capture(64 << 20, signals)?;
    if ended.timed_out || ended.stopped_by.is_some() {
        return Err(anyhow!("`{path}` did not answer in time"));
    }
    Ok((ended.code == Some(0), String::from_utf8_lossy(&output).into_owned()))
}

fn user() -> String {
    let uid = nix::unistd::geteuid();
    match nix::unistd::User::from_uid(uid) {
        Ok(Some(user)) => user.name,
        _ => uid.to_string(),
    }
}
