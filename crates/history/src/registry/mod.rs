//! The model registry: models, their trial in the shadow of production, alerts, and the jobs that a
//! model lets through. Unlike the history, it is state that its commands cannot work without.

mod alerts;
pub mod counts;
pub mod exchange;
mod jobs;
mod models;
mod outcomes;
mod state;

pub use alerts::{AlertChange, LithoAlert, NewAlert};
pub use jobs::{LithoJob, Transition};
pub use models::{LITHO, Model, NewModel, ShadowJob, Status};
pub use outcomes::{Added, MeasuredOutcome, WholeJob};
pub use state::JobState;

use crate::HistoryError;
use crate::database::{self, Migration, Schema, no_more};
use rusqlite::Connection;
use std::path::Path;

/// Why the registry refused a request.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// The database could not be used.
    #[error(transparent)]
    Database(#[from] HistoryError),
    /// There is nothing of this name.
    #[error("no {what} `{name}`{}", hint(.known))]
    Unknown {
        /// `model`, `job` or `alert`.
        what: &'static str,
        /// What was asked for.
        name: String,
        /// Names that exist; only a few.
        known: Vec<String>,
    },
    /// A name is taken.
    #[error("{what} `{name}` exists already")]
    Exists {
        /// `model` or `job`.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A job cannot go from one state to another.
    #[error("job `{job}` is {from}: it cannot become {to}; from {from} it can become {legal}")]
    Illegal {
        /// The job.
        job: String,
        /// Its state.
        from: JobState,
        /// The state that was asked for.
        to: JobState,
        /// The states that it can reach from there.
        legal: String,
    },
    /// A model or alert is not in the state that the change needs.
    #[error("{0}")]
    NotNow(String),
}

fn hint(known: &[String]) -> String {
    if known.is_empty() { String::new() } else { format!("; there are: {}", known.join(", ")) }
}

/// An open registry.
#[derive(Debug)]
pub struct Registry {
    connection: Connection,
    path: String,
    note: Option<String>,
}

impl Registry {
    /// Opens the database, creating or migrating it as needed.
    ///
    /// # Errors
    /// [`HistoryError`] if the file is not a database, is newer than this program, or cannot be
    /// created.
    pub fn open(path: &Path) -> Result<Registry, RegistryError> {
        let (connection, note) = database::open(path, &SCHEMA)?;
        let registry = Registry { connection, path: path.display().to_string(), note };
        // Its content must survive a power cut: WAL alone would only keep the file consistent.
        registry.wrap(registry.connection.pragma_update(None, "synchronous", "FULL"))?;
        Ok(registry)
    }

    /// What the user should know about how the database was opened.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    fn wrap<T>(&self, result: rusqlite::Result<T>) -> Result<T, RegistryError> {
        let wrap = |reason| HistoryError::Sqlite { path: self.path.clone(), reason };
        result.map_err(|source| RegistryError::Database(wrap(source)))
    }

    /// Runs `body` in one transaction; a refusal rolls everything back.
    fn write<T>(
        &self,
        body: impl FnOnce(&Connection) -> rusqlite::Result<Result<T, RegistryError>>,
    ) -> Result<T, RegistryError> {
        let mut refusal = None;
        let result = database::immediate(&self.connection, |c| match body(c)? {
            Ok(value) => Ok(value),
            Err(refused) => {
                refusal = Some(refused);
                Err(rusqlite::Error::QueryReturnedNoRows)
            }
        });
        match refusal {
            Some(refused) => Err(refused),
            None => self.wrap(result),
        }
    }
}

/// `lcmr` in ASCII.
const APPLICATION_ID: i64 = 0x6c63_6d72;

const SCHEMA: Schema = Schema {
    application_id: APPLICATION_ID,
    table: "model_registry",
    migrations: &[
        Migration { sql: FIRST, then: no_more },
        Migration { sql: SECOND, then: no_more },
        Migration { sql: THIRD, then: no_more },
        Migration { sql: FOURTH, then: no_more },
        Migration { sql: FIFTH, then: no_more },
    ],
};

