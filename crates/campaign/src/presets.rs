//! `presets.toml` of a domain: named sets of simulator options, with the errors that `tune` measured.

use anyhow::{Context as _, Result};
use libchar_core::number::{shortest, significant};
use libchar_core::{Fault, Faults};
use libchar_engine::Options;
use libchar_files::atomic;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use toml_edit::DocumentMut;

/// The file in a domain.
pub const FILE: &str = "presets.toml";

/// Significant digits of a measured error.
const DIGITS: usize = 3;

/// A named set of options.
#[derive(Debug, Clone, PartialEq)]
pub struct Preset {
    /// Its name.
    pub name: String,
    /// Options that override those of a deck.
    pub options: Options,
    /// What `tune` measured; `None` for a preset that was written by hand.
    pub measured: Option<Measured>,
}

/// Cost and errors of a preset, measured against a converged simulation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// The largest relative error that `tune` was asked to allow.
    pub tolerance: f64,
    /// The simulator's name.
    pub simulator: String,
    /// The version that the simulator reported.
    pub version: String,
    /// CPU time at the points of the sample, divided by that of the decks as written.
    pub cpu_ratio: f64,
    /// The points of the sample, among which the options were chosen.
    pub points: Vec<String>,
    /// Other points, at which the chosen options were verified.
    pub verified: Vec<String>,
    /// Errors by measure.
    pub errors: BTreeMap<String, MeasureErrors>,
}

/// The largest errors of a measure, relative to the converged value.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureErrors {
    /// At the points of the sample.
    pub sample: f64,
    /// At the points of the verification, if there were any.
    pub verified: Option<f64>,
    /// The relative uncertainty of the converged value itself.
    pub reference: f64,
}

impl MeasureErrors {
    /// The larger of the two errors.
    pub fn worst(&self) -> f64 {
        self.verified.map_or(self.sample, |verified| verified.max(self.sample))
    }
}
/// A preset as it is stored in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    options: toml::Table,
    measured: Option<Measured>,
}

/// Returns the preset of this name in a domain.
///
/// # Errors
/// The faults of the file. If it has no preset of this name, a fault that lists the names that it
/// has and the nearest one.
pub fn find(domain: &Path, name: &str) -> Result<Preset> {
    let mut presets = read(domain)?;
    let known: Vec<String> = presets.keys().cloned().collect();
    presets.remove(name).ok_or_else(|| {
        let fault = match known.is_empty() {
            true => Fault::of(FILE, format!("there is no preset `{name}`"))
                .expected("a preset that `libchar tune --name NAME` wrote"),
            false => Fault::of(FILE, format!("there is no preset `{name}`"))
                .one_of(name, known.iter().map(String::as_str)),
        };
        Faults::from(fault).into()
    })
}

/// All presets of a domain; none if it has no file of them.
pub fn read(domain: &Path) -> Result<BTreeMap<String, Preset>> {
    match fs::read_to_string(domain.join(FILE)) {
        Ok(text) => Ok(parse(&text)?),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(e) => Err(e).with_context(|| format!("cannot read {FILE}")),
    }
}

fn parse(text: &str) -> Result<BTreeMap<String, Preset>, Faults> {
    let place = |e: toml::de::Error| {
        let at = e.span().map_or(0, |span| span.start);
        let found = e.message().lines().next().unwrap_or_default().to_owned();
        Fault::at_offset(FILE, text, at, found)
    };
    let stored: BTreeMap<String, toml::Spanned<Stored>> = toml::from_str(text).map_err(place)?;
    let mut presets = BTreeMap::new();
    let mut faults = Vec::new();
    for (name, stored) in stored {
        let at = stored.span().start;
        let stored = stored.into_inner();
        match Options::from_toml(&stored.options) {
            Ok(options) => {
                let preset = Preset { name: name.clone(), options, measured: stored.measured };
                presets.insert(name, preset);
            }
            Err(e) => {
                faults.push(Fault::at_offset(FILE, text, at, format!("preset `{name}`: {e}")))
            }
        }
    }
    Faults::or(presets, faults)
}

