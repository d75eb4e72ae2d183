//! Making a set: beside its place, synced, then renamed.

use crate::copy::copy;
use crate::error::ArchiveError;
use crate::manifest::{Entry, MANIFEST, Manifest};
use crate::select::Selection;
use crate::sets::{PREFIX, WORK_PREFIX, WORK_SUFFIX};
use libchar_core::atomic;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Most sets that one second can have.
const MOST_A_SECOND: u32 = 1000;

/// Makes a set of the selected files and gives its name.
///
/// `stamp` is `YYYYMMDDHHMMSS`; a second set of the same second gets `_1`. `manifest` tells all but files and
/// digest. The caller holds the domain's lock.
///
/// # Errors
/// Whatever hinders it; then no set is there, and no half of one.
pub fn create(
    domain: &Path,
    stamp: &str,
    selection: &Selection,
    manifest: Manifest,
) -> Result<(String, Manifest), ArchiveError> {
    let work = domain.join(format!("{WORK_PREFIX}{stamp}-{}{WORK_SUFFIX}", std::process::id()));
    fs::create_dir(&work).map_err(ArchiveError::io("create", &work))?;
    let result = fill(&work, selection, manifest)
        .and_then(|manifest| Ok((publish(domain, stamp, &work)?, manifest)));
    if result.is_err() {
        // The cause of the failure counts; a folder that cannot be removed is found by the next backup.
        let _ = fs::remove_dir_all(&work);
    }
    result
}

fn fill(
    work: &Path,
    selection: &Selection,
    mut manifest: Manifest,
) -> Result<Manifest, ArchiveError> {
    for (name, from) in &selection.files {
        let copied = copy(from, &work.join(name), true)?;
        manifest.files.push(Entry { path: name.clone(), size: copied.size, sha256: copied.sha256 });
    }
    manifest.digest = Manifest::digest_of(&manifest.files);
    let path = work.join(MANIFEST);
    fs::write(&path, manifest.to_bytes()).map_err(ArchiveError::io("write", &path))?;
    atomic::sync_file_system(work).map_err(ArchiveError::io("sync", work))?;
    Ok(manifest)
}

/// Renames the folder to the first name of its second that is free.
fn publish(domain: &Path, stamp: &str, work: &Path) -> Result<String, ArchiveError> {
    let mut last = PathBuf::new();
    for number in 0..MOST_A_SECOND {
        let suffix = if number == 0 { String::new() } else { format!("_{number}") };
        let name = format!("{PREFIX}{stamp}{suffix}");
        last = domain.join(&name);
        if last.symlink_metadata().is_ok() {
            continue;
        }
        fs::rename(work, &last).map_err(ArchiveError::io("rename to", &last))?;
        File::open(domain)
            .and_then(|folder| folder.sync_all())
            .map_err(ArchiveError::io("sync", domain))?;
        return Ok(name);
    }
    Err(ArchiveError::io("create", &last)(io::ErrorKind::AlreadyExists.into()))
}
