//! Files that the control sections of decks write: points that name the same one write over each other.

use crate::deck_text::{self, Statement};
use std::collections::BTreeMap;
use std::ops::Range;

/// A file that the decks of several points write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// As the decks name it.
    pub file: String,
    /// Line of the statement in the first deck, from 1.
    pub line: usize,
    /// How many points write it.
    pub points: usize,
}

/// The files that more than one of the decks writes, in order of their names.
pub fn shared(decks: impl Iterator<Item = Vec<u8>>) -> Vec<Shared> {
    let mut found: BTreeMap<String, Shared> = BTreeMap::new();
    for deck in decks {
        for (file, line) in files(&deck) {
            let new = Shared { file: file.clone(), line, points: 0 };
            found.entry(file).or_insert(new).points += 1;
        }
    }
    found.into_values().filter(|shared| shared.points > 1).collect()
}

/// Whether a control section of a deck writes a file.
pub fn writes(deck: &[u8]) -> bool {
    !files(deck).is_empty()
}

/// The files of a deck that nothing but their names can tell apart, each once, with the line of the first statement.
fn files(deck: &[u8]) -> BTreeMap<String, usize> {
    let mut files = BTreeMap::new();
    let mut in_control = false;
    for statement in deck_text::statements(deck) {
        let words = statement.words(deck);
        let first = words.first().map(|word| lower(deck, word)).unwrap_or_default();
        match first.as_str() {
            ".control" => in_control = true,
            ".endc" => in_control = false,
            _ if in_control => {
                let named =
                    file(deck, &words).map(|place| &deck[deck_text::unquoted(deck, &place)]);
                let name = named.map(|name| String::from_utf8_lossy(name).into_owned());
                // What a variable makes of a name is not known, and a device keeps nothing.
                let name = name.filter(|name| !name.contains('$') && !name.starts_with("/dev/"));
                if let Some(name) = name {
                    let Statement { line, .. } = statement;
                    files.entry(name.trim_start_matches("./").to_owned()).or_insert(line);
                }
            }
            _ => {}
        }
    }
    files
}

fn lower(deck: &[u8], word: &Range<usize>) -> String {
    String::from_utf8_lossy(&deck[word.clone()]).to_ascii_lowercase()
}

/// The place of the file that a statement of a control section writes.
pub(crate) fn file(deck: &[u8], words: &[Range<usize>]) -> Option<Range<usize>> {
    let first = words.first().map(|word| lower(deck, word)).unwrap_or_default();
    let is_redirect = |word: &Range<usize>| matches!(deck.get(word.clone()), Some(b">" | b">>"));
    match words.iter().position(is_redirect) {
        Some(at) => words.get(at + 1).cloned(),
        None if matches!(first.as_str(), "wrdata" | "write" | "wrs2p") => words.get(1).cloned(),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Shared, shared};

    fn deck(point: &str) -> Vec<u8> {
        let text = "t\nv1 a 0 1\n.control\nrun\nwrdata out.txt v(a)\nprint v(a) > POINT/v.txt\nwrite './raw.raw'\n\
                    echo a >> $file\nset outfile = x\n.endc\nwrdata no.txt\n.end\n";
        text.replace("POINT", point).into_bytes()
    }

    #[test]
    fn only_what_two_points_name_alike_is_shared() {
        let both = |file: &str, line| Shared { file: file.to_owned(), line, points: 2 };
        let decks = || [deck("a"), deck("b")].into_iter();
        assert_eq!(shared(decks()), [both("out.txt", 5), both("raw.raw", 7)]);
        assert_eq!(shared(decks().take(1)), []);
    }
}
