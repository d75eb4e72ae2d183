//! Models in files and in the registry.

use crate::context::Context;
use crate::exit::Usage;
use crate::registry::{RegistryArgs, Store};
use anyhow::Result;
use libchar_assurance::family::Fitted;
use libchar_assurance::model::Model;
use libchar_assurance::model_file;
use libchar_core::hash;
use libchar_history::registry::Model as Registered;
use std::path::Path;

/// A model for predictions.
pub struct Loaded {
    pub model: Model,
    pub fitted: Fitted,
    /// The version of the model.
    pub version: String,
}

/// Family in the registry of models with a name.
pub fn family(name: &str) -> String {
    format!("vm {name}")
}

fn decode(bytes: &[u8], name: &str, version: String) -> Result<Loaded> {
    let (model, fitted) = model_file::decode(bytes, name)?;
    Ok(Loaded { model, fitted, version })
}

/// Reads a registered model, after a check that its artifact is the registered one.
pub fn load(store: &Store, registered: &Registered) -> Result<Loaded> {
    let (bytes, name) = store.artifact(registered)?;
    store.check(registered, &name, Some(&hash::sha256(&bytes)))?;
    decode(&bytes, &name, registered.version.clone())
}

/// The model for predictions: the file or registered version `name`, else the only one of its kind
/// in production.
pub fn choose(args: &RegistryArgs, ctx: &Context, name: Option<&str>) -> Result<Loaded> {
    if let Some(file) = name.filter(|name| Path::new(name).is_file()) {
        let bytes = ctx.read(file)?.bytes;
        let version = hash::sha256(&bytes).chars().take(12).collect();
        return decode(&bytes, file, version);
    }
    let store = args.open_existing(ctx)?;
    if let Some(name) = name {
        let registered = store.registry.model(name)?;
        if !registered.family.starts_with("vm ") {
            let message = format!(
                "{} is a model of {}, not of virtual metrology",
                registered.version, registered.family
            );
            return Err(Usage(message).into());
        }
        return load(&store, &registered);
    }
    let produced: Vec<Registered> = store
        .registry
        .models()?
        .into_iter()
        .filter(|m| m.family.starts_with("vm ") && m.status.name() == "production")
        .collect();
    match produced.as_slice() {
        [one] => load(&store, one),
        [] => Err(Usage("no model of virtual metrology is in production; `libchar models promote` puts one there, and --model names one".to_owned()).into()),
        several => {
            let names: Vec<String> = several.iter().map(|m| format!("{} ({})", m.version, m.family)).collect();
            Err(Usage(format!("several models are in production; name one by --model: {}", names.join(", "))).into())
        }
    }
}
