//! The sets of a domain: list, verify, restore, remove.

use super::store::Store;
use super::{DOMAIN, drill, now, told};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use jiff::Timestamp;
use libchar_archive::{self as archive, Manifest};
use libchar_core::Frame;
use libchar_core::words::count;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Lists the sets.
pub fn list(ctx: &Context) -> Result<Outcome> {
    let columns = ["set", "created", "files", "size_bytes", "libchar", "fault"];
    let mut frame = Frame::new("libchar.backups", 1, columns);
    let mut unreadable = 0;
    for set in archive::sets(Path::new(DOMAIN)).map_err(told)? {
        let manifest = set.manifest.as_ref().ok();
        unreadable += usize::from(manifest.is_none());
        frame.push(vec![
            set.name.into(),
            manifest.map(|m| m.created.as_str()).into(),
            manifest.map(|m| m.files.len()).into(),
            manifest.map(|m| i64::try_from(m.size()).unwrap_or(i64::MAX)).into(),
            manifest.map(|m| m.libchar.as_str()).into(),
            set.manifest.as_ref().err().map(ToString::to_string).into(),
        ]);
    }
    ctx.print(&frame)?;
    Ok(Outcome::found(unreadable))
}

/// Compares sets with their manifests.
pub fn verify(mut sets: Vec<PathBuf>, all: bool, ctx: &Context) -> Result<Outcome> {
    if sets.is_empty() {
        let known = archive::sets(Path::new(DOMAIN)).map_err(told)?;
        let first = if all { 0 } else { known.len().saturating_sub(1) };
        sets = known[first..].iter().map(|set| PathBuf::from(&set.name)).collect();
    }
    if sets.is_empty() {
        return Err(Usage("no backup set here: `libchar bkp` makes one".to_owned()).into());
    }
    ctx.look("bkp verify");
    let mut frame = Frame::new("libchar.backup-differences", 1, ["set", "path", "difference"]);
    for set in &sets {
        let manifest = Manifest::read(set).map_err(told)?;
        let differences = archive::verify(set, &manifest);
        if differences.is_empty() {
            drill::remember(&set.display().to_string(), ctx)?;
        }
        let verdict = if differences.is_empty() { "intact" } else { "differs" };
        let message =
            format!("{}: {}, {verdict}", set.display(), count(manifest.files.len(), "file"));
        ctx.log.info("bkp", message);
        for (path, difference) in differences {
            frame.push(vec![
                set.display().to_string().into(),
                path.into(),
                difference.to_string().into(),
            ]);
        }
    }
    ctx.print(&frame)?;
    Ok(Outcome::found(frame.len()))
}

/// Restores a set.
pub fn restore(set: &Path, to: &Path, store: Option<Store>, ctx: &Context) -> Result<Outcome> {
    ctx.begin("bkp restore", json!({ "set": set, "to": to }));
    let files = match store {
        Some(store) => store.restore(set.to_str(), to)?.1.files.len(),
        None => archive::restore(set, to).map_err(told)?,
    };
    ctx.log.info("bkp", format!("{} -> {}", count(files, "file"), to.display()));
    Ok(Outcome::Fine)
}

/// Removes old sets.
pub fn prune(keep: Option<usize>, dry_run: bool, ctx: &Context) -> Result<Outcome> {
    let configured = ctx.config.integer("bkp.keep").and_then(|keep| usize::try_from(keep).ok());
    let named = if keep.is_some() { "--keep" } else { "bkp.keep" };
    let keep = match keep.or(configured) {
        Some(0) => Err(format!("{named} 0: expected 1 or more sets")),
        Some(keep) => Ok(keep),
        None => {
            Err("the number of sets to keep is not given: expected --keep N or bkp.keep".into())
        }
    };
    let keep = keep.map_err(Usage)?;
    match dry_run {
        true => ctx.look("bkp prune"),
        false => ctx.begin("bkp prune", json!({ "keep": keep })),
    }
    let domain = Path::new(DOMAIN);
    let _lock = ctx.lock(domain, "bkp prune")?;
    let stamp = Timestamp::now().max(now()?).strftime("%Y%m%d%H%M%S").to_string();
    if !dry_run {
        archive::remove_leftovers(domain).map_err(told)?;
    }
    let pruned = archive::prune(domain, keep, &stamp, dry_run).map_err(told)?;
    for (name, reason) in &pruned.doubtful {
        let message = format!("{name} stays and does not count as kept: {reason}");
        ctx.log.warning("bkp", message);
    }
    let mut frame = Frame::new("libchar.backups-removed", 1, ["set"]);
    pruned.removed.into_iter().for_each(|name| frame.push(vec![name.into()]));
    ctx.print(&frame)?;
    Ok(Outcome::found(pruned.doubtful.len()))
}
