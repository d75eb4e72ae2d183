//! The audit chain: each finished job is sealed by a hash over its content and over the seal before it.

use libchar_core::hash::sha256;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

/// An entry whose hash does not follow from its content and its predecessor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditFault {
    /// Position in the chain.
    pub seq: i64,
    /// The job of the entry.
    pub job_id: String,
    /// What does not fit.
    pub reason: String,
}

/// What is sealed: the job's row and its results, in one canonical JSON array.
const CONTENT: &str = "
    SELECT json_array(job_id, command, folder, user, version, status, submitted_at, completed_at,
                      exit_code, parameters, recipe, error_message,
                      (SELECT json_group_array(json_array(point, measure, value, unit, status) ORDER BY result_id)
                       FROM results r WHERE r.job_id = j.job_id))
    FROM jobs j WHERE job_id = ?1";

pub(crate) fn seal(c: &Connection, job_id: &str) -> rusqlite::Result<()> {
    let text: String = c.prepare_cached(CONTENT)?.query_row([job_id], |row| row.get(0))?;
    // The chain holds the content's hash: the content itself stays in its tables, once.
    let content = sha256(text.as_bytes());
    let previous: String = c
        .prepare_cached("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?
        .unwrap_or_default();
    let hash = sha256(format!("{previous}\n{job_id}\n{content}").as_bytes());
    c.prepare_cached("INSERT INTO audit (job_id, content, previous, hash) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![job_id, content, previous, hash])
        .map(drop)
}

pub(crate) fn verify(c: &Connection) -> rusqlite::Result<Vec<AuditFault>> {
    let mut faults = Vec::new();
    let mut before = String::new();
    let mut statement =
        c.prepare("SELECT seq, job_id, content, previous, hash FROM audit ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, job_id): (i64, String) = (row.get(0)?, row.get(1)?);
        let (content, previous, hash): (String, String, String) =
            (row.get(2)?, row.get(3)?, row.get(4)?);
        let now: Option<String> =
            c.prepare_cached(CONTENT)?.query_row([&job_id], |row| row.get(0)).optional()?;
        let reason = if previous != before {
            Some("the entry before it is missing or changed")
        } else if hash != sha256(format!("{previous}\n{job_id}\n{content}").as_bytes()) {
            Some("the entry was changed")
        } else if now.is_none_or(|text| sha256(text.as_bytes()) != content) {
            Some("the job or its results were changed after it ended")
        } else {
            None
        };
        if let Some(reason) = reason {
            faults.push(AuditFault { seq, job_id, reason: reason.to_owned() });
        }
        before = hash;
    }
    Ok(faults)
}
