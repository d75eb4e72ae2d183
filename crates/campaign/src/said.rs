//! Reads the status of a point, whichever program wrote it: this version, an earlier one, or a validated
//! core.

use crate::outputs::Output;
use crate::status::FILE;
use libchar_engine::Class;
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// The fields that any version writes; the optional ones may be absent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Said {
    /// How the simulation ended.
    pub status: String,
    /// The class of the failure; a site may know more of them than [`Class`].
    pub class: Option<String>,
    /// Why it failed.
    pub reason: Option<String>,
    /// The simulator's name.
    pub simulator: Option<String>,
    /// The version that the simulator reported.
    pub version: Option<String>,
    /// Whether the simulation failed before it succeeded, with nothing changed in between.
    #[serde(default)]
    pub flaky: bool,
    /// The option recipe that made it converge.
    pub recipe: Option<String>,
    /// The preset of simulator options.
    pub preset: Option<String>,
    /// The files that the simulation left, with their hashes.
    pub outputs: Option<Vec<Output>>,
    /// Hash of the deck that was simulated.
    pub deck: Option<String>,
    /// Hash of the files that the deck read.
    pub files: Option<String>,
}

impl Said {
    /// Reads the status in a point's folder; `None` if there is none that can be read.
    pub fn read(folder: &Path) -> Option<Said> {
        Said::parse(&fs::read(folder.join(FILE)).ok()?)
    }

    /// Parses the bytes of a status file.
    pub fn parse(bytes: &[u8]) -> Option<Said> {
        serde_json::from_slice(bytes).ok()
    }

    /// Whether the simulation failed with this class.
    pub fn failed_by(&self, class: Class) -> bool {
        self.class.as_deref() == Some(class.to_string().as_str())
    }

    /// Whether the simulation ended well.
    pub fn is_done(&self) -> bool {
        self.status == "done"
    }

    /// Whether the point was simulated with another deck, other files or another simulator. What
    /// the status does not record counts as equal.
    pub fn is_of_another(&self, deck: &str, files: &str, simulator: Option<&str>) -> bool {
        let differs =
            |known: &Option<String>, now: &str| known.as_deref().is_some_and(|known| known != now);
        simulator.is_some_and(|now| differs(&self.simulator, now))
            || differs(&self.deck, deck)
            || differs(&self.files, files)
    }
}

#[cfg(test)]
mod tests {
    use super::Said;
    use libchar_engine::Class;

    fn said(fields: &str) -> Said {
        Said::parse(format!("{{\"status\": \"done\"{fields}}}").as_bytes()).unwrap()
    }

    #[test]
    fn a_status_of_a_few_fields_is_read() {
        let said = said(", \"schema\": {\"name\": \"site\"}, \"more\": 1");
        assert!(said.is_done() && said.outputs.is_none() && said.simulator.is_none());
        let site = Said::parse(b"{\"status\": \"failed\", \"class\": \"tape-lost\"}").unwrap();
        assert_eq!(site.class.as_deref(), Some("tape-lost"));
        assert!(!site.failed_by(Class::Measure) && !site.flaky);
        assert_eq!(Said::parse(b"{}"), None);
        assert_eq!(Said::parse(b"{\"status\": \"do"), None);
    }

    #[test]
    fn whatever_decides_the_result_makes_it_that_of_another() {
        let fields = ", \"deck\": \"d\", \"files\": \"f\", \"simulator\": \"ngspice\"";
        let said = said(fields);
        assert!(!said.is_of_another("d", "f", Some("ngspice")));
        assert!(!said.is_of_another("d", "f", None), "nobody knows the simulator of now");
        assert!(said.is_of_another("e", "f", None));
        assert!(said.is_of_another("d", "g", None));
        assert!(said.is_of_another("d", "f", Some("hspice")));
        assert!(!super::Said::parse(b"{\"status\": \"failed\"}").unwrap().is_of_another(
            "x",
            "y",
            Some("z")
        ));
    }
}
