//! The local SQLite journal: jobs, their stages, results and alerts, and an audit chain over them.
//!
//! Times are RFC 3339 texts that the caller passes in. Every writer begins with `BEGIN IMMEDIATE`,
//! so that two writers wait for each other instead of failing; readers never block (WAL).

mod alerts;
mod audit;
mod database;
mod filter;
mod prune;
mod query;
mod record;
pub mod registry;
mod running;
mod schema;
mod tags;

pub use alerts::{Action, Actor, Change, RaisedAlert};
pub use audit::{Anchor, AuditFault, Head, Verified};
pub use filter::{Filter, TrendRow};
pub use prune::LetGo;
pub use query::{Statistics, StatusCount};
pub use record::{Alert, Input, Job, JobEnd, JobStart, ResultRow, Stage};
pub use tags::{NOTE, Tag};

use database::said;
use running::RunLock;
use rusqlite::Connection;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Why the history could not be used.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The folder of the database cannot be made.
    #[error("cannot create {0}: {1}")]
    Folder(String, std::io::Error),
    /// SQLite reported an error.
    #[error("{path}: {}", said(.reason))]
    Sqlite {
        /// The database.
        path: String,
        /// What SQLite reported.
        reason: rusqlite::Error,
    },
    /// The file is not a database of libchar.
    #[error("{path} is not a database of libchar: {what}; name another file")]
    Foreign {
        /// The database.
        path: String,
        /// How that shows.
        what: String,
    },
    /// Something is not in the state that a change needs.
    #[error("{0}")]
    NotNow(String),
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
    path: PathBuf,
    note: Option<String>,
    running: RefCell<Option<RunLock>>,
    _copy: Option<TempDir>,
}

impl History {
    /// Opens the database, creating or migrating it as needed.
    pub fn open(path: &Path) -> Result<History, HistoryError> {
        let (connection, note) = database::open(path, &schema::SCHEMA)?;
        let running = RefCell::default();
        Ok(History { connection, path: path.to_owned(), note, running, _copy: None })
    }

    /// Opens the database for reading, which needs only the right to read it and changes nothing.
    pub fn read(path: &Path) -> Result<History, HistoryError> {
        let database::ReadOnly { connection, copy } =
            database::open_to_read(path, &schema::SCHEMA)?;
        let running = RefCell::default();
        Ok(History { connection, path: path.to_owned(), note: None, running, _copy: copy })
    }

