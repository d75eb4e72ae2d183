//! The samples of every point: drawn, rendered, and cut into blocks of which each has a deck.

use super::budget;
use super::decks::write_if_changed;
use crate::context::Context;
use crate::domain::{Domain, Varying};
use crate::log::Level;
use anyhow::{Context as _, Result};
use libchar_campaign::samples::{self, BLOCKS, Block, BlockRow, DRAWS};
use libchar_core::number::shortest;
use libchar_core::{Faults, atomic, hash};
use libchar_engine::Simulator;
use libchar_engine::batch::Shape;
use libchar_pvt::config::Samples;
use libchar_pvt::matrix::Cell;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

/// What gen made of the samples.
#[derive(Debug, Default)]
pub struct Written {
    /// Samples of each point.
    pub samples: usize,
    /// Blocks of each point.
    pub blocks: usize,
    /// Decks that differ from what was there.
    pub changed: usize,
}

/// Writes the decks of all blocks, then the tables of draws and blocks; removes the tables where nothing varies.
pub fn write(domain: &Domain, ctx: &Context, dry_run: bool) -> Result<Written> {
    let Some(varying) = &domain.varying else {
        if !dry_run {
            remove_tables()?;
        }
        return Ok(Written::default());
    };
    let samples = match (varying.count(), &varying.samples) {
        (Some(samples), _) => samples,
        (None, Samples::Auto(budget)) => budget::decide(*budget, ctx)?,
        (None, _) => 0,
    };
    extend(domain, varying, samples, ctx, dry_run)
}

fn known_rows() -> Vec<BlockRow> {
    let rows = fs::read(BLOCKS).ok().and_then(|bytes| samples::parse(BLOCKS, &bytes).ok());
    rows.unwrap_or_default()
}

/// The blocks of the first point of `blocks.csv`.
fn known_blocks() -> Vec<Block> {
    let rows = known_rows();
    let first = rows.first().map(|row| row.point.clone()).unwrap_or_default();
    rows.iter().take_while(|row| row.point == first).map(|row| row.block).collect()
}

/// Makes `samples` samples of each point.
pub fn extend(
    domain: &Domain,
    varying: &Varying,
    samples: usize,
    ctx: &Context,
    dry_run: bool,
) -> Result<Written> {
    let draws = varying.variation.draw(varying.seed, varying.sampling, samples);
    warn_unused(domain, varying, &draws, ctx)?;
    let Made { blocks, rows, shared } = make(domain, varying, &draws, ctx, dry_run)?;
    if !shared {
        let message = "the decks of samples differ in more than numbers of .param: each is simulated by a process of its own";
        ctx.log.info("samples", message);
    }
    let changed = rows.iter().filter(|(_, changed)| *changed).count();
    let rows: Vec<BlockRow> = rows.into_iter().map(|(row, _)| row).collect();
    if !dry_run {
        atomic::write_if_changed(Path::new(DRAWS), draws_csv(varying, &draws).as_bytes())
            .with_context(|| format!("cannot write {DRAWS}"))?;
        ctx.produces(Path::new(DRAWS));
        atomic::write_if_changed(Path::new(BLOCKS), &samples::frame(&rows).to_csv())
            .with_context(|| format!("cannot write {BLOCKS}"))?;
        ctx.produces(Path::new(BLOCKS));
    }
    for row in &rows {
        ctx.makes(Path::new(&row.id()).join(&domain.deck_name));
    }
    Ok(Written { samples, blocks: blocks.len(), changed })
}

/// The points whose samples `gen` would draw or write otherwise than its tables have them.
pub fn older(domain: &Domain, ctx: &Context) -> Result<BTreeSet<String>> {
    let known = by_point(known_rows());
    let mut now = BTreeMap::new();
    let mut is_drawn_so = true;
    if let Some(varying) = &domain.varying {
        let samples = varying.count().unwrap_or_else(budget::present);
        let draws = varying.variation.draw(varying.seed, varying.sampling, samples);
        let table = fs::read(DRAWS).unwrap_or_default();
        is_drawn_so = table == draws_csv(varying, &draws).as_bytes();
        let made = make(domain, varying, &draws, ctx, true)?;
        now = by_point(made.rows.into_iter().map(|(row, _)| row).collect());
    }
    let ids: BTreeSet<&String> = known.keys().chain(now.keys()).collect();
    let differs = |id: &&&String| !is_drawn_so || known.get(**id) != now.get(**id);
    Ok(ids.iter().filter(differs).map(|id| (*id).clone()).collect())
}

fn by_point(rows: Vec<BlockRow>) -> BTreeMap<String, Vec<BlockRow>> {
    let mut points: BTreeMap<String, Vec<BlockRow>> = BTreeMap::new();
    for row in rows {
        points.entry(row.point.clone()).or_default().push(row);
    }
    points
}

/// The blocks of all points, each with whether its deck differs from what is there.
struct Made {
    blocks: Vec<Block>,
    rows: Vec<(BlockRow, bool)>,
    /// Whether samples that could share a process do.
    shared: bool,
}

