//! Compares the chain with the content of the database.

use super::content::{Contents, Rows};
use super::{Head, Kind, link};
use crate::database::said;
use libchar_core::hash::sha256;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

/// The most faults that are listed; more are only counted.
const MOST: usize = 100;

/// Something that contradicts the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditFault {
    /// Position in the chain; `None` if the fault belongs to no entry.
    pub seq: Option<i64>,
    /// The job of the entry; empty if it is not known.
    pub job_id: String,
    /// What contradicts the chain.
    pub reason: String,
}

/// The end of the chain at an earlier time, as recorded outside of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Where it is recorded.
    pub source: String,
    /// The end.
    pub head: Head,
}

/// What a verification found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// The end of the chain.
    pub head: Head,
    /// The first hundred faults, in the order of the chain.
    pub faults: Vec<AuditFault>,
    /// Number of further faults, which are not listed.
    pub more: usize,
}

/// An entry as it is read.
struct Entry {
    seq: i64,
    kind: Kind,
    job_id: String,
    subject: Option<i64>,
    content: String,
    previous: String,
    hash: String,
}

impl Entry {
    /// Reads an entry; `None` if it holds a value that libchar never writes.
    fn read(row: &Row) -> rusqlite::Result<Option<Entry>> {
        let text = |i: usize| match row.get_ref(i)? {
            ValueRef::Text(bytes) => Ok(std::str::from_utf8(bytes).ok().map(str::to_owned)),
            _ => Ok::<_, rusqlite::Error>(None),
        };
        let subject = match row.get_ref(3)? {
            ValueRef::Null => None,
            ValueRef::Integer(n) => Some(n),
            _ => return Ok(None),
        };
        let kind = text(1)?.and_then(|name| Kind::parse(&name));
        let (Some(kind), Some(job_id), Some(content), Some(previous), Some(hash)) =
            (kind, text(2)?, text(4)?, text(5)?, text(6)?)
        else {
            return Ok(None);
        };
        Ok(Some(Entry { seq: row.get(0)?, kind, job_id, subject, content, previous, hash }))
    }
}

struct Verifier<'a> {
    found: Verified,
    anchors: &'a [Anchor],
    sealed: Rows,
    events: i64,
    tags: i64,
    /// The end of the pruned entries, if the first entry here is not the very first.
    let_go: Option<Head>,
    let_go_is_told: bool,
}

