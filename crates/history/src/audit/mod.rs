//! The audit chain: each event is sealed by a hash over its content and over the seal before it.

mod content;
mod verify;

pub(crate) use verify::verify;
pub use verify::{Anchor, AuditFault, Verified};

use content::Contents;
use libchar_core::hash::sha256;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

/// What an entry of the chain seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An ended job, as version 0.1 sealed it: its row and its results.
    First,
    /// An ended job that version 0.1 wrote, with all that belongs to it, as it was when the chain
    /// was extended to cover that.
    Found,
    /// A job that started.
    Start,
    /// A job that ended, with stages, results, alerts and inputs.
    End,
    /// A person's change of an alert.
    Alert,
    /// A label that a person put on a job.
    Tag,
    /// Entries that a person pruned.
    Prune,
}

impl Kind {
    const ALL: [Kind; 7] =
        [Kind::First, Kind::Found, Kind::Start, Kind::End, Kind::Alert, Kind::Tag, Kind::Prune];

    fn name(self) -> &'static str {
        match self {
            Kind::First => "first",
            Kind::Found => "found",
            Kind::Start => "start",
            Kind::End => "end",
            Kind::Alert => "alert",
            Kind::Tag => "tag",
            Kind::Prune => "prune",
        }
    }

    fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The end of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Head {
    /// Number of entries that were ever made.
    pub entries: i64,
    /// The hash of the last one; empty if there is none.
    pub hash: String,
}

pub(crate) fn head(c: &Connection) -> rusqlite::Result<Head> {
    let last = c
        .prepare_cached("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok(Head { entries: row.get(0)?, hash: row.get(1)? }))
        .optional()?;
    Ok(last.unwrap_or_default())
}

/// Adds an entry; `subject` is the number of what is sealed, if that is not the job itself.
pub(crate) fn seal(
    c: &Connection,
    kind: Kind,
    job_id: &str,
    subject: Option<i64>,
) -> rusqlite::Result<()> {
    let content = Contents::new(c)?.of(kind, job_id, subject)?.unwrap_or_default().0;
    let Head { hash: previous, .. } = head(c)?;
    // The number is part of the hash, and it is known only after the row is inserted.
    c.prepare_cached(
        "INSERT INTO audit (kind, job_id, subject, content, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, '')",
    )?
    .execute(params![kind.name(), job_id, subject, content, previous])?;
    let seq = c.last_insert_rowid();
    let hash = link(seq, kind, job_id, subject, &content, &previous);
    c.prepare_cached("UPDATE audit SET hash = ?2 WHERE seq = ?1")?
        .execute(params![seq, hash])
        .map(drop)
}

/// The hash of an entry.
fn link(
    seq: i64,
    kind: Kind,
    job_id: &str,
    subject: Option<i64>,
    content: &str,
    previous: &str,
) -> String {
    let text = match kind {
        Kind::First => format!("{previous}\n{job_id}\n{content}"),
        _ => {
            let (kind, subject) = (kind.name(), subject.map(|n| n.to_string()).unwrap_or_default());
            format!("{previous}\n{seq}\n{kind}\n{job_id}\n{subject}\n{content}")
        }
    };
    sha256(text.as_bytes())
}