    /// What the user should know about how the database was opened, such as the fallback from WAL.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    fn wrap<T>(&self, result: rusqlite::Result<T>) -> Result<T, HistoryError> {
        result.map_err(|reason| HistoryError::Sqlite {
            path: self.path.display().to_string(),
            reason,
        })
    }

    fn write<T>(
        &self,
        body: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, HistoryError> {
        self.wrap(database::immediate(&self.connection, body))
    }

    /// Writes and seals that a job has started. Also settles the jobs that ended without recording
    /// it.
    pub fn begin(&self, job: &JobStart) -> Result<(), HistoryError> {
        let lock = RunLock::take(&self.path, &job.job_id);
        self.write(|c| {
            running::settle(c, &self.path)?;
            record::insert_job(c, job, lock.is_some())
        })?;
        self.running.replace(lock);
        Ok(())
    }

    /// Writes how a job ended, with its results and alerts, and seals it in the audit chain.
    pub fn finish(&self, job_id: &str, end: &JobEnd) -> Result<(), HistoryError> {
        self.write(|c| record::finish_job(c, job_id, end))?;
        self.running.take();
        Ok(())
    }

    /// Writes a whole short job at once: one transaction.
    pub fn record(&self, job: &JobStart, end: &JobEnd) -> Result<(), HistoryError> {
        self.write(|c| {
            running::settle(c, &self.path)?;
            record::insert_job(c, job, false)?;
            record::finish_job(c, &job.job_id, end)
        })
    }

    /// Adds one finished stage of a job that runs several.
    pub fn add_stage(&self, job_id: &str, stage: &Stage) -> Result<(), HistoryError> {
        self.write(|c| record::insert_stage(c, job_id, stage))
    }

    /// The jobs that are recorded as running but whose processes are gone.
    pub fn lost(&self) -> Result<Vec<String>, HistoryError> {
        self.wrap(running::lost(&self.connection, &self.path))
    }

    /// Records the lost jobs as lost.
    pub fn settle(&self) -> Result<(), HistoryError> {
        self.write(|c| running::settle(c, &self.path))
    }

    /// The end of the audit chain.
    pub fn head(&self) -> Result<Head, HistoryError> {
        self.wrap(audit::head(&self.connection))
    }

    /// Compares the database with its audit chain, and the chain with the ends that were recorded
    /// elsewhere.
    pub fn verify(&self, anchors: &[Anchor]) -> Verified {
        audit::verify(&self.connection, anchors)
    }

    /// Writes the whole history, as it is at this moment, to a new file, even while others write to
    /// it.
    pub fn back_up(&self, to: &Path) -> Result<(), HistoryError> {
        self.wrap(database::snapshot(&self.connection, to))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Action, Actor, Alert, Anchor, AuditFault, Change, Filter, Head, History, Input, JobEnd,
        JobStart, ResultRow, Stage, Verified,
    };
    use rusqlite::Connection;

    fn start(id: &str) -> JobStart {
        JobStart {
            job_id: id.to_owned(),
            command: "spc chart".to_owned(),
            folder: "/tmp/x".to_owned(),
            user: "eva".to_owned(),
            uid: 1000,
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
            inputs: vec![Input::text("settings", "effective", "[run]")],
            stages: vec![Stage {
                stage: "gen".to_owned(),
                status: "done".to_owned(),
                started_at: "2026-01-02T03:04:05Z".to_owned(),
                completed_at: None,
                duration_s: Some(0.5),
                exit_code: Some(0),
            }],
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
        assert_eq!(history.alerts(10, false).unwrap()[0].alert.message, "rule 1");
        assert_eq!(history.statistics().unwrap().jobs, 1);
    }

    fn actor() -> Actor {
        Actor { user: "eva".to_owned(), uid: 1000, at: "2026-01-03T00:00:00Z".to_owned() }
    }

    /// A history of three jobs with everything that the chain covers.
    fn filled() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        let history = History::open(&path).unwrap();
        for id in ["a-1", "a-2", "a-3"] {
            history.record(&start(id), &end()).unwrap();
        }
        let why = Some("a test".to_owned());
        let change = Change { action: Action::Resolved, why, was_actionable: Some(false) };
        let alert = history.change_alert(1, &change, &actor()).unwrap().unwrap();
        assert_eq!((alert.state.as_str(), alert.was_actionable), ("resolved", Some(false)));
        assert!(history.change_alert(1, &change, &actor()).is_err());
        assert!(history.change_alert(9, &change, &actor()).unwrap().is_none());
        history.tag("a-2", &[("lot".to_owned(), "L7".to_owned())], &actor()).unwrap();
        assert_eq!(history.verify(&[]).faults, []);
        (folder, path)
    }

    fn verify_after(sql: &str) -> Verified {
        let (_folder, path) = filled();
        let tampered = Connection::open(&path).unwrap();
        tampered.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
        History::read(&path).unwrap().verify(&[])
    }

    #[test]
    fn every_change_breaks_the_audit_chain_and_the_first_is_named() {
        for (sql, seq, job) in [
            ("UPDATE jobs SET exit_code = 0 WHERE job_id = 'a-2'", Some(4), "a-2"),
            ("UPDATE jobs SET duration_s = 9 WHERE job_id = 'a-2'", Some(4), "a-2"),
            ("UPDATE jobs SET user = 'bob' WHERE job_id = 'a-1'", Some(1), "a-1"),
            ("UPDATE jobs SET uid = 0 WHERE job_id = 'a-1'", Some(1), "a-1"),
            ("UPDATE jobs SET user = CAST(x'ff' AS TEXT) WHERE job_id = 'a-1'", Some(1), "a-1"),
            ("DELETE FROM jobs WHERE job_id = 'a-3'", Some(5), "a-3"),
            ("UPDATE results SET value = 1.34 WHERE job_id = 'a-2'", Some(4), "a-2"),
            ("DELETE FROM results WHERE job_id = 'a-2'", Some(4), "a-2"),
            ("UPDATE job_stages SET duration_s = 0 WHERE job_id = 'a-2'", Some(4), "a-2"),
            ("DELETE FROM job_stages WHERE job_id = 'a-2'", Some(4), "a-2"),
            ("UPDATE alerts SET severity = 'info' WHERE job_id = 'a-2'", Some(4), "a-2"),
            ("DELETE FROM alerts WHERE job_id = 'a-2'", Some(4), "a-2"),
            ("UPDATE inputs SET digest = 'x' WHERE job_id = 'a-2'", Some(4), "a-2"),
            ("UPDATE alert_events SET user = 'bob'", Some(7), "a-1"),
            ("DELETE FROM alert_events", Some(7), "a-1"),
            ("UPDATE tags SET value = 'L8'", Some(8), "a-2"),
            ("UPDATE alerts SET state = 'resolved' WHERE job_id = 'a-2'", None, "a-2"),
            ("UPDATE texts SET text = 'x'", None, ""),
            (
                "INSERT INTO alerts (job_id, raised_at, source, severity, message) VALUES ('z', '', '', '', '')",
                None,
                "",
            ),
            ("INSERT INTO results (job_id, measure, status) VALUES ('z', 'm', 'ok')", None, ""),
            (
                "INSERT INTO alert_events (alert_id, at, user, action) VALUES (2, '', '', 'open')",
                None,
                "",
            ),
            (
                "INSERT INTO tags (job_id, at, user, name, value) VALUES ('a-1', '', '', 'a', 'b')",
                None,
                "",
            ),
            (
                "INSERT INTO jobs (job_id, command, folder, user, version, status, submitted_at) VALUES ('z', '', '', '', '', 'done', '')",
                None,
                "z",
            ),
            ("UPDATE audit SET content = 'x' WHERE seq = 2", Some(2), "a-1"),
            ("UPDATE audit SET subject = 8 WHERE seq = 2", Some(2), "a-1"),
            ("UPDATE audit SET kind = x'00' WHERE seq = 2", Some(2), ""),
            ("DELETE FROM audit WHERE seq = 2", Some(3), "a-2"),
            ("DELETE FROM audit WHERE seq = 1", Some(2), ""),
            (
                "UPDATE audit SET seq = 99 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 99",
                Some(3),
                "a-2",
            ),
            ("DELETE FROM audit WHERE seq = 8; DELETE FROM tags", Some(8), ""),
            (
                "DELETE FROM jobs; DELETE FROM results; DELETE FROM alerts; DELETE FROM audit",
                Some(1),
                "",
            ),
        ] {
            let faults = verify_after(sql).faults;
            let first = faults.first().unwrap_or_else(|| panic!("not found: {sql}"));
            assert_eq!((first.seq, first.job_id.as_str()), (seq, job), "{sql}: {faults:?}");
        }
    }

    #[test]
    fn a_cut_chain_is_seen_by_who_remembers_its_end() {
        let (_folder, path) = filled();
        let anchor = |head| [Anchor { source: "a set".to_owned(), head }];
        let head = History::read(&path).unwrap().head().unwrap();
        assert_eq!(head.entries, 8);
        assert_eq!(History::read(&path).unwrap().verify(&anchor(head.clone())).faults, []);
        let sql = "DELETE FROM audit WHERE seq > 6; DELETE FROM tags; DELETE FROM alert_events;
                   UPDATE alerts SET state = 'open'; UPDATE sqlite_sequence SET seq = 6 WHERE name = 'audit'";
        let tampered = Connection::open(&path).unwrap();
        tampered.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
        let history = History::read(&path).unwrap();
        assert_eq!(history.verify(&[]).faults, [], "nothing in the file tells");
        let faults = history.verify(&anchor(head)).faults;
        assert_eq!(faults[0].seq, Some(7));
        assert_eq!(faults[0].reason, "a set remembers 8 entries, and the chain ends after 6");
        let other = anchor(Head { entries: 3, hash: "x".to_owned() });
        assert_eq!(history.verify(&other).faults[0].seq, Some(3));
    }

    #[test]
    fn what_is_let_go_is_told_and_the_rest_verifies() {
        let (_folder, path) = filled();
        let history = History::open(&path).unwrap();
        // The tag on a-2 was sealed after everything of a-3, so both jobs stay.
        let dry = history.prune(1, &actor(), true).unwrap();
        assert_eq!(dry.jobs, [""; 0]);
        history.record(&start("a-4"), &end()).unwrap();
        let let_go = history.prune(1, &actor(), false).unwrap();
        assert_eq!(
            (let_go.jobs, let_go.open_alerts),
            (vec!["a-1".into(), "a-2".into(), "a-3".into()], 2)
        );
        assert_eq!(history.verify(&[]).faults, []);
        assert_eq!(history.jobs(&Filter::default()).unwrap().len(), 1);
        Connection::open(&path).unwrap().execute("UPDATE prunes SET jobs = 1", []).unwrap();
        assert!(!history.verify(&[]).faults.is_empty());
    }

    #[test]
    fn jobs_that_ended_without_a_word_are_settled_by_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        let history = History::open(&path).unwrap();
        history.begin(&start("a-1")).unwrap();
        let other = History::open(&path).unwrap();
        other.record(&start("a-2"), &end()).unwrap();
        assert_eq!(other.job("a-1").unwrap().unwrap().status, "running", "its lock is held");
        drop(history);
        assert_eq!(other.lost().unwrap(), ["a-1"]);
        other.record(&start("a-3"), &end()).unwrap();
        assert_eq!(other.job("a-1").unwrap().unwrap().status, "lost");
        assert_eq!(other.verify(&[]).faults, []);
    }

    #[test]
    fn jobs_are_found_by_any_of_their_marks() {
        let (_folder, path) = filled();
        let history = History::read(&path).unwrap();
        let found = |filter: Filter| -> Vec<String> {
            history.jobs(&filter).unwrap().into_iter().map(|job| job.job_id).collect()
        };
        let text = |text: &str| Some(text.to_owned());
        let all = ["a-3", "a-2", "a-1"];
        assert_eq!(found(Filter { command: text("spc"), ..Filter::default() }), all);
        assert_eq!(found(Filter { folder: text("/tmp"), ..Filter::default() }), all);
        assert_eq!(found(Filter { measure: text("cpk"), ..Filter::default() }), all);
        assert_eq!(found(Filter { text: text("RULE 1"), ..Filter::default() }), all);
        assert_eq!(found(Filter { since: text("2026-01-02T03:04:05Z"), ..Filter::default() }), all);
        let tags = |value: Option<&str>| vec![("lot".to_owned(), value.map(str::to_owned))];
        assert_eq!(found(Filter { tags: tags(Some("L7")), ..Filter::default() }), ["a-2"]);
        assert_eq!(found(Filter { text: text("l7"), ..Filter::default() }), ["a-2"]);
        for none in [
            Filter { command: text("sp"), ..Filter::default() },
            Filter { folder: text("/tmp/x/y"), ..Filter::default() },
            Filter { measure: text("cp"), ..Filter::default() },
            Filter { until: text("2026-01-02T03:04:05Z"), ..Filter::default() },
            Filter { user: text("bob"), ..Filter::default() },
            Filter { status: text("done"), ..Filter::default() },
            Filter { tags: tags(Some("L8")), ..Filter::default() },
        ] {
            assert_eq!(found(none.clone()), [""; 0], "{none:?}");
        }
        let trend = history.trend("cpk", None, &Filter::newest(2)).unwrap();
        assert_eq!((trend.len(), trend[0].job_id.as_str(), trend[0].mean), (2, "a-2", 1.33));
        assert_eq!(history.measures().unwrap(), ["cpk"]);
    }

    #[test]
    fn a_history_of_0_1_is_migrated_and_its_chain_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        let fixture =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/written-by-0.1/history-killed.db");
        std::fs::copy(fixture, &path).unwrap();
        let before = std::fs::read(&path).unwrap();
        let history = History::read(&path).unwrap();
        assert_eq!(history.verify(&[]).faults, []);
        assert_eq!(history.lost().unwrap().len(), 1);
        assert_eq!(std::fs::read(&path).unwrap(), before, "reading changes nothing");
        drop(history);
        let history = History::open(&path).unwrap();
        history.record(&start("a-1"), &end()).unwrap();
        // Six entries of version 0.1, seven found by the migration, one lost job, two of the new
        // job.
        assert_eq!(history.head().unwrap().entries, 16);
        assert_eq!(
            history.verify(&[]),
            Verified { head: history.head().unwrap(), ..Verified::default() }
        );
        let sql = "UPDATE alerts SET message = 'nothing' WHERE alert_id = 1";
        Connection::open(&path).unwrap().execute(sql, []).unwrap();
        let faults: Vec<AuditFault> = history.verify(&[]).faults;
        assert_eq!((faults.len(), faults[0].seq), (1, Some(8)), "{faults:?}");
    }

    #[test]
    fn whoever_can_read_the_file_can_read_the_history() {
        let (folder, path) = filled();
        // A copy without the memory that writers share, in a folder that nobody can write to, as
        // when a database is carried elsewhere.
        let place = folder.path().join("place");
        std::fs::create_dir(&place).unwrap();
        std::fs::copy(&path, place.join("history.db")).unwrap();
        std::fs::copy(folder.path().join("history.db-wal"), place.join("history.db-wal")).unwrap();
        std::fs::set_permissions(&place, std::os::unix::fs::PermissionsExt::from_mode(0o555))
            .unwrap();
        let history = History::read(&place.join("history.db")).unwrap();
        assert_eq!(history.verify(&[]).faults, []);
        assert_eq!(history.jobs(&Filter::default()).unwrap().len(), 3);
        drop(history);
        std::fs::set_permissions(&place, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .unwrap();
        let empty = folder.path().join("empty.db");
        std::fs::write(&empty, "").unwrap();
        assert!(History::read(&empty).unwrap_err().to_string().contains("it is empty"));
    }

    #[test]
    fn a_backup_is_a_whole_history() {
        let (folder, path) = filled();
        let copy = folder.path().join("copy.db");
        let history = History::open(&path).unwrap();
        history.back_up(&copy).unwrap();
        assert!(history.back_up(&copy).is_err(), "nothing is overwritten");
        let copy = History::read(&copy).unwrap();
        assert_eq!(copy.verify(&[]), history.verify(&[]));
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
