//! Holding a set to its manifest.

use crate::copy::open;
use crate::manifest::{Entry, MANIFEST, Manifest};
use libchar_core::hash;
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::Path;
use walkdir::WalkDir;

/// How a file differs from its manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// It is gone.
    Missing,
    /// It is a link, a folder or a device, or stands below a link.
    NotAFile,
    /// It has another size.
    Size {
        /// Its size.
        found: u64,
        /// The size that the manifest tells.
        expected: u64,
    },
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
            Difference::Content => f.write_str("other content"),
            Difference::Extra => f.write_str("not in the manifest"),
            Difference::Unreadable(why) => write!(f, "cannot be read: {why}"),
        }
    }
}

/// Every difference between a set and its manifest, by path.
pub fn verify(set: &Path, manifest: &Manifest) -> Vec<(String, Difference)> {
    let mut differences: Vec<(String, Difference)> = manifest
        .files
        .iter()
        .filter_map(|entry| Some((entry.path.clone(), difference(set, entry)?)))
        .collect();
    let named: BTreeSet<&str> = manifest.files.iter().map(|entry| entry.path.as_str()).collect();
    for entry in WalkDir::new(set).into_iter().flatten() {
        let below = entry.path().strip_prefix(set).unwrap_or(entry.path()).to_string_lossy();
        if !entry.file_type().is_dir() && below != MANIFEST && !named.contains(below.as_ref()) {
            differences.push((below.into_owned(), Difference::Extra));
        }
    }
    differences.sort_by(|a, b| a.0.cmp(&b.0));
    differences
}

/// How one file of a set differs.
pub(crate) fn difference(set: &Path, entry: &Entry) -> Option<Difference> {
    if below_link(set, &entry.path) {
        return Some(Difference::NotAFile);
    }
    let path = set.join(&entry.path);
    match path.symlink_metadata() {
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Some(Difference::Missing);
        }
        Err(e) => return Some(Difference::Unreadable(e.to_string())),
        Ok(metadata) if !metadata.is_file() => return Some(Difference::NotAFile),
        Ok(metadata) if metadata.len() != entry.size => {
            return Some(Difference::Size { found: metadata.len(), expected: entry.size });
        }
        Ok(_) => {}
    }
    match open(&path, false).and_then(hash::sha256_reader) {
        Ok(sha256) if sha256 == entry.sha256 => None,
        Ok(_) => Some(Difference::Content),
        Err(e) => Some(Difference::Unreadable(e.to_string())),
    }
}

/// Whether a folder on the way to a file is a link, which may lead anywhere.
pub(crate) fn below_link(set: &Path, path: &str) -> bool {
    let below = Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
    below.into_iter().any(|folder| set.join(folder).is_symlink())
}
