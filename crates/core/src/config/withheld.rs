//! Keys that start programs, in files that somebody else could have written.

use super::{Config, Setting, layer};
use crate::fault::Fault;

/// Tables whose keys say what is started, and with which arguments and variables; `cluster.options`
/// are arguments of the submit command, and `trust` says whose files are trusted.
const PROGRAMS: [&[&str]; 11] = [
    &["simulators"],
    &["executors"],
    &["usr"],
    &["core"],
    &["notify"],
    &["litho", "simulators"],
    &["tool"],
    &["store"],
    &["check", "commands"],
    &["cluster", "options"],
    &["trust"],
];

/// Whether a key says what is started.
pub(super) fn starts_program(path: &[String]) -> bool {
    PROGRAMS.iter().any(|table| {
        table.len() <= path.len() && table.iter().zip(path).all(|(name, part)| name == part)
    })
}

/// Why a file is not trusted, such as `its owner is uid 1001`, and the folder that the user can
/// consent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What shows that others could have written it.
    pub reason: String,
    /// The folder that holds it.
    pub folder: String,
}

/// A setting that has no effect, because its file is not trusted.
#[derive(Debug, Clone, PartialEq)]
pub struct Withheld {
    setting: Setting,
    doubt: Doubt,
}

impl Withheld {
    pub(super) fn new(setting: Setting, doubt: &Doubt) -> Withheld {
        Withheld { setting, doubt: doubt.clone() }
    }

    fn fault(&self, path: &[String]) -> Fault {
        let (place, Doubt { reason, folder }) = (self.setting.origin.to_string(), &self.doubt);
        let found = format!(
            "`{}` starts programs, and someone other than you could have written it: {reason}",
            layer::show(path)
        );
        Fault::of(place, found).expected(format!(
            "your consent, by `libchar config trust {folder}` or LIBCHAR_TRUST={folder}"
        ))
    }
}

impl Config {
    /// The settings that have no effect: one fault for each file and table.
    pub fn withheld(&self) -> Vec<Fault> {
        let mut told = Vec::new();
        let mut faults = Vec::new();
        for (path, withheld) in &self.withheld {
            let table = (path[0].clone(), withheld.doubt.folder.clone());
            if !told.contains(&table) {
                faults.push(withheld.fault(path));
                told.push(table);
            }
        }
        faults
    }

    /// Refuses to go on if settings of a table were withheld: what would be started without them is
    /// not what the author of the file meant.
    ///
    /// # Errors
    /// The first such setting, with how to consent.
    pub fn consent(&self, table: &str) -> Result<(), Fault> {
        let names: Vec<&str> = table.split('.').collect();
        let is_below = |path: &[String]| {
            names.len() <= path.len() && names.iter().zip(path).all(|(name, part)| name == part)
        };
        match self.withheld.iter().find(|(path, _)| is_below(path)) {
            Some((path, withheld)) => Err(withheld.fault(path)),
            None => Ok(()),
        }
    }

    /// The names below a table, including those of withheld settings: a name alone starts nothing.
    pub fn all_names(&self, table: &str) -> Vec<String> {
        let paths = self.settings.keys().chain(self.withheld.keys());
        let mut names: Vec<String> =
            paths.filter(|p| p.len() > 1 && p[0] == table).map(|p| p[1].clone()).collect();
        names.sort();
        names.dedup();
        names
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, Doubt};

    #[test]
    fn a_doubtful_file_sets_data_and_starts_nothing() {
        let mut config = Config::defaults();
        let text = "[run]\ntimeout = '1h'\n[simulators.x]\nprogram = '/evil'\nbase = 'ngspice'\n[usr]\nscript = 'x'\n";
        let doubt = Doubt { reason: "its owner is uid 7".to_owned(), folder: "/p".to_owned() };
        config.add_file("libchar.toml", text.as_bytes(), None, &|_| None, Some(&doubt)).unwrap();
        assert_eq!(config.text("run.timeout"), Some("1h"));
        assert_eq!((config.text("simulators.x.program"), config.text("usr.script")), (None, None));
        assert_eq!(config.all_names("simulators"), ["x"]);
        assert_eq!(config.withheld().len(), 2);
        assert!(config.consent("core").is_ok());
        assert_eq!(
            config.consent("usr").unwrap_err().to_string(),
            "libchar.toml:7: `usr.script` starts programs, and someone other than you could have written it: its owner is uid 7\n  \
             expected your consent, by `libchar config trust /p` or LIBCHAR_TRUST=/p"
        );
    }
}
