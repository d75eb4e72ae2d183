//! The files that a deck reads, directly and through the files that it reads.

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

/// The statements of a file that matter here, by the library section that they stand in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// References outside of any section.
    pub plain: Vec<Reference>,
    /// References inside of sections, by the section's name in lower case.
    pub sections: BTreeMap<String, Vec<Reference>>,
}

/// Parameters whose value is a file with data.
const FILE_PARAMETERS: [&str; 5] = ["file", "pwlfile", "input_file", "tmodel", "simulation_file"];

/// Statements that name a file with statements.
const INCLUDES: [&str; 4] = [".include", ".inc", "include", "ahdl_include"];

/// Statements that name a file with something else.
const DATA: [&str; 5] = [".hdl", ".vec", ".load", ".spef", ".dspf"];

/// Reads the references of a deck (`is_deck`: its first line is a title) or of a file that it reads.
///
/// Names keep their case; statements may be of any case, continue on lines that start with `+`, and quote names.
pub fn outline(text: &str, is_deck: bool) -> Outline {
    let mut outline = Outline::default();
    let mut section: Option<String> = None;
    for line in Statements::new(text, is_deck) {
        let line = line.as_ref();
        let words = Words(line);
        let mut words = words.peekable();
        let Some(keyword) = words.next() else { continue };
        let keyword = keyword.to_ascii_lowercase();
        let mut found = Vec::new();
        match keyword.as_str() {
            ".end" if is_deck => break,
            ".endl" | ".endlib" | "endlibrary" => section = None,
            ".lib" => match (words.next(), words.next()) {
                (Some(path), Some(name)) => found.push(Reference {
                    path: path.to_owned(),
                    section: Some(name.to_ascii_lowercase()),
                    is_netlist: true,
                }),
                (Some(name), None) => section = Some(name.to_ascii_lowercase()),
                _ => {}
            },
            "section" => section = words.next().map(str::to_ascii_lowercase),
            "endsection" => section = None,
            word if INCLUDES.contains(&word) => {
                if let Some(path) = words.next() {
                    let wanted = |w: &str| w.strip_prefix("section=").map(str::to_ascii_lowercase);
                    found.push(Reference {
                        path: path.to_owned(),
                        section: words.find_map(wanted),
                        is_netlist: word != "ahdl_include",
                    });
                }
            }
            word if DATA.contains(&word) => {
                found.extend(words.next().map(data));
            }
            _ => {}
        }
        found.extend(file_parameters(line));
        match &section {
            Some(name) => outline.sections.entry(name.clone()).or_default().extend(found),
            None => outline.plain.extend(found),
        }
    }
    outline
}

fn data(path: &str) -> Reference {
    Reference { path: path.to_owned(), section: None, is_netlist: false }
}

/// Values of parameters such as `file='in.pwl'`.
fn file_parameters(line: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices('=') {
        let name = line[..at].trim_end();
        let start = name.rfind(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(0, |i| i + 1);
        if FILE_PARAMETERS.iter().any(|known| name[start..].eq_ignore_ascii_case(known)) {
            found.extend(Words(&line[at + 1..]).next().map(data));
        }
    }
    found
}

/// Statements of a netlist with their continuations joined and comments dropped.
struct Statements<'a> {
    lines: std::iter::Peekable<std::str::Lines<'a>>,
}

impl<'a> Statements<'a> {
    fn new(text: &'a str, skip_title: bool) -> Self {
        let mut lines = text.lines().peekable();
        if skip_title {
            lines.next();
        }
        Statements { lines }
    }
}

impl<'a> Iterator for Statements<'a> {
    type Item = std::borrow::Cow<'a, str>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let first = self.lines.next()?.trim_start();
            let mut statement = std::borrow::Cow::Borrowed(first);
            while let Some(more) = self.lines.peek().and_then(|l| l.trim_start().strip_prefix('+'))
            {
                statement.to_mut().push(' ');
                statement.to_mut().push_str(more);
                self.lines.next();
            }
            // Almost every statement is a device: only those that can name a file are looked at.
            let names_file = match first.as_bytes().first() {
                None | Some(b'*' | b'/' | b'$') => false,
                Some(b'.' | b'i' | b'I' | b's' | b'S' | b'e' | b'E' | b'a' | b'A') => true,
                _ => statement.contains('=') && contains_file(&statement),
            };
            if names_file {
                return Some(statement);
            }
        }
    }
}

