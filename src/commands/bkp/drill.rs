//! Drills: a timed restore into a temporary folder.

use super::store::Store;
use super::{DOMAIN, told};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::{Context as _, Result};
use jiff::Timestamp;
use libchar_archive::{self as archive, Manifest};
use libchar_core::Frame;
use libchar_files::atomic;
use libchar_history::ResultRow;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// File in the domain that names the last verified set or store.
const VERIFIED: &str = ".libchar/verified.json";

/// The set or store that was last read completely and found intact.
#[derive(Serialize, Deserialize)]
pub struct Verified {
    /// Its name.
    pub what: String,
    /// When, RFC 3339.
    pub at: String,
}

/// Restores a set to a temporary folder, and reports how long it took.
pub fn drill(
    set: Option<PathBuf>,
    store: Option<Store>,
    place: Option<&Path>,
    ctx: &Context,
) -> Result<Outcome> {
    ctx.begin("bkp drill", json!({ "set": set, "store": store.is_some() }));
    let folder = match place {
        Some(place) => tempfile::tempdir_in(place),
        None => tempfile::tempdir(),
    };
    let folder = folder.context("cannot make a folder for the drill")?;
    let to = folder.path().join("restored");
    let began = Instant::now();
    let (name, manifest) = match store {
        Some(store) => {
            let set = set.as_ref().map(|set| set.display().to_string());
            store.restore(set.as_deref(), &to)?
        }
        None => {
            let set = match set {
                Some(set) => set,
                None => newest()?,
            };
            archive::restore(&set, &to).map_err(told)?;
            (set.display().to_string(), Manifest::read(&set).map_err(told)?)
        }
    };
    let seconds = began.elapsed().as_secs_f64();
    remember(&name, ctx)?;
    ctx.journal.results([ResultRow::value("restore_time_s", seconds, Some("s"))]);
    let help = "Time of the last drill's restore, verification included";
    ctx.metrics.borrow_mut().gauge("libchar_restore_seconds", help, &[], seconds);
    let columns = ["set", "files", "size_bytes", "restore_time_s"];
    let mut frame = Frame::new("libchar.backup-drill", 1, columns);
    frame.push(vec![
        name.into(),
        manifest.files.len().into(),
        i64::try_from(manifest.size()).unwrap_or(i64::MAX).into(),
        seconds.into(),
    ]);
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}

fn newest() -> Result<PathBuf> {
    let newest = archive::names(Path::new(DOMAIN)).map_err(told)?.pop();
    let none = || Usage("no backup set here: `libchar bkp` makes one".to_owned());
    Ok(newest.map(PathBuf::from).ok_or_else(none)?)
}

/// Records that a set or store was read completely and found intact.
pub fn remember(what: &str, ctx: &Context) -> Result<()> {
    let verified = Verified { what: what.to_owned(), at: Timestamp::now().to_string() };
    let written = atomic::write(Path::new(VERIFIED), &serde_json::to_vec(&verified)?);
    if let Err(error) = written {
        // A user who may only read a domain can still verify its sets.
        ctx.log.debug("bkp", format!("{VERIFIED} cannot be written: {error}"));
    }
    Ok(())
}

/// The warning of `check`: the last verified set is older than `bkp.max_age`, or there is none.
pub fn overdue(ctx: &Context) -> Option<String> {
    let most = ctx.config.duration("bkp.max_age")?;
    let shown = ctx.config.text("bkp.max_age").unwrap_or_default();
    let last: Option<Verified> =
        fs::read(VERIFIED).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let Some(Verified { what, at }) = last else {
        return Some(format!("no backup was verified yet, and bkp.max_age is {shown}"));
    };
    let when: Timestamp = at.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    let age = Timestamp::now().duration_since(when).unsigned_abs();
    let text = format!("{what} was verified at {at}, longer ago than the {shown} of bkp.max_age");
    (age > most).then_some(text)
}
