//! The key of a point: a hash of all that decides its result.

use crate::environment::Environment;
use crate::size::Need;
use libchar_core::hash;
use libchar_engine::batch;
use libchar_engine::deck::{self, Files, Outline, Search};
use libchar_engine::measure::asked::{self, Requests};
use libchar_pvt::Point;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that a deck reads, with its content when this run first read it.
#[derive(Debug, Clone)]
struct Known {
    sha256: String,
    outline: Arc<Outline>,
    asked: Arc<Vec<String>>,
    is_repeatable: bool,
    control: Arc<String>,
}

/// The properties of a deck that the run uses.
#[derive(Debug, Clone)]
pub struct Deck {
    /// Its text.
    pub text: String,
    /// Hash of its bytes.
    pub sha256: String,
    /// Its text with the control blocks of the files that it reads, if they have any: all text that a log may echo.
    pub words: Option<String>,
    /// Measures that it or a file that it includes requests, in lower case.
    pub asked: Vec<String>,
    /// Number of `.alter` blocks.
    pub alters: usize,
    /// Hash of the files that it reads, with their names.
    pub files: String,
    /// Whether nothing in it or in these files makes a second simulation in one process differ from the first one.
    pub is_repeatable: bool,
    /// The key.
    pub key: String,
    /// The key that version 0.1 computed, which covered fewer of the files that a simulator reads; `None` if it could not
    /// cover all of them.
    pub legacy: Option<String>,
    /// The files that it reads, directly and through others.
    pub paths: Vec<PathBuf>,
    /// Names of files that are named in it or in a file that it reads, and that do not exist.
    pub missing: Vec<String>,
    /// The key of the deck without the point's name: points for which it is equal have equal results.
    pub twin: String,
}

impl Deck {
    /// Whether it requests a measure.
    pub fn measures(&self) -> bool {
        !self.asked.is_empty()
    }
}

/// The text that goes into the keys of all points: simulator, version, options, environment.
#[derive(Debug, Clone)]
pub struct Material {
    /// The text with the start-up files.
    pub current: String,
    /// The text as version 0.1 had it; `None` if it depends on a start-up file that 0.1 did not cover.
    pub legacy: Option<String>,
}

/// Reads decks and the files that they read; each file is read once.
pub struct Keys {
    common: Material,
    search: Search,
    counts_threads: bool,
    prints: Vec<String>,
    by_path: HashMap<PathBuf, Option<(u64, u64)>>,
    by_inode: HashMap<(u64, u64), Known>,
    read: BTreeSet<PathBuf>,
}

impl Keys {
    /// `common` is the part that is the same for all points; `search` tells where the simulator finds files.
    /// `counts_threads` is set if the simulator is given its number of threads.
    pub fn new(common: Material, search: Search, counts_threads: bool) -> Keys {
        Keys {
            common,
            search,
            counts_threads,
            prints: Vec::new(),
            by_path: HashMap::new(),
            by_inode: HashMap::new(),
            read: BTreeSet::new(),
        }
    }

    /// Adds printed vectors that are requested besides the measures of the decks. They are not part of the key: a log
    /// either has them or not.
    pub fn with_prints(mut self, prints: &[String]) -> Keys {
        self.prints = prints.to_vec();
        self
    }

    /// Reads the deck of a point and computes its key.
    pub fn deck(&mut self, point: &Point, need: Need) -> std::io::Result<Deck> {
        let path = Path::new(&point.deck);
        let bytes = fs::read(path)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let sha256 = hash::sha256(&bytes);
        let outline = deck::outline(&text, true);
        let Requests { measures, alters } = asked::asked(&text);
        let mut asked: Vec<String> = measures.into_iter().map(|asked| asked.name).collect();
        let mut files = String::new();
        let mut is_repeatable = batch::is_repeatable(&text);
        let mut included = String::new();
        let search = self.search.clone();
        let read = deck::files(path, &outline, &search, self);
        for file in &read.files {
            let known = self.known(file);
            // The paths are those in the deck, so a domain that moves keeps its keys.
            let sha256 = known.as_ref().map_or("absent", |known| &known.sha256);
            files.push_str(&format!("file {sha256} {}\n", search.shown(file).display()));
            if let Some(known) = &known {
                is_repeatable &= known.is_repeatable;
                included.push_str(&known.control);
                asked.extend(known.asked.iter().cloned());
            }
        }
        asked.extend(self.prints.iter().cloned());
        let mut seen = BTreeSet::new();
        asked.retain(|name| seen.insert(name.clone()));
        let threads = match self.counts_threads {
            true => format!("threads {}\n", need.threads),
            false => String::new(),
        };
        let material = |common: &str, deck: &str| {
            hash::sha256(
                format!("libchar-key 1\n{common}{threads}\ndeck {deck}\n{files}").as_bytes(),
            )
        };
        let Material { current, legacy } = &self.common;
        let legacy = legacy.as_ref().filter(|_| !read.needs_environment);
        let twin = hash::sha256(without_name(&text, &point.id).as_bytes());
        Ok(Deck {
            asked,
            alters,
            files: hash::sha256(files.as_bytes()),
            is_repeatable,
            key: material(current, &sha256),
            legacy: legacy.map(|common| material(common, &sha256)),
            paths: read.files.into_iter().collect(),
            missing: read.missing.into_iter().collect(),
            words: (!included.is_empty()).then(|| format!("{text}\n{included}")),
            twin: material(current, &twin),
            sha256,
            text,
        })
    }

