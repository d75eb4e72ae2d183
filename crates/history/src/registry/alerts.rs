//! Alerts of the registry: fired, acknowledged, resolved.

use super::{Registry, RegistryError};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

/// An alert to fire.
#[derive(Debug, Clone)]
pub struct NewAlert {
    /// When, RFC 3339.
    pub fired_at: String,
    /// `INFO`, `WARN`, `CRITICAL` or `EMERGENCY`.
    pub severity: &'static str,
    /// The job that it is about.
    pub job_id: Option<String>,
    /// Kind, such as `drift`.
    pub alert_type: &'static str,
    /// One line for people.
    pub message: String,
    /// What to do.
    pub recommendation: Option<String>,
}

/// An alert in its present state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LithoAlert {
    /// Unique id.
    pub alert_id: String,
    /// When it fired.
    pub fired_at: String,
    /// When it was acknowledged.
    pub acknowledged_at: Option<String>,
    /// When it was settled.
    pub resolved_at: Option<String>,
    /// `INFO`, `WARN`, `CRITICAL` or `EMERGENCY`.
    pub severity: String,
    /// The job that it is about.
    pub job_id: Option<String>,
    /// Kind, such as `drift`.
    pub alert_type: String,
    /// One line for people.
    pub message: String,
    /// What to do.
    pub recommendation: Option<String>,
    /// Who acknowledged it.
    pub acknowledged_by: Option<String>,
    /// Whether the engineer called it useful.
    pub was_actionable: Option<bool>,
    /// Why it was acknowledged.
    pub acknowledged_why: Option<String>,
    /// Who resolved it.
    pub resolved_by: Option<String>,
    /// Why it was resolved.
    pub resolved_why: Option<String>,
}

impl LithoAlert {
    /// Whether a new alert only repeats this one: it is open, of the same kind, and its message differs at most in numbers.
    pub fn is_repeated_by(&self, new: &NewAlert) -> bool {
        self.resolved_at.is_none()
            && self.alert_type == new.alert_type
            && words(&self.message) == words(&new.message)
    }
}

/// The words of a message without numbers.
fn words(message: &str) -> Vec<&str> {
    let is_number =
        |word: &&str| word.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '(');
    message.split_whitespace().filter(|word| !is_number(word)).collect()
}

/// A change of an alert.
#[derive(Debug, Clone)]
pub enum AlertChange<'a> {
    /// A person takes note of it.
    Acknowledge {
        /// Who.
        by: &'a str,
        /// Why.
        why: Option<&'a str>,
    },
    /// It is settled.
    Resolve {
        /// Who.
        by: &'a str,
        /// Why.
        why: Option<&'a str>,
        /// Whether it was useful.
        was_actionable: Option<bool>,
    },
}

const COLUMNS: &str =
    "alert_id, fired_at, acknowledged_at, resolved_at, severity, job_id, alert_type,
    message, recommendation, acknowledged_by, was_actionable, acknowledged_why, resolved_by, resolved_why";

fn alert(row: &rusqlite::Row) -> rusqlite::Result<LithoAlert> {
    Ok(LithoAlert {
        alert_id: row.get(0)?,
        fired_at: row.get(1)?,
        acknowledged_at: row.get(2)?,
        resolved_at: row.get(3)?,
        severity: row.get(4)?,
        job_id: row.get(5)?,
        alert_type: row.get(6)?,
        message: row.get(7)?,
        recommendation: row.get(8)?,
        acknowledged_by: row.get(9)?,
        was_actionable: row.get(10)?,
        acknowledged_why: row.get(11)?,
        resolved_by: row.get(12)?,
        resolved_why: row.get(13)?,
    })
}

