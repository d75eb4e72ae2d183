//! Compares a set with its manifest.

use crate::attributes;
use crate::copy::open;
use crate::manifest::{Entry, Folder, MANIFEST, Manifest, ROOT};
use libchar_core::hash;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt;
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use walkdir::WalkDir;

/// How a file differs from its manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// It is gone.
    Missing,
    /// It is a link, a folder or a device, or is below a link.
    NotAFile,
    /// It has another size.
    Size {
        /// Its size.
        found: u64,
        /// The size in the manifest.
        expected: u64,
    },
    /// It has another mode.
    Mode {
        /// Its mode.
        found: String,
        /// The mode in the manifest.
        expected: String,
    },
    /// It has another time, in seconds since 1970.
    Time {
        /// Its time.
        found: String,
        /// The time in the manifest.
        expected: String,
    },
    /// A folder is a file, a link or a device.
    NotAFolder,
    /// It has the same size and another content.
    Content,
    /// The manifest does not name it.
    Extra,
    /// It cannot be read.
    Unreadable(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::Missing => f.write_str("missing"),
            Difference::NotAFile => f.write_str("not a regular file"),
            Difference::Size { found, expected } => {
                write!(f, "{found} bytes instead of {expected}")
            }
            Difference::Mode { found, expected } => write!(f, "mode {found} instead of {expected}"),
            Difference::Time { found, expected } => {
                write!(f, "modified at {found} s instead of {expected} s")
            }
            Difference::NotAFolder => f.write_str("not a folder"),
            Difference::Content => f.write_str("other content"),
            Difference::Extra => f.write_str("not in the manifest"),
            Difference::Unreadable(why) => write!(f, "cannot be read: {why}"),
        }
    }
}

/// Returns every difference between a set and its manifest, by path. Sets of version 0.1 have no
/// modes, times or folders, so these are not compared there.
pub fn verify(set: &Path, manifest: &Manifest) -> Vec<(String, Difference)> {
    let mut differences: Vec<(String, Difference)> = manifest
        .files
        .par_iter()
        .filter_map(|entry| Some((entry.path.clone(), difference(set, entry)?)))
        .collect();
    let folders = manifest.folders.as_deref().unwrap_or_default();
    differences.extend(
        folders.iter().filter_map(|folder| Some((folder.path.clone(), of_folder(set, folder)?))),
    );
    let files = manifest.files.iter().map(|entry| entry.path.as_str());
    let named: BTreeSet<&str> =
        files.chain(folders.iter().map(|folder| folder.path.as_str())).collect();
    for entry in WalkDir::new(set).min_depth(1) {
        let (path, is_folder) = match &entry {
            Ok(entry) => (Some(entry.path()), entry.file_type().is_dir()),
            Err(error) => (error.path(), false),
        };
        let path = path.unwrap_or(set);
        let below = path.strip_prefix(set).unwrap_or(path).to_string_lossy();
        match &entry {
            Err(error) => {
                let reason =
                    error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                differences.push((below.into_owned(), Difference::Unreadable(reason)));
            }
            Ok(_) if is_folder && manifest.folders.is_none() => {}
            Ok(_) if below == MANIFEST || named.contains(below.as_ref()) => {}
            Ok(_) => differences.push((below.into_owned(), Difference::Extra)),
        }
    }
    differences.sort_by(|a, b| a.0.cmp(&b.0));
    differences
}

/// How one folder of a set differs.
fn of_folder(set: &Path, folder: &Folder) -> Option<Difference> {
    let path = if folder.path == ROOT { set.to_owned() } else { set.join(&folder.path) };
    // The set's own folder may be reached by a link; nothing below it may.
    let about = if folder.path == ROOT { path.metadata() } else { path.symlink_metadata() };
    match about {
        _ if below_link(set, &folder.path) => Some(Difference::NotAFolder),
        Err(e) => Some(unreadable(&e)),
        Ok(about) if !about.is_dir() => Some(Difference::NotAFolder),
        Ok(about) => mode_differs(attributes::of_folder(&about), &folder.mode),
    }
}

/// How one file of a set differs.
pub(crate) fn difference(set: &Path, entry: &Entry) -> Option<Difference> {
    if below_link(set, &entry.path) {
        return Some(Difference::NotAFile);
    }
    let path = set.join(&entry.path);
    let about = match path.symlink_metadata() {
        Err(e) => return Some(unreadable(&e)),
        Ok(about) if !about.is_file() => return Some(Difference::NotAFile),
        Ok(about) if about.len() != entry.size => {
            return Some(Difference::Size { found: about.len(), expected: entry.size });
        }
        Ok(about) => about,
    };
    match open(&path, false).and_then(hash::sha256_reader) {
        Ok(sha256) if sha256 == entry.sha256 => attributes_differ(&about, entry),
        Ok(_) => Some(Difference::Content),
        Err(e) => Some(Difference::Unreadable(e.to_string())),
    }
}

fn attributes_differ(about: &Metadata, entry: &Entry) -> Option<Difference> {
    // All bits except the file type: a setuid bit that was added is a difference.
    let mode = about.permissions().mode() & 0o7777;
    let time = || {
        let expected = entry.modified.clone()?;
        let found = about.modified().map(attributes::show_time).unwrap_or_default();
        (found != expected).then_some(Difference::Time { found, expected })
    };
    entry.mode.as_ref().and_then(|expected| mode_differs(mode, expected)).or_else(time)
}

fn mode_differs(found: u32, expected: &str) -> Option<Difference> {
    let found = attributes::show_mode(found);
    (found != expected).then(|| Difference::Mode { found, expected: expected.to_owned() })
}

fn unreadable(error: &io::Error) -> Difference {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Difference::Missing,
        _ => Difference::Unreadable(error.to_string()),
    }
}

/// Whether a folder on the way to a file is a link, which may lead anywhere.
pub(crate) fn below_link(set: &Path, path: &str) -> bool {
    let below = Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
    below.into_iter().any(|folder| set.join(folder).is_symlink())
}
