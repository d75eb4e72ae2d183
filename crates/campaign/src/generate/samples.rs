//! The samples of every point: they are rendered and divided into blocks, each with its own deck.

use super::decks::write_if_changed;
use crate::domain::{Domain, Varying};
use crate::samples::{self, BLOCKS, Block, BlockRow, DRAWS};
use anyhow::{Context as _, Result};
use libchar_core::number::shortest;
use libchar_core::{Faults, hash};
use libchar_engine::batch::Shape;
use libchar_files::atomic;
use libchar_pvt::matrix::Cell;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

/// The samples of all points.
#[derive(Debug, Default)]
pub struct Sampled {
    /// The number of blocks of each point.
    pub blocks: usize,
    /// The blocks of all points.
    pub rows: Vec<BlockRow>,
    /// Decks that differ from the earlier ones.
    pub changed: usize,
    /// Whether samples that could share a process do so.
    pub shared: bool,
    /// `samples.csv`.
    draws: String,
}

/// Makes `samples` samples of each point, and writes decks that differ unless it is a dry run. With `loops`, one process
/// of the simulator may simulate several samples.
///
/// # Errors
/// An expression of the template that cannot be evaluated, and errors of the file system.
pub fn sample(
    domain: &Domain,
    varying: &Varying,
    samples: usize,
    loops: bool,
    dry_run: bool,
) -> Result<Sampled> {
    let draws = varying.variation.draw(varying.seed, varying.sampling, samples);
    let alone = !shares(domain, varying, loops)?;
    let blocks = samples::cut(&known_blocks(), samples, samples::block_size(samples), alone);
    let made = decks(domain, &blocks, &draws, dry_run)?;
    let shared = made.is_some();
    let (blocks, made) = match made {
        Some(made) => (blocks, made),
        None => {
            let blocks = samples::cut(&[], samples, 1, true);
            let made = decks(domain, &blocks, &draws, dry_run)?;
            (blocks, made.context("a block of one sample has no deck")?)
        }
    };
    let changed = made.iter().filter(|(_, changed)| *changed).count();
    let rows = made.into_iter().map(|(row, _)| row).collect();
    let draws = draws_csv(varying, &draws);
    Ok(Sampled { blocks: blocks.len(), rows, changed, shared, draws })
}

impl Sampled {
    /// Writes the tables of draws and blocks.
    ///
    /// # Errors
    /// Errors of the file system.
    pub fn write_tables(&self) -> Result<()> {
        atomic::write_if_changed(Path::new(DRAWS), self.draws.as_bytes())
            .with_context(|| format!("cannot write {DRAWS}"))?;
        atomic::write_if_changed(Path::new(BLOCKS), &samples::frame(&self.rows).to_csv())
            .with_context(|| format!("cannot write {BLOCKS}"))?;
        Ok(())
    }

    /// The points whose samples differ from those in the existing tables.
    pub fn differing(self) -> BTreeSet<String> {
        let is_drawn_so = fs::read(DRAWS).unwrap_or_default() == self.draws.as_bytes();
        differing(known_rows(), self.rows, is_drawn_so)
    }
}

/// The points whose samples are in the tables although samples are no longer drawn.
pub fn left_over() -> BTreeSet<String> {
    differing(known_rows(), Vec::new(), true)
}

fn differing(known: Vec<BlockRow>, now: Vec<BlockRow>, is_drawn_so: bool) -> BTreeSet<String> {
    let (known, now) = (by_point(known), by_point(now));
    let ids: BTreeSet<&String> = known.keys().chain(now.keys()).collect();
    let differs = |id: &&&String| !is_drawn_so || known.get(**id) != now.get(**id);
    ids.iter().filter(differs).map(|id| (*id).clone()).collect()
}

fn by_point(rows: Vec<BlockRow>) -> BTreeMap<String, Vec<BlockRow>> {
    let mut points: BTreeMap<String, Vec<BlockRow>> = BTreeMap::new();
    for row in rows {
        points.entry(row.point.clone()).or_default().push(row);
    }
    points
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

/// Removes the tables of a domain in which nothing varies.
///
/// # Errors
/// Errors of the file system.
pub fn remove_tables() -> Result<()> {
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
fn shares(domain: &Domain, varying: &Varying, loops: bool) -> Result<bool> {
    // ngspice draws its own random numbers once a start, whatever a loop does.
    if varying.native || !loops {
        return Ok(false);
    }
    let Some(cell) = domain.matrix.cell(0) else { return Ok(false) };
    let deck = domain.deck(&cell, Some(1))?;
    Ok(Shape::of(&String::from_utf8_lossy(&deck)).is_some())
}

/// The decks of all blocks of all points, written if they differ; `None` if samples cannot share a deck.
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

/// Quantities that change no deck, each with a message for the user: their variation has no effect.
///
/// # Errors
/// An expression of the template that cannot be evaluated.
pub fn unused(
    domain: &Domain,
    varying: &Varying,
    samples: usize,
) -> Result<Vec<(String, String)>, Faults> {
    let draws = varying.variation.draw(varying.seed, varying.sampling, samples);
    let (Some(cell), Some(values)) = (domain.matrix.cell(0), draws.first()) else {
        return Ok(Vec::new());
    };
    let render = |values: &[f64]| {
        domain.template.render(&Cell { draws: values, ..cell }).map_err(Faults::from)
    };
    let nominal = render(cell.draws)?;
    let mut unused = Vec::new();
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
            unused.push((varied.name(), message));
        }
    }
    Ok(unused)
}

/// The file `samples.csv`: the values of each sample, with all digits.
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
