//! Faults of the user's input: where, what was found, what was expected, the nearest valid value.

use crate::nearest::nearest;
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

/// One fault of one input.
///
/// Displayed as `file:line:column: found`, so that editors jump there, then one indented line each for what
/// was expected and for the nearest valid value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file as the user named it, `-` for standard input, or another name of the input (`--corner`).
    pub file: String,
    /// Line, from 1; 0 when the fault concerns the file as a whole.
    pub line: usize,
    /// Column in characters, from 1; 0 when the fault concerns the whole line.
    pub column: usize,
    /// What was found, such as ``unknown corner `sf_hot` ``.
    pub found: String,
    /// What was expected, such as `one of: tt, ff, ss`.
    pub expected: Option<String>,
    /// The nearest valid value.
    pub nearest: Option<String>,
}

impl Fault {
    /// A fault at a line and column of a file, both from 1.
    pub fn at(
        file: impl Into<String>,
        line: usize,
        column: usize,
        found: impl Into<String>,
    ) -> Self {
        Fault {
            file: file.into(),
            line,
            column,
            found: found.into(),
            expected: None,
            nearest: None,
        }
    }

    /// A fault of a file as a whole.
    pub fn of(file: impl Into<String>, found: impl Into<String>) -> Self {
        Self::at(file, 0, 0, found)
    }

    /// A fault at a byte offset of `text`, the content of `file`.
    pub fn at_offset(
        file: impl Into<String>,
        text: &str,
        offset: usize,
        found: impl Into<String>,
    ) -> Self {
        let (line, column) = position(text, offset);
        Self::at(file, line, column, found)
    }

    /// A fault of a JSON text, where the parser stopped.
    pub fn json(file: impl Into<String>, error: &serde_json::Error) -> Self {
        let text = error.to_string();
        // The fault has the line and column already.
        let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
        Self::at(file, error.line(), error.column(), reason)
    }

    /// Says what would have been right.
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Says which values would have been right, and which of them is nearest to what was typed.
    pub fn one_of<'a>(mut self, typed: &str, valid: impl IntoIterator<Item = &'a str>) -> Self {
        /// The most names that a message lists; the nearest one is shown even if it is not among
        /// them.
        const MOST: usize = 60;
        let valid: Vec<&str> = valid.into_iter().collect();
        self.nearest = nearest(typed, valid.iter().copied()).map(str::to_owned);
        self.expected = Some(match valid.len() {
            0 => "nothing is valid here".to_owned(),
            1..=MOST => format!("one of: {}", valid.join(", ")),
            n => format!("one of: {} and {} more", valid[..MOST].join(", "), n - MOST),
        });
        self
    }
}

/// The lines of a text, found once for all its faults.
pub struct Places<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// The last offset that was asked for, and its column: many faults of one long line then take
    /// one pass over it.
    last: Cell<(usize, usize)>,
}

impl<'t> Places<'t> {
    /// Finds the lines of a text.
    pub fn of(text: &'t str) -> Places<'t> {
        let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(i, _)| i + 1);
        Places { text, starts: std::iter::once(0).chain(after).collect(), last: Cell::default() }
    }

    /// A fault at a byte offset of the text, the content of `file`.
    pub fn fault(&self, file: impl Into<String>, offset: usize, found: impl Into<String>) -> Fault {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= end);
        let (start, (last, column)) = (self.starts[line - 1], self.last.get());
        let (from, before) =
            if (start..=end).contains(&last) { (last, column) } else { (start, 0) };
        let column = before + self.text[from..end].chars().count();
        self.last.set((end, column));
        let column = column + 1;
        Fault::at(file, line, column, found)
    }
}

/// The most characters of one text of a fault that are shown.
const MOST_SHOWN: usize = 2000;

/// The most faults that are shown in full.
const MOST_FAULTS: usize = 100;

/// Makes a foreign text safe for a terminal: control characters, and characters that change the
/// order of others, are written as escapes.
pub fn escape(text: &str) -> Cow<'_, str> {
    escape_where(text, is_obeyed)
}

/// Like [`escape`], for a text of several lines.
pub fn escape_lines(text: &str) -> Cow<'_, str> {
    escape_where(text, |c| c != '\n' && is_obeyed(c))
}

