//! TOML documents of users, read table by table: every fault is collected with its place.

use crate::fault::Places;
use crate::{Fault, Faults};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with its place.
pub type Node<'a> = Spanned<DeValue<'a>>;

/// Reads the syntax of a document.
///
/// # Errors
/// Every fault of the syntax, each with its place, in time linear in their number.
pub fn parse<'a>(file: &str, text: &'a str) -> Result<Spanned<DeTable<'a>>, Faults> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let places = Places::of(text);
    let fault = |error: &toml::de::Error| {
        places.fault(file, error.span().map_or(0, |span| span.start), error.message())
    };
    Faults::or(table, errors.iter().map(fault).collect())
}

/// A table of a document, and its byte range.
#[derive(Clone, Copy)]
pub struct Section<'a> {
    /// Its content.
    pub table: &'a DeTable<'a>,
    start: usize,
    end: usize,
}

impl<'a> Section<'a> {
    /// The whole document.
    #[must_use]
    pub fn root(document: &'a Spanned<DeTable<'a>>) -> Section<'a> {
        Section { table: document.get_ref(), start: 0, end: 0 }
    }

    /// A table at a place.
    #[must_use]
    pub fn new(table: &'a DeTable<'a>, span: Range<usize>) -> Section<'a> {
        Section { table, start: span.start, end: span.end }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'a Node<'a>> {
        self.table.get(key)
    }

    /// Whether it has a key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The byte range of the table.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The byte range of a key's value, or of the table if it has no such key.
    #[must_use]
    pub fn place(&self, key: &str) -> Range<usize> {
        self.get(key).map_or(self.span(), Spanned::span)
    }
}

