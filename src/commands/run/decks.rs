//! Decks that are simulated instead of the points' own: of the libraries that a deck reads only what it uses, in a
//! cache by content.

use super::plan::Job;
use anyhow::Result;
use libchar_core::{atomic, hash};
use libchar_engine::trim::{Piece, Sources, Trimmer};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Libraries that are smaller than this all together are parsed in no time: they are left alone.
const WORTH_BYTES: usize = 64 << 10;

/// A deck to be simulated instead of a point's own.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Path of the deck.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// The hash of its trimmed models.
    pub models: String,
}

/// The cache of trimmed models of a domain, and the decks that use them.
pub struct Decks {
    models: PathBuf,
    decks: PathBuf,
    trimmer: Trimmer,
    disk: Disk,
    written: BTreeSet<String>,
}

#[derive(Default)]
struct Disk {
    texts: HashMap<PathBuf, Option<Arc<str>>>,
    bytes: usize,
}

impl Sources for Disk {
    fn text(&mut self, path: &Path) -> Option<Arc<str>> {
        if let Some(known) = self.texts.get(path) {
            return known.clone();
        }
        let text: Option<Arc<str>> = fs::read_to_string(path).ok().map(Into::into);
        self.bytes += text.as_ref().map_or(0, |text| text.len());
        self.texts.insert(path.to_owned(), text.clone());
        text
    }
}

impl Decks {
    /// The cache below the folder of the runs.
    pub fn new(runs: &Path) -> Decks {
        Decks {
            models: runs.join("models"),
            decks: runs.join("decks"),
            trimmer: Trimmer::default(),
            disk: Disk::default(),
            written: BTreeSet::new(),
        }
    }

    /// The deck of a job with trimmed models; `None` where trimming does not apply.
    pub fn trimmed(&mut self, job: &Job) -> Result<Option<Variant>> {
        let path = Path::new(&job.point.deck);
        let trimmed = self.trimmer.trim(path, &job.deck.text, &mut self.disk);
        let Ok(pieces) = trimmed else { return Ok(None) };
        if self.disk.bytes < WORTH_BYTES {
            return Ok(None);
        }
        let mut text = String::new();
        let mut hashes = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(own) => text.push_str(&own),
                Piece::Library(library) => {
                    let hash = hash::sha256(library.as_bytes());
                    let path = self.models.join(format!("{hash}.lib"));
                    text.push_str(&format!(".include '{}'\n", path.display()));
                    hashes.push_str(&hash);
                    if self.written.insert(hash) && !path.is_file() {
                        write(&path, library.as_bytes())?;
                    }
                }
            }
        }
        let path = self.decks.join(format!("{}.sp", hash::sha256(text.as_bytes())));
        write(&path, text.as_bytes())?;
        Ok(Some(Variant { path, text, models: hash::sha256(hashes.as_bytes()) }))
    }

    /// Whether the trimmed models were found to give the same measures as the whole ones.
    pub fn is_verified(&self, models: &str) -> bool {
        self.mark(models).is_file()
    }

    /// Notes that they do.
    pub fn verified(&self, models: &str) -> Result<()> {
        write(&self.mark(models), b"")
    }

    fn mark(&self, models: &str) -> PathBuf {
        self.models.join(format!("{models}.ok"))
    }

    /// Removes the decks; the models stay for the next run.
    pub fn clear(&self) {
        // Decks that stay are of no harm.
        let _ = fs::remove_dir_all(&self.decks);
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    atomic::write_unsynced(path, bytes).map_err(|e| super::cannot("write", path, e))
}
