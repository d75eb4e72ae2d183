//! `lib` itself: simulates what is missing or has changed, and writes one Liberty file for each
//! condition.

use super::benches::{Read, benches};
use super::engine::Engine;
use super::simulate::{Count, Job, Room, simulate};
use super::source::{self, Source};
use super::{drive, driver};
use crate::commands::run::reconcile;
use crate::context::Context;
use crate::exit::{Interrupted, Outcome, Usage};
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_cells::emit;
use libchar_cells::tables::{CellTables, tables};
use libchar_cells::work::Work;
use libchar_core::{Cell, Frame};
use libchar_history::{Input, ResultRow};
use libchar_liberty::Group;
use libchar_runner::Signals;
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
    let source = source::read(&args.file, &args.cell, args.like.as_deref(), ctx)?;
    ctx.journal.recipe(source.text.clone());
    let _lock = ctx.lock(&source.folder, "lib")?;
    let signals = Signals::watch()?;
    let engine = Engine::of(&source.config, ctx, &signals)?;
    ctx.journal.input(Input::digest(
        "simulator",
        &source.config.simulator,
        engine.version.as_str(),
    ));
    let runs = source.folder.join(RUNS);
    fs::create_dir_all(&runs).with_context(|| format!("cannot create {}", runs.display()))?;
    if !reconcile::wait_for_orphans(&runs, false, ctx, &signals)? {
        return Err(Interrupted(2).into());
    }
    let mut read = Read::new(engine.start.search.clone());
    let (mut benches, materials) = benches(&source, &mut read, ctx)?;
    let slots = args.jobs.or_else(|| std::thread::available_parallelism().ok().map(Into::into));
    let room = Room { engine: &engine, runs: &runs, slots: slots.unwrap_or(1), signals: &signals };
    driver::give_waveforms(&source, &mut benches, &mut read, &room, ctx)?;
    let drives = drive::check(&source, &benches, &materials, args.holes, &room, ctx)?;
    let mut works: Vec<Work<'_>> = Vec::new();
    for (at, bench) in benches.iter().enumerate() {
        let known = &source.cells[at % source.cells.len()];
        works.push(Work::of(&source.config, known, bench));
    }
    let jobs: Vec<Job<'_>> = works
        .iter_mut()
        .enumerate()
        .map(|(at, work)| Job {
            name: source.name(at),
            material: materials[at].clone(),
            tasks: work.tasks(),
        })
        .collect();
    let mut counts = simulate(jobs, &room, ctx)?;
    counts.iter_mut().zip(&drives).for_each(|(count, drive)| count.add(drive));
    finish(args, ctx, &source, &works, &counts)
}

const COLUMNS: [&str; 10] =
    ["pvt", "cell", "status", "arcs", "tables", "holes", "simulated", "reused", "cpu_s", "reason"];

fn finish(
    args: &Characterize,
    ctx: &Context,
    source: &Source,
    works: &[Work<'_>],
    counts: &[Count],
) -> Result<Outcome> {
    let mut frame = Frame::new("libchar.lib", 1, COLUMNS);
    let mut findings = 0;
    let n = source.cells.len();
    for (p, pvt) in source.config.pvt.iter().enumerate() {
        let mut groups: Vec<Group> = Vec::new();
        for (c, known) in source.cells.iter().enumerate() {
            let (work, count) = (&works[p * n + c], counts[p * n + c]);
            let found = tables(&source.config, known, work);
            let group = emit::cell(&source.config, known, &found, args.holes);
            let reason = match &group {
                Ok(_) => String::new(),
                Err(reason) => reason.to_string(),
            };
            let status = match (&group, found.holes.is_empty()) {
                (Ok(_), true) => "done",
                (Ok(_), false) => "holes",
                (Err(_), _) => "failed",
            };
            findings += usize::from(status != "done");
            frame.push(row(&pvt.name, &known.cell.name, status, &found, &group, count, &reason));
            tell(ctx, &source.name(p * n + c), status, &found, &reason);
            groups.extend(group);
        }
        let is_whole = groups.len() == n;
        let name = emit::library_name(&source.config, pvt);
        let missing = n - groups.len();
        if !is_whole && !args.holes {
            let cells = if missing == 1 { "cell is" } else { "cells are" };
            let message = format!(
                "{name}.lib is not written: {missing} {cells} not complete (--holes writes the others)"
            );
            ctx.log.alarm("lib", message);
            continue;
        }
        let ending = if args.cell.is_empty() { "lib" } else { "part.lib" };
        let folder = args.output.clone().unwrap_or_else(|| source.folder.clone());
        let path = folder.join(format!("{name}.{ending}"));
        let library = emit::library(&source.config, pvt, groups);
        ctx.replace(&path.display().to_string(), format!("{library}\n").as_bytes())?;
        ctx.log.info("lib", format!("{} is written", path.display()));
        history(ctx, &pvt.name, counts, p, n);
    }
    ctx.print(&frame)?;
    Ok(Outcome::found(findings))
}

fn row(
    pvt: &str,
    cell: &str,
    status: &str,
    found: &CellTables,
    group: &Result<Group, emit::Unwritable>,
    count: Count,
    reason: &str,
) -> Vec<Cell> {
    let tables = group.as_ref().map_or(0, number_of_tables);
    vec![
        pvt.into(),
        cell.into(),
        status.into(),
        Cell::Integer(found.arcs.len() as i64),
        Cell::Integer(tables as i64),
        Cell::Integer(found.holes.len() as i64),
        Cell::Integer(count.simulated as i64),
        Cell::Integer(count.reused as i64),
        ((count.cpu_s * 1000.0).round() / 1000.0).into(),
        if reason.is_empty() { Cell::Null } else { reason.into() },
    ]
}

/// Number of groups with values, in this group and all groups inside it.
fn number_of_tables(group: &Group) -> usize {
    let own = usize::from(group.list("values").is_some());
    own + group.all_groups().map(number_of_tables).sum::<usize>()
}

fn tell(ctx: &Context, name: &str, status: &str, found: &CellTables, reason: &str) {
    if status == "failed" {
        ctx.log.alarm("lib", format!("{name}: no group is written: {reason}"));
    }
    for hole in found.holes.iter().filter(|_| status == "holes") {
        ctx.log.warning("lib", format!("{name}: extrapolated: {}: {}", hole.what, hole.why));
    }
}

fn history(ctx: &Context, pvt: &str, counts: &[Count], p: usize, n: usize) {
    let own = &counts[p * n..(p + 1) * n];
    let cpu_s: f64 = own.iter().map(|count| count.cpu_s).sum();
    let simulated: usize = own.iter().map(|count| count.simulated + count.reused).sum();
    let row = |measure: &str, value: f64, unit: Option<&str>| ResultRow {
        point: Some(pvt.to_owned()),
        ..ResultRow::value(measure, value, unit)
    };
    ctx.journal.results([
        row("cells", n as f64, None),
        row("simulations", simulated as f64, None),
        row("cpu_s", cpu_s, Some("s")),
    ]);
}
