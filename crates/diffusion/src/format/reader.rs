//! Values that recipes need beyond those of TOML: species, and quantities with units.

use super::units::{Quantity, SYNONYMS, parse_quantity};
use crate::species::Species;
pub(crate) use libchar_core::toml_reader::{Reader, Section, plain_number};
use libchar_core::toml_reader::{kind, shown};
use toml::de::DeValue;

/// The values of a recipe.
pub(crate) trait Recipes<'a> {
    /// A dopant.
    fn species(&mut self, section: &Section<'a>, key: &str) -> Option<Species>;

    /// A number with its unit under `key`, or a plain number in the base unit under `plain_key`.
    fn quantity(
        &mut self,
        section: &Section<'a>,
        key: &str,
        plain_key: &str,
        quantity: Quantity,
    ) -> Option<f64>;
}

impl<'a> Recipes<'a> for Reader<'a> {
    fn species(&mut self, section: &Section<'a>, key: &str) -> Option<Species> {
        let text = self.text(section, key)?;
        if let Ok(species) = text.parse() {
            return Some(species);
        }
        let valid = Species::ALL.map(Species::name);
        self.not_one_of(section.place(key), "species", text, &valid);
        None
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
}
