//! Simulates points with other options, in folders apart from those of the points.

use crate::context::Context;
use crate::exit::Interrupted;
use anyhow::{Context as _, Result, anyhow};
use libchar_campaign::decks::Decks;
use libchar_campaign::engine::Engine;
use libchar_campaign::job::{self, Job};
use libchar_campaign::key::Keys;
use libchar_campaign::task::{Kind, Subject};
use libchar_campaign::tune::{Sample, Simulate, Simulated, Values};
use libchar_campaign::{judge, settle};
use libchar_core::Faults;
use libchar_engine::Options;
use libchar_engine::measure::Measures;
use libchar_pvt::Point;
use libchar_runner::pool::{Event, Pool, Supervisor};
use libchar_runner::worker::Report;
use libchar_runner::{Record, Signals, attempt, orphans};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Folder of the attempts, below the domain.
const RUNS_OF_TUNE: &str = ".libchar/tune";

/// Number of tickets that a slot has, including the current one, so that it never waits for this
/// process.
const AHEAD: usize = 2;

/// Supervisors, decks and the points' jobs.
pub struct Bench<'a> {
    ctx: &'a Context,
    engine: &'a Engine,
    jobs: Vec<Job>,
    keys: Keys,
    decks: Decks,
    pool: Pool<'a>,
    slots: usize,
    sequence: usize,
    running: BTreeMap<String, (usize, Job)>,
    stopped: Option<i32>,
}