fn contains_file(statement: &str) -> bool {
    statement.as_bytes().windows(4).any(|window| window.eq_ignore_ascii_case(b"file"))
        || statement.as_bytes().windows(6).any(|window| window.eq_ignore_ascii_case(b"tmodel"))
}

/// Words of a statement; quotes hold blanks together; a comment ends it.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.0.trim_start();
        let first = text.chars().next()?;
        if first == ';'
            || (first == '$' && text[1..].starts_with([' ', '\t']))
            || text.starts_with("//")
        {
            return None;
        }
        if first == '\'' || first == '"' {
            let end = text[1..].find(first).map_or(text.len(), |i| i + 1);
            self.0 = text.get(end + 1..).unwrap_or_default();
            return Some(&text[1..end]);
        }
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        self.0 = &text[end..];
        Some(&text[..end])
    }
}

/// Where files come from: the caller reads them, and remembers them.
pub trait Files {
    /// The outline of a netlist, or `None` if there is no such file.
    fn outline(&mut self, path: &Path) -> Option<Arc<Outline>>;
    /// Whether there is such a file.
    fn exists(&mut self, path: &Path) -> bool;
}

/// Every file that a deck reads, transitively, in order; a file that is missing is listed too.
///
/// A relative name is looked for from the folder that the simulator starts in, then beside the file that names it,
/// as ngspice 39 does; one that is in neither place is listed as seen from the first. Of a library only the
/// sections in use are followed.
pub fn files(deck: &Path, outline: &Outline, files: &mut dyn Files) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open: Vec<(PathBuf, Reference)> =
        outline.plain.iter().map(|reference| (deck.to_owned(), reference.clone())).collect();
    // References inside a deck's own sections count: whoever wrote them there means them.
    open.extend(outline.sections.values().flatten().map(|r| (deck.to_owned(), r.clone())));
    while let Some((from, reference)) = open.pop() {
        let path = resolve(&from, &reference.path, files);
        if !seen.insert((path.clone(), reference.section.clone())) {
            continue;
        }
        found.insert(path.clone());
        if !reference.is_netlist {
            continue;
        }
        let Some(outline) = files.outline(&path) else { continue };
        let inner = match &reference.section {
            Some(section) => outline.sections.get(section).map(Vec::as_slice).unwrap_or_default(),
            None => &[],
        };
        let plain = if reference.section.is_none() { outline.plain.as_slice() } else { &[] };
        open.extend(plain.iter().chain(inner).map(|r| (path.clone(), r.clone())));
    }
    found
}

fn resolve(from: &Path, name: &str, files: &mut dyn Files) -> PathBuf {
    let name = Path::new(name);
    if name.is_absolute() {
        return name.to_owned();
    }
    let here = normal(name);
    if files.exists(&here) {
        return here;
    }
    let beside = normal(&from.parent().unwrap_or(Path::new("")).join(name));
    if files.exists(&beside) { beside } else { here }
}

/// The path without `.` and, where it is safe without looking at links, as it is.
fn normal(path: &Path) -> PathBuf {
    path.components().filter(|part| !matches!(part, Component::CurDir)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Files, Outline, files, outline};
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
        files(Path::new("TT/p/d.sp"), &outline(deck, true), &mut fake)
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
    fn a_file_of_the_start_folder_comes_before_one_beside_the_deck() {
        assert_eq!(
            read(
                "t\n.include a.inc\n.include b.inc $ note\n.include c.inc\n",
                &[("TT/p/a.inc", ""), ("a.inc", ""), ("TT/p/c.inc", "")]
            ),
            ["TT/p/c.inc", "a.inc", "b.inc"]
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
