//! Decks that are simulated instead of the points' own decks: libraries are trimmed to the sections that a deck uses. The
//! trimmed models are cached by content.

use crate::attempts::RUNS;
use crate::cannot::cannot;
use crate::engine::Engine;
use crate::job::Job;
use crate::sources::Disk;
use anyhow::Result;
use libchar_core::{Fault, Faults, hash};
use libchar_engine::deck::Search;
use libchar_engine::trim::{Piece, Trimmer};
use libchar_engine::{Options, deck};
use libchar_files::atomic;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The total size below which libraries are not trimmed: parsing them takes almost no time.
const WORTH_BYTES: usize = 64 << 10;

/// A deck that is simulated instead of a point's own deck.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Path of the deck.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// The hash of its trimmed models, if it has any.
    pub models: Option<String>,
}

/// The cache of a domain's trimmed models, and the decks that use them.
pub struct Decks {
    models: PathBuf,
    decks: PathBuf,
    trimmer: Trimmer,
    disk: Disk,
    written: BTreeSet<String>,
}

impl Decks {
    /// The models are in the cache of the runs, the decks below the folder of the process that simulates them.
    pub fn new(runs: &Path, search: Search) -> Decks {
        Decks {
            models: Path::new(RUNS).join("models"),
            decks: runs.join("decks"),
            trimmer: Trimmer::default(),
            disk: Disk::new(search),
            written: BTreeSet::new(),
        }
    }

    /// The deck that is simulated instead of the job's own: it has the options of a recipe, and trimmed models if trimming
    /// applies. `None` if the job's own deck is simulated.
    pub fn variant(
        &mut self,
        job: &Job,
        engine: &Engine,
        recipe: usize,
        trims: bool,
    ) -> Result<Option<Variant>> {
        self.with(job, &engine.options(recipe), engine, trims)
    }

    /// The same with any options; if an option is given twice, the last one counts.
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

    /// The text of a job's deck with options that replace its own. It reads the same files when it is in another folder.
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

    /// Whether the trimmed models are known to give the same measures as the whole ones.
    pub fn is_verified(&self, models: &str) -> bool {
        self.mark(models).is_file()
    }

    /// Records that they do.
    pub fn verified(&self, models: &str) -> Result<()> {
        write(&self.mark(models), b"")
    }

    fn mark(&self, models: &str) -> PathBuf {
        self.models.join(format!("{models}.ok"))
    }

    /// Removes the decks; the models are kept for the next run.
    pub fn clear(&self) {
        // Decks that stay are of no harm.
        let _ = fs::remove_dir_all(&self.decks);
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    atomic::write_unsynced(path, bytes).map_err(|e| cannot("write", path, e))
}

#[cfg(test)]
mod tests {
    use super::Decks;
    use crate::fixture::{self, Domain};
    use libchar_engine::Options;
    use libchar_engine::deck::Search;
    use std::fs;

    #[test]
    fn a_deck_without_other_options_is_simulated_as_it_is() {
        let domain = Domain::new(1);
        let mut decks = Decks::new(&domain.runs(), Search::default());
        let variant = decks.variant(&domain.jobs()[0], &domain.engine, 0, false).unwrap();
        assert!(variant.is_none() && domain.left().is_empty());
        // Libraries that are small are left alone.
        assert!(decks.variant(&domain.jobs()[0], &domain.engine, 0, true).unwrap().is_none());
    }

    #[test]
    fn other_options_make_a_deck_that_reads_the_same_files() {
        let mut domain = Domain::new(0);
        let models = domain.path("p/models.inc");
        domain.add("p", &fixture::deck("1").replace(".tran", ".include 'models.inc'\n.tran"));
        fs::write(&models, "r9 a 0 1\n").unwrap();
        let mut decks = Decks::new(&domain.runs(), Search::default());
        let job = &domain.jobs()[0];
        let (first, last) =
            (Options::default().with("reltol", "1e-3"), Options::default().with("reltol", "1e-5"));
        let variant = decks.with(job, &[&first, &last], &domain.engine, false).unwrap().unwrap();
        assert!(variant.path.starts_with(domain.runs()) && variant.models.is_none());
        assert_eq!(fs::read_to_string(&variant.path).unwrap(), variant.text);
        let text = &variant.text;
        assert!(text.rfind("reltol=1e-5") > text.rfind("reltol=1e-3"), "the last wins: {text}");
        assert!(text.contains(&models.display().to_string()), "{text}");
        let again = decks.with(job, &[&first, &last], &domain.engine, false).unwrap().unwrap();
        assert_eq!(again.path, variant.path, "a cache by content");
        decks.clear();
        assert!(domain.left().is_empty());
    }

    #[test]
    fn options_that_a_deck_cannot_take_are_a_fault_of_it() {
        let mut domain = Domain::new(0);
        domain.add("p", &fixture::deck("1").replace(".tran 1n 2n\n", ""));
        let mut decks = Decks::new(&domain.runs(), Search::default());
        let options = Options::default().with_max_step(0.5);
        let job = &domain.jobs()[0];
        let error = decks.with(job, &[&options], &domain.engine, false).unwrap_err();
        assert!(error.to_string().starts_with(&domain.points[0].deck), "{error}");
    }
}