impl Verifier<'_> {
    fn fault(&mut self, seq: Option<i64>, job_id: &str, reason: impl Into<String>) {
        if self.found.faults.len() < MOST {
            let (job_id, reason) = (job_id.to_owned(), reason.into());
            self.found.faults.push(AuditFault { seq, job_id, reason });
        } else {
            self.found.more += 1;
        }
    }

    /// Checks the entries along the chain.
    fn walk(&mut self, c: &Connection) -> rusqlite::Result<()> {
        let mut contents = Contents::new(c)?;
        let mut statement = c.prepare(
            "SELECT seq, kind, job_id, subject, content, previous, hash FROM audit ORDER BY seq",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get(0)?;
            let before = self.found.head.clone();
            let Some(entry) = Entry::read(row)? else {
                self.fault(Some(seq), "", "the entry is damaged");
                self.found.head = Head { entries: seq, hash: String::new() };
                continue;
            };
            if before.entries == 0 && seq > 1 {
                self.let_go = Some(Head { entries: seq - 1, hash: entry.previous.clone() });
            } else if seq != before.entries + 1 {
                let missing = seq - before.entries - 1;
                let reason = format!("{missing} entries before it are missing");
                self.fault(Some(seq), &entry.job_id, reason);
            } else if entry.previous != before.hash {
                let reason = "the entry before it is missing or changed";
                self.fault(Some(seq), &entry.job_id, reason);
            }
            self.entry(&entry, &mut contents, c)?;
            self.found.head = Head { entries: seq, hash: entry.hash };
        }
        Ok(())
    }

    fn entry(
        &mut self,
        entry: &Entry,
        contents: &mut Contents<'_>,
        c: &Connection,
    ) -> rusqlite::Result<()> {
        let Entry { seq, kind, job_id, subject, content, previous, hash } = entry;
        if *hash != link(*seq, *kind, job_id, *subject, content, previous) {
            self.fault(Some(*seq), job_id, "the entry was changed");
        }
        for anchor in self.anchors.iter().filter(|anchor| anchor.head.entries == *seq) {
            if anchor.head.hash != *hash {
                let reason = format!("{} remembers another entry here", anchor.source);
                self.fault(Some(*seq), job_id, reason);
            }
        }
        match contents.of(*kind, job_id, *subject)? {
            Some((now, rows)) if now == *content => {
                self.sealed.stages += rows.stages;
                self.sealed.results += rows.results;
                self.sealed.alerts += rows.alerts;
                self.sealed.inputs += rows.inputs;
            }
            now => {
                let verb = if now.is_some() { "changed" } else { "deleted" };
                let reason = match kind {
                    Kind::Start => format!("the start of the run was {verb} afterwards"),
                    Kind::Alert => format!("what was done to an alert was {verb} afterwards"),
                    Kind::Tag => format!("a tag was {verb} afterwards"),
                    Kind::Prune => format!("what a prune removed was {verb} afterwards"),
                    _ => format!(
                        "the run, or a stage, result, alert or input of it, was {verb} after it ended"
                    ),
                };
                self.fault(Some(*seq), job_id, reason);
            }
        }
        self.events += i64::from(*kind == Kind::Alert);
        self.tags += i64::from(*kind == Kind::Tag);
        if *kind == Kind::Prune {
            self.prune(*subject, c)?;
        }
        Ok(())
    }

    /// Checks whether this prune accounts for the entries that are missing at the beginning.
    fn prune(&mut self, subject: Option<i64>, c: &Connection) -> rusqlite::Result<()> {
        let last = c
            .prepare_cached("SELECT last_seq, last_hash FROM prunes WHERE prune_id = ?1")?
            .query_row([subject], |row| Ok(Head { entries: row.get(0)?, hash: row.get(1)? }))
            .optional()?;
        self.let_go_is_told |= last.is_some() && last == self.let_go;
        Ok(())
    }

    /// Finds what the entries alone do not show: rows that no entry seals, and a chain whose end
    /// was cut off.
    fn counts(&mut self, c: &Connection) -> rusqlite::Result<()> {
        if let Some(let_go) = self.let_go.clone().filter(|_| !self.let_go_is_told) {
            let reason = format!("the first {} entries are missing", let_go.entries);
            self.found.faults.insert(
                0,
                AuditFault { seq: Some(let_go.entries + 1), job_id: String::new(), reason },
            );
        }
        let count = |sql: &str| c.query_row(sql, [], |row| row.get::<_, i64>(0));
        let ever = c
            .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'audit'", [], |row| row.get(0))
            .optional()?
            .unwrap_or(0);
        let last = self.found.head.entries;
        if last < ever {
            let reason = format!("the newest {} entries are missing", ever - last);
            self.fault(Some(last + 1), "", reason);
        }
        for anchor in self.anchors.iter().filter(|anchor| anchor.head.entries > last) {
            let reason = format!(
                "{} remembers {} entries, and the chain ends after {last}",
                anchor.source, anchor.head.entries
            );
            self.fault(Some(last + 1), "", reason);
        }
        let jobs: Vec<String> = c
            .prepare(
                "SELECT job_id FROM jobs j WHERE NOT EXISTS
                 (SELECT 1 FROM audit a WHERE a.job_id = j.job_id) LIMIT 200",
            )?
            .query_map([], |row| {
                Ok(String::from_utf8_lossy(row.get_ref(0)?.as_bytes().unwrap_or_default())
                    .into_owned())
            })?
            .collect::<rusqlite::Result<_>>()?;
        for job in jobs {
            self.fault(None, &job, "the run has no entry: it was inserted");
        }
        // Rows of jobs that still run are sealed when the jobs end.
        let ended = "WHERE job_id IS NULL OR job_id NOT IN (SELECT job_id FROM jobs WHERE status = 'running')";
        let Rows { stages, results, alerts, inputs } = self.sealed;
        for (table, what, sealed) in [
            ("job_stages", "stages", stages),
            ("results", "results", results),
            ("alerts", "alerts", alerts),
            ("inputs", "inputs", inputs),
        ] {
            self.sum(what, sealed, count(&format!("SELECT count(*) FROM {table} {ended}"))?);
        }
        self.sum("changes of alerts", self.events, count("SELECT count(*) FROM alert_events")?);
        self.sum("tags", self.tags, count("SELECT count(*) FROM tags")?);
        Ok(())
    }

    fn sum(&mut self, what: &str, sealed: i64, there: i64) {
        // If rows are missing, the fault is reported with the entry that sealed them.
        if there > sealed && self.found.faults.is_empty() {
            let reason = format!("{} {what} have no entry: they were inserted", there - sealed);
            self.fault(None, "", reason);
        }
    }

    /// Checks that the state of an alert follows from its events, and that each text has its
    /// digest.
    fn derived(&mut self, c: &Connection) -> rusqlite::Result<()> {
        let mut statement = c.prepare(
            "SELECT alert_id, coalesce(job_id, '') FROM alerts a WHERE state != coalesce(
                 (SELECT action FROM alert_events e WHERE e.alert_id = a.alert_id ORDER BY event_id DESC LIMIT 1),
                 'open')",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (alert, job): (i64, String) = (row.get(0)?, row.get(1)?);
            let reason = format!("the state of alert {alert} is not what was done to it last");
            self.fault(None, &job, reason);
        }
        let mut statement = c.prepare("SELECT digest, text FROM texts")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let bytes =
                |i| Ok::<_, rusqlite::Error>(row.get_ref(i)?.as_bytes().unwrap_or_default());
            if sha256(bytes(1)?).as_bytes() != bytes(0)? {
                let digest = String::from_utf8_lossy(bytes(0)?).into_owned();
                self.fault(None, "", format!("the text {digest} was changed"));
            }
        }
        Ok(())
    }
}

pub(crate) fn verify(c: &Connection, anchors: &[Anchor]) -> Verified {
    let mut verifier = Verifier {
        found: Verified::default(),
        anchors,
        sealed: Rows::default(),
        events: 0,
        tags: 0,
        let_go: None,
        let_go_is_told: false,
    };
    let result =
        verifier.walk(c).and_then(|()| verifier.counts(c)).and_then(|()| verifier.derived(c));
    if let Err(error) = result {
        let next = verifier.found.head.entries + 1;
        let reason = format!("the database cannot be read on: {}", said(&error));
        verifier.fault(Some(next), "", reason);
    }
    verifier.found
}