impl<'a> Bench<'a> {
    /// Prepares the decks of these points. What an interrupted bench left is ended and removed.
    pub fn new(
        ctx: &'a Context,
        engine: &'a Engine,
        sample: &Sample,
        cores: u32,
        signals: &'a Signals,
    ) -> Result<Bench<'a>> {
        let runs = Path::new(RUNS_OF_TUNE);
        orphans::end_and_wait(&orphans::held(runs)?)?;
        clear(runs)?;
        fs::create_dir_all(runs).with_context(|| format!("cannot create {RUNS_OF_TUNE}"))?;
        let mut keys = engine.keys();
        let jobs = job::jobs(sample.points.clone(), &engine.sizes, &mut keys)?;
        for file in keys.files() {
            ctx.depends(file);
        }
        let threads = jobs.iter().map(|job| job.need.threads).max().unwrap_or(1);
        let slots = usize::try_from((cores / threads).max(1)).unwrap_or(1);
        let supervisor = Supervisor {
            program: std::env::current_exe().unwrap_or_else(|_| "/proc/self/exe".into()),
            args: vec!["supervise".into(), "--runs".into(), runs.into(), "--slot".into()],
            runs: runs.to_owned(),
        };
        Ok(Bench {
            ctx,
            engine,
            jobs,
            keys,
            decks: Decks::new(runs, engine.start.search.clone()),
            pool: Pool::new(supervisor, slots, signals),
            slots,
            sequence: 0,
            running: BTreeMap::new(),
            stopped: None,
        })
    }

    /// Whether all decks have a time step that can be bounded.
    pub fn can_bound_steps(&self) -> bool {
        let options = Options::default().with_max_step(1.0);
        let simulator = &self.engine.simulator;
        self.jobs
            .iter()
            .all(|job| options.apply(&job.deck.text, &self.engine.name, simulator).is_ok())
    }

    /// Whether the decks ask for any measure.
    pub fn has_measures(&self) -> bool {
        self.jobs.iter().any(|job| !job.deck.asked.is_empty())
    }

    /// Gives out the tasks and collects their results, until all are done or a signal asks to stop.
    fn work(&mut self, tasks: &[(usize, &Options)]) -> Result<Vec<Option<Simulated>>> {
        let mut results: Vec<Option<Simulated>> = vec![None; tasks.len()];
        let mut next = 0;
        loop {
            while next < tasks.len()
                && self.stopped.is_none()
                && self.running.len() < AHEAD * self.slots
            {
                let (point, options) = tasks[next];
                self.submit(next, point, options)?;
                next += 1;
            }
            if self.running.is_empty() {
                return Ok(results);
            }
            match self.pool.wait(Some(Duration::from_secs(1)))? {
                Event::Report(Report::Ended(record)) => {
                    if let Some((task, simulated)) = self.ended(&record)? {
                        results[task] = Some(simulated);
                    }
                }
                Event::Report(Report::Broken { reason, .. }) => return Err(anyhow!(reason)),
                Event::Died(tickets) => {
                    for ticket in tickets {
                        let done = attempt::published(Path::new(RUNS_OF_TUNE), &ticket.attempt);
                        if let Some(record) = attempt::read(&done) {
                            if let Some((task, simulated)) = self.ended(&record)? {
                                results[task] = Some(simulated);
                            }
                        } else if let Some((task, _)) = self.running.remove(&ticket.attempt) {
                            let values = Err("its supervisor was killed".to_owned());
                            results[task] = Some(Simulated { cpu_s: f64::NAN, values });
                        }
                    }
                }
                Event::Stop(signal) => self.stop(signal),
                Event::Nothing => {}
            }
        }
    }

    fn submit(&mut self, task: usize, point: usize, options: &Options) -> Result<()> {
        let job = &self.jobs[point];
        let set: Vec<&Options> = if options.is_empty() { Vec::new() } else { vec![options] };
        // Models that a run verified when trimmed are trimmed here, too.
        let mut variant = self.decks.with(job, &set, self.engine, self.engine.trims)?;
        let models = variant.as_ref().and_then(|variant| variant.models.as_deref());
        if models.is_some_and(|models| !self.decks.is_verified(models)) {
            variant = self.decks.with(job, &set, self.engine, false)?;
        }
        self.sequence += 1;
        let name = format!("{}-{}", self.ctx.log.run_id, self.sequence);
        let deck = variant.map_or(job.point.deck.clone(), |v| v.path.display().to_string());
        let folder = attempt::published(Path::new(RUNS_OF_TUNE), &name).display().to_string();
        let moved = Point { id: folder, deck, ..job.point.clone() };
        let job = Job::read(moved, &self.engine.sizes, &mut self.keys).map_err(Faults::from)?;
        let nobody =
            Subject { points: Vec::new(), tries: 0, retries: 0, kind: Kind::Usual, recipe: None };
        let ticket = self.engine.ticket(&name, &job, &job.deck_path(), &nobody)?;
        self.pool.submit(ticket)?;
        self.running.insert(name, (task, job));
        Ok(())
    }

    /// The measures of an attempt, whose folder is then removed.
    fn ended(&mut self, record: &Record) -> Result<Option<(usize, Simulated)>> {
        let Some((task, job)) = self.running.remove(&record.attempt) else { return Ok(None) };
        let judged = judge::judge(record, job.place_of_outputs(), &job, self.engine)?;
        settle::discard(Path::new(RUNS_OF_TUNE), &record.attempt)?;
        let cpu_s = record.ended.user_s + record.ended.system_s;
        let values = match judged {
            Ok(measures) => Ok(values(&measures)),
            Err(failure) => Err(format!("{}: {}", failure.class, failure.reason)),
        };
        Ok(Some((task, Simulated { cpu_s, values })))
    }

    fn stop(&mut self, signal: i32) {
        if self.stopped.replace(signal).is_none() {
            let message =
                "stopping: the simulations get 10 s to end; once more to end them at once";
            self.ctx.log.warning("stop", message);
        }
        self.pool.cancel();
    }

    /// Ends the supervisors and removes the simulations.
    pub fn close(self) -> Result<()> {
        self.pool.close();
        clear(Path::new(RUNS_OF_TUNE))
    }
}

impl Simulate for Bench<'_> {
    type Error = anyhow::Error;

    fn simulate(&mut self, tasks: &[(usize, &Options)]) -> Result<Vec<Simulated>> {
        let results = self.work(tasks);
        if results.is_err() {
            // After an internal fault, the results of what still runs cannot be used.
            self.pool.cancel();
        }
        let results = results?;
        match self.stopped {
            Some(signal) => Err(Interrupted(signal).into()),
            None => Ok(results.into_iter().flatten().collect()),
        }
    }
}

fn clear(runs: &Path) -> Result<()> {
    match fs::remove_dir_all(runs) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => {
            Err(e).with_context(|| format!("cannot remove {}", runs.display()))
        }
        _ => Ok(()),
    }
}

/// The values of measures, if all of them have one.
fn values(measures: &Measures) -> Values {
    let mut steps: BTreeMap<(&str, u32), usize> = BTreeMap::new();
    let mut values = Values::new();
    for row in &measures.rows {
        let step = steps.entry((&row.name, row.alter)).or_default();
        if let Some(value) = row.value {
            values.insert((row.name.clone(), row.alter, *step), value);
        }
        *step += 1;
    }
    values
}
