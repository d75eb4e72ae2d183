//! One item of a comparison.

use std::borrow::Cow;
use std::collections::HashMap;

/// The content of an entry.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Content {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// The entry exists, but is empty.
    #[default]
    Nothing,
}

impl Content {
    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Content::Number(value) => Some(*value),
            _ => None,
        }
    }
}

/// One value with its name. Place, position and measure together identify it on the other side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entry {
    /// The point, the arc, the result, the path in a document.
    pub place: String,
    /// Position in its table or sweep; empty for a single value.
    pub at: String,
    /// What it is: a measure, a table's name, a column.
    pub measure: String,
    /// The content; numbers are in `unit`.
    pub content: Content,
    /// The unit in which it is shown.
    pub unit: Cow<'static, str>,
    /// `unit` in SI: 1e-12 for `ps`.
    pub scale: f64,
    /// The limits that it was judged by.
    pub limits: (Option<f64>, Option<f64>),
    /// The judgement: `PASS`, `FAIL`; empty if there is none.
    pub verdict: String,
    /// `ok`, `failed`, `missing`; empty if it is not stated.
    pub status: String,
    /// Its expanded uncertainty, in `unit`.
    pub expanded: Option<f64>,
}

impl Entry {
    /// A value without limits, judgement or uncertainty, in SI units.
    pub fn new(place: impl Into<String>, measure: impl Into<String>, content: Content) -> Entry {
        Entry {
            place: place.into(),
            measure: measure.into(),
            content,
            scale: 1.0,
            ..Entry::default()
        }
    }

    /// Place, position and measure.
    pub fn key(&self) -> (&str, &str, &str) {
        (&self.place, &self.at, &self.measure)
    }
}

/// Numbers the entries of the same name, so that the second one on one side is compared with the
/// second one on the other.
pub(super) fn number_equals(entries: &mut [Entry]) {
    let mut seen: HashMap<(String, String, String), usize> = HashMap::with_capacity(entries.len());
    for entry in entries {
        let key = (entry.place.clone(), entry.at.clone(), entry.measure.clone());
        let count = seen.entry(key).or_default();
        *count += 1;
        if *count > 1 {
            let blank = if entry.at.is_empty() { "" } else { " " };
            entry.at = format!("{}{blank}#{count}", entry.at);
        }
    }
}
