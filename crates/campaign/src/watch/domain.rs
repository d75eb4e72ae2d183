//! Reads the state of a domain's run from its files. Only changed files are read again, so that a
//! poll costs a few `stat` calls.

use super::files::{Grown, Stamp};
use crate::attempts::RUNS;
use crate::held;
use crate::said::Said;
use crate::summary;
use anyhow::Result;
use libchar_core::{Fault, Faults, Table};
use libchar_files::lock;
use libchar_runner::cluster::{JOURNAL, Open, outstanding};
use libchar_runner::{attempt, machine};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

/// Number of seconds over which the rate is computed.
const WINDOW_S: f64 = 600.0;

/// One line of the list of attempts.
#[derive(Debug, Clone, Deserialize)]
pub struct Attempt {
    /// The name of the attempt.
    pub attempt: String,
    /// Its points.
    #[serde(default)]
    pub points: Vec<String>,
    /// How many of them it settled.
    #[serde(default)]
    pub settled: usize,
    /// How the last of them ended.
    pub status: Option<String>,
    /// The class of its failure.
    pub class: Option<String>,
    /// The reason of its failure.
    pub reason: Option<String>,
    /// The option recipe that it used.
    pub recipe: Option<String>,
    /// When it started, in seconds since 1970.
    #[serde(default)]
    pub started_unix_s: f64,
    /// How long it took, in seconds.
    #[serde(default)]
    pub wall_s: f64,
}

impl Attempt {
    /// The run of an attempt: its name without wave and number.
    fn run(&self) -> &str {
        let name = self.attempt.rsplit_once('-').map_or(self.attempt.as_str(), |(run, _)| run);
        name.split('.').next().unwrap_or(name)
    }

    /// When it ended, in seconds since 1970.
    pub fn ended_unix_s(&self) -> f64 {
        self.started_unix_s + self.wall_s
    }
}

/// A domain, and what was read of it so far.
pub struct Watched {
    /// Its folder.
    pub folder: PathBuf,
    /// The ids of its points.
    pub points: Vec<String>,
    index: HashMap<String, usize>,
    /// The status of each point.
    pub statuses: Vec<Option<Said>>,
    /// Attempts of the newest run.
    pub attempts: Vec<Attempt>,
    log: Grown,
    matrix: Stamp,
    summary: Stamp,
    journal: Stamp,
    /// Why the breaker holds points, if it does.
    pub held: Option<String>,
    /// The command that works in the domain at present.
    pub stage: Option<String>,
    /// Number of simulations that are running.
    pub running: usize,
    /// Submissions to a cluster that have not ended.
    pub jobs: Vec<Open>,
}

impl Watched {
    /// Reads a domain for the first time.
    ///
    /// # Errors
    /// A folder that is not a domain, and a matrix that cannot be read.
    pub fn new(folder: &Path) -> Result<Watched> {
        let is_domain = ["config.cfg", "cells.toml", "points.csv"]
            .iter()
            .any(|name| folder.join(name).is_file());
        if !is_domain {
            let fault = Fault::of(folder.display().to_string(), "the folder is not a domain");
            return Err(Faults::from(
                fault.expected("a folder with config.cfg, cells.toml or points.csv"),
            )
            .into());
        }
        let mut watched = Watched {
            folder: folder.to_owned(),
            points: Vec::new(),
            index: HashMap::new(),
            statuses: Vec::new(),
            attempts: Vec::new(),
            log: Grown::new(folder.join(RUNS).join("attempts.jsonl")),
            matrix: Stamp::new(folder.join("points.csv")),
            summary: Stamp::new(folder.join(summary::FILE)),
            journal: Stamp::new(folder.join(RUNS).join(JOURNAL)),
            held: None,
            stage: None,
            running: 0,
            jobs: Vec::new(),
        };
        watched.poll()?;
        Ok(watched)
    }

