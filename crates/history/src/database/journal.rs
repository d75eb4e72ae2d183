//! How SQLite protects a database: by a write-ahead log if that works, else by a rollback journal.

use super::BUSY_TIMEOUT;
use nix::errno::Errno;
use nix::fcntl::{FcntlArg, fcntl};
use nix::sys::statfs::{FsType, NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, statfs};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// A log longer than this, in bytes, is emptied into the database when it is opened.
const LONG_LOG: u64 = 1 << 20;

/// Network file systems that nix has no names for: CIFS, SMB2, Lustre, GPFS, BeeGFS, Ceph, AFS.
const SHARED: [FsType; 7] = [
    FsType(0xff53_4d42),
    FsType(0xfe53_4d42),
    FsType(0x0bd0_0bd0),
    FsType(0x4750_4653),
    FsType(0x1983_0326),
    FsType(0x00c3_6400),
    FsType(0x5346_414f),
];

/// Opens a database for writing; also returns a note if it had to do without the log.
///
/// A write-ahead log needs memory that its processes share. Whether such memory exists is tried.
/// That it is not shared between the machines of a network file system cannot be tried, but is
/// known for some file systems.
pub(super) fn open(path: &Path, folder: &Path) -> rusqlite::Result<(Connection, Option<String>)> {
    let name = path.display();
    let why = if is_shared(folder) {
        "is on a network file system".to_owned()
    } else {
        match with_log(path) {
            Ok(connection) => return Ok((connection, None)),
            Err(error) if !is_for_want_of_a_log(&error) => return Err(error),
            Err(error) => {
                format!("cannot have a write-ahead log here ({})", super::said(&error))
            }
        }
    };
    let note =
        format!("{name} {why}: using a rollback journal instead of WAL, readers wait for writers");
    if has_locks(folder) {
        return with_journal(path, None).map(|connection| (connection, Some(note)));
    }
    let note = format!("{note}; this file system has no locks, so lock files are used");
    with_journal(path, Some("unix-dotfile")).map(|connection| (connection, Some(note)))
}

fn with_log(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    // If locks do not work, waiting for one does not help.
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let patience = if has_locks(folder) { BUSY_TIMEOUT } else { Duration::ZERO };
    connection.busy_timeout(patience)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CANTOPEN),
            Some(format!("journal mode {mode}")),
        ));
    }
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    // Only a writer has to write to the shared memory: this maps it, and writes nothing to the
    // file.
    connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK")?;
    // A checkpoint at every close would cost short commands an fsync.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(connection)
}

fn with_journal(path: &Path, vfs: Option<&str>) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::default();
    let connection = match vfs {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs)?,
        None => Connection::open_with_flags(path, flags)?,
    };
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // With exclusive access to the file, SQLite needs no shared memory to empty an existing log.
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    connection.pragma_update(None, "locking_mode", "NORMAL")?;
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    Ok(connection)
}

/// Whether the error may come from a log that cannot be used, and not from the database.
fn is_for_want_of_a_log(error: &rusqlite::Error) -> bool {
    use ErrorCode::{
        CannotOpen, DatabaseBusy, FileLockingProtocolFailed, ReadOnly, SystemIoFailure,
    };
    let codes = [CannotOpen, DatabaseBusy, FileLockingProtocolFailed, ReadOnly, SystemIoFailure];
    error.sqlite_error_code().is_some_and(|code| codes.contains(&code))
}

/// Whether the file system of a folder has POSIX locks, which SQLite uses: tried on a file without
/// a name.
fn has_locks(folder: &Path) -> bool {
    let Ok(file) = tempfile::tempfile_in(folder) else { return true };
    let mut lock = nix::libc::flock {
        l_type: nix::libc::F_WRLCK as i16,
        l_whence: nix::libc::SEEK_SET as i16,
        l_start: 0,
        l_len: 1,
        l_pid: 0,
    };
    let asked = fcntl(&file, FcntlArg::F_GETLK(&mut lock));
    !matches!(asked, Err(Errno::ENOLCK | Errno::ENOSYS | Errno::EOPNOTSUPP))
}

fn is_shared(folder: &Path) -> bool {
    statfs(folder).is_ok_and(|stat| {
        let kind = stat.filesystem_type();
        [NFS_SUPER_MAGIC, SMB_SUPER_MAGIC].contains(&kind) || SHARED.contains(&kind)
    })
}

/// Empties a long log. Each process that opens the database first reads the whole log, and cannot
/// know which part was copied already: SQLite's own checkpoint, at 1000 pages, would copy all of it
/// again in every short command and never shorten it. If another process is using the log, it is
/// left to the next process.
pub(super) fn shorten_log(connection: &Connection, path: &Path) -> rusqlite::Result<()> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(log).is_ok_and(|log| log.len() > LONG_LOG) {
        connection.busy_timeout(Duration::ZERO)?;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::PLAIN;
    use super::super::{immediate, open};
    use super::{BUSY_TIMEOUT, LONG_LOG};

    #[test]
    fn the_log_stays_short_over_many_short_connections() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        for _ in 0..60 {
            let (connection, _) = open(&path, &PLAIN).unwrap();
            immediate(&connection, |c| c.execute("INSERT INTO t VALUES (zeroblob(60000))", []))
                .unwrap();
        }
        let log = std::fs::metadata(folder.path().join("history.db-wal")).unwrap().len();
        assert!(log < LONG_LOG + 200_000, "{log} bytes");
        let (connection, _) = open(&path, &PLAIN).unwrap();
        let rows: i64 =
            connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 60);
    }

    #[test]
    fn a_long_log_that_somebody_reads_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        let (reader, _) = open(&path, &PLAIN).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM t").unwrap();
        let (writer, _) = open(&path, &PLAIN).unwrap();
        immediate(&writer, |c| c.execute("INSERT INTO t VALUES (zeroblob(2000000))", [])).unwrap();
        let began = std::time::Instant::now();
        let (other, _) = open(&path, &PLAIN).unwrap();
        assert!(began.elapsed() < BUSY_TIMEOUT / 3);
        let rows: i64 = other.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 1);
    }

    #[test]
    fn where_no_log_can_be_a_rollback_journal_serves() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        // The memory that SQLite shares between processes cannot be made here.
        std::fs::create_dir(folder.path().join("history.db-shm")).unwrap();
        for rows in 1..3 {
            let (connection, note) = open(&path, &PLAIN).unwrap();
            assert!(note.unwrap().contains("using a rollback journal instead of WAL"));
            immediate(&connection, |c| c.execute("INSERT INTO t VALUES (1)", [])).unwrap();
            let count: i64 =
                connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
            assert_eq!(count, rows);
        }
    }
}
