//! Retention: which sets are kept.

use crate::error::ArchiveError;
use crate::manifest::Manifest;
use crate::sets::{names, stamp};
use crate::verify::verify;
use crate::work::{WorkFolder, remove_tree};
use std::fs;
use std::path::Path;

/// What a prune did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Sets that were removed, or would be, the oldest first.
    pub removed: Vec<String>,
    /// Sets that stay but do not count as kept, the newest first, each with the reason.
    pub doubtful: Vec<(String, String)>,
}

/// Removes all sets that are older than the newest `keep` sets that verify; at least one is kept.
///
/// Every set to be kept is first read and compared with its manifest. If it differs, or is dated
/// after `now` (`YYYYMMDDHHMMSS`), it stays and does not count. So the last set that verifies is
/// never removed, and a prune that finds fewer than `keep` removes nothing. With `dry_run`, the
/// sets are only listed. The caller holds the domain's lock.
///
/// # Errors
/// A folder that cannot be listed or removed.
pub fn prune(domain: &Path, keep: usize, now: &str, dry_run: bool) -> Result<Pruned, ArchiveError> {
    let mut older = names(domain)?;
    let mut pruned = Pruned::default();
    let mut kept = 0;
    while kept < keep.max(1) {
        let Some(name) = older.pop() else { break };
        match doubt(domain, &name, now) {
            None => kept += 1,
            Some(reason) => pruned.doubtful.push((name, reason)),
        }
    }
    for name in older.iter().filter(|_| !dry_run) {
        let path = domain.join(name);
        // Renamed first, so that a half removed set does not count as a set.
        let work = WorkFolder::create(domain)?;
        fs::rename(&path, work.tree()).map_err(ArchiveError::io("remove", &path))?;
        remove_tree(&work.tree()).map_err(ArchiveError::io("remove", &path))?;
    }
    pruned.removed = older;
    Ok(pruned)
}

/// Why a set does not count as kept.
fn doubt(domain: &Path, name: &str, now: &str) -> Option<String> {
    if stamp(name) > now {
        return Some("it is dated in the future".to_owned());
    }
    let set = domain.join(name);
    match Manifest::read(&set) {
        Err(error) => Some(error.to_string()),
        Ok(manifest) => match verify(&set, &manifest).as_slice() {
            [] => None,
            [(path, difference)] => Some(format!("{path}: {difference}")),
            [(path, difference), more @ ..] => {
                Some(format!("{path}: {difference}, and {} more differences", more.len()))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::prune;
    use crate::manifest::tests::empty;
    use crate::sets::names;
    use crate::{MANIFEST, create, select};
    use std::fs;
    use tempfile::TempDir;

    const NOW: &str = "20260601000000";

    fn domain(stamps: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("config.cfg"), "mode=prelay\n").unwrap();
        for stamp in stamps {
            let selection = select(folder.path(), false).unwrap();
            create(folder.path(), stamp, &selection, empty()).unwrap();
        }
        folder
    }

    #[test]
    fn the_newest_stay_and_ten_comes_after_two() {
        let same = ["20260102030405"; 11];
        let folder = domain(&[&["20250102030405"], same.as_slice()].concat());
        let pruned = prune(folder.path(), 2, NOW, true).unwrap();
        assert_eq!((pruned.removed.len(), pruned.doubtful.len()), (10, 0));
        assert_eq!(names(folder.path()).unwrap().len(), 12);
        assert_eq!(prune(folder.path(), 2, NOW, false).unwrap(), pruned);
        assert_eq!(
            names(folder.path()).unwrap(),
            ["00bkp_20260102030405_9", "00bkp_20260102030405_10"]
        );
        assert_eq!(prune(folder.path(), 0, NOW, false).unwrap().removed.len(), 1, "one stays");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no litter");
    }

    #[test]
    fn the_last_set_that_verifies_stays_whatever_is_newer() {
        let stamps = ["20260101000000", "20260102000000", "20260103000000", "20270101000000"];
        let folder = domain(&stamps);
        fs::write(folder.path().join("00bkp_20260103000000").join(MANIFEST), "{").unwrap();
        fs::write(folder.path().join("00bkp_20260102000000/config.cfg"), "mode=PRELAY\n").unwrap();
        let pruned = prune(folder.path(), 1, NOW, false).unwrap();
        assert_eq!(pruned.removed, [""; 0]);
        let reasons: Vec<&str> =
            pruned.doubtful.iter().map(|(_, reason)| reason.as_str()).collect();
        assert_eq!(reasons[0], "it is dated in the future");
        assert!(reasons[1].contains("EOF"), "{reasons:?}");
        assert_eq!(reasons[2], "config.cfg: other content");
        assert_eq!(names(folder.path()).unwrap().len(), 4);
    }
}
