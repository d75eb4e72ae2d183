//! Labels of jobs: lot, wafer, die, sample, project, notes, and whatever else a site names.

use crate::alerts::Actor;
use crate::audit::{self, Kind};
use crate::{History, HistoryError};
use rusqlite::params;
use serde::Serialize;

/// The only label of which a job may have several.
pub const NOTE: &str = "note";

/// A label of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// Name, such as `lot`.
    pub name: String,
    /// Value; empty if the label was removed.
    pub value: String,
    /// Who put it on.
    pub user: String,
    /// When.
    pub at: String,
}

/// The labels that are in force: the last one of each name, and all notes.
pub(crate) const CURRENT: &str = "
    SELECT name, value, user, at, job_id FROM tags t WHERE value != '' AND (name = 'note' OR tag_id =
        (SELECT max(tag_id) FROM tags l WHERE l.job_id = t.job_id AND l.name = t.name))";

impl History {
    /// Puts labels on a job; an empty value removes one.
    pub fn tag(
        &self,
        job_id: &str,
        tags: &[(String, String)],
        actor: &Actor,
    ) -> Result<(), HistoryError> {
        self.write(|c| {
            for (name, value) in tags {
                c.execute(
                    "INSERT INTO tags (job_id, at, user, uid, name, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![job_id, actor.at, actor.user, actor.uid, name, value],
                )?;
                audit::seal(c, Kind::Tag, job_id, Some(c.last_insert_rowid()))?;
            }
            Ok(())
        })
    }

    /// The labels of a job, in the order in which they were put on.
    pub fn tags(&self, job_id: &str) -> Result<Vec<Tag>, HistoryError> {
        let sql = format!("{CURRENT} AND job_id = ?1 ORDER BY tag_id");
        self.wrap((|| {
            self.connection
                .prepare_cached(&sql)?
                .query_map([job_id], |row| {
                    Ok(Tag {
                        name: row.get(0)?,
                        value: row.get(1)?,
                        user: row.get(2)?,
                        at: row.get(3)?,
                    })
                })?
                .collect()
        })())
    }
}