    /// Every file that a deck read, except the decks.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.read.iter().map(PathBuf::as_path)
    }

    /// Those files with the hashes of their content.
    pub fn digests(&self) -> impl Iterator<Item = (&Path, &str)> {
        let known = |path: &PathBuf| self.by_inode.get(self.by_path.get(path)?.as_ref()?);
        self.read
            .iter()
            .filter_map(move |path| Some((path.as_path(), known(path)?.sha256.as_str())))
    }

    fn known(&mut self, path: &Path) -> Option<Known> {
        let id = match self.by_path.get(path) {
            Some(id) => *id,
            None => {
                let id =
                    fs::metadata(path).ok().filter(|m| m.is_file()).map(|m| (m.dev(), m.ino()));
                self.by_path.insert(path.to_owned(), id);
                if id.is_some() {
                    self.read.insert(path.to_owned());
                }
                id
            }
        }?;
        if let Some(known) = self.by_inode.get(&id) {
            return Some(known.clone());
        }
        let bytes = fs::read(path).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let asked = asked::asked_of_include(&text).measures.into_iter().map(|a| a.name).collect();
        let known = Known {
            sha256: hash::sha256(&bytes),
            outline: Arc::new(deck::outline(&text, false)),
            asked: Arc::new(asked),
            is_repeatable: batch::is_repeatable(&text),
            control: Arc::new(control_blocks(&text)),
        };
        self.by_inode.insert(id, known.clone());
        Some(known)
    }
}

impl Files for Keys {
    fn outline(&mut self, path: &Path) -> Option<Arc<Outline>> {
        self.known(path).map(|known| known.outline)
    }

    fn exists(&mut self, path: &Path) -> bool {
        self.known(path).is_some()
    }
}

/// The control blocks of a file, with the lines at their beginning and end.
fn control_blocks(text: &str) -> String {
    let mut blocks = String::new();
    let mut inside = false;
    for line in text.lines() {
        let word = line.trim_start().as_bytes();
        let is = |name: &str| {
            word.len() >= name.len() && word[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        };
        inside |= is(".control");
        if inside {
            blocks.push_str(line);
            blocks.push('\n');
        }
        inside &= !is(".endc");
    }
    blocks
}

/// A deck without the name of its point in the title and in comments, which simulators ignore.
fn without_name(deck: &str, point: &str) -> String {
    let mut text = String::with_capacity(deck.len());
    for (number, line) in deck.split_inclusive('\n').enumerate() {
        if number == 0 || line.starts_with("* ") {
            text.push_str(&line.replace(point, ""));
        } else {
            text.push_str(line);
        }
    }
    text
}

/// The part that is the same for all points of a run, one line `name value` for each entry.
pub fn common(
    simulator: &str,
    version: &str,
    args: &[String],
    env: &BTreeMap<String, String>,
    inherited: &[String],
    environment: &Environment,
) -> String {
    let mut text = format!("simulator {simulator:?}\nversion {version:?}\nargs {args:?}\n");
    for (name, value) in env {
        text.push_str(&format!("env {name:?} {value:?}\n"));
    }
    for name in inherited.iter().filter(|name| !env.contains_key(*name)) {
        if let Some(value) = environment.get(name) {
            text.push_str(&format!("inherited {name:?} {value:?}\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests;
