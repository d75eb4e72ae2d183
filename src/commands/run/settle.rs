//! From a published attempt to the point's folder: outputs moved, judged, status written.
//!
//! Every step can be repeated: whoever is killed in between leaves either the published folder, or a point
//! that is settled.

use super::engine::{BATCH_LOG, Engine};
use super::plan::Job;
use super::status::Status;
use anyhow::Result;
use libchar_campaign::task::Subject;
use libchar_campaign::{outputs, samples};
use libchar_core::{Fault, atomic};
use libchar_engine::batch;
use libchar_engine::log::{self, Exit};
use libchar_engine::measure::Status::Failed;
use libchar_engine::measure::{Measure, Measures};
use libchar_engine::simulator::MeasureSource;
use libchar_engine::{Class, Failure};
use libchar_runner::attempt::{self, RECORD};
use libchar_runner::{Ended, Record};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Removes what an earlier simulation left in a point's folder, before the next one starts.
pub fn clear(job: &Job, engine: &Engine) -> Result<()> {
    Status::remove(job.id())?;
    for name in job.outputs(&engine.simulator) {
        let path = Path::new(job.id()).join(name);
        fs::remove_file(&path).map_err(|e| super::cannot("remove", &path, e))?;
    }
    Ok(())
}

/// Moves the outputs of a published attempt to its only point, judges them and writes the status.
///
/// A failure takes nothing from a point that has a good result with the same key: the attempt is dropped.
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
    let moved = fs::read_dir(&folder).map_err(|e| super::cannot("read", &folder, e))?;
    for entry in moved {
        let entry = entry.map_err(|e| super::cannot("read", &folder, e))?;
        if entry.file_name() != RECORD {
            let to = target.join(entry.file_name());
            fs::rename(entry.path(), &to).map_err(|e| super::cannot("write", &to, e))?;
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
    fs::remove_dir_all(&folder).map_err(|e| super::cannot("remove", &folder, e))
}

/// Takes the log of a batch apart and settles each point whose part is whole and without any fault.
/// The others get no status: they have to be simulated alone, so that nothing of their neighbours counts.
pub fn settle_batch(
    runs: &Path,
    record: &Record,
    subject: &Subject,
    jobs: &[Option<&Job>],
    engine: &Engine,
) -> Result<Vec<Option<Status>>> {
    let folder = attempt::published(runs, &record.attempt);
    let log = read(&folder.join(BATCH_LOG))?.unwrap_or_default();
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
        atomic::write_unsynced(&path, part.as_bytes())
            .map_err(|e| super::cannot("write", &path, e))?;
        let mut status = Status::new(job, engine, subject, None);
        status.record(job, engine)?;
        status.write()?;
        statuses.push(Some(status));
    }
    discard(runs, &record.attempt)?;
    Ok(statuses)
}

/// What the outputs of a job say: measures without any fault, or a failure.
pub fn judge(
    record: &Record,
    place: outputs::Place<'_>,
    job: &Job,
    engine: &Engine,
) -> Result<Result<Measures, Failure>> {
    let mut text = read(&place.path(&place.log_name()))?.unwrap_or_default();
    for more in &engine.simulator.logs {
        let path = place.path(&more.replace("{stem}", place.stem));
        text.push_str(&read(&path)?.unwrap_or_default());
    }
    let exit = Exit {
        code: record.ended.code,
        signal: record.ended.signal,
        timed_out: record.ended.timed_out,
        cancelled: record.ended.stopped_by.is_some(),
        not_started: record.not_started.as_deref(),
    };
    if let Some(failure) = log::judge(&engine.simulator, &exit, &text, job.about()) {
        return Ok(Err(failure));
    }
    Ok(match engine.simulator.measures {
        MeasureSource::Log => judge_samples(&place.log_name(), &text, job),
        MeasureSource::Files => match outputs::of_files(place, job.wanted()) {
            Ok(Some(found)) => held(found.measures, job),
            // A deck that asks for nothing leaves no file.
            Ok(None) => {
                let mut measures = Measures::default();
                measures.complete(job.deck.asked.iter().map(String::as_str));
                held(measures, job)
            }
            Err(faults) => Err(faulty_files(&faults)),
        },
    })
}

/// What the outputs of a simulation that ended well say, held against a point that takes them over.
pub fn judge_taken(job: &Job, engine: &Engine) -> Result<Option<Failure>> {
    let record = Record { ended: Ended { code: Some(0), ..Ended::default() }, ..Record::default() };
    Ok(judge(&record, job.place_of_outputs(), job, engine)?.err())
}

fn judge_log(exit: &Exit<'_>, text: &str, job: &Job, engine: &Engine) -> Result<Measures, Failure> {
    match log::judge(&engine.simulator, exit, text, job.about()) {
        Some(failure) => Err(failure),
        None => judge_measures(&job.log_name(), text, job),
    }
}

/// The measures of a log, or of each sample in it: the first that is not good is the reason.
fn judge_samples(name: &str, text: &str, job: &Job) -> Result<Measures, Failure> {
    let Some(block) = job.block.filter(|block| block.samples > 1) else {
        return judge_measures(name, text, job);
    };
    let mut last = Ok(Measures::default());
    for (sample, part) in block.numbers().zip(samples::parts(text, block)) {
        last = match part {
            Some(part) => judge_measures(name, part, job),
            None => Err(Failure::new(Class::Measure, "no result")),
        };
        if let Err(failure) = last {
            let reason = format!("sample {sample}: {}", failure.reason);
            return Err(Failure { reason, ..failure });
        }
    }
    last
}

fn judge_measures(name: &str, text: &str, job: &Job) -> Result<Measures, Failure> {
    match outputs::of_log(name, text, job.wanted()) {
        Ok(measures) => held(measures, job),
        Err(faults) => Err(faulty_files(&faults.into_vec())),
    }
}

fn faulty_files(faults: &[Fault]) -> Failure {
    let reasons: Vec<String> =
        faults.iter().map(|fault| fault.to_string().replace('\n', ";")).collect();
    Failure::new(Class::Measure, reasons.join("; "))
}

/// The measures, if each of them is good.
fn held(measures: Measures, job: &Job) -> Result<Measures, Failure> {
    let temp_c = job.point.temp_c;
    let others = |stated: &f64| (stated - temp_c).abs() > log::TEMPERATURE_TOLERANCE_C;
    let of_another = |row: &Measure| {
        row.status == Failed && row.reason.as_ref().is_some_and(|r| r.starts_with("simulated at"))
    };
    if let Some(row) = measures.rows.iter().find(|row| row.temp_c.as_ref().is_some_and(others))
        && of_another(row)
    {
        return Err(Failure::new(Class::Temperature, row.reason.clone().unwrap_or_default()));
    }
    faulty(&measures).map_or(Ok(measures), Err)
}

fn faulty(measures: &Measures) -> Option<Failure> {
    let mut seen = BTreeSet::new();
    let mut rows: Vec<_> = measures.faulty().filter(|row| seen.insert(row.name.as_str())).collect();
    // One that fails because it uses another tells no reason.
    rows.sort_by_key(|row| row.reason.is_none());
    let words: Vec<String> = rows
        .into_iter()
        .map(|row| match &row.reason {
            Some(reason) => format!("{} {} ({reason})", row.name, row.status),
            None => format!("{} {}", row.name, row.status),
        })
        .collect();
    if words.is_empty() {
        return None;
    }
    let shown = words.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
    let more = words.len().saturating_sub(4);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Some(Failure::new(Class::Measure, format!("measure {shown}{more}")))
}

fn read(path: &PathBuf) -> Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(super::cannot("read", path, e)),
    }
}
