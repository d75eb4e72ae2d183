//! The sets of a domain.

use crate::error::ArchiveError;
use crate::manifest::Manifest;
use std::fs;
use std::path::Path;

/// Start of a set's name.
pub const PREFIX: &str = "00bkp_";

/// Start and end of the name of a folder in which a set is made or removed.
pub const WORK_PREFIX: &str = ".libchar-bkp-";
pub const WORK_SUFFIX: &str = ".tmp";

/// A set of a domain.
#[derive(Debug)]
pub struct Listed {
    /// Its folder.
    pub name: String,
    /// Its manifest, or why there is none to read.
    pub manifest: Result<Manifest, ArchiveError>,
}

/// Whether a name is that of a set: `00bkp_`, 14 digits, and maybe `_` and a number.
pub fn is_set_name(name: &str) -> bool {
    let Some(stamp) = name.strip_prefix(PREFIX) else { return false };
    let (stamp, number) = stamp.split_once('_').unwrap_or((stamp, "1"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    stamp.len() == 14 && digits(stamp) && digits(number)
}

/// Time and number of a set, for the order.
fn order(name: &str) -> (String, u32) {
    let stamp = name.strip_prefix(PREFIX).unwrap_or(name);
    let (stamp, number) = stamp.split_once('_').unwrap_or((stamp, "0"));
    (stamp.to_owned(), number.parse().unwrap_or(u32::MAX))
}

/// The sets of a domain, the oldest first.
pub fn sets(domain: &Path) -> Result<Vec<Listed>, ArchiveError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(domain).map_err(ArchiveError::io("read", domain))? {
        let entry = entry.map_err(ArchiveError::io("read", domain))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_set_name(&name) && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            names.push(name);
        }
    }
    names.sort_by_key(|name| order(name));
    let list = |name: String| {
        let manifest = Manifest::read(&domain.join(&name));
        Listed { name, manifest }
    };
    Ok(names.into_iter().map(list).collect())
}

/// Removes all sets but the newest `keep`, which is at least one; gives the removed ones, the oldest first.
/// With `dry_run` only names them. The caller holds the domain's lock.
pub fn prune(domain: &Path, keep: usize, dry_run: bool) -> Result<Vec<String>, ArchiveError> {
    let sets = sets(domain)?;
    let surplus = sets.len().saturating_sub(keep.max(1));
    let old: Vec<String> = sets.into_iter().take(surplus).map(|set| set.name).collect();
    for name in old.iter().filter(|_| !dry_run) {
        let path = domain.join(name);
        // Renamed first: a set that is half removed is no set.
        let work = domain.join(format!("{WORK_PREFIX}{name}{WORK_SUFFIX}"));
        fs::rename(&path, &work).map_err(ArchiveError::io("remove", &path))?;
        fs::remove_dir_all(&work).map_err(ArchiveError::io("remove", &work))?;
    }
    Ok(old)
}

/// Removes what a backup that was killed left. The caller holds the domain's lock.
pub fn remove_leftovers(domain: &Path) -> Result<Vec<String>, ArchiveError> {
    let mut removed = Vec::new();
    for entry in fs::read_dir(domain).map_err(ArchiveError::io("read", domain))? {
        let entry = entry.map_err(ArchiveError::io("read", domain))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(WORK_PREFIX) && name.ends_with(WORK_SUFFIX) {
            let path = entry.path();
            fs::remove_dir_all(&path).map_err(ArchiveError::io("remove", &path))?;
            removed.push(name);
        }
    }
    removed.sort();
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::{is_set_name, prune, remove_leftovers, sets};
    use std::fs;

    #[test]
    fn names_of_sets() {
        assert!(is_set_name("00bkp_20260102030405") && is_set_name("00bkp_20260102030405_12"));
        for name in [
            "00bkp_",
            "00bkp_2026",
            "00bkp_20260102030405_",
            "00bkp_20260102030405x",
            "bkp_20260102030405",
        ] {
            assert!(!is_set_name(name), "{name}");
        }
    }

    #[test]
    fn the_newest_stay_and_ten_comes_after_two() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "00bkp_20260102030405_10",
            "00bkp_20260102030405_2",
            "00bkp_20260102030405",
            "00bkp_20250102030405",
            ".libchar-bkp-x.tmp",
        ] {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::write(folder.path().join(name).join("f"), "x").unwrap();
        }
        let names = |path| sets(path).unwrap().into_iter().map(|set| set.name).collect::<Vec<_>>();
        let old = ["00bkp_20250102030405", "00bkp_20260102030405"];
        assert_eq!(prune(folder.path(), 2, true).unwrap(), old);
        assert_eq!(names(folder.path()).len(), 4);
        assert_eq!(prune(folder.path(), 2, false).unwrap(), old);
        assert_eq!(names(folder.path()), ["00bkp_20260102030405_2", "00bkp_20260102030405_10"]);
        assert_eq!(prune(folder.path(), 0, false).unwrap().len(), 1, "one set always stays");
        assert_eq!(remove_leftovers(folder.path()).unwrap(), [".libchar-bkp-x.tmp"]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