/// Migration: who settled an alert, and why people changed it.
const SECOND: &str = "
    ALTER TABLE alerts ADD COLUMN acknowledged_why TEXT;
    ALTER TABLE alerts ADD COLUMN resolved_by TEXT;
    ALTER TABLE alerts ADD COLUMN resolved_why TEXT;
";

/// Migration: what decides a job, as it was at its submission.
const THIRD: &str = "ALTER TABLE simulation_jobs ADD COLUMN decided_by TEXT;";

/// Migration: families of models, by what they answer; one model of each family is in production.
const FOURTH: &str = "
    ALTER TABLE model_registry ADD COLUMN family TEXT NOT NULL DEFAULT 'litho';
    DROP INDEX one_production;
    CREATE UNIQUE INDEX one_production ON model_registry(family) WHERE status = 'production';
";

/// Migration: measurements of jobs after they ran, and the duration of their steps.
const FIFTH: &str = "
    ALTER TABLE simulation_jobs ADD COLUMN preflight_s REAL;
    ALTER TABLE simulation_jobs ADD COLUMN simulation_s REAL;
    CREATE TABLE job_outcomes (
        seq INTEGER PRIMARY KEY,
        job_id TEXT NOT NULL REFERENCES simulation_jobs(job_id),
        measure TEXT NOT NULL,
        value REAL NOT NULL,
        measured_at TEXT,
        recorded_at TEXT NOT NULL,
        recorded_by TEXT,
        source TEXT
    );
    CREATE INDEX outcomes_job ON job_outcomes(job_id, measure);
";

const FIRST: &str = "
    CREATE TABLE model_registry (
        model_id TEXT PRIMARY KEY,
        version TEXT NOT NULL UNIQUE,
        trained_at TEXT NOT NULL,
        deployed_at TEXT,
        retired_at TEXT,
        status TEXT NOT NULL,
        training_samples INTEGER NOT NULL,
        overall_accuracy REAL,
        critical_accuracy REAL,
        artifact_path TEXT NOT NULL,
        artifact_sha256 TEXT NOT NULL,
        report TEXT NOT NULL,
        predecessor TEXT REFERENCES model_registry(model_id)
    );
    CREATE UNIQUE INDEX one_production ON model_registry(status) WHERE status = 'production';
    CREATE TABLE shadow_jobs (
        model_id TEXT NOT NULL REFERENCES model_registry(model_id),
        production_id TEXT NOT NULL REFERENCES model_registry(model_id),
        job_key TEXT NOT NULL,
        error REAL NOT NULL,
        production_error REAL NOT NULL,
        covered REAL NOT NULL,
        PRIMARY KEY (model_id, production_id, job_key)
    ) WITHOUT ROWID;
    CREATE TABLE alerts (
        alert_id TEXT PRIMARY KEY,
        fired_at TEXT NOT NULL,
        acknowledged_at TEXT,
        resolved_at TEXT,
        severity TEXT NOT NULL,
        job_id TEXT,
        alert_type TEXT NOT NULL,
        message TEXT NOT NULL,
        recommendation TEXT,
        acknowledged_by TEXT,
        was_actionable INTEGER
    );
    CREATE INDEX alerts_fired ON alerts(fired_at);
    CREATE TABLE simulation_jobs (
        job_id TEXT PRIMARY KEY,
        submitted_at TEXT NOT NULL,
        completed_at TEXT,
        status TEXT NOT NULL,
        submitted_by TEXT,
        job_class INTEGER NOT NULL,
        priority INTEGER NOT NULL,
        adapter_type TEXT NOT NULL,
        parameters TEXT NOT NULL,
        prediction TEXT,
        outputs TEXT,
        model_version TEXT
    );
    CREATE INDEX jobs_status ON simulation_jobs(status, priority);
    CREATE TABLE job_transitions (
        seq INTEGER PRIMARY KEY,
        job_id TEXT NOT NULL REFERENCES simulation_jobs(job_id),
        old_status TEXT,
        new_status TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        changed_by TEXT,
        note TEXT
    );
    CREATE INDEX transitions_job ON job_transitions(job_id);
";
