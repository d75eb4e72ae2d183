//! Models of lithography in the registry.

pub use crate::registry::{Candidate, ROLLBACK_DAYS, RegistryArgs, Store, earliest_rollback, now};

use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use libchar_assurance::litho::targets;
use libchar_history::registry::{LITHO, Model};
use libchar_learn::{Surrogate, artifact};
use std::path::Path;

/// A model for predictions, with its version.
pub struct Loaded {
    pub surrogate: Surrogate,
    pub version: String,
}

impl RegistryArgs {
    /// The model for predictions: the file or registered version `name`, else the model in
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
        Ok(self.registry.production(LITHO)?.ok_or_else(|| Usage(none.to_owned()))?)
    }

    /// Reads a registered model, after a check that its artifact is the registered one.
    pub fn load(&self, model: &Model) -> Result<Loaded> {
        let (bytes, name) = self.artifact(model)?;
        let surrogate = decode(&bytes, &name)?;
        self.check(model, &name, artifact::digest(&bytes).as_deref())?;
        Ok(Loaded { surrogate, version: model.version.clone() })
    }
}

fn decode(bytes: &[u8], name: &str) -> Result<Surrogate> {
    let surrogate = artifact::decode(bytes).map_err(|error| Usage(format!("{name}: {error}")))?;
    match targets::misfit(&surrogate) {
        None => Ok(surrogate),
        Some(why) => Err(Usage(format!("{name}: {why}; train it again")).into()),
    }
}
