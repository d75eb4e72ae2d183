//! Opens a SQLite database in the way in which libchar opens all its state files, and writes to it.

mod journal;
mod reading;

pub(crate) use reading::{ReadOnly, open_to_read, snapshot};

use crate::HistoryError;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// How long a writer waits for another one.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// What identifies a file as a database of libchar.
pub(crate) struct Schema {
    /// `PRAGMA application_id`.
    pub application_id: i64,
    /// A table that version 0.1 made; it wrote no application id.
    pub table: &'static str,
    /// Migrations in order; `user_version` is the number of those that the database has had.
    pub migrations: &'static [Migration],
}

/// One change of a schema.
pub(crate) struct Migration {
    pub sql: &'static str,
    /// The part that SQL alone cannot do.
    pub then: fn(&Connection) -> rusqlite::Result<()>,
}

/// The second part of a migration that consists of SQL only.
pub(crate) fn no_more(_: &Connection) -> rusqlite::Result<()> {
    Ok(())
}

/// Opens and migrates a database; also returns a note if it had to fall back from WAL.
pub(crate) fn open(
    path: &Path,
    schema: &Schema,
) -> Result<(Connection, Option<String>), HistoryError> {
    let name = path.display().to_string();
    let wrap = |reason| HistoryError::Sqlite { path: name.clone(), reason };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .map_err(|e| HistoryError::Folder(folder.display().to_string(), e))?;
    // Nothing is written to a file before it is known to be a database of libchar.
    if let Some(what) = not_sqlite(path) {
        return Err(HistoryError::Foreign { path: name, what });
    }
    if path.metadata().is_ok_and(|about| about.len() > 0) {
        let found = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .and_then(|connection| identify(&connection, schema));
        // A reason that prevents reading, such as a log that must be recovered, may not prevent
        // writing.
        if let Ok(Identity::Foreign(what)) = found {
            return Err(HistoryError::Foreign { path: name, what });
        }
    }
    let (connection, note) = journal::open(path, folder).map_err(wrap)?;
    migrate(&connection, schema, &name)?;
    if note.is_none() {
        journal::shorten_log(&connection, path).map_err(wrap)?;
    }
    Ok((connection, note))
}

/// Returns why a file with content is no database at all: SQLite takes a short file for an empty
/// database, and would overwrite it.
fn not_sqlite(path: &Path) -> Option<String> {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(16).read_to_end(&mut head));
    let is_other = matches!(read, Ok(1..)) && head != *b"SQLite format 3\0";
    is_other.then(|| "it is not a database of SQLite".to_owned())
}

/// Whose database it is.
pub(crate) enum Identity {
    /// A database without tables.
    Empty,
    /// A database of libchar, of this version.
    Ours(i64),
    /// Another program's, and how that shows.
    Foreign(String),
}

pub(crate) fn identify(connection: &Connection, schema: &Schema) -> rusqlite::Result<Identity> {
    let pragma = |name: &str| {
        connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0))
    };
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    let table = |name: Option<&str>| {
        let sql =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = coalesce(?1, name)
                   ORDER BY name LIMIT 1";
        connection.query_row(sql, [name], |row| row.get::<_, String>(0)).optional()
    };
    if application == schema.application_id {
        return Ok(Identity::Ours(version));
    }
    if application != 0 {
        return Ok(Identity::Foreign(format!("its application id is {application}")));
    }
    Ok(match table(None)? {
        None => Identity::Empty,
        Some(_) if version > 0 && table(Some(schema.table))?.is_some() => Identity::Ours(version),
        Some(other) => Identity::Foreign(format!("it has a table `{other}`")),
    })
}

pub(crate) fn migrate(
    connection: &Connection,
    schema: &Schema,
    name: &str,
) -> Result<(), HistoryError> {
    let wrap = |reason| HistoryError::Sqlite { path: name.to_owned(), reason };
    let version =
        |c: &Connection| c.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
    let known = schema.migrations.len() as i64;
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
        for (i, migration) in schema.migrations.iter().enumerate().skip(from) {
            c.execute_batch(migration.sql)?;
            (migration.then)(c)?;
            c.pragma_update(None, "user_version", (i + 1) as i64)?;
        }
        c.pragma_update(None, "application_id", schema.application_id)
    })
    .map_err(wrap)
}

/// Runs `body` in one transaction that takes the write lock at once. A plain `BEGIN` that reads and
/// then writes fails immediately if another writer came in between, whatever the time-out is.
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

/// The message of SQLite, without the statement that it is about.
pub(crate) fn said(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const PLAIN: Schema = Schema {
        application_id: 7,
        table: "t",
        migrations: &[Migration { sql: "CREATE TABLE t (x BLOB)", then: no_more }],
    };

    #[test]
    fn a_database_of_another_program_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cookies.db");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE cookies (x)").unwrap();
        let before = std::fs::read(&path).unwrap();
        let error = open(&path, &PLAIN).unwrap_err().to_string();
        assert!(
            error.contains("cookies.db is not a database of libchar: it has a table `cookies`"),
            "{error}"
        );
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no log beside it");
        let other = folder.path().join("other.db");
        let connection = Connection::open(&other).unwrap();
        connection
            .execute_batch("PRAGMA application_id = 9; CREATE TABLE t (x); PRAGMA user_version = 1")
            .unwrap();
        drop(connection);
        assert!(matches!(open(&other, &PLAIN), Err(HistoryError::Foreign { .. })));
    }
}
