//! Jobs on their way from submission to a verdict: every step is written before the next one starts.

use super::state::JobState;
use super::{Registry, RegistryError};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// A job in its present state.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LithoJob {
    /// Unique id.
    pub job_id: String,
    /// When it was submitted.
    pub submitted_at: String,
    /// When it reached a final state.
    pub completed_at: Option<String>,
    /// Its state.
    pub status: JobState,
    /// Who submitted it.
    pub submitted_by: Option<String>,
    /// The fab's class of job.
    pub job_class: i64,
    /// Priority in the queue: jobs with a greater number go first.
    pub priority: i64,
    /// The simulator.
    pub adapter_type: String,
    /// The job contract, a JSON object.
    pub parameters: String,
    /// The model's prediction, a JSON object.
    pub prediction: Option<String>,
    /// The simulator's outputs, a JSON object.
    pub outputs: Option<String>,
    /// The model that made the prediction.
    pub model_version: Option<String>,
    /// What decides the job's result, as it was at submission, a JSON object; absent in jobs of
    /// earlier versions.
    pub decided_by: Option<String>,
    /// Seconds that the model, or the physics in its place, took before the job ran.
    pub preflight_s: Option<f64>,
    /// Seconds that the simulator took.
    pub simulation_s: Option<f64>,
}

/// One step of a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// The state before; absent for the submission.
    pub old_status: Option<JobState>,
    /// The state after.
    pub new_status: JobState,
    /// When.
    pub changed_at: String,
    /// Who, if it was a person.
    pub changed_by: Option<String>,
    /// Why.
    pub note: Option<String>,
}

const COLUMNS: &str =
    "job_id, submitted_at, completed_at, status, submitted_by, job_class, priority,
    adapter_type, parameters, prediction, outputs, model_version, decided_by, preflight_s, simulation_s";

fn state(row: &Row, column: usize) -> rusqlite::Result<JobState> {
    let text: String = row.get(column)?;
    JobState::parse(&text).ok_or(rusqlite::Error::InvalidQuery)
}

fn job(row: &Row) -> rusqlite::Result<LithoJob> {
    Ok(LithoJob {
        job_id: row.get(0)?,
        submitted_at: row.get(1)?,
        completed_at: row.get(2)?,
        status: state(row, 3)?,
        submitted_by: row.get(4)?,
        job_class: row.get(5)?,
        priority: row.get(6)?,
        adapter_type: row.get(7)?,
        parameters: row.get(8)?,
        prediction: row.get(9)?,
        outputs: row.get(10)?,
        model_version: row.get(11)?,
        decided_by: row.get(12)?,
        preflight_s: row.get(13)?,
        simulation_s: row.get(14)?,
    })
}

/// Inserts a job as it is, in whatever state.
pub(super) fn insert_whole(c: &Connection, job: &LithoJob) -> rusqlite::Result<()> {
    let sql = format!(
        "INSERT INTO simulation_jobs ({COLUMNS})
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
    );
    let values = params![
        job.job_id,
        job.submitted_at,
        job.completed_at,
        job.status.name(),
        job.submitted_by,
        job.job_class,
        job.priority,
        job.adapter_type,
        job.parameters,
        job.prediction,
        job.outputs,
        job.model_version,
        job.decided_by,
        job.preflight_s,
        job.simulation_s
    ];
    c.prepare_cached(&sql)?.execute(values).map(drop)
}

pub(super) fn log(c: &Connection, job_id: &str, step: &Transition) -> rusqlite::Result<()> {
    c.execute(
        "INSERT INTO job_transitions (job_id, old_status, new_status, changed_at, changed_by, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            job_id,
            step.old_status.map(JobState::name),
            step.new_status.name(),
            step.changed_at,
            step.changed_by,
            step.note
        ],
    )
    .map(drop)
}

