//! Restoring a set into a new folder.

use crate::copy::copy;
use crate::error::ArchiveError;
use crate::manifest::{Entry, Manifest};
use crate::sets::{WORK_PREFIX, WORK_SUFFIX};
use crate::verify::{below_link, difference};
use libchar_core::atomic;
use std::fs::{self, File};
use std::path::Path;

/// Copies the files of a set into a folder that does not exist yet, and gives the number of files.
///
/// Each copy is held to the manifest; the folder appears when all of them are there.
///
/// # Errors
/// A target that exists; a set that is not what its manifest says; then nothing is restored.
pub fn restore(set: &Path, to: &Path) -> Result<usize, ArchiveError> {
    let manifest = Manifest::read(set)?;
    if to.symlink_metadata().is_ok() {
        return Err(ArchiveError::Exists(to.display().to_string()));
    }
    let parent =
        to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(ArchiveError::io("create", parent))?;
    let work = parent.join(format!("{WORK_PREFIX}restore-{}{WORK_SUFFIX}", std::process::id()));
    fs::create_dir(&work).map_err(ArchiveError::io("create", &work))?;
    let result =
        manifest.files.iter().try_for_each(|entry| restore_file(set, &work, entry)).and_then(
            |()| {
                atomic::sync_file_system(&work).map_err(ArchiveError::io("sync", &work))?;
                if to.symlink_metadata().is_ok() {
                    return Err(ArchiveError::Exists(to.display().to_string()));
                }
                fs::rename(&work, to).map_err(ArchiveError::io("rename to", to))?;
                File::open(parent)
                    .and_then(|folder| folder.sync_all())
                    .map_err(ArchiveError::io("sync", parent))
            },
        );
    if result.is_err() {
        let _ = fs::remove_dir_all(&work);
    }
    result.map(|()| manifest.files.len())
}

fn restore_file(set: &Path, work: &Path, entry: &Entry) -> Result<(), ArchiveError> {
    let damaged = |found: String| ArchiveError::Damaged { path: entry.path.clone(), found };
    let from = set.join(&entry.path);
    if below_link(set, &entry.path)
        || !from.symlink_metadata().is_ok_and(|metadata| metadata.is_file())
    {
        let found =
            difference(set, entry).map_or_else(String::new, |difference| difference.to_string());
        return Err(damaged(found));
    }
    let copied = copy(&from, &work.join(&entry.path), false)?;
    if copied.size != entry.size || copied.sha256 != entry.sha256 {
        return Err(damaged("it is not the file that the manifest names".to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::restore;
    use crate::manifest::{Entry, MANIFEST, Manifest};
    use crate::select::select;
    use crate::verify::{Difference, verify};
    use crate::{ArchiveError, create};
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::{Path, PathBuf};
    use tempfile::TempDir;

    fn empty() -> Manifest {
        Manifest {
            created: "2026-01-02T03:04:05Z".to_owned(),
            libchar: "0.1.0".to_owned(),
            simulators: Vec::new(),
            reproduce: Vec::new(),
            digest: String::new(),
            files: Vec::new(),
        }
    }

    /// A domain with two files, and a set of it.
    fn domain() -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("TT/a")).unwrap();
        fs::write(folder.path().join("config.cfg"), "mode=prelay\n").unwrap();
        fs::write(folder.path().join("TT/a/sim_tx.sp"), "* deck\n").unwrap();
        let selection = select(folder.path(), false).unwrap();
        let (name, _) = create(folder.path(), "20260102030405", &selection, empty()).unwrap();
        let set = folder.path().join(name);
        (folder, set)
    }

    fn differences(set: &Path) -> Vec<(String, Difference)> {
        verify(set, &Manifest::read(set).unwrap())
    }

    #[test]
    fn a_set_is_made_verified_and_restored() {
        let (folder, set) = domain();
        assert!(set.ends_with("00bkp_20260102030405"));
        assert_eq!(differences(&set), []);
        let selection = select(folder.path(), false).unwrap();
        assert_eq!(selection.files.len(), 2, "no set within a set");
        let (second, _) = create(folder.path(), "20260102030405", &selection, empty()).unwrap();
        assert_eq!(second, "00bkp_20260102030405_1");
        let to = folder.path().join("new/place");
        assert_eq!(restore(&set, &to).unwrap(), 2);
        assert_eq!(fs::read(to.join("TT/a/sim_tx.sp")).unwrap(), b"* deck\n");
        assert!(matches!(restore(&set, &to), Err(ArchiveError::Exists(_))));
    }

    #[test]
    fn every_difference_is_named() {
        let (_folder, set) = domain();
        fs::write(set.join("config.cfg"), "mode=PRELAY\n").unwrap();
        fs::remove_file(set.join("TT/a/sim_tx.sp")).unwrap();
        fs::write(set.join("TT/a/more"), "x").unwrap();
        let found: Vec<String> =
            differences(&set).into_iter().map(|(path, d)| format!("{path}: {d}")).collect();
        assert_eq!(
            found,
            [
                "TT/a/more: not in the manifest",
                "TT/a/sim_tx.sp: missing",
                "config.cfg: other content"
            ]
        );
        fs::write(set.join("config.cfg"), "").unwrap();
        assert_eq!(differences(&set)[2].1.to_string(), "0 bytes instead of 12");
    }

    #[test]
    fn a_damaged_set_restores_nothing() {
        let (folder, set) = domain();
        fs::write(set.join("config.cfg"), "mode=PRELAY\n").unwrap();
        let to = folder.path().join("new");
        let error = restore(&set, &to).unwrap_err().to_string();
        assert_eq!(
            error,
            "config.cfg: it is not the file that the manifest names; nothing was restored"
        );
        assert!(!to.exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "no litter");
    }

    #[test]
    fn links_and_paths_that_lead_out_are_refused() {
        let (folder, set) = domain();
        let outside = folder.path().join("secret");
        fs::write(&outside, "mode=prelay\n").unwrap();
        fs::remove_file(set.join("config.cfg")).unwrap();
        symlink(&outside, set.join("config.cfg")).unwrap();
        assert_eq!(differences(&set), [("config.cfg".to_owned(), Difference::NotAFile)]);
        let error = restore(&set, &folder.path().join("new")).unwrap_err().to_string();
        assert_eq!(error, "config.cfg: not a regular file; nothing was restored");

        // A folder that is a link: what it shows is right, and yet it is refused.
        let (folder, set) = domain();
        fs::rename(set.join("TT"), folder.path().join("elsewhere")).unwrap();
        symlink(folder.path().join("elsewhere"), set.join("TT")).unwrap();
        let found = differences(&set);
        assert!(found.contains(&("TT/a/sim_tx.sp".to_owned(), Difference::NotAFile)), "{found:?}");
        assert!(restore(&set, &folder.path().join("new")).is_err());

        let mut manifest = Manifest::read(&set).unwrap();
        manifest.files.push(Entry { path: "../../escape".to_owned(), ..manifest.files[0].clone() });
        manifest.digest = Manifest::digest_of(&manifest.files);
        fs::write(set.join(MANIFEST), manifest.to_bytes()).unwrap();
        let error = restore(&set, &folder.path().join("new")).unwrap_err().to_string();
        assert!(error.contains("the path \"../../escape\" leads out of the set"), "{error}");
    }

    #[test]
    fn a_backup_that_fails_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "x").unwrap();
        let mut selection = select(folder.path(), false).unwrap();
        selection.files.push(("b".to_owned(), folder.path().join("gone")));
        assert!(create(folder.path(), "20260102030405", &selection, empty()).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
