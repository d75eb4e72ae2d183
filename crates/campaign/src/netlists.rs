//! The files that decks read, and which of them cannot be read.

use libchar_engine::deck::{self, Files, Outline, Search};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files seen so far; each is read once.
#[derive(Debug, Clone)]
pub struct Netlists {
    search: Search,
    seen: BTreeMap<PathBuf, Option<Arc<Outline>>>,
    missing: BTreeSet<String>,
    parts: BTreeSet<(PathBuf, Option<String>)>,
}

impl Netlists {
    /// Makes an empty set of files, which looks for files as `search` says.
    pub fn new(search: Search) -> Netlists {
        Netlists { search, seen: BTreeMap::new(), missing: BTreeSet::new(), parts: BTreeSet::new() }
    }

    /// Follows the files that a deck reads, and those that they read in turn.
    pub fn follow(&mut self, path: &Path, deck: &[u8]) {
        let outline = deck::outline(&String::from_utf8_lossy(deck), true);
        let search = self.search.clone();
        let read = deck::files(path, &outline, &search, self);
        self.parts.extend(read.parts);
        // The readers of files are only needed if a file is missing.
        let lacks = |file: &PathBuf| !file.is_file();
        let readers: Vec<(PathBuf, Vec<Option<OsString>>)> = match read.files.iter().any(lacks) {
            false => Vec::new(),
            true => read.files.iter().filter_map(|f| Some((f.clone(), self.named(f)?))).collect(),
        };
        for file in read.files {
            if self.outline(&file).is_none() {
                let reason = match fs::File::open(&file) {
                    Err(error) => error.to_string(),
                    Ok(_) => "not a regular file".to_owned(),
                };
                let reader = readers.iter().find(|(_, names)| {
                    names.iter().any(|name| name.as_deref() == file.file_name())
                });
                let reader = reader.map(|(path, _)| format!(" (read by {})", path.display()));
                let (file, reader) = (file.display(), reader.unwrap_or_default());
                self.missing.insert(format!("{file}{reader} cannot be read: {reason}"));
            }
        }
        for library in outline.plain.iter().filter(|reference| reference.section.is_some()) {
            let Some(section) = &library.section else { continue };
            let Some(found) = deck::locate(path, &library.path, &search, |path| self.exists(path))
            else {
                continue;
            };
            let known = self.outline(&found);
            if known.is_some_and(|outline| !outline.sections.contains_key(section)) {
                self.missing.insert(format!("{} has no section `{section}`", library.path));
            }
        }
    }

    /// The names, without folders, of the files that a file reads; `None` if it cannot be read.
    fn named(&mut self, file: &Path) -> Option<Vec<Option<OsString>>> {
        let outline = self.outline(file)?;
        let references = outline.plain.iter().chain(outline.sections.values().flatten());
        let name = |path: &str| Path::new(path).file_name().map(OsString::from);
        Some(references.map(|reference| name(&reference.path)).collect())
    }

    /// The paths with blanks of libraries with sections, in a deck and in all files that were read.
    pub fn libraries_with_blanks(&self, deck: &[u8]) -> BTreeSet<String> {
        let deck = deck::outline(&String::from_utf8_lossy(deck), true);
        let outlines = std::iter::once(&deck).chain(self.seen.values().flatten().map(|o| &**o));
        let named = outlines.flat_map(|o| o.plain.iter().chain(o.sections.values().flatten()));
        let blank = |path: &str| path.contains(char::is_whitespace);
        named
            .filter(|named| named.section.is_some() && blank(&named.path))
            .map(|named| named.path.clone())
            .collect()
    }

    /// The parts of files that decks read: a section of a library, or (`None`) a file without its
    /// sections.
    pub fn parts(&self) -> impl Iterator<Item = (&Path, Option<&str>)> {
        self.parts.iter().map(|(path, section)| (path.as_path(), section.as_deref()))
    }

    /// The files that cannot be read, with the reason, and the sections that libraries lack; in
    /// order.
    pub fn missing(&self) -> &BTreeSet<String> {
        &self.missing
    }

    /// Every word of the files that decks read, in lower case.
    pub fn words(&self) -> BTreeSet<String> {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let readable = self.seen.iter().filter(|(_, outline)| outline.is_some());
        let mut words = BTreeSet::new();
        for bytes in readable.filter_map(|(path, _)| fs::read(path).ok()) {
            let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
            let known = text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty());
            words.extend(known.map(str::to_owned));
        }
        words
    }

    /// The files that can be read.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.seen.iter().filter(|(_, outline)| outline.is_some()).map(|(path, _)| path.as_path())
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

#[cfg(test)]
mod tests {
    use super::Netlists;
    use libchar_engine::deck::Search;
    use std::fs;

    #[test]
    fn files_are_followed_and_what_is_not_there_is_named_with_who_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(
            path("m.lib"),
            ".lib tt\n.include 'gone.inc'\nNMOS_Model x\n.endl\n.lib ss\n.endl\n",
        )
        .unwrap();
        fs::write(path("a.inc"), "r1 a 0 Word\n").unwrap();
        let deck = format!(
            "* t\n.lib '{0}' tt\n.lib '{0}' ff\n.include '{1}'\n.include '{2}'\n.end\n",
            path("m.lib").display(),
            path("a.inc").display(),
            path("none.inc").display()
        );
        let mut netlists = Netlists::new(Search::default());
        netlists.follow(&path("deck.sp"), deck.as_bytes());
        let mut missing: Vec<String> = netlists
            .missing()
            .iter()
            .map(|line| line.replace(&format!("{}/", folder.path().display()), ""))
            .collect();
        missing.sort();
        let reason = "cannot be read: No such file or directory (os error 2)";
        assert_eq!(
            missing,
            [
                format!("gone.inc (read by m.lib) {reason}"),
                "m.lib has no section `ff`".to_owned(),
                format!("none.inc {reason}"),
            ]
        );
        assert_eq!(netlists.count(), 2);
        assert_eq!(netlists.files().collect::<Vec<_>>(), [path("a.inc"), path("m.lib")]);
        let words = netlists.words();
        assert!(words.contains("word") && words.contains("nmos_model") && !words.contains("Word"));
        let parts: Vec<_> = netlists
            .parts()
            .map(|(path, section)| (path.file_name().unwrap().to_str().unwrap(), section))
            .collect();
        assert!(
            parts.contains(&("m.lib", Some("tt"))) && !parts.contains(&("m.lib", Some("ss"))),
            "{parts:?}"
        );
    }

    #[test]
    fn libraries_whose_paths_have_blanks_are_told() {
        let netlists = Netlists::new(Search::default());
        let deck =
            b"* t\n.lib 'my models/m.lib' tt\n.include 'my models/a.inc'\n.lib 'm.lib' tt\n.end\n";
        let found = netlists.libraries_with_blanks(deck);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["my models/m.lib"]);
    }
}
