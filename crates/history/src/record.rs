//! Writes to the history.

use crate::audit::{self, Kind};
use libchar_core::hash::sha256;
use rusqlite::{Connection, params};
use serde::Serialize;

/// A job at its start.
#[derive(Debug, Clone)]
pub struct JobStart {
    /// Unique id.
    pub job_id: String,
    /// The command, such as `spc chart`.
    pub command: String,
    /// The folder that it works in.
    pub folder: String,
    /// The name of the user who ran it.
    pub user: String,
    /// The number of the user who ran it, as the kernel knows it.
    pub uid: u32,
    /// The version of libchar.
    pub version: String,
    /// When, RFC 3339.
    pub submitted_at: String,
    /// All parameters, a JSON object.
    pub parameters: Option<String>,
    /// The input that makes the job repeatable, such as a recipe, verbatim.
    pub recipe: Option<String>,
}

/// A job at its end.
#[derive(Debug, Clone, Default)]
pub struct JobEnd {
    /// `done`, `findings`, `failed` or `interrupted`.
    pub status: String,
    /// The exit code.
    pub exit_code: i32,
    /// When, RFC 3339.
    pub completed_at: String,
    /// Wall time.
    pub duration_s: f64,
    /// Why it failed.
    pub error_message: Option<String>,
    /// The recipe, if it became known only while the job ran.
    pub recipe: Option<String>,
    /// The inputs that decided its results.
    pub inputs: Vec<Input>,
    /// The stages that it ran, unless they were added one by one.
    pub stages: Vec<Stage>,
    /// The values that it measured.
    pub results: Vec<ResultRow>,
    /// The alerts that it raised.
    pub alerts: Vec<Alert>,
}

/// A job as read back.
#[derive(Debug, Clone, Serialize)]
pub struct Job {
    /// Unique id.
    pub job_id: String,
    /// The command.
    pub command: String,
    /// The folder that it worked in.
    pub folder: String,
    /// The name of the user who ran it.
    pub user: String,
    /// The number of the user who ran it; `None` for jobs of version 0.1.
    pub uid: Option<u32>,
    /// The version of libchar.
    pub version: String,
    /// `running`, `done`, `findings`, `failed`, `interrupted` or `lost`.
    pub status: String,
    /// When it started.
    pub submitted_at: String,
    /// When it ended.
    pub completed_at: Option<String>,
    /// Wall time.
    pub duration_s: Option<f64>,
    /// The exit code.
    pub exit_code: Option<i32>,
    /// All parameters, a JSON object.
    pub parameters: Option<String>,
    /// The input that makes the job repeatable.
    pub recipe: Option<String>,
    /// Why it failed.
    pub error_message: Option<String>,
}

/// Something that decides the results of a job: if all inputs of two jobs are equal, their results
/// differ by chance alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// `config`, `settings`, `tables`, `template`, `models`, `simulator`, `options` or `preset`.
    pub kind: String,
    /// Its name, such as a file's.
    pub name: String,
    /// SHA-256 of its content, or something that stands for the content, such as a version.
    pub digest: String,
    /// The content, if it is short; it is stored once for all jobs that share it.
    #[serde(skip)]
    pub text: Option<String>,
}

impl Input {
    /// An input that is known by its digest.
    pub fn digest(kind: &str, name: impl Into<String>, digest: impl Into<String>) -> Input {
        Input { kind: kind.to_owned(), name: name.into(), digest: digest.into(), text: None }
    }

    /// An input whose content is stored.
    pub fn text(kind: &str, name: impl Into<String>, text: impl Into<String>) -> Input {
        let text = text.into();
        let digest = sha256(text.as_bytes());
        Input { kind: kind.to_owned(), name: name.into(), digest, text: Some(text) }
    }
}

/// One stage of a job.
#[derive(Debug, Clone, Serialize)]
pub struct Stage {
    /// Name, such as `gen`.
    pub stage: String,
    /// `done`, `findings` or `failed`.
    pub status: String,
    /// When it started.
    pub started_at: String,
    /// When it ended.
    pub completed_at: Option<String>,
    /// Wall time.
    pub duration_s: Option<f64>,
    /// The exit code.
    pub exit_code: Option<i32>,
}

