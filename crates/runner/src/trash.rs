//! Removing a folder that others may still write to.
//!
//! It is renamed first: processes that write by its old path find nothing any more, so that the
//! removal comes to an end.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

/// What the names of renamed folders begin with.
const PREFIX: &str = "trash-";

/// How often a removal is tried while a process that opened the folder before still writes to it.
const TRIES: u32 = 20;

/// Removes a folder; a folder that does not exist counts as removed.
///
/// # Errors
/// The errors of the file system, with the folder's name.
pub fn remove(folder: &Path) -> io::Result<()> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let renamed = folder.with_file_name(format!("{PREFIX}{}-{name}", std::process::id()));
    match fs::rename(folder, &renamed) {
        Ok(()) => remove_all(&renamed),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        // An earlier folder of the same name is in the way, or the file system cannot rename.
        Err(_) => remove_all(folder),
    }
}

/// Removes what an interrupted removal left below a folder.
///
/// # Errors
/// The errors of the file system.
pub fn empty(below: &Path) -> io::Result<()> {
    for entry in fs::read_dir(below)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(PREFIX) {
            remove_all(&entry.path())?;
        }
    }
    Ok(())
}

fn remove_all(folder: &Path) -> io::Result<()> {
    for left in (0..TRIES).rev() {
        match fs::remove_dir_all(folder) {
            Err(e) if e.kind() == io::ErrorKind::DirectoryNotEmpty && left > 0 => {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                let message = format!("cannot remove {}: {e}", folder.display());
                return Err(io::Error::new(e.kind(), message));
            }
            _ => return Ok(()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{empty, remove};
    use std::fs;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn a_folder_that_others_write_to_goes() {
        let runs = tempfile::tempdir().unwrap();
        let folder = runs.path().join("submission-a");
        fs::create_dir(&folder).unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let writer = std::thread::spawn({
            let (folder, stop) = (folder.clone(), Arc::clone(&stop));
            move || {
                let mut i = 0;
                while !stop.load(Ordering::Relaxed) {
                    let _ = fs::write(folder.join(format!("over-{i}")), "");
                    i += 1;
                }
            }
        });
        for _ in 0..20 {
            remove(&folder).unwrap();
            let _ = fs::create_dir(&folder);
        }
        remove(&folder).unwrap();
        stop.store(true, Ordering::Relaxed);
        writer.join().unwrap();
        empty(runs.path()).unwrap();
        assert_eq!(fs::read_dir(runs.path()).unwrap().count(), 0);
    }
}
