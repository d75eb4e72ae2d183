//! Makes a backup set.

use super::pick::{self, Patterns};
use super::store::Store;
use super::{DOMAIN, now, told};
use crate::context::Context;
use crate::exit::{Outcome, Usage, explain};
use anyhow::Result;
use libchar_archive::{self as archive, Head, Made, Manifest, Selection, Simulator, Staged};
use libchar_campaign::said::Said;
use libchar_core::words::count;
use libchar_history::History;
use libchar_pvt::config;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use tempfile::TempDir;

/// Place of the history in a set: the one where a restored domain looks for it.
const IN_SET: &str = ".libchar/history.db";

/// Number of files left out of a set that are named on stderr; the others are only counted.
const MOST_NAMED: usize = 5;

/// Makes a set and prints its name.
pub fn make(
    waveforms: bool,
    patterns: &Patterns,
    store: Option<Store>,
    ctx: &Context,
) -> Result<Outcome> {
    let domain = Path::new(DOMAIN);
    let is_library = domain.join(libchar_cells::config::FILE).exists();
    if !is_library && !domain.join(config::FILE).exists() {
        let message =
            "neither config.cfg nor cells.toml here: a domain has one of them; name it with -C DIR";
        return Err(Usage(message.to_owned()).into());
    }
    ctx.begin("bkp", json!({ "waveforms": waveforms }));
    let _lock = ctx.lock(domain, "bkp")?;
    for name in archive::remove_leftovers(domain).map_err(told)? {
        ctx.log.warning("bkp", format!("removed {name}, which a backup that was ended left"));
    }
    let mut selection = archive::select(domain, waveforms).map_err(told)?;
    pick::pick(&mut selection, patterns, ctx)?;
    add_project_file(&mut selection)?;
    add_shared_inputs(&mut selection, ctx)?;
    let history = history(&mut selection, ctx)?;
    let now = now()?;
    let manifest = Manifest {
        created: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        libchar: env!("CARGO_PKG_VERSION").to_owned(),
        simulators: simulators(&selection),
        reproduce: [
            "libchar bkp verify SET",
            "libchar bkp restore SET --to NEW",
            if is_library { "libchar -C NEW lib" } else { "libchar -C NEW flow gen run ext srt" },
        ]
        .map(str::to_owned)
        .into(),
        history: history.as_ref().map(|(_, head)| head.clone()),
        content: None,
        digest: String::new(),
        folders: None,
        files: Vec::new(),
    };
    let stamp = now.strftime("%Y%m%d%H%M%S").to_string();
    let Made { name, manifest, dropped } = match &store {
        Some(store) => {
            let staged = Staged::of_links(domain, &selection, manifest).map_err(told)?;
            let name = format!("00bkp_{stamp}");
            store.add(&staged, &name)?;
            Made { name, manifest: staged.manifest.clone(), dropped: staged.dropped.clone() }
        }
        None => archive::create(domain, &stamp, &selection, manifest).map_err(told)?,
    };
    tell_skipped(&selection, ctx);
    for path in &dropped {
        let message = format!("{path} is setuid or setgid; its copy is not");
        ctx.log.warning("bkp", message);
    }
    let size = manifest.size();
    ctx.log.info("bkp", format!("{}, {size} bytes -> {name}", count(manifest.files.len(), "file")));
    ctx.metrics.borrow_mut().gauge(
        "libchar_backup_bytes",
        "Size of the last backup set",
        &[],
        size as f64,
    );
    if store.is_none() {
        ctx.produces(&Path::new(&name).join(archive::MANIFEST));
    }
    selection.files.iter().for_each(|(_, path)| ctx.depends(path));
    ctx.write("-", format!("{name}\n").as_bytes())?;
    Ok(Outcome::Fine)
}

/// Copies the history by SQLite itself, while others may write to it; also returns the head of its
/// audit chain. Returns `None` for a domain without a history, and with a warning for one that
/// cannot be read.
fn history(selection: &mut Selection, ctx: &Context) -> Result<Option<(TempDir, Head)>> {
    let path = ctx.history_path()?;
    if !path.exists() {
        return Ok(None);
    }
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("history.db");
    let made = || -> Result<Head> {
        History::read(&path)?.back_up(&copy)?;
        let head = History::read(&copy)?.head()?;
        Ok(Head { entries: u64::try_from(head.entries)?, hash: head.hash })
    };
    match made() {
        Ok(head) => {
            fs::set_permissions(&copy, fs::metadata(&path)?.permissions())?;
            selection.files.retain(|(_, file)| *file != path);
            selection.files.push((IN_SET.to_owned(), copy));
            selection.files.sort();
            Ok(Some((folder, head)))
        }
        Err(error) => {
            ctx.log.alarm("bkp", format!("the history is not in the set: {}", explain(&error)));
            Ok(None)
        }
    }
}

/// Adds the project's `libchar.toml`, without which a domain below the project is incomplete.
fn add_project_file(selection: &mut Selection) -> Result<()> {
    let name = "libchar.toml";
    if selection.files.iter().any(|(path, _)| path == name) {
        return Ok(());
    }
    let domain = std::env::current_dir()?;
    if let Some(path) =
        domain.ancestors().map(|folder| folder.join(name)).find(|path| path.is_file())
    {
        selection.files.push((name.to_owned(), path));
        selection.files.sort();
    }
    Ok(())
}

/// Adds tables and a template outside the domain, which several domains may share, as `outside/` of
/// the set.
fn add_shared_inputs(selection: &mut Selection, ctx: &Context) -> Result<()> {
    let domain = fs::canonicalize(DOMAIN)?;
    for (key, below) in [("tables.path", "configuration"), ("template.path", "template")] {
        let Some(path) = ctx.config.text(key).map(Path::new) else { continue };
        let Ok(real) = fs::canonicalize(path) else { continue };
        let is_within =
            path.is_relative() && !path.components().any(|part| part == Component::ParentDir);
        if is_within || real.starts_with(&domain) {
            continue;
        }
        let base = PathBuf::from("outside").join(below);
        if real.is_dir() {
            let shared = archive::select(&real, false).map_err(told)?;
            let named =
                |(name, path): (String, PathBuf)| (base.join(name).display().to_string(), path);
            selection.files.extend(shared.files.into_iter().map(named));
        } else if let Some(name) = real.file_name().and_then(|name| name.to_str()) {
            selection.files.push((base.join(name).display().to_string(), real.clone()));
        }
    }
    selection.files.sort();
    Ok(())
}

/// The simulators in the points' status files.
fn simulators(selection: &Selection) -> Vec<Simulator> {
    let files = selection.files.iter().filter(|(name, _)| name.ends_with("/status.json"));
    let said = files.filter_map(|(_, path)| Said::parse(&fs::read(path).ok()?));
    let named =
        said.filter_map(|said| Some(Simulator { name: said.simulator?, version: said.version? }));
    named.collect::<BTreeSet<_>>().into_iter().collect()
}

fn tell_skipped(selection: &Selection, ctx: &Context) {
    if selection.waveforms > 0 {
        let message =
            format!("{} waveform files are left out; --waveforms takes them", selection.waveforms);
        ctx.log.info("bkp", message);
    }
    for path in selection.skipped.iter().take(MOST_NAMED) {
        ctx.log.warning("bkp", format!("{path} is not a file: it is not in the set"));
    }
    if selection.skipped.len() > MOST_NAMED {
        let more = selection.skipped.len() - MOST_NAMED;
        ctx.log.warning("bkp", format!("and {more} more that are not files"));
    }
}
