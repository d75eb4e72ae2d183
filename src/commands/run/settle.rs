//! From a published attempt to the point's folder: outputs moved, judged, status written.
//!
//! Every step can be repeated: whoever is killed in between leaves either the published folder, or a point
//! that is settled.

use super::engine::{BATCH_LOG, Engine};
use super::plan::Job;
use super::status::Status;
use super::task::Subject;
use anyhow::Result;
use libchar_core::atomic;
use libchar_engine::batch;
use libchar_engine::log::{self, Exit};
use libchar_engine::measure::{self, FileName, Measures};
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
pub fn settle(
    runs: &Path,
    record: &Record,
    subject: &Subject,
    job: &Job,
    engine: &Engine,
) -> Result<Status> {
    let folder = attempt::published(runs, &record.attempt);
    let target = Path::new(job.id());
    let moved = fs::read_dir(&folder).map_err(|e| super::cannot("read", &folder, e))?;
    for entry in moved {
        let entry = entry.map_err(|e| super::cannot("read", &folder, e))?;
        if entry.file_name() != RECORD {
            let to = target.join(entry.file_name());
            fs::rename(entry.path(), &to).map_err(|e| super::cannot("write", &to, e))?;
        }
    }
    let failure = judge(record, job, engine)?.err();
    let status = Status::new(job, engine, subject, failure.as_ref());
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
        if judge_log(&exit, part, job, engine)?.is_err() {
            statuses.push(None);
            continue;
        }
        let path = Path::new(job.id()).join(job.log_name());
        atomic::write_unsynced(&path, part.as_bytes())
            .map_err(|e| super::cannot("write", &path, e))?;
        let status = Status::new(job, engine, subject, None);
        status.write()?;
        statuses.push(Some(status));
    }
    discard(runs, &record.attempt)?;
    Ok(statuses)
}

/// What the outputs in a point's folder say: measures without any fault, or a failure.
pub fn judge(record: &Record, job: &Job, engine: &Engine) -> Result<Result<Measures, Failure>> {
    let folder = Path::new(job.id());
    let mut text = read(&folder.join(job.log_name()))?.unwrap_or_default();
    for more in &engine.simulator.logs {
        let path = folder.join(more.replace("{stem}", job.stem()));
        text.push_str(&read(&path)?.unwrap_or_default());
    }
    let exit = Exit {
        code: record.ended.code,
        signal: record.ended.signal,
        timed_out: record.ended.timed_out,
        cancelled: record.ended.stopped_by.is_some(),
        not_started: record.not_started.as_deref(),
    };
    judge_log(&exit, &text, job, engine)
}

/// What the outputs of a simulation that ended well say, held against a point that takes them over.
pub fn judge_taken(job: &Job, engine: &Engine) -> Result<Option<Failure>> {
    let record = Record { ended: Ended { code: Some(0), ..Ended::default() }, ..Record::default() };
    Ok(judge(&record, job, engine)?.err())
}

fn judge_log(
    exit: &Exit<'_>,
    text: &str,
    job: &Job,
    engine: &Engine,
) -> Result<Result<Measures, Failure>> {
    let simulator = &engine.simulator;
    if let Some(failure) = log::judge(simulator, exit, text, job.about()) {
        return Ok(Err(failure));
    }
    let measures = match simulator.measures {
        MeasureSource::Log => measure::ngspice::parse(&job.log_name(), text)
            .map_err(|faults| Failure::new(Class::Measure, faults.to_string().replace('\n', ";"))),
        MeasureSource::Files => measure_files(job, engine)?,
    };
    Ok(measures.and_then(|mut measures| {
        if let Some(failure) = wrong_temperature(&measures, job.point.temp_c) {
            return Err(failure);
        }
        measures.complete(job.deck.asked.iter().map(String::as_str));
        faulty(&measures).map_or(Ok(measures), Err)
    }))
}

/// The measures in all measure files of a point.
fn measure_files(job: &Job, engine: &Engine) -> Result<Result<Measures, Failure>> {
    let mut all = Measures::default();
    let mut numbers = BTreeSet::new();
    for name in job.outputs(&engine.simulator) {
        let Some(parts) = FileName::parse(&name) else { continue };
        let path = Path::new(job.id()).join(&name);
        let bytes = fs::read(&path).map_err(|e| super::cannot("read", &path, e))?;
        numbers.insert(parts.number);
        match measure::parse(&path.display().to_string(), &bytes, parts.alter()) {
            Ok(measures) => all.rows.extend(measures.rows),
            Err(faults) => {
                let reason = faults.to_string().replace('\n', ";");
                return Ok(Err(Failure::new(Class::Measure, reason)));
            }
        }
    }
    let alters = u32::try_from(job.deck.alters).unwrap_or(u32::MAX);
    if !job.deck.asked.is_empty()
        && !numbers.is_empty()
        && let Some(missing) = (0..=alters).find(|number| !numbers.contains(number))
    {
        let reason = format!("no measure file number {missing}, for alter {}", missing + 1);
        return Ok(Err(Failure::new(Class::Measure, reason)));
    }
    Ok(Ok(all))
}

/// The temperature that a measure file states is the point's, unless the deck alters or sweeps it.
fn wrong_temperature(measures: &Measures, temp_c: f64) -> Option<Failure> {
    if measures.sweep.iter().any(|name| name.starts_with("temp")) {
        return None;
    }
    let stated = measures.rows.iter().filter(|row| row.alter == 1).find_map(|row| {
        row.temp_c.filter(|stated| (stated - temp_c).abs() > log::TEMPERATURE_TOLERANCE_C)
    })?;
    let reason = format!("simulated at {stated} C instead of {temp_c} C");
    Some(Failure::new(Class::Temperature, reason))
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
