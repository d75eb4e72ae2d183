//! `bkp`: backup sets of a domain.

use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::stage;
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_archive::{self as archive, ArchiveError, Manifest, Selection, Simulator};
use libchar_core::{Faults, Frame};
use libchar_pvt::config;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Files left out of a set that are named on stderr; more are counted.
const MOST_NAMED: usize = 5;

/// The domain is the current folder.
const DOMAIN: &str = ".";

const EXAMPLES: &str = "\
Examples:
  libchar bkp                                      make 00bkp_YYYYMMDDHHMMSS (UTC) and print its name
  libchar bkp verify                               hold the newest set to its manifest; exit 1 if it differs
  libchar bkp restore 00bkp_20260102030405 --to again
  libchar bkp prune --keep 5

A set holds configuration, tables, template, decks, logs, measures, results and reports, and a manifest with the
SHA-256 and size of each. It is there whole or not at all.";

/// Back up the domain: make a set, list, verify, restore and prune sets
#[derive(Args)]
#[command(after_long_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Bkp {
    #[command(subcommand)]
    action: Option<Action>,
    /// Back up waveforms and raw data too
    #[arg(long)]
    waveforms: bool,
}

#[derive(Subcommand)]
enum Action {
    /// List the sets, the oldest first
    List,
    /// Hold sets to their manifests and name each difference; exit 1 if there is one
    Verify {
        /// Sets [default: the newest]
        #[arg(value_name = "SET")]
        sets: Vec<PathBuf>,
        /// Every set of the domain
        #[arg(long, conflicts_with = "sets")]
        all: bool,
    },
    /// Copy the files of a set into a new folder
    Restore {
        /// The set
        #[arg(value_name = "SET")]
        set: PathBuf,
        /// The folder, which must not exist yet
        #[arg(long, value_name = "NEW")]
        to: PathBuf,
    },
    /// Remove all sets but the newest
    Prune {
        /// How many stay, at least one [default: bkp.keep]
        #[arg(long, value_name = "N")]
        keep: Option<usize>,
        /// Only name what would be removed
        #[arg(long)]
        dry_run: bool,
    },
}

pub fn run(args: Bkp, ctx: &Context) -> Result<Outcome> {
    match args.action {
        None => stage::run("bkp", ctx, || create(args.waveforms, ctx)),
        Some(Action::List) => list(ctx),
        Some(Action::Verify { sets, all }) => verify(sets, all, ctx),
        Some(Action::Restore { set, to }) => restore(&set, &to, ctx),
        Some(Action::Prune { keep, dry_run }) => prune(keep, dry_run, ctx),
    }
}

fn create(waveforms: bool, ctx: &Context) -> Result<Outcome> {
    let domain = Path::new(DOMAIN);
    if !domain.join(config::FILE).exists() {
        let message =
            "no config.cfg here: a characterization directory has one; name it with -C DIR";
        return Err(Usage(message.to_owned()).into());
    }
    ctx.begin("bkp", json!({ "waveforms": waveforms }));
    let _lock = ctx.lock(domain, "bkp")?;
    for name in archive::remove_leftovers(domain).map_err(told)? {
        ctx.log.warning("bkp", format!("removed {name}, which a backup that was ended left"));
    }
    let mut selection = archive::select(domain, waveforms).map_err(told)?;
    add_project_file(&mut selection)?;
    add_shared_inputs(&mut selection, ctx)?;
    let now = now()?;
    let manifest = Manifest {
        created: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        libchar: env!("CARGO_PKG_VERSION").to_owned(),
        simulators: simulators(&selection),
        reproduce: [
            "libchar bkp verify SET",
            "libchar bkp restore SET --to NEW",
            "libchar -C NEW flow gen run ext srt",
        ]
        .map(str::to_owned)
        .into(),
        digest: String::new(),
        files: Vec::new(),
    };
    let stamp = now.strftime("%Y%m%d%H%M%S").to_string();
    let (name, manifest) = archive::create(domain, &stamp, &selection, manifest).map_err(told)?;
    tell_skipped(&selection, ctx);
    let size = manifest.size();
    ctx.log.info("bkp", format!("{} files, {size} bytes -> {name}", manifest.files.len()));
    ctx.metrics.borrow_mut().gauge(
        "libchar_backup_bytes",
        "Size of the last backup set",
        &[],
        size as f64,
    );
    ctx.produces(&Path::new(&name).join(archive::MANIFEST));
    selection.files.iter().for_each(|(_, path)| ctx.depends(path));
    ctx.write("-", format!("{name}\n").as_bytes())?;
    Ok(Outcome::Fine)
}

