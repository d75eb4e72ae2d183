//! The loop of a library: tasks request decks, supervisors simulate them, and the results go to the
//! store and to the tasks.

use super::engine::{Engine, LOG};
use super::store::Store;
use crate::context::Context;
use crate::exit::Interrupted;
use anyhow::{Context as _, Result, anyhow, bail};
use libchar_cells::task::{Outcome, Task};
use libchar_runner::pool::{Event, Pool, Supervisor};
use libchar_runner::worker::Report;
use libchar_runner::{Record, Signals, attempt};
use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// Number of supervisors that may die with a deck before the deck is given up.
const DEATHS: usize = 3;

/// The tasks of one cell at one condition.
pub struct Job<'t> {
    /// Name of the cell and condition, for messages.
    pub name: String,
    /// Digest of what determines its results besides the decks.
    pub material: String,
    /// Its tasks.
    pub tasks: Vec<&'t mut dyn Task>,
}

/// Numbers of simulations and results.
#[derive(Debug, Clone, Copy, Default)]
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

/// The resources for simulations.
pub struct Room<'a> {
    /// The simulator.
    pub engine: &'a Engine,
    /// The folder of simulations and results.
    pub runs: &'a Path,
    /// Largest number of simulations at the same time.
    pub slots: usize,
    /// Signals that end it.
    pub signals: &'a Signals,
}

/// A deck that is being simulated, and the tasks that wait for it, as pairs of job and task.
struct Running {
    waiting: Vec<(usize, usize)>,
    deck: String,
    deaths: usize,
}

struct Loop<'a, 't> {
    ctx: &'a Context,
    engine: &'a Engine,
    store: Store,
    runs: &'a Path,
    jobs: Vec<Job<'t>>,
    open: VecDeque<(usize, usize)>,
    running: BTreeMap<String, Running>,
    counts: Vec<Count>,
    left: Vec<usize>,
}