/// A document, and the faults found in it so far.
pub struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    places: Places<'a>,
    /// The faults.
    pub faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    /// A reader of a document.
    #[must_use]
    pub fn new(file: &'a str, text: &'a str) -> Reader<'a> {
        Reader { file, text, places: Places::of(text), faults: Vec::new() }
    }

    /// Makes a fault at a byte offset, without recording it.
    #[must_use]
    pub fn fault_at(&self, at: usize, found: impl Into<String>) -> Fault {
        self.places.fault(self.file, at, found)
    }

    /// Line and column of a byte offset, from 1.
    #[must_use]
    pub fn place(&self, at: usize) -> (usize, usize) {
        let fault = self.fault_at(at, "");
        (fault.line, fault.column)
    }

    /// Records a fault at a byte range.
    pub fn fault(
        &mut self,
        at: Range<usize>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        let (fault, expected) = (self.fault_at(at.start, found), expected.into());
        self.faults.push(if expected.is_empty() { fault } else { fault.expected(expected) });
    }

    /// Records a fault for a word that is not one of the valid ones.
    pub fn not_one_of(&mut self, at: Range<usize>, what: &str, typed: &str, valid: &[&str]) {
        let fault = self.fault_at(at.start, format!("unknown {what} `{typed}`"));
        self.faults.push(fault.one_of(typed, valid.iter().copied()));
    }

    /// A value as it is written.
    #[must_use]
    pub fn written(&self, node: &Node<'_>) -> &'a str {
        self.text.get(node.span()).unwrap_or_default()
    }

    /// Records a fault for each key of a table that is not valid.
    pub fn known(&mut self, section: &Section<'a>, what: &str, valid: &[&str]) {
        for (key, _) in section.table {
            if !valid.contains(&key.get_ref().as_ref()) {
                self.not_one_of(key.span(), what, key.get_ref(), valid);
            }
        }
    }

    /// Records that the value of a key is of the wrong kind.
    pub fn not_a(&mut self, key: &str, node: &Node<'_>, expected: impl Into<String>) {
        self.fault(node.span(), format!("`{key}` is {}", kind(node.get_ref())), expected);
    }

    /// A value as a table.
    pub fn table(&mut self, name: &str, node: &'a Node<'a>) -> Option<Section<'a>> {
        if let DeValue::Table(table) = node.get_ref() {
            return Some(Section::new(table, node.span()));
        }
        self.not_a(name, node, "a table");
        None
    }

    /// A table inside a table.
    pub fn section(&mut self, parent: &Section<'a>, key: &str) -> Option<Section<'a>> {
        let node = parent.get(key)?;
        if let DeValue::Table(table) = node.get_ref() {
            return Some(Section::new(table, node.span()));
        }
        self.not_a(key, node, format!("a table, [{key}]"));
        None
    }

    /// The tables of an array of tables.
    pub fn sections(&mut self, parent: &Section<'a>, key: &str) -> Vec<Section<'a>> {
        let Some(node) = parent.get(key) else { return Vec::new() };
        let DeValue::Array(items) = node.get_ref() else {
            self.not_a(key, node, format!("tables, [[{key}]]"));
            return Vec::new();
        };
        let mut sections = Vec::new();
        for item in items.iter() {
            if let DeValue::Table(table) = item.get_ref() {
                sections.push(Section::new(table, item.span()));
            } else {
                let found = format!("an element of `{key}` is {}", kind(item.get_ref()));
                self.fault(item.span(), found, format!("a table, [[{key}]]"));
            }
        }
        sections
    }

    /// The named tables below a key, in the order of the document.
    pub fn named(&mut self, parent: &Section<'a>, key: &str) -> Vec<(&'a str, Section<'a>)> {
        let Some(node) = parent.get(key) else { return Vec::new() };
        let DeValue::Table(tables) = node.get_ref() else {
            self.not_a(key, node, format!("tables, [{key}.NAME]"));
            return Vec::new();
        };
        let mut entries: Vec<_> =
            tables.iter().map(|(name, node)| (name.get_ref().as_ref(), node)).collect();
        entries.sort_by_key(|(_, node)| node.span().start);
        let mut found = Vec::new();
        for (name, node) in entries {
            match node.get_ref() {
                DeValue::Table(table) => found.push((name, Section::new(table, node.span()))),
                _ => self.not_a(name, node, format!("a table, [{key}.{name}]")),
            }
        }
        found
    }

    /// The values of a list.
    pub fn list(&mut self, section: &Section<'a>, key: &str) -> Option<&'a [Node<'a>]> {
        let node = section.get(key)?;
        if let DeValue::Array(items) = node.get_ref() {
            return Some(items);
        }
        self.not_a(key, node, "a list");
        None
    }

    /// A text.
    pub fn text(&mut self, section: &Section<'a>, key: &str) -> Option<&'a str> {
        let node = section.get(key)?;
        if let DeValue::String(text) = node.get_ref() {
            return Some(text);
        }
        self.not_a(key, node, "a text in quotes");
        None
    }

    /// Texts with their places: a list of them, or one.
    pub fn texts(&mut self, section: &Section<'a>, key: &str) -> Option<Vec<(String, usize)>> {
        let node = section.get(key)?;
        let one = std::slice::from_ref(node);
        let items = if let DeValue::Array(items) = node.get_ref() { items } else { one };
        let mut texts = Vec::new();
        for item in items {
            if let DeValue::String(text) = item.get_ref() {
                texts.push((text.to_string(), item.span().start));
            } else {
                let found = format!("`{key}` holds {}", kind(item.get_ref()));
                self.fault(item.span(), found, "texts in quotes");
            }
        }
        Some(texts)
    }

    /// A truth value.
    pub fn flag(&mut self, section: &Section<'a>, key: &str) -> Option<bool> {
        let node = section.get(key)?;
        if let DeValue::Boolean(flag) = node.get_ref() {
            return Some(*flag);
        }
        self.not_a(key, node, "true or false");
        None
    }

    /// One of some words.
    pub fn word<T: Copy>(
        &mut self,
        section: &Section<'a>,
        key: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = self.text(section, key)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        let valid: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.not_one_of(section.place(key), key, text, &valid);
        None
    }

    /// A number for which `passes` is true; `expected` says in words which numbers these are.
    /// `None` if the key is absent or its value is a fault.
    pub fn number(
        &mut self,
        section: &Section<'a>,
        key: &str,
        expected: &str,
        passes: impl Fn(f64) -> bool,
    ) -> Option<f64> {
        let node = section.get(key)?;
        self.number_of(node, key, expected, passes)
    }

    /// [`Reader::number`] of a value that belongs to a key.
    pub fn number_of(
        &mut self,
        node: &Node<'_>,
        key: &str,
        expected: &str,
        passes: impl Fn(f64) -> bool,
    ) -> Option<f64> {
        match plain_number(node.get_ref()) {
            Some(number) if passes(number) => return Some(number),
            None if !is_number(node.get_ref()) => self.not_a(key, node, expected),
            _ => self.fault(node.span(), format!("`{key}` is {}", self.written(node)), expected),
        }
        None
    }

    /// A finite number.
    pub fn finite(&mut self, section: &Section<'a>, key: &str) -> Option<f64> {
        self.number(section, key, FINITE, |_| true)
    }

    /// [`Reader::finite`] of a value that belongs to a key.
    pub fn finite_of(&mut self, node: &Node<'_>, key: &str) -> Option<f64> {
        self.number_of(node, key, FINITE, |_| true)
    }

    /// A number above zero, or at least zero.
    pub fn positive(&mut self, section: &Section<'a>, key: &str, zero: bool) -> Option<f64> {
        let number = self.finite(section, key)?;
        if number > 0.0 || (zero && number == 0.0) {
            return Some(number);
        }
        let expected = if zero { "a number that is not negative" } else { "a number above 0" };
        self.fault(section.place(key), format!("`{key}` is {number}"), expected);
        None
    }

    /// Numbers above zero, or at least zero.
    pub fn numbers(&mut self, section: &Section<'a>, key: &str, zero: bool) -> Vec<f64> {
        let least = if zero { "not negative" } else { "above 0" };
        self.numbers_that(section, key, least, |n| n > 0.0 || (zero && n == 0.0))
    }

    /// Numbers that are all valid, as `valid` says in words; the others are faults.
    pub fn numbers_that(
        &mut self,
        section: &Section<'a>,
        key: &str,
        valid: &str,
        is_valid: impl Fn(f64) -> bool,
    ) -> Vec<f64> {
        let Some(value) = section.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            let found = format!("`{key}` is {}", kind(value.get_ref()));
            self.fault(value.span(), found, "a list of numbers, [1e15, 1e16]");
            return Vec::new();
        };
        let mut numbers = Vec::new();
        for item in items.iter() {
            match plain_number(item.get_ref()) {
                Some(number) if is_valid(number) => numbers.push(number),
                _ => {
                    let found = format!("`{key}` holds {}", shown(item.get_ref()));
                    self.fault(item.span(), found, format!("numbers that are {valid}"));
                }
            }
        }
        numbers
    }

    /// A number from `least` to `most`.
    pub fn within(
        &mut self,
        section: &Section<'a>,
        key: &str,
        (least, most): (f64, f64),
    ) -> Option<f64> {
        let expected = format!("a number from {least} to {most}");
        self.number(section, key, &expected, |x| (least..=most).contains(&x))
    }

    /// Numbers from `least` to `most` that rise from one to the next; at least one.
    pub fn rising(
        &mut self,
        section: &Section<'a>,
        key: &str,
        (least, most): (f64, f64),
    ) -> Option<Vec<f64>> {
        let items = self.list(section, key)?;
        let expected = format!("a number from {least} to {most}");
        let numbers: Vec<f64> = items
            .iter()
            .filter_map(|item| {
                self.number_of(item, key, &expected, |x| (least..=most).contains(&x))
            })
            .collect();
        let falls = numbers.windows(2).position(|pair| pair[0] >= pair[1]);
        if let Some(at) = falls.filter(|_| numbers.len() == items.len()) {
            let found =
                format!("`{key}` does not rise: {} follows {}", numbers[at + 1], numbers[at]);
            self.fault(items[at + 1].span(), found, "numbers that rise from one to the next");
            return None;
        }
        if items.is_empty() {
            self.fault(section.place(key), format!("`{key}` is empty"), "at least one number");
        }
        (numbers.len() == items.len() && !items.is_empty()).then_some(numbers)
    }

    /// Records that a required key is missing; `what` says what its value should be.
    pub fn missing(&mut self, section: &Section<'a>, key: &str, what: &str) {
        self.fault(section.span(), format!("`{key}` is missing"), what);
    }

    /// Whether a table has a required key; records a fault if it does not.
    pub fn needs(&mut self, section: &Section<'a>, what: &str, key: &str) -> bool {
        let is_there = section.has(key);
        if !is_there {
            self.fault(section.span(), format!("{what} has no `{key}`"), "");
        }
        is_there
    }
}

const FINITE: &str = "a finite number";

/// The finite number that a TOML value holds, in any base.
#[must_use]
pub fn plain_number(value: &DeValue<'_>) -> Option<f64> {
    let number = match value {
        DeValue::Integer(n) => {
            i64::from_str_radix(&n.as_str().replace('_', ""), n.radix()).ok()? as f64
        }
        DeValue::Float(x) => x.as_str().replace('_', "").parse::<f64>().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

fn is_number(value: &DeValue<'_>) -> bool {
    matches!(value, DeValue::Integer(_) | DeValue::Float(_))
}

/// The kind of a value, in words.
#[must_use]
pub fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A value in a message: its digits or its text, else its kind.
#[must_use]
pub fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::Integer(n) => n.as_str().to_owned(),
        DeValue::Float(x) => x.as_str().to_owned(),
        DeValue::String(text) => format!("\"{text}\""),
        other => kind(other).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
a = 0x1f
b = [1, 2.5, 2]
c = 'x'
d = 'y'
[t.second]
n = 1_000.5
[t.first]
n = nan
[[list]]
flag = 1
";

    #[test]
    fn values_are_read_and_faults_have_their_places() {
        let document = parse("f", TEXT).unwrap();
        let root = Section::root(&document);
        let mut r = Reader::new("f", TEXT);
        assert_eq!(r.within(&root, "a", (0.0, 31.0)), Some(31.0));
        assert_eq!(r.rising(&root, "b", (0.0, 9.0)), None);
        assert_eq!(r.word(&root, "c", &[("x", 1)]), Some(1));
        assert_eq!(r.word(&root, "d", &[("x", 1)]), None);
        let named = r.named(&root, "t");
        assert_eq!((named[0].0, named[1].0), ("second", "first"), "in the order of the document");
        let any = |_: f64| true;
        assert_eq!(r.number(&named[0].1, "n", "a number", any), Some(1000.5));
        assert_eq!(r.number(&named[1].1, "n", "a finite number", any), None);
        for section in r.sections(&root, "list") {
            assert_eq!(r.flag(&section, "flag"), None);
            assert!(!r.needs(&section, "the list", "name"));
        }
        r.known(&root, "key", &["a", "b", "c", "d", "t", "lost"]);
        let said: Vec<String> = r.faults.iter().map(|fault| fault.to_string()).collect();
        let expected = [
            "f:2:14: `b` does not rise: 2 follows 2.5\n  expected numbers that rise from one to the next",
            "f:4:5: unknown d `y`\n  expected one of: x",
            "f:8:5: `n` is nan\n  expected a finite number",
            "f:10:8: `flag` is a number\n  expected true or false",
            "f:9:1: the list has no `name`",
            "f:9:3: unknown key `list`\n  expected one of: a, b, c, d, t, lost\n  did you mean `lost`?",
        ];
        assert_eq!(said, expected);
    }

    /// A table of numbers that is passed as a recipe has a fault in every line.
    #[test]
    fn syntax_is_told_with_every_place() {
        let text = "a b\n".repeat(20_000);
        let faults = parse("f", &text).unwrap_err();
        assert!(faults.iter().any(|fault| fault.line == 20_000));
    }
}
