//! Which files of a domain belong to a set.

use crate::attributes;
use crate::error::ArchiveError;
use crate::manifest::ROOT;
use crate::sets::is_set_name;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Files for a set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Path below the set, with `/`, and the file that is copied there; sorted by path.
    pub files: Vec<(String, PathBuf)>,
    /// Folders by their path below the set, `.` the domain itself, with their modes.
    pub folders: Vec<(String, u32)>,
    /// Names that were left out because they are no files: pipes, sockets, devices, links to
    /// nothing.
    pub skipped: Vec<String>,
    /// Number of waveform files that were left out.
    pub waveforms: usize,
}

/// Selects all files of a domain except older sets, libchar's own state, hidden files and, unless
/// asked for, waveforms.
///
/// Links are followed, so that each set contains the tables and templates that several domains
/// share.
pub fn select(domain: &Path, waveforms: bool) -> Result<Selection, ArchiveError> {
    let mut selection = Selection::default();
    let walk = WalkDir::new(domain).follow_links(true).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || belongs(entry)) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) if is_dangling(&e) => {
                selection.skipped.extend(e.path().map(|path| path.display().to_string()));
                continue;
            }
            Err(e) => {
                let path = e.path().unwrap_or(domain).to_owned();
                return Err(ArchiveError::io("read", &path)(e.into()));
            }
        };
        let Ok(below) = entry.path().strip_prefix(domain) else { continue };
        let Some(name) = below.to_str() else {
            return Err(ArchiveError::Name(below.display().to_string()));
        };
        if entry.file_type().is_dir() {
            let about = entry.metadata().map_err(|e| e.into());
            let mode = attributes::of_folder(&about.map_err(ArchiveError::io("read", below))?);
            let name = if name.is_empty() { ROOT } else { name };
            selection.folders.push((name.to_owned(), mode));
        } else if !entry.file_type().is_file() {
            selection.skipped.push(name.to_owned());
        } else if !waveforms && is_waveform(name) {
            selection.waveforms += 1;
        } else {
            selection.files.push((name.to_owned(), entry.path().to_owned()));
        }
    }
    // A walk orders by name within a folder; a manifest orders by the whole path.
    selection.files.sort();
    Ok(selection)
}

fn belongs(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_set = entry.depth() == 1 && is_set_name(&name);
    let is_manifest = entry.depth() == 1 && name == crate::MANIFEST;
    !(name.starts_with('.') || is_set || is_manifest)
}

/// Whether the error is a link to nothing; a loop of links or a folder without permission is a real
/// error.
fn is_dangling(error: &walkdir::Error) -> bool {
    error.loop_ancestor().is_none()
        && error.io_error().is_some_and(|e| e.kind() == std::io::ErrorKind::NotFound)
        && error.path().is_some_and(|path| path.is_symlink())
}

/// Whether a name is that of waveforms or raw data, which are far larger than everything else and
/// which a run can make again: `.tr0`, `.raw`, `.fsdb`.
fn is_waveform(name: &str) -> bool {
    let Some((_, suffix)) = name.rsplit_once('.') else { return false };
    let letters = suffix.trim_end_matches(|c: char| c.is_ascii_digit());
    match letters {
        "raw" | "fsdb" | "wdf" | "psf" => letters == suffix,
        "tr" | "ac" | "sw" => letters != suffix,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_waveform, select};
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_set_has_what_the_domain_has_but_no_older_sets_and_no_state() {
        let folder = tempfile::tempdir().unwrap();
        let domain = folder.path().join("d");
        for name in [
            "config.cfg",
            "TT/a/a_25/v1/sim_tx.sp",
            "TT/a/a_25/v1/sim_tx.tr0",
            "00bkp_20260102030405/config.cfg",
            "00bkp_20260102030405_1/config.cfg",
            "00bkp_notes/x",
            ".libchar/history.db",
            ".libchar-x.tmp",
        ] {
            let path = domain.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        fs::create_dir(folder.path().join("shared")).unwrap();
        fs::write(folder.path().join("shared/t.csv"), "x").unwrap();
        symlink("../shared", domain.join("configuration")).unwrap();
        symlink("nowhere", domain.join("dangling")).unwrap();
        let selection = select(&domain, false).unwrap();
        let names: Vec<&str> = selection.files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["00bkp_notes/x", "TT/a/a_25/v1/sim_tx.sp", "config.cfg", "configuration/t.csv"]
        );
        assert_eq!((selection.waveforms, selection.skipped.len()), (1, 1));
        assert_eq!(select(&domain, true).unwrap().files.len(), 5);
    }

    #[test]
    fn a_loop_of_links_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        symlink("..", folder.path().join("up")).unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        symlink("..", folder.path().join("a/up")).unwrap();
        assert!(select(folder.path(), false).is_err());
    }

    #[test]
    fn waveforms_by_their_suffix() {
        for name in ["a.tr0", "a.ac12", "a.sw0", "x/a.raw", "a.fsdb"] {
            assert!(is_waveform(name), "{name}");
        }
        for name in ["a.mt0", "a.log", "tr0", "a.tr", "a.raw2", "a.csv"] {
            assert!(!is_waveform(name), "{name}");
        }
    }
}
