//! The set that a domain put into a store last: what did not change since need not be read again.

use libchar_archive::{Entry, Manifest};
use libchar_files::atomic;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// Where it is told, below the domain.
const STORED: &str = ".libchar/stored.json";

/// A set in a store, and the files that it holds.
#[derive(Serialize, Deserialize)]
pub struct Stored {
    repository: String,
    id: String,
    files: Vec<Entry>,
}

impl Stored {
    /// Notes a set that is now in the store. A domain that cannot be written only makes the next set slower.
    pub fn remember(repository: &str, id: &str, manifest: &Manifest) -> io::Result<()> {
        let stored = Stored {
            repository: repository.to_owned(),
            id: id.to_owned(),
            files: manifest.files.clone(),
        };
        atomic::write(Path::new(STORED), &serde_json::to_vec(&stored)?)
    }

    /// The id of the last set of this domain in the store, if what `manifest` tells can be built upon it.
    ///
    /// A store takes a file of the same size and time to be the same as in the set that it builds upon. Where one has
    /// another content all the same, everything is read.
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