fn escape_where(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_escaped(c) {
            true => escaped.extend(c.escape_default()),
            false => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// One text of a fault as it is shown: escaped, and cut to `MOST_SHOWN` characters.
fn shown(text: &str) -> String {
    match text.char_indices().nth(MOST_SHOWN) {
        None => escape(text).into_owned(),
        Some((end, _)) => {
            let more = text[end..].chars().count();
            format!("{} … and {more} more characters", escape(&text[..end]))
        }
    }
}

/// Line and column, from 1, of a byte offset; the column counts characters.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", shown(&self.file))?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        write!(f, ": {}", shown(&self.found))?;
        if let Some(expected) = &self.expected {
            write!(f, "\n  expected {}", shown(expected))?;
        }
        if let Some(nearest) = &self.nearest {
            write!(f, "\n  did you mean `{}`?", shown(nearest))?;
        }
        Ok(())
    }
}

/// All faults of an input, at least one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// The faults in the order of their places.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    /// `Ok(value)` if no fault was collected, else all of them, sorted by file, line and column.
    pub fn or<T>(value: T, mut faults: Vec<Fault>) -> Result<T, Faults> {
        if faults.is_empty() {
            return Ok(value);
        }
        faults.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        faults.dedup();
        Err(Faults(faults))
    }

    /// The faults, owned.
    pub fn into_vec(self) -> Vec<Fault> {
        self.0
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Faults(vec![fault])
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.0.iter().take(MOST_FAULTS).enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        match self.0.len().saturating_sub(MOST_FAULTS) {
            0 => Ok(()),
            1 => f.write_str("\nand 1 more fault"),
            more => write!(f, "\nand {more} more faults"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Faults, Places};

    #[test]
    fn long_lists_of_names_are_cut_and_counted() {
        let names: Vec<String> = (0..102).map(|i| format!("c{i}")).collect();
        let fault = Fault::of("t", "no column `zz`").one_of("c9", names.iter().map(String::as_str));
        let text = fault.to_string();
        assert!(text.contains("c58, c59 and 42 more") && !text.contains("c60"), "{text}");
    }

    #[test]
    fn a_fault_reads_as_editors_and_people_expect() {
        let fault = Fault::at("table_corner_list.csv", 14, 9, "unknown corner `sf_hot`")
            .one_of("sf_hot", ["tt", "ff", "ss", "sf", "fs"]);
        assert_eq!(
            fault.to_string(),
            "table_corner_list.csv:14:9: unknown corner `sf_hot`\n  \
             expected one of: tt, ff, ss, sf, fs\n  did you mean `sf`?"
        );
    }

    #[test]
    fn offsets_become_lines_and_character_columns() {
        let text = "a\nµm = x\n";
        let fault = Fault::at_offset("f", text, text.find('x').unwrap(), "bad");
        assert_eq!((fault.line, fault.column), (2, 6));
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "a\nµm = x\n\n";
        let places = Places::of(text);
        for offset in (0..=text.len() + 3).chain((0..=text.len()).rev()) {
            assert_eq!(places.fault("f", offset, "x"), Fault::at_offset("f", text, offset, "x"));
        }
    }

    #[test]
    fn foreign_text_gives_a_terminal_no_orders() {
        let mut fault = Fault::of("a\u{1b}]0;x\u{7}.csv", "cell `\u{9b}2J\u{202e}\n`");
        fault.expected = Some("1\t2".to_owned());
        assert_eq!(
            fault.to_string(),
            "a\\u{1b}]0;x\\u{7}.csv: cell `\\u{9b}2J\\u{202e}\\n`\n  expected 1\\t2"
        );
        let long = Fault::of("f", "x".repeat(64_000_000)).to_string();
        assert!(long.len() < 3000 && long.ends_with("… and 63998000 more characters"));
    }

    #[test]
    fn a_hundred_faults_are_told_and_the_others_counted() {
        let faults = (0..80_000).map(|line| Fault::at("f", line + 1, 1, "bad")).collect();
        let text = Faults::or((), faults).unwrap_err().to_string();
        assert_eq!(text.lines().count(), 101);
        assert!(text.ends_with("f:100:1: bad\nand 79900 more faults"));
    }

    #[test]
    fn faults_are_sorted_by_place() {
        let faults = Faults::or((), vec![Fault::at("b", 2, 1, "x"), Fault::at("a", 9, 1, "y")]);
        assert_eq!(faults.unwrap_err().to_string(), "a:9:1: y\nb:2:1: x");
    }
}
