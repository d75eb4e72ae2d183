//! The local SQLite journal: jobs, their stages, results and alerts, and an audit chain over them.
//!
//! Times are RFC 3339 texts that the caller passes in. Every writer begins with `BEGIN IMMEDIATE`, so that
//! two of them wait for each other instead of failing; readers never block (WAL).

mod audit;
mod database;
mod query;
mod record;
pub mod registry;

pub use audit::AuditFault;
pub use query::{RaisedAlert, Statistics, StatusCount};
pub use record::{Alert, Job, JobEnd, JobStart, ResultRow, Stage};

use rusqlite::{Connection, params};
use std::path::Path;

/// Why the history could not be used.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The folder of the database cannot be made.
    #[error("cannot create {0}: {1}")]
    Folder(String, std::io::Error),
    /// SQLite says why.
    #[error("{path}: {reason}")]
    Sqlite {
        /// The database.
        path: String,
        /// What SQLite reported.
        reason: rusqlite::Error,
    },
    /// The database was written by a newer libchar.
    #[error("{path}: schema version {found} is newer than this libchar's {known}; update libchar")]
    Newer {
        /// The database.
        path: String,
        /// Its version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
}

/// An open history.
#[derive(Debug)]
pub struct History {
    connection: Connection,
    path: String,
    note: Option<String>,
}

impl History {
    /// Opens the database, creating or migrating it as needed.
    pub fn open(path: &Path) -> Result<History, HistoryError> {
        database::open(path, MIGRATIONS).map(|(connection, note)| History {
            connection,
            path: path.display().to_string(),
            note,
        })
    }

    /// What the user should know about how the database was opened, such as the fallback from WAL.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    fn wrap<T>(&self, result: rusqlite::Result<T>) -> Result<T, HistoryError> {
        result.map_err(|reason| HistoryError::Sqlite { path: self.path.clone(), reason })
    }

    fn write<T>(
        &self,
        body: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, HistoryError> {
        self.wrap(database::immediate(&self.connection, body))
    }

    /// Writes that a job has started.
    pub fn begin(&self, job: &JobStart) -> Result<(), HistoryError> {
        self.write(|c| record::insert_job(c, job))
    }

    /// Writes how a job ended, with its results and alerts, and seals it in the audit chain.
    pub fn finish(&self, job_id: &str, end: &JobEnd) -> Result<(), HistoryError> {
        self.write(|c| record::finish_job(c, job_id, end))
    }

    /// Writes a whole short job at once: one transaction.
    pub fn record(&self, job: &JobStart, end: &JobEnd) -> Result<(), HistoryError> {
        self.write(|c| {
            record::insert_job(c, job)?;
            record::finish_job(c, &job.job_id, end)
        })
    }

    /// Adds one finished stage of a job that runs several.
    pub fn add_stage(&self, job_id: &str, stage: &Stage) -> Result<(), HistoryError> {
        self.write(|c| record::insert_stage(c, job_id, stage))
    }

    /// Checks the audit chain from its first entry: every entry's hash follows from its content and from the one before.
    pub fn verify(&self) -> Result<Vec<AuditFault>, HistoryError> {
        self.wrap(audit::verify(&self.connection))
    }

    /// Changes the state of an alert; returns whether the alert exists.
    pub fn set_alert_state(
        &self,
        alert_id: i64,
        state: &str,
        at: &str,
    ) -> Result<bool, HistoryError> {
        self.write(|c| {
            let changed = c.execute(
                "UPDATE alerts SET state = ?2, changed_at = ?3 WHERE alert_id = ?1",
                params![alert_id, state, at],
            )?;
            Ok(changed > 0)
        })
    }
}

