//! The files that a deck reads, directly and through the files that it reads.

mod rebase;
mod search;
mod statement;

pub use rebase::rebase;
pub use search::Search;
pub(crate) use statement::{Statements, Words};

use statement::Kind;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// A file named by a statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The path as written.
    pub path: String,
    /// The section of a library; `None` for a whole file.
    pub section: Option<String>,
    /// Whether the file holds statements, and may name files itself.
    pub is_netlist: bool,
}

/// The statements of a file that name files, by the library section that they are in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// References outside of any section.
    pub plain: Vec<Reference>,
    /// References inside of sections, by the section's name in lower case.
    pub sections: BTreeMap<String, Vec<Reference>>,
}

/// Reads the references of a deck (`is_deck`: its first line is a title) or of a file that it reads.
///
/// Names keep their case; statements may be of any case, continue on lines that start with `+`, and quote names.
pub fn outline(text: &str, is_deck: bool) -> Outline {
    let mut outline = Outline::default();
    let mut inside: Option<String> = None;
    for statement in Statements::new(text, is_deck) {
        match statement::kind(statement.text) {
            Kind::End if is_deck => break,
            Kind::Section(name) => inside = Some(name),
            Kind::EndSection => inside = None,
            Kind::End | Kind::Other => {}
        }
        let found = statement::named_files(statement.text).into_iter().map(|named| Reference {
            path: named.path.to_owned(),
            section: named.section,
            is_netlist: named.is_netlist,
        });
        match &inside {
            Some(name) => outline.sections.entry(name.clone()).or_default().extend(found),
            None => outline.plain.extend(found),
        }
    }
    outline
}

