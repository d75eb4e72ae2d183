//! The storage of models: the registry's database and the artifacts beside it.

use crate::context::Context;
use crate::exit::Usage;
use anyhow::{Context as _, Result};
use clap::Args;
use jiff::{Timestamp, ToSpan};
use libchar_files::atomic;
use libchar_history::ResultRow;
use libchar_history::registry::{
    AlertChange, LithoAlert, Model, NewAlert, NewModel, Registry, RegistryError,
};
use serde_json::json;
use std::path::{Path, PathBuf};

/// How long a model that was replaced in production is kept for rollback.
pub const ROLLBACK_DAYS: i64 = 30;

/// Where the registry is
#[derive(Args)]
pub struct RegistryArgs {
    /// Folder of the model registry [default: beside the history]
    #[arg(long, value_name = "DIR", global = true)]
    registry: Option<PathBuf>,
}

/// The registry and its folder.
pub struct Store {
    pub registry: Registry,
    pub folder: PathBuf,
}

/// A trained model to be registered as a candidate.
pub struct Candidate<'a> {
    /// Family of the model; models of a family replace each other in production.
    pub family: String,
    /// File extension of the artifact.
    pub ending: &'static str,
    /// The artifact.
    pub bytes: &'a [u8],
    /// Its SHA-256.
    pub digest: String,
    /// Number of training rows.
    pub rows: usize,
    /// Share of predictions within tolerance.
    pub accuracy: Option<f64>,
    /// Share of predictions within tolerance among critical jobs.
    pub critical_accuracy: Option<f64>,
    /// The evaluation, as JSON.
    pub report: String,
}

impl RegistryArgs {
    fn folder(&self, ctx: &Context) -> Result<PathBuf> {
        if let Some(folder) = &self.registry {
            return Ok(folder.clone());
        }
        let history = ctx.history_path()?;
        Ok(history.parent().unwrap_or(Path::new(".")).to_owned())
    }

    /// Opens the registry, and creates it if needed.
    pub fn open(&self, ctx: &Context) -> Result<Store> {
        let folder = self.folder(ctx)?;
        let registry = Registry::open(&folder.join("registry.db"))?;
        if let Some(note) = registry.note() {
            ctx.log.warning("registry", note);
        }
        Ok(Store { registry, folder })
    }

    /// Whether the registry exists.
    pub fn exists(&self, ctx: &Context) -> Result<bool> {
        Ok(self.folder(ctx)?.join("registry.db").is_file())
    }

    /// Opens the registry only if it exists.
    pub fn open_existing(&self, ctx: &Context) -> Result<Store> {
        let path = self.folder(ctx)?.join("registry.db");
        if !path.is_file() {
            let message = format!(
                "no model registry: {} does not exist; `libchar litho-predict train` makes one",
                path.display()
            );
            return Err(Usage(message).into());
        }
        self.open(ctx)
    }
}

impl Store {
    /// Reads the artifact of a registered model.
    pub fn artifact(&self, model: &Model) -> Result<(Vec<u8>, String)> {
        let path = self.folder.join(&model.artifact_path);
        let name = path.display().to_string();
        let bytes = std::fs::read(&path)
            .with_context(|| format!("cannot read the artifact of {}, {name}", model.version))?;
        Ok((bytes, name))
    }

    /// Refuses an artifact whose content differs from that of the registered model.
    pub fn check(&self, model: &Model, name: &str, digest: Option<&str>) -> Result<(), Usage> {
        match digest == Some(&model.artifact_sha256) {
            true => Ok(()),
            false => {
                Err(Usage(format!("{name}: not the model that is registered as {}", model.version)))
            }
        }
    }

    /// Writes the artifact first and then registers it, so that a registered model always has its
    /// file. Returns id and version.
    pub fn register(&self, ctx: &Context, candidate: Candidate) -> Result<(String, String)> {
        let mark: String = candidate.digest.chars().take(12).collect();
        let model_id = format!("m{mark}");
        let new = NewModel {
            family: candidate.family,
            trained_at: now(),
            training_samples: candidate.rows as u64,
            overall_accuracy: candidate.accuracy,
            critical_accuracy: candidate.critical_accuracy,
            artifact_path: format!("models/{model_id}.{}", candidate.ending),
            artifact_sha256: candidate.digest,
            report: candidate.report,
            model_id,
        };
        let path = self.folder.join(&new.artifact_path);
        atomic::write(&path, candidate.bytes)
            .with_context(|| format!("cannot write {}", path.display()))?;
        let version = match self.registry.add_model(&new) {
            Ok(model) => model.version,
            // The same rows and seed give the same bytes, so this is the same model.
            Err(RegistryError::Exists { .. }) => self.registry.model(&new.model_id)?.version,
            Err(error) => return Err(error.into()),
        };
        ctx.produces(&path);
        ctx.log.info("registered", format!("{version}, a candidate: {}", path.display()));
        Ok((new.model_id, version))
    }

    /// Raises an alert, unless an open one differs only in its numbers: a check that runs every
    /// night raises it once.
    pub fn fire_once(&self, ctx: &Context, alert: NewAlert) -> Result<()> {
        let open = self.registry.litho_alerts(false)?;
        match open.iter().find(|own| own.is_repeated_by(&alert)) {
            Some(own) => {
                let message = format!("{} is still open: {}", own.alert_id, alert.message);
                ctx.log.warning("alert", message);
                Ok(())
            }
            None => self.fire(ctx, alert),
        }
    }

    /// Raises an alert and prints a warning.
    pub fn fire(&self, ctx: &Context, alert: NewAlert) -> Result<()> {
        let text = format!("{}: {}", alert.severity, alert.message);
        let id = self.note(ctx, &alert)?;
        ctx.log.warning("alert", format!("{id} {text}"));
        Ok(())
    }

    /// Stores an alert without a message; returns its id. The registry has no audit chain. The
    /// alert is therefore also among the results of the run that raised it, which are sealed.
    pub fn note(&self, ctx: &Context, alert: &NewAlert) -> Result<String> {
        let id = self.registry.fire(alert)?;
        ctx.journal.results([ResultRow {
            point: Some(id.clone()),
            measure: format!("alert {}", alert.alert_type),
            value: None,
            unit: None,
            status: format!("{}: {}", alert.severity, alert.message),
        }]);
        Ok(id)
    }

    /// Changes an alert in a run of its own, so that who changed what and why is sealed.
    pub fn change(&self, ctx: &Context, id: &str, change: &AlertChange) -> Result<LithoAlert> {
        let (command, parameters) = match change {
            AlertChange::Acknowledge { by, why } => {
                ("alerts ack", json!({ "alert": id, "by": by, "why": why }))
            }
            AlertChange::Resolve { by, why, was_actionable } => (
                "alerts resolve",
                json!({ "alert": id, "by": by, "why": why, "was_actionable": was_actionable }),
            ),
        };
        ctx.begin(command, parameters);
        Ok(self.registry.change_alert(id, change, &now())?)
    }
}

/// The present time in the registry's format.
pub fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The earliest retirement that can still be rolled back.
pub fn earliest_rollback() -> String {
    let hours = (ROLLBACK_DAYS * 24).hours();
    let earliest = Timestamp::now().checked_sub(hours).unwrap_or(Timestamp::MIN);
    earliest.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
