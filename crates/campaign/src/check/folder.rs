//! The folder of a domain and its disk: who works in it, what is free, and what was left.

use super::report::{Report, Status};
use libchar_core::config::Config;
use libchar_files::lock::{self, Lock, LockError};
use std::fs;
use std::path::Path;

/// Bytes of a gigabyte.
const GB: f64 = 1e9;

/// Whether as many bytes are free as a key of the configuration asks for, in gigabytes.
pub fn free(
    check: &'static str,
    bytes: Option<f64>,
    key: &str,
    config: &Config,
    report: &mut Report,
) {
    let least = config.number(key).unwrap_or_default();
    match bytes.map(|bytes| bytes / GB) {
        None => report.add(Status::Warn, check, "the free space cannot be determined"),
        Some(free) if free < least => {
            let detail = format!("{free:.1} GB free, less than the {least} GB of {key}");
            report.add(Status::Warn, check, detail);
        }
        Some(free) => report.add(Status::Pass, check, format!("{free:.1} GB free")),
    }
}

/// Whether another libchar works in a folder.
pub fn lock(folder: &Path, report: &mut Report) {
    let path = folder.join(lock::FILE);
    if !path.exists() {
        return report.add(Status::Pass, "lock", "free");
    }
    let holder = fs::read_to_string(&path).unwrap_or_default();
    match Lock::acquire(&path, &holder, false) {
        Ok(_) => report.add(Status::Pass, "lock", "free"),
        Err(LockError::Held(_, other)) => {
            report.add(Status::Warn, "lock", format!("another libchar works here ({other})"));
        }
        Err(error) => report.add(Status::Fail, "lock", error.to_string()),
    }
}

/// Temporary files of a libchar that was killed, below a folder.
pub fn litter(folder: &Path, report: &mut Report) {
    let is_litter = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.file_type().is_file() && name.starts_with(".libchar-") && name.ends_with(".tmp")
    };
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        match entry {
            Err(error) => found.push(format!("cannot be listed: {error}")),
            Ok(entry) if is_litter(&entry) => {
                let path = entry.path().strip_prefix(folder).unwrap_or(entry.path()).display();
                found.push(format!("{path} was left by a libchar that was killed"));
            }
            Ok(_) => {}
        }
    }
    if found.is_empty() && !report.has("leftovers") {
        report.add(Status::Pass, "leftovers", "none");
    }
    found.into_iter().for_each(|detail| report.add(Status::Warn, "leftovers", detail));
}

#[cfg(test)]
mod tests {
    use super::super::Report;
    use super::{free, litter, lock};
    use crate::fixture::config;
    use libchar_files::lock::Lock;
    use std::fs;

    #[test]
    fn less_than_is_asked_for_is_a_warning() {
        let config = config("check = { disk_free_gb = 2.0 }");
        let mut report = Report::default();
        for bytes in [Some(1.94e9), Some(2.0e9), None] {
            free("disk", bytes, "check.disk_free_gb", &config, &mut report);
        }
        assert_eq!(
            report.lines(),
            [
                "WARN disk: 1.9 GB free, less than the 2 GB of check.disk_free_gb",
                "PASS disk: 2.0 GB free",
                "WARN disk: the free space cannot be determined"
            ]
        );
    }

    #[test]
    fn a_lock_is_free_unless_somebody_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut report = Report::default();
        lock(folder.path(), &mut report);
        let path = folder.path().join(lock::FILE);
        let held = Lock::acquire(&path, "pid 1: libchar run", false).unwrap();
        lock(folder.path(), &mut report);
        drop(held);
        lock(folder.path(), &mut report);
        let lines = report.lines();
        assert_eq!((lines[0].as_str(), lines[2].as_str()), ("PASS lock: free", "PASS lock: free"));
        assert!(lines[1].starts_with("WARN lock: another libchar works here ("), "{lines:?}");
    }

    #[test]
    fn temporary_files_are_left_by_one_that_was_killed() {
        let folder = tempfile::tempdir().unwrap();
        let mut report = Report::default();
        litter(folder.path(), &mut report);
        fs::create_dir(folder.path().join("TT")).unwrap();
        for name in ["TT/.libchar-1.tmp", "TT/libchar-1.tmp", "TT/.libchar-1"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        litter(folder.path(), &mut report);
        assert_eq!(
            report.lines(),
            [
                "PASS leftovers: none",
                "WARN leftovers: TT/.libchar-1.tmp was left by a libchar that was killed"
            ]
        );
    }
}
