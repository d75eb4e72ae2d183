//! Reads constraint profiles in TOML.

use super::profile::{BLOCK, Limit, Profile, WARN};
use super::targets::TARGETS;
use libchar_core::input::Source;
use libchar_core::{Fault, Faults, input};
use std::collections::BTreeMap;

/// Reads profiles by name: one table each.
///
/// # Errors
/// Every fault of the file.
pub fn parse(source: &Source) -> Result<BTreeMap<String, Profile>, Faults> {
    let text = input::text(&source.name, &source.bytes)?;
    let table: toml::Table = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Fault::at_offset(&source.name, text, at, error.message())
    })?;
    let mut faults = Vec::new();
    let mut by_name = BTreeMap::new();
    for (name, value) in &table {
        let mut section = Section { file: &source.name, text, name, faults: &mut faults };
        match value {
            toml::Value::Table(table) => {
                by_name.insert(name.clone(), section.profile(table));
            }
            _ => section.fault(
                name,
                "not a table",
                "[NAME] with limits such as nils = { min = 1.2 }",
            ),
        }
    }
    Faults::or(by_name, faults)
}

struct Section<'a> {
    file: &'a str,
    text: &'a str,
    name: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl Section<'_> {
    /// A fault at the first line of this section that begins with `key`.
    fn place(&self, key: &str, found: String) -> Fault {
        let header = self.text.find(&format!("[{}", self.name)).unwrap_or(0);
        let line = self.text[header..].split_inclusive('\n').scan(header, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        });
        let at = line.into_iter().find(|(_, line)| line.trim_start().starts_with(key));
        Fault::at_offset(self.file, self.text, at.map_or(header, |(start, _)| start), found)
    }

    fn fault(&mut self, key: &str, found: &str, expected: &str) {
        let fault = self.place(key, format!("profile `{}`, `{key}`: {found}", self.name));
        self.faults.push(fault.expected(expected));
    }

    fn profile(&mut self, table: &toml::Table) -> Profile {
        let mut profile = Profile { limits: Vec::new(), warn: WARN, block: BLOCK };
        for (key, value) in table {
            if key == "warn" || key == "block" {
                match number(value).filter(|v| (0.0..=1.0).contains(v)) {
                    Some(share) if key == "warn" => profile.warn = share,
                    Some(share) => profile.block = share,
                    None => self.fault(key, &value.to_string(), "a probability from 0 to 1"),
                }
                continue;
            }
            let Some((target, ..)) = TARGETS.iter().find(|(name, ..)| name == key) else {
                let names = TARGETS.iter().map(|t| t.0).chain(["warn", "block"]);
                let fault =
                    self.place(key, format!("profile `{}`: unknown key `{key}`", self.name));
                self.faults.push(fault.one_of(key, names));
                continue;
            };
            self.limits(target, value, &mut profile.limits);
        }
        for (i, least) in profile.limits.clone().iter().enumerate().filter(|(_, l)| !l.above) {
            let own = |l: &&Limit| l.above && l.target == least.target && l.value < least.value;
            if let Some(most) = profile.limits.iter().find(own) {
                let found = format!("min {} is above max {}", least.value, most.value);
                self.fault(profile.limits[i].target, &found, "a range that some result can meet");
            }
        }
        if profile.warn > profile.block {
            self.fault("warn", "greater than `block`", "a smaller probability than `block`");
        }
        profile
    }

    fn limits(&mut self, target: &'static str, value: &toml::Value, into: &mut Vec<Limit>) {
        let expected = "a table such as { min = 1.2 } or { max = 3 }";
        let Some(table) = value.as_table().filter(|table| !table.is_empty()) else {
            self.fault(target, &value.to_string(), expected);
            return;
        };
        for (side, value) in table {
            let above = match side.as_str() {
                "min" => false,
                "max" => true,
                _ => {
                    self.fault(target, &format!("unknown side `{side}`"), expected);
                    continue;
                }
            };
            let (_, low, high) = TARGETS.iter().find(|t| t.0 == target).unwrap_or(&TARGETS[0]);
            match number(value) {
                // A limit outside the possible range of a result has no effect, or forbids
                // everything.
                Some(value) if !(*low..=*high).contains(&value) => {
                    let found = format!("{side} = {value} is out of range");
                    let expected = match high.is_finite() {
                        true => format!("a number from {low} to {high}"),
                        false => format!("a number of {low} or more"),
                    };
                    self.fault(target, &found, &expected);
                }
                Some(value) => into.push(Limit { target, value, above }),
                None => self.fault(target, &value.to_string(), "a finite number"),
            }
        }
    }
}

fn number(value: &toml::Value) -> Option<f64> {
    let number = value.as_float().or_else(|| value.as_integer().map(|i| i as f64));
    number.filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<BTreeMap<String, Profile>, Faults> {
        parse(&Source { name: "p.toml".to_owned(), bytes: text.as_bytes().to_vec() })
    }

    #[test]
    fn limits_have_two_sides() {
        let found =
            parsed("[euv]\nnils = { min = 1.2 }\nyield_risk = { max = 0.05 }\nblock = 0.8\n");
        let profile = &found.unwrap()["euv"];
        let texts: Vec<String> = profile.limits.iter().map(Limit::text).collect();
        assert_eq!(texts, ["nils >= 1.2", "yield_risk <= 0.05"]);
        assert_eq!((profile.warn, profile.block), (0.1, 0.8));
        assert!(profile.limits[0].violated(1.1) && !profile.limits[1].violated(0.05));
    }

    #[test]
    fn all_faults_are_named_with_their_lines() {
        let text = "[euv]\nnills = { min = 1 }\ndof_nm = 3\nmeef = { most = 2 }\nwarn = 7\n";
        assert_eq!(
            parsed(text).unwrap_err().to_string(),
            "p.toml:2:1: profile `euv`: unknown key `nills`\n  \
             expected one of: nils, el_pct, dof_nm, meef, ler3s_nm, yield_risk, warn, block\n  \
             did you mean `nils`?\n\
             p.toml:3:1: profile `euv`, `dof_nm`: 3\n  \
             expected a table such as { min = 1.2 } or { max = 3 }\n\
             p.toml:4:1: profile `euv`, `meef`: unknown side `most`\n  \
             expected a table such as { min = 1.2 } or { max = 3 }\n\
             p.toml:5:1: profile `euv`, `warn`: 7\n  expected a probability from 0 to 1"
        );
    }

    #[test]
    fn what_contradicts_itself_or_cannot_be_is_refused() {
        for (text, found, expected) in [
            (
                "nils = { min = 2, max = 1 }",
                "min 2 is above max 1",
                "a range that some result can meet",
            ),
            (
                "warn = 0.9\nblock = 0.5",
                "greater than `block`",
                "a smaller probability than `block`",
            ),
            ("yield_risk = { max = 1.5 }", "max = 1.5 is out of range", "a number from 0 to 1"),
            ("dof_nm = { min = -1 }", "min = -1 is out of range", "a number of 0 or more"),
            ("nils = {}", "{}", "a table such as { min = 1.2 } or { max = 3 }"),
        ] {
            let told = parsed(&format!("[p]\n{text}\n")).unwrap_err().to_string();
            assert!(told.contains(found) && told.contains(expected), "{told}");
        }
        assert!(parsed("p = 1\n").unwrap_err().to_string().contains("not a table"));
        assert!(parsed("[p\n").unwrap_err().to_string().starts_with("p.toml:1:"));
    }
}
