//! Reads the state of a domain's run from its files. Only changed files are read again, so that a
//! poll costs a few `stat` calls.

use super::reading::{Grown, Stamp};
use anyhow::Result;
use libchar_campaign::said::Said;
use libchar_core::{Fault, Faults, Table};
use libchar_runner::cluster::{JOURNAL, Open, outstanding};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

/// Number of seconds over which the rate is computed.
const WINDOW_S: f64 = 600.0;

/// One line of the list of attempts.
#[derive(Debug, Clone, Deserialize)]
pub struct Attempt {
    pub attempt: String,
    #[serde(default)]
    pub points: Vec<String>,
    #[serde(default)]
    pub settled: usize,
    pub status: Option<String>,
    pub class: Option<String>,
    pub reason: Option<String>,
    pub recipe: Option<String>,
    #[serde(default)]
    pub started_unix_s: f64,
    #[serde(default)]
    pub wall_s: f64,
}

impl Attempt {
    /// The run of an attempt: its name without wave and number.
    fn run(&self) -> &str {
        let name = self.attempt.rsplit_once('-').map_or(self.attempt.as_str(), |(run, _)| run);
        name.split('.').next().unwrap_or(name)
    }

    pub fn ended_unix_s(&self) -> f64 {
        self.started_unix_s + self.wall_s
    }
}

/// A domain, and what was read of it so far.
pub struct Watched {
    pub folder: PathBuf,
    pub points: Vec<String>,
    index: HashMap<String, usize>,
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
            let fault = Fault::of(folder.display().to_string(), "the folder is no domain");
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
            log: Grown::new(folder.join(".libchar/run/attempts.jsonl")),
            matrix: Stamp::new(folder.join("points.csv")),
            summary: Stamp::new(folder.join("run.csv")),
            journal: Stamp::new(folder.join(".libchar/run").join(JOURNAL)),
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
        let runs = self.folder.join(".libchar/run");
        let now = (stage(&self.folder), running(&runs), held(&runs));
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
    names
        .filter(|name| {
            libchar_runner::attempt::folder_of(name).is_some_and(|(_, published)| !published)
        })
        .count()
}

/// The reasons of the breaker.
fn held(runs: &Path) -> Option<String> {
    #[derive(Deserialize)]
    struct Held {
        reason: String,
    }
    let text = fs::read_to_string(runs.join("held")).ok()?;
    // Version 0.1 wrote only the reason.
    let Ok(held) = serde_json::from_str::<Vec<Held>>(&text) else {
        return Some(text.trim().to_owned());
    };
    let reasons: Vec<String> = held.into_iter().map(|held| held.reason).collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// The command that holds the domain's lock, such as `run`. The lock is only read and never taken,
/// so that no command finds it taken.
fn stage(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join(".libchar/lock")).ok()?;
    let (pid, command) = text.trim().strip_prefix("pid ")?.split_once(": ")?;
    let pid: i32 = pid.parse().ok()?;
    let is_alive = nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), None)
        != Err(nix::errno::Errno::ESRCH);
    // Process ids are reused, so the name of the process must match, where the system gives one.
    let is_ours = fs::read_to_string(format!("/proc/{pid}/comm"))
        .map_or(true, |comm| comm.trim() == "libchar");
    (is_alive && is_ours).then(|| command.strip_prefix("libchar ").unwrap_or(command).to_owned())
}
