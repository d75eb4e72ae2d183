//! Measurements of jobs after they ran, and whole jobs from other registries.

use super::jobs::{self, LithoJob, Transition};
use super::{Registry, RegistryError};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// One measured result of a job. A job may have several of the same result: wafers, sites, repeats.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasuredOutcome {
    /// The job.
    pub job_id: String,
    /// The result, such as `dof_nm`.
    pub measure: String,
    /// Its value, in the unit that the measure's name states.
    pub value: f64,
    /// When it was measured, as the user wrote it.
    #[serde(default)]
    pub measured_at: Option<String>,
    /// When it was recorded here.
    pub recorded_at: String,
    /// Who recorded it.
    #[serde(default)]
    pub recorded_by: Option<String>,
    /// Where it was measured: a tool, a lot, a file.
    #[serde(default)]
    pub source: Option<String>,
}

/// A job of another registry, with its steps and measurements.
#[derive(Debug, Clone)]
pub struct WholeJob {
    /// The job in its present state.
    pub job: LithoJob,
    /// Its steps in their order.
    pub transitions: Vec<Transition>,
    /// Its measurements.
    pub outcomes: Vec<MeasuredOutcome>,
}

/// What an addition changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// Rows that are new.
    pub new: usize,
    /// Rows that were there already, equal in all that matters.
    pub known: usize,
}

impl Registry {
    /// Stores measured outcomes, all or none. The same value with the same time counts once,
    /// however often it is sent.
    ///
    /// # Errors
    /// [`RegistryError::Unknown`] for a job that does not exist.
    pub fn add_outcomes(&self, outcomes: &[MeasuredOutcome]) -> Result<Added, RegistryError> {
        self.write(|c| {
            let mut added = Added::default();
            for outcome in outcomes {
                if !is_known(c, &outcome.job_id)? {
                    let (name, known) = (outcome.job_id.clone(), jobs::newest_ids(c)?);
                    return Ok(Err(RegistryError::Unknown { what: "job", name, known }));
                }
                added.count(insert(c, outcome)?);
            }
            Ok(Ok(added))
        })
    }

    /// All measured outcomes in the order of their arrival.
    ///
    /// # Errors
    /// [`RegistryError::Database`].
    pub fn outcomes(&self) -> Result<Vec<MeasuredOutcome>, RegistryError> {
        self.wrap((|| {
            let sql = format!("SELECT {COLUMNS} FROM job_outcomes ORDER BY seq");
            self.connection.prepare(&sql)?.query_map([], outcome)?.collect()
        })())
    }

    /// The measured outcomes of one job, in the order of arrival.
    ///
    /// # Errors
    /// [`RegistryError::Database`].
    pub fn outcomes_of(&self, job_id: &str) -> Result<Vec<MeasuredOutcome>, RegistryError> {
        self.wrap((|| {
            let sql = format!("SELECT {COLUMNS} FROM job_outcomes WHERE job_id = ?1 ORDER BY seq");
            self.connection.prepare(&sql)?.query_map([job_id], outcome)?.collect()
        })())
    }

    /// Imports jobs from another registry, all or none. Jobs that are here already with the same
    /// parameters and outputs stay as they are and only gain outcomes.
    ///
    /// # Errors
    /// [`RegistryError::Exists`] if an id belongs to a different job.
    pub fn take_in(&self, whole: &[WholeJob]) -> Result<Added, RegistryError> {
        self.write(|c| {
            let mut added = Added::default();
            for WholeJob { job, transitions, outcomes } in whole {
                let sql = "SELECT parameters, outputs FROM simulation_jobs WHERE job_id = ?1";
                let pair =
                    |row: &Row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?));
                match c.prepare_cached(sql)?.query_row([&job.job_id], pair).optional()? {
                    Some(own) if own == (job.parameters.clone(), job.outputs.clone()) => {
                        added.known += 1;
                    }
                    Some(_) => {
                        let name = job.job_id.clone();
                        return Ok(Err(RegistryError::Exists { what: "another job", name }));
                    }
                    None => {
                        jobs::insert_whole(c, job)?;
                        for step in transitions {
                            jobs::log(c, &job.job_id, step)?;
                        }
                        added.new += 1;
                    }
                }
                for outcome in outcomes {
                    insert(c, outcome)?;
                }
            }
            Ok(Ok(added))
        })
    }
}

