//! Opens a database for reading: anyone who may read its file can, and nothing is changed.

use super::{BUSY_TIMEOUT, Identity, Schema, identify, migrate, not_sqlite};
use crate::HistoryError;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use tempfile::TempDir;

/// A database that is only read.
pub(crate) struct ReadOnly {
    pub connection: Connection,
    /// The folder of a copy, which is read if the file itself cannot be, or is of an earlier
    /// version.
    pub copy: Option<TempDir>,
}

/// Opens a database for reading. If it is of an earlier version, or its log cannot be read in
/// place, a private copy is read.
pub(crate) fn open_to_read(path: &Path, schema: &Schema) -> Result<ReadOnly, HistoryError> {
    let name = path.display().to_string();
    let wrap = |reason| HistoryError::Sqlite { path: name.clone(), reason };
    if let Some(what) = not_sqlite(path) {
        return Err(HistoryError::Foreign { path: name, what });
    }
    // A log without its shared memory must be recovered, which needs the right to write; without
    // it, a copy is read.
    let direct = in_place(path, schema);
    let (connection, identity) = match direct {
        Ok(found) => found,
        Err(_) => return of_copy(path, schema),
    };
    match identity {
        Identity::Foreign(what) => Err(HistoryError::Foreign { path: name, what }),
        Identity::Empty => {
            Err(HistoryError::Foreign { path: name, what: "it is empty".to_owned() })
        }
        Identity::Ours(version) if version == schema.migrations.len() as i64 => {
            Ok(ReadOnly { connection, copy: None })
        }
        Identity::Ours(version) if version > schema.migrations.len() as i64 => {
            let known = schema.migrations.len() as i64;
            Err(HistoryError::Newer { path: name, found: version, known })
        }
        Identity::Ours(_) => {
            let folder = tempfile::tempdir()
                .map_err(|e| HistoryError::Folder(std::env::temp_dir().display().to_string(), e))?;
            let copy = folder.path().join("copy.db");
            snapshot(&connection, &copy).map_err(wrap)?;
            let connection = Connection::open(&copy).map_err(wrap)?;
            migrate(&connection, schema, &name)?;
            Ok(ReadOnly { connection, copy: Some(folder) })
        }
    }
}

fn in_place(path: &Path, schema: &Schema) -> rusqlite::Result<(Connection, Identity)> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    let identity = identify(&connection, schema)?;
    Ok((connection, identity))
}

/// Reads a copy of the database and of its log. No process can be writing them: a writer would have
/// made the shared memory.
fn of_copy(path: &Path, schema: &Schema) -> Result<ReadOnly, HistoryError> {
    let name = path.display().to_string();
    let wrap = |reason| HistoryError::Sqlite { path: name.clone(), reason };
    let io = |e| HistoryError::Folder(name.clone(), e);
    let folder = tempfile::tempdir().map_err(io)?;
    let copy = folder.path().join("copy.db");
    std::fs::copy(path, &copy).map_err(io)?;
    let log = |path: &Path| {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        log
    };
    match std::fs::copy(log(path), log(&copy)) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(io(e)),
        _ => {}
    }
    let connection = Connection::open(&copy).map_err(wrap)?;
    match identify(&connection, schema).map_err(wrap)? {
        Identity::Ours(_) => {}
        Identity::Empty => {
            return Err(HistoryError::Foreign { path: name, what: "it is empty".to_owned() });
        }
        Identity::Foreign(what) => return Err(HistoryError::Foreign { path: name, what }),
    }
    migrate(&connection, schema, &name)?;
    Ok(ReadOnly { connection, copy: Some(folder) })
}

/// Writes the whole database, as it is at this moment, to a new file, even while others write to
/// it.
pub(crate) fn snapshot(connection: &Connection, to: &Path) -> rusqlite::Result<()> {
    let Some(to) = to.to_str() else {
        return Err(rusqlite::Error::InvalidPath(to.to_owned()));
    };
    let is_new = !std::path::Path::new(to).exists();
    let result = connection.execute("VACUUM INTO ?1", [to]).map(drop);
    if result.is_err() && is_new {
        // An incomplete copy is removed; the first error is the one to report.
        let _ = std::fs::remove_file(to);
    }
    result
}
