//! `bkp`: backup sets of a domain.

pub mod drill;
mod make;
mod parent;
mod pick;
mod sets;
mod store;

use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::stage;
use anyhow::Result;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use libchar_archive::ArchiveError;
use libchar_core::Faults;
use pick::Patterns;
use std::path::PathBuf;
use store::{Retention, StoreArgs};

/// The domain is the current folder.
const DOMAIN: &str = ".";

const EXAMPLES: &str = "\
Examples:
  libchar bkp                                      make 00bkp_YYYYMMDDHHMMSS (UTC) and print its name
  libchar bkp verify                               compare the newest set with its manifest; exit 1 if it differs
  libchar bkp restore 00bkp_20260102030405 --to again
  libchar bkp prune --keep 5
  libchar bkp drill                                restore the newest set to a temporary folder, verify it, print the time
  libchar bkp --store /backup/chip --password-file ~/.chip      add a set to a store, which is a restic repository
  libchar bkp prune --store --keep-daily 30 --dry-run

A set holds configuration, tables, template, decks, logs, measures, results and reports, and a manifest with the
SHA-256, size, mode and time of each file. A set appears only when it is complete.";

/// Back up the domain: make, list, verify, restore and prune backup sets
#[derive(Args)]
#[command(after_long_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Bkp {
    #[command(subcommand)]
    action: Option<Action>,
    /// Back up waveforms and raw data too
    #[arg(long)]
    waveforms: bool,
    /// Also back up files that match this pattern, such as `pdk/*.lib`, and would be left out; may be repeated [default: bkp.include]
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Leave out files that match this pattern; may be repeated [default: bkp.exclude]
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    #[command(flatten)]
    store: StoreArgs,
}

#[derive(Subcommand)]
enum Action {
    /// List the sets, the oldest first
    List {
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Compare sets with their manifests and name each difference; exit 1 if there is one
    Verify {
        /// Sets to verify [default: the newest]
        #[arg(value_name = "SET")]
        sets: Vec<PathBuf>,
        /// Verify every set of the domain
        #[arg(long, conflicts_with = "sets")]
        all: bool,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Copy the files of a set into a new folder
    Restore {
        /// Set to restore; in a store: its name, the beginning of its id, or `latest`
        #[arg(value_name = "SET")]
        set: PathBuf,
        /// Folder to restore into; it must not exist yet
        #[arg(long, value_name = "NEW")]
        to: PathBuf,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Remove all sets that are older than the newest N that verify; exit 1 if a newer set does not verify
    Prune {
        /// Number of newest sets to keep, at least 1 [default: bkp.keep]
        #[arg(long, value_name = "N")]
        keep: Option<usize>,
        /// In a store: keep this many of the newest sets
        #[arg(long, value_name = "N", requires = "store")]
        keep_last: Option<u32>,
        /// In a store: keep the newest set of each day, for this many days
        #[arg(long, value_name = "N", requires = "store")]
        keep_daily: Option<u32>,
        /// In a store: keep the newest set of each week, for this many weeks
        #[arg(long, value_name = "N", requires = "store")]
        keep_weekly: Option<u32>,
        /// Print the sets that would be removed, and stop
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Restore a set to a temporary folder, verify it, and print how long that took
    Drill {
        /// Set to restore [default: the newest]
        #[arg(value_name = "SET")]
        set: Option<PathBuf>,
        /// Create the temporary folder inside this folder
        #[arg(long = "in", value_name = "DIR")]
        place: Option<PathBuf>,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Copy all sets of a store into another store with the same password, which is created if it does not exist
    Copy {
        #[command(flatten)]
        store: StoreArgs,
        /// Store to copy to
        #[arg(long, value_name = "REPO")]
        to: String,
    },
}

pub fn run(args: Bkp, ctx: &Context) -> Result<Outcome> {
    match args.action {
        None => stage::run("bkp", ctx, || {
            let patterns = Patterns::of(args.include, args.exclude, ctx);
            make::make(args.waveforms, &patterns, args.store.find(ctx)?, ctx)
        }),
        Some(Action::List { store }) => match store.find(ctx)? {
            Some(store) => store.list().map(|()| Outcome::Fine),
            None => sets::list(ctx),
        },
        Some(Action::Verify { sets, all, store }) => match store.find(ctx)? {
            Some(store) => store.verify(),
            None => sets::verify(sets, all, ctx),
        },
        Some(Action::Restore { set, to, store }) => sets::restore(&set, &to, store.find(ctx)?, ctx),
        Some(Action::Prune { keep, keep_last, keep_daily, keep_weekly, dry_run, store }) => {
            match store.find(ctx)? {
                Some(store) => {
                    let last = keep_last.or(keep.and_then(|keep| u32::try_from(keep).ok()));
                    let retention = Retention { last, daily: keep_daily, weekly: keep_weekly };
                    store.prune(&retention, dry_run)
                }
                None => sets::prune(keep, dry_run, ctx),
            }
        }
        Some(Action::Drill { set, place, store }) => {
            drill::drill(set, store.find(ctx)?, place.as_deref(), ctx)
        }
        Some(Action::Copy { mut store, to }) => {
            store.store.get_or_insert_default();
            store.find(ctx)?.map_or(Ok(Outcome::Fine), |store| store.copy(&to))
        }
    }
}

/// Turns the fault of a manifest into a fault of this program, which is printed with its place.
fn told(error: ArchiveError) -> anyhow::Error {
    match error {
        ArchiveError::Manifest(fault) => Faults::from(fault).into(),
        other => other.into(),
    }
}

/// The present time, or that of `SOURCE_DATE_EPOCH`, for reproducible backups.
fn now() -> Result<Timestamp> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text
            .parse()
            .ok()
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .ok_or_else(|| {
                Usage(format!("SOURCE_DATE_EPOCH is `{text}`; expected seconds since 1970")).into()
            }),
        Err(_) => Ok(Timestamp::now()),
    }
}