impl Registry {
    /// Stores new jobs, all or none; their status becomes `Submitted` whatever the argument says.
    ///
    /// # Errors
    /// [`RegistryError::Exists`] if an id is taken.
    pub fn submit(&self, jobs: &[LithoJob]) -> Result<(), RegistryError> {
        self.write(|c| {
            let mut taken = c.prepare_cached("SELECT 1 FROM simulation_jobs WHERE job_id = ?1")?;
            let mut insert = c.prepare_cached(
                "INSERT INTO simulation_jobs (job_id, submitted_at, status, submitted_by, job_class,
                 priority, adapter_type, parameters, decided_by)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?;
            for job in jobs {
                if taken.exists([&job.job_id])? {
                    let name = job.job_id.clone();
                    return Ok(Err(RegistryError::Exists { what: "job", name }));
                }
                insert.execute(params![
                    job.job_id,
                    job.submitted_at,
                    JobState::Submitted.name(),
                    job.submitted_by,
                    job.job_class,
                    job.priority,
                    job.adapter_type,
                    job.parameters,
                    job.decided_by
                ])?;
                let step = Transition {
                    old_status: None,
                    new_status: JobState::Submitted,
                    changed_at: job.submitted_at.clone(),
                    changed_by: job.submitted_by.clone(),
                    note: None,
                };
                log(c, &job.job_id, &step)?;
            }
            Ok(Ok(()))
        })
    }

    /// Takes a job to another state.
    ///
    /// # Errors
    /// [`RegistryError::Illegal`] for a step that the diagram of states does not have,
    /// [`RegistryError::Unknown`].
    pub fn advance(
        &self,
        job_id: &str,
        to: JobState,
        at: &str,
        by: Option<&str>,
        note: Option<&str>,
    ) -> Result<(), RegistryError> {
        self.write(|c| {
            let from = c
                .query_row(
                    "SELECT status FROM simulation_jobs WHERE job_id = ?1",
                    [job_id],
                    |row| state(row, 0),
                )
                .optional()?;
            let Some(from) = from else {
                let known = newest_ids(c)?;
                return Ok(Err(RegistryError::Unknown {
                    what: "job",
                    name: job_id.to_owned(),
                    known,
                }));
            };
            if !from.next().contains(&to) {
                let names: Vec<&str> = from.next().iter().map(|s| s.name()).collect();
                let legal = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
                let job = job_id.to_owned();
                return Ok(Err(RegistryError::Illegal { job, from, to, legal }));
            }
            let end = to.next().is_empty().then_some(at);
            c.execute(
                "UPDATE simulation_jobs SET status = ?2, completed_at = ?3 WHERE job_id = ?1",
                params![job_id, to.name(), end],
            )?;
            let step = Transition {
                old_status: Some(from),
                new_status: to,
                changed_at: at.to_owned(),
                changed_by: by.map(str::to_owned),
                note: note.map(str::to_owned),
            };
            log(c, job_id, &step)?;
            Ok(Ok(()))
        })
    }

    /// Stores the model's prediction of a job.
    pub fn keep_prediction(
        &self,
        job_id: &str,
        prediction: &str,
        model_version: &str,
        seconds: f64,
    ) -> Result<(), RegistryError> {
        self.write(|c| {
            c.execute(
                "UPDATE simulation_jobs SET prediction = ?2, model_version = ?3, preflight_s = ?4
                 WHERE job_id = ?1",
                params![job_id, prediction, model_version, seconds],
            )?;
            Ok(Ok(()))
        })
    }

    /// Stores the simulator's outputs of a job.
    pub fn keep_outputs(
        &self,
        job_id: &str,
        outputs: &str,
        seconds: f64,
    ) -> Result<(), RegistryError> {
        self.write(|c| {
            c.execute(
                "UPDATE simulation_jobs SET outputs = ?2, simulation_s = ?3 WHERE job_id = ?1",
                params![job_id, outputs, seconds],
            )?;
            Ok(Ok(()))
        })
    }

    /// A job by its id.
    ///
    /// # Errors
    /// [`RegistryError::Unknown`] names the newest ids.
    pub fn litho_job(&self, job_id: &str) -> Result<LithoJob, RegistryError> {
        let sql = format!("SELECT {COLUMNS} FROM simulation_jobs WHERE job_id = ?1");
        match self.wrap(self.connection.query_row(&sql, [job_id], job).optional())? {
            Some(job) => Ok(job),
            None => {
                let known = self.wrap(newest_ids(&self.connection))?;
                Err(RegistryError::Unknown { what: "job", name: job_id.to_owned(), known })
            }
        }
    }

    /// All jobs, newest first.
    pub fn litho_jobs(&self) -> Result<Vec<LithoJob>, RegistryError> {
        self.wrap((|| {
            let sql = format!("SELECT {COLUMNS} FROM simulation_jobs ORDER BY rowid DESC");
            self.connection.prepare(&sql)?.query_map([], job)?.collect()
        })())
    }

