//! The content that an entry seals: rows, written so that different rows never give the same bytes,
//! and hashed.

use super::Kind;
use libchar_core::hash::sha256;
use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection, params};

/// Version 0.1 sealed the job's row and its results in one JSON array.
const FIRST: &str = "
    SELECT json_array(job_id, command, folder, user, version, status, submitted_at, completed_at,
                      exit_code, parameters, recipe, error_message,
                      (SELECT json_group_array(json_array(point, measure, value, unit, status) ORDER BY result_id)
                       FROM results r WHERE r.job_id = j.job_id))
    FROM jobs j WHERE job_id = ?1";
const START: &str = "
    SELECT job_id, command, folder, user, uid, version, submitted_at, parameters
    FROM jobs WHERE job_id = ?1";
const END: &str = "
    SELECT job_id, command, folder, user, uid, version, submitted_at, parameters,
           status, completed_at, duration_s, exit_code, recipe, error_message
    FROM jobs WHERE job_id = ?1";
const STAGES: &str = "
    SELECT stage_id, stage, status, started_at, completed_at, duration_s, exit_code
    FROM job_stages WHERE job_id = ?1 ORDER BY stage_id";
const RESULTS: &str = "
    SELECT result_id, point, measure, value, unit, status
    FROM results WHERE job_id = ?1 ORDER BY result_id";
const ALERTS: &str = "
    SELECT alert_id, raised_at, source, severity, message, details
    FROM alerts WHERE job_id = ?1 ORDER BY alert_id";
const INPUTS: &str =
    "SELECT input_id, kind, name, digest FROM inputs WHERE job_id = ?1 ORDER BY input_id";
const EVENT: &str = "
    SELECT event_id, alert_id, at, user, uid, action, why, was_actionable
    FROM alert_events WHERE event_id = ?1";
const TAG: &str = "SELECT tag_id, job_id, at, user, uid, name, value FROM tags WHERE tag_id = ?1";
const PRUNE: &str = "
    SELECT prune_id, at, user, uid, last_seq, last_hash, jobs FROM prunes WHERE prune_id = ?1";

/// Number of rows that an entry seals, by table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Rows {
    pub stages: i64,
    pub results: i64,
    pub alerts: i64,
    pub inputs: i64,
}

/// Reads and hashes the content that entries seal.
pub(super) struct Contents<'c> {
    c: &'c Connection,
    start: CachedStatement<'c>,
    end: CachedStatement<'c>,
    below: [CachedStatement<'c>; 4],
    text: Vec<u8>,
}

impl<'c> Contents<'c> {
    pub(super) fn new(c: &'c Connection) -> rusqlite::Result<Contents<'c>> {
        Ok(Contents {
            c,
            start: c.prepare_cached(START)?,
            end: c.prepare_cached(END)?,
            below: [
                c.prepare_cached(STAGES)?,
                c.prepare_cached(RESULTS)?,
                c.prepare_cached(ALERTS)?,
                c.prepare_cached(INPUTS)?,
            ],
            text: Vec::new(),
        })
    }

    /// The hash of the content of an entry, and the numbers of its rows; `None` if the content is
    /// gone.
    pub(super) fn of(
        &mut self,
        kind: Kind,
        job_id: &str,
        subject: Option<i64>,
    ) -> rusqlite::Result<Option<(String, Rows)>> {
        self.text.clear();
        let mut rows = Rows::default();
        let found = match kind {
            Kind::First => {
                let mut statement = self.c.prepare_cached(FIRST)?;
                let mut found = statement.query([job_id])?;
                match found.next()? {
                    // The JSON is hashed as it is, without a mark of its type.
                    Some(row) => {
                        self.text.extend_from_slice(row.get_ref(0)?.as_bytes().unwrap_or_default());
                        1
                    }
                    None => 0,
                }
            }
            Kind::Start => write_rows(&mut self.start, job_id, &mut self.text)?,
            Kind::End | Kind::Found => {
                let found = write_rows(&mut self.end, job_id, &mut self.text)?;
                let mut counts = [0; 4];
                for (statement, count) in self.below.iter_mut().zip(&mut counts) {
                    self.text.push(b'/');
                    *count = write_rows(statement, job_id, &mut self.text)?;
                }
                let [stages, results, alerts, inputs] = counts;
                rows = Rows { stages, results, alerts, inputs };
                found
            }
            Kind::Alert | Kind::Tag | Kind::Prune => {
                let sql = match kind {
                    Kind::Alert => EVENT,
                    Kind::Tag => TAG,
                    _ => PRUNE,
                };
                write_rows(&mut self.c.prepare_cached(sql)?, subject, &mut self.text)?
            }
        };
        Ok((found > 0).then(|| (sha256(&self.text), rows)))
    }
}

/// Writes the rows of a query, and returns their number.
fn write_rows(
    statement: &mut CachedStatement<'_>,
    key: impl rusqlite::ToSql,
    text: &mut Vec<u8>,
) -> rusqlite::Result<i64> {
    let columns = statement.column_count();
    let mut found = statement.query(params![key])?;
    let mut count = 0;
    while let Some(row) = found.next()? {
        count += 1;
        for column in 0..columns {
            write_value(row.get_ref(column)?, text);
        }
        text.push(b'\n');
    }
    Ok(count)
}

/// Writes a value with its type and length; text need not be valid UTF-8.
fn write_value(value: ValueRef<'_>, text: &mut Vec<u8>) {
    let mut sized = |mark: u8, bytes: &[u8]| {
        text.push(mark);
        text.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        text.extend_from_slice(bytes);
    };
    match value {
        ValueRef::Null => sized(b'n', &[]),
        ValueRef::Integer(n) => sized(b'i', &n.to_le_bytes()),
        ValueRef::Real(x) => sized(b'r', &x.to_bits().to_le_bytes()),
        ValueRef::Text(bytes) => sized(b't', bytes),
        ValueRef::Blob(bytes) => sized(b'b', bytes),
    }
}
