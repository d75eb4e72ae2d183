//! TOML tables, read with the place of every fault.

use libchar_core::Fault;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The file and what is wrong with it so far.
pub struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    /// The faults.
    pub faults: Vec<Fault>,
}

/// A table, and the bytes where it stands.
#[derive(Clone)]
pub struct Section<'a> {
    /// What it holds.
    pub table: &'a DeTable<'a>,
    /// Where it stands.
    pub span: Range<usize>,
}

type Node<'a> = Spanned<DeValue<'a>>;

impl<'a> Reader<'a> {
    /// A reader of a file.
    pub fn new(file: &'a str, text: &'a str) -> Reader<'a> {
        Reader { file, text, faults: Vec::new() }
    }

    /// A fault at a place, noted.
    pub fn fault(&mut self, at: Range<usize>, found: impl Into<String>, expected: &str) {
        let fault = Fault::at_offset(self.file, self.text, at.start, found);
        self.faults.push(if expected.is_empty() { fault } else { fault.expected(expected) });
    }

    /// A word that is none of the valid ones, noted.
    pub fn not_one_of(&mut self, at: Range<usize>, what: &str, typed: &str, valid: &[&str]) {
        let found = format!("unknown {what} `{typed}`");
        let fault = Fault::at_offset(self.file, self.text, at.start, found);
        self.faults.push(fault.one_of(typed, valid.iter().copied()));
    }

    /// Line and column of a place.
    pub fn place(&self, at: usize) -> (usize, usize) {
        let fault = Fault::at_offset(self.file, self.text, at, "");
        (fault.line, fault.column)
    }

    /// Notes keys that a table does not have.
    pub fn known(&mut self, section: &Section<'a>, what: &str, valid: &[&str]) {
        for (key, _) in section.table {
            if !valid.contains(&key.get_ref().as_ref()) {
                self.not_one_of(key.span(), what, key.get_ref(), valid);
            }
        }
    }

    /// A value as a table.
    pub fn table(&mut self, name: &str, node: &'a Node<'a>) -> Option<Section<'a>> {
        if let DeValue::Table(table) = node.get_ref() {
            return Some(Section { table, span: node.span() });
        }
        self.fault(node.span(), format!("`{name}` is {}", kind(node.get_ref())), "a table");
        None
    }

    /// A table inside a table.
    pub fn section(&mut self, parent: &Section<'a>, key: &str) -> Option<Section<'a>> {
        let node = parent.table.get(key)?;
        self.table(key, node)
    }

    /// Values of a list.
    pub fn list(&mut self, parent: &Section<'a>, key: &str) -> Option<&'a [Node<'a>]> {
        let node = parent.table.get(key)?;
        if let DeValue::Array(items) = node.get_ref() {
            return Some(items);
        }
        self.fault(node.span(), format!("`{key}` is {}", kind(node.get_ref())), "a list");
        None
    }

    /// A text.
    pub fn text(&mut self, section: &Section<'a>, key: &str) -> Option<String> {
        let node = section.table.get(key)?;
        if let DeValue::String(text) = node.get_ref() {
            return Some(text.to_string());
        }
        self.fault(node.span(), format!("`{key}` is {}", kind(node.get_ref())), "a text in quotes");
        None
    }

    /// Texts: a list of them, or one.
    pub fn texts(&mut self, section: &Section<'a>, key: &str) -> Option<Vec<(String, usize)>> {
        let node = section.table.get(key)?;
        let one = std::slice::from_ref(node);
        let items = if let DeValue::Array(items) = node.get_ref() { items } else { one };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push((text.to_string(), item.span().start)),
                other => {
                    let found = format!("`{key}` holds {}", kind(other));
                    self.fault(item.span(), found, "texts in quotes");
                }
            }
        }
        Some(texts)
    }

    /// A truth value.
    pub fn flag(&mut self, section: &Section<'a>, key: &str) -> Option<bool> {
        let node = section.table.get(key)?;
        if let DeValue::Boolean(flag) = node.get_ref() {
            return Some(*flag);
        }
        self.fault(node.span(), format!("`{key}` is {}", kind(node.get_ref())), "true or false");
        None
    }

    /// A number from `least` to `most`.
    pub fn number(
        &mut self,
        section: &Section<'a>,
        key: &str,
        (least, most): (f64, f64),
    ) -> Option<f64> {
        let node = section.table.get(key)?;
        self.in_range(key, node, (least, most))
    }

    fn in_range(
        &mut self,
        key: &str,
        node: &'a Node<'a>,
        (least, most): (f64, f64),
    ) -> Option<f64> {
        let number = match node.get_ref() {
            DeValue::Integer(n) => n.as_str().parse::<f64>().ok(),
            DeValue::Float(x) => x.as_str().replace('_', "").parse::<f64>().ok(),
            other => {
                self.fault(node.span(), format!("`{key}` is {}", kind(other)), "a number");
                return None;
            }
        };
        match number.filter(|x| (least..=most).contains(x)) {
            Some(x) => Some(x),
            None => {
                let shown = &self.text[node.span()];
                let found = format!("`{key}` is {shown}");
                self.fault(node.span(), found, &format!("a number from {least} to {most}"));
                None
            }
        }
    }

    /// Numbers that rise from one to the next.
    pub fn rising(
        &mut self,
        section: &Section<'a>,
        key: &str,
        range: (f64, f64),
    ) -> Option<Vec<f64>> {
        let items = self.list(section, key)?;
        let numbers: Vec<f64> =
            items.iter().filter_map(|item| self.in_range(key, item, range)).collect();
        let falls = numbers.windows(2).position(|pair| pair[0] >= pair[1]);
        if let Some(at) = falls.filter(|_| numbers.len() == items.len()) {
            let found =
                format!("`{key}` does not rise: {} stands after {}", numbers[at + 1], numbers[at]);
            self.fault(items[at + 1].span(), found, "numbers that rise from one to the next");
            return None;
        }
        if items.is_empty() {
            let span = section.table.get(key).map_or(0..0, Spanned::span);
            self.fault(span, format!("`{key}` is empty"), "at least one number");
        }
        (numbers.len() == items.len() && !items.is_empty()).then_some(numbers)
    }

    /// Whether a table has a key that it needs; notes where it has not.
    pub fn needs(&mut self, section: &Section<'a>, what: &str, key: &str) -> bool {
        let is_there = section.table.contains_key(key);
        if !is_there {
            self.missing(section, what, key);
        }
        is_there
    }

    /// Notes that a key is missing.
    pub fn missing(&mut self, section: &Section<'a>, what: &str, key: &str) {
        self.fault(section.span.clone(), format!("{what} has no `{key}`"), "");
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
