//! Stores results of simulations by their key, so that nothing is simulated twice.

#![allow(clippy::disallowed_methods, reason = "results are kept in files")]

use crate::task::Outcome;
use anyhow::{Context as _, Result};
use libchar_core::hash;
use libchar_files::atomic;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// A folder of results with one file each. A file is published by a rename, and used only if it
/// matches the hash in it.
pub struct Store {
    folder: PathBuf,
}

/// The content of a file.
#[derive(Serialize, Deserialize)]
struct Entry {
    /// The SHA-256 of the result.
    sha256: String,
    result: Stored,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    key: String,
    measures: BTreeMap<String, f64>,
    failure: Option<String>,
    cpu_s: f64,
}

impl Store {
    /// Opens the results in a folder.
    pub fn open(folder: PathBuf) -> Store {
        Store { folder }
    }

    fn path(&self, key: &str) -> PathBuf {
        self.folder.join(&key[..2]).join(format!("{key}.json"))
    }

    /// The result of a key, and the CPU seconds that it took; `None` if it does not exist or is
    /// damaged.
    pub fn get(&self, key: &str) -> Option<(Outcome, f64)> {
        let entry: Entry = serde_json::from_slice(&fs::read(self.path(key)).ok()?).ok()?;
        let stored = entry.result;
        let is_whole = entry.sha256 == digest(&stored)? && stored.key == key;
        let outcome = Outcome { measures: stored.measures, failure: stored.failure };
        is_whole.then_some((outcome, stored.cpu_s))
    }

    /// Stores a result, unless it failed for a reason of the machine.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn put(&self, key: &str, outcome: &Outcome, cpu_s: f64) -> Result<()> {
        let result = Stored {
            key: key.to_owned(),
            measures: outcome.measures.clone(),
            failure: outcome.failure.clone(),
            cpu_s,
        };
        let sha256 = digest(&result).unwrap_or_default();
        let path = self.path(key);
        let bytes = serde_json::to_vec(&Entry { sha256, result })?;
        atomic::write_unsynced(&path, &bytes)
            .with_context(|| format!("cannot write {}", path.display()))
    }
}

fn digest(stored: &Stored) -> Option<String> {
    serde_json::to_vec(stored).ok().map(|bytes| hash::sha256(&bytes))
}

#[cfg(test)]
mod tests {
    use super::Store;
    use crate::task::Outcome;

    #[test]
    fn a_damaged_result_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().to_owned());
        let outcome = Outcome { measures: [("d0_0".to_owned(), 1.5e-11)].into(), failure: None };
        store.put("abcd", &outcome, 0.25).unwrap();
        assert_eq!(store.get("abcd"), Some((outcome, 0.25)));
        let path = folder.path().join("ab/abcd.json");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("1.5e-11", "1.4e-11")).unwrap();
        assert_eq!(store.get("abcd"), None);
        std::fs::write(&path, &text[..text.len() / 2]).unwrap();
        assert_eq!(store.get("abcd"), None);
    }
}
