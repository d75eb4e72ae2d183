//! Why a set could not be made or used.

use libchar_core::Fault;
use std::io;
use std::path::Path;

/// Why a set could not be made, read or restored.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A file or folder cannot be used.
    #[error("cannot {what} {path}: {source}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// The file.
        path: String,
        /// Why not.
        source: io::Error,
    },
    /// A file's name is not UTF-8, so that no manifest can name it.
    #[error("{0}: the name is not UTF-8; rename the file, or move it out of the domain")]
    Name(String),
    /// A file changed while it was copied.
    #[error("{0}: the file changed while it was copied; wait until nobody writes it")]
    Changed(String),
    /// What was written is not what was read.
    #[error("{0}: the copy differs from the file; the disk or its memory is faulty")]
    Copy(String),
    /// The manifest has a fault.
    #[error("{0}")]
    Manifest(Fault),
    /// Nothing may stand where a set is restored to.
    #[error("{0} exists; name a new folder: a restore never overwrites")]
    Exists(String),
    /// The set is not what its manifest says.
    #[error("{path}: {found}; nothing was restored")]
    Damaged {
        /// The file within the set.
        path: String,
        /// What is wrong with it.
        found: String,
    },
}

impl ArchiveError {
    /// Names what was tried and with which file.
    pub(crate) fn io<'a>(
        what: &'static str,
        path: &'a Path,
    ) -> impl FnOnce(io::Error) -> Self + 'a {
        move |source| ArchiveError::Io { what, path: path.display().to_string(), source }
    }
}
