//! The outputs of a point, for all code that writes, judges, reads or checks them.

mod measures;
mod recorded;
mod seen;

pub use measures::{Found, Wanted, of_files, of_log, read, text_of};
pub use recorded::{Output, hold, record};
pub use seen::Seen;

use libchar_engine::Simulator;
use std::fs;
use std::path::{Path, PathBuf};

/// The place of a point's outputs.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The point's folder.
    pub folder: &'a Path,
    /// The deck's name without its extension, with which the names of its outputs begin.
    pub stem: &'a str,
}

impl Place<'_> {
    /// The path of a file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The log's name.
    pub fn log_name(&self) -> String {
        format!("{}.log", self.stem)
    }

    /// Names of a simulator's outputs that exist here, sorted.
    pub fn names(&self, simulator: &Simulator) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.folder) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| self.is_output(simulator, name))
            .collect();
        names.sort();
        names
    }

    fn is_output(&self, simulator: &Simulator, name: &str) -> bool {
        name == self.log_name()
            || simulator.is_measure_file(self.stem, name)
            || simulator.logs.iter().any(|log| *name == log.replace("{stem}", self.stem))
    }
}

/// The deck's name without its extension.
pub fn stem(deck_name: &str) -> &str {
    deck_name.rsplit_once('.').map_or(deck_name, |(stem, _)| stem)
}
