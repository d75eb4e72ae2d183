//! `.libchar/run/attempts.jsonl`: every attempt with its time, machine and resource use.

use crate::cannot::cannot;
use crate::status::Status;
use crate::task::Subject;
use anyhow::Result;
use libchar_runner::Record;
use serde_json::json;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder of attempts, below the domain.
pub const RUNS: &str = ".libchar/run";

/// The list of attempts; entries are only ever added.
pub struct Attempts {
    run: String,
    path: PathBuf,
    file: File,
}

impl Attempts {
    /// Opens the list for the attempts of a run.
    pub fn open(runs: &Path, run: &str) -> Result<Attempts> {
        let path = runs.join("attempts.jsonl");
        let file = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(|e| cannot("write", &path, e))?;
        Ok(Attempts { run: run.to_owned(), path, file })
    }

    /// The name of the run, with which the names of its attempts begin.
    pub fn run(&self) -> &str {
        &self.run
    }

    /// Adds an attempt.
    ///
    /// A batch is one attempt for many points; points without a status were simulated again alone.
    pub fn add(
        &mut self,
        record: &Record,
        statuses: &[Option<Status>],
        subject: &Subject,
    ) -> Result<()> {
        let points: Vec<&str> = subject.points.iter().map(|p| p.point.as_str()).collect();
        let settled = statuses.iter().flatten().count();
        let last = statuses.iter().flatten().next_back();
        let line = json!({
            "attempt": record.attempt,
            "points": points,
            "settled": settled,
            "try": subject.tries + 1,
            "status": last.map(|status| status.status),
            "class": last.and_then(|status| status.class),
            "reason": last.and_then(|status| status.reason.as_deref()),
            "recipe": subject.recipe,
            "started_unix_s": record.started_unix_s,
            "wall_s": record.ended.wall_s,
            "user_s": record.ended.user_s,
            "system_s": record.ended.system_s,
            "max_rss_kb": record.ended.max_rss_kb,
            "exit_code": record.ended.code,
            "signal": record.ended.signal,
            "host": record.host,
        });
        // One write a line: lines of two writers never mix.
        self.file
            .write_all(format!("{line}\n").as_bytes())
            .map_err(|e| cannot("write", &self.path, e))
    }
}