impl Added {
    fn count(&mut self, is_new: bool) {
        if is_new { self.new += 1 } else { self.known += 1 }
    }
}

const COLUMNS: &str = "job_id, measure, value, measured_at, recorded_at, recorded_by, source";

fn outcome(row: &Row) -> rusqlite::Result<MeasuredOutcome> {
    Ok(MeasuredOutcome {
        job_id: row.get(0)?,
        measure: row.get(1)?,
        value: row.get(2)?,
        measured_at: row.get(3)?,
        recorded_at: row.get(4)?,
        recorded_by: row.get(5)?,
        source: row.get(6)?,
    })
}

fn is_known(c: &Connection, job_id: &str) -> rusqlite::Result<bool> {
    c.prepare_cached("SELECT 1 FROM simulation_jobs WHERE job_id = ?1")?.exists([job_id])
}

/// Inserts an outcome; returns whether it is new.
fn insert(c: &Connection, o: &MeasuredOutcome) -> rusqlite::Result<bool> {
    let sql = format!(
        "INSERT INTO job_outcomes ({COLUMNS}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS (
             SELECT 1 FROM job_outcomes WHERE job_id = ?1 AND measure = ?2 AND value = ?3
             AND measured_at IS ?4 AND source IS ?7)"
    );
    let values = params![
        o.job_id,
        o.measure,
        o.value,
        o.measured_at,
        o.recorded_at,
        o.recorded_by,
        o.source
    ];
    Ok(c.prepare_cached(&sql)?.execute(values)? == 1)
}

#[cfg(test)]
mod tests {
    use super::super::JobState;
    use super::*;

    fn whole(id: &str, outputs: Option<&str>) -> WholeJob {
        let job = LithoJob {
            job_id: id.to_owned(),
            submitted_at: "t0".to_owned(),
            completed_at: Some("t1".to_owned()),
            status: JobState::Completed,
            submitted_by: None,
            job_class: 1,
            priority: 1,
            adapter_type: "fab".to_owned(),
            parameters: "{}".to_owned(),
            prediction: None,
            outputs: outputs.map(str::to_owned),
            model_version: None,
            decided_by: None,
            preflight_s: None,
            simulation_s: Some(0.5),
        };
        WholeJob { job, transitions: Vec::new(), outcomes: vec![measured(id, 2.0)] }
    }

    fn measured(id: &str, value: f64) -> MeasuredOutcome {
        MeasuredOutcome {
            job_id: id.to_owned(),
            measure: "nils".to_owned(),
            value,
            measured_at: None,
            recorded_at: "t2".to_owned(),
            recorded_by: None,
            source: None,
        }
    }

    #[test]
    fn an_arrival_counts_once_and_a_job_is_itself() {
        let folder = tempfile::tempdir().unwrap();
        let registry = Registry::open(&folder.path().join("registry.db")).unwrap();
        let jobs = [whole("a", Some("{}")), whole("b", None)];
        assert_eq!(registry.take_in(&jobs).unwrap(), Added { new: 2, known: 0 });
        assert_eq!(registry.take_in(&jobs).unwrap(), Added { new: 0, known: 2 });
        let stored = registry.litho_job("a").unwrap();
        assert_eq!((stored.status, stored.simulation_s), (JobState::Completed, Some(0.5)));
        let refused = registry.take_in(&[whole("c", None), whole("a", None)]).unwrap_err();
        assert_eq!(refused.to_string(), "another job `a` exists already");
        assert_eq!(registry.litho_jobs().unwrap().len(), 2, "all or none");
        let more = [measured("a", 2.0), measured("a", 2.5)];
        assert_eq!(registry.add_outcomes(&more).unwrap(), Added { new: 1, known: 1 });
        assert_eq!(registry.outcomes_of("a").unwrap().len(), 2);
        assert!(registry.add_outcomes(&[measured("b", 9.0), measured("z", 1.0)]).is_err());
        assert_eq!(registry.outcomes().unwrap().len(), 3, "all or none");
    }
}
