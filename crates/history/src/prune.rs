//! Prunes old jobs in such a way that the chain accounts for them.

use crate::alerts::Actor;
use crate::audit::{self, Head, Kind};
use crate::{History, HistoryError};
use rusqlite::{Connection, OptionalExtension, params};

/// What was pruned, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetGo {
    /// The jobs, the oldest first.
    pub jobs: Vec<String>,
    /// The number of their alerts that nobody resolved.
    pub open_alerts: i64,
}

impl History {
    /// Removes all jobs but the newest `keep`, those that run, and those that a remaining entry of
    /// the chain refers to; seals what was removed. With `dry_run`, only lists the jobs.
    pub fn prune(&self, keep: usize, actor: &Actor, dry_run: bool) -> Result<LetGo, HistoryError> {
        let keep = i64::try_from(keep).unwrap_or(i64::MAX);
        let let_go = self.write(|c| {
            let Some(cut) = cut(c, keep)? else { return Ok(LetGo::default()) };
            let jobs: Vec<String> = c
                .prepare(
                    "SELECT job_id FROM jobs j WHERE status != 'running'
                     AND (SELECT max(seq) FROM audit a WHERE a.job_id = j.job_id) <= ?1
                     ORDER BY submitted_at, rowid",
                )?
                .query_map([cut.entries], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut let_go = LetGo { jobs, open_alerts: 0 };
            for job in &let_go.jobs {
                let_go.open_alerts += c
                    .prepare_cached(
                        "SELECT count(*) FROM alerts WHERE job_id = ?1 AND state != 'resolved'",
                    )?
                    .query_row([job], |row| row.get::<_, i64>(0))?;
            }
            if !dry_run && !let_go.jobs.is_empty() {
                remove(c, &let_go.jobs)?;
                tell(c, &cut, let_go.jobs.len(), actor)?;
            }
            Ok(let_go)
        })?;
        if !dry_run && !let_go.jobs.is_empty() {
            self.wrap(self.connection.execute_batch("VACUUM"))?;
        }
        Ok(let_go)
    }
}

/// The last entry before the first one of the jobs that stay; `None` if there is no such entry.
fn cut(c: &Connection, keep: i64) -> rusqlite::Result<Option<Head>> {
    let sql = "SELECT min(seq) FROM audit WHERE job_id IN (
                   SELECT job_id FROM jobs WHERE status = 'running'
                   UNION ALL SELECT job_id FROM (SELECT job_id FROM jobs ORDER BY submitted_at DESC, rowid DESC LIMIT ?1))";
    let first: Option<i64> = c.query_row(sql, [keep], |row| row.get(0))?;
    let before = first.unwrap_or(i64::MAX);
    c.query_row(
        "SELECT seq, hash FROM audit WHERE seq < ?1 ORDER BY seq DESC LIMIT 1",
        [before],
        |row| Ok(Head { entries: row.get(0)?, hash: row.get(1)? }),
    )
    .optional()
}

fn remove(c: &Connection, jobs: &[String]) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM alert_events WHERE alert_id IN (SELECT alert_id FROM alerts WHERE job_id = ?1)",
        "DELETE FROM alerts WHERE job_id = ?1",
        "DELETE FROM results WHERE job_id = ?1",
        "DELETE FROM job_stages WHERE job_id = ?1",
        "DELETE FROM inputs WHERE job_id = ?1",
        "DELETE FROM tags WHERE job_id = ?1",
        "DELETE FROM jobs WHERE job_id = ?1",
    ] {
        let mut statement = c.prepare(sql)?;
        for job in jobs {
            statement.execute([job])?;
        }
    }
    c.execute("DELETE FROM texts WHERE digest NOT IN (SELECT digest FROM inputs)", []).map(drop)
}

fn tell(c: &Connection, cut: &Head, jobs: usize, actor: &Actor) -> rusqlite::Result<()> {
    c.execute(
        "INSERT INTO prunes (at, user, uid, last_seq, last_hash, jobs) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![actor.at, actor.user, actor.uid, cut.entries, cut.hash, jobs as i64],
    )?;
    audit::seal(c, Kind::Prune, "", Some(c.last_insert_rowid()))?;
    c.execute("DELETE FROM audit WHERE seq <= ?1", [cut.entries]).map(drop)
}
