//! Restores a set into a new folder.

use crate::attributes;
use crate::copy::{copy, open};
use crate::error::ArchiveError;
use crate::manifest::{Entry, MANIFEST, Manifest};
use crate::sets::is_set_name;
use crate::tree::{self, Folders};
use crate::verify::{Difference, below_link, difference, verify};
use crate::work::{WorkFolder, remove_abandoned};
use libchar_files::atomic;
use rayon::prelude::*;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// How often files are synced to the disk while another program puts them into a folder.
const FLUSH_EVERY: Duration = Duration::from_millis(100);

/// Copies the files of a set into a folder that does not exist yet, and returns the number of
/// files.
///
/// Each copy is compared with the manifest. All of them are counted and hashed in place, and then
/// the folder appears by one rename. First, the remains of an interrupted restore in the same place
/// are removed.
///
/// # Errors
/// A target that exists, or is inside a set; a set that differs from its manifest. Nothing is then
/// restored.
pub fn restore(set: &Path, to: &Path) -> Result<usize, ArchiveError> {
    let manifest = Manifest::read(set)?;
    let incoming = Incoming::new(to, Some(set))?;
    fill(set, &manifest, &incoming.folder())?;
    incoming.settle(&manifest)?;
    Ok(manifest.files.len())
}

/// A folder that is filled, compared with a manifest, and then appears by one rename; if the value
/// is dropped before, the folder is removed.
#[derive(Debug)]
pub struct Incoming {
    work: WorkFolder,
    to: PathBuf,
}

impl Incoming {
    /// Prepares a folder that does not exist yet and is not inside a set.
    ///
    /// # Errors
    /// A target that exists, or is inside a set.
    pub fn new(to: &Path, set: Option<&Path>) -> Result<Incoming, ArchiveError> {
        free(to)?;
        if let Some(around) = set_around(set, to) {
            let (to, around) = (to.display().to_string(), around.display().to_string());
            return Err(ArchiveError::InSet(to, around));
        }
        let parent = parent(to);
        fs::create_dir_all(parent).map_err(ArchiveError::io("create", parent))?;
        remove_abandoned(parent)?;
        Ok(Incoming { work: WorkFolder::create(parent)?, to: to.to_owned() })
    }

    /// The folder into which the files go.
    pub fn folder(&self) -> PathBuf {
        self.work.tree()
    }

    /// Lets `fill` put files there, and meanwhile syncs what is there to the disk, so that less is
    /// left to sync at the end.
    pub fn filled<T>(&self, fill: impl FnOnce() -> T) -> T {
        let folder = self.folder();
        thread::scope(|scope| {
            let (done, ended) = mpsc::channel::<()>();
            scope.spawn(move || {
                while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(FLUSH_EVERY) {
                    // The sync that matters comes when all files are there, and it reports errors.
                    let _ = atomic::sync_file_system(&folder);
                }
            });
            let filled = fill();
            drop(done);
            filled
        })
    }

    /// Accepts a whole set, its manifest included, that another program put there, and returns its
    /// manifest.
    ///
    /// # Errors
    /// What differs from the manifest; the folder then does not appear.
    pub fn take(self) -> Result<Manifest, ArchiveError> {
        let root = self.folder();
        let manifest = Manifest::read(&root)?;
        let path = root.join(MANIFEST);
        fs::remove_file(&path).map_err(ArchiveError::io("remove", &path))?;
        self.settle(&manifest)?;
        Ok(manifest)
    }

    fn settle(self, manifest: &Manifest) -> Result<(), ArchiveError> {
        let root = self.folder();
        let mut folders = stated(manifest);
        tree::open(&root, &mut folders)?;
        // Modes and times are limited by what this file system stores; the content must be exact.
        let sync = || atomic::sync_file_system(&root).map_err(ArchiveError::io("sync", &root));
        let (differences, synced) = rayon::join(|| verify(&root, manifest), sync);
        let mut differences = differences.into_iter();
        let is_lost =
            |d: &Difference| !matches!(d, Difference::Mode { .. } | Difference::Time { .. });
        if let Some((path, found)) = differences.find(|(_, difference)| is_lost(difference)) {
            return Err(ArchiveError::Lost { path, found: found.to_string() });
        }
        synced?;
        let (to, parent) = (&self.to, parent(&self.to));
        free(to)?;
        fs::rename(&root, to).map_err(ArchiveError::io("rename to", to))?;
        File::open(parent)
            .and_then(|folder| folder.sync_all())
            .map_err(ArchiveError::io("sync", parent))
    }
}

fn free(to: &Path) -> Result<(), ArchiveError> {
    match to.symlink_metadata() {
        Ok(_) => Err(ArchiveError::Exists(to.display().to_string())),
        Err(_) => Ok(()),
    }
}