/// Writes a preset to the file of a domain, in place of one of the same name. Other presets and comments stay.
pub fn write(domain: &Path, preset: &Preset) -> Result<()> {
    let path = domain.join(FILE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(e).with_context(|| format!("cannot read {FILE}")),
    };
    // A file with faults is left as it is: rewriting it could lose what its owner wrote.
    parse(&text)?;
    let written = with(&text, preset)?;
    atomic::write(&path, written.as_bytes()).with_context(|| format!("cannot write {FILE}"))
}

/// Returns the text of the file with the preset added, or in place of the one of the same name.
fn with(text: &str, preset: &Preset) -> Result<String> {
    let added: DocumentMut = section(preset).parse()?;
    let mut document: DocumentMut = text.parse()?;
    for (name, item) in added.iter() {
        let mut item = item.clone();
        if let Some(table) = item.as_table_mut() {
            let old = document.get(name).and_then(|old| old.as_table());
            // Comments above a preset stay above it.
            let above = match old {
                Some(old) => old.decor().prefix().cloned().unwrap_or_default(),
                None if text.is_empty() => Default::default(),
                None => "\n".into(),
            };
            let position = old.and_then(toml_edit::Table::position);
            place(table, position);
            table.decor_mut().set_prefix(above);
        }
        document.insert(name, item);
    }
    Ok(document.to_string())
}

/// Gives a table its place in the document; tables within it follow it.
fn place(table: &mut toml_edit::Table, position: Option<isize>) {
    table.set_position(position);
    for (_, item) in table.iter_mut() {
        if let Some(inner) = item.as_table_mut() {
            place(inner, None);
        }
    }
}

/// The TOML text of a preset.
fn section(preset: &Preset) -> String {
    let key = |name: &str| toml_edit::Key::new(name).display_repr().into_owned();
    let name = key(&preset.name);
    let mut text = format!("[{name}]\noptions = {}\n", preset.options.toml());
    let Some(measured) = &preset.measured else { return text };
    let string = |text: &str| toml::Value::from(text).to_string();
    let list = |points: &[String]| points.iter().map(|p| string(p)).collect::<Vec<_>>().join(", ");
    text.push_str(&format!(
        "\n[{name}.measured]\ntolerance = {}\nsimulator = {}\nversion = {}\ncpu_ratio = {}\n\
         points = [{}]\nverified = [{}]\n\n[{name}.measured.errors]\n",
        shortest(measured.tolerance),
        string(&measured.simulator),
        string(&measured.version),
        rounded(measured.cpu_ratio),
        list(&measured.points),
        list(&measured.verified),
    ));
    for (measure, errors) in &measured.errors {
        let verified = errors.verified.map(|error| format!("verified = {}, ", rounded(error)));
        text.push_str(&format!(
            "{} = {{ sample = {}, {}reference = {} }}\n",
            key(measure),
            rounded(errors.sample),
            verified.unwrap_or_default(),
            rounded(errors.reference),
        ));
    }
    text
}

/// A measured number, rounded to `DIGITS` significant digits.
fn rounded(value: f64) -> String {
    significant(value, DIGITS).parse().map_or_else(|_| shortest(value), shortest)
}

/// What a report says of presets: options, tolerance and errors in percent.
pub fn for_report(presets: impl IntoIterator<Item = Preset>) -> Vec<libchar_report::Preset> {
    let percent = |error: f64| significant(100.0 * error, 3).parse().unwrap_or(100.0 * error);
    let known = presets.into_iter().map(|preset| {
        let measured = preset.measured.as_ref();
        let errors = measured.into_iter().flat_map(|measured| &measured.errors);
        libchar_report::Preset {
            name: preset.name,
            options: Some(preset.options.text()),
            tolerance_pct: measured.map(|measured| percent(measured.tolerance)),
            errors: errors
                .map(|(measure, errors)| libchar_report::PresetError {
                    measure: measure.clone(),
                    error_pct: percent(errors.sample),
                    verified_pct: errors.verified.map(percent),
                })
                .collect(),
        }
    });
    known.collect()
}

