//! The loop of a library: supervisors simulate the decks of a schedule, and results go to the store and to the tasks.

#![allow(
    clippy::disallowed_methods,
    reason = "supervisors leave their results in files, and take their time"
)]

use crate::deck::Bench;
use crate::engine::{Engine, LOG};
use crate::schedule::{Asked, Count, Job, Schedule, Surroundings};
use crate::source::Source;
use crate::store::Store;
use crate::task::Outcome;
use crate::work::Work;
use anyhow::{Context as _, Result, anyhow, bail};
use libchar_campaign::interrupted::Interrupted;
use libchar_core::Note;
use libchar_runner::pool::{Event, Pool, Supervisor};
use libchar_runner::worker::Report;
use libchar_runner::{Record, Signals, attempt};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// How often progress is told.
const TOLD_EVERY: Duration = Duration::from_secs(60);

/// The resources for simulations.
pub struct Room<'a> {
    /// The simulator.
    pub engine: &'a Engine,
    /// How supervisors are started, and the folder of simulations and results.
    pub supervisor: &'a Supervisor,
    /// Largest number of simulations at the same time.
    pub slots: usize,
    /// Signals that end it.
    pub signals: &'a Signals,
    /// Who hears notes.
    pub hear: &'a dyn Fn(Note),
}

impl Room<'_> {
    /// Simulates until every task has ended; counts by job.
    ///
    /// # Errors
    /// A signal, a simulator that does not start, supervisors that die, and files that cannot be read or written.
    pub fn simulate(&self, jobs: Vec<Job<'_>>) -> Result<Vec<Count>> {
        let store = Store::open(self.supervisor.runs.join("results"));
        let mut work =
            Loop { room: self, around: Around { room: self, store }, work: Schedule::new(jobs) };
        let mut pool = Pool::new(self.supervisor.clone(), self.slots, self.signals);
        let result = work.run(&mut pool);
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
        Ok(work.work.counts())
    }

    fn runs(&self) -> &Path {
        &self.supervisor.runs
    }
}

/// Simulates the tables of each cell at each condition, cells fastest; `materials` is what decides results besides the decks.
///
/// # Errors
/// As [`Room::simulate`].
pub fn of_cells<'a>(
    source: &'a Source,
    benches: &'a [Bench],
    materials: &[String],
    room: &Room<'_>,
) -> Result<(Vec<Work<'a>>, Vec<Count>)> {
    let cells = source.cells.iter().cycle().zip(benches);
    let mut works: Vec<Work<'a>> =
        cells.map(|(known, bench)| Work::of(&source.config, known, bench)).collect();
    let jobs = works.iter_mut().zip(materials).enumerate().map(|(at, (work, material))| Job {
        name: source.name(at),
        material: material.clone(),
        tasks: work.tasks(),
    });
    let counts = room.simulate(jobs.collect())?;
    Ok((works, counts))
}

/// What the schedule asks.
struct Around<'a> {
    room: &'a Room<'a>,
    store: Store,
}

impl Surroundings for Around<'_> {
    fn key(&self, deck: &str, material: &str) -> String {
        self.room.engine.key(deck, material)
    }

    fn known(&self, key: &str) -> Option<(Outcome, f64)> {
        self.store.get(key)
    }

    fn failed(&self, job: &str, why: &str) {
        (self.room.hear)(Note::Warning("lib", format!("{job}: {why}")));
    }
}

struct Loop<'a, 't> {
    room: &'a Room<'a>,
    around: Around<'a>,
    work: Schedule<'t>,
}

impl Loop<'_, '_> {
    fn run(&mut self, pool: &mut Pool<'_>) -> Result<()> {
        let mut told = Instant::now();
        loop {
            while pool.pending() < 2 * self.room.slots {
                let Some(Asked { key, deck }) = self.work.next(&self.around) else { break };
                self.forget_stopped(&key);
                pool.submit(self.room.engine.ticket(&key, deck))?;
            }
            if self.work.is_over() {
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
            if told.elapsed() > TOLD_EVERY {
                told = Instant::now();
                (self.room.hear)(Note::Info("progress", self.work.progress()));
            }
        }
    }

    /// Removes what a signal stopped before: it would stop this run, too.
    fn forget_stopped(&self, key: &str) {
        let folder = attempt::published(self.room.runs(), key);
        if attempt::read(&folder).is_some_and(|record| record.ended.stopped_by.is_some()) {
            let _ = fs::remove_dir_all(&folder);
        }
    }

    fn ended(&mut self, record: &Record) -> Result<()> {
        if !self.work.waits_for(&record.attempt) {
            return Ok(());
        }
        if let Some(why) = &record.not_started {
            bail!("{why}");
        }
        if let Some(signal) = record.ended.stopped_by {
            return Err(Interrupted(signal).into());
        }
        let folder = attempt::published(self.room.runs(), &record.attempt);
        let log = folder.join(LOG);
        let bytes = fs::read(&log).with_context(|| format!("cannot read {}", log.display()))?;
        let outcome = self.room.engine.outcome(record, &String::from_utf8_lossy(&bytes));
        let cpu_s = record.ended.user_s + record.ended.system_s;
        if !record.ended.is_killed_by_others() && !record.ended.timed_out {
            self.around.store.put(&record.attempt, &outcome, cpu_s)?;
        }
        // The result is stored, so the folder is no longer needed.
        let _ = fs::remove_dir_all(&folder);
        self.work.take(&record.attempt, &outcome, cpu_s);
        Ok(())
    }

    /// Handles the death of a supervisor: results that it published are used, the rest is simulated
    /// again.
    fn lost(&mut self, key: &str, pool: &mut Pool<'_>) -> Result<()> {
        if let Some(record) = attempt::read(&attempt::published(self.room.runs(), key)) {
            return self.ended(&record);
        }
        if let Some(deck) = self.work.lost(key).map_err(|why| anyhow!(why))? {
            pool.submit(self.room.engine.ticket(key, deck))?;
        }
        Ok(())
    }
}
