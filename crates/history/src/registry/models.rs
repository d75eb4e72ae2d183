//! Models: candidate, shadow, production, retired; and the jobs on which a shadow was compared.

use super::{Registry, RegistryError};
use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use std::fmt;

/// Family of the models of lithography.
pub const LITHO: &str = "litho";

/// State of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Trained, but not tried yet.
    Candidate,
    /// Predicts beside the production model; its answers are recorded, but not used.
    Shadow,
    /// Its answers are used.
    Production,
    /// Was in production before.
    Retired,
}

impl Status {
    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Status::Candidate => "candidate",
            Status::Shadow => "shadow",
            Status::Production => "production",
            Status::Retired => "retired",
        }
    }

    fn parse(text: &str) -> Option<Status> {
        [Status::Candidate, Status::Shadow, Status::Production, Status::Retired]
            .into_iter()
            .find(|status| status.name() == text)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A model to register.
#[derive(Debug, Clone)]
pub struct NewModel {
    /// Unique id.
    pub model_id: String,
    /// What it answers: each family has one model in production.
    pub family: String,
    /// When it was trained, RFC 3339.
    pub trained_at: String,
    /// Rows that it was trained on.
    pub training_samples: u64,
    /// Share of held-out predictions within tolerance.
    pub overall_accuracy: Option<f64>,
    /// The same share for critical jobs.
    pub critical_accuracy: Option<f64>,
    /// The artifact, relative to the registry's folder.
    pub artifact_path: String,
    /// Digest of the artifact.
    pub artifact_sha256: String,
    /// The evaluation, a JSON object.
    pub report: String,
}

/// A registered model.
#[derive(Debug, Clone, Serialize)]
pub struct Model {
    /// Unique id.
    pub model_id: String,
    /// Version, `v1`, `v2` …
    pub version: String,
    /// When it was trained.
    pub trained_at: String,
    /// When it went into production.
    pub deployed_at: Option<String>,
    /// When it left production.
    pub retired_at: Option<String>,
    /// Its state.
    pub status: Status,
    /// Rows that it was trained on.
    pub training_samples: i64,
    /// Share of held-out predictions within tolerance.
    pub overall_accuracy: Option<f64>,
    /// The same share for critical jobs.
    pub critical_accuracy: Option<f64>,
    /// The artifact, relative to the registry's folder.
    pub artifact_path: String,
    /// Digest of the artifact.
    pub artifact_sha256: String,
    /// The evaluation, a JSON object.
    pub report: String,
    /// The model that it replaced in production.
    pub predecessor: Option<String>,
    /// What it answers: each family has one model in production.
    pub family: String,
}

/// One job that a shadow and production both predicted.
#[derive(Debug, Clone, PartialEq)]
pub struct ShadowJob {
    /// A key by which the same job is recognized again.
    pub job_key: String,
    /// Error of the shadow, averaged over targets in units of their spread.
    pub error: f64,
    /// The same error of production.
    pub production_error: f64,
    /// Share of targets inside the shadow's intervals.
    pub covered: f64,
}

const COLUMNS: &str =
    "model_id, version, trained_at, deployed_at, retired_at, status, training_samples,
    overall_accuracy, critical_accuracy, artifact_path, artifact_sha256, report, predecessor,
    family";

fn model(row: &Row) -> rusqlite::Result<Model> {
    let status: String = row.get(5)?;
    Ok(Model {
        model_id: row.get(0)?,
        version: row.get(1)?,
        trained_at: row.get(2)?,
        deployed_at: row.get(3)?,
        retired_at: row.get(4)?,
        status: Status::parse(&status).ok_or(rusqlite::Error::InvalidQuery)?,
        training_samples: row.get(6)?,
        overall_accuracy: row.get(7)?,
        critical_accuracy: row.get(8)?,
        artifact_path: row.get(9)?,
        artifact_sha256: row.get(10)?,
        report: row.get(11)?,
        predecessor: row.get(12)?,
        family: row.get(13)?,
    })
}

impl Registry {
    /// Registers a candidate under the next version.
    ///
    /// # Errors
    /// [`RegistryError::Exists`] if the id is taken.
    pub fn add_model(&self, new: &NewModel) -> Result<Model, RegistryError> {
        self.write(|c| {
            let taken = c
                .query_row("SELECT 1 FROM model_registry WHERE model_id = ?1", [&new.model_id], |_| {
                    Ok(())
                })
                .optional()?;
            if taken.is_some() {
                let name = new.model_id.clone();
                return Ok(Err(RegistryError::Exists { what: "model", name }));
            }
            let count: i64 = c.query_row("SELECT count(*) FROM model_registry", [], |r| r.get(0))?;
            c.execute(
                "INSERT INTO model_registry (model_id, version, trained_at, status, training_samples,
                 overall_accuracy, critical_accuracy, artifact_path, artifact_sha256, report, family)
                 VALUES (?1, ?2, ?3, 'candidate', ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    new.model_id,
                    format!("v{}", count + 1),
                    new.trained_at,
                    i64::try_from(new.training_samples).unwrap_or(i64::MAX),
                    new.overall_accuracy,
                    new.critical_accuracy,
                    new.artifact_path,
                    new.artifact_sha256,
                    new.report,
                    new.family
                ],
            )?;
            Ok(Ok(()))
        })?;
        self.model(&new.model_id)
    }

    /// All models, newest first.
    pub fn models(&self) -> Result<Vec<Model>, RegistryError> {
        self.wrap((|| {
            let sql = format!("SELECT {COLUMNS} FROM model_registry ORDER BY rowid DESC");
            self.connection.prepare(&sql)?.query_map([], model)?.collect()
        })())
    }

    /// The model with this version or id.
    ///
    /// # Errors
    /// [`RegistryError::Unknown`], with the versions that exist.
    pub fn model(&self, name: &str) -> Result<Model, RegistryError> {
        let sql =
            format!("SELECT {COLUMNS} FROM model_registry WHERE version = ?1 OR model_id = ?1");
        let found = self.wrap(self.connection.query_row(&sql, [name], model).optional())?;
        match found {
            Some(model) => Ok(model),
            None => {
                let known = self.models()?.into_iter().take(5).map(|m| m.version).collect();
                Err(RegistryError::Unknown { what: "model", name: name.to_owned(), known })
            }
        }
    }

    /// The model of a family in production.
    pub fn production(&self, family: &str) -> Result<Option<Model>, RegistryError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM model_registry WHERE status = 'production' AND family = ?1"
        );
        self.wrap(self.connection.query_row(&sql, [family], model).optional())
    }

    /// Puts a model into production and retires the previous one of its family, in one transaction.
    /// The caller has checked the gates against `expected`, the production model that it saw: if
    /// another process has changed it since, nothing happens.
    ///
    /// # Errors
    /// [`RegistryError::NotNow`] if production has changed, or the model is in production already.
    pub fn promote(
        &self,
        model_id: &str,
        expected: Option<&str>,
        at: &str,
    ) -> Result<(), RegistryError> {
        let family = self.model(model_id)?.family;
        self.write(|c| {
            let current: Option<String> = c
                .query_row(
                    "SELECT model_id FROM model_registry WHERE status = 'production' AND family = ?1",
                    [&family],
                    |row| row.get(0),
                )
                .optional()?;
            if current.as_deref() != expected {
                let message = "the model in production changed meanwhile; check it and try again".to_owned();
                return Ok(Err(RegistryError::NotNow(message)));
            }
            if current.as_deref() == Some(model_id) {
                let message = format!("`{model_id}` is in production already");
                return Ok(Err(RegistryError::NotNow(message)));
            }
            c.execute(
                "UPDATE model_registry SET status = 'retired', retired_at = ?1
                 WHERE status = 'production' AND family = ?2",
                [at, &family],
            )?;
            c.execute(
                "UPDATE model_registry SET status = 'production', deployed_at = ?2, retired_at = NULL,
                 predecessor = ?3 WHERE model_id = ?1",
                params![model_id, at, current],
            )?;
            Ok(Ok(()))
        })
    }

    /// Puts the predecessor of a family's production model back into production, if it was retired
    /// at or after `earliest`. Returns the model that left and the one that came back.
    ///
    /// # Errors
    /// [`RegistryError::NotNow`] if there is no model in production or no predecessor, or if that
    /// was retired too early.
    pub fn rollback(
        &self,
        family: &str,
        at: &str,
        earliest: &str,
    ) -> Result<(Model, Model), RegistryError> {
        let refuse = |text: String| Err(RegistryError::NotNow(text));
        let Some(current) = self.production(family)? else {
            return refuse("no model is in production: nothing to roll back".to_owned());
        };
        let Some(predecessor) = current.predecessor.clone() else {
            return refuse(format!(
                "{} has no predecessor: there is nothing to roll back to",
                current.version
            ));
        };
        let back = self.model(&predecessor)?;
        let retired = back.retired_at.clone().unwrap_or_default();
        if retired.as_str() < earliest {
            return refuse(format!(
                "{} was retired at {retired}: it was kept for rollback until 30 days later",
                back.version
            ));
        }
        self.write(|c| {
            let changed = c.execute(
                "UPDATE model_registry SET status = 'retired', retired_at = ?2
                 WHERE model_id = ?1 AND status = 'production'",
                params![current.model_id, at],
            )?;
            if changed == 0 {
                let message = "the model in production changed meanwhile; check it and try again".to_owned();
                return Ok(Err(RegistryError::NotNow(message)));
            }
            // A rollback uses up the way back, so that a second one cannot swing between two
            // models.
            c.execute(
                "UPDATE model_registry SET status = 'production', deployed_at = ?2, retired_at = NULL,
                 predecessor = NULL WHERE model_id = ?1",
                params![back.model_id, at],
            )?;
            Ok(Ok(()))
        })?;
        Ok((current, self.model(&predecessor)?))
    }

    /// Records jobs that a model predicted in the shadow of another; a job that was recorded before
    /// counts once. A candidate becomes a shadow. Returns how many jobs were new.
    pub fn add_shadow_jobs(
        &self,
        model_id: &str,
        production_id: &str,
        jobs: &[ShadowJob],
    ) -> Result<usize, RegistryError> {
        self.write(|c| {
            let mut insert = c.prepare_cached(
                "INSERT OR IGNORE INTO shadow_jobs VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?;
            let mut added = 0;
            for job in jobs {
                added += insert.execute(params![
                    model_id,
                    production_id,
                    job.job_key,
                    job.error,
                    job.production_error,
                    job.covered
                ])?;
            }
            c.execute(
                "UPDATE model_registry SET status = 'shadow' WHERE model_id = ?1 AND status = 'candidate'",
                [model_id],
            )?;
            Ok(Ok(added))
        })
    }

    /// The jobs that a model predicted in the shadow of another, by key.
    pub fn shadow_jobs(
        &self,
        model_id: &str,
        production_id: &str,
    ) -> Result<Vec<ShadowJob>, RegistryError> {
        self.wrap((|| {
            self.connection
                .prepare(
                    "SELECT job_key, error, production_error, covered FROM shadow_jobs
                     WHERE model_id = ?1 AND production_id = ?2 ORDER BY job_key",
                )?
                .query_map([model_id, production_id], |row| {
                    Ok(ShadowJob {
                        job_key: row.get(0)?,
                        error: row.get(1)?,
                        production_error: row.get(2)?,
                        covered: row.get(3)?,
                    })
                })?
                .collect()
        })())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry() -> (tempfile::TempDir, Registry) {
        let folder = tempfile::tempdir().unwrap();
        let registry = Registry::open(&folder.path().join("registry.db")).unwrap();
        (folder, registry)
    }

    fn add(registry: &Registry, id: &str) -> Model {
        registry.add_model(&of(id)).unwrap()
    }

    fn of(id: &str) -> NewModel {
        NewModel {
            model_id: id.to_owned(),
            family: LITHO.to_owned(),
            trained_at: "2026-01-01T00:00:00Z".to_owned(),
            training_samples: 2400,
            overall_accuracy: Some(0.99),
            critical_accuracy: None,
            artifact_path: format!("models/{id}.lcm"),
            artifact_sha256: "00".to_owned(),
            report: "{}".to_owned(),
        }
    }

    #[test]
    fn promotion_swaps_and_rollback_swaps_back_once() {
        let (_folder, registry) = registry();
        assert_eq!(add(&registry, "a").version, "v1");
        assert_eq!(add(&registry, "b").version, "v2");
        registry.promote("a", None, "2026-02-01T00:00:00Z").unwrap();
        registry.promote("b", Some("a"), "2026-03-01T00:00:00Z").unwrap();
        assert_eq!(registry.production(LITHO).unwrap().unwrap().version, "v2");
        assert_eq!(registry.model("v1").unwrap().status, Status::Retired);
        let (left, back) =
            registry.rollback(LITHO, "2026-03-10T00:00:00Z", "2026-02-08T00:00:00Z").unwrap();
        assert_eq!((left.version.as_str(), back.version.as_str()), ("v2", "v1"));
        let error =
            registry.rollback(LITHO, "2026-03-11T00:00:00Z", "2026-02-09T00:00:00Z").unwrap_err();
        assert_eq!(error.to_string(), "v1 has no predecessor: there is nothing to roll back to");
    }

    #[test]
    fn a_predecessor_older_than_thirty_days_stays_retired() {
        let (_folder, registry) = registry();
        let error =
            registry.rollback(LITHO, "2026-03-11T00:00:00Z", "2026-02-09T00:00:00Z").unwrap_err();
        assert_eq!(error.to_string(), "no model is in production: nothing to roll back");
        add(&registry, "a");
        add(&registry, "b");
        registry.promote("a", None, "2026-01-01T00:00:00Z").unwrap();
        registry.promote("b", Some("a"), "2026-01-02T00:00:00Z").unwrap();
        let error =
            registry.rollback(LITHO, "2026-03-11T00:00:00Z", "2026-02-09T00:00:00Z").unwrap_err();
        assert!(error.to_string().starts_with("v1 was retired at 2026-01-02"), "{error}");
        assert_eq!(registry.production(LITHO).unwrap().unwrap().version, "v2");
    }

    #[test]
    fn each_family_has_its_own_production() {
        let (_folder, registry) = registry();
        add(&registry, "a");
        let family = "vm depth".to_owned();
        let new = NewModel { model_id: "b".to_owned(), family: family.clone(), ..of("b") };
        registry.add_model(&new).unwrap();
        registry.promote("a", None, "2026-01-01T00:00:00Z").unwrap();
        registry.promote("b", None, "2026-01-02T00:00:00Z").unwrap();
        assert_eq!(registry.production(LITHO).unwrap().unwrap().model_id, "a");
        assert_eq!(registry.production(&family).unwrap().unwrap().model_id, "b");
    }

    #[test]
    fn a_promotion_that_saw_old_production_does_nothing() {
        let (_folder, registry) = registry();
        for id in ["a", "b", "c"] {
            add(&registry, id);
        }
        registry.promote("a", None, "2026-01-01T00:00:00Z").unwrap();
        registry.promote("b", Some("a"), "2026-01-02T00:00:00Z").unwrap();
        assert!(registry.promote("c", Some("a"), "2026-01-03T00:00:00Z").is_err());
        assert_eq!(registry.production(LITHO).unwrap().unwrap().version, "v2");
    }

    #[test]
    fn a_shadow_job_counts_once() {
        let (_folder, registry) = registry();
        add(&registry, "a");
        add(&registry, "b");
        let jobs: Vec<ShadowJob> = (0..3)
            .map(|i| ShadowJob {
                job_key: format!("k{i}"),
                error: 0.1,
                production_error: 0.2,
                covered: 1.0,
            })
            .collect();
        assert_eq!(registry.add_shadow_jobs("b", "a", &jobs).unwrap(), 3);
        assert_eq!(registry.add_shadow_jobs("b", "a", &jobs[..2]).unwrap(), 0);
        assert_eq!(registry.shadow_jobs("b", "a").unwrap(), jobs);
        assert_eq!(registry.model("b").unwrap().status, Status::Shadow);
        let error = registry.model("v9").unwrap_err().to_string();
        assert_eq!(error, "no model `v9`; there are: v2, v1");
    }
}
