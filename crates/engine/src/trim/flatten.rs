//! A library as one list of statements, with all that it includes.

use super::Untrimmed;
use super::card::{Card, Kind, cards};
use crate::deck::{Search, locate};
use std::path::Path;
use std::sync::Arc;

/// Where the text of files comes from.
pub trait Sources {
    /// The text of a file; `None` if it is not there or is no text.
    fn text(&mut self, path: &Path) -> Option<Arc<str>>;
    /// Where the simulator looks for the files.
    fn search(&self) -> Search {
        Search::default()
    }
}

/// How deep libraries may include each other.
const DEEPEST: usize = 64;

/// The statements of a file, or of one section of it.
pub(super) fn library(
    file: &Path,
    section: Option<&str>,
    sources: &mut dyn Sources,
) -> Result<Vec<Card>, Untrimmed> {
    let mut flat = Vec::new();
    append(file, section, sources, 0, &mut flat)?;
    Ok(flat)
}

fn append(
    file: &Path,
    section: Option<&str>,
    sources: &mut dyn Sources,
    depth: usize,
    flat: &mut Vec<Card>,
) -> Result<(), Untrimmed> {
    let shown = || file.display().to_string();
    if depth > DEEPEST {
        return Err(Untrimmed::Cycle(shown()));
    }
    let text = sources.text(file).ok_or_else(|| Untrimmed::Missing(shown()))?;
    let search = sources.search();
    let mut inside: Option<String> = None;
    let mut found = section.is_none();
    for card in cards(&text) {
        match &card.kind {
            Kind::Section(name) => {
                found |= section == Some(name);
                inside = Some(name.clone());
            }
            Kind::EndSection => inside = None,
            // Outside of the requested section, a file has no effect.
            _ if section.is_some() && inside.as_deref() != section => {}
            Kind::Library(name, wanted) => {
                let next = locate(file, name, &search, |path| sources.text(path).is_some())
                    .ok_or(Untrimmed::Missing(name.clone()))?;
                append(&next, Some(wanted), sources, depth + 1, flat)?;
            }
            Kind::Include(name) => {
                let next = locate(file, name, &search, |path| sources.text(path).is_some())
                    .ok_or(Untrimmed::Missing(name.clone()))?;
                append(&next, None, sources, depth + 1, flat)?;
            }
            _ => flat.push(card),
        }
    }
    if found {
        Ok(())
    } else {
        Err(Untrimmed::NoSection(shown(), section.unwrap_or("").to_owned()))
    }
}

/// Refuses statements whose effect on what is used cannot be foreseen.
pub(super) fn check(cards: &[Card]) -> Result<(), Untrimmed> {
    for card in cards {
        match card.kind {
            Kind::Unforeseeable(what) => return Err(Untrimmed::Statement(what)),
            Kind::Section(_) | Kind::EndSection => {
                return Err(Untrimmed::Statement("a library section of its own"));
            }
            _ => {}
        }
        // From the trimmed library, the relative name of a data file would refer to another file.
        if card.text.contains("file=") || card.text.contains("file =") {
            return Err(Untrimmed::Statement("a data file"));
        }
    }
    Ok(())
}