/// One measured value of a job.
#[derive(Debug, Clone, Serialize)]
pub struct ResultRow {
    /// The PVT point, if the stage has points.
    pub point: Option<String>,
    /// What was measured.
    pub measure: String,
    /// The value; `None` if it failed.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// `ok`, `failed`, or another word of the stage.
    pub status: String,
}

impl ResultRow {
    /// A value without a point; if it is not finite, it counts as failed.
    pub fn value(measure: impl Into<String>, value: f64, unit: Option<&str>) -> ResultRow {
        let value = value.is_finite().then_some(value);
        ResultRow {
            point: None,
            measure: measure.into(),
            value,
            unit: unit.map(str::to_owned),
            status: if value.is_some() { "ok" } else { "failed" }.to_owned(),
        }
    }
}

/// An alert that a stage raises.
#[derive(Debug, Clone, Serialize)]
pub struct Alert {
    /// The stage that raised it, such as `spc`.
    pub source: String,
    /// `info`, `warning` or `critical`.
    pub severity: String,
    /// One line for people.
    pub message: String,
    /// Details, a JSON object.
    pub details: Option<String>,
}

/// Writes a job's start and seals it; `locked` is whether the job holds a lock while it runs.
pub(crate) fn insert_job(c: &Connection, job: &JobStart, locked: bool) -> rusqlite::Result<()> {
    c.prepare_cached(
        "INSERT INTO jobs (job_id, command, folder, user, uid, version, status, submitted_at, parameters, recipe, locked)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'running', ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        job.job_id,
        job.command,
        job.folder,
        job.user,
        job.uid,
        job.version,
        job.submitted_at,
        job.parameters,
        job.recipe,
        locked
    ])?;
    audit::seal(c, Kind::Start, &job.job_id, None)
}

pub(crate) fn insert_stage(c: &Connection, job_id: &str, stage: &Stage) -> rusqlite::Result<()> {
    c.prepare_cached(
        "INSERT INTO job_stages (job_id, stage, status, started_at, completed_at, duration_s, exit_code)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        job_id,
        stage.stage,
        stage.status,
        stage.started_at,
        stage.completed_at,
        stage.duration_s,
        stage.exit_code
    ])
    .map(drop)
}

pub(crate) fn finish_job(c: &Connection, job_id: &str, end: &JobEnd) -> rusqlite::Result<()> {
    c.prepare_cached(
        "UPDATE jobs SET status = ?2, exit_code = ?3, completed_at = ?4, duration_s = ?5,
         error_message = ?6, recipe = coalesce(?7, recipe) WHERE job_id = ?1",
    )?
    .execute(params![
        job_id,
        end.status,
        end.exit_code,
        end.completed_at,
        end.duration_s,
        end.error_message,
        end.recipe
    ])?;
    for stage in &end.stages {
        insert_stage(c, job_id, stage)?;
    }
    for input in &end.inputs {
        insert_input(c, job_id, input)?;
    }
    let mut insert = c.prepare_cached(
        "INSERT INTO results (job_id, point, measure, value, unit, status) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for row in &end.results {
        insert.execute(params![job_id, row.point, row.measure, row.value, row.unit, row.status])?;
    }
    let mut insert = c.prepare_cached(
        "INSERT INTO alerts (job_id, raised_at, source, severity, message, details) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for alert in &end.alerts {
        insert.execute(params![
            job_id,
            end.completed_at,
            alert.source,
            alert.severity,
            alert.message,
            alert.details
        ])?;
    }
    audit::seal(c, Kind::End, job_id, None)
}

fn insert_input(c: &Connection, job_id: &str, input: &Input) -> rusqlite::Result<()> {
    if let Some(text) = &input.text {
        c.prepare_cached("INSERT OR IGNORE INTO texts (digest, text) VALUES (?1, ?2)")?
            .execute(params![input.digest, text])?;
    }
    c.prepare_cached("INSERT INTO inputs (job_id, kind, name, digest) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![job_id, input.kind, input.name, input.digest])
        .map(drop)
}
