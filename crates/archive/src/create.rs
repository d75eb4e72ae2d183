//! Makes a set: in a work folder beside its place, compared with its manifest, synced, then
//! renamed.

use crate::attributes;
use crate::copy::{Copied, copy, open};
use crate::error::ArchiveError;
use crate::manifest::{Entry, Folder, MANIFEST, Manifest};
use crate::select::Selection;
use crate::sets::PREFIX;
use crate::tree;
use crate::verify::verify;
use crate::work::WorkFolder;
use libchar_core::hash;
use libchar_files::atomic;
use rayon::prelude::*;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The most sets of one second.
const MOST_A_SECOND: u32 = 1000;

/// A set that was made.
#[derive(Debug)]
pub struct Made {
    /// Its folder in the domain.
    pub name: String,
    /// Its manifest.
    pub manifest: Manifest,
    /// Files whose setuid or setgid bits their copies do not have.
    pub dropped: Vec<String>,
}

/// Makes a set of the selected files.
///
/// `stamp` is `YYYYMMDDHHMMSS`; a second set of the same second gets `_1`. `manifest` has
/// everything but files, folders and digests. The caller holds the domain's lock.
///
/// # Errors
/// Whatever prevents it; no set is then there, not even half of one.
pub fn create(
    domain: &Path,
    stamp: &str,
    selection: &Selection,
    manifest: Manifest,
) -> Result<Made, ArchiveError> {
    let Staged { work, manifest, dropped } =
        Staged::build(domain, selection, manifest, |from, to| copy(from, to, true))?;
    let tree = work.tree();
    if let Some((path, found)) = verify(&tree, &manifest).into_iter().next() {
        return Err(ArchiveError::Lost { path, found: found.to_string() });
    }
    atomic::sync_file_system(&tree).map_err(ArchiveError::io("sync", &tree))?;
    Ok(Made { name: publish(domain, stamp, &tree)?, manifest, dropped })
}

/// A set that was built for a program that takes it elsewhere; the folder is removed when the value
/// is dropped.
#[derive(Debug)]
pub struct Staged {
    work: WorkFolder,
    /// Its manifest.
    pub manifest: Manifest,
    /// Files whose setuid or setgid bits their copies do not have.
    pub dropped: Vec<String>,
}

impl Staged {
    /// Builds a set from links to the selected files, which needs neither space nor time for
    /// copies; files that cannot be linked are copied. The caller holds the domain's lock.
    ///
    /// # Errors
    /// As [`create`].
    pub fn of_links(
        domain: &Path,
        selection: &Selection,
        manifest: Manifest,
    ) -> Result<Staged, ArchiveError> {
        Staged::build(domain, selection, manifest, link)
    }

    /// The folder of the set.
    pub fn folder(&self) -> PathBuf {
        self.work.tree()
    }

    /// Compares the linked files with size, mode and time in the manifest, after they were taken: a
    /// file that was written meanwhile may have been taken half.
    ///
    /// # Errors
    /// The first file that changed.
    pub fn check_unchanged(&self) -> Result<(), ArchiveError> {
        for entry in &self.manifest.files {
            let path = self.folder().join(&entry.path);
            let about = path.metadata().map_err(ArchiveError::io("read", &path))?;
            let (_, modified) = attributes::of(&about).map_err(ArchiveError::io("read", &path))?;
            if about.len() != entry.size || Some(attributes::show_time(modified)) != entry.modified
            {
                return Err(ArchiveError::Changed(entry.path.clone()));
            }
        }
        Ok(())
    }

    fn build(
        domain: &Path,
        selection: &Selection,
        mut manifest: Manifest,
        take: fn(&Path, &Path) -> Result<Copied, ArchiveError>,
    ) -> Result<Staged, ArchiveError> {
        let work = WorkFolder::create(domain)?;
        let tree = work.tree();
        let files = selection.files.iter().map(|(name, _)| name.as_str());
        let mut folders = tree::all(selection.folders.iter().cloned(), files);
        tree::make(&tree, &folders)?;
        let mut dropped = Vec::new();
        // In parallel, but in their order, so that the error that is reported is always the first
        // one.
        let taken: Vec<Result<Copied, ArchiveError>> =
            selection.files.par_iter().map(|(name, from)| take(from, &tree.join(name))).collect();
        for ((name, _), taken) in selection.files.iter().zip(taken) {
            let taken = taken?;
            if taken.dropped {
                dropped.push(name.clone());
            }
            manifest.files.push(Entry {
                path: name.clone(),
                size: taken.size,
                sha256: taken.sha256,
                mode: Some(attributes::show_mode(taken.mode)),
                modified: Some(attributes::show_time(taken.modified)),
            });
        }
        tree::open(&tree, &mut folders)?;
        let folder = |(path, mode)| Folder { path, mode: attributes::show_mode(mode) };
        manifest.folders = Some(folders.into_iter().map(folder).collect());
        manifest.seal();
        let path = tree.join(MANIFEST);
        fs::write(&path, manifest.to_bytes()).map_err(ArchiveError::io("write", &path))?;
        Ok(Staged { work, manifest, dropped })
    }
}

/// Links a file under a second name, and hashes it; copies it if it is setuid, on another file
/// system, or another user's.
fn link(from: &Path, to: &Path) -> Result<Copied, ArchiveError> {
    let read = || -> io::Result<Option<Copied>> {
        let real = fs::canonicalize(from)?;
        let file = open(&real, false)?;
        let before = file.metadata()?;
        if before.permissions().mode() & 0o6000 != 0 || fs::hard_link(&real, to).is_err() {
            return Ok(None);
        }
        let (mode, modified) = attributes::of(&before)?;
        let sha256 = hash::sha256_reader(file)?;
        Ok(Some(Copied { size: before.len(), sha256, mode, modified, dropped: false }))
    };
    match read().map_err(ArchiveError::io("read", from))? {
        Some(linked) => Ok(linked),
        None => copy(from, to, true),
    }
}

/// Renames the folder to the first free name of its second.
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
