//! The schema of the history, and the migration from each version to the next.

use crate::audit::{self, Kind};
use crate::database::{Migration, Schema, no_more};
use rusqlite::Connection;

/// `lchr` in ASCII.
const APPLICATION_ID: i64 = 0x6c63_6872;

pub(crate) const SCHEMA: Schema = Schema {
    application_id: APPLICATION_ID,
    table: "audit",
    migrations: &[
        Migration { sql: FIRST, then: no_more },
        Migration { sql: SECOND, then: seal_what_was_found },
    ],
};

const FIRST: &str = "
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
";

/// Migration: what explains a difference, who changed an alert, labels, and a chain that covers all
/// of it. `AUTOINCREMENT` keeps the highest number, so that a chain whose end was cut off is seen
/// to be shorter than it was.
const SECOND: &str = "
    ALTER TABLE jobs ADD COLUMN uid INTEGER;
    ALTER TABLE jobs ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX jobs_status ON jobs(status);
    CREATE INDEX results_measure ON results(measure, job_id);
    CREATE INDEX alerts_job ON alerts(job_id);
    CREATE TABLE texts (
        digest TEXT PRIMARY KEY,
        text TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE inputs (
        input_id INTEGER PRIMARY KEY,
        job_id TEXT NOT NULL REFERENCES jobs(job_id),
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        digest TEXT NOT NULL
    );
    CREATE INDEX inputs_job ON inputs(job_id);
    CREATE TABLE alert_events (
        event_id INTEGER PRIMARY KEY,
        alert_id INTEGER NOT NULL REFERENCES alerts(alert_id),
        at TEXT NOT NULL,
        user TEXT NOT NULL,
        uid INTEGER,
        action TEXT NOT NULL,
        why TEXT,
        was_actionable INTEGER
    );
    CREATE INDEX alert_events_alert ON alert_events(alert_id);
    CREATE TABLE tags (
        tag_id INTEGER PRIMARY KEY,
        job_id TEXT NOT NULL REFERENCES jobs(job_id),
        at TEXT NOT NULL,
        user TEXT NOT NULL,
        uid INTEGER,
        name TEXT NOT NULL,
        value TEXT NOT NULL
    );
    CREATE INDEX tags_job ON tags(job_id);
    CREATE INDEX tags_name ON tags(name, value);
    CREATE TABLE prunes (
        prune_id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        user TEXT NOT NULL,
        uid INTEGER,
        last_seq INTEGER NOT NULL,
        last_hash TEXT NOT NULL,
        jobs INTEGER NOT NULL
    );
    ALTER TABLE audit RENAME TO audit_of_0_1;
    CREATE TABLE audit (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        job_id TEXT NOT NULL,
        subject INTEGER,
        content TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL
    );
    CREATE INDEX audit_job ON audit(job_id);
    INSERT INTO audit (seq, kind, job_id, content, previous, hash)
        SELECT seq, 'first', job_id, content, previous, hash FROM audit_of_0_1 ORDER BY seq;
    DROP TABLE audit_of_0_1;
";

/// Seals what version 0.1 left out of its chain, such as alerts, in its present state.
fn seal_what_was_found(c: &Connection) -> rusqlite::Result<()> {
    let jobs: Vec<(String, String)> = c
        .prepare("SELECT job_id, status FROM jobs ORDER BY submitted_at, rowid")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (job_id, status) in jobs {
        let kind = if status == "running" { Kind::Start } else { Kind::Found };
        audit::seal(c, kind, &job_id, None)?;
    }
    Ok(())
}
