//! Reading of TOML tables that collects every fault with its place.

use std::ops::Range;

use libchar_core::Fault;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::units::{Quantity, SYNONYMS, parse_quantity};
use crate::species::Species;

/// The file being read and what is wrong with it so far.
pub(crate) struct Reader<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub faults: Vec<Fault>,
}

/// A table of the file.
#[derive(Clone, Copy)]
pub(crate) struct Section<'a> {
    pub table: &'a DeTable<'a>,
    pub span: (usize, usize),
}

impl<'a> Section<'a> {
    pub fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Place of a key's value, else of the section.
    pub fn place(&self, key: &str) -> Range<usize> {
        self.get(key).map_or(self.span.0..self.span.1, Spanned::span)
    }
}

impl<'a> Reader<'a> {
    /// Notes a fault at a place.
    pub fn fault(
        &mut self,
        span: Range<usize>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        let fault = Fault::at_offset(self.file, self.text, span.start, found);
        let expected = expected.into();
        self.faults.push(if expected.is_empty() { fault } else { fault.expected(expected) });
    }

    /// Notes a value that is none of the valid words.
    pub fn not_one_of(&mut self, span: Range<usize>, what: &str, typed: &str, valid: &[&str]) {
        let found = format!("unknown {what} `{typed}`");
        let fault = Fault::at_offset(self.file, self.text, span.start, found);
        self.faults.push(fault.one_of(typed, valid.iter().copied()));
    }

    /// Notes keys that the section does not have.
    pub fn known_keys(&mut self, section: &Section<'a>, what: &str, valid: &[&str]) {
        for (key, _) in section.table {
            if !valid.contains(&key.get_ref().as_ref()) {
                self.not_one_of(key.span(), what, key.get_ref(), valid);
            }
        }
    }

    /// A table inside a section.
    pub fn section(&mut self, parent: &Section<'a>, key: &str) -> Option<Section<'a>> {
        let value = parent.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => {
                Some(Section { table, span: (value.span().start, value.span().end) })
            }
            other => {
                let found = format!("`{key}` is {}", kind(other));
                self.fault(value.span(), found, format!("a table, [{key}]"));
                None
            }
        }
    }

    /// The tables of an array of tables.
    pub fn sections(&mut self, parent: &Section<'a>, key: &str) -> Vec<Section<'a>> {
        let Some(value) = parent.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            let found = format!("`{key}` is {}", kind(value.get_ref()));
            self.fault(value.span(), found, format!("tables, [[{key}]]"));
            return Vec::new();
        };
        let mut sections = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => {
                    sections.push(Section { table, span: (item.span().start, item.span().end) });
                }
                other => {
                    let found = format!("an element of `{key}` is {}", kind(other));
                    self.fault(item.span(), found, format!("a table, [[{key}]]"));
                }
            }
        }
        sections
    }

    /// A text.
    pub fn text(&mut self, section: &Section<'a>, key: &str) -> Option<&'a str> {
        let value = section.get(key)?;
        if let DeValue::String(text) = value.get_ref() {
            return Some(text);
        }
        let found = format!("`{key}` is {}", kind(value.get_ref()));
        self.fault(value.span(), found, "a text in quotes");
        None
    }

    /// A truth value.
    pub fn flag(&mut self, section: &Section<'a>, key: &str) -> Option<bool> {
        let value = section.get(key)?;
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(*flag);
        }
        let found = format!("`{key}` is {}", kind(value.get_ref()));
        self.fault(value.span(), found, "true or false");
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

    /// A dopant.
    pub fn species(&mut self, section: &Section<'a>, key: &str) -> Option<Species> {
        let text = self.text(section, key)?;
        if let Ok(species) = text.parse() {
            return Some(species);
        }
        let valid = Species::ALL.map(Species::name);
        self.not_one_of(section.place(key), "species", text, &valid);
        None
    }

    /// A finite number.
    pub fn number(&mut self, section: &Section<'a>, key: &str) -> Option<f64> {
        let value = section.get(key)?;
        self.number_of(value, key)
    }

    /// A finite number, as the value of a key.
    pub fn number_of(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<f64> {
        if let Some(number) = plain_number(value.get_ref()) {
            return Some(number);
        }
        let found = format!("`{key}` is {}", kind(value.get_ref()));
        self.fault(value.span(), found, "a finite number");
        None
    }

    /// A number above zero, or at least zero.
    pub fn positive(&mut self, section: &Section<'a>, key: &str, zero: bool) -> Option<f64> {
        let number = self.number(section, key)?;
        if number > 0.0 || (zero && number == 0.0) {
            return Some(number);
        }
        let expected = if zero { "a number that is not negative" } else { "a number above 0" };
        self.fault(section.place(key), format!("`{key}` is {number}"), expected);
        None
    }

    /// A list of numbers above zero, or at least zero.
    pub fn numbers(&mut self, section: &Section<'a>, key: &str, zero: bool) -> Vec<f64> {
        let least = if zero { "not negative" } else { "above 0" };
        self.numbers_that(section, key, least, |n| n > 0.0 || (zero && n == 0.0))
    }

    /// A list of numbers that are all valid, as `valid` says in words.
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

    /// A number with its unit under `key`, or a plain number in the base unit under `plain_key`.
    pub fn quantity(
        &mut self,
        section: &Section<'a>,
        key: &str,
        plain_key: &str,
        quantity: Quantity,
    ) -> Option<f64> {
        let known = |group: &&[&str]| group.contains(&key) && group.contains(&plain_key);
        debug_assert!(SYNONYMS.iter().any(known), "{key} and {plain_key} are not in SYNONYMS");
        if section.has(key) && section.has(plain_key) {
            let found = format!("both `{key}` and `{plain_key}`");
            self.fault(section.place(plain_key), found, "one of them");
        }
        let Some(value) = section.get(key) else { return self.number(section, plain_key) };
        if let DeValue::String(text) = value.get_ref()
            && let Some(number) = parse_quantity(text, quantity)
        {
            return Some(number);
        }
        let found = match value.get_ref() {
            DeValue::String(text) => format!("`{key}` is \"{text}\""),
            DeValue::Integer(_) | DeValue::Float(_) => {
                format!("`{key}` is {} without a unit", shown(value.get_ref()))
            }
            other => format!("`{key}` is {}", kind(other)),
        };
        let expected = format!("{}, or a number under `{plain_key}`", quantity.example());
        self.fault(value.span(), found, expected);
        None
    }

    /// Notes a key that must be there.
    pub fn missing(&mut self, section: &Section<'a>, key: &str, what: &str) {
        self.fault(section.span.0..section.span.1, format!("`{key}` is missing"), what);
    }
}

/// A finite number of TOML.
pub(crate) fn plain_number(value: &DeValue<'_>) -> Option<f64> {
    let number = match value {
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok()? as f64,
        DeValue::Float(x) => x.as_str().parse::<f64>().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number that cannot be used",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::Integer(n) => n.as_str().to_owned(),
        DeValue::Float(x) => x.as_str().to_owned(),
        DeValue::String(text) => format!("\"{text}\""),
        other => kind(other).to_owned(),
    }
}
