//! Axes of a domain that do not reach its decks.

use crate::domain::Domain;
use crate::netlists::Netlists;
use anyhow::Result;
use libchar_core::Faults;
use libchar_pvt::effect::{NoEffect, without_effect};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::Path;

/// Values of corners, temperatures and supplies whose decks say the same to a simulator.
///
/// # Errors
/// A deck that cannot be rendered.
pub fn missing(domain: &Domain) -> Result<Vec<NoEffect>> {
    // The files that decks read are large: they are looked into only where a parameter's use is in doubt.
    let words: OnceCell<BTreeSet<String>> = OnceCell::new();
    let mut is_read = |name: &str| words.get_or_init(|| read_words(domain)).contains(name);
    Ok(without_effect(&domain.template, &domain.matrix, &mut is_read).map_err(Faults::from)?)
}

fn read_words(domain: &Domain) -> BTreeSet<String> {
    let mut netlists = Netlists::default();
    let per_corner = domain.matrix.len() / domain.matrix.corners().max(1);
    for cell in
        (0..domain.matrix.len()).step_by(per_corner.max(1)).filter_map(|i| domain.matrix.cell(i))
    {
        if let Ok(deck) = domain.template.render(&cell) {
            netlists.follow(&Path::new(&cell.id()).join(&domain.deck_name), &deck);
        }
    }
    netlists.words()
}