    /// The domain's name, which is that of its folder.
    pub fn name(&self) -> String {
        let folder = fs::canonicalize(&self.folder).unwrap_or_else(|_| self.folder.clone());
        folder
            .file_name()
            .map_or_else(|| "domain".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// Reads what changed since the last call; returns whether anything did.
    pub fn poll(&mut self) -> Result<bool> {
        let mut changed = false;
        if self.matrix.changed() {
            self.read_matrix()?;
            changed = true;
        }
        // This covers the end of a run, and results that were adopted without an attempt.
        if self.summary.changed() {
            self.read_all();
            changed = true;
        }
        for line in self.log.lines() {
            // A line that a crash cut off is not an attempt.
            let Ok(attempt) = serde_json::from_str::<Attempt>(&line) else { continue };
            if self.attempts.last().is_some_and(|last| last.run() != attempt.run()) {
                self.attempts.clear();
            }
            for point in &attempt.points {
                if let Some(i) = self.index.get(point) {
                    self.statuses[*i] = Said::read(&self.folder.join(point));
                }
            }
            self.attempts.push(attempt);
            changed = true;
        }
        let runs = self.folder.join(RUNS);
        let now = (stage(&self.folder), running(&runs), held::reasons(&runs));
        changed |= now != (self.stage.clone(), self.running, self.held.clone());
        (self.stage, self.running, self.held) = now;
        if self.journal.changed() {
            self.jobs = outstanding(&fs::read_to_string(runs.join(JOURNAL)).unwrap_or_default());
            changed = true;
        }
        Ok(changed)
    }

    fn read_matrix(&mut self) -> Result<()> {
        let path = self.folder.join("points.csv");
        let name = path.display().to_string();
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            // The file does not exist before `gen`, or between two of its renames.
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(Faults::from(libchar_files::unreadable(&name, &e)).into()),
        };
        let table = Table::parse_csv(&name, &bytes)?;
        let column = table.column("point").map_err(Faults::from)?;
        self.points = (0..table.len()).map(|row| table.cell(row, column).to_owned()).collect();
        self.index = self.points.iter().cloned().zip(0..).collect();
        self.read_all();
        Ok(())
    }

    fn read_all(&mut self) {
        self.statuses =
            self.points.iter().map(|point| Said::read(&self.folder.join(point))).collect();
    }

    /// Number of points by state; points without a status are `waiting`.
    pub fn counts(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for status in &self.statuses {
            let word = status.as_ref().map_or("waiting", |status| status.status.as_str());
            *counts.entry(word).or_default() += 1;
        }
        counts
    }

    /// Points settled per second over the last ten minutes of the run; `None` before two attempts
    /// have ended.
    pub fn rate(&self) -> Option<f64> {
        let last =
            self.attempts.iter().map(Attempt::ended_unix_s).fold(f64::NEG_INFINITY, f64::max);
        let recent: Vec<&Attempt> = self
            .attempts
            .iter()
            .filter(|attempt| last - attempt.ended_unix_s() <= WINDOW_S)
            .collect();
        let first =
            recent.iter().map(|attempt| attempt.started_unix_s).fold(f64::INFINITY, f64::min);
        let settled: usize = recent.iter().map(|attempt| attempt.settled).sum();
        (recent.len() > 1 && last > first).then(|| settled as f64 / (last - first))
    }

    /// Seconds from the first attempt of the run to the end of the last one.
    pub fn elapsed_s(&self) -> Option<f64> {
        let first = self
            .attempts
            .iter()
            .map(|attempt| attempt.started_unix_s)
            .fold(f64::INFINITY, f64::min);
        let last =
            self.attempts.iter().map(Attempt::ended_unix_s).fold(f64::NEG_INFINITY, f64::max);
        (last >= first).then_some(last - first)
    }
}

/// Number of simulations with a work folder.
fn running(runs: &Path) -> usize {
    let entries = fs::read_dir(runs).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| attempt::folder_of(name).is_some_and(|(_, published)| !published)).count()
}

/// The command that holds the domain's lock, such as `run`. The lock is only read and never taken,
/// so that no command finds it taken.
fn stage(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join(lock::FILE)).ok()?;
    let (pid, command) = lock::parse_holder(&text)?;
    machine::is_alive(pid, "libchar").then(|| command.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Watched;
    use crate::fixture::{names, write};
    use libchar_files::lock;

    fn attempt(name: &str, point: &str, started: f64) -> String {
        format!(
            "{{\"attempt\":\"{name}\",\"points\":[\"{point}\"],\"settled\":1,\"status\":\"done\",\
             \"started_unix_s\":{started},\"wall_s\":10}}\n"
        )
    }

    #[test]
    fn only_the_newest_run_is_watched_and_its_rate_taken() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        assert!(Watched::new(here).is_err(), "no domain");
        write(here, "points.csv", "point\nTT/a\nTT/b\nTT/c\n");
        let mut watched = Watched::new(here).unwrap();
        assert_eq!((watched.points.len(), watched.rate(), watched.elapsed_s()), (3, None, None));
        assert_eq!(watched.counts()["waiting"], 3);
        assert!(!watched.poll().unwrap(), "nothing changed");
        write(here, "TT/a/status.json", "{\"status\":\"done\"}");
        let log = [
            attempt("old-1", "TT/a", 0.0),
            attempt("new-1", "TT/a", 100.0),
            attempt("new.1-2", "TT/b", 110.0),
        ];
        write(here, ".libchar/run/attempts.jsonl", &log.concat());
        assert!(watched.poll().unwrap());
        assert_eq!(watched.attempts.len(), 2, "waves are of one run");
        assert_eq!(watched.elapsed_s(), Some(20.0));
        assert_eq!(watched.rate(), Some(0.1), "2 points in 20 s");
        assert_eq!((watched.counts()["done"], watched.counts()["waiting"]), (1, 2));
        assert_eq!(names(here).len(), 3);
    }

    #[test]
    fn work_folders_run_and_the_breaker_holds() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        write(here, "config.cfg", "");
        write(here, ".libchar/run/r-1.work-host-1/log", "");
        write(here, ".libchar/run/r-2.done/log", "");
        write(here, ".libchar/run/held", "5 licences failed\n");
        write(here, lock::FILE, "pid 999999999: libchar run");
        let watched = Watched::new(here).unwrap();
        assert_eq!(watched.running, 1);
        assert_eq!(watched.held.as_deref(), Some("5 licences failed"));
        assert_eq!(watched.stage, None, "nobody has that number");
        assert!(watched.points.is_empty(), "before gen");
    }
}
