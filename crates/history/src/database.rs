//! Opening a SQLite database the way every libchar state file is opened, and writing to it.

use crate::HistoryError;
use nix::sys::statfs::{FsType, NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, statfs};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::path::Path;
use std::time::Duration;

/// How long a writer waits for another one.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// `CIFS`, `SMB2` and Lustre are missing from nix's list.
const OTHER_NETWORK: [FsType; 3] = [FsType(0xff53_4d42), FsType(0xfe53_4d42), FsType(0x0bd0_0bd0)];

/// Opens and migrates a database; also returns a note if it had to fall back from WAL.
pub(crate) fn open(
    path: &Path,
    migrations: &[&str],
) -> Result<(Connection, Option<String>), HistoryError> {
    let name = path.display().to_string();
    let wrap = |reason| HistoryError::Sqlite { path: name.clone(), reason };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .map_err(|e| HistoryError::Folder(folder.display().to_string(), e))?;
    let connection = Connection::open(path).map_err(wrap)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(wrap)?;
    let note = set_journal(&connection, folder, &name).map_err(wrap)?;
    if note.is_none() {
        shorten_log(&connection, path).map_err(wrap)?;
    }
    migrate(&connection, migrations, &name)?;
    Ok((connection, note))
}

fn set_journal(
    connection: &Connection,
    folder: &Path,
    name: &str,
) -> rusqlite::Result<Option<String>> {
    if is_network(folder) {
        connection.pragma_update(None, "journal_mode", "DELETE")?;
        return Ok(Some(format!(
            "{name} is on a network file system: using a rollback journal instead of WAL, readers wait for writers"
        )));
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    // A checkpoint at every close would cost short commands an fsync.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(None)
}

/// Length of the log from which opening empties it into the database, bytes.
const LONG_LOG: u64 = 1 << 20;

/// Empties a long log. Each process that opens the database first reads the whole log, and cannot know which part was
/// already copied: SQLite's own checkpoint, at 1000 pages, would copy all of it again in every short command and never
/// shorten it. A log that another process holds is left to the next one.
fn shorten_log(connection: &Connection, path: &Path) -> rusqlite::Result<()> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(log).is_ok_and(|log| log.len() > LONG_LOG) {
        connection.busy_timeout(Duration::ZERO)?;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
    }
    Ok(())
}

fn is_network(folder: &Path) -> bool {
    statfs(folder).is_ok_and(|stat| {
        let kind = stat.filesystem_type();
        [NFS_SUPER_MAGIC, SMB_SUPER_MAGIC].contains(&kind) || OTHER_NETWORK.contains(&kind)
    })
}

fn migrate(connection: &Connection, migrations: &[&str], name: &str) -> Result<(), HistoryError> {
    let wrap = |reason| HistoryError::Sqlite { path: name.to_owned(), reason };
    let version =
        |c: &Connection| c.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
    let known = migrations.len() as i64;
    let found = version(connection).map_err(wrap)?;
    if found > known {
        return Err(HistoryError::Newer { path: name.to_owned(), found, known });
    }
    if found == known {
        return Ok(());
    }
    immediate(connection, |c| {
        // Another process may have migrated while this one waited for the lock.
        let from = usize::try_from(version(c)?).unwrap_or(0);
        for (i, migration) in migrations.iter().enumerate().skip(from) {
            c.execute_batch(migration)?;
            c.pragma_update(None, "user_version", (i + 1) as i64)?;
        }
        Ok(())
    })
    .map_err(wrap)
}

/// Runs `body` in one transaction that takes the write lock at once: a plain `BEGIN` that reads and then
/// writes fails immediately when another writer came between, whatever the time-out.
pub(crate) fn immediate<T>(
    connection: &Connection,
    body: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let result = body(connection).and_then(|value| {
        connection.execute_batch("COMMIT")?;
        Ok(value)
    });
    if result.is_err() && !connection.is_autocommit() {
        // The first error is the one to report.
        let _ = connection.execute_batch("ROLLBACK");
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_stays_short_over_many_short_connections() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        for _ in 0..60 {
            let (connection, _) = open(&path, &["CREATE TABLE t (x BLOB)"]).unwrap();
            immediate(&connection, |c| c.execute("INSERT INTO t VALUES (zeroblob(60000))", []))
                .unwrap();
        }
        let log = std::fs::metadata(folder.path().join("history.db-wal")).unwrap().len();
        assert!(log < LONG_LOG + 200_000, "{log} bytes");
        let (connection, _) = open(&path, &["CREATE TABLE t (x BLOB)"]).unwrap();
        let rows: i64 =
            connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 60);
    }

    #[test]
    fn a_long_log_that_somebody_reads_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        let migrations = ["CREATE TABLE t (x BLOB)"];
        let (reader, _) = open(&path, &migrations).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM t").unwrap();
        let (writer, _) = open(&path, &migrations).unwrap();
        immediate(&writer, |c| c.execute("INSERT INTO t VALUES (zeroblob(2000000))", [])).unwrap();
        let began = std::time::Instant::now();
        let (other, _) = open(&path, &migrations).unwrap();
        assert!(began.elapsed() < BUSY_TIMEOUT / 3);
        let rows: i64 = other.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 1);
    }
}
