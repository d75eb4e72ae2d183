//! Settles a published attempt: moves its outputs to the point's folder, judges them and writes the
//! status.
//!
//! Every step can be repeated. A process that is killed in between leaves either the published
//! folder or a settled point.

use crate::cannot::cannot;
use crate::engine::{BATCH_LOG, Engine};
use crate::job::Job;
use crate::judge::{judge, judge_log, text_of};
use crate::outputs;
use crate::status::Status;
use crate::task::Subject;
use anyhow::Result;
use libchar_engine::batch;
use libchar_engine::log::Exit;
use libchar_files::atomic;
use libchar_runner::Record;
use libchar_runner::attempt::{self, RECORD};
use std::fs;
use std::path::Path;

/// Removes what an earlier simulation left in a point's folder, before the next one starts.
pub fn clear(job: &Job, engine: &Engine) -> Result<()> {
    Status::remove(job.id())?;
    for name in job.outputs(&engine.simulator) {
        let path = Path::new(job.id()).join(name);
        fs::remove_file(&path).map_err(|e| cannot("remove", &path, e))?;
    }
    Ok(())
}

/// Moves the outputs of a published attempt to its only point, judges them and writes the status.
///
/// If the attempt failed and the point has a good result with the same key, that result stays and
/// the attempt is dropped.
pub fn settle(
    runs: &Path,
    record: &Record,
    subject: &Subject,
    job: &Job,
    engine: &Engine,
) -> Result<Status> {
    let folder = attempt::published(runs, &record.attempt);
    if Status::good(job, engine).is_some() {
        let there = outputs::Place { folder: &folder, stem: job.stem() };
        if let Err(failure) = judge(record, there, job, engine)? {
            discard(runs, &record.attempt)?;
            return Ok(Status::new(job, engine, subject, Some(&failure)));
        }
        clear(job, engine)?;
    }
    let target = Path::new(job.id());
    let moved = fs::read_dir(&folder).map_err(|e| cannot("read", &folder, e))?;
    for entry in moved {
        let entry = entry.map_err(|e| cannot("read", &folder, e))?;
        if entry.file_name() != RECORD {
            let to = target.join(entry.file_name());
            fs::rename(entry.path(), &to).map_err(|e| cannot("write", &to, e))?;
        }
    }
    let failure = judge(record, job.place_of_outputs(), job, engine)?.err();
    let mut status = Status::new(job, engine, subject, failure.as_ref());
    status.record(job, engine)?;
    status.write()?;
    discard(runs, &record.attempt)?;
    Ok(status)
}

/// Drops a published attempt.
pub fn discard(runs: &Path, attempt: &str) -> Result<()> {
    let folder = attempt::published(runs, attempt);
    fs::remove_dir_all(&folder).map_err(|e| cannot("remove", &folder, e))
}

/// Splits the log of a batch and settles each point whose part is complete and without any fault.
/// The other points get no status: they are simulated alone, so that the rest of the batch cannot
/// affect them.
pub fn settle_batch(
    runs: &Path,
    record: &Record,
    subject: &Subject,
    jobs: &[Option<&Job>],
    engine: &Engine,
) -> Result<Vec<Option<Status>>> {
    let folder = attempt::published(runs, &record.attempt);
    let log = text_of(&folder.join(BATCH_LOG))?.unwrap_or_default();
    let mut statuses = Vec::with_capacity(jobs.len());
    for (part, job) in batch::split(&log, jobs.len()).into_iter().zip(jobs) {
        let (Some(part), Some(job)) = (part, job) else {
            statuses.push(None);
            continue;
        };
        let exit = Exit { code: Some(0), ..Exit::default() };
        if judge_log(&exit, part, job, engine).is_err() {
            statuses.push(None);
            continue;
        }
        let path = Path::new(job.id()).join(job.log_name());
        atomic::write_unsynced(&path, part.as_bytes()).map_err(|e| cannot("write", &path, e))?;
        let mut status = Status::new(job, engine, subject, None);
        status.record(job, engine)?;
        status.write()?;
        statuses.push(Some(status));
    }
    discard(runs, &record.attempt)?;
    Ok(statuses)
}
