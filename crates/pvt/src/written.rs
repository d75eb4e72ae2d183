//! Files that the control sections of decks write: points that write to the same name overwrite
//! each other's file.

use crate::deck_text::{self, Statement};
use std::collections::BTreeMap;
use std::ops::Range;

/// A file that the decks of several points write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The name in the decks.
    pub file: String,
    /// Line of the statement in the first deck, from 1.
    pub line: usize,
    /// The number of points that write it.
    pub points: usize,
}

/// The files that more than one of the decks write, in the order of their names.
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

/// Whether a control section made from this template may write a file; its conditions are not
/// evaluated.
pub(crate) fn may_write(template: &[u8]) -> bool {
    let text = String::from_utf8_lossy(template).to_ascii_lowercase();
    let mut words = COMMANDS.iter().map(|(command, _)| *command).chain([">"]);
    text.contains(".control") && words.any(|word| text.contains(word))
}

/// The files that the control sections of a deck write, by name, with the line of the first statement
/// that writes each.
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
                let name = name(deck, &words);
                // The name that a variable expands to is not known, and a device keeps nothing.
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

/// Commands that write a file which their first word names, and the file that ngspice 39 writes if
/// none is named.
const COMMANDS: [(&str, Option<&str>); 7] = [
    ("wrdata", None),
    ("write", Some("rawspice.raw")),
    ("wrs2p", Some("s_param.s2p")),
    ("wrnodev", Some("wrnodev.out")),
    ("hardcopy", Some("hc.lp")),
    ("snsave", None),
    ("gnuplot", None),
];

/// The file that a statement of a control section writes, as named or as ngspice names it.
fn name(deck: &[u8], words: &[Range<usize>]) -> Option<String> {
    let first = words.first().map(|word| lower(deck, word)).unwrap_or_default();
    let command = COMMANDS.iter().find(|(command, _)| *command == first);
    let place = match file(deck, words) {
        Some(place) => Some(place),
        None => command.and_then(|_| words.get(1).cloned()),
    };
    match place {
        Some(place) => {
            let name = &deck[deck_text::unquoted(deck, &place)];
            Some(String::from_utf8_lossy(name).into_owned())
        }
        None => command.and_then(|(_, default)| *default).map(str::to_owned),
    }
}

/// The place of the file name in a statement of a control section that writes a file, if the deck
/// may give the file another name. What `snsave` writes is not included: `snload` has to read it
/// under that name.
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
    fn every_command_that_writes_counts_with_the_name_that_it_has_by_itself() {
        let text = "t\n.control\nrun\nwrite\nhardcopy a.ps v(a)\nsnsave s.snap\ngnuplot g v(a)\nwrdata\n.endc\n.end\n";
        let found = shared([text.as_bytes().to_vec(), text.as_bytes().to_vec()].into_iter());
        let names: Vec<&str> = found.iter().map(|shared| shared.file.as_str()).collect();
        assert_eq!(names, ["a.ps", "g", "rawspice.raw", "s.snap"]);
        assert!(super::may_write(text.as_bytes()));
        assert!(!super::may_write(b"t\n.control\nrun\n.endc\n.end\n"));
    }

    #[test]
    fn only_what_two_points_name_alike_is_shared() {
        let both = |file: &str, line| Shared { file: file.to_owned(), line, points: 2 };
        let decks = || [deck("a"), deck("b")].into_iter();
        assert_eq!(shared(decks()), [both("out.txt", 5), both("raw.raw", 7)]);
        assert_eq!(shared(decks().take(1)), []);
    }
}