#[cfg(test)]
mod tests {
    use super::{MeasureErrors, Measured, Preset, find, parse, read, with, write};
    use libchar_engine::Options;

    fn preset(name: &str) -> Preset {
        let errors = MeasureErrors { sample: 1.25e-4, verified: Some(2e-4), reference: 1e-7 };
        Preset {
            name: name.to_owned(),
            options: Options::default().with("reltol", "1e-3").with("method", "gear"),
            measured: Some(Measured {
                tolerance: 1e-3,
                simulator: "ngspice".to_owned(),
                version: "ngspice-39".to_owned(),
                cpu_ratio: 0.5,
                points: vec!["TT/a".to_owned()],
                verified: vec!["SS/a".to_owned()],
                errors: [("tphl".to_owned(), errors), ("v[1]".to_owned(), errors)].into(),
            }),
        }
    }

    #[test]
    fn a_preset_reads_back_and_replaces_only_its_namesake() {
        let mine = "# fast once\n[fast]\noptions = {}\n\n# mine\n[gear]  # of old\noptions = { method = 'gear' }\n";
        let text = with(&with(mine, &preset("fast")).unwrap(), &preset("new")).unwrap();
        insta::assert_snapshot!(text, @r#"
# fast once
[fast]
options = { method = "gear", reltol = 0.001 }

[fast.measured]
tolerance = 0.001
simulator = "ngspice"
version = "ngspice-39"
cpu_ratio = 0.5
points = ["TT/a"]
verified = ["SS/a"]

[fast.measured.errors]
tphl = { sample = 0.000125, verified = 0.0002, reference = 1e-7 }
"v[1]" = { sample = 0.000125, verified = 0.0002, reference = 1e-7 }

# mine
[gear]  # of old
options = { method = 'gear' }

[new]
options = { method = "gear", reltol = 0.001 }

[new.measured]
tolerance = 0.001
simulator = "ngspice"
version = "ngspice-39"
cpu_ratio = 0.5
points = ["TT/a"]
verified = ["SS/a"]

[new.measured.errors]
tphl = { sample = 0.000125, verified = 0.0002, reference = 1e-7 }
"v[1]" = { sample = 0.000125, verified = 0.0002, reference = 1e-7 }
"#);
        let presets = parse(&text).unwrap();
        assert_eq!(presets["fast"], preset("fast"));
        assert_eq!(presets["gear"].measured, None);
    }

    #[test]
    fn faults_have_their_place() {
        let error = parse("[a]\noptions = { reltol = inf }\n[b]\noptions = { 'x y' = 1 }\n");
        insta::assert_snapshot!(error.unwrap_err(), @r#"
presets.toml:1:1: preset `a`: `reltol = inf` cannot be the value of an option; expected a number, a word or true
presets.toml:3:1: preset `b`: `x y` cannot be the name of an option; expected a word such as reltol
"#);
        insta::assert_snapshot!(parse("[a]\nopts = 1\n").unwrap_err(), @"presets.toml:2:1: unknown field `opts`, expected `options` or `measured`");
        insta::assert_snapshot!(parse("[a]\n\n[a").unwrap_err(), @"presets.toml:3:3: unclosed table, expected `]`");
    }

    #[test]
    fn an_unknown_name_gets_the_nearest() {
        let folder = tempfile::tempdir().unwrap();
        let error = find(folder.path(), "fast").unwrap_err().to_string();
        insta::assert_snapshot!(error, @r#"
presets.toml: there is no preset `fast`
  expected a preset that `libchar tune --name NAME` wrote
"#);
        write(folder.path(), &preset("fast")).unwrap();
        assert_eq!(read(folder.path()).unwrap().len(), 1);
        assert_eq!(find(folder.path(), "fast").unwrap().options.text(), "method=gear reltol=0.001");
        insta::assert_snapshot!(find(folder.path(), "fasst").unwrap_err(), @r#"
presets.toml: there is no preset `fasst`
  expected one of: fast
  did you mean `fast`?
"#);
    }
}
