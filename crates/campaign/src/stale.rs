//! Folders of points that an earlier `gen` made and that are no longer in the matrix.

use crate::domain::Domain;
use crate::samples::{self, BLOCKS, BlockRow};
use anyhow::{Context as _, Result};
use libchar_pvt::{label, temperature};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// Returns the ids of stale points in order: folders that look like those of points, hold a deck
/// and are not in the matrix.
pub fn find(domain: &Domain) -> Result<Vec<String>> {
    let is_known = |id: &str| domain.matrix.contains(id);
    Known { root: Path::new(""), is_known, deck_name: &domain.deck_name, blocks: blocks() }.find()
}

/// The points of the matrix, and the blocks of samples below them, in the folder of the domain.
struct Known<'a, K> {
    root: &'a Path,
    is_known: K,
    deck_name: &'a str,
    blocks: BTreeSet<String>,
}

impl<K: Fn(&str) -> bool> Known<'_, K> {
    fn find(&self) -> Result<Vec<String>> {
        let mut stale = Vec::new();
        let folders = |folder: &str| folders(self.root, folder);
        for corner in folders(".")? {
            for extraction in folders(&corner)? {
                for temp in folders(&format!("{corner}/{extraction}"))? {
                    if !is_temperature(&extraction, &temp) {
                        continue;
                    }
                    let above = format!("{corner}/{extraction}/{temp}");
                    for supply in folders(&above)? {
                        self.find_below(&format!("{above}/{supply}"), &mut stale)?;
                    }
                }
            }
        }
        stale.sort();
        Ok(stale)
    }

    /// Adds the folder to `stale` if it is stale, and likewise the folders of swept values and
    /// samples below it.
    fn find_below(&self, id: &str, stale: &mut Vec<String>) -> Result<()> {
        let is_known = (self.is_known)(id) || self.blocks.contains(id);
        if !is_known && self.root.join(id).join(self.deck_name).is_file() {
            stale.push(id.to_owned());
        }
        for below in folders(self.root, id)? {
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

/// Removes a point's folder with its content, and the folders above it that are then empty. If
/// points of the matrix lie below the folder, only its files are removed.
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
fn folders(root: &Path, folder: &str) -> Result<Vec<String>> {
    let context = || format!("cannot list {folder}");
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join(folder)).with_context(context)? {
        let entry = entry.with_context(context)?;
        let name = entry.file_name().into_string().unwrap_or_default();
        if label::is_joined(&name) && entry.file_type().with_context(context)?.is_dir() {
            names.push(name);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::{Known, is_temperature};
    use std::fs;

    #[test]
    fn folders_of_points_with_a_deck_that_nobody_knows_are_stale() {
        let folder = tempfile::tempdir().unwrap();
        for (path, file) in [
            ("TT/typical/typical_25/v1", "t.sp"),
            ("TT/typical/typical_25/v2", "t.sp"),
            ("TT/typical/typical_25/v2/mc_1-2", "t.sp"),
            ("TT/typical/typical_25/v2/mc_3-4", "t.sp"),
            ("TT/typical/typical_25/v3", "other.sp"),
            ("TT/typical/other_25/v1", "t.sp"),
            ("FF/typical/typical_m40/v1/cload_5f", "t.sp"),
            (".git/a/a_25/v1", "t.sp"),
        ] {
            fs::create_dir_all(folder.path().join(path)).unwrap();
            fs::write(folder.path().join(path).join(file), "* t\n").unwrap();
        }
        let known = Known {
            root: folder.path(),
            is_known: |id: &str| id == "TT/typical/typical_25/v2",
            deck_name: "t.sp",
            blocks: ["TT/typical/typical_25/v2/mc_1-2".to_owned()].into(),
        };
        assert_eq!(
            known.find().unwrap(),
            [
                "FF/typical/typical_m40/v1/cload_5f",
                "TT/typical/typical_25/v1",
                "TT/typical/typical_25/v2/mc_3-4"
            ]
        );
    }

    #[test]
    fn a_folder_of_a_temperature_is_named_after_its_extraction() {
        for (folder, is) in [
            ("typical_25", true),
            ("typical_m40", true),
            ("typical_025", false),
            ("typical25", false),
            ("other_25", false),
            ("typical_", false),
        ] {
            assert_eq!(is_temperature("typical", folder), is, "{folder}");
        }
    }
}
