//! Records everything that determines the results of a run: two runs with equal inputs differ only
//! by chance.

use crate::context::Context;
use crate::domain;
use libchar_campaign::engine::Engine;
use libchar_campaign::key::Keys;
use libchar_core::hash;
use libchar_history::Input;
use libchar_pvt::config;
use std::fs;
use std::path::Path;

/// Records the files of the domain: config.cfg with its text, the tables and the template.
pub fn of_domain(ctx: &Context) {
    if let Ok(text) = fs::read_to_string(config::FILE) {
        ctx.journal.input(Input::text("config", config::FILE, text));
    }
    let tables = domain::tables_folder(ctx);
    let mut names: Vec<_> = fs::read_dir(&tables)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    names.sort();
    for path in names {
        file("tables", &path, ctx);
    }
    file("template", &domain::template_path(ctx), ctx);
}

/// Records the simulator, and the options that all points share.
pub fn of_engine(engine: &Engine, ctx: &Context) {
    let version = engine.version.as_str();
    ctx.journal.input(Input::digest("simulator", &engine.name, version));
    let options = hash::sha256(engine.key_material().current.as_bytes());
    ctx.journal.input(Input::digest("options", "simulation", options));
    if let Some(preset) = &engine.preset {
        let options = preset.options.to_string();
        ctx.journal.input(Input::text("preset", &preset.name, options));
    }
}

/// Records the files that decks read.
pub fn of_models(keys: &Keys, ctx: &Context) {
    for (path, sha256) in keys.digests() {
        let name = path.display().to_string();
        ctx.journal.input(Input::digest("models", name, sha256));
    }
}

fn file(kind: &str, path: &Path, ctx: &Context) {
    if let Ok(bytes) = fs::read(path) {
        let name = path.display().to_string();
        ctx.journal.input(Input::digest(kind, name, hash::sha256(&bytes)));
    }
}
