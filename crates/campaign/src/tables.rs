//! The tables of results in a domain: `results.csv`, and one table for each measure.

use anyhow::{Context as _, Result};
use libchar_files::atomic;
use libchar_report::{FILE, Results, file_name};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folder of the tables with one measure each.
pub const MEASURES: &str = "measures";

/// Writes the tables of a domain, those of one measure first and `results.csv` last; the files, in this order. Tables of
/// measures that are no more are removed.
///
/// # Errors
/// Errors of the file system.
pub fn write(domain: &Path, results: &Results) -> Result<Vec<PathBuf>> {
    let folder = domain.join(MEASURES);
    let mut written = Vec::new();
    let mut current = Vec::new();
    for measure in results.measures() {
        let name = file_name(measure);
        let path = folder.join(&name);
        atomic::write_unsynced_if_changed(&path, &results.measure_csv(measure))
            .with_context(|| format!("cannot write {}", path.display()))?;
        written.push(path);
        current.push(name);
    }
    remove_stale(&folder, &current, results.header_of_measure())
        .with_context(|| format!("cannot clear {}", folder.display()))?;
    atomic::sync_file_system(&domain.join("."))?;
    let path = domain.join(FILE);
    atomic::write_if_changed(&path, &results.to_csv())
        .with_context(|| format!("cannot write {}", path.display()))?;
    written.push(path);
    Ok(written)
}

/// Removes tables of measures that no longer exist; other files stay.
fn remove_stale(folder: &Path, current: &[String], header: &str) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".csv") && !current.contains(&name) && entry.file_type()?.is_file() {
            let path = entry.path();
            if fs::read(&path)?.starts_with(header.as_bytes()) {
                fs::remove_file(path)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::fixture::{Domain, Files, Table, config, log, names};
    use crate::readings::{quietly, tidy};
    use std::fs;

    #[test]
    fn tables_of_measures_that_are_no_more_are_removed_and_others_stay() {
        let points = Domain::new(1);
        fs::write(format!("{}/sim_tx.log", points.points[0].id), log("1.000000e-09")).unwrap();
        let (config, files) = (config(""), Files::default());
        let read: Vec<_> =
            quietly(&Table::here(&config, &files), &points.points).into_iter().flatten().collect();
        let results = tidy(&points.points, &read);
        let domain = tempfile::tempdir().unwrap();
        let measures = domain.path().join("measures");
        let written = write(domain.path(), &results).unwrap();
        assert_eq!(written, [measures.join("tphl.csv"), domain.path().join("results.csv")]);
        let table = fs::read(measures.join("tphl.csv")).unwrap();
        fs::write(measures.join("old.csv"), &table).unwrap();
        fs::write(measures.join("mine.csv"), "a,b\n").unwrap();
        write(domain.path(), &results).unwrap();
        assert_eq!(names(&measures), ["mine.csv", "tphl.csv"]);
        assert_eq!(fs::read(domain.path().join("results.csv")).unwrap(), results.to_csv());
    }
}
