//! Layered configuration: default < system < user < project file < environment < flag, each value with its origin.

mod keys;
mod layer;
mod secret;
mod withheld;

pub use keys::{KEYS, Key, Kind};
pub use secret::{MASK, is_secret};
pub use withheld::{Doubt, Withheld};

use crate::fault::{Fault, Faults};
use crate::nearest::nearest;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;
use toml::Value;

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Built in.
    Default,
    /// A configuration file: its path as shown, and the line.
    File(String, usize),
    /// An environment variable.
    Environment(String),
    /// A command-line flag.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::File(path, line) => write!(f, "{path}:{line}"),
            Origin::Environment(name) => write!(f, "environment {name}"),
            Origin::Flag(name) => write!(f, "flag {name}"),
        }
    }
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The value.
    pub value: Value,
    /// Its origin.
    pub origin: Origin,
    /// Whether the value contains a variable that holds a secret; it is then never shown.
    pub is_secret: bool,
}

impl Setting {
    fn new(value: Value, origin: Origin) -> Setting {
        Setting { value, origin, is_secret: false }
    }

    /// The value as it may be shown: a secret is masked.
    pub fn shown(&self) -> Value {
        if self.is_secret { Value::from(MASK) } else { self.value.clone() }
    }
}

/// The effective configuration.
#[derive(Debug, Clone, Default)]
pub struct Config {
    settings: BTreeMap<Vec<String>, Setting>,
    /// The environments that the files describe.
    environments: BTreeSet<String>,
    /// Settings of keys that start programs, from files that others could have written: they have
    /// no effect.
    withheld: BTreeMap<Vec<String>, Withheld>,
}

impl Config {
    /// The built-in defaults.
    pub fn defaults() -> Config {
        let mut config = Config::default();
        for key in KEYS {
            if let Some(default) = key.default_value() {
                let path = key.path.split('.').map(str::to_owned).collect();
                config.settings.insert(path, Setting::new(default, Origin::Default));
            }
        }
        config
    }

    /// Adds a TOML file, whose values override those so far; `environment` chooses an `[env.NAME]`
    /// table of it.
    ///
    /// `${NAME}` in strings is replaced by `variable("NAME")`; `$${` stands for `${`. If the file
    /// is in `doubt`, its settings of keys that start programs are withheld.
    ///
    /// # Errors
    /// Every syntax error, unknown key, value of the wrong kind and undefined variable, with its place.
    pub fn add_file(
        &mut self,
        file: &str,
        bytes: &[u8],
        environment: Option<&str>,
        variable: &dyn Fn(&str) -> Option<String>,
        doubt: Option<&Doubt>,
    ) -> Result<(), Faults> {
        let mut layer = layer::read(file, bytes, environment, variable)?;
        if let Some(doubt) = doubt {
            let paths: Vec<Vec<String>> = layer.settings.keys().cloned().collect();
            for path in paths.into_iter().filter(|path| withheld::starts_program(path)) {
                if let Some(setting) = layer.settings.remove(&path) {
                    self.withheld.insert(path, Withheld::new(setting, doubt));
                }
            }
        }
        self.settings.extend(layer.settings);
        self.environments.extend(layer.environments);
        Ok(())
    }

    /// Names of the environments that the files describe, in order.
    pub fn environments(&self) -> impl Iterator<Item = &str> {
        self.environments.iter().map(String::as_str)
    }

