//! The files that decks read, and which of them cannot be read.

use libchar_engine::deck::{self, Files, Outline};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files seen so far; each is read once.
#[derive(Default)]
pub struct Netlists {
    seen: BTreeMap<PathBuf, Option<Arc<Outline>>>,
    missing: BTreeSet<String>,
}

impl Netlists {
    /// Follows what a deck reads, through the files that it reads.
    pub fn follow(&mut self, path: &Path, deck: &[u8]) {
        let outline = deck::outline(&String::from_utf8_lossy(deck), true);
        for file in deck::files(path, &outline, self) {
            if self.outline(&file).is_none() {
                let reason = match fs::File::open(&file) {
                    Err(error) => error.to_string(),
                    Ok(_) => "no regular file".to_owned(),
                };
                let file = file.display();
                self.missing.insert(format!("{file} cannot be read: {reason}"));
            }
        }
        for library in outline.plain.iter().filter(|reference| reference.section.is_some()) {
            let Some(section) = &library.section else { continue };
            let known = self.outline(Path::new(&library.path));
            if known.is_some_and(|outline| !outline.sections.contains_key(section)) {
                self.missing.insert(format!("{} has no section `{section}`", library.path));
            }
        }
    }

    /// What cannot be read, in order, with its reason.
    pub fn missing(&self) -> &BTreeSet<String> {
        &self.missing
    }

    /// Number of files that can be read.
    pub fn count(&self) -> usize {
        self.seen.values().flatten().count()
    }
}

impl Files for Netlists {
    fn outline(&mut self, path: &Path) -> Option<Arc<Outline>> {
        let read = || {
            let bytes = fs::metadata(path)
                .ok()
                .filter(|about| about.is_file())
                .and_then(|_| fs::read(path).ok())?;
            Some(Arc::new(deck::outline(&String::from_utf8_lossy(&bytes), false)))
        };
        self.seen.entry(path.to_owned()).or_insert_with(read).clone()
    }

    fn exists(&mut self, path: &Path) -> bool {
        self.outline(path).is_some()
    }
}
