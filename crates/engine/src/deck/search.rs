//! Where a simulator looks for a file that a netlist names.

use super::normal;
use crate::simulator::Simulator;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The search rules of a simulator, with the values from its environment.
///
/// `~/x` is a file of the user's home, `$VAR` and `${VAR}` stand for variables, and a relative name is looked for in
/// the folder that the simulator starts in, then in the folders that it searches, then beside the file that names it:
/// the order of ngspice 39 (`inp_pathresolve_at` in its `inpcom.c`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// The home of the user, if `~` stands for it.
    pub home: Option<String>,
    /// Variables with their values; empty if the simulator expands none.
    pub variables: BTreeMap<String, String>,
    /// Folders that are searched.
    pub folders: Vec<PathBuf>,
}

impl Search {
    /// Makes the search rules of a simulator; `variable` returns the value of an environment
    /// variable, `all` lists all of them.
    pub fn of(
        simulator: &Simulator,
        variable: impl Fn(&str) -> Option<String>,
        all: impl IntoIterator<Item = (String, String)>,
    ) -> Search {
        let variables = match simulator.expands_variables {
            true => all.into_iter().collect(),
            false => BTreeMap::new(),
        };
        let folders = simulator.search_variables.iter().filter_map(|name| variable(name));
        Search {
            home: if simulator.expands_home { variable("HOME") } else { None },
            variables,
            folders: folders.filter(|folder| !folder.is_empty()).map(PathBuf::from).collect(),
        }
    }

    /// Replaces the user's home and variables in a name.
    pub fn expand(&self, name: &str) -> String {
        let mut text = name.to_owned();
        if let (Some(home), Some(rest)) = (&self.home, name.strip_prefix("~/")) {
            text = format!("{}/{rest}", home.trim_end_matches('/'));
        }
        if self.variables.is_empty() {
            return text;
        }
        let mut expanded = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once('$') {
            expanded.push_str(before);
            let (name, end) = match after.strip_prefix('{').and_then(|a| a.split_once('}')) {
                Some((name, end)) => (name, end),
                None => {
                    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                    after.split_at(after.find(|c| !is_name(c)).unwrap_or(after.len()))
                }
            };
            match self.variables.get(name) {
                Some(value) => {
                    expanded.push_str(value);
                    rest = end;
                }
                None => {
                    expanded.push('$');
                    rest = after;
                }
            }
        }
        text = expanded + rest;
        text
    }

    /// The paths that a name in the file `from` may refer to, in the order in which they are tried.
    pub fn candidates(&self, from: &Path, name: &str) -> Vec<PathBuf> {
        let name = self.expand(name);
        let path = Path::new(&name);
        let mut candidates = vec![normal(path)];
        if path.is_relative() {
            candidates.extend(self.folders.iter().map(|folder| normal(&folder.join(path))));
            candidates.push(normal(&from.parent().unwrap_or(Path::new("")).join(path)));
        }
        candidates.dedup();
        candidates
    }

    /// A path with `~` for the user's home, so that it is the same for every user.
    pub fn shown(&self, path: &Path) -> PathBuf {
        let home = self.home.as_ref().filter(|home| home.len() > 1);
        match home.and_then(|home| path.strip_prefix(home).ok()) {
            Some(rest) => Path::new("~").join(rest),
            None => path.to_owned(),
        }
    }

    /// Whether a name led to a file that only the environment determines: neither the name itself
    /// nor the file beside `from`.
    pub fn is_of_the_environment(&self, from: &Path, name: &str, found: &Path) -> bool {
        let beside = normal(&from.parent().unwrap_or(Path::new("")).join(name));
        found != normal(Path::new(name)) && found != beside
    }
}

#[cfg(test)]
mod tests {
    use super::Search;
    use std::path::Path;

    #[test]
    fn names_are_expanded_and_searched_in_order() {
        let search = Search {
            home: Some("/home/x/".to_owned()),
            variables: [("PDKROOT".into(), "/pdk2".into()), ("PDK".into(), "/pdk".into())].into(),
            folders: vec!["inp".into()],
        };
        let candidates = |name: &str| -> Vec<String> {
            let found = search.candidates(Path::new("TT/p/d.sp"), name);
            found.iter().map(|path| path.display().to_string()).collect()
        };
        assert_eq!(candidates("./a.inc"), ["a.inc", "inp/a.inc", "TT/p/a.inc"]);
        assert_eq!(candidates("~/a.inc"), ["/home/x/a.inc"]);
        assert_eq!(candidates("$PDK/a"), ["/pdk/a"]);
        assert_eq!(candidates("${PDKROOT}/a"), ["/pdk2/a"]);
        assert_eq!(candidates("$NOBODY/a")[0], "$NOBODY/a");
        let plain = Search::default().candidates(Path::new("d.sp"), "~/a");
        assert_eq!(plain, [Path::new("~/a")]);
    }
}
