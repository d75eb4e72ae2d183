//! The set that a domain stored last: files that did not change since need not be read again.

use libchar_archive::{Entry, Manifest};
use libchar_files::atomic;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// File in the domain that names the set.
const STORED: &str = ".libchar/stored.json";

/// A set in a store, and its files.
#[derive(Serialize, Deserialize)]
pub struct Stored {
    repository: String,
    id: String,
    files: Vec<Entry>,
}

impl Stored {
    /// Records a set that is now in the store. If the domain is read-only, only the next backup
    /// takes longer.
    pub fn remember(repository: &str, id: &str, manifest: &Manifest) -> io::Result<()> {
        let stored = Stored {
            repository: repository.to_owned(),
            id: id.to_owned(),
            files: manifest.files.clone(),
        };
        atomic::write(Path::new(STORED), &serde_json::to_vec(&stored)?)
    }

    /// The id of this domain's last set in the store, if the set of `manifest` can be based on it.
    ///
    /// A store takes a file with the same size and time as in that set to be unchanged. If such a
    /// file has other content, the set cannot be used, and everything is read.
    pub fn parent(repository: &str, manifest: &Manifest) -> Option<String> {
        let stored: Stored = serde_json::from_slice(&std::fs::read(STORED).ok()?).ok()?;
        stored.fits(repository, manifest).then_some(stored.id)
    }

    fn fits(&self, repository: &str, manifest: &Manifest) -> bool {
        let known: HashMap<&str, &Entry> =
            self.files.iter().map(|entry| (entry.path.as_str(), entry)).collect();
        let deceives = |new: &Entry| {
            known.get(new.path.as_str()).is_some_and(|old| {
                (old.size, &old.modified) == (new.size, &new.modified) && old.sha256 != new.sha256
            })
        };
        self.repository == repository && !manifest.files.iter().any(deceives)
    }
}
