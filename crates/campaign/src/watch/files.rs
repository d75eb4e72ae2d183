//! Watches files that others write: which lines were added, and whether anything changed.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::time::SystemTime;

/// A file that is read again when its time or size has changed.
pub struct Stamp {
    path: PathBuf,
    last: Option<(SystemTime, u64)>,
}

impl Stamp {
    /// A file that counts as changed when it is asked for first, if it exists.
    pub fn new(path: PathBuf) -> Stamp {
        Stamp { path, last: None }
    }

    /// Whether the file has changed since the last call.
    pub fn changed(&mut self) -> bool {
        let data = fs::metadata(&self.path);
        let now = data.and_then(|data| Ok((data.modified()?, data.len()))).ok();
        let changed = now != self.last;
        self.last = now;
        changed
    }
}

/// A file of lines that only grows.
pub struct Grown {
    path: PathBuf,
    offset: u64,
}

impl Grown {
    /// A file of which nothing was read.
    pub fn new(path: PathBuf) -> Grown {
        Grown { path, offset: 0 }
    }

    /// The complete lines that were added. If the file is shorter than before, it was replaced, and
    /// is read from its beginning.
    pub fn lines(&mut self) -> Vec<String> {
        let Ok(length) = fs::metadata(&self.path).map(|data| data.len()) else { return Vec::new() };
        if length == self.offset {
            return Vec::new();
        }
        if length < self.offset {
            self.offset = 0;
        }
        let mut bytes = Vec::new();
        let read = File::open(&self.path).and_then(|mut file| {
            file.seek(SeekFrom::Start(self.offset))?;
            file.read_to_end(&mut bytes)
        });
        let Some(end) = bytes.iter().rposition(|b| *b == b'\n').filter(|_| read.is_ok()) else {
            return Vec::new();
        };
        self.offset += end as u64 + 1;
        String::from_utf8_lossy(&bytes[..end]).lines().map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Grown, Stamp};
    use std::io::Write;

    #[test]
    fn only_what_was_added_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let (mut grown, mut stamp) = (Grown::new(path.clone()), Stamp::new(path.clone()));
        assert!(grown.lines().is_empty() && !stamp.changed());
        std::fs::write(&path, "one\ntwo\nthr").unwrap();
        assert_eq!(grown.lines(), ["one", "two"]);
        assert!(stamp.changed() && !stamp.changed());
        let mut file = std::fs::File::options().append(true).open(&path).unwrap();
        file.write_all(b"ee\n").unwrap();
        assert_eq!(grown.lines(), ["three"]);
        assert!(grown.lines().is_empty());
        std::fs::write(&path, "new\n").unwrap();
        assert_eq!(grown.lines(), ["new"]);
    }
}
