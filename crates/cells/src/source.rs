//! Reads the inputs of `lib`: `cells.toml`, the netlists that it names, and their cells.

use crate::config::{self, Config, Pvt};
use crate::library::{self, Known};
use crate::like::{self, Like};
use crate::netlist::Netlists;
use anyhow::Result;
use libchar_core::glob::matches;
use libchar_core::{Fault, Faults, Note, input};
use std::path::{Path, PathBuf};

/// What is expected of the file, for users who have no library yet.
const EXPECTED: &str = "the description of a library: netlists, supplies, conditions, templates; docs/lib.md tells its keys, examples/lib/cells.toml is one";

/// Who reads a file by its name, or standard input for `-`.
pub type Reader<'a> = &'a dyn Fn(&str) -> Result<input::Source>;

/// A library as read.
pub struct Source {
    /// The configuration.
    pub config: Config,
    /// Its text, for the history.
    pub text: String,
    /// The folder that relative names in it refer to.
    pub folder: PathBuf,
    /// The netlists' files, in order.
    pub files: Vec<PathBuf>,
    /// The cells.
    pub cells: Vec<Known>,
    /// The cell whose output waveforms drive the inputs of the others.
    pub driver: Option<Known>,
}

impl Source {
    /// Name of the cell and condition with an index, cells fastest.
    pub fn name(&self, at: usize) -> String {
        let n = self.cells.len();
        format!("{} {}", self.config.pvt[at / n].name, self.cells[at % n].cell.name)
    }

    /// The netlists' files, as the simulator finds them.
    pub fn files(&self) -> Vec<String> {
        self.files.iter().map(|file| file.display().to_string()).collect()
    }

    /// The models of a condition, as the simulator finds them.
    pub fn models(&self, pvt: &Pvt) -> String {
        self.folder.join(&pvt.models).display().to_string()
    }
}

/// The library whose tables this one imitates: that of `--like`, or of the key `like` in the file.
fn liked(
    source: &input::Source,
    folder: &Path,
    chosen: Option<&str>,
    reader: Reader<'_>,
) -> Result<Option<Like>> {
    let named = config::like_of(&source.name, &source.bytes);
    let path = match (chosen, named) {
        (Some(path), _) => path.to_owned(),
        (None, Some((name, (line, column)))) => {
            let path = folder.join(&name);
            if !path.is_file() {
                let found = format!("the library {} cannot be read", path.display());
                let fault = Fault::at(&source.name, line, column, found);
                return Err(Faults::from(fault.expected("a Liberty file")).into());
            }
            path.display().to_string()
        }
        (None, None) => return Ok(None),
    };
    let file = reader(&path)?;
    let text = input::text(&file.name, &file.bytes).map_err(Faults::from)?;
    Ok(Some(like::read(&file.name, text)?))
}

/// Reads a library; `cells` are patterns of the cells that are wanted, all without one. `chosen` is the library that it shall
/// be like, in place of the one that the file names.
///
/// # Errors
/// Every fault of the files, and files that cannot be read.
pub fn read(
    file: &str,
    cells: &[String],
    chosen: Option<&str>,
    reader: Reader<'_>,
    hear: &dyn Fn(Note),
) -> Result<Source> {
    if file != "-" && !Path::new(file).exists() {
        let fault = Fault::of(file, "there is no such file");
        return Err(Faults::from(fault.expected(EXPECTED)).into());
    }
    let source = reader(file)?;
    let folder = Path::new(file).parent().unwrap_or(Path::new("")).to_owned();
    let like = liked(&source, &folder, chosen, reader)?;
    let config = config::parse_like(&source.name, &source.bytes, like)?;
    let mut faults = Vec::new();
    for pvt in &config.pvt {
        let path = folder.join(&pvt.models);
        if !path.is_file() {
            let (line, column) = pvt.place;
            let found = format!("the models of `{}`, {}, cannot be read", pvt.name, path.display());
            faults.push(Fault::at(file, line, column, found).expected("a file of models"));
        }
    }
    let mut netlists = Netlists::default();
    let mut files = Vec::new();
    for (pattern, (line, column)) in &config.netlists {
        let found = files_of(&folder, pattern);
        if found.is_empty() {
            let what = format!("no file matches `{pattern}`");
            faults.push(
                Fault::at(file, *line, *column, what)
                    .expected("a netlist, or a pattern of netlists with `*`"),
            );
        }
        files.extend(found);
    }
    files.dedup();
    for path in &files {
        let name = path.display().to_string();
        let source = reader(&name)?;
        let text = input::text(&name, &source.bytes).map_err(Faults::from)?;
        if let Err(more) = netlists.add(&name, text) {
            faults.extend(more.into_vec());
        }
    }
    Faults::or((), faults)?;
    let cells = library::cells(&config, &netlists, cells)?;
    let driver = library::driver(&config, &netlists)?;
    for note in library::notes(&config, &cells) {
        hear(Note::Info("like", note));
    }
    let text = String::from_utf8_lossy(&source.bytes).into_owned();
    Ok(Source { config, text, folder, files, cells, driver })
}

