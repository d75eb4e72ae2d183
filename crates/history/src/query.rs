//! Reads jobs and what belongs to them from the history.

use crate::record::{Input, Job, ResultRow, Stage};
use crate::{Filter, History, HistoryError};
use rusqlite::{OptionalExtension, Row};
use serde::Serialize;

/// The number of jobs with a status.
#[derive(Debug, Clone, Serialize)]
pub struct StatusCount {
    /// The command.
    pub command: String,
    /// The status.
    pub status: String,
    /// The number of jobs.
    pub jobs: i64,
    /// Their mean wall time.
    pub mean_duration_s: Option<f64>,
}

/// Counts over the whole history.
#[derive(Debug, Clone, Serialize)]
pub struct Statistics {
    /// Number of jobs.
    pub jobs: i64,
    /// Number of stages.
    pub job_stages: i64,
    /// Number of results.
    pub results: i64,
    /// Number of alerts that are still open.
    pub open_alerts: i64,
    /// Jobs by command and status.
    pub by_status: Vec<StatusCount>,
}

pub(crate) const JOB_COLUMNS: &str =
    "job_id, command, folder, user, version, status, submitted_at, completed_at,
    duration_s, exit_code, parameters, recipe, error_message, uid";

pub(crate) fn job(row: &Row) -> rusqlite::Result<Job> {
    Ok(Job {
        job_id: row.get(0)?,
        command: row.get(1)?,
        folder: row.get(2)?,
        user: row.get(3)?,
        version: row.get(4)?,
        status: row.get(5)?,
        submitted_at: row.get(6)?,
        completed_at: row.get(7)?,
        duration_s: row.get(8)?,
        exit_code: row.get(9)?,
        parameters: row.get(10)?,
        recipe: row.get(11)?,
        error_message: row.get(12)?,
        uid: row.get(13)?,
    })
}

impl History {
    /// Finds the job with this id, or the only one whose id begins with it; `latest` is the newest
    /// job.
    pub fn job(&self, id: &str) -> Result<Option<Job>, HistoryError> {
        if id == "latest" {
            return Ok(self.jobs(&Filter::newest(1))?.pop());
        }
        let pattern = format!("{}*", id.replace(['*', '?', '['], ""));
        let mut jobs: Vec<Job> = self.wrap((|| {
            let sql = format!(
                "SELECT {JOB_COLUMNS} FROM jobs WHERE job_id = ?1 OR job_id GLOB ?2 LIMIT 3"
            );
            self.connection.prepare(&sql)?.query_map([id, &pattern], job)?.collect()
        })())?;
        if let Some(exact) = jobs.iter().position(|job| job.job_id == id) {
            return Ok(Some(jobs.swap_remove(exact)));
        }
        Ok(if jobs.len() == 1 { jobs.pop() } else { None })
    }

    /// The stages of a job, in order.
    pub fn stages(&self, job_id: &str) -> Result<Vec<Stage>, HistoryError> {
        self.wrap((|| {
            self.connection
                .prepare_cached(
                    "SELECT stage, status, started_at, completed_at, duration_s, exit_code
                     FROM job_stages WHERE job_id = ?1 ORDER BY stage_id",
                )?
                .query_map([job_id], |row| {
                    Ok(Stage {
                        stage: row.get(0)?,
                        status: row.get(1)?,
                        started_at: row.get(2)?,
                        completed_at: row.get(3)?,
                        duration_s: row.get(4)?,
                        exit_code: row.get(5)?,
                    })
                })?
                .collect()
        })())
    }

    /// The results of a job, in order.
    pub fn results(&self, job_id: &str) -> Result<Vec<ResultRow>, HistoryError> {
        self.wrap((|| {
            self.connection
                .prepare_cached(
                    "SELECT point, measure, value, unit, status FROM results WHERE job_id = ?1 ORDER BY result_id",
                )?
                .query_map([job_id], |row| {
                    Ok(ResultRow {
                        point: row.get(0)?,
                        measure: row.get(1)?,
                        value: row.get(2)?,
                        unit: row.get(3)?,
                        status: row.get(4)?,
                    })
                })?
                .collect()
        })())
    }

    /// The inputs that decided the results of a job, in order.
    pub fn inputs(&self, job_id: &str) -> Result<Vec<Input>, HistoryError> {
        self.wrap((|| {
            self.connection
                .prepare_cached(
                    "SELECT kind, name, i.digest, text FROM inputs i LEFT JOIN texts t ON t.digest = i.digest
                     WHERE job_id = ?1 ORDER BY input_id",
                )?
                .query_map([job_id], |row| {
                    Ok(Input {
                        kind: row.get(0)?,
                        name: row.get(1)?,
                        digest: row.get(2)?,
                        text: row.get(3)?,
                    })
                })?
                .collect()
        })())
    }

    /// Counts over the whole history.
    pub fn statistics(&self) -> Result<Statistics, HistoryError> {
        self.wrap((|| {
            let count = |sql: &str| self.connection.query_row(sql, [], |row| row.get(0)).optional();
            let by_status = self
                .connection
                .prepare(
                    "SELECT command, status, count(*), avg(duration_s) FROM jobs
                     GROUP BY command, status ORDER BY command, status",
                )?
                .query_map([], |row| {
                    Ok(StatusCount {
                        command: row.get(0)?,
                        status: row.get(1)?,
                        jobs: row.get(2)?,
                        mean_duration_s: row.get(3)?,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Statistics {
                jobs: count("SELECT count(*) FROM jobs")?.unwrap_or(0),
                job_stages: count("SELECT count(*) FROM job_stages")?.unwrap_or(0),
                results: count("SELECT count(*) FROM results")?.unwrap_or(0),
                open_alerts: count("SELECT count(*) FROM alerts WHERE state = 'open'")?
                    .unwrap_or(0),
                by_status,
            })
        })())
    }
}