fn parent(to: &Path) -> &Path {
    to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The folders of a manifest, and those on the way to its files.
fn stated(manifest: &Manifest) -> Folders {
    let stated = manifest.folders.iter().flatten();
    let stated = stated.filter_map(|f| Some((f.path.clone(), attributes::parse_mode(&f.mode)?)));
    tree::all(stated, manifest.files.iter().map(|entry| entry.path.as_str()))
}

fn fill(set: &Path, manifest: &Manifest, root: &Path) -> Result<(), ArchiveError> {
    tree::make(root, &stated(manifest))?;
    let restored: Vec<Result<(), ArchiveError>> =
        manifest.files.par_iter().map(|entry| restore_file(set, root, entry)).collect();
    restored.into_iter().collect()
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
    let to = work.join(&entry.path);
    let copied = copy(&from, &to, false)?;
    if copied.size != entry.size || copied.sha256 != entry.sha256 {
        return Err(damaged("it is not the file that the manifest names".to_owned()));
    }
    let mode = entry.mode.as_deref().and_then(attributes::parse_mode);
    let modified = entry.modified.as_deref().and_then(attributes::parse_time);
    if let (Some(mode), Some(modified)) = (mode, modified)
        && (mode, modified) != (copied.mode, copied.modified)
    {
        // The set may have been carried by something that keeps neither mode nor time; the manifest
        // has both.
        let set = || attributes::set(&open(&to, false)?, mode, modified);
        set().map_err(ArchiveError::io("change", &to))?;
    }
    Ok(())
}

/// The set that a target would be inside: the one that is restored, or another.
fn set_around(set: Option<&Path>, to: &Path) -> Option<PathBuf> {
    let here = std::path::absolute(to).ok()?;
    let existing = here.ancestors().skip(1).find_map(|above| fs::canonicalize(above).ok())?;
    let restored = set.and_then(|set| fs::canonicalize(set).ok());
    let is_set = |above: &&Path| {
        let name = above.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        restored.as_deref() == Some(above)
            || (is_set_name(name) && above.join(MANIFEST).symlink_metadata().is_ok())
    };
    existing.ancestors().find(is_set).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::restore;
    use crate::manifest::tests::empty;
    use crate::manifest::{Entry, MANIFEST, Manifest};
    use crate::select::select;
    use crate::verify::{Difference, verify};
    use crate::{ArchiveError, create};
    use std::fs;
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::{Path, PathBuf};
    use tempfile::TempDir;

    /// A domain with two files, and a set of it.
    fn domain() -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("TT/a")).unwrap();
        fs::write(folder.path().join("config.cfg"), "mode=prelay\n").unwrap();
        fs::write(folder.path().join("TT/a/sim_tx.sp"), "* deck\n").unwrap();
        let selection = select(folder.path(), false).unwrap();
        let made = create(folder.path(), "20260102030405", &selection, empty()).unwrap();
        let set = folder.path().join(made.name);
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
        let second = create(folder.path(), "20260102030405", &selection, empty()).unwrap();
        assert_eq!(second.name, "00bkp_20260102030405_1");
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

        // A folder that is a link is refused, even if its content is right.
        let (folder, set) = domain();
        fs::rename(set.join("TT"), folder.path().join("elsewhere")).unwrap();
        symlink(folder.path().join("elsewhere"), set.join("TT")).unwrap();
        let found = differences(&set);
        assert!(found.contains(&("TT/a/sim_tx.sp".to_owned(), Difference::NotAFile)), "{found:?}");
        assert!(restore(&set, &folder.path().join("new")).is_err());

        let mut manifest = Manifest::read(&set).unwrap();
        manifest.files.push(Entry { path: "../../escape".to_owned(), ..manifest.files[0].clone() });
        manifest.seal();
        fs::write(set.join(MANIFEST), manifest.to_bytes()).unwrap();
        let error = restore(&set, &folder.path().join("new")).unwrap_err().to_string();
        assert!(error.contains("the path \"../../escape\" leads out of the set"), "{error}");
    }

    #[test]
    fn modes_times_and_empty_folders_come_back_and_are_compared() {
        let (folder, _) = domain();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        let chmod =
            |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        fs::create_dir(folder.path().join("empty")).unwrap();
        chmod(&folder.path().join("TT"), 0o2750);
        chmod(&folder.path().join("config.cfg"), 0o4600);
        let selection = select(folder.path(), false).unwrap();
        let made = create(folder.path(), "20260203040506", &selection, empty()).unwrap();
        assert_eq!(made.dropped, ["config.cfg"]);
        let set = folder.path().join(made.name);
        assert_eq!(differences(&set), []);
        let to = folder.path().join("new");
        restore(&set, &to).unwrap();
        assert!(to.join("empty").is_dir());
        assert_eq!((mode(&to.join("TT")), mode(&to.join("config.cfg"))), (0o2750, 0o600));

        chmod(&set.join("TT"), 0o777);
        chmod(&set.join("config.cfg"), 0o4600);
        fs::remove_dir(set.join("empty")).unwrap();
        fs::create_dir(set.join("more")).unwrap();
        let file = fs::File::options().append(true).open(set.join("TT/a/sim_tx.sp")).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        let found: Vec<String> =
            differences(&set).into_iter().map(|(path, d)| format!("{path}: {d}")).collect();
        assert_eq!(found[0], "TT: mode 0777 instead of 2750");
        assert!(found[1].starts_with("TT/a/sim_tx.sp: modified at 0.000000000 s instead of "));
        assert_eq!(
            found[2..],
            [
                "config.cfg: mode 4600 instead of 0600",
                "empty: missing",
                "more: not in the manifest"
            ]
        );
        let again = folder.path().join("again");
        restore(&set, &again).unwrap();
        assert_eq!((mode(&again.join("TT")), mode(&again.join("config.cfg"))), (0o2750, 0o600));
    }

    #[test]
    fn nothing_is_restored_into_a_set() {
        let (folder, set) = domain();
        for to in ["sub", "sub/../deep/er"] {
            let error = restore(&set, &set.join(to)).unwrap_err();
            assert!(matches!(error, ArchiveError::InSet(..)), "{error}");
        }
        let other = folder.path().join("copy of a set");
        fs::rename(&set, &other).unwrap();
        assert!(matches!(restore(&other, &other.join("x")), Err(ArchiveError::InSet(..))));
        assert_eq!(differences(&other), []);
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
