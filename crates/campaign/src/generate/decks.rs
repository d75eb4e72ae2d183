//! The decks of a domain: they are rendered, and written if they differ from the existing ones.

use crate::domain::Domain;
use anyhow::{Context as _, Result};
use libchar_core::hash;
use libchar_files::atomic;
use libchar_pvt::Point;
use libchar_pvt::matrix::Cell;
use rayon::prelude::*;
use std::fs;
use std::path::Path;

/// Points that are in memory at a time, as decks or as rows.
pub const CHUNK: usize = 4096;

/// The hash of every deck, in the order of the matrix; the decks themselves are on the disk.
pub struct Decks {
    hashes: Vec<String>,
    /// Decks that differ from the earlier ones.
    pub changed: usize,
}

impl Decks {
    /// Renders all decks and writes those that differ from the existing ones.
    pub fn write(domain: &Domain, dry_run: bool) -> Result<Decks> {
        let mut decks = Decks { hashes: Vec::with_capacity(domain.matrix.len()), changed: 0 };
        for start in (0..domain.matrix.len()).step_by(CHUNK) {
            let end = domain.matrix.len().min(start + CHUNK);
            let written: Vec<(String, bool)> = (start..end)
                .into_par_iter()
                .filter_map(|index| domain.matrix.cell(index))
                .map(|cell| write_deck(domain, &cell, dry_run))
                .collect::<Result<_>>()?;
            for (hash, changed) in written {
                decks.hashes.push(hash);
                decks.changed += usize::from(changed);
            }
        }
        Ok(decks)
    }

    /// The points in the order of the matrix.
    pub fn points<'a>(&'a self, domain: &'a Domain) -> impl Iterator<Item = Point> + 'a {
        domain.matrix.cells().zip(&self.hashes).map(|(cell, hash)| point(domain, &cell, hash))
    }
}

/// A cell of the matrix as a row of points.csv.
pub fn point(domain: &Domain, cell: &Cell, hash: &str) -> Point {
    let id = cell.id();
    Point {
        corner: cell.corner.corner.clone(),
        extraction: cell.corner.extraction.clone(),
        temp_c: cell.temp_c,
        supply: cell.supply.name.clone(),
        section: cell.corner.section.clone(),
        supplies: cell.supply.supplies.clone(),
        sweep: cell.sweep.to_vec(),
        deck: format!("{id}/{}", domain.deck_name),
        deck_sha256: hash.to_owned(),
        id,
    }
}

/// Renders one deck; returns its hash and whether the file differs.
fn write_deck(domain: &Domain, cell: &Cell, dry_run: bool) -> Result<(String, bool)> {
    let deck = domain.deck(cell, None)?;
    let path = Path::new(&cell.id()).join(&domain.deck_name);
    let differs = write_if_changed(&path, &deck, dry_run)?;
    Ok((hash::sha256(&deck), differs))
}

/// Writes a deck if it differs from the existing file; returns whether it does.
pub fn write_if_changed(path: &Path, deck: &[u8], dry_run: bool) -> Result<bool> {
    let differs = fs::read(path).map_or(true, |old| old != deck);
    if differs && !dry_run {
        atomic::write_unsynced(path, deck)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(differs)
}
