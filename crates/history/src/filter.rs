//! Chooses jobs, and follows a measure through them.

use crate::query::{JOB_COLUMNS, job};
use crate::record::Job;
use crate::tags::CURRENT;
use crate::{History, HistoryError};
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;

/// Which jobs are chosen; every condition that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The command, or its first words: `spc` also stands for `spc chart`.
    pub command: Option<String>,
    /// The folder that it worked in, or one above that.
    pub folder: Option<String>,
    /// Its status.
    pub status: Option<String>,
    /// Who ran it.
    pub user: Option<String>,
    /// A measure of which it has a result.
    pub measure: Option<String>,
    /// Started at this time or later, RFC 3339 in UTC.
    pub since: Option<String>,
    /// Started before this time.
    pub until: Option<String>,
    /// Labels that it has, with this value or, if `None`, with any.
    pub tags: Vec<(String, Option<String>)>,
    /// Text that occurs in its command, folder, user, parameters, recipe, error, labels or alerts.
    pub text: Option<String>,
    /// The largest number of jobs; the newest are taken.
    pub limit: Option<usize>,
}

/// One job of a trend.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrendRow {
    /// The job.
    pub job_id: String,
    /// When it started.
    pub submitted_at: String,
    /// Number of values.
    pub n: i64,
    /// The smallest.
    pub min: f64,
    /// Their mean.
    pub mean: f64,
    /// The largest.
    pub max: f64,
    /// Their unit, if it has one.
    pub unit: Option<String>,
}

impl Filter {
    /// Chooses the newest jobs, without any condition.
    pub fn newest(limit: usize) -> Filter {
        Filter { limit: Some(limit), ..Filter::default() }
    }

    /// The conditions as SQL over `jobs j`, with their values.
    fn sql(&self) -> (String, Vec<Value>) {
        let mut conditions = vec!["1".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut add = |condition: &str, found: &[&str]| {
            let mut condition = condition.to_owned();
            for value in found {
                values.push(Value::Text((*value).to_owned()));
                condition = condition.replacen("??", &format!("?{}", values.len()), 1);
            }
            conditions.push(condition);
        };
        if let Some(command) = &self.command {
            add(
                "(command = ?? OR command GLOB ??)",
                &[command, &format!("{} *", literal(command))],
            );
        }
        if let Some(folder) = &self.folder {
            let below = format!("{}/*", literal(folder.trim_end_matches('/')));
            add("(folder = ?? OR folder GLOB ??)", &[folder, &below]);
        }
        for (column, value) in [("status", &self.status), ("user", &self.user)] {
            if let Some(value) = value {
                add(&format!("{column} = ??"), &[value]);
            }
        }
        if let Some(measure) = &self.measure {
            let sql =
                "EXISTS (SELECT 1 FROM results r WHERE r.measure = ?? AND r.job_id = j.job_id)";
            add(sql, &[measure]);
        }
        if let Some(since) = &self.since {
            add("submitted_at >= ??", &[since]);
        }
        if let Some(until) = &self.until {
            add("submitted_at < ??", &[until]);
        }
        for (name, value) in &self.tags {
            let labels = format!("EXISTS (SELECT 1 FROM ({CURRENT}) l WHERE l.job_id = j.job_id");
            match value {
                Some(value) => {
                    add(&format!("{labels} AND l.name = ?? AND l.value = ??)"), &[name, value]);
                }
                None => add(&format!("{labels} AND l.name = ??)"), &[name]),
            }
        }
        if let Some(text) = &self.text {
            let own = ["command", "folder", "user", "parameters", "recipe", "error_message"];
            let own = own.map(|column| format!("instr(lower(j.{column}), ??) > 0")).join(" OR ");
            let sql = format!(
                "({own} OR EXISTS (SELECT 1 FROM ({CURRENT}) l WHERE l.job_id = j.job_id AND instr(lower(l.value), ??) > 0)
                 OR EXISTS (SELECT 1 FROM alerts a WHERE a.job_id = j.job_id AND instr(lower(a.message), ??) > 0))"
            );
            let text = text.to_lowercase();
            add(&sql, &[text.as_str(); 8]);
        }
        (conditions.join(" AND "), values)
    }
}

/// A GLOB pattern that matches just this text.
fn literal(text: &str) -> String {
    let quote = |c: char| match c {
        '*' | '?' | '[' => format!("[{c}]"),
        c => c.to_string(),
    };
    text.chars().map(quote).collect()
}

impl History {
    /// The chosen jobs, newest first.
    pub fn jobs(&self, filter: &Filter) -> Result<Vec<Job>, HistoryError> {
        let (conditions, values) = filter.sql();
        let limit = filter.limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(-1);
        let sql = format!(
            "SELECT {JOB_COLUMNS} FROM jobs j WHERE {conditions}
             ORDER BY submitted_at DESC, rowid DESC LIMIT {limit}"
        );
        self.wrap((|| {
            self.connection.prepare(&sql)?.query_map(params_from_iter(values), job)?.collect()
        })())
    }

    /// The statistics of a measure in each of the chosen jobs, the oldest job first; if `point` is
    /// given, at that point only. Failed values do not count.
    pub fn trend(
        &self,
        measure: &str,
        point: Option<&str>,
        filter: &Filter,
    ) -> Result<Vec<TrendRow>, HistoryError> {
        let filter = Filter { measure: Some(measure.to_owned()), ..filter.clone() };
        let mut rows = Vec::new();
        for job in self.jobs(&filter)?.into_iter().rev() {
            rows.extend(self.wrap(self.trend_row(&job, measure, point))?);
        }
        Ok(rows)
    }

    fn trend_row(
        &self,
        job: &Job,
        measure: &str,
        point: Option<&str>,
    ) -> rusqlite::Result<Option<TrendRow>> {
        self.connection
            .prepare_cached(
                "SELECT count(value), min(value), avg(value), max(value), min(unit) FROM results
                 WHERE measure = ?1 AND job_id = ?2 AND (?3 IS NULL OR point = ?3)",
            )?
            .query_row((measure, &job.job_id, point), |row| {
                let n: i64 = row.get(0)?;
                if n == 0 {
                    return Ok(None);
                }
                Ok(Some(TrendRow {
                    job_id: job.job_id.clone(),
                    submitted_at: job.submitted_at.clone(),
                    n,
                    min: row.get(1)?,
                    mean: row.get(2)?,
                    max: row.get(3)?,
                    unit: row.get(4)?,
                }))
            })
    }

    /// The names of all measures, in order.
    pub fn measures(&self) -> Result<Vec<String>, HistoryError> {
        // One step in the index for each name, instead of one for each result.
        let sql = "WITH RECURSIVE m(name) AS (SELECT min(measure) FROM results UNION ALL
                   SELECT (SELECT min(measure) FROM results WHERE measure > name) FROM m WHERE name NOT NULL)
                   SELECT name FROM m WHERE name NOT NULL";
        self.wrap((|| self.connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect())())
    }
}
