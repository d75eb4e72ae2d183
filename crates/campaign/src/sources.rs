//! Reads the files for the trimmer of models from the disk.

use libchar_engine::deck::Search;
use libchar_engine::trim::Sources;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files by path, each read once; `None` stands for a file that cannot be read.
#[derive(Default)]
pub struct Disk {
    /// The rules by which names of files are looked for.
    pub search: Search,
    /// The files that were read so far.
    pub texts: HashMap<PathBuf, Option<Arc<str>>>,
    /// The number of bytes read so far.
    pub bytes: usize,
}

impl Disk {
    /// Makes an empty cache, which looks for files as `search` says.
    pub fn new(search: Search) -> Disk {
        Disk { search, ..Disk::default() }
    }
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

    fn search(&self) -> Search {
        self.search.clone()
    }
}