    /// Adds the `LIBCHAR_*` variables, which override the values so far: `LIBCHAR_RUN_TIMEOUT` sets
    /// `run.timeout`.
    pub fn add_environment(
        &mut self,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<(), Faults> {
        let mut faults = Vec::new();
        for key in KEYS.iter().filter(|key| !key.path.contains('*')) {
            let name = key.variable();
            let Some(text) = variable(&name) else { continue };
            match key.kind.parse(&text) {
                Ok(value) => self.set(key.path, value, Origin::Environment(name)),
                Err(expected) => {
                    let shown = if is_secret(&name) { MASK } else { &text };
                    let place = format!("environment variable {name}");
                    faults.push(Fault::of(place, format!("`{shown}`")).expected(expected));
                }
            }
        }
        Faults::or((), faults)
    }

    /// Refuses variables that are named like a setting and set none: a typing error would otherwise
    /// pass in silence.
    ///
    /// `own` are the variables that the program itself reads or sets; those that begin with
    /// `LIBCHAR_TEST_` belong to its tests.
    ///
    /// # Errors
    /// Every unknown variable, with the nearest known one.
    pub fn refuse_unknown<'a>(
        names: impl IntoIterator<Item = &'a str>,
        own: &[&'static str],
    ) -> Result<(), Faults> {
        let keys = KEYS.iter().filter(|key| !key.path.contains('*')).map(Key::variable);
        let known: Vec<String> = keys.chain(own.iter().map(|name| (*name).to_owned())).collect();
        let foreign = |name: &&str| {
            name.starts_with("LIBCHAR_")
                && !name.starts_with("LIBCHAR_TEST_")
                && !known.iter().any(|known| known == name)
        };
        let faults = names.into_iter().filter(foreign).map(|name| {
            let mut fault = Fault::of("environment", format!("unknown variable {name}"));
            fault.nearest = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
            fault.expected("a setting, as `libchar config --keys` lists them: LIBCHAR_RUN_TIMEOUT sets run.timeout")
        });
        Faults::or((), faults.collect())
    }

    /// Sets one value, as a flag does.
    pub fn set(&mut self, path: &str, value: impl Into<Value>, origin: Origin) {
        let path = path.split('.').map(str::to_owned).collect();
        let is_secret = matches!(&origin, Origin::Environment(name) if is_secret(name));
        self.settings.insert(path, Setting { value: value.into(), origin, is_secret });
    }

    /// All values in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (String, &Setting)> {
        self.settings.iter().map(|(path, setting)| (layer::show(path), setting))
    }

    /// The value at a dotted path.
    pub fn get(&self, path: &str) -> Option<&Setting> {
        self.settings.get(&path.split('.').map(str::to_owned).collect::<Vec<_>>())
    }

    /// The text at a path; `None` where nothing is set.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.get(path)?.value.as_str()
    }

    /// The texts of the list at a path; none where nothing is set.
    pub fn texts(&self, path: &str) -> Vec<String> {
        let list = self.get(path).and_then(|setting| setting.value.as_array());
        list.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    }

    /// The whole number at a path.
    pub fn integer(&self, path: &str) -> Option<i64> {
        self.get(path)?.value.as_integer()
    }

    /// The number at a path.
    pub fn number(&self, path: &str) -> Option<f64> {
        let value = &self.get(path)?.value;
        value.as_float().or_else(|| value.as_integer().map(|integer| integer as f64))
    }

    /// The truth value at a path; false where nothing is set.
    pub fn flag(&self, path: &str) -> bool {
        self.get(path).and_then(|setting| setting.value.as_bool()).unwrap_or(false)
    }

    /// The duration at a path.
    pub fn duration(&self, path: &str) -> Option<Duration> {
        // Values were checked when they were added.
        crate::duration::parse(self.text(path)?).ok()
    }

    /// The names below a table, such as the simulators of `[simulators.NAME]`, in order.
    pub fn names(&self, table: &str) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for path in self.settings.keys() {
            if path.len() > 1 && path[0] == table && names.last() != Some(&path[1].as_str()) {
                names.push(&path[1]);
            }
        }
        names
    }

    /// The settings below a path as a TOML table, ready to deserialize; empty where nothing is set.
    pub fn section(&self, path: &str) -> toml::Table {
        let prefix: Vec<&str> = path.split('.').collect();
        let mut section = toml::Table::new();
        for (path, setting) in &self.settings {
            if path.len() <= prefix.len() || !path.iter().zip(&prefix).all(|(a, b)| a == b) {
                continue;
            }
            insert(&mut section, &path[prefix.len()..], &setting.value);
        }
        section
    }
}

