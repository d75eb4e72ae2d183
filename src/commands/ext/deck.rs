//! What a deck and the files that it includes ask for.

use libchar_engine::deck::{locate, outline};
use libchar_engine::measure::{Requests, asked, asked_of_include};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

/// Reads included files, each once.
#[derive(Default)]
pub struct Includes {
    known: HashMap<PathBuf, Option<Include>>,
}

/// An included file.
struct Include {
    asked: Vec<String>,
    /// Files that it includes in turn, as written.
    names: Vec<String>,
}

impl Includes {
    /// What the deck at `path` asks for. Sections of model libraries are not looked into: nobody measures there.
    pub fn requests(&mut self, path: &Path, text: &str) -> (Requests, BTreeSet<PathBuf>) {
        let mut requests = asked(text);
        let mut seen = BTreeSet::new();
        let mut open: Vec<(PathBuf, String)> =
            included(text, true).into_iter().map(|name| (path.to_owned(), name)).collect();
        let mut more = Vec::new();
        while let Some((from, name)) = open.pop() {
            let Some(path) = self.find(&from, &name) else { continue };
            if !seen.insert(path.clone()) {
                continue;
            }
            if let Some(Some(include)) = self.known.get(&path) {
                more.extend(include.asked.iter().cloned());
                open.extend(include.names.iter().map(|name| (path.clone(), name.clone())));
            }
        }
        let known: BTreeSet<String> =
            requests.measures.iter().map(|asked| asked.name.clone()).collect();
        more.sort();
        more.dedup();
        requests.measures.extend(
            more.into_iter()
                .filter(|name| !known.contains(name))
                .map(|name| libchar_engine::measure::Asked { name, line: 0 }),
        );
        (requests, seen)
    }

    /// The file that a name means.
    fn find(&mut self, from: &Path, name: &str) -> Option<PathBuf> {
        locate(from, name, |path| {
            let read = || {
                let text = String::from_utf8_lossy(&fs::read(path).ok()?).into_owned();
                let asked = asked_of_include(&text).measures.into_iter().map(|asked| asked.name);
                Some(Include { asked: asked.collect(), names: included(&text, false) })
            };
            if !self.known.contains_key(path) {
                self.known.insert(path.to_owned(), read());
            }
            self.known.get(path).is_some_and(Option::is_some)
        })
    }
}

fn included(text: &str, is_deck: bool) -> Vec<String> {
    let references = outline(text, is_deck).plain;
    let whole = references
        .into_iter()
        .filter(|reference| reference.is_netlist && reference.section.is_none());
    whole.map(|reference| reference.path).collect()
}
