//! Where a command works: the folder of a domain, its configuration, and who hears what is found there.

use crate::environment::Environment;
use crate::netlists::Netlists;
use crate::start;
use libchar_core::config::Config;
use libchar_core::input::Source;
use libchar_core::{Faults, Note};
use std::fs;
use std::path::{Path, PathBuf};

/// Who hears what a command comes to know.
pub trait Hears {
    /// A file was read, on which the results depend.
    fn reads(&self, path: &Path);

    /// Something that a reader should know.
    fn notes(&self, note: Note);
}

/// What is needed to read a domain.
pub struct Desk<'a> {
    /// The domain's folder; an empty path is the current folder. Decks and what they read are named from the current folder.
    pub folder: &'a Path,
    /// The configuration.
    pub config: &'a Config,
    /// The environment variables that simulators inherit.
    pub environment: Environment,
    /// Who hears of files that were read, and of doubts.
    pub hears: &'a dyn Hears,
}

impl Desk<'_> {
    /// The path of a file of the domain.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.join(name)
    }

    /// Whether the domain has a file.
    pub fn has(&self, name: impl AsRef<Path>) -> bool {
        self.path(name).exists()
    }

    /// Reads a file of the domain.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read(&self, name: impl AsRef<Path>) -> Result<Source, Faults> {
        let path = self.path(name);
        let name = path.display().to_string();
        let bytes = fs::read(&path).map_err(|e| libchar_files::unreadable(&name, &e))?;
        self.hears.reads(&path);
        Ok(Source { name, bytes })
    }

    /// Path of the template that the configuration names.
    pub fn template(&self) -> PathBuf {
        self.config.text("template.path").unwrap_or_default().into()
    }

    /// The folder of the tables.
    pub fn tables(&self) -> PathBuf {
        self.config.text("tables.path").unwrap_or_default().into()
    }

    /// The files that decks read, searched as any simulator here may find them.
    pub fn netlists(&self) -> Netlists {
        Netlists::new(start::any_search(&self.environment))
    }
}

#[cfg(test)]
mod tests {
    use super::Desk;
    use crate::environment::Environment;
    use crate::fixture::Files;
    use libchar_core::config::Config;
    use std::path::{Path, PathBuf};

    #[test]
    fn a_file_is_read_below_the_folder_and_told() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.csv"), "x\n").unwrap();
        let (config, files) = (Config::defaults(), Files::default());
        let desk = Desk {
            folder: folder.path(),
            config: &config,
            environment: Environment::default(),
            hears: &files,
        };
        let source = desk.read("a.csv").unwrap();
        assert_eq!(Path::new(&source.name), folder.path().join("a.csv"));
        assert_eq!(source.bytes, b"x\n");
        assert!(desk.has("a.csv") && !desk.has("b.csv") && desk.read("b.csv").is_err());
        assert_eq!(
            *files.0.borrow(),
            [folder.path().join("a.csv")],
            "what is not there is not told"
        );
        let here = Desk { folder: Path::new(""), ..desk };
        assert_eq!(
            here.path("config.cfg"),
            PathBuf::from("config.cfg"),
            "the name a user would type"
        );
    }
}
