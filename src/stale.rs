//! Folders of points that an earlier gen made and that the matrix no longer has.

use crate::domain::Domain;
use anyhow::{Context as _, Result};
use libchar_pvt::{label, temperature};
use std::fs;
use std::io;
use std::path::Path;

/// The ids of stale points in order: folders of a point's shape that hold a deck and are not in the matrix.
pub fn find(domain: &Domain) -> Result<Vec<String>> {
    let mut stale = Vec::new();
    for corner in folders(".")? {
        for extraction in folders(&corner)? {
            for temp in folders(&format!("{corner}/{extraction}"))? {
                if !is_temperature(&extraction, &temp) {
                    continue;
                }
                let above = format!("{corner}/{extraction}/{temp}");
                let points = folders(&above)?.into_iter().map(|supply| format!("{above}/{supply}"));
                stale.extend(points.filter(|id| {
                    !domain.matrix.contains(id) && Path::new(id).join(&domain.deck_name).is_file()
                }));
            }
        }
    }
    stale.sort();
    Ok(stale)
}

/// Removes a point's folder, and those above it that are then empty.
pub fn remove(point: &str) -> io::Result<()> {
    fs::remove_dir_all(point)?;
    for above in Path::new(point).ancestors().skip(1).take(3) {
        // A folder that still holds other points stays.
        if fs::remove_dir(above).is_err() {
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
