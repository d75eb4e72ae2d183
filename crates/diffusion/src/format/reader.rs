//! What recipes need beyond tables of TOML: species, quantities with units, numbers above zero.

use super::units::{Quantity, SYNONYMS, parse_quantity};
use crate::species::Species;
use libchar_core::toml_reader::kind;
pub(crate) use libchar_core::toml_reader::{Node, Reader, Section, plain_number};
use toml::de::DeValue;

/// The values of a recipe.
pub(crate) trait Recipes<'a> {
    /// A finite number.
    fn finite(&mut self, section: &Section<'a>, key: &str) -> Option<f64>;

    /// A finite number, as the value of a key.
    fn finite_of(&mut self, value: &Node<'_>, key: &str) -> Option<f64>;

    /// A dopant.
    fn species(&mut self, section: &Section<'a>, key: &str) -> Option<Species>;

    /// A number above zero, or at least zero.
    fn positive(&mut self, section: &Section<'a>, key: &str, zero: bool) -> Option<f64>;

    /// A list of numbers above zero, or at least zero.
    fn numbers(&mut self, section: &Section<'a>, key: &str, zero: bool) -> Vec<f64>;

    /// A list of numbers that are all valid, as `valid` says in words.
    fn numbers_that(
        &mut self,
        section: &Section<'a>,
        key: &str,
        valid: &str,
        is_valid: impl Fn(f64) -> bool,
    ) -> Vec<f64>;

    /// A number with its unit under `key`, or a plain number in the base unit under `plain_key`.
    fn quantity(
        &mut self,
        section: &Section<'a>,
        key: &str,
        plain_key: &str,
        quantity: Quantity,
    ) -> Option<f64>;

    /// Notes a key that must be there.
    fn missing(&mut self, section: &Section<'a>, key: &str, what: &str);
}

const FINITE: &str = "a finite number";

impl<'a> Recipes<'a> for Reader<'a> {
    fn finite(&mut self, section: &Section<'a>, key: &str) -> Option<f64> {
        self.number(section, key, FINITE, |_| true)
    }

    fn finite_of(&mut self, value: &Node<'_>, key: &str) -> Option<f64> {
        self.number_of(value, key, FINITE, |_| true)
    }

    fn species(&mut self, section: &Section<'a>, key: &str) -> Option<Species> {
        let text = self.text(section, key)?;
        if let Ok(species) = text.parse() {
            return Some(species);
        }
        let valid = Species::ALL.map(Species::name);
        self.not_one_of(section.place(key), "species", text, &valid);
        None
    }
    fn positive(&mut self, section: &Section<'a>, key: &str, zero: bool) -> Option<f64> {
        let number = self.finite(section, key)?;
        if number > 0.0 || (zero && number == 0.0) {
            return Some(number);
        }
        let expected = if zero { "a number that is not negative" } else { "a number above 0" };
        self.fault(section.place(key), format!("`{key}` is {number}"), expected);
        None
    }
    fn numbers(&mut self, section: &Section<'a>, key: &str, zero: bool) -> Vec<f64> {
        let least = if zero { "not negative" } else { "above 0" };
        self.numbers_that(section, key, least, |n| n > 0.0 || (zero && n == 0.0))
    }
    fn numbers_that(
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
    fn quantity(
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
        let Some(value) = section.get(key) else { return self.finite(section, plain_key) };
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
    fn missing(&mut self, section: &Section<'a>, key: &str, what: &str) {
        self.fault(section.span(), format!("`{key}` is missing"), what);
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
