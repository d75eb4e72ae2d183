//! Reads the inputs of `lib`: `cells.toml`, the netlists that it names, and their cells.

use crate::context::Context;
use anyhow::Result;
use libchar_cells::config::{self, Config, Pvt};
use libchar_cells::library::{self, Known};
use libchar_cells::like::Like;
use libchar_cells::netlist::Netlists;
use libchar_core::glob::matches;
use libchar_core::{Fault, Faults, input};
use std::path::{Path, PathBuf};

/// What is expected of the file, for users who have no library yet.
const EXPECTED: &str = "the description of a library: netlists, supplies, conditions, templates; docs/lib.md tells its keys, examples/lib/cells.toml is one";

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
fn like(
    source: &input::Source,
    folder: &Path,
    chosen: Option<&str>,
    ctx: &Context,
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
    let file = ctx.read(&path)?;
    let text = input::text(&file.name, &file.bytes).map_err(Faults::from)?;
    Ok(Some(libchar_cells::like::read(&file.name, text)?))
}

/// Reads a library. `cells` are patterns of the wanted cells; without patterns all cells are
/// wanted.
pub fn read(file: &str, cells: &[String], chosen: Option<&str>, ctx: &Context) -> Result<Source> {
    if file != "-" && !Path::new(file).exists() {
        let fault = Fault::of(file, "there is no such file");
        return Err(Faults::from(fault.expected(EXPECTED)).into());
    }
    let source = ctx.read(file)?;
    let folder = Path::new(file).parent().unwrap_or(Path::new("")).to_owned();
    let like = like(&source, &folder, chosen, ctx)?;
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
            let what = format!("no file fits `{pattern}`");
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
        let source = ctx.read(&name)?;
        let text = input::text(&name, &source.bytes).map_err(Faults::from)?;
        if let Err(more) = netlists.add(&name, text) {
            faults.extend(more.into_vec());
        }
    }
    Faults::or((), faults)?;
    let cells = library::cells(&config, &netlists, cells)?;
    let driver = library::driver(&config, &netlists)?;
    for note in libchar_cells::library::notes(&config, &cells) {
        ctx.log.info("like", note);
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
