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
    /// A line for the key of each file.
    pub material: String,
    /// Whether a file of the user is among them.
    pub of_the_user: bool,
    /// The files.
    pub files: Vec<PathBuf>,
    /// Where files that netlists name are looked for.
    pub search: Search,
}

impl StartUp {
    /// Reads them; those of the user only with `user`.
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

    /// Adds a file and what it names. Where several are there the simulator takes the first: all count.
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
        // The simulator's own models go with its version.
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

/// Files are looked for as any simulator may find them: by the user's home, by variables, in `NGSPICE_INPUT_DIR`.
pub fn any_search(environment: &Environment) -> Search {
    let folders = environment.get("NGSPICE_INPUT_DIR").filter(|folder| !folder.is_empty());
    Search {
        home: environment.text("HOME"),
        variables: environment.texts().collect(),
        folders: folders.map(PathBuf::from).into_iter().collect(),
    }
}
