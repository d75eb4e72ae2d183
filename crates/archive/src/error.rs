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
    #[error("{0}: the file changed while it was copied; wait until no program writes to it")]
    Changed(String),
    /// The copy differs from what was written.
    #[error(
        "{path}: {found} just after it was copied: another program changed the copy, or the disk is faulty"
    )]
    Lost {
        /// The file below the folder.
        path: String,
        /// What is wrong with it.
        found: String,
    },
    /// The manifest has a fault.
    #[error("{0}")]
    Manifest(Fault),
    /// There is something already where a set is to be restored.
    #[error("{0} exists; name a new folder: a restore never overwrites")]
    Exists(String),
    /// A set never changes after it was made.
    #[error("{0} lies in the backup set {1}; name a folder outside of it")]
    InSet(String, String),
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
    /// States what was tried, and with which file.
    pub(crate) fn io<'a>(
        what: &'static str,
        path: &'a Path,
    ) -> impl FnOnce(io::Error) -> Self + 'a {
        move |source| ArchiveError::Io { what, path: path.display().to_string(), source }
    }
}
