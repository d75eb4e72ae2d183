//! Reads the recipes of the command line.

use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use clap::Args;
use libchar_core::Faults;
use libchar_diffusion::loaded::{Loaded, set};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A recipe and what replaces some of its values.
#[derive(Args, Clone)]
pub struct RecipeInput {
    /// Recipe in TOML, `-` for standard input
    #[arg(value_name = "RECIPE", default_value = "-")]
    pub recipe: String,
    /// Replace a value of the recipe, such as step.2.time='45 min' or model.ni=plummer
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub set: Vec<String>,
}

impl RecipeInput {
    pub fn load(&self, ctx: &Context) -> Result<Loaded> {
        let source = ctx.read(&self.recipe)?;
        let mut loaded = load(&source.name, &source.bytes)?;
        for change in &self.set {
            let (path, value) = change
                .split_once('=')
                .ok_or_else(|| Usage(format!("--set {change}: expected PATH=VALUE")))?;
            set(&mut loaded.document, path.trim(), value.trim()).map_err(Usage)?;
        }
        Ok(loaded)
    }

    /// Begins an action with a recipe that was loaded: its record, with what `more` was asked, and the files it depends on.
    pub fn begin(&self, loaded: &Loaded, stage: &str, more: Value, ctx: &Context) {
        let mut parameters = json!({ "recipe": loaded.name, "set": self.set });
        if let (Some(all), Value::Object(more)) = (parameters.as_object_mut(), more) {
            all.extend(more);
        }
        ctx.begin(stage, parameters);
        ctx.journal.recipe(loaded.effective());
        depends(loaded, ctx);
    }
}

/// Reads a recipe from its text; files that it names are relative to its own.
pub fn load(name: &str, bytes: &[u8]) -> Result<Loaded, Faults> {
    let folder = folder(name);
    let files = move |path: &str| {
        let path = folder.join(path);
        std::fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))
    };
    Ok(Loaded::new(name, bytes, Box::new(files))?)
}

fn folder(recipe: &str) -> PathBuf {
    Path::new(recipe).parent().map(Path::to_owned).unwrap_or_default()
}

/// Records for `--depfile` the files that the recipe names.
pub fn depends(loaded: &Loaded, ctx: &Context) {
    let folder = folder(&loaded.name);
    for path in loaded.document.files() {
        ctx.depends(&folder.join(path));
    }
}
