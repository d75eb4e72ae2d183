//! One run of a domain: wave after wave of points, each settled before the next one is planned.

mod wave;

use crate::after::After;
use crate::cannot::cannot;
use crate::cluster;
use crate::desk::Hears;
use crate::engine::Engine;
use crate::job;
use crate::local;
use crate::machine::Retries;
use crate::news::Say;
use crate::outputs::Seen;
use crate::provenance;
use crate::status::{State, Status};
use crate::summary::Results;
use anyhow::Result;
use libchar_files::atomic;
use libchar_history::Input;
use libchar_pvt::Point;
use libchar_runner::Signals;
use libchar_runner::breaker::Breaker;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use wave::Wave;

/// File with the outputs that were found complete.
const SEEN: &str = "seen.json";

/// What is asked of a run.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Only say what would be simulated.
    pub dry_run: bool,
    /// Simulate again what is done.
    pub again: bool,
    /// Only wait for what is submitted to a cluster.
    pub attach: bool,
    /// Let points that differ in nothing but their names share a result.
    pub reuse: bool,
    /// Patterns of the points that come first, in the order of their priority.
    pub priority: Vec<String>,
    /// Number of retries for failures that may be temporary.
    pub retries: Retries,
}

/// Where a run simulates.
#[derive(Debug)]
pub enum Place {
    /// On this machine.
    Here(local::Place),
    /// On a cluster.
    Cluster(Box<cluster::Settings>),
}

/// Who is told how it goes.
pub trait Host: Say + Hears {
    /// Something is simulated now: others may want to see it while it lasts.
    ///
    /// # Errors
    /// A history that is required and cannot be written.
    fn begins(&self) -> Result<()>;

    /// What decides the results.
    fn inputs(&self, inputs: Vec<Input>);

    /// A display of so many points, until it is dropped.
    fn display(&self, points: usize) -> Box<dyn Display + '_>;
}

/// Shows people how far a run is.
pub trait Display {
    /// What is settled, and how many simulations run or are awaited.
    fn show(&mut self, settled: &BTreeMap<usize, Status>, running: usize);
}

/// Data that all waves of a run share.
pub struct Session<'a> {
    /// What is asked.
    pub asked: Asked,
    /// Who is told.
    pub host: &'a dyn Host,
    /// The run's name, with which the names of its attempts begin.
    pub name: &'a str,
    /// All points of points.csv.
    pub points: &'a [Point],
    /// Which points must wait for which others.
    pub after: &'a After,
    /// The simulator.
    pub engine: Engine,
    /// Where it simulates.
    pub place: Place,
    /// The folder of attempts.
    pub runs: &'a Path,
    /// The signals that stop it.
    pub signals: &'a Signals,
    /// The circuit breaker.
    pub breaker: Breaker,
    /// Outputs that were read and found complete.
    pub seen: Seen,
}

/// How a run ended.
#[derive(Default)]
pub struct Ended {
    /// The points that it was about, with their statuses.
    pub results: Results,
    /// Points that were simulated.
    pub simulated: usize,
    /// Points that failed when they were simulated again and keep their earlier results.
    pub kept: usize,
    /// Points that were not started, although they were to be simulated again, and keep their
    /// earlier results.
    pub unstarted: usize,
    /// Why some points were not started.
    pub held: Option<String>,
    /// The ids that a dry run would simulate.
    pub planned: Vec<String>,
}

impl Session<'_> {
    /// Runs the waves.
    ///
    /// # Errors
    /// Faults of decks, errors of the file system, and [`crate::interrupted::Interrupted`].
    pub fn run(&mut self, waves: Vec<Vec<Point>>) -> Result<Ended> {
        let mut ended = Ended::default();
        let seen_file = self.runs.join(SEEN);
        self.seen = Seen::parse(&fs::read(&seen_file).unwrap_or_default());
        for (number, points) in waves.into_iter().enumerate() {
            let mut keys = self.engine.keys();
            let jobs = job::jobs(job::with_blocks(points)?, &self.engine.sizes, &mut keys)?;
            keys.files().for_each(|file| self.host.reads(file));
            self.host.inputs(provenance::of_models(&keys));
            let before = self.look(&jobs, &mut keys)?;
            let todo = self.todo(&jobs, &before, &ended.results);
            if self.asked.dry_run {
                ended.planned.extend(todo.iter().map(|&index| jobs[index].id().to_owned()));
                continue;
            }
            let mut wave = Wave { number, jobs: &jobs, before, todo, ..Wave::default() };
            if ended.held.is_none() && (!wave.todo.is_empty() || self.asked.attach) {
                let outcome = self.simulate(&mut wave);
                ended.simulated += wave.settled.values().filter(|s| s.reused.is_none()).count();
                ended.held = wave.held.take();
                ended.kept += wave.kept;
                // One call syncs all published files, so that they are complete after a power cut.
                atomic::sync_file_system(self.runs).map_err(|e| cannot("sync", self.runs, e))?;
                outcome?;
            }
            self.gather(wave, &mut ended);
        }
        if let (false, Some(bytes)) = (self.asked.dry_run, self.seen.to_keep()) {
            atomic::write_unsynced(&seen_file, &bytes)
                .map_err(|e| cannot("write", &seen_file, e))?;
        }
        Ok(ended)
    }

    /// Adds what is known of the points of a wave.
    fn gather(&self, mut wave: Wave<'_>, ended: &mut Ended) {
        let todo: BTreeSet<usize> = wave.todo.into_iter().collect();
        for (index, (job, status)) in wave.jobs.iter().zip(wave.before).enumerate() {
            // A point that is held, or not submitted again, keeps its earlier status.
            let failed_so = |s: &Status| s.key == job.deck.key && s.status != State::Done;
            let old = status.filter(|s| !todo.contains(&index) || failed_so(s));
            let status = wave.settled.remove(&index).or(old);
            let is_done = status.as_ref().is_some_and(|s| s.status == State::Done);
            // With `--again`, a point that was not simulated to its end keeps its earlier
            // result.
            let good = Some(()).filter(|()| !is_done && todo.contains(&index));
            let good = good.and_then(|()| Status::good(job, &self.engine));
            match (&good, &status) {
                (Some(_), Some(_)) => ended.kept += 1,
                (Some(_), None) => ended.unstarted += 1,
                _ => {}
            }
            let status = good.or(status);
            match job.block {
                None => ended.results.push(job.id(), status),
                Some(block) => ended.results.push_block(job.point_id(), block, status),
            }
        }
    }
}

#[cfg(test)]
mod tests;