    /// Jobs whose next step a program takes: those with the highest priority first, then the oldest.
    pub fn pending_jobs(&self) -> Result<Vec<LithoJob>, RegistryError> {
        self.wrap((|| {
            let sql =
                format!("SELECT {COLUMNS} FROM simulation_jobs ORDER BY priority DESC, rowid");
            let all = self
                .connection
                .prepare(&sql)?
                .query_map([], job)?
                .collect::<Result<Vec<_>, _>>()?;
            Ok(all.into_iter().filter(|job| job.status.is_automatic()).collect())
        })())
    }

    /// The steps of a job, in order.
    pub fn transitions(&self, job_id: &str) -> Result<Vec<Transition>, RegistryError> {
        self.wrap((|| {
            self.connection
                .prepare(
                    "SELECT old_status, new_status, changed_at, changed_by, note FROM job_transitions
                     WHERE job_id = ?1 ORDER BY seq",
                )?
                .query_map([job_id], |row| {
                    let old: Option<String> = row.get(0)?;
                    Ok(Transition {
                        old_status: old.and_then(|text| JobState::parse(&text)),
                        new_status: state(row, 1)?,
                        changed_at: row.get(2)?,
                        changed_by: row.get(3)?,
                        note: row.get(4)?,
                    })
                })?
                .collect()
        })())
    }
}

pub(super) fn newest_ids(c: &Connection) -> rusqlite::Result<Vec<String>> {
    c.prepare("SELECT job_id FROM simulation_jobs ORDER BY rowid DESC LIMIT 5")?
        .query_map([], |row| row.get(0))?
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn submitted(registry: &Registry, id: &str) {
        let job = LithoJob {
            job_id: id.to_owned(),
            submitted_at: "t0".to_owned(),
            completed_at: None,
            status: JobState::Submitted,
            submitted_by: Some("eva".to_owned()),
            job_class: 1,
            priority: 1,
            adapter_type: "built-in".to_owned(),
            parameters: "{}".to_owned(),
            prediction: None,
            outputs: None,
            model_version: None,
            decided_by: None,
            preflight_s: None,
            simulation_s: None,
        };
        registry.submit(&[job]).unwrap();
    }

    /// Every pair of states: a step is taken exactly if the diagram has it.
    #[test]
    fn only_steps_of_the_diagram_are_taken() {
        let folder = tempfile::tempdir().unwrap();
        let registry = Registry::open(&folder.path().join("registry.db")).unwrap();
        let path_to = |wanted: JobState| -> Vec<JobState> {
            let mut paths = vec![vec![JobState::Submitted]];
            while let Some(path) = paths.pop() {
                let last = *path.last().unwrap();
                if last == wanted {
                    return path;
                }
                // Jobs can go in circles, so no state is visited twice on a path.
                let new = last.next().iter().filter(|n| !path.contains(n));
                paths.extend(new.map(|n| [path.as_slice(), &[*n]].concat()));
            }
            panic!("{wanted} cannot be reached");
        };
        for &from in JobState::ALL {
            for &to in JobState::ALL {
                let id = format!("{from}-{to}");
                submitted(&registry, &id);
                for step in path_to(from).into_iter().skip(1) {
                    registry.advance(&id, step, "t1", None, None).unwrap();
                }
                let taken = registry.advance(&id, to, "t2", None, Some("why"));
                assert_eq!(taken.is_ok(), from.next().contains(&to), "{id}");
                let now = registry.litho_job(&id).unwrap();
                assert_eq!(now.status, if taken.is_ok() { to } else { from });
                assert_eq!(now.completed_at.is_some(), now.status.next().is_empty());
            }
        }
    }

    #[test]
    fn faults_say_what_is_possible() {
        let folder = tempfile::tempdir().unwrap();
        let registry = Registry::open(&folder.path().join("registry.db")).unwrap();
        submitted(&registry, "j1");
        assert_eq!(
            registry.advance("j1", JobState::Cleared, "t", None, None).unwrap_err().to_string(),
            "job `j1` is SUBMITTED: it cannot become CLEARED; from SUBMITTED it can become VALIDATING, CANCELLED"
        );
        assert_eq!(registry.litho_job("j2").unwrap_err().to_string(), "no job `j2`; there are: j1");
        let again = registry.litho_job("j1").unwrap();
        assert_eq!(registry.submit(&[again]).unwrap_err().to_string(), "job `j1` exists already");
        let steps = registry.transitions("j1").unwrap();
        assert_eq!((steps.len(), steps[0].new_status), (1, JobState::Submitted));
    }
}
