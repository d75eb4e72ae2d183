//! Folders of points that an earlier gen made and that the matrix no longer has.

use crate::domain::Domain;
use crate::samples::{self, BLOCKS, BlockRow};
use anyhow::{Context as _, Result};
use libchar_pvt::{label, temperature};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// The ids of stale points in order: folders of a point's shape that hold a deck and are not in the matrix.
pub fn find(domain: &Domain) -> Result<Vec<String>> {
    let mut stale = Vec::new();
    let known = Known { domain, blocks: blocks() };
    for corner in folders(".")? {
        for extraction in folders(&corner)? {
            for temp in folders(&format!("{corner}/{extraction}"))? {
                if !is_temperature(&extraction, &temp) {
                    continue;
                }
                let above = format!("{corner}/{extraction}/{temp}");
                for supply in folders(&above)? {
                    known.find_below(&format!("{above}/{supply}"), &mut stale)?;
                }
            }
        }
    }
    stale.sort();
    Ok(stale)
}

/// The points of the matrix, and the blocks of samples below them.
struct Known<'a> {
    domain: &'a Domain,
    blocks: BTreeSet<String>,
}

impl Known<'_> {
    /// A folder and those of swept values and samples below it.
    fn find_below(&self, id: &str, stale: &mut Vec<String>) -> Result<()> {
        let is_known = self.domain.matrix.contains(id) || self.blocks.contains(id);
        if !is_known && Path::new(id).join(&self.domain.deck_name).is_file() {
            stale.push(id.to_owned());
        }
        for below in folders(id)? {
            self.find_below(&format!("{id}/{below}"), stale)?;
        }
        Ok(())
    }
}

/// The ids of the blocks of samples that the last gen made.
fn blocks() -> BTreeSet<String> {
    let rows = fs::read(BLOCKS).ok().and_then(|bytes| samples::parse(BLOCKS, &bytes).ok());
    rows.unwrap_or_default().iter().map(BlockRow::id).collect()
}

/// Removes a point's folder with all that it holds, and those above it that are then empty. Where points of the matrix
/// lie below it, folders in it stay.
pub fn remove(domain: &Domain, point: &str) -> io::Result<()> {
    if !Path::new(point).is_dir() {
        return Ok(());
    }
    let below = format!("{point}/");
    if !domain.matrix.cells().any(|cell| cell.id().starts_with(&below)) {
        fs::remove_dir_all(point)?;
        return remove_empty(Path::new(point).parent());
    }
    for entry in fs::read_dir(point)? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            fs::remove_file(entry.path())?;
        }
    }
    remove_empty(Some(Path::new(point)))
}

fn remove_empty(folder: Option<&Path>) -> io::Result<()> {
    let folders = folder.into_iter().flat_map(Path::ancestors);
    for folder in folders.filter(|path| *path != Path::new("")) {
        // A folder that still holds other points stays.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

/// Whether a folder is `<extraction>_<temperature>`.
fn is_temperature(extraction: &str, folder: &str) -> bool {
    let temp = folder.strip_prefix(extraction).and_then(|temp| temp.strip_prefix('_'));
    temp.is_some_and(|temp| temperature::parse(temp).is_some_and(|t| temperature::label(t) == temp))
}

/// Names of the folders in a folder that can belong to a point; links are not followed.
fn folders(folder: &str) -> Result<Vec<String>> {
    let context = || format!("cannot list {folder}");
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(context)? {
        let entry = entry.with_context(context)?;
        let name = entry.file_name().into_string().unwrap_or_default();
        if label::is_joined(&name) && entry.file_type().with_context(context)?.is_dir() {
            names.push(name);
        }
    }
    Ok(names)
}
