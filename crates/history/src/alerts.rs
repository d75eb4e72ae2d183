//! Alerts of the history, and how people change their state.

use crate::audit::{self, Kind};
use crate::record::Alert;
use crate::{History, HistoryError};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

/// Who did something, and when.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The user's name.
    pub user: String,
    /// The user's number.
    pub uid: u32,
    /// When, RFC 3339.
    pub at: String,
}

/// What a person does to an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A person looks into it.
    Acknowledged,
    /// It is settled.
    Resolved,
}

impl Action {
    /// The state that an alert is in afterwards.
    pub fn state(self) -> &'static str {
        match self {
            Action::Acknowledged => "acknowledged",
            Action::Resolved => "resolved",
        }
    }
}

/// A change of an alert.
#[derive(Debug, Clone)]
pub struct Change {
    /// What was done.
    pub action: Action,
    /// Why.
    pub why: Option<String>,
    /// Whether the alert was worth acting on.
    pub was_actionable: Option<bool>,
}

/// An alert in its present state.
#[derive(Debug, Clone, Serialize)]
pub struct RaisedAlert {
    /// Its number.
    pub alert_id: i64,
    /// The job that raised it.
    pub job_id: Option<String>,
    /// When.
    pub raised_at: String,
    /// `open`, `acknowledged` or `resolved`.
    pub state: String,
    /// When it was last changed.
    pub changed_at: Option<String>,
    /// Who changed it.
    pub changed_by: Option<String>,
    /// Why it was changed.
    pub why: Option<String>,
    /// Whether it was worth acting on, if somebody said so.
    pub was_actionable: Option<bool>,
    /// The alert itself.
    #[serde(flatten)]
    pub alert: Alert,
}

const SELECT: &str = "
    SELECT alert_id, job_id, raised_at, state, changed_at, source, severity, message, details,
        (SELECT user FROM alert_events e WHERE e.alert_id = a.alert_id ORDER BY event_id DESC LIMIT 1),
        (SELECT why FROM alert_events e WHERE e.alert_id = a.alert_id ORDER BY event_id DESC LIMIT 1),
        (SELECT was_actionable FROM alert_events e
         WHERE e.alert_id = a.alert_id AND was_actionable NOT NULL ORDER BY event_id DESC LIMIT 1)
    FROM alerts a";

fn alert(row: &rusqlite::Row) -> rusqlite::Result<RaisedAlert> {
    Ok(RaisedAlert {
        alert_id: row.get(0)?,
        job_id: row.get(1)?,
        raised_at: row.get(2)?,
        state: row.get(3)?,
        changed_at: row.get(4)?,
        changed_by: row.get(9)?,
        why: row.get(10)?,
        was_actionable: row.get(11)?,
        alert: Alert {
            source: row.get(5)?,
            severity: row.get(6)?,
            message: row.get(7)?,
            details: row.get(8)?,
        },
    })
}

impl History {
    /// The newest alerts, newest first; only those that are not resolved unless `all`.
    pub fn alerts(&self, limit: usize, all: bool) -> Result<Vec<RaisedAlert>, HistoryError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let which = if all { "" } else { "WHERE state != 'resolved'" };
        let sql = format!("{SELECT} {which} ORDER BY alert_id DESC LIMIT ?1");
        self.wrap((|| self.connection.prepare(&sql)?.query_map([limit], alert)?.collect())())
    }

    /// The alerts of a job, in order.
    pub fn alerts_of(&self, job_id: &str) -> Result<Vec<RaisedAlert>, HistoryError> {
        let sql = format!("{SELECT} WHERE job_id = ?1 ORDER BY alert_id");
        self.wrap((|| self.connection.prepare(&sql)?.query_map([job_id], alert)?.collect())())
    }

    /// Changes an alert and seals who did it. Returns the changed alert, or `None` if there is none
    /// of this number.
    ///
    /// # Errors
    /// [`HistoryError::NotNow`] if it is resolved, or acknowledged already.
    pub fn change_alert(
        &self,
        alert_id: i64,
        change: &Change,
        actor: &Actor,
    ) -> Result<Option<RaisedAlert>, HistoryError> {
        let mut refusal = None;
        let changed = self.write(|c| {
            let Some(found) = one(c, alert_id)? else { return Ok(None) };
            if found.state == "resolved" || found.state == change.action.state() {
                refusal = Some(format!(
                    "alert {alert_id} was {} by {} at {}",
                    found.state,
                    found.changed_by.unwrap_or_default(),
                    found.changed_at.unwrap_or_default()
                ));
                return Ok(None);
            }
            let state = change.action.state();
            c.execute(
                "INSERT INTO alert_events (alert_id, at, user, uid, action, why, was_actionable)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    alert_id,
                    actor.at,
                    actor.user,
                    actor.uid,
                    state,
                    change.why,
                    change.was_actionable
                ],
            )?;
            let event = c.last_insert_rowid();
            c.execute(
                "UPDATE alerts SET state = ?2, changed_at = ?3 WHERE alert_id = ?1",
                params![alert_id, state, actor.at],
            )?;
            let job = found.job_id.unwrap_or_default();
            audit::seal(c, Kind::Alert, &job, Some(event))?;
            one(c, alert_id)
        })?;
        refusal.map_or(Ok(changed), |refusal| Err(HistoryError::NotNow(refusal)))
    }
}

fn one(c: &Connection, alert_id: i64) -> rusqlite::Result<Option<RaisedAlert>> {
    c.query_row(&format!("{SELECT} WHERE alert_id = ?1"), [alert_id], alert).optional()
}
