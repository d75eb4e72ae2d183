//! One TOML file of the configuration, read with the place of every key and value.

use super::{KEYS, Origin, Setting, secret};
use crate::fault::{Fault, Faults, Places};
use crate::{input, nearest, toml_reader};
use std::collections::BTreeMap;
use toml::Value;
use toml::de::{DeTable, DeValue};

type Settings = BTreeMap<Vec<String>, Setting>;

/// The content of a file.
#[derive(Default)]
pub(super) struct Layer {
    /// Its values; those of the chosen environment override the others.
    pub(super) settings: Settings,
    /// The environments that it describes.
    pub(super) environments: Vec<String>,
}

/// Reads a layer; the values of `[env.environment]` override the others of the same file.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    environment: Option<&str>,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Layer, Faults> {
    let text = input::text(file, bytes)?;
    let table = toml_reader::parse(file, text)?;
    let places = Places::of(text);
    let mut faults: Vec<Fault> = Vec::new();
    let mut reader = Reader { file, text, places: &places, variable, faults: &mut faults };
    let mut settings = Settings::new();
    let mut chosen = Settings::new();
    let mut described = Vec::new();
    for (name, value) in table.get_ref() {
        if name.get_ref() == "env" {
            let DeValue::Table(environments) = value.get_ref() else { continue };
            for (name, overrides) in environments {
                let DeValue::Table(overrides) = overrides.get_ref() else { continue };
                described.push(name.get_ref().to_string());
                let mut layer = Settings::new();
                reader.table(&mut Vec::new(), overrides, &mut layer);
                if Some(name.get_ref().as_ref()) == environment {
                    chosen = layer;
                }
            }
        } else {
            let mut path = vec![name.get_ref().to_string()];
            reader.value(&mut path, name.span().start, value, &mut settings);
        }
    }
    settings.extend(chosen);
    Faults::or(Layer { settings, environments: described }, faults)
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    places: &'a Places<'a>,
    variable: &'a dyn Fn(&str) -> Option<String>,
    faults: &'a mut Vec<Fault>,
}

impl Reader<'_> {
    fn table(&mut self, path: &mut Vec<String>, table: &DeTable, settings: &mut Settings) {
        for (name, value) in table {
            path.push(name.get_ref().to_string());
            self.value(path, name.span().start, value, settings);
            path.pop();
        }
    }

    fn value(
        &mut self,
        path: &mut Vec<String>,
        key_offset: usize,
        value: &toml::Spanned<DeValue>,
        settings: &mut Settings,
    ) {
        let key = KEYS.iter().find(|key| key.matches(path));
        if let (None, DeValue::Table(table)) = (key, value.get_ref()) {
            return self.table(path, table, settings);
        }
        let Some(key) = key else {
            let shown = show(path);
            let mut fault = self.fault(key_offset, format!("unknown key `{shown}`"));
            fault.nearest =
                nearest::nearest(&shown, KEYS.iter().map(|key| key.path)).map(str::to_owned);
            return self.faults.push(fault);
        };
        let start = value.span().start;
        let Some(plain) = plain(value.get_ref()) else {
            let fault = self.fault(start, format!("`{}` is out of range", show(path)));
            return self.faults.push(fault.expected(key.kind.expected()));
        };
        let mut is_secret = false;
        let expanded = match self.expand(plain, &mut is_secret) {
            Ok(expanded) => expanded,
            Err(name) => {
                let fault = self.fault(start, format!("the variable `{name}` is not set"));
                return self.faults.push(fault.expected("a value, or $${ for a literal ${"));
            }
        };
        if !key.kind.accepts(&expanded) {
            let written = &self.text[value.span()];
            let fault = self.fault(start, format!("`{}` is {written}", show(path)));
            return self.faults.push(fault.expected(key.kind.expected()));
        }
        let line = self.fault(key_offset, "").line;
        let origin = Origin::File(self.file.to_owned(), line);
        settings.insert(path.clone(), Setting { value: expanded, origin, is_secret });
    }

    fn fault(&self, offset: usize, found: impl Into<String>) -> Fault {
        self.places.fault(self.file, offset, found)
    }

    /// Replaces `${NAME}` in every text of a value; `Err` names a variable that is not set.
    fn expand(&self, value: Value, is_secret: &mut bool) -> Result<Value, String> {
        Ok(match value {
            Value::String(text) => Value::String(self.expand_text(&text, is_secret)?),
            Value::Array(items) => Value::Array(
                items
                    .into_iter()
                    .map(|item| self.expand(item, is_secret))
                    .collect::<Result<_, _>>()?,
            ),
            Value::Table(table) => Value::Table(
                table
                    .into_iter()
                    .map(|(name, item)| Ok((name, self.expand(item, is_secret)?)))
                    .collect::<Result<_, String>>()?,
            ),
            other => other,
        })
    }

    fn expand_text(&self, text: &str, is_secret: &mut bool) -> Result<String, String> {
        let mut expanded = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("${") {
            if rest[..at].ends_with('$') {
                expanded.push_str(&rest[..at - 1]);
                expanded.push_str("${");
                rest = &rest[at + 2..];
                continue;
            }
            let Some(length) = rest[at..].find('}') else { break };
            let name = &rest[at + 2..at + length];
            expanded.push_str(&rest[..at]);
            expanded.push_str(&(self.variable)(name).ok_or(name)?);
            *is_secret |= secret::is_secret(name);
            rest = &rest[at + length + 1..];
        }
        expanded.push_str(rest);
        Ok(expanded)
    }
}

/// A dotted path, with quotes where a name needs them.
pub(super) fn show(path: &[String]) -> String {
    let bare = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
    };
    let names: Vec<String> = path
        .iter()
        .map(|name| if bare(name) { name.clone() } else { format!("{name:?}") })
        .collect();
    names.join(".")
}

/// The value without spans; `None` for a number that no `i64` or `f64` holds.
fn plain(value: &DeValue) -> Option<Value> {
    Some(match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(n) => Value::Integer(i64::from_str_radix(n.as_str(), n.radix()).ok()?),
        DeValue::Float(x) => Value::Float(x.as_str().parse().ok()?),
        DeValue::Boolean(b) => Value::Boolean(*b),
        DeValue::Datetime(when) => Value::Datetime(*when),
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| plain(item.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Table(table) => Value::Table(
            table
                .iter()
                .map(|(name, item)| Some((name.get_ref().to_string(), plain(item.get_ref())?)))
                .collect::<Option<_>>()?,
        ),
    })
}