/// Where the statement `.end` of a deck starts, if it has one; its first line is a title.
pub fn end(deck: &str) -> Option<usize> {
    let mut at = 0;
    for line in deck.split_inclusive('\n') {
        if at > 0 && is_end(line) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// Whether a line is the statement `.end`.
pub fn is_end(line: &str) -> bool {
    line.trim().eq_ignore_ascii_case(".end")
}

/// Where files come from: the caller reads and caches them.
pub trait Files {
    /// The outline of a netlist, or `None` if there is no such file.
    fn outline(&mut self, path: &Path) -> Option<Arc<Outline>>;
    /// Whether there is such a file.
    fn exists(&mut self, path: &Path) -> bool;
}

/// What a deck reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    /// Every file, transitively; a missing file is listed with its path as seen from the start
    /// folder.
    pub files: BTreeSet<PathBuf>,
    /// Names for which no file was found: the simulator may know better.
    pub missing: BTreeSet<String>,
    /// Whether a name refers to a file that depends on the environment: a home, a variable, a
    /// search path.
    pub needs_environment: bool,
    /// The parts of files that are followed: a section of a library, or (`None`) what is outside of
    /// all sections.
    pub parts: BTreeSet<(PathBuf, Option<String>)>,
}

/// Every file that a deck reads, transitively.
///
/// Names are looked for according to `search`. If a name may mean several files, all are listed,
/// because only the simulator knows which one it takes; the first is followed. Of a library, only
/// the sections in use are followed.
pub fn files(deck: &Path, outline: &Outline, search: &Search, files: &mut dyn Files) -> Read {
    let mut read = Read::default();
    let mut seen = BTreeSet::new();
    let mut open: Vec<(PathBuf, Reference)> =
        outline.plain.iter().map(|reference| (deck.to_owned(), reference.clone())).collect();
    // References inside a deck's own sections count: the deck's author wrote them there on purpose.
    open.extend(outline.sections.values().flatten().map(|r| (deck.to_owned(), r.clone())));
    while let Some((from, reference)) = open.pop() {
        let mut found = search.candidates(&from, &reference.path);
        found.retain(|path| files.exists(path));
        let path = match found.first() {
            Some(path) => path.clone(),
            None => {
                read.missing.insert(reference.path.clone());
                normal(Path::new(&reference.path))
            }
        };
        read.needs_environment |= found.len() > 1
            || !found.is_empty() && search.is_of_the_environment(&from, &reference.path, &path);
        if !seen.insert((path.clone(), reference.section.clone())) {
            continue;
        }
        read.files.extend(found.into_iter().skip(1));
        read.files.insert(path.clone());
        if !reference.is_netlist {
            continue;
        }
        read.parts.insert((path.clone(), reference.section.clone()));
        let Some(outline) = files.outline(&path) else { continue };
        let inner = match &reference.section {
            Some(section) => outline.sections.get(section).map(Vec::as_slice).unwrap_or_default(),
            None => &[],
        };
        let plain = if reference.section.is_none() { outline.plain.as_slice() } else { &[] };
        open.extend(plain.iter().chain(inner).map(|r| (path.clone(), r.clone())));
    }
    read
}

/// Returns the path of the file that `name` in the file `from` refers to, as seen from the folder
/// that the simulator starts in: the first of [`Search::candidates`] that exists; `None` if none
/// does.
pub fn locate(
    from: &Path,
    name: &str,
    search: &Search,
    mut exists: impl FnMut(&Path) -> bool,
) -> Option<PathBuf> {
    search.candidates(from, name).into_iter().find(|path| exists(path))
}

/// Removes `.` from a path. A `..` stays, since it cannot be resolved without looking at links.
fn normal(path: &Path) -> PathBuf {
    path.components().filter(|part| !matches!(part, Component::CurDir)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Files, Outline, Search, files, outline};
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::Arc;

    struct Fake(BTreeMap<&'static str, &'static str>);

    impl Files for Fake {
        fn outline(&mut self, path: &Path) -> Option<Arc<Outline>> {
            self.0.get(path.to_str()?).map(|text| Arc::new(outline(text, false)))
        }
        fn exists(&mut self, path: &Path) -> bool {
            path.to_str().is_some_and(|path| self.0.contains_key(path))
        }
    }

    fn read(deck: &str, others: &[(&'static str, &'static str)]) -> Vec<String> {
        let mut fake = Fake(others.iter().copied().collect());
        files(Path::new("TT/p/d.sp"), &outline(deck, true), &Search::default(), &mut fake)
            .files
            .into_iter()
            .map(|path| path.display().to_string())
            .collect()
    }

    #[test]
    fn libraries_are_followed_through_the_sections_in_use() {
        let library = ".lib tt\n.include 'tt.inc'\n.endl\n.lib ss\n.include ss.inc\n.endl ss\n";
        assert_eq!(
            read(
                ".lib title.lib tt\n.LIB 'models/my lib' TT\n.end\n.inc after.inc\n",
                &[("models/my lib", library), ("models/tt.inc", "vin a 0 pwl\n+ file=\"x.csv\"\n")],
            ),
            ["models/my lib", "models/tt.inc", "x.csv"]
        );
    }

    #[test]
    fn a_file_of_the_start_folder_and_one_beside_the_deck_both_count() {
        assert_eq!(
            read(
                "t\n.include a.inc\n.include b.inc $ note\n.include c.inc\n",
                &[("TT/p/a.inc", ""), ("a.inc", ""), ("TT/p/c.inc", "")]
            ),
            ["TT/p/a.inc", "TT/p/c.inc", "a.inc", "b.inc"]
        );
    }

    #[test]
    fn files_that_include_each_other_end() {
        assert_eq!(
            read("t\n.inc a\n", &[("a", ".inc b\n"), ("b", ".inc './a'\n.lib 'l' x\n")]),
            ["a", "b", "l"]
        );
    }

    #[test]
    fn what_nobody_finds_is_missing_and_what_the_environment_tells_is_known() {
        let search = Search { home: Some("/h".to_owned()), ..Search::default() };
        let deck =
            outline("t\n.inc ~/a\n.inc b\nv1 a 0 pwl file=c\n.print tran file=d v(a)\n", true);
        let mut fake = Fake([("/h/a", "")].into());
        let read = files(Path::new("d.sp"), &deck, &search, &mut fake);
        assert!(read.needs_environment);
        assert_eq!(read.missing, ["b".to_owned(), "c".to_owned()].into());
    }

    #[test]
    fn comments_and_other_statements_name_nothing() {
        assert!(
            read("t\n*.include x\n$.include y\n.param file_count=3\nr1 a b 1k\n", &[]).is_empty()
        );
    }

    #[test]
    fn spectre_names_its_files_too() {
        assert_eq!(
            read(
                "// t\ninclude \"a.scs\" section=tt\nahdl_include \"b.va\"\n",
                &[(
                    "a.scs",
                    "library l\nsection tt\ninclude \"tt.scs\"\nendsection\nsection ss\ninclude \"ss.scs\"\nendsection\n"
                )]
            ),
            ["a.scs", "b.va", "tt.scs"]
        );
    }
}