/// Schema changes in order; the database's `user_version` counts those it has seen.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE jobs (
        job_id TEXT PRIMARY KEY,
        command TEXT NOT NULL,
        folder TEXT NOT NULL,
        user TEXT NOT NULL,
        version TEXT NOT NULL,
        status TEXT NOT NULL,
        submitted_at TEXT NOT NULL,
        completed_at TEXT,
        duration_s REAL,
        exit_code INTEGER,
        parameters TEXT,
        recipe TEXT,
        error_message TEXT
    );
    CREATE INDEX jobs_submitted ON jobs(submitted_at);
    CREATE TABLE job_stages (
        stage_id INTEGER PRIMARY KEY,
        job_id TEXT NOT NULL REFERENCES jobs(job_id),
        stage TEXT NOT NULL,
        status TEXT NOT NULL,
        started_at TEXT NOT NULL,
        completed_at TEXT,
        duration_s REAL,
        exit_code INTEGER
    );
    CREATE INDEX job_stages_job ON job_stages(job_id);
    CREATE TABLE results (
        result_id INTEGER PRIMARY KEY,
        job_id TEXT NOT NULL REFERENCES jobs(job_id),
        point TEXT,
        measure TEXT NOT NULL,
        value REAL,
        unit TEXT,
        status TEXT NOT NULL
    );
    CREATE INDEX results_job ON results(job_id);
    CREATE TABLE alerts (
        alert_id INTEGER PRIMARY KEY,
        job_id TEXT REFERENCES jobs(job_id),
        raised_at TEXT NOT NULL,
        source TEXT NOT NULL,
        severity TEXT NOT NULL,
        message TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'open',
        changed_at TEXT,
        details TEXT
    );
    CREATE TABLE audit (
        seq INTEGER PRIMARY KEY,
        job_id TEXT NOT NULL,
        content TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL
    );
"];

#[cfg(test)]
mod tests {
    use super::{Alert, History, JobEnd, JobStart, ResultRow};
    use rusqlite::Connection;

    fn start(id: &str) -> JobStart {
        JobStart {
            job_id: id.to_owned(),
            command: "spc chart".to_owned(),
            folder: "/tmp/x".to_owned(),
            user: "eva".to_owned(),
            version: "0.1.0".to_owned(),
            submitted_at: "2026-01-02T03:04:05Z".to_owned(),
            parameters: Some("{}".to_owned()),
            recipe: None,
        }
    }

    fn end() -> JobEnd {
        JobEnd {
            status: "findings".to_owned(),
            exit_code: 1,
            completed_at: "2026-01-02T03:04:06Z".to_owned(),
            duration_s: 1.0,
            error_message: None,
            recipe: Some("[step]".to_owned()),
            stages: Vec::new(),
            results: vec![ResultRow::value("cpk", 1.33, None)],
            alerts: vec![Alert {
                source: "spc".to_owned(),
                severity: "critical".to_owned(),
                message: "rule 1".to_owned(),
                details: None,
            }],
        }
    }

    #[test]
    fn a_job_comes_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".libchar/history.db");
        let history = History::open(&path).unwrap();
        history.record(&start("a-1"), &end()).unwrap();
        let job = history.job("a-1").unwrap().unwrap();
        assert_eq!((job.status.as_str(), job.exit_code), ("findings", Some(1)));
        assert_eq!(job.recipe.as_deref(), Some("[step]"));
        assert_eq!(history.results("a-1").unwrap()[0].value, Some(1.33));
        assert_eq!(history.alerts(10).unwrap()[0].alert.message, "rule 1");
        assert_eq!(history.statistics().unwrap().jobs, 1);
    }

    #[test]
    fn a_changed_row_breaks_the_audit_chain() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        let history = History::open(&path).unwrap();
        for id in ["a-1", "a-2", "a-3"] {
            history.record(&start(id), &end()).unwrap();
        }
        assert_eq!(history.verify().unwrap(), []);
        let other = Connection::open(&path).unwrap();
        other.execute("UPDATE audit SET content = 'x' WHERE seq = 2", []).unwrap();
        assert_eq!(history.verify().unwrap()[0].job_id, "a-2");
        other.execute("DELETE FROM audit WHERE seq = 2", []).unwrap();
        assert_eq!(history.verify().unwrap()[0].job_id, "a-3");
    }

    #[test]
    fn a_database_from_the_future_is_refused_and_garbage_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        drop(History::open(&path).unwrap());
        let other = Connection::open(&path).unwrap();
        other.pragma_update(None, "user_version", 99).unwrap();
        drop(other);
        assert!(History::open(&path).unwrap_err().to_string().contains("newer than this libchar"));
        let garbage = folder.path().join("garbage.db");
        std::fs::write(&garbage, "this is not a database".repeat(500)).unwrap();
        assert!(History::open(&garbage).unwrap_err().to_string().contains("not a database"));
    }
}
