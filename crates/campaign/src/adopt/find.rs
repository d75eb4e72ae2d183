//! Finds the outputs of other tools' simulations below a folder: measure files and logs, grouped by
//! their deck.

use crate::outputs::{self, Place, Wanted};
use anyhow::{Context as _, Result};
use libchar_core::hash;
use libchar_engine::measure::{FileName, Measures, asked};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Endings of logs, the most likely first. A file that does not contain a log is ignored.
const LOGS: [&str; 4] = ["log", "out", "lis", "txt"];

/// Endings of decks, the likeliest first.
const DECKS: [&str; 9] = ["sp", "spi", "cir", "ckt", "net", "scs", "spice", "in", "hsp"];

/// Largest size of a log; larger files are waveforms or core dumps.
const LARGEST_LOG: u64 = 64 << 20;

/// The outputs of one simulation.
#[derive(Debug, Default)]
pub struct Simulated {
    /// The folder that contains them.
    folder: PathBuf,
    /// Its path below the adopted one, with `/`.
    below: String,
    /// The name of the deck without its ending.
    pub stem: String,
    /// Measure files, then logs.
    pub files: Vec<PathBuf>,
    /// The deck, if it lies beside them.
    pub deck: Option<PathBuf>,
    /// Hash of the content of the files.
    pub digest: String,
}

impl Simulated {
    /// The first file, as its path below the adopted folder.
    pub fn shown(&self) -> String {
        let name = self.files.first().and_then(|file| file.file_name());
        let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if self.below.is_empty() { name } else { format!("{}/{name}", self.below) }
    }

    /// The paths that a map may use for these outputs: their files, and the folders above them.
    pub fn names(&self) -> Vec<String> {
        let mut names = vec![self.shown()];
        let mut folder = self.below.as_str();
        while !folder.is_empty() {
            names.push(folder.to_owned());
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        names
    }

    /// Reads the measures, at a temperature, including the printed vectors that count as measures.
    ///
    /// # Errors
    /// The first fault of the files, in one line.
    pub fn measures(&self, temp_c: Option<f64>, prints: &[String]) -> Result<Measures, String> {
        let text = self.deck.as_ref().and_then(|deck| fs::read(deck).ok()).unwrap_or_default();
        let requests = asked(&String::from_utf8_lossy(&text));
        let names = requests.measures.into_iter().map(|asked| asked.name);
        let names: Vec<String> = names.chain(prints.iter().cloned()).collect();
        let number = |file: &PathBuf| FileName::parse(&file.file_name()?.to_string_lossy());
        let last = self.files.iter().filter_map(number).map(|name| name.number as usize).max();
        let alters = requests.alters.max(last.unwrap_or(0));
        let wanted =
            Wanted { asked: &names, alters, temp_c: temp_c.unwrap_or(f64::NAN), began: None };
        let place = Place { folder: &self.folder, stem: &self.stem };
        let first = |faults: Vec<libchar_core::Fault>| {
            let fault = faults.first().map(ToString::to_string).unwrap_or_default();
            fault.replace('\n', ";")
        };
        let found = match outputs::of_files(place, wanted).map_err(first)? {
            Some(found) => found.measures,
            None => {
                let log = self.files.first().ok_or("no file")?;
                let bytes = fs::read(log).map_err(|e| e.to_string())?;
                let shown = log.display().to_string();
                outputs::of_log(&shown, &String::from_utf8_lossy(&bytes), wanted)
                    .map_err(|faults| first(faults.into_vec()))?
            }
        };
        if found.rows.is_empty() { Err("no measure is in it".to_owned()) } else { Ok(found) }
    }
}

/// Finds everything below a folder, in the order of the paths. Links, and folders and files whose
/// names begin with a dot, are ignored, and so is the current folder.
///
/// # Errors
/// Files and folders that cannot be read.
pub fn simulated(folder: &Path) -> Result<Vec<Simulated>> {
    let own = fs::canonicalize(".")?;
    let mut groups: BTreeMap<(PathBuf, String), Simulated> = BTreeMap::new();
    let walk =
        walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| {
            let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
            let is_own = entry.depth() > 0
                && entry.file_type().is_dir()
                && fs::canonicalize(entry.path()).is_ok_and(|path| path == own);
            !hidden && !is_own
        });
    for entry in walk {
        let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !entry.file_type().is_file() {
            continue;
        }
        let stem = match FileName::parse(&name) {
            Some(name) => name.stem,
            None if is_log(entry.path()) => outputs::stem(&name).to_owned(),
            None => continue,
        };
        let above = entry.path().parent().unwrap_or(folder).to_owned();
        let group = groups.entry((above.clone(), stem.clone())).or_insert_with(|| Simulated {
            below: above.strip_prefix(folder).unwrap_or(&above).display().to_string(),
            deck: deck(&above, &stem),
            folder: above,
            stem,
            ..Simulated::default()
        });
        group.files.push(entry.into_path());
    }
    let mut all: Vec<Simulated> = groups.into_values().collect();
    for simulated in &mut all {
        let is_measures = |file: &PathBuf| {
            file.file_name().is_some_and(|name| FileName::parse(&name.to_string_lossy()).is_some())
        };
        simulated.files.sort_by_key(|file| !is_measures(file));
        let mut text = String::new();
        for file in simulated.files.iter().chain(&simulated.deck) {
            let bytes =
                fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
            text.push_str(&format!("{}\n", hash::sha256(&bytes)));
        }
        simulated.digest = hash::sha256(text.as_bytes());
    }
    Ok(all)
}

fn is_log(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let is_small = || fs::metadata(path).is_ok_and(|about| about.len() <= LARGEST_LOG);
    ending.is_some_and(|ending| LOGS.contains(&ending.as_str()))
        && is_small()
        && fs::read(path).is_ok_and(|bytes| {
            libchar_engine::measure::ngspice::recognizes(&String::from_utf8_lossy(&bytes))
        })
}

fn deck(folder: &Path, stem: &str) -> Option<PathBuf> {
    let named = DECKS.iter().map(|ending| folder.join(format!("{stem}.{ending}")));
    named.into_iter().find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::simulated;
    use crate::fixture::{log, write};

    #[test]
    fn outputs_are_grouped_by_their_deck() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("TT/a/tx.log", log("1.000000e-09").as_str()),
            ("TT/a/tx.sp", "* t\n.meas tran tphl max v(a)\n"),
            ("TT/a/notes.txt", "not a log"),
            ("TT/.hidden/tx.log", &log("1.000000e-09")),
            ("SS/tx.log", &log("2.000000e-09")),
        ] {
            write(folder.path(), name, text);
        }
        let found = simulated(folder.path()).unwrap();
        let shown: Vec<String> = found.iter().map(|one| one.shown()).collect();
        assert_eq!(shown, ["SS/tx.log", "TT/a/tx.log"]);
        assert!(found[0].deck.is_none() && found[1].deck.as_ref().unwrap().ends_with("tx.sp"));
        assert_eq!(found[1].names(), ["TT/a/tx.log", "TT/a", "TT"]);
        assert_ne!(found[0].digest, found[1].digest);
        let measures = found[0].measures(None, &[]).unwrap();
        assert_eq!(measures.rows[0].value, Some(2e-9));
    }
}
