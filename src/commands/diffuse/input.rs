//! Recipes on the command line, and running them.

use crate::context::Context;
use crate::exit::Usage;
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_core::{Fault, Faults, input};
use libchar_diffusion::figures::Figures;
use libchar_diffusion::format::{Document, Parsed};
use libchar_diffusion::process::{self, Run};
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

/// A recipe that was read, and where the files that it names are.
pub struct Loaded {
    pub name: String,
    pub text: String,
    pub document: Document,
    folder: PathBuf,
}

/// A recipe that ran.
pub struct Simulated {
    pub parsed: Parsed,
    pub run: Run,
    pub figures: Figures,
}

impl RecipeInput {
    pub fn load(&self, ctx: &Context) -> Result<Loaded> {
        let source = ctx.read(&self.recipe)?;
        let mut loaded = Loaded::new(&source.name, &source.bytes)?;
        for change in &self.set {
            let (path, value) = change
                .split_once('=')
                .ok_or_else(|| Usage(format!("--set {change}: expected PATH=VALUE")))?;
            set(&mut loaded.document, path.trim(), value.trim())?;
        }
        Ok(loaded)
    }
}

/// Replaces a value; what is no TOML literal is a text.
pub fn set(document: &mut Document, path: &str, value: &str) -> Result<()> {
    let quoted = serde_json::Value::from(value).to_string();
    document
        .set(path, value)
        .or_else(|_| document.set(path, &quoted))
        .map_err(|why| Usage(why).into())
}

impl Loaded {
    pub fn new(name: &str, bytes: &[u8]) -> Result<Loaded> {
        let text = input::text(name, bytes).map_err(Faults::from)?.to_owned();
        let folder = Path::new(name).parent().map(Path::to_owned).unwrap_or_default();
        Ok(Loaded { name: name.to_owned(), document: Document::new(name, &text), text, folder })
    }

    /// Reads the recipe with the changes made so far.
    pub fn read(&self, document: &Document) -> Result<Parsed, Faults> {
        document.read(&|path| {
            let path = self.folder.join(path);
            std::fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))
        })
    }

    /// Notes for `--depfile` the files that the recipe names.
    pub fn depends(&self, ctx: &Context) {
        for path in self.document.files() {
            ctx.depends(&self.folder.join(path));
        }
    }

    /// The recipe as it ran, complete in itself: with the changes and the measured profiles written in.
    pub fn effective(&self) -> String {
        let complete = self.document.complete(&|path| {
            std::fs::read(self.folder.join(path)).map_err(|error| error.to_string())
        });
        complete.unwrap_or_else(|_| self.text.clone())
    }

    /// Reads the recipe with the changes of a document, and runs it.
    pub fn simulate(&self, document: &Document) -> Result<Simulated> {
        self.run(self.read(document)?)
    }

    /// Runs a recipe that was read from this one's text.
    pub fn run(&self, parsed: Parsed) -> Result<Simulated> {
        let run = process::run(&parsed.recipe).map_err(|error| {
            let place = parsed.places.steps.get(error.step).copied().unwrap_or(0);
            Faults::from(Fault::at_offset(&self.name, &self.text, place, error.to_string()))
        })?;
        let figures = Figures::of(&parsed.recipe, &run).with_context(|| self.name.clone())?;
        Ok(Simulated { parsed, run, figures })
    }
}