fn make(
    domain: &Domain,
    varying: &Varying,
    draws: &[Vec<f64>],
    ctx: &Context,
    dry_run: bool,
) -> Result<Made> {
    let alone = !shares(domain, varying, ctx)?;
    let samples = draws.len();
    let blocks = samples::cut(&known_blocks(), samples, samples::block_size(samples), alone);
    if let Some(rows) = decks(domain, &blocks, draws, dry_run)? {
        return Ok(Made { blocks, rows, shared: true });
    }
    let blocks = samples::cut(&[], samples, 1, true);
    let rows = decks(domain, &blocks, draws, dry_run)?;
    let rows = rows.context("a block of one sample has no deck")?;
    Ok(Made { blocks, rows, shared: false })
}

fn remove_tables() -> Result<()> {
    for file in [BLOCKS, DRAWS] {
        match fs::remove_file(file) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                return Err(e).with_context(|| format!("cannot remove {file}"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether samples of a point can share a process.
fn shares(domain: &Domain, varying: &Varying, ctx: &Context) -> Result<bool> {
    let simulator = Simulator::find(&domain.config.simulator, &ctx.config.section("simulators"));
    let loops = simulator.is_ok_and(|simulator| simulator.batch == "ngspice");
    // ngspice draws its own random numbers once a start, whatever a loop does.
    if varying.native || !loops || !ctx.config.flag("run.batch") {
        return Ok(false);
    }
    let Some(cell) = domain.matrix.cell(0) else { return Ok(false) };
    let deck = domain.deck(&cell, Some(1))?;
    Ok(Shape::of(&String::from_utf8_lossy(&deck)).is_some())
}

/// The decks of all blocks of all points, written where they differ; `None` where samples cannot share a deck.
fn decks(
    domain: &Domain,
    blocks: &[Block],
    draws: &[Vec<f64>],
    dry_run: bool,
) -> Result<Option<Vec<(BlockRow, bool)>>> {
    let rows: Result<Vec<Option<(BlockRow, bool)>>> = (0..domain.matrix.len() * blocks.len())
        .into_par_iter()
        .filter_map(|index| {
            Some((domain.matrix.cell(index / blocks.len())?, blocks[index % blocks.len()]))
        })
        .map(|(cell, block)| write_block(domain, &cell, block, draws, dry_run))
        .collect();
    Ok(rows?.into_iter().collect())
}

fn write_block(
    domain: &Domain,
    cell: &Cell,
    block: Block,
    draws: &[Vec<f64>],
    dry_run: bool,
) -> Result<Option<(BlockRow, bool)>> {
    let point = cell.id();
    let id = format!("{point}/{}", block.folder());
    let mut texts = Vec::with_capacity(block.samples as usize);
    for sample in block.numbers() {
        let values = &draws[sample as usize - 1];
        let deck = domain.deck(&Cell { draws: values, ..*cell }, Some(sample))?;
        // Names of the point's files are those of the block: its outputs lie in its own folder.
        texts.push(String::from_utf8_lossy(&deck).replace(&point, &id));
    }
    let Some(deck) = samples::deck(&texts) else { return Ok(None) };
    let path = Path::new(&id).join(&domain.deck_name);
    let changed = write_if_changed(&path, deck.as_bytes(), dry_run)?;
    let row = BlockRow { point, block, deck_sha256: hash::sha256(deck.as_bytes()) };
    Ok(Some((row, changed)))
}

/// A quantity that changes no deck varies in vain.
fn warn_unused(
    domain: &Domain,
    varying: &Varying,
    draws: &[Vec<f64>],
    ctx: &Context,
) -> Result<()> {
    let (Some(cell), Some(values)) = (domain.matrix.cell(0), draws.first()) else { return Ok(()) };
    let render = |values: &[f64]| {
        domain.template.render(&Cell { draws: values, ..cell }).map_err(Faults::from)
    };
    let nominal = render(cell.draws)?;
    for (i, varied) in varying.variation.varied().iter().enumerate() {
        let mut one = cell.draws.to_vec();
        one[i] = if values[i] == one[i] { one[i] + varied.sigma() } else { values[i] };
        if render(&one)? == nominal {
            let message = format!(
                "{}:{}: no deck has `{}`: it varies without effect",
                varying.variation.file,
                varied.line,
                varied.name()
            );
            ctx.log.point(Level::Warning, "effect", &varied.name(), message);
        }
    }
    Ok(())
}

/// `samples.csv`: the values of each sample, with all digits.
fn draws_csv(varying: &Varying, draws: &[Vec<f64>]) -> String {
    let names: Vec<String> = varying.variation.varied().iter().map(|v| v.name()).collect();
    let mut text = std::iter::once("sample")
        .chain(names.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join(",");
    text.push('\n');
    for (sample, values) in (1u64..).zip(draws) {
        text.push_str(&sample.to_string());
        for value in values {
            text.push(',');
            text.push_str(&shortest(*value));
        }
        text.push('\n');
    }
    text
}
