//! Axes of a domain that do not affect its decks, and files that several points write.

use crate::domain::Domain;
use crate::netlists::Netlists;
use libchar_core::Faults;
use libchar_pvt::effect::{NoEffect, without_effect};
use libchar_pvt::written::{self, Shared};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::Path;

/// Values of corners, temperatures and supplies whose decks are the same for a simulator.
///
/// # Errors
/// A deck that cannot be rendered.
pub fn missing(domain: &Domain, netlists: Netlists) -> Result<Vec<NoEffect>, Faults> {
    // The files that decks read are large: they are looked into only where a parameter's use is in doubt.
    let words: OnceCell<BTreeSet<String>> = OnceCell::new();
    let mut is_read =
        |name: &str| words.get_or_init(|| read_words(domain, netlists.clone())).contains(name);
    without_effect(&domain.template, &domain.matrix, &mut is_read).map_err(Faults::from)
}

/// Warnings about a file that the decks of several points name alike, so that the simulator writes it for each of them.
///
/// # Errors
/// A deck that cannot be rendered.
pub fn shared_files(domain: &Domain, file: &str) -> Result<Vec<String>, Faults> {
    let render = |index: usize| {
        let cell = domain.matrix.cell(index);
        cell.map(|cell| domain.template.render(&cell).map_err(Faults::from)).transpose()
    };
    // Decks that write nothing are most; which points write, only all their decks tell.
    if domain.matrix.len() < 2 || !domain.template.may_write() {
        return Ok(Vec::new());
    }
    let decks: Vec<Vec<u8>> = (0..domain.matrix.len())
        .map(render)
        .filter_map(Result::transpose)
        .collect::<Result<_, _>>()?;
    let tell = |shared: &Shared| {
        let Shared { file: written, line, points } = shared;
        format!(
            "{file}: {points} points write the same file `{written}`, at line {line} of the first deck: each writes over \
             the others; {{{{ point }}}}/{written} keeps them apart"
        )
    };
    Ok(written::shared(decks.into_iter()).iter().map(tell).collect())
}

fn read_words(domain: &Domain, mut netlists: Netlists) -> BTreeSet<String> {
    for cell in domain.matrix.one_per_corner() {
        if let Ok(deck) = domain.template.render(&cell) {
            netlists.follow(&Path::new(&cell.id()).join(&domain.deck_name), &deck);
        }
    }
    netlists.words()
}