/// Files below a folder whose path matches a pattern, in order; `*` stands for any characters
/// within a name.
fn files_of(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    if pattern.starts_with('/') {
        found = vec![PathBuf::from("/")];
    }
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        let mut next = Vec::new();
        for folder in found {
            if !part.contains('*') {
                next.push(folder.join(part));
                continue;
            }
            let here = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
            let mut names: Vec<String> = std::fs::read_dir(here)
                .into_iter()
                .flatten()
                .flatten()
                .filter_map(|entry| entry.file_name().into_string().ok())
                .filter(|name| !name.starts_with('.') && matches(part, name))
                .collect();
            names.sort();
            next.extend(names.into_iter().map(|name| folder.join(name)));
        }
        found = next;
    }
    found.retain(|path| path.is_file());
    found
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const CELLS: &str = "library = \"s\"\nnetlists = [\"x\"]\n[supplies]\nVDD = \"power\"\nVSS = \"ground\"\n\
        [[pvt]]\nname = \"tt\"\nmodels = \"m\"\ntemp_c = 25\nvdd_v = 1.8\n\
        [templates.delay]\nslews_ns = [0.01, 0.1]\nloads_pf = [0.001, 0.01]\n";

    /// Two inverters at one condition.
    pub(crate) fn inverters() -> Source {
        let config = config::parse("cells.toml", CELLS.as_bytes()).unwrap();
        let mut netlists = Netlists::default();
        let cell = |name: &str| {
            format!(
                ".subckt {name} A Y VDD VSS\nm1 Y A VSS VSS nch w=1u l=0.1u\nm2 Y A VDD VDD pch w=2u l=0.1u\n.ends\n"
            )
        };
        netlists.add("n", &format!("{}{}", cell("inv_1"), cell("inv_2"))).unwrap();
        let cells = library::cells(&config, &netlists, &[]).unwrap();
        let (text, folder, files) = (CELLS.to_owned(), PathBuf::new(), Vec::new());
        Source { config, text, folder, files, cells, driver: None }
    }

    fn folder(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            libchar_files::atomic::write(&path, b"").unwrap();
        }
        folder
    }

    #[test]
    fn a_star_stands_within_one_name_and_for_no_hidden_file() {
        let folder = folder(&["b/inv.sp", "a/nand.sp", "a/.old.sp", "a/deep/x.sp", "a/note.txt"]);
        let found = |pattern: &str| -> Vec<String> {
            let found = files_of(folder.path(), pattern).into_iter();
            let below = found.map(|path| path.strip_prefix(folder.path()).unwrap().to_owned());
            below.map(|path| path.display().to_string()).collect()
        };
        assert_eq!(found("*/*.sp"), ["a/nand.sp", "b/inv.sp"]);
        assert_eq!(found("a/note.txt"), ["a/note.txt"]);
        assert!(found("*.sp").is_empty() && found("a").is_empty() && found("c/*.sp").is_empty());
        let absolute = format!("{}/a/*.sp", folder.path().display());
        assert_eq!(files_of(Path::new("elsewhere"), &absolute), [folder.path().join("a/nand.sp")]);
    }

    #[test]
    fn models_and_netlists_that_are_missing_are_told_together() {
        let toml = include_str!("../../../examples/lib/cells.toml");
        let reader = |name: &str| Ok(input::Source { name: name.to_owned(), bytes: toml.into() });
        let folder = folder(&["cells.toml"]);
        let file = folder.path().join("cells.toml").display().to_string();
        let told = read(&file, &[], None, &reader, &|_| {}).err().unwrap().to_string();
        assert!(told.contains("cannot be read\n  expected a file of models"), "{told}");
        assert!(told.contains("no file matches `"), "{told}");
        let gone = read("gone.toml", &[], None, &reader, &|_| {}).err().unwrap().to_string();
        assert!(gone.starts_with("gone.toml: there is no such file\n"), "{gone}");
    }
}
