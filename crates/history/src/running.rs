//! Running jobs: each holds a lock, which shows others whether it is alive.

use crate::audit::{self, Kind};
use rusqlite::{Connection, params};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The lock of a running job, removed with the value.
#[derive(Debug)]
pub(crate) struct RunLock {
    path: PathBuf,
    _file: File,
}

impl RunLock {
    /// Takes the lock of a job; `None` if it cannot be taken.
    pub(crate) fn take(database: &Path, job_id: &str) -> Option<RunLock> {
        let path = lock_path(database, job_id);
        fs::create_dir_all(path.parent()?).ok()?;
        let file = File::create(&path).ok()?;
        file.try_lock().ok()?;
        Some(RunLock { path, _file: file })
    }
}

impl Drop for RunLock {
    fn drop(&mut self) {
        // A lock file that stays is not locked, which means the same as no file.
        let _ = fs::remove_file(&self.path);
    }
}

fn lock_path(database: &Path, job_id: &str) -> PathBuf {
    let mut folder = database.as_os_str().to_owned();
    folder.push("-running");
    PathBuf::from(folder).join(job_id)
}

/// Whether a job that is recorded as running is alive. A job that holds no lock, such as all jobs
/// of version 0.1, is recognized only by the process id in its name.
fn lives(database: &Path, job_id: &str, locked: bool) -> bool {
    if locked {
        let path = lock_path(database, job_id);
        return match File::open(&path) {
            Ok(file) => match file.try_lock_shared() {
                Ok(()) => {
                    let _ = fs::remove_file(&path);
                    false
                }
                Err(_) => true,
            },
            Err(e) => e.kind() != std::io::ErrorKind::NotFound,
        };
    }
    let process = job_id.rsplit_once('-').map_or("", |(_, process)| process);
    process.bytes().all(|byte| byte.is_ascii_digit()) && Path::new("/proc").join(process).exists()
}

/// The jobs that are recorded as running but are not alive.
pub(crate) fn lost(c: &Connection, database: &Path) -> rusqlite::Result<Vec<String>> {
    let running: Vec<(String, bool)> = c
        .prepare_cached("SELECT job_id, locked FROM jobs WHERE status = 'running'")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let lost = running.into_iter().filter(|(job, locked)| !lives(database, job, *locked));
    Ok(lost.map(|(job, _)| job).collect())
}

/// Records the jobs whose processes are gone as lost.
pub(crate) fn settle(c: &Connection, database: &Path) -> rusqlite::Result<()> {
    for job in lost(c, database)? {
        c.execute(
            "UPDATE jobs SET status = 'lost', error_message = ?2 WHERE job_id = ?1",
            params![job, "the process ended before it could say how"],
        )?;
        audit::seal(c, Kind::End, &job, None)?;
    }
    Ok(())
}
