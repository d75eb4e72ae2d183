//! The setup of a measurement: keys and values from a TOML file and from `-s key=value`, each with
//! its position.

use crate::method::{Kind, Method};
use libchar_core::{Fault, Faults};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// One key of the setup.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key as typed.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// The file, or `-s`.
    pub file: String,
    /// Its line in the file, from 1; 0 on the command line.
    pub line: usize,
}

impl Entry {
    /// A fault at this key.
    pub fn fault(&self, found: impl Into<String>) -> Fault {
        Fault::at(&self.file, self.line, usize::from(self.line > 0), found)
    }
}

/// All keys; those of later sources replace earlier ones.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The keys, in the order in which they were read.
    pub entries: Vec<Entry>,
    /// The content of the files that [`Setup::files_named`] lists.
    pub files: BTreeMap<String, libchar_core::Table>,
}

/// Endings by which file names in a setup are recognized.
const ENDINGS: [&str; 4] = [".csv", ".tsv", ".txt", ".dat"];

/// Whether a text in the setup is the name of a file.
pub fn is_file(text: &str) -> bool {
    ENDINGS.iter().any(|ending| text.ends_with(ending))
}

impl Setup {
    /// Adds the keys of a TOML file.
    ///
    /// # Errors
    /// Text that is not TOML.
    pub fn read(&mut self, file: &str, text: &str) -> Result<(), Faults> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let start = error.span().map_or(0, |span| span.start);
            Faults::from(Fault::at_offset(file, text, start, error.message()))
        })?;
        for (key, value) in table {
            let line = line_of(text, &key);
            self.put(Entry { key, value, file: file.to_owned(), line });
        }
        Ok(())
    }

    /// Adds one `key=value`; a value that is not a TOML literal is taken as text.
    ///
    /// # Errors
    /// A text without `=`.
    pub fn assign(&mut self, text: &str) -> Result<(), Faults> {
        let Some((key, value)) = text.split_once('=') else {
            return Err(Fault::of("-s", format!("`{text}` names no value"))
                .expected("key=value")
                .into());
        };
        let (key, value) = (key.trim().to_owned(), value.trim());
        let literal = format!("v = {value}").parse::<Table>().ok().and_then(|mut t| t.remove("v"));
        let value = literal.unwrap_or_else(|| Value::String(value.to_owned()));
        self.put(Entry { key, value, file: "-s".to_owned(), line: 0 });
        Ok(())
    }

    /// Files to which the values of a method's own keys refer, each with the file that contains the
    /// key.
    pub fn files_named(&self, method: &Method) -> Vec<(String, String)> {
        fn texts(value: &Value, found: &mut Vec<String>) {
            match value {
                Value::String(text) if is_file(text) => found.push(text.clone()),
                Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
                Value::Table(table) => table.values().for_each(|item| texts(item, found)),
                _ => {}
            }
        }
        let raw = |key: &str| {
            method.inputs.iter().any(|i| i.kind == Kind::Raw && i.names().any(|name| name == key))
        };
        let mut names = Vec::new();
        for entry in self.entries.iter().filter(|entry| raw(&entry.key)) {
            let mut found = Vec::new();
            texts(&entry.value, &mut found);
            names.extend(found.into_iter().map(|name| (name, entry.file.clone())));
        }
        names
    }

    fn put(&mut self, entry: Entry) {
        self.entries.retain(|e| e.key != entry.key);
        self.entries.push(entry);
    }
}

/// The line in which a top-level key or table is defined.
fn line_of(text: &str, key: &str) -> usize {
    let named = |line: &str| {
        let line = line.trim_start().trim_start_matches('[').trim_start_matches(['"', '\'']);
        line.strip_prefix(key).is_some_and(|rest| {
            rest.trim_start_matches(['"', '\'']).trim_start().starts_with(['=', '.', ']'])
        })
    };
    text.lines().position(named).map_or(1, |line| line + 1)
}

/// The number in a TOML value, if it is one.
pub fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(n) => Some(*n as f64),
        Value::Float(x) => Some(*x).filter(|x| x.is_finite()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Setup;

    #[test]
    fn later_values_replace_earlier_ones_and_keys_know_their_line() {
        let mut setup = Setup::default();
        setup.read("a.toml", "# note\nthickness_um = 1\n[rsf]\no1s = 2\n").unwrap();
        setup.assign("thickness_um = 2.5").unwrap();
        setup.assign("geometry=infinite slab").unwrap();
        let keys: Vec<(&str, usize)> =
            setup.entries.iter().map(|e| (e.key.as_str(), e.line)).collect();
        assert_eq!(keys, [("rsf", 3), ("thickness_um", 0), ("geometry", 0)]);
        assert_eq!(setup.entries[2].value.as_str(), Some("infinite slab"));
        assert!(setup.assign("x").is_err());
    }
}
