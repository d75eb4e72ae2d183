//! Copies of files: hashed while they are read, and private until they are complete.

use crate::attributes;
use crate::error::ArchiveError;
use nix::fcntl::OFlag;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::time::SystemTime;

/// A finished copy, with its attributes as the file system stores them, which may be coarser than
/// those of the original.
pub struct Copied {
    pub size: u64,
    pub sha256: String,
    pub mode: u32,
    pub modified: SystemTime,
    /// Whether the original had setuid or setgid bits. A copy never has them: it would run as the
    /// user who made it.
    pub dropped: bool,
}

/// Copies a file with its mode and time into an existing folder, to a name that does not exist yet.
///
/// Nobody but the user who makes it can read the copy before it is complete.
///
/// # Errors
/// A file that changes while it is copied.
pub fn copy(from: &Path, to: &Path, follow: bool) -> Result<Copied, ArchiveError> {
    let mut source = open(from, follow).map_err(ArchiveError::io("read", from))?;
    let before = source.metadata().map_err(ArchiveError::io("read", from))?;
    let had = before.permissions().mode();
    let mut target = File::options()
        .write(true)
        .create_new(true)
        .mode(had & 0o600)
        .open(to)
        .map_err(ArchiveError::io("write", to))?;
    let mut hasher = Sha256::new();
    let mut size = 0;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(ArchiveError::io("read", from)(e)),
        };
        hasher.update(&buffer[..n]);
        target.write_all(&buffer[..n]).map_err(ArchiveError::io("write", to))?;
        size += n as u64;
    }
    let after = source.metadata().map_err(ArchiveError::io("read", from))?;
    if size != after.len() || before.modified().ok() != after.modified().ok() {
        return Err(ArchiveError::Changed(from.display().to_string()));
    }
    let finish = || {
        attributes::set(&target, had, before.modified()?)?;
        attributes::of(&target.metadata()?)
    };
    let (mode, modified) = finish().map_err(ArchiveError::io("write", to))?;
    let sha256 = hex(&hasher.finalize());
    Ok(Copied { size, sha256, mode, modified, dropped: had & 0o6000 != 0 })
}

/// Opens a regular file for reading; follows a link only with `follow`, and never waits for a pipe.
pub fn open(path: &Path, follow: bool) -> io::Result<File> {
    let link = if follow { OFlag::empty() } else { OFlag::O_NOFOLLOW };
    let flags = (OFlag::O_NONBLOCK | link).bits();
    let file = File::options().read(true).custom_flags(flags).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    Ok(file)
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{copy, open};
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::time::{Duration, SystemTime};

    #[test]
    fn content_mode_and_time_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&from, "abc").unwrap();
        fs::set_permissions(&from, fs::Permissions::from_mode(0o640)).unwrap();
        let when = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        fs::File::options().append(true).open(&from).unwrap().set_modified(when).unwrap();
        let copied = copy(&from, &to, true).unwrap();
        assert_eq!((copied.size, copied.sha256), (3, libchar_core::hash::sha256(b"abc")));
        let metadata = fs::metadata(&to).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
        assert_eq!(metadata.modified().unwrap(), when);
        assert_eq!((copied.mode, copied.modified, copied.dropped), (0o640, when, false));
        assert!(copy(&from, &to, true).is_err(), "nothing is overwritten");
    }

    #[test]
    fn a_copy_is_never_a_setuid_program() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&from, "abc").unwrap();
        fs::set_permissions(&from, fs::Permissions::from_mode(0o6755)).unwrap();
        let copied = copy(&from, &to, true).unwrap();
        assert_eq!((copied.mode, copied.dropped), (0o755, true));
        assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o7777, 0o755);
    }

    #[test]
    fn links_are_followed_only_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "abc").unwrap();
        symlink("a", folder.path().join("link")).unwrap();
        assert!(open(&folder.path().join("link"), true).is_ok());
        assert!(open(&folder.path().join("link"), false).is_err());
        assert!(open(folder.path(), false).is_err());
    }
}
