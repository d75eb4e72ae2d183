//! Simulations that outlived the libchar that started them: the processes that still hold the lock
//! of a slot.

use crate::child::GRACE;
use crate::worker::is_slot_lock;
use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::{Pid, getpgid};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The locks of slots that a process holds.
pub fn held(runs: &Path) -> io::Result<Vec<PathBuf>> {
    let mut held = Vec::new();
    let entries = match fs::read_dir(runs) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(held),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        if is_slot_lock(&path) && is_held(&path)? {
            held.push(path);
        }
    }
    held.sort();
    Ok(held)
}

fn is_held(lock: &Path) -> io::Result<bool> {
    match File::open(lock) {
        Ok(file) => Ok(file.try_lock().is_err()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}

/// Ends all processes that hold one of the locks: SIGTERM, and SIGKILL if they take longer than a
/// second.
pub fn end_and_wait(locks: &[PathBuf]) -> io::Result<()> {
    let began = Instant::now();
    let mut signal = Signal::SIGTERM;
    for lock in locks {
        while is_held(lock)? {
            end(locks, signal)?;
            if began.elapsed() > Duration::from_secs(1) {
                signal = Signal::SIGKILL;
            }
            if began.elapsed() > GRACE {
                let message = format!("{} is held by a process that does not end", lock.display());
                return Err(io::Error::other(message));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    Ok(())
}

/// Ends all processes that hold one of the locks, each with its process group.
///
/// They are found by the open lock file itself, because a recorded process id may be out of date.
fn end(locks: &[PathBuf], signal: Signal) -> io::Result<usize> {
    let mut wanted = BTreeSet::new();
    for lock in locks {
        let Ok(meta) = fs::metadata(lock) else { continue };
        wanted.insert((meta.dev(), meta.ino()));
    }
    let own = Pid::this();
    let mut ended = 0;
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let pid = Pid::from_raw(pid);
        // Files of other users' processes cannot be listed; such processes are not ours.
        let Ok(files) = fs::read_dir(entry.path().join("fd")) else { continue };
        let holds = files
            .flatten()
            .filter_map(|file| fs::metadata(file.path()).ok())
            .any(|meta| wanted.contains(&(meta.dev(), meta.ino())));
        if !holds || pid == own {
            continue;
        }
        ended += 1;
        // A process that ended meanwhile needs no signal.
        let _ = match getpgid(Some(pid)) {
            Ok(group) if group != nix::unistd::getpgrp() => killpg(group, signal),
            _ => kill(pid, signal),
        };
    }
    Ok(ended)
}
