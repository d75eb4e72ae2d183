//! One libchar at a time in a folder: an advisory lock that names its holder and dies with it.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// The lock file of a domain.
pub const FILE: &str = ".libchar/lock";

/// What this process writes into a lock file that it holds for a command, such as `pid 4711: libchar run`.
pub fn holder(command: &str) -> String {
    format!("pid {}: libchar {command}", std::process::id())
}

/// The process and the command in the text of a lock file; `None` if [`holder`] did not write it.
pub fn parse_holder(text: &str) -> Option<(i32, &str)> {
    let (pid, command) = text.trim().strip_prefix("pid ")?.split_once(": libchar ")?;
    Some((pid.parse().ok()?, command))
}

/// Why a lock was not taken.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process holds it.
    #[error("{0} is in use by another libchar ({1}); wait with --wait")]
    Held(String, String),
    /// The lock file cannot be used.
    #[error("cannot lock {0}: {1}")]
    Io(String, #[source] io::Error),
}

/// A held lock; dropped with the value, and by the kernel when the process ends in whatever way.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock file `path`, writing `holder` (such as `pid 4711: libchar run`) into it.
    /// With `wait`, blocks until the other holder is gone.
    pub fn acquire(path: &Path, holder: &str, wait: bool) -> Result<Lock, LockError> {
        let name = || path.display().to_string();
        let io = |e| LockError::Io(name(), e);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(io)?;
        }
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if wait => file.lock().map_err(io)?,
            Err(TryLockError::WouldBlock) => {
                let mut other = String::new();
                // The holder may be rewriting its name just now. That does no harm: the name is for
                // the message only.
                let _ = file.read_to_string(&mut other);
                return Err(LockError::Held(name(), other.trim().to_owned()));
            }
            Err(TryLockError::Error(e)) => return Err(io(e)),
        }
        file.set_len(0).map_err(io)?;
        file.seek(SeekFrom::Start(0)).map_err(io)?;
        file.write_all(holder.as_bytes()).map_err(io)?;
        Ok(Lock { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::{FILE, Lock, LockError, holder, parse_holder};

    #[test]
    fn a_second_holder_is_told_who_the_first_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let first = Lock::acquire(&path, "pid 1: libchar run", false).unwrap();
        match Lock::acquire(&path, "pid 2", false).unwrap_err() {
            LockError::Held(_, other) => assert_eq!(other, "pid 1: libchar run"),
            LockError::Io(..) => unreachable!("the folder is writable"),
        }
        drop(first);
        Lock::acquire(&path, "pid 2", false).unwrap();
    }

    #[test]
    fn a_holder_is_read_as_it_was_written() {
        let pid = i32::try_from(std::process::id()).unwrap();
        assert_eq!(parse_holder(&holder("spc watch")), Some((pid, "spc watch")));
        assert_eq!(parse_holder("pid 7: libchar run\n"), Some((7, "run")));
        for text in ["", "pid x: libchar run", "7: libchar run", "pid 7"] {
            assert_eq!(parse_holder(text), None, "{text}");
        }
    }
}
