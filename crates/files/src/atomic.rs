//! Files that are complete or absent: written beside their target, synced, renamed.

use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

/// Writes `bytes` to `path` so that a reader, or a crash at any instant, sees the old file or the new one.
///
/// Creates missing parent folders. Keeps the mode of an existing file; a new one gets 0666 less the umask, as any program's.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_with(path, |file| file.write_all(bytes))
}

/// Like [`write()`], with the content produced by `fill`.
pub fn write_with(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let path = &match Target::of(path)? {
        Target::File(path) => path,
        Target::Device(mut device) => {
            let mut buffer = io::BufWriter::new(&mut device);
            fill(&mut buffer)?;
            return buffer.flush();
        }
    };
    let folder = parent(path);
    fs::create_dir_all(folder)?;
    sweep(folder);
    let mut temporary = temporary(folder, path)?;
    let mut buffer = io::BufWriter::new(temporary.as_file_mut());
    fill(&mut buffer)?;
    buffer.flush()?;
    drop(buffer);
    temporary.as_file().sync_all()?;
    temporary.persist(path).map_err(|e| e.error)?;
    File::open(folder)?.sync_all()
}

/// What a path names.
enum Target {
    /// A file to be replaced. If the path is a link, this is its target, and the link stays.
    File(PathBuf),
    /// A device or a pipe, such as `/dev/stdout`, which is written to: replacing it would destroy it.
    Device(File),
}

impl Target {
    fn of(path: &Path) -> io::Result<Target> {
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(found) if !found.is_file() => {
                File::options().write(true).open(path).map(Target::Device)
            }
            Ok(_) if path.is_symlink() => fs::canonicalize(path).map(Target::File),
            _ => Ok(Target::File(path.to_owned())),
        }
    }
}

/// Like [`write()`], but without syncing: for one of many files that an index, written last, commits.
///
/// The hash in the index reveals a file that a power cut tore.
pub fn write_unsynced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = parent(path);
    fs::create_dir_all(folder)?;
    let mut temporary = temporary(folder, path)?;
    temporary.write_all(bytes)?;
    temporary.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// Like [`write_unsynced`], unless the file holds just these bytes. Returns whether the file was written.
pub fn write_unsynced_if_changed(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    match fs::read(path) {
        Ok(old) if old == bytes => Ok(false),
        _ => write_unsynced(path, bytes).map(|()| true),
    }
}

/// Writes `bytes` unless the file holds just them, in which case only its time is refreshed.
/// Returns whether the file was written.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    match fs::read(path) {
        Ok(old) if old == bytes => {
            File::options().append(true).open(path)?.set_modified(std::time::SystemTime::now())?;
            Ok(false)
        }
        _ => write(path, bytes).map(|()| true),
    }
}

/// Flushes the file system that holds `folder`: one call instead of an fsync for each of many files.
pub fn sync_file_system(folder: &Path) -> io::Result<()> {
    nix::unistd::syncfs(File::open(folder)?).map_err(io::Error::from)
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

const PREFIX: &str = ".libchar-";
const SUFFIX: &str = ".tmp";
/// A writer locks its file at once, but a file younger than this may not be locked yet.
const YOUNG: Duration = Duration::from_secs(60);

/// Removes the temporary files that killed writers left in a folder: old ones that no process
/// locks. A process sweeps each folder once.
fn sweep(folder: &Path) {
    static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let is_new = SWEPT.lock().is_ok_and(|mut swept| swept.insert(folder.to_owned()));
    let entries = if is_new { fs::read_dir(folder).ok() } else { None };
    for entry in entries.into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_ours = name.starts_with(PREFIX) && name.ends_with(SUFFIX);
        if is_ours && is_left(&entry).unwrap_or(false) {
            // Another process may be sweeping the same folder, or the folder may not be ours.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a temporary file is old, and no living process holds it.
fn is_left(entry: &fs::DirEntry) -> io::Result<bool> {
    let about = entry.metadata()?;
    let age = about.modified()?.elapsed().unwrap_or_default();
    Ok(about.is_file() && age > YOUNG && File::open(entry.path())?.try_lock().is_ok())
}

fn temporary(folder: &Path, path: &Path) -> io::Result<tempfile::NamedTempFile> {
    // A temporary file is born 0600, and persisting keeps that: give it its final mode at birth.
    let mode = fs::metadata(path).ok().map(|existing| existing.permissions().mode());
    let file = tempfile::Builder::new()
        .prefix(PREFIX)
        .suffix(SUFFIX)
        .permissions(Permissions::from_mode(mode.unwrap_or(0o666)))
        .tempfile_in(folder)?;
    // On a file system without locks, only its age protects the file.
    let _ = file.as_file().try_lock();
    if let Some(mode) = mode {
        file.as_file().set_permissions(Permissions::from_mode(mode))?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::{write, write_if_changed, write_with};
    use std::fs;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    use std::time::Duration;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_no_litter() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sub/results.csv");
        write(&path, b"old").unwrap();
        write_with(&path, |_| Err(std::io::Error::other("disk full"))).unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_killed_writer_left_is_removed_and_what_a_living_one_holds_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let litter = |name: &str, age: u64| {
            let file = fs::File::create(folder.path().join(name)).unwrap();
            file.set_modified(std::time::SystemTime::now() - Duration::from_secs(age)).unwrap();
            file
        };
        drop((
            litter(".libchar-dead.tmp", 90),
            litter(".libchar-young.tmp", 10),
            litter("own.tmp", 90),
        ));
        let held = litter(".libchar-held.tmp", 90);
        held.lock().unwrap();
        write(&folder.path().join("a.csv"), b"x").unwrap();
        let names = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name());
        let mut names: Vec<String> = names.map(|n| n.into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, [".libchar-held.tmp", ".libchar-young.tmp", "a.csv", "own.tmp"]);
    }

    #[test]
    fn links_and_pipes_stay_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
        fs::write(&file, b"old").unwrap();
        std::os::unix::fs::symlink("real.csv", &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        let pipe = folder.path().join("pipe");
        nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).unwrap()
        });
        write(&pipe, b"through").unwrap();
        assert_eq!(reader.join().unwrap(), b"through");
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
        let error = write(folder.path(), b"x").unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::IsADirectory);
    }

    #[test]
    fn the_mode_is_that_of_a_plain_file_and_survives_a_rewrite() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("creport.txt");
        write(&path, b"1").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o600, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(write_if_changed(&path, b"2").unwrap());
        assert!(!write_if_changed(&path, b"2").unwrap());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
