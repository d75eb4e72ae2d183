//! Whether what varies reaches the simulation: a corner, temperature, supply or swept value that
//! occurs only in a title, a comment or an unused parameter gives the same simulation under another
//! name.

use crate::deck_text::{assignments, statements};
use crate::matrix::{Cell, Matrix};
use crate::template::Template;
use libchar_core::Fault;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// An axis of the matrix, and values of it whose decks are equal to a simulator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoEffect {
    /// `corner`, `temperature`, `supply` or the name of a swept axis.
    pub axis: String,
    /// Values of the axis with equal decks, two or more, in the order of the matrix.
    pub values: Vec<String>,
    /// How many values the axis has.
    pub of: usize,
}

impl std::fmt::Display for NoEffect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { axis, values, of } = self;
        let which = match values.len() == *of {
            true => format!("all {of} {axis} values ({})", shown(values)),
            false => format!("{} of {of} {axis} values ({})", values.len(), shown(values)),
        };
        write!(
            f,
            "the decks of {which} are equal but for titles, comments and unused parameters: the {axis} has no effect there"
        )
    }
}

/// The first values of a list, as text.
fn shown(values: &[String]) -> String {
    let mut text = values.iter().take(6).map(String::as_str).collect::<Vec<_>>().join(", ");
    if values.len() > 6 {
        text += &format!(" and {} more", values.len() - 6);
    }
    text
}

/// Finds the axes along which decks do not differ; one entry for each group of values with equal
/// decks.
///
/// `is_read` returns whether a file that the decks include contains a word, in lower case: a
/// parameter that only such a file uses has an effect. It is called only if the decks differ in
/// nothing but parameters that they do not use themselves.
///
/// # Errors
/// A deck that cannot be rendered.
pub fn without_effect(
    template: &Template,
    matrix: &Matrix,
    is_read: &mut dyn FnMut(&str) -> bool,
) -> Result<Vec<NoEffect>, Fault> {
    let mut found = Vec::new();
    for (axis, lines) in matrix.lines() {
        let mut groups: BTreeMap<Vec<u8>, Vec<String>> = BTreeMap::new();
        let of = lines.len();
        let mut names: Vec<String> = Vec::new();
        for (value, cells) in lines {
            let deck = essence_at(template, &cells, is_read)?;
            names.push(value.clone());
            groups.entry(deck).or_default().push(value);
        }
        let mut equal: Vec<Vec<String>> =
            groups.into_values().filter(|group| group.len() > 1).collect();
        equal.sort_by_key(|group| names.iter().position(|name| *name == group[0]));
        found.extend(equal.into_iter().map(|values| NoEffect { axis: axis.clone(), values, of }));
    }
    Ok(found)
}

/// The essence of the decks of some points, without the points' names and folders.
fn essence_at(
    template: &Template,
    cells: &[Cell],
    is_read: &mut dyn FnMut(&str) -> bool,
) -> Result<Vec<u8>, Fault> {
    let mut text = Vec::new();
    for cell in cells {
        let deck = without(&template.render(cell)?, cell.id().as_bytes());
        text.extend(essence(&deck, is_read));
        text.push(0);
    }
    Ok(text)
}

fn without(text: &[u8], name: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.windows(name.len()).position(|window| window == name) {
        kept.extend_from_slice(&rest[..at]);
        rest = &rest[at + name.len()..];
    }
    kept.extend_from_slice(rest);
    kept
}

/// The essence of a deck: the statements that a simulator acts on, without the title, comments and
/// parameters that nothing uses.
fn essence(deck: &[u8], is_read: &mut dyn FnMut(&str) -> bool) -> Vec<u8> {
    let statements = statements(deck);
    let cards: Vec<Vec<Range<usize>>> = statements
        .iter()
        .filter(|statement| !deck[statement.place.clone()].trim_ascii_start().starts_with(b"*"))
        .map(|statement| statement.words(deck))
        .filter(|words| !words.is_empty())
        .collect();
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for word in cards.iter().flatten() {
        for name in names(&deck[word.clone()]) {
            *used.entry(name).or_default() += 1;
        }
    }
    let mut text = Vec::new();
    for words in &cards {
        let is_parameter = deck[words[0].clone()].eq_ignore_ascii_case(b".param");
        let mut dropped: BTreeSet<usize> = BTreeSet::new();
        if is_parameter {
            for (name, value) in assignments(deck, words) {
                // Its own definition is the only place that names it.
                if used.get(&name) == Some(&1) && !is_read(&name) {
                    dropped.insert(value.start);
                }
            }
        }
        for word in words.iter().filter(|word| !dropped.contains(&word.start)) {
            text.extend_from_slice(&deck[word.clone()]);
            text.push(b' ');
        }
        text.push(b'\n');
    }
    text
}

/// The identifiers of a word, in lower case.
fn names(word: &[u8]) -> impl Iterator<Item = String> + '_ {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    word.split(move |byte| !is_name(byte))
        .filter(|name| name.first().is_some_and(|byte| !byte.is_ascii_digit()))
        .map(|name| String::from_utf8_lossy(name).to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::essence;

    fn same(a: &str, b: &str, read: &str) -> bool {
        let mut is_read = |name: &str| name == read;
        essence(a.as_bytes(), &mut is_read) == essence(b.as_bytes(), &mut is_read)
    }

    #[test]
    fn titles_comments_and_unused_parameters_are_no_use() {
        let deck = |v: &str, corner: &str| {
            format!(
                "* {corner}\n.param vccn={v} load=1f\n* supply {v}\nr1 a 0 1k ; {corner}\nc1 a 0 {{load}}\n.temp 25\n"
            )
        };
        assert!(same(&deck("1.0", "SS"), &deck("1.1", "TT"), ""));
        assert!(!same(&deck("1.0", "SS"), &deck("1.1", "SS"), "vccn"), "an included file uses it");
        let used = |v: &str| deck(v, "SS").replace("r1 a 0 1k", "v1 a 0 {VCCN}");
        assert!(!same(&used("1.0"), &used("1.1"), ""));
        let chained = |v: &str| deck(v, "SS").replace("load=1f", "load='vccn*1f'");
        assert!(!same(&chained("1.0"), &chained("1.1"), ""));
        assert!(!same("t\n.temp 25\n", "t\n.temp 85\n", ""));
        assert!(!same("t\n.lib 'm' ss\n", "t\n.lib 'm' tt\n", ""));
    }
}
