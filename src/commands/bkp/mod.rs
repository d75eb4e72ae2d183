//! `bkp`: backup sets of a domain.

mod make;
mod sets;

use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::stage;
use anyhow::Result;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use libchar_archive::ArchiveError;
use libchar_core::Faults;
use std::path::PathBuf;

/// The domain is the current folder.
const DOMAIN: &str = ".";

const EXAMPLES: &str = "\
Examples:
  libchar bkp                                      make 00bkp_YYYYMMDDHHMMSS (UTC) and print its name
  libchar bkp verify                               hold the newest set to its manifest; exit 1 if it differs
  libchar bkp restore 00bkp_20260102030405 --to again
  libchar bkp prune --keep 5

A set holds configuration, tables, template, decks, logs, measures, results and reports, and a manifest with the
SHA-256, size, mode and time of each. It is there whole or not at all.";

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
    /// Remove all sets that are older than the newest ones that verify; exit 1 if one of those does not
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
        None => stage::run("bkp", ctx, || make::make(args.waveforms, ctx)),
        Some(Action::List) => sets::list(ctx),
        Some(Action::Verify { sets, all }) => sets::verify(sets, all, ctx),
        Some(Action::Restore { set, to }) => sets::restore(&set, &to, ctx),
        Some(Action::Prune { keep, dry_run }) => sets::prune(keep, dry_run, ctx),
    }
}

/// A fault of a manifest is told as a fault, with its place first.
fn told(error: ArchiveError) -> anyhow::Error {
    match error {
        ArchiveError::Manifest(fault) => Faults::from(fault).into(),
        other => other.into(),
    }
}

/// The time, or that of `SOURCE_DATE_EPOCH`, for backups that shall be the same.
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
