//! Decks that are simulated instead of the points' own: of the libraries that a deck reads only what it uses, in a
//! cache by content.

use crate::attempts::RUNS;
use crate::cannot::cannot;
use crate::engine::Engine;
use crate::job::Job;
use crate::sources::Disk;
use anyhow::Result;
use libchar_core::{Fault, Faults, atomic, hash};
use libchar_engine::deck::Search;
use libchar_engine::trim::{Piece, Trimmer};
use libchar_engine::{Options, deck};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Libraries that are smaller than this all together are parsed in no time: they are left alone.
const WORTH_BYTES: usize = 64 << 10;

/// A deck to be simulated instead of a point's own.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Path of the deck.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// The hash of its trimmed models, if it has some.
    pub models: Option<String>,
}

/// The cache of trimmed models of a domain, and the decks that use them.
pub struct Decks {
    models: PathBuf,
    decks: PathBuf,
    trimmer: Trimmer,
    disk: Disk,
    written: BTreeSet<String>,
}

impl Decks {
    /// The models in the cache of the runs; the decks below the folder of those who simulate them.
    pub fn new(runs: &Path, search: Search) -> Decks {
        Decks {
            models: Path::new(RUNS).join("models"),
            decks: runs.join("decks"),
            trimmer: Trimmer::default(),
            disk: Disk::new(search),
            written: BTreeSet::new(),
        }
    }

    /// What is simulated instead of the job's own deck: with the options of a recipe, with trimmed models where
    /// trimming applies. `None` if that is the deck itself.
    pub fn variant(
        &mut self,
        job: &Job,
        engine: &Engine,
        recipe: usize,
        trims: bool,
    ) -> Result<Option<Variant>> {
        self.with(job, &engine.options(recipe), engine, trims)
    }

    /// The same with any options, the last one wins.
    pub fn with(
        &mut self,
        job: &Job,
        options: &[&Options],
        engine: &Engine,
        trims: bool,
    ) -> Result<Option<Variant>> {
        let path = Path::new(&job.point.deck);
        let changed = match options.is_empty() {
            true => None,
            false => Some(self.with_options(job, options, engine)?),
        };
        if trims {
            let text = changed.as_ref().unwrap_or(&job.deck.text);
            if let Some((text, models)) = self.trimmed(path, text)? {
                return self.lay(text, Some(models)).map(Some);
            }
        }
        changed.map(|text| self.lay(text, None)).transpose()
    }

    /// The text of a job's deck with options over its own, so that it reads the same files from another folder.
    fn with_options(&self, job: &Job, options: &[&Options], engine: &Engine) -> Result<String> {
        let path = Path::new(&job.point.deck);
        let mut text = deck::rebase(path, &job.deck.text, &self.disk.search, Path::is_file);
        for options in options {
            text = options
                .apply(&text, &engine.name, &engine.simulator)
                .map_err(|e| Faults::from(Fault::of(&job.point.deck, e.to_string())))?;
        }
        Ok(text)
    }

    /// A deck with trimmed models, and their hash.
    fn trimmed(&mut self, path: &Path, text: &str) -> Result<Option<(String, String)>> {
        let Ok(pieces) = self.trimmer.trim(path, text, &mut self.disk) else { return Ok(None) };
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
        Ok(Some((text, hash::sha256(hashes.as_bytes()))))
    }

    fn lay(&self, text: String, models: Option<String>) -> Result<Variant> {
        let path = self.decks.join(format!("{}.sp", hash::sha256(text.as_bytes())));
        write(&path, text.as_bytes())?;
        Ok(Variant { path, text, models })
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
    atomic::write_unsynced(path, bytes).map_err(|e| cannot("write", path, e))
}
