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
    // A checkpoint at every close would cost short commands an fsync; the next 1000-page one does it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(None)
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