/// The time, or that of `SOURCE_DATE_EPOCH`, for backups that shall be the same.
fn now() -> Result<jiff::Timestamp> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text
            .parse()
            .ok()
            .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
            .ok_or_else(|| {
                Usage(format!("SOURCE_DATE_EPOCH is `{text}`; expected seconds since 1970")).into()
            }),
        Err(_) => Ok(jiff::Timestamp::now()),
    }
}

/// A domain below its project is complete only with the project's `libchar.toml`.
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

/// Tables and a template outside of the domain, which several domains share, go to `outside/` of the set.
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

/// The simulators that the points' status files name.
fn simulators(selection: &Selection) -> Vec<Simulator> {
    #[derive(Deserialize)]
    struct Status {
        simulator: String,
        version: String,
    }
    let status = selection.files.iter().filter(|(name, _)| name.ends_with("/status.json"));
    let read =
        status.filter_map(|(_, path)| serde_json::from_slice::<Status>(&fs::read(path).ok()?).ok());
    let named = read.map(|status| Simulator { name: status.simulator, version: status.version });
    named.collect::<BTreeSet<_>>().into_iter().collect()
}

fn tell_skipped(selection: &Selection, ctx: &Context) {
    if selection.waveforms > 0 {
        let message =
            format!("{} waveform files are left out; --waveforms takes them", selection.waveforms);
        ctx.log.info("bkp", message);
    }
    for path in selection.skipped.iter().take(MOST_NAMED) {
        ctx.log.warning("bkp", format!("{path} is no file: it is not in the set"));
    }
    if selection.skipped.len() > MOST_NAMED {
        let more = selection.skipped.len() - MOST_NAMED;
        ctx.log.warning("bkp", format!("and {more} more that are no files"));
    }
}

fn list(ctx: &Context) -> Result<Outcome> {
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

fn verify(mut sets: Vec<PathBuf>, all: bool, ctx: &Context) -> Result<Outcome> {
    if sets.is_empty() {
        let known = archive::sets(Path::new(DOMAIN)).map_err(told)?;
        let first = if all { 0 } else { known.len().saturating_sub(1) };
        sets = known[first..].iter().map(|set| PathBuf::from(&set.name)).collect();
    }
    if sets.is_empty() {
        return Err(Usage("no backup set here: `libchar bkp` makes one".to_owned()).into());
    }
    ctx.begin("bkp verify", json!({ "sets": sets }));
    let mut frame = Frame::new("libchar.backup-differences", 1, ["set", "path", "difference"]);
    for set in &sets {
        let manifest = Manifest::read(set).map_err(told)?;
        let differences = archive::verify(set, &manifest);
        let verdict = if differences.is_empty() { "intact" } else { "differs" };
        let message = format!("{}: {} files, {verdict}", set.display(), manifest.files.len());
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

fn restore(set: &Path, to: &Path, ctx: &Context) -> Result<Outcome> {
    ctx.begin("bkp restore", json!({ "set": set, "to": to }));
    let files = archive::restore(set, to).map_err(told)?;
    ctx.log.info("bkp", format!("{files} files -> {}", to.display()));
    Ok(Outcome::Fine)
}

fn prune(keep: Option<usize>, dry_run: bool, ctx: &Context) -> Result<Outcome> {
    let configured = ctx.config.integer("bkp.keep").and_then(|keep| usize::try_from(keep).ok());
    let keep = keep.or(configured).filter(|keep| *keep > 0).ok_or_else(|| {
        Usage("how many sets shall stay? --keep N or bkp.keep, 1 or more".to_owned())
    })?;
    ctx.begin("bkp prune", json!({ "keep": keep, "dry_run": dry_run }));
    let domain = Path::new(DOMAIN);
    let _lock = ctx.lock(domain, "bkp prune")?;
    let removed = archive::prune(domain, keep, dry_run).map_err(told)?;
    let mut frame = Frame::new("libchar.backups-removed", 1, ["set"]);
    removed.into_iter().for_each(|name| frame.push(vec![name.into()]));
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}

/// A fault of a manifest is told as a fault, with its place first.
fn told(error: ArchiveError) -> anyhow::Error {
    match error {
        ArchiveError::Manifest(fault) => Faults::from(fault).into(),
        other => other.into(),
    }
}
