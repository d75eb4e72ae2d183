//! This machine: what of it is in use, what can still be had, and whose processes these are.

use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::sys::statvfs::statvfs;
use nix::unistd::{AccessFlags, Pid, User, access, geteuid};
use std::fs;
use std::io;
use std::path::Path;

/// Processes that wait for or have a CPU, a minute's average, over the number of CPUs; `None` where the system does not tell.
pub fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    let waiting: f64 = text.split_whitespace().next()?.parse().ok()?;
    let cpus = std::thread::available_parallelism().ok()?.get();
    Some(waiting / cpus as f64)
}

/// Memory in use over all memory; `None` where the system does not tell.
pub fn memory_used() -> Option<f64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    Some(1.0 - kibibytes(&text, "MemAvailable:")? / kibibytes(&text, "MemTotal:")?)
}

/// Bytes of memory that can still be had; `None` where the system does not tell.
pub fn memory_free() -> Option<f64> {
    Some(kibibytes(&fs::read_to_string("/proc/meminfo").ok()?, "MemAvailable:")? * 1024.0)
}

/// The value of a line of `/proc/meminfo`.
fn kibibytes(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// What is in use of a folder's file system, over that and what the user can still have: the share that `df` prints.
pub fn disk_used(folder: &Path) -> Option<f64> {
    let space = statvfs(folder).ok()?;
    let used = space.blocks().saturating_sub(space.blocks_free()) as f64;
    let all = used + space.blocks_available() as f64;
    (all > 0.0).then(|| used / all)
}

/// Bytes of a folder's file system that can still be had.
pub fn disk_free(folder: &Path) -> Option<f64> {
    let space = statvfs(folder).ok()?;
    Some(space.blocks_available() as f64 * space.fragment_size() as f64)
}

/// Whether files can be made in a folder; a read-only disk says no to root too.
///
/// # Errors
/// Why not.
pub fn may_write(folder: &Path) -> io::Result<()> {
    Ok(access(folder, AccessFlags::W_OK | AccessFlags::X_OK)?)
}

/// Whether a process with this number lives and, where the system tells names, has this one: numbers are used again.
pub fn is_alive(pid: i32, name: &str) -> bool {
    let lives = kill(Pid::from_raw(pid), None) != Err(Errno::ESRCH);
    let comm = fs::read_to_string(format!("/proc/{pid}/comm"));
    lives && comm.map_or(true, |comm| comm.trim() == name)
}

/// The name of the user that this process acts as, else its number.
pub fn user() -> String {
    let uid = geteuid();
    match User::from_uid(uid) {
        Ok(Some(user)) => user.name,
        _ => uid.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        disk_free, disk_used, is_alive, kibibytes, load, may_write, memory_free, memory_used,
    };
    use std::path::Path;

    #[test]
    fn what_is_in_use_is_a_share_and_memory_is_read_by_its_lines() {
        for used in [memory_used(), disk_used(Path::new("."))] {
            assert!(used.is_some_and(|used| (0.0..=1.0).contains(&used)), "{used:?}");
        }
        assert!(load().is_some_and(|load| load >= 0.0));
        assert!(memory_free().is_some_and(|bytes| bytes > 1e6), "bytes, not kibibytes");
        assert!(disk_free(Path::new(".")).is_some_and(|bytes| bytes > 0.0));
        let text = "MemTotal:       8000 kB\nMemAvailable:    2000 kB\n";
        assert_eq!(kibibytes(text, "MemAvailable:"), Some(2000.0));
        assert_eq!(kibibytes(text, "MemFree:"), None);
    }

    #[test]
    fn a_process_is_known_by_number_and_name() {
        let own = i32::try_from(std::process::id()).unwrap();
        let comm = std::fs::read_to_string("/proc/self/comm").unwrap();
        assert!(is_alive(own, comm.trim()) && !is_alive(own, "other"));
        assert!(!is_alive(999_999_999, comm.trim()), "beyond the largest number of a process");
    }

    #[test]
    fn a_folder_that_is_not_there_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        assert!(may_write(folder.path()).is_ok());
        let missing = folder.path().join("none");
        assert!(may_write(&missing).is_err() && disk_used(&missing).is_none());
    }
}
