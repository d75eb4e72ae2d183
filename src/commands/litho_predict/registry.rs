//! Where models are kept: the registry's database and the artifacts beside it.

use super::surrogate;
use crate::context::Context;
use crate::exit::Usage;
use anyhow::{Context as _, Result};
use clap::Args;
use jiff::{Timestamp, ToSpan};
use libchar_history::registry::{Model, NewAlert, Registry};
use libchar_learn::{Surrogate, artifact};
use std::path::{Path, PathBuf};

/// How long the predecessor of a model in production is kept for rollback.
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

/// A model that answers, with the name under which it does.
pub struct Loaded {
    pub surrogate: Surrogate,
    pub version: String,
}

impl RegistryArgs {
    fn folder(&self, ctx: &Context) -> Result<PathBuf> {
        if let Some(folder) = &self.registry {
            return Ok(folder.clone());
        }
        let history = ctx.history_path()?;
        Ok(history.parent().unwrap_or(Path::new(".")).to_owned())
    }

    /// Opens the registry, making it if need be.
    pub fn open(&self, ctx: &Context) -> Result<Store> {
        let folder = self.folder(ctx)?;
        let registry = Registry::open(&folder.join("registry.db"))?;
        if let Some(note) = registry.note() {
            ctx.log.warning("registry", note);
        }
        Ok(Store { registry, folder })
    }

    /// Whether there is a registry.
    pub fn exists(&self, ctx: &Context) -> Result<bool> {
        Ok(self.folder(ctx)?.join("registry.db").is_file())
    }

    /// Opens the registry only if there is one.
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

    /// The model to ask: the artifact `file`, or the registered model `version`, else the one in
    /// production.
    pub fn load(&self, ctx: &Context, name: Option<&str>) -> Result<Loaded> {
        if let Some(file) = name.filter(|name| Path::new(name).is_file()) {
            let bytes = ctx.read(file)?.bytes;
            let surrogate = decode(&bytes, file)?;
            let digest = artifact::digest(&bytes).unwrap_or_default();
            return Ok(Loaded { surrogate, version: digest.chars().take(12).collect() });
        }
        let store = self.open_existing(ctx)?;
        let model = match name {
            Some(name) => store.registry.model(name)?,
            None => store.production()?,
        };
        store.load(&model)
    }
}

impl Store {
    /// The model in production.
    pub fn production(&self) -> Result<Model> {
        let none =
            "no model is in production; `libchar litho-predict models promote` puts one there";
        Ok(self.registry.production()?.ok_or_else(|| Usage(none.to_owned()))?)
    }

    /// Reads a registered model, if its artifact is the one that was registered.
    pub fn load(&self, model: &Model) -> Result<Loaded> {
        let path = self.folder.join(&model.artifact_path);
        let name = path.display().to_string();
        let bytes = std::fs::read(&path)
            .with_context(|| format!("cannot read the artifact of {}, {name}", model.version))?;
        let surrogate = decode(&bytes, &name)?;
        if artifact::digest(&bytes).as_deref() != Some(&model.artifact_sha256) {
            let message =
                format!("{name}: another model than the one registered as {}", model.version);
            return Err(Usage(message).into());
        }
        Ok(Loaded { surrogate, version: model.version.clone() })
    }

    /// Fires an alert and says so.
    pub fn fire(&self, ctx: &Context, alert: NewAlert) -> Result<()> {
        let text = format!("{}: {}", alert.severity, alert.message);
        let id = self.registry.fire(&alert)?;
        ctx.log.warning("alert", format!("{id} {text}"));
        Ok(())
    }
}

fn decode(bytes: &[u8], name: &str) -> Result<Surrogate> {
    let surrogate = artifact::decode(bytes).map_err(|error| Usage(format!("{name}: {error}")))?;
    surrogate::check_fits(&surrogate, name)?;
    Ok(surrogate)
}

/// The present, as the registry writes it.
pub fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The earliest retirement that can still be rolled back.
pub fn earliest_rollback() -> String {
    let hours = (ROLLBACK_DAYS * 24).hours();
    let earliest = Timestamp::now().checked_sub(hours).unwrap_or(Timestamp::MIN);
    earliest.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
