//! What decided the results of a domain or backup set: digests of its inputs and the versions of its programs.

use crate::said::Said;
use libchar_core::hash::sha256;
use libchar_core::{Faults, Table};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Digests and versions by kind and name.
pub type Recorded = BTreeMap<(String, String), String>;

/// The digests of configuration, tables, template and decks of a folder, and what its first simulated point says of its
/// simulator and preset.
///
/// `setting` gives a configured value for what the folder's own `libchar.toml` does not state; `depends` is called with each
/// file that was read. A file that cannot be read has no digest.
///
/// # Errors
/// Faults of `points.csv`.
pub fn of_folder(
    folder: &Path,
    setting: impl Fn(&str) -> Option<String>,
    mut depends: impl FnMut(&Path),
) -> Result<Recorded, Faults> {
    let mut reasons = Recorded::new();
    let mut add = |kind: &str, name: &str, path: &Path| {
        if let Ok(bytes) = fs::read(path) {
            depends(path);
            reasons.insert((kind.to_owned(), name.to_owned()), sha256(&bytes));
        }
    };
    add("config", "config.cfg", &folder.join("config.cfg"));
    add("settings", "libchar.toml", &folder.join("libchar.toml"));
    let settings = own_settings(folder);
    let path = |table: &str| -> PathBuf {
        let own = settings.get(table).and_then(|table| table.get("path")?.as_str());
        let stated = own.map(str::to_owned).or_else(|| setting(&format!("{table}.path")));
        stated.unwrap_or_default().into()
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
        depends(&points);
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

#[cfg(test)]
mod tests {
    use super::of_folder;
    use libchar_core::hash::sha256;
    use std::fs;

    #[test]
    fn each_input_has_a_digest_and_the_first_status_names_the_simulator() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("config.cfg", "mode=all\n");
        write("libchar.toml", "[tables]\npath = 'own'\n");
        write("own/table.csv", "a\n");
        write("configuration/table.csv", "b\n");
        write("tb.sp", "* deck\n");
        write("points.csv", "point,deck_sha256\na,1\nb,2\n");
        write(
            "b/status.json",
            "{\"simulator\": \"ngspice\", \"version\": \"39\", \"status\": \"done\"}",
        );
        let setting = |key: &str| match key {
            "tables.path" => Some("configuration".to_owned()),
            "template.path" => Some("tb.sp".to_owned()),
            _ => None,
        };
        let mut read = Vec::new();
        let found = of_folder(folder.path(), setting, |path| read.push(path.to_owned())).unwrap();
        let of = |kind: &str, name: &str| found.get(&(kind.to_owned(), name.to_owned())).cloned();
        assert_eq!(of("config", "config.cfg"), Some(sha256(b"mode=all\n")));
        assert_eq!(of("tables", "own/table.csv"), Some(sha256(b"a\n")));
        assert_eq!(of("tables", "configuration/table.csv"), None, "its own settings come first");
        assert_eq!(of("template", "tb.sp"), Some(sha256(b"* deck\n")));
        assert_eq!(of("decks", "2 points"), Some(sha256(b"a 1\nb 2\n")));
        assert_eq!(of("simulator", "simulator").as_deref(), Some("ngspice"));
        assert_eq!(of("simulator", "version").as_deref(), Some("39"));
        assert_eq!(read.len(), 5, "{read:?}");
    }
}