fn insert(table: &mut toml::Table, path: &[String], value: &Value) {
    match path {
        [] => {}
        [name] => {
            table.insert(name.clone(), value.clone());
        }
        [name, below @ ..] => {
            let entry =
                table.entry(name.clone()).or_insert_with(|| Value::Table(toml::Table::new()));
            if let Value::Table(inner) = entry {
                insert(inner, below, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, Origin};

    fn load(text: &str) -> Result<Config, String> {
        let mut config = Config::defaults();
        let variable = |name: &str| (name == "TOOLS").then(|| "/opt".to_owned());
        config
            .add_file("libchar.toml", text.as_bytes(), Some("lab"), &variable, None)
            .map(|()| config)
            .map_err(|faults| faults.to_string())
    }

    #[test]
    fn layers_and_origins() {
        let mut config = load(
            "[run]\ntimeout = '1h'\n[env.lab.run]\ntimeout = '2h'\n[history]\npath = '${TOOLS}/h.db'\n",
        )
        .unwrap();
        assert_eq!(config.text("run.timeout"), Some("2h"));
        assert_eq!(config.text("history.path"), Some("/opt/h.db"));
        assert_eq!(
            config.get("run.timeout").unwrap().origin,
            Origin::File("libchar.toml".to_owned(), 4)
        );
        config
            .add_environment(&|name| (name == "LIBCHAR_RUN_TIMEOUT").then(|| "3h".to_owned()))
            .unwrap();
        assert_eq!(config.text("run.timeout"), Some("3h"));
        config.set("run.timeout", "4h", Origin::Flag("--timeout"));
        assert_eq!(config.get("run.timeout").unwrap().origin.to_string(), "flag --timeout");
    }

    #[test]
    fn a_variable_that_sets_nothing_is_named() {
        let refuse =
            |name| Config::refuse_unknown([name], &["LIBCHAR_ENV"]).map_err(|e| e.to_string());
        for name in
            ["LIBCHAR_RUN_TIMEOUT", "LIBCHAR_ENV", "LIBCHAR_TEST_SLOW", "PATH", "XLIBCHAR_A"]
        {
            assert_eq!(refuse(name), Ok(()));
        }
        let message = refuse("LIBCHAR_RUN_TIMEOT").unwrap_err();
        assert!(
            message.starts_with("environment: unknown variable LIBCHAR_RUN_TIMEOT\n"),
            "{message}"
        );
        assert!(message.ends_with("did you mean `LIBCHAR_RUN_TIMEOUT`?"), "{message}");
    }

    #[test]
    fn all_faults_of_a_file_at_once() {
        let message = load(
            "[run]\ntimeuot = '1h'\ntimeout = 'soon'\n[history]\nrequired = 3\npath = '${NO}'\n",
        )
        .unwrap_err();
        assert_eq!(
            message,
            "libchar.toml:2:1: unknown key `run.timeuot`\n  did you mean `run.timeout`?\n\
             libchar.toml:3:11: `run.timeout` is 'soon'\n  expected a duration such as 90s, 15m or 10h\n\
             libchar.toml:5:12: `history.required` is 3\n  expected true or false\n\
             libchar.toml:6:8: the variable `NO` is not set\n  expected a value, or $${ for a literal ${"
        );
    }

    #[test]
    fn syntax_errors_have_a_place() {
        assert!(load("[run\n").unwrap_err().starts_with("libchar.toml:1:5: "));
    }

    #[test]
    fn sections_deserialize() {
        let config = load("[specs.tphl]\nmax = '30p'\nunit = 's'\n").unwrap();
        assert_eq!(config.names("specs"), ["tphl"]);
        assert_eq!(config.section("specs")["tphl"]["unit"].as_str(), Some("s"));
    }
}