/// Simulates until every task has ended; counts by job.
pub fn simulate(jobs: Vec<Job<'_>>, room: &Room<'_>, ctx: &Context) -> Result<Vec<Count>> {
    let Room { engine, runs, slots, signals } = *room;
    let all =
        |(j, job): (usize, &Job<'_>)| (0..job.tasks.len()).map(move |t| (j, t)).collect::<Vec<_>>();
    let mut work = Loop {
        ctx,
        engine,
        store: Store::open(runs.join("results")),
        runs,
        open: jobs.iter().enumerate().flat_map(all).collect(),
        running: BTreeMap::new(),
        counts: vec![Count::default(); jobs.len()],
        left: jobs.iter().map(|job| job.tasks.len()).collect(),
        jobs,
    };
    let supervisor = Supervisor {
        program: std::env::current_exe().unwrap_or_else(|_| "/proc/self/exe".into()),
        args: vec!["supervise".into(), "--runs".into(), runs.into(), "--slot".into()],
        runs: runs.to_owned(),
    };
    let mut pool = Pool::new(supervisor, slots, signals);
    let result = work.run(&mut pool, slots);
    if result.is_err() {
        pool.cancel();
        while pool.pending() > 0 {
            if let Event::Stop(_) = pool.wait(None)? {
                pool.cancel();
            }
        }
    }
    pool.close();
    result?;
    Ok(work.counts)
}

impl Loop<'_, '_> {
    fn run(&mut self, pool: &mut Pool<'_>, slots: usize) -> Result<()> {
        let mut told = Instant::now();
        loop {
            while pool.pending() < 2 * slots {
                let Some((job, task)) = self.open.pop_front() else { break };
                self.advance(job, task, pool)?;
            }
            if self.open.is_empty() && self.running.is_empty() {
                return Ok(());
            }
            match pool.wait(Some(Duration::from_secs(1)))? {
                Event::Report(Report::Ended(record)) => self.ended(&record)?,
                Event::Report(Report::Broken { reason, .. }) => return Err(anyhow!(reason)),
                Event::Died(tickets) => {
                    for ticket in tickets {
                        self.lost(&ticket.attempt, pool)?;
                    }
                }
                Event::Stop(signal) => return Err(Interrupted(signal).into()),
                Event::Nothing => {}
            }
            if told.elapsed() > Duration::from_secs(60) {
                told = Instant::now();
                let done: usize = self.counts.iter().map(|c| c.simulated + c.reused).sum();
                let left: usize = self.left.iter().sum();
                let message = format!("{done} simulations done, {left} tables open");
                self.ctx.log.info("progress", message);
            }
        }
    }

    /// Simulates the next deck of a task, or takes its result from the store.
    fn advance(&mut self, job: usize, task: usize, pool: &mut Pool<'_>) -> Result<()> {
        loop {
            let Some(deck) = self.jobs[job].tasks[task].deck() else {
                self.finished(job, task);
                return Ok(());
            };
            let key = self.engine.key(&deck, &self.jobs[job].material);
            if let Some((outcome, cpu_s)) = self.store.get(&key) {
                self.counts[job].reused += 1;
                self.counts[job].cpu_s += cpu_s;
                self.jobs[job].tasks[task].take(&outcome);
                continue;
            }
            if let Some(running) = self.running.get_mut(&key) {
                // A task of another cell already requested the same deck.
                running.waiting.push((job, task));
                return Ok(());
            }
            // Remove an attempt that was stopped by a signal, since its record would stop this run,
            // too.
            let folder = attempt::published(self.runs, &key);
            if attempt::read(&folder).is_some_and(|record| record.ended.stopped_by.is_some()) {
                let _ = fs::remove_dir_all(&folder);
            }
            let ticket = self.engine.ticket(&key, deck.clone());
            let running = Running { waiting: vec![(job, task)], deck, deaths: 0 };
            self.running.insert(key, running);
            pool.submit(ticket)?;
            return Ok(());
        }
    }

    fn finished(&mut self, job: usize, task: usize) {
        self.left[job] -= 1;
        // A failing cell is reported at once, because the user should know within the first minute.
        if let Some(failure) = self.jobs[job].tasks[task].failure() {
            self.ctx.log.warning("lib", format!("{}: {failure}", self.jobs[job].name));
        }
    }

    fn ended(&mut self, record: &Record) -> Result<()> {
        let Some(running) = self.running.remove(&record.attempt) else { return Ok(()) };
        if let Some(why) = &record.not_started {
            bail!("{why}");
        }
        if let Some(signal) = record.ended.stopped_by {
            return Err(Interrupted(signal).into());
        }
        let folder = attempt::published(self.runs, &record.attempt);
        let log = folder.join(LOG);
        let bytes = fs::read(&log).with_context(|| format!("cannot read {}", log.display()))?;
        let outcome = self.engine.outcome(record, &String::from_utf8_lossy(&bytes));
        let cpu_s = record.ended.user_s + record.ended.system_s;
        if !record.ended.is_killed_by_others() && !record.ended.timed_out {
            self.store.put(&record.attempt, &outcome, cpu_s)?;
        }
        // The result is stored, so the folder is no longer needed.
        let _ = fs::remove_dir_all(&folder);
        for (at, (job, task)) in running.waiting.into_iter().enumerate() {
            if at == 0 {
                self.counts[job].simulated += 1;
                self.counts[job].cpu_s += cpu_s;
            } else {
                self.counts[job].reused += 1;
            }
            self.give(job, task, &outcome);
        }
        Ok(())
    }

    fn give(&mut self, job: usize, task: usize, outcome: &Outcome) {
        self.jobs[job].tasks[task].take(outcome);
        self.open.push_front((job, task));
    }

    /// Handles the death of a supervisor: results that it published are used, the rest is simulated
    /// again.
    fn lost(&mut self, key: &str, pool: &mut Pool<'_>) -> Result<()> {
        if let Some(record) = attempt::read(&attempt::published(self.runs, key)) {
            return self.ended(&record);
        }
        let Some(running) = self.running.get_mut(key) else { return Ok(()) };
        running.deaths += 1;
        if running.deaths >= DEATHS {
            bail!("the supervisor of a simulation was killed {DEATHS} times");
        }
        let deck = running.deck.clone();
        pool.submit(self.engine.ticket(key, deck))?;
        Ok(())
    }
}
