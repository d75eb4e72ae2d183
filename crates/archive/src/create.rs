//! Making a set: beside its place, compared with its manifest, synced, then renamed.

use crate::attributes;
use crate::copy::copy;
use crate::error::ArchiveError;
use crate::manifest::{Entry, Folder, MANIFEST, Manifest};
use crate::select::Selection;
use crate::sets::PREFIX;
use crate::tree;
use crate::verify::verify;
use crate::work::WorkFolder;
use libchar_core::atomic;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Most sets that one second can have.
const MOST_A_SECOND: u32 = 1000;

/// A set that was made.
#[derive(Debug)]
pub struct Made {
    /// Its folder in the domain.
    pub name: String,
    /// What it holds.
    pub manifest: Manifest,
    /// Files whose setuid or setgid bits their copies do not have.
    pub dropped: Vec<String>,
}

/// Makes a set of the selected files.
///
/// `stamp` is `YYYYMMDDHHMMSS`; a second set of the same second gets `_1`. `manifest` tells all but files, folders and
/// digests. The caller holds the domain's lock.
///
/// # Errors
/// Whatever hinders it; then no set is there, and no half of one.
pub fn create(
    domain: &Path,
    stamp: &str,
    selection: &Selection,
    mut manifest: Manifest,
) -> Result<Made, ArchiveError> {
    let work = WorkFolder::create(domain)?;
    let tree = work.tree();
    let files = selection.files.iter().map(|(name, _)| name.as_str());
    let mut folders = tree::all(selection.folders.iter().cloned(), files);
    tree::make(&tree, &folders)?;
    let mut dropped = Vec::new();
    for (name, from) in &selection.files {
        let copied = copy(from, &tree.join(name), true)?;
        if copied.dropped {
            dropped.push(name.clone());
        }
        manifest.files.push(Entry {
            path: name.clone(),
            size: copied.size,
            sha256: copied.sha256,
            mode: Some(attributes::show_mode(copied.mode)),
            modified: Some(attributes::show_time(copied.modified)),
        });
    }
    tree::open(&tree, &mut folders)?;
    let folder = |(path, mode)| Folder { path, mode: attributes::show_mode(mode) };
    manifest.folders = Some(folders.into_iter().map(folder).collect());
    manifest.seal();
    if let Some((path, found)) = verify(&tree, &manifest).into_iter().next() {
        return Err(ArchiveError::Lost { path, found: found.to_string() });
    }
    let path = tree.join(MANIFEST);
    fs::write(&path, manifest.to_bytes()).map_err(ArchiveError::io("write", &path))?;
    atomic::sync_file_system(&tree).map_err(ArchiveError::io("sync", &tree))?;
    Ok(Made { name: publish(domain, stamp, &tree)?, manifest, dropped })
}

/// Renames the folder to the first name of its second that is free.
fn publish(domain: &Path, stamp: &str, tree: &Path) -> Result<String, ArchiveError> {
    let mut last = PathBuf::new();
    for number in 0..MOST_A_SECOND {
        let suffix = if number == 0 { String::new() } else { format!("_{number}") };
        let name = format!("{PREFIX}{stamp}{suffix}");
        last = domain.join(&name);
        if last.symlink_metadata().is_ok() {
            continue;
        }
        fs::rename(tree, &last).map_err(ArchiveError::io("rename to", &last))?;
        File::open(domain)
            .and_then(|folder| folder.sync_all())
            .map_err(ArchiveError::io("sync", domain))?;
        return Ok(name);
    }
    Err(ArchiveError::io("create", &last)(io::ErrorKind::AlreadyExists.into()))
}
