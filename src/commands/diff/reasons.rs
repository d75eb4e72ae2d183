//! Finds why two sides differ: the inputs that determined their values, by digest.

use crate::context::Context;
use anyhow::Result;
use libchar_campaign::said::Said;
use libchar_core::Table;
use libchar_core::hash::sha256;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Digests and versions by kind and name.
pub type Recorded = BTreeMap<(String, String), String>;

/// An input that determined the values and differs between the sides.
pub struct Reason {
    pub kind: String,
    pub name: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// Configuration, tables, template and decks of a domain or set, with the simulator and preset of
/// its first point.
pub fn of_folder(folder: &Path, ctx: &Context) -> Result<Recorded> {
    let mut reasons = Recorded::new();
    let mut add = |kind: &str, name: &str, path: &Path| {
        if let Ok(bytes) = fs::read(path) {
            ctx.depends(path);
            reasons.insert((kind.to_owned(), name.to_owned()), sha256(&bytes));
        }
    };
    add("config", "config.cfg", &folder.join("config.cfg"));
    add("settings", "libchar.toml", &folder.join("libchar.toml"));
    let settings = own_settings(folder);
    let path = |table: &str| -> PathBuf {
        let own = settings.get(table).and_then(|table| table.get("path")?.as_str());
        let path = format!("{table}.path");
        own.or_else(|| ctx.config.text(&path)).unwrap_or_default().into()
    };
    let (tables, template) = (path("tables"), path("template"));
    files_below(folder, &tables).iter().for_each(|name| add("tables", name, &folder.join(name)));
    // A template beside config.cfg has no folder of its own; the files around it do not belong to
    // it.
    let around = template.parent().filter(|parent| !parent.as_os_str().is_empty());
    let names = match around {
        Some(around) => files_below(folder, around),
        None => vec![template.display().to_string()],
    };
    names.iter().for_each(|name| add("template", name, &folder.join(name)));
    let points = folder.join("points.csv");
    if let Ok(bytes) = fs::read(&points) {
        ctx.depends(&points);
        of_points(folder, &Table::parse_csv(&points.display().to_string(), &bytes)?, &mut reasons);
    }
    Ok(reasons)
}

/// The folder's own `libchar.toml`, if it can be read.
fn own_settings(folder: &Path) -> toml::Table {
    let text = fs::read_to_string(folder.join("libchar.toml")).unwrap_or_default();
    text.parse().unwrap_or_default()
}

/// The names of the files in a folder of the domain, relative to the domain.
fn files_below(folder: &Path, below: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join(below)).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| below.join(entry.file_name()).display().to_string()).collect();
    names.sort();
    names
}

/// One digest of all decks, and the status of the first point that has one.
fn of_points(folder: &Path, points: &Table, reasons: &mut Recorded) {
    let (Some(point), Some(digest)) =
        (points.find_column("point"), points.find_column("deck_sha256"))
    else {
        return;
    };
    let decks: String = (0..points.len())
        .map(|row| format!("{} {}\n", points.cell(row, point), points.cell(row, digest)))
        .collect();
    reasons
        .insert(("decks".to_owned(), format!("{} points", points.len())), sha256(decks.as_bytes()));
    let Some(said) =
        (0..points.len()).find_map(|row| Said::read(&folder.join(points.cell(row, point))))
    else {
        return;
    };
    let Said { simulator, version, preset, recipe, .. } = said;
    let told =
        [("simulator", simulator), ("version", version), ("preset", preset), ("recipe", recipe)];
    for (name, text) in told {
        if let Some(text) = text {
            reasons.insert(("simulator".to_owned(), name.to_owned()), text);
        }
    }
}

/// The inputs that differ, if both sides recorded any.
pub fn differing(old: &Recorded, new: &Recorded) -> Vec<Reason> {
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let keys: BTreeSet<&(String, String)> = old.keys().chain(new.keys()).collect();
    let reason = |key: &(String, String)| {
        let (a, b) = (old.get(key), new.get(key));
        (a != b).then(|| Reason {
            kind: key.0.clone(),
            name: key.1.clone(),
            old: a.cloned(),
            new: b.cloned(),
        })
    };
    keys.into_iter().filter_map(reason).collect()
}
