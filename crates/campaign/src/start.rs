//! What a simulator reads before the deck: start-up files, and the folders that they make it search.

use crate::environment::Environment;
use libchar_core::hash;
use libchar_engine::deck::Search;
use libchar_engine::{Simulator, deck};
use std::fs;
use std::path::PathBuf;

/// The start-up files of a simulator on this machine.
#[derive(Debug, Default)]
pub struct StartUp {
    /// The lines that the files add to a key, one for each file.
    pub material: String,
    /// Whether a file of the user is among them.
    pub of_the_user: bool,
    /// The files.
    pub files: Vec<PathBuf>,
    /// The rules by which files that netlists name are looked for.
    pub search: Search,
}

impl StartUp {
    /// Reads the start-up files; those of the user only if `user` is set.
    pub fn read(simulator: &Simulator, user: bool, environment: &Environment) -> StartUp {
        let search = Search::of(simulator, |name| environment.text(name), environment.texts());
        let mut start = StartUp { search, ..StartUp::default() };
        let users = simulator.user_start_files.iter().filter(|_| user).map(|name| (name, true));
        for (name, of_the_user) in
            simulator.start_files.iter().map(|name| (name, false)).chain(users)
        {
            let Some(path) = located(name, environment) else { continue };
            let Ok(bytes) = fs::read(&path) else { continue };
            start.of_the_user |= of_the_user;
            start.take(name, path, &bytes);
        }
        start
    }

    /// Adds a start-up file and the files that it includes. A simulator may read only the first of
    /// several start-up files; here all of them count.
    fn take(&mut self, name: &str, path: PathBuf, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        self.material.push_str(&format!("start {} {name}\n", hash::sha256(bytes)));
        for line in text.lines() {
            if let Some((_, list)) = line.split_once("sourcepath")
                && let Some((_, list)) = list.split_once('(')
            {
                let folders = list.split(')').next().unwrap_or_default().split_whitespace();
                let named = folders.filter(|folder| !folder.starts_with('$') && *folder != ".");
                self.search.folders.extend(named.map(PathBuf::from));
            }
        }
        // Files that the simulator's own `spinit` includes belong to its version.
        if !name.ends_with("spinit") {
            for named in deck::outline(&text, false).plain {
                let found = self.search.candidates(&path, &named.path);
                let Some(file) = found.into_iter().find(|file| file.is_file()) else { continue };
                if let Ok(bytes) = fs::read(&file) {
                    let line = format!("start {} {}\n", hash::sha256(&bytes), named.path);
                    self.material.push_str(&line);
                    self.files.push(file);
                }
            }
        }
        self.files.push(path);
    }
}

/// The path of `$VAR/rest`; `None` if the variable is not set.
fn located(name: &str, environment: &Environment) -> Option<PathBuf> {
    let Some(rest) = name.strip_prefix('$') else { return Some(PathBuf::from(name)) };
    let (variable, rest) = rest.split_once('/')?;
    let folder = environment.get(variable).filter(|folder| !folder.is_empty())?;
    Some(PathBuf::from(folder).join(rest))
}

/// Returns a search that covers any simulator: the user's home, variables and `NGSPICE_INPUT_DIR`.
pub fn any_search(environment: &Environment) -> Search {
    let folders = environment.get("NGSPICE_INPUT_DIR").filter(|folder| !folder.is_empty());
    Search {
        home: environment.text("HOME"),
        variables: environment.texts().collect(),
        folders: folders.map(PathBuf::from).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{StartUp, any_search};
    use crate::environment::Environment;
    use libchar_engine::Simulator;
    use std::ffi::OsString;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn environment(pairs: &[(&str, &Path)]) -> Environment {
        let pair =
            |(name, path): &(&str, &Path)| (OsString::from(name), path.as_os_str().to_owned());
        Environment::of(pairs.iter().map(pair))
    }

    fn simulator() -> Simulator {
        let mut simulator = Simulator::find("ngspice", &toml::Table::new()).unwrap();
        simulator.start_files = vec!["$SCRIPTS/spinit".to_owned()];
        simulator.user_start_files = vec!["$HOME/.spiceinit".to_owned()];
        simulator
    }

    #[test]
    fn start_up_files_and_what_they_name_are_part_of_the_key() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path();
        let environment = environment(&[("HOME", home), ("SCRIPTS", home)]);
        let read = |user| StartUp::read(&simulator(), user, &environment);
        assert_eq!(
            (read(true).material.as_str(), read(true).files.len()),
            ("", 0),
            "there is none"
        );
        fs::write(home.join("spinit"), "set sourcepath = ( . /models $HOME/x )\n").unwrap();
        fs::write(
            home.join(".spiceinit"),
            format!(".include '{}'\n", home.join("m.inc").display()),
        )
        .unwrap();
        fs::write(home.join("m.inc"), "r9 a 0 1\n").unwrap();
        let site = read(false);
        assert!(!site.of_the_user && site.files == [home.join("spinit")]);
        assert_eq!(site.material.lines().count(), 1);
        assert!(
            site.search.folders.ends_with(&[PathBuf::from("/models")]),
            "{:?}",
            site.search.folders
        );
        assert_eq!(site.search.home.as_deref(), home.to_str(), "and where files are looked for");
        let all = read(true);
        assert!(all.of_the_user);
        assert_eq!(all.files, [home.join("spinit"), home.join("m.inc"), home.join(".spiceinit")]);
        assert_eq!(all.material.lines().count(), 3);
        fs::write(home.join("m.inc"), "r9 a 0 2\n").unwrap();
        assert_ne!(read(true).material, all.material);
        assert_eq!(read(false).material, site.material);
    }

    #[test]
    fn a_variable_that_is_empty_names_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("spinit"), "x\n").unwrap();
        let mut simulator = simulator();
        simulator.start_files.push(folder.path().join("spinit").display().to_string());
        let environment = environment(&[("SCRIPTS", Path::new(""))]);
        let read = StartUp::read(&simulator, true, &environment);
        assert_eq!(read.files, [folder.path().join("spinit")], "a path without a variable is one");
    }

    #[test]
    fn any_simulator_may_search_what_the_environment_says() {
        let found = any_search(&environment(&[
            ("HOME", Path::new("/home/me")),
            ("NGSPICE_INPUT_DIR", Path::new("/in")),
        ]));
        assert_eq!(found.home.as_deref(), Some("/home/me"));
        assert_eq!(found.folders, [PathBuf::from("/in")]);
        let none = any_search(&environment(&[("NGSPICE_INPUT_DIR", Path::new(""))]));
        assert!(none.home.is_none() && none.folders.is_empty());
    }
}
