//! Rewrites a deck so that it may lie in another folder.

use super::statement::{Statements, named_files};
use super::{Search, end, locate, normal};
use std::path::Path;

/// Returns a deck's text with the relative names of files as the simulator finds them from its
/// start folder, so that a copy of the deck in another folder reads the same files.
///
/// `path` is where the deck lies. Names that are found in the start folder, or nowhere, stay as
/// they are, and so does everything else.
pub fn rebase(
    path: &Path,
    text: &str,
    search: &Search,
    mut exists: impl FnMut(&Path) -> bool,
) -> String {
    let deck = &text[..end(text).unwrap_or(text.len())];
    let mut rebased = String::with_capacity(text.len());
    let mut done = 0;
    for statement in Statements::new(deck, true) {
        for named in named_files(statement.text) {
            let found = locate(path, named.path, search, &mut exists);
            let Some(found) = found.as_ref().and_then(|found| found.to_str()) else { continue };
            let beside = normal(&path.parent().unwrap_or(Path::new("")).join(named.path));
            // A copy elsewhere finds any other file under the name that it has already.
            if Path::new(found) != beside || beside == normal(Path::new(named.path)) {
                continue;
            }
            let start = statement.at + named.at;
            rebased.push_str(&text[done..start]);
            let is_quoted = text[..start].ends_with(['\'', '"']);
            if found.contains(char::is_whitespace) && !is_quoted {
                rebased.push_str(&format!("'{found}'"));
            } else {
                rebased.push_str(found);
            }
            done = start + named.path.len();
        }
    }
    rebased.push_str(&text[done..]);
    rebased
}

#[cfg(test)]
mod tests {
    use super::{Search, rebase};
    use std::path::Path;

    fn rebased(text: &str, there: &[&str]) -> String {
        rebase(Path::new("T T/p/d.sp"), text, &Search::default(), |path| {
            path.to_str().is_some_and(|path| there.contains(&path))
        })
    }

    #[test]
    fn only_names_beside_the_deck_change() {
        let deck = "x.inc\r\n.include x.inc $ x.inc\r\n.LIB \"x.lib\" tt\n.include ./here.inc\n\
                    .include none.inc\nvin a 0 pwl\n* x.inc\n+ file = 'in.csv' r=0\n.include /abs.inc\n\
                    .end\n.include x.inc\n";
        let there = ["T T/p/x.inc", "T T/p/x.lib", "here.inc", "T T/p/in.csv", "/abs.inc"];
        assert_eq!(
            rebased(deck, &there),
            "x.inc\r\n.include 'T T/p/x.inc' $ x.inc\r\n.LIB \"T T/p/x.lib\" tt\n.include ./here.inc\n\
             .include none.inc\nvin a 0 pwl\n* x.inc\n+ file = 'T T/p/in.csv' r=0\n.include /abs.inc\n\
             .end\n.include x.inc\n"
        );
    }

    #[test]
    fn a_name_in_both_places_is_that_of_the_start_folder() {
        let deck = "t\n.inc x\n";
        assert_eq!(rebased(deck, &["x", "T T/p/x"]), deck);
        assert_eq!(rebased(deck, &[]), deck);
    }
}
