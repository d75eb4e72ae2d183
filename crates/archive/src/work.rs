//! Folders in which a set or a restored domain is built: the process that made one holds its lock
//! until the folder is gone.
//!
//! A name, a process id or an age cannot distinguish an abandoned folder from one in use. A lock
//! can: the kernel releases it when its process ends, for whatever reason.

use crate::error::ArchiveError;
use std::fs::{self, DirBuilder, File, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Start and end of the name of a work folder.
const PREFIX: &str = ".libchar-work-";
const SUFFIX: &str = ".tmp";
/// Start of the names of the work folders of `bkp` and of `bkp restore` in version 0.1; these have
/// no lock.
const OLD_PREFIX: &str = ".libchar-bkp-";
const OLD_RESTORE: &str = ".libchar-bkp-restore-";
/// The lock in a work folder, and the folder that is renamed out of it when it is complete.
const LOCK: &str = "lock";
const TREE: &str = "tree";
/// If another process took a name, another name is tried, up to this many.
const MOST_NAMES: usize = 100;

/// A work folder, private to its maker; it is removed when the value is dropped.
#[derive(Debug)]
pub(crate) struct WorkFolder {
    path: PathBuf,
    _lock: File,
}

impl WorkFolder {
    /// Makes a work folder in `parent`, and takes its lock.
    pub(crate) fn create(parent: &Path) -> Result<WorkFolder, ArchiveError> {
        let process = std::process::id();
        for number in 0..MOST_NAMES {
            let path = parent.join(format!("{PREFIX}{process}-{number}{SUFFIX}"));
            match DirBuilder::new().mode(0o700).create(&path) {
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => continue,
                made => made.map_err(ArchiveError::io("create", &path))?,
            }
            let lock = File::options().write(true).create_new(true).open(path.join(LOCK));
            // Another process may have removed the folder as abandoned before the lock was taken;
            // then another name is tried.
            if let Ok(lock) = lock
                && holds(&lock, &path)
            {
                return Ok(WorkFolder { path, _lock: lock });
            }
        }
        Err(ArchiveError::io("create a folder in", parent)(io::ErrorKind::AlreadyExists.into()))
    }

    /// The folder in which the files are built; the maker creates it.
    pub(crate) fn tree(&self) -> PathBuf {
        self.path.join(TREE)
    }
}

impl Drop for WorkFolder {
    fn drop(&mut self) {
        // What remains is no longer locked, and the next libchar here removes it.
        let _ = remove_tree(&self.path);
    }
}

/// Whether the lock was taken, and is still the lock file in the folder.
fn holds(lock: &File, folder: &Path) -> bool {
    let identity = |about: fs::Metadata| (about.dev(), about.ino());
    let same = |lock: &File| {
        let there = folder.join(LOCK).symlink_metadata().map(identity);
        lock.metadata()
            .map(identity)
            .ok()
            .zip(there.ok())
            .is_some_and(|(ours, theirs)| ours == theirs)
    };
    match lock.try_lock() {
        Ok(()) => same(lock),
        // On a file system without locks, no other process can take the folder away by a lock
        // either.
        Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => same(lock),
        Err(_) => false,
    }
}

/// Removes the work folders in `parent` that no process locks, and returns their names, in order.
///
/// # Errors
/// A folder that cannot be listed or removed, unless it is another user's.
pub fn remove_abandoned(parent: &Path) -> Result<Vec<String>, ArchiveError> {
    remove_where(parent, |name, path| {
        name.starts_with(PREFIX) && name.ends_with(SUFFIX) && take(path)
    })
}

/// Removes what interrupted backups left in a domain, those of version 0.1 included. The caller
/// holds the domain's lock, without which no backup of version 0.1 runs; its restores did not take
/// that lock, so their folders stay.
///
/// # Errors
/// As [`remove_abandoned`].
pub fn remove_leftovers(domain: &Path) -> Result<Vec<String>, ArchiveError> {
    let mut removed = remove_abandoned(domain)?;
    removed.extend(remove_where(domain, |name, _| {
        name.starts_with(OLD_PREFIX) && name.ends_with(SUFFIX) && !name.starts_with(OLD_RESTORE)
    })?);
    removed.sort();
    Ok(removed)
}

fn remove_where(
    parent: &Path,
    is_ours: impl Fn(&str, &Path) -> bool,
) -> Result<Vec<String>, ArchiveError> {
    let mut removed = Vec::new();
    for entry in fs::read_dir(parent).map_err(ArchiveError::io("read", parent))? {
        let entry = entry.map_err(ArchiveError::io("read", parent))?;
        let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
        if !entry.file_type().is_ok_and(|kind| kind.is_dir()) || !is_ours(&name, &path) {
            continue;
        }
        match remove_tree(&path) {
            Ok(()) => removed.push(name),
            // Another process may be removing the same folder, which is no fault.
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(ArchiveError::io("remove", &path)(e)),
        }
    }
    removed.sort();
    Ok(removed)
}

/// Whether no process locks a work folder. If so, this process holds its lock until the program
/// ends or the lock file is gone.
fn take(folder: &Path) -> bool {
    let lock = File::options().write(true).create(true).truncate(false).open(folder.join(LOCK));
    let Ok(lock) = lock else { return false };
    let taken = lock.try_lock().is_ok();
    // The removal deletes the locked file; only then may the lock be released with its descriptor.
    taken && fs::remove_file(folder.join(LOCK)).is_ok()
}

/// Removes a folder with its content, even if the mode of a folder forbids writing.
pub(crate) fn remove_tree(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => {
            open_up(path)?;
            fs::remove_dir_all(path)
        }
        result => result,
    }
}

fn open_up(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            open_up(&entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{WorkFolder, remove_abandoned, remove_leftovers};
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_folder_in_use_stays_and_an_abandoned_one_goes() {
        let parent = tempfile::tempdir().unwrap();
        let held = WorkFolder::create(parent.path()).unwrap();
        fs::create_dir(held.tree()).unwrap();
        assert_eq!(fs::metadata(&held.path).unwrap().permissions().mode() & 0o777, 0o700);
        let left = parent.path().join(".libchar-work-abcdef.tmp");
        for name in ["", "tree", "tree/closed"] {
            fs::create_dir(left.join(name)).unwrap();
        }
        fs::write(left.join("tree/closed/f"), "x").unwrap();
        fs::set_permissions(left.join("tree/closed"), fs::Permissions::from_mode(0o500)).unwrap();
        assert_eq!(remove_abandoned(parent.path()).unwrap(), [".libchar-work-abcdef.tmp"]);
        assert!(held.tree().exists());
        drop(held);
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
    }

    #[test]
    fn folders_of_0_1_go_with_the_domains_lock_but_not_those_of_its_restores() {
        let parent = tempfile::tempdir().unwrap();
        for name in [".libchar-bkp-20260102030405-7.tmp", ".libchar-bkp-restore-1.tmp", "other.tmp"]
        {
            fs::create_dir(parent.path().join(name)).unwrap();
        }
        assert_eq!(remove_abandoned(parent.path()).unwrap(), [""; 0]);
        assert_eq!(remove_leftovers(parent.path()).unwrap(), [".libchar-bkp-20260102030405-7.tmp"]);
    }
}
