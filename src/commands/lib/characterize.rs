//! `lib` itself: simulates what is missing or has changed, and writes one Liberty file for each
//! condition.

use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::told::{keep, say};
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_campaign::reconcile::wait_for_orphans;
use libchar_cells::benches::Read;
use libchar_cells::condition::{self, Condition};
use libchar_cells::drivable;
use libchar_cells::schedule::Count;
use libchar_cells::simulate::{Room, of_cells};
use libchar_cells::source::Source;
use libchar_cells::waveforms::give_waveforms;
use libchar_cells::work::Work;
use libchar_history::Input;
use libchar_runner::Signals;
use libchar_runner::pool::Supervisor;
use serde_json::json;
use std::fs;
use std::path::PathBuf;

/// Folder of simulations and their results, below the folder of the library.
const RUNS: &str = ".libchar/lib";

/// Simulate what is missing or changed, and write one Liberty file for each condition
#[derive(Args)]
pub struct Characterize {
    /// File that describes the library
    #[arg(value_name = "CELLS.TOML", default_value = libchar_cells::config::FILE)]
    file: String,
    /// Only these cells: a name, or a pattern with `*`; may be repeated. The Liberty file then ends in .part.lib
    #[arg(long, value_name = "NAME")]
    cell: Vec<String>,
    /// Take indexes, attributes, pins and names from this Liberty file, and compare its functions [default: `like` in CELLS.TOML]
    #[arg(long, value_name = "OLD.LIB")]
    like: Option<String>,
    /// Number of simulations at the same time [default: the cores]
    #[arg(short, long, value_name = "N")]
    jobs: Option<usize>,
    /// Write files although values are missing: each is extrapolated, so that it is not too small, and marked by a comment
    #[arg(long)]
    holes: bool,
    /// Folder of the Liberty files [default: that of CELLS.TOML]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub fn run(args: &Characterize, ctx: &Context) -> Result<Outcome> {
    crate::stage::timed("lib", ctx, || characterize(args, ctx))
}

fn characterize(args: &Characterize, ctx: &Context) -> Result<Outcome> {
    if args.jobs == Some(0) {
        return Err(Usage("--jobs 0: expected at least one".to_owned()).into());
    }
    ctx.begin(
        "lib",
        json!({ "file": args.file, "cell": args.cell, "like": args.like, "holes": args.holes }),
    );
    let source = super::source(&args.file, &args.cell, args.like.as_deref(), ctx)?;
    ctx.journal.recipe(source.text.clone());
    let _lock = ctx.lock(&source.folder, "lib")?;
    let signals = Signals::watch()?;
    let engine = super::engine_of(&source.config, ctx, &signals)?;
    let version = engine.version.as_str();
    ctx.journal.input(Input::digest("simulator", &source.config.simulator, version));
    let runs = source.folder.join(RUNS);
    fs::create_dir_all(&runs).with_context(|| format!("cannot create {}", runs.display()))?;
    wait_for_orphans(&runs, false, ctx, &signals)?;
    let mut read = Read::new(engine.start.search.clone());
    let (mut benches, materials) = super::benches(&source, &mut read, ctx)?;
    let slots = args.jobs.or_else(|| std::thread::available_parallelism().ok().map(Into::into));
    let supervisor = Supervisor {
        program: std::env::current_exe().unwrap_or_else(|_| "/proc/self/exe".into()),
        args: vec!["supervise".into(), "--runs".into(), runs.clone().into(), "--slot".into()],
        runs,
    };
    let room = Room {
        engine: &engine,
        supervisor: &supervisor,
        slots: slots.unwrap_or(1),
        signals: &signals,
        hear: &|note| say(ctx, note),
    };
    give_waveforms(&source, &mut benches, &mut read, &room)?;
    let drives = drivable::check(&source, &benches, &materials, args.holes, &room)?;
    let (works, mut counts) = of_cells(&source, &benches, &materials, &room)?;
    counts.iter_mut().zip(&drives).for_each(|(count, drive)| count.add(drive));
    finish(args, ctx, &source, &works, &counts)
}

/// Writes the libraries of the conditions, and prints a row for each cell.
fn finish(
    args: &Characterize,
    ctx: &Context,
    source: &Source,
    works: &[Work<'_>],
    counts: &[Count],
) -> Result<Outcome> {
    let n = source.cells.len();
    let mut conditions = Vec::new();
    for at in 0..source.config.pvt.len() {
        let own = at * n..(at + 1) * n;
        let (works, counts) = (&works[own.clone()], &counts[own]);
        let mut found = Condition::of(source, at, works, counts, args.holes);
        found.notes.drain(..).for_each(|note| say(ctx, note));
        if let (name, Some(library)) = &found.library {
            let ending = if args.cell.is_empty() { "lib" } else { "part.lib" };
            let folder = args.output.as_ref().unwrap_or(&source.folder);
            let path = folder.join(format!("{name}.{ending}")).display().to_string();
            ctx.replace(&path, format!("{library}\n").as_bytes())?;
            ctx.log.info("lib", format!("{path} is written"));
            keep(ctx, found.kept.clone());
        }
        conditions.push(found);
    }
    ctx.print(&condition::frame(&conditions))?;
    Ok(Outcome::found(conditions.iter().map(|found| found.findings).sum()))
}
