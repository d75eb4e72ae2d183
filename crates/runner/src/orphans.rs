//! Simulations that outlived the libchar that started them: whoever still holds the lock of a slot.

use crate::worker::slot_lock;
use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::{Pid, getpgid};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The locks of slots that somebody holds.
pub fn held(runs: &Path) -> io::Result<Vec<PathBuf>> {
    let mut held = Vec::new();
    for slot in 0.. {
        let path = slot_lock(runs, slot);
        match File::open(&path) {
            Ok(file) if file.try_lock().is_err() => held.push(path),
            Ok(_) => {}
            Err(e) if e.kind() == io::ErrorKind::NotFound => break,
            Err(e) => return Err(e),
        }
    }
    Ok(held)
}

/// Ends all who hold one of the locks, each with its process group.
///
/// They are found by the open lock file itself: no number is taken from a record that may be out of date.
pub fn end(locks: &[PathBuf], signal: Signal) -> io::Result<usize> {
    let mut wanted = BTreeSet::new();
    for lock in locks {
        let meta = fs::metadata(lock)?;
        wanted.insert((meta.dev(), meta.ino()));
    }
    let own = Pid::this();
    let mut ended = 0;
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let pid = Pid::from_raw(pid);
        // Files of other users' processes cannot be listed: they are not ours.
        let Ok(files) = fs::read_dir(entry.path().join("fd")) else { continue };
        let holds = files
            .flatten()
            .filter_map(|file| fs::metadata(file.path()).ok())
            .any(|meta| wanted.contains(&(meta.dev(), meta.ino())));
        if !holds || pid == own {
            continue;
        }
        ended += 1;
        // One that ended meanwhile needs no signal.
        let _ = match getpgid(Some(pid)) {
            Ok(group) if group != nix::unistd::getpgrp() => killpg(group, signal),
            _ => kill(pid, signal),
        };
    }
    Ok(ended)
}
