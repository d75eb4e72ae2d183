//! Files that were read and found unchanged, with the data that show whether they were written to since.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Size, time of the last change in seconds and nanoseconds, and inode.
type Mark = (u64, i64, i64, u64);

/// The files that a run has read, stored beside the attempts; without this list everything is read again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    files: BTreeMap<String, Mark>,
    #[serde(skip)]
    changed: bool,
}

impl Seen {
    /// Reads the list from JSON; it is empty if the JSON cannot be read.
    pub fn parse(bytes: &[u8]) -> Seen {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// The list as JSON, if it has changed.
    pub fn to_keep(&self) -> Option<Vec<u8>> {
        self.changed.then(|| serde_json::to_vec(self).unwrap_or_default())
    }

    /// Whether a file has not changed since it was last read.
    pub fn knows(&self, path: &Path, about: &Metadata) -> bool {
        path.to_str().and_then(|path| self.files.get(path)) == Some(&mark(about))
    }

    /// Notes that a file was read and agrees with the record.
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
