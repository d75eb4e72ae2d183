//! Files that were read and found whole, with what tells that nobody wrote to them since.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Size, time of the last change in seconds and nanoseconds, and inode.
type Mark = (u64, i64, i64, u64);

/// What a run saw, kept beside the attempts; without it everything is read again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    files: BTreeMap<String, Mark>,
    #[serde(skip)]
    changed: bool,
}

impl Seen {
    /// What is kept as JSON; nothing, if it cannot be read.
    pub fn parse(bytes: &[u8]) -> Seen {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// As JSON, if anything changed.
    pub fn to_keep(&self) -> Option<Vec<u8>> {
        self.changed.then(|| serde_json::to_vec(self).unwrap_or_default())
    }

    /// Whether a file is as it was when it was last read.
    pub fn knows(&self, path: &Path, about: &Metadata) -> bool {
        path.to_str().and_then(|path| self.files.get(path)) == Some(&mark(about))
    }

    /// A file was read, and is whole.
    pub fn remember(&mut self, path: &Path, about: &Metadata) {
        if let Some(path) = path.to_str() {
            self.files.insert(path.to_owned(), mark(about));
            self.changed = true;
        }
    }
}

fn mark(about: &Metadata) -> Mark {
    (about.len(), about.mtime(), about.mtime_nsec(), about.ino())
}
