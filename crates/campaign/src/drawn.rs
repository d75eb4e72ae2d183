//! Finds random functions in the template and in the files that a domain's decks read.

use crate::netlists::Netlists;
use libchar_pvt::random::{self, Random};
use libchar_pvt::{Matrix, Template};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A random function, and its place.
pub struct Drawn {
    /// The template, or the file that the decks read.
    pub file: String,
    /// The function that draws.
    pub random: Random,
    /// Whether the decks themselves set a seed.
    pub has_seed: bool,
}

/// A part of a file that the decks read.
struct Part<'a> {
    path: &'a Path,
    section: Option<&'a str>,
    bytes: &'a [u8],
}

/// The first random function of the template, or else of the files that the decks of all corners read. One that is
/// multiplied by a parameter that is 0 everywhere does not count, because it draws nothing. The Monte Carlo switches of
/// process kits are of this kind.
///
/// `file` is the template with its name, `name` is that of the decks; `netlists` finds the files.
pub fn first(
    file: (&str, &[u8]),
    template: &Template,
    matrix: &Matrix,
    name: &str,
    mut netlists: Netlists,
) -> Option<Drawn> {
    for cell in matrix.one_per_corner() {
        if let Ok(deck) = template.render(&cell) {
            netlists.follow(&Path::new(&cell.id()).join(name), &deck);
        }
    }
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for (path, _) in netlists.parts() {
        if !files.contains_key(path) {
            files.extend(fs::read(path).ok().map(|bytes| (path.to_owned(), bytes)));
        }
    }
    let parts: Vec<Part> = netlists
        .parts()
        .filter_map(|(path, section)| {
            Some(Part { path, section, bytes: files.get(path)?.as_slice() })
        })
        .collect();
    let is_on = |random: &Random| {
        let Some(factor) = &random.factor else { return true };
        let mut values = random::values(file.1, true, None, factor);
        for part in &parts {
            values.extend(random::values(part.bytes, false, part.section, factor));
        }
        values.is_empty() || values.iter().any(|value| *value != Some(0.0))
    };
    let has_seed = random::has_seed(file.1);
    let own = random::randoms(file.1, true, None).into_iter().find(is_on);
    if let Some(random) = own {
        return Some(Drawn { file: file.0.to_owned(), random, has_seed });
    }
    parts.iter().find_map(|part| {
        let random = random::randoms(part.bytes, false, part.section).into_iter().find(is_on)?;
        Some(Drawn { file: part.path.display().to_string(), random, has_seed })
    })
}