impl Registry {
    /// Fires an alert; returns its id, `a1`, `a2` …
    pub fn fire(&self, new: &NewAlert) -> Result<String, RegistryError> {
        self.write(|c| {
            let count: i64 = c.query_row("SELECT count(*) FROM alerts", [], |row| row.get(0))?;
            let id = format!("a{}", count + 1);
            c.execute(
                "INSERT INTO alerts (alert_id, fired_at, severity, job_id, alert_type, message,
                 recommendation) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    id,
                    new.fired_at,
                    new.severity,
                    new.job_id,
                    new.alert_type,
                    new.message,
                    new.recommendation
                ],
            )?;
            Ok(Ok(id))
        })
    }

    /// Alerts, newest first; only those that are not resolved unless `all`.
    pub fn litho_alerts(&self, all: bool) -> Result<Vec<LithoAlert>, RegistryError> {
        let which = if all { "" } else { "WHERE resolved_at IS NULL" };
        self.wrap((|| {
            let sql = format!("SELECT {COLUMNS} FROM alerts {which} ORDER BY rowid DESC");
            self.connection.prepare(&sql)?.query_map([], alert)?.collect()
        })())
    }

    /// Changes an alert.
    ///
    /// # Errors
    /// [`RegistryError::Unknown`]; [`RegistryError::NotNow`] if it is acknowledged or resolved
    /// already.
    pub fn change_alert(
        &self,
        id: &str,
        change: &AlertChange,
        at: &str,
    ) -> Result<LithoAlert, RegistryError> {
        let sql = format!("SELECT {COLUMNS} FROM alerts WHERE alert_id = ?1");
        self.write(|c| {
            let Some(found) = c.query_row(&sql, [id], alert).optional()? else {
                let known = c
                    .prepare("SELECT alert_id FROM alerts WHERE resolved_at IS NULL ORDER BY rowid DESC LIMIT 5")?
                    .query_map([], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                let name = id.to_owned();
                return Ok(Err(RegistryError::Unknown { what: "open alert", name, known }));
            };
            let refused = |text: String| Ok(Err(RegistryError::NotNow(text)));
            if let Some(when) = found.resolved_at {
                return refused(format!("alert `{id}` was resolved at {when}"));
            }
            match change {
                AlertChange::Acknowledge { by, why } => {
                    if let (Some(when), Some(who)) = (found.acknowledged_at, found.acknowledged_by) {
                        return refused(format!("alert `{id}` was acknowledged by {who} at {when}"));
                    }
                    c.execute(
                        "UPDATE alerts SET acknowledged_at = ?2, acknowledged_by = ?3, acknowledged_why = ?4
                         WHERE alert_id = ?1",
                        params![id, at, by, why],
                    )?;
                }
                AlertChange::Resolve { by, why, was_actionable } => {
                    c.execute(
                        "UPDATE alerts SET resolved_at = ?2, was_actionable = ?3, resolved_by = ?4, resolved_why = ?5
                         WHERE alert_id = ?1",
                        params![id, at, was_actionable, by, why],
                    )?;
                }
            }
            c.query_row(&sql, [id], alert).map(Ok)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_is_acknowledged_once_and_resolved_once() {
        let folder = tempfile::tempdir().unwrap();
        let registry = Registry::open(&folder.path().join("registry.db")).unwrap();
        let id = registry
            .fire(&NewAlert {
                fired_at: "t1".to_owned(),
                severity: "WARN",
                job_id: None,
                alert_type: "drift",
                message: "dose drifted".to_owned(),
                recommendation: Some("retrain".to_owned()),
            })
            .unwrap();
        let acknowledge = AlertChange::Acknowledge { by: "eva", why: None };
        let seen = registry.change_alert(&id, &acknowledge, "t2").unwrap();
        assert_eq!(seen.acknowledged_by.as_deref(), Some("eva"));
        assert_eq!(
            registry.change_alert(&id, &acknowledge, "t3").unwrap_err().to_string(),
            "alert `a1` was acknowledged by eva at t2"
        );
        let resolve =
            AlertChange::Resolve { by: "eva", why: Some("dose"), was_actionable: Some(true) };
        registry.change_alert(&id, &resolve, "t4").unwrap();
        assert!(registry.litho_alerts(false).unwrap().is_empty());
        let resolved = &registry.litho_alerts(true).unwrap()[0];
        assert_eq!(resolved.was_actionable, Some(true));
        assert_eq!(resolved.resolved_why.as_deref(), Some("dose"));
        assert_eq!(
            registry.change_alert("a7", &resolve, "t5").unwrap_err().to_string(),
            "no open alert `a7`"
        );
    }
}
