//! The record that a run made of the outputs, and whether they still agree with it.

use super::{Place, Seen};
use libchar_core::hash;
use libchar_engine::Simulator;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;

/// A file that a simulation left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Its name in the point's folder.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// Records the outputs in a point's folder.
///
/// # Errors
/// A file that cannot be read.
pub fn record(place: Place<'_>, simulator: &Simulator) -> io::Result<Vec<Output>> {
    let output = |name: String| {
        let bytes = fs::read(place.path(&name))?;
        Ok(Output { name, size: bytes.len() as u64, sha256: hash::sha256(&bytes) })
    };
    place.names(simulator).into_iter().map(output).collect()
}

/// Compares the outputs with the record. With `seen`, a file whose size, time and inode have not changed since it was last
/// read is not read again.
///
/// # Errors
/// The first difference: a file that is missing, has changed, or is not in the record.
pub fn hold(
    place: Place<'_>,
    simulator: &Simulator,
    recorded: &[Output],
    mut seen: Option<&mut Seen>,
) -> Result<(), String> {
    for output in recorded {
        let path = place.path(&output.name);
        let shown = path.display();
        let about = fs::metadata(&path).map_err(|_| format!("{shown} is gone"))?;
        if about.len() != output.size {
            return Err(format!("{shown} has {} of {} bytes", about.len(), output.size));
        }
        if seen.as_deref().is_some_and(|seen| seen.knows(&path, &about)) {
            continue;
        }
        let bytes = fs::read(&path).map_err(|e| format!("{shown} cannot be read: {e}"))?;
        if hash::sha256(&bytes) != output.sha256 {
            return Err(format!("{shown} is not what the simulation left: its hash differs"));
        }
        if let Some(seen) = seen.as_deref_mut() {
            seen.remember(&path, &about);
        }
    }
    let is_recorded = |name: &String| recorded.iter().any(|output| output.name == *name);
    match place.names(simulator).iter().find(|name| !is_recorded(name)) {
        Some(name) => Err(format!("{} belongs to another simulation", place.path(name).display())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Place, Seen};
    use super::{hold, record};
    use libchar_engine::Simulator;
    use std::fs;
    use std::path::Path;

    fn hspice() -> Simulator {
        Simulator::find("hspice", &toml::Table::new()).unwrap()
    }

    fn differs(folder: &Path, change: impl Fn(&Path)) -> String {
        let place = Place { folder, stem: "tx" };
        fs::write(folder.join("tx.log"), "log\n").unwrap();
        fs::write(folder.join("tx.mt0"), "1.0\n").unwrap();
        let recorded = record(place, &hspice()).unwrap();
        assert_eq!(recorded.len(), 2);
        hold(place, &hspice(), &recorded, None).unwrap();
        change(folder);
        let what = hold(place, &hspice(), &recorded, None).unwrap_err();
        what.replace(&format!("{}/", folder.display()), "")
    }

    #[test]
    fn whatever_changes_is_found() {
        let write = |name: &'static str, text: &'static str| {
            move |folder: &Path| fs::write(folder.join(name), text).unwrap()
        };
        let found = |change: &dyn Fn(&Path)| differs(tempfile::tempdir().unwrap().path(), change);
        assert_eq!(
            found(&write("tx.mt0", "1.1\n")),
            "tx.mt0 is not what the simulation left: its hash differs"
        );
        assert_eq!(found(&write("tx.log", "l")), "tx.log has 1 of 4 bytes");
        assert_eq!(found(&write("tx.mt1", "")), "tx.mt1 belongs to another simulation");
        assert_eq!(
            found(&|folder: &Path| fs::remove_file(folder.join("tx.mt0")).unwrap()),
            "tx.mt0 is gone"
        );
    }

    #[test]
    fn a_file_that_was_seen_is_not_read_again_until_its_time_changes() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path(), stem: "tx" };
        let log = folder.path().join("tx.log");
        fs::write(&log, "one\n").unwrap();
        let recorded = record(place, &hspice()).unwrap();
        let mut seen = Seen::default();
        hold(place, &hspice(), &recorded, Some(&mut seen)).unwrap();
        fs::write(&log, "two\n").unwrap();
        let file = fs::File::options().write(true).open(&log).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        assert!(hold(place, &hspice(), &recorded, Some(&mut seen)).is_err());
    }
}
