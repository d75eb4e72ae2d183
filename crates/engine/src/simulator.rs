//! What a simulator is: how it is called, and how its output is read. Built in as data, extended by sites.

use crate::class::Class;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The built-in descriptions.
const BUILT_IN: &str = include_str!("simulators.toml");

/// How a simulator is called, and what its output means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Simulator {
    /// The program: a path, or a name looked up in `PATH`.
    pub program: String,
    /// Its arguments, with placeholders.
    pub args: Vec<String>,
    /// Arguments that keep it from reading the user's own start-up files; before the others.
    #[serde(default)]
    pub init_args: Vec<String>,
    /// Arguments that make it print its version.
    #[serde(default)]
    pub version_args: Vec<String>,
    /// The version is the first line of that output that contains this text; the whole output if
    /// the text is empty.
    #[serde(default)]
    pub version_text: String,
    /// Whether it uses as many threads as it is given; if not, a simulation counts as one thread.
    #[serde(default)]
    pub multi_threaded: bool,
    /// Where its measures are.
    #[serde(default)]
    pub measures: MeasureSource,
    /// Names of measure files, `{stem}` the deck's name without its ending, `#` a number.
    #[serde(default)]
    pub measure_files: Vec<String>,
    /// Further logs that it writes, read together with what it prints.
    #[serde(default)]
    pub logs: Vec<String>,
    /// What it prints at the end of a whole simulation; empty if it has no such text.
    #[serde(default)]
    pub finished_text: String,
    /// The text before the temperature that it prints for each analysis; empty if it prints none.
    #[serde(default)]
    pub temperature_text: String,
    /// Exit codes that mean success.
    #[serde(default = "zero")]
    pub exit_codes: Vec<i32>,
    /// Variables set for it.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Inherited variables that change its results: they are part of the key that decides whether a
    /// point is done.
    #[serde(default)]
    pub environment: Vec<String>,
    /// Whether `~/x` in the name of a file means the user's home.
    #[serde(default)]
    pub expands_home: bool,
    /// Whether `$VAR` and `${VAR}` in the name of a file mean a variable's value.
    #[serde(default)]
    pub expands_variables: bool,
    /// Variables that name folders in which it looks for the files that netlists name.
    #[serde(default)]
    pub search_variables: Vec<String>,
    /// Start-up files that it reads always, such as `$SPICE_SCRIPTS/spinit`.
    #[serde(default)]
    pub start_files: Vec<String>,
    /// Start-up files that it reads only without `init_args`.
    #[serde(default)]
    pub user_start_files: Vec<String>,
    /// How several points run in one process; if empty, each point has a process of its own.
    #[serde(default)]
    pub batch: String,
    /// The statement that sets an option to a value, with placeholders; the last one in a deck
    /// wins. Empty if it is not known: the options of a deck are then not changed.
    #[serde(default)]
    pub option: String,
    /// The statement that sets an option without a value, with the placeholder `{name}`.
    #[serde(default)]
    pub option_flag: String,
    /// The options of a deck that may be overridden; all if empty.
    #[serde(default)]
    pub option_names: Vec<String>,
    /// Where a deck bounds the time step.
    #[serde(default)]
    pub max_step: MaxStep,
    /// Which options decide how exact and how fast it is.
    #[serde(default)]
    pub tune: Tuning,
    /// The text before the deck's title in its log: such a line is never an error.
    #[serde(default)]
    pub title_text: String,
    /// What it prints if the deck's statements ask for no analysis: a control block may have done
    /// the work.
    #[serde(default)]
    pub nothing_asked_text: String,
    /// Texts in its output that mean failure, upper or lower case. The user's own words and lines that start with
    /// `Warning` are not searched.
    #[serde(default)]
    pub patterns: Vec<Pattern>,
}

/// Where measures are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeasureSource {
    /// In what the simulator prints, as ngspice does.
    #[default]
    Log,
    /// In measure files of the HSPICE family.
    Files,
}

/// Where a deck bounds the time step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MaxStep {
    /// It is not known.
    #[default]
    None,
    /// In the fourth number of `.tran`; without it, the smaller of the printing step and a fiftieth
    /// of the simulated time, as in SPICE3 and ngspice.
    Tran,
}

/// Options that decide how exact and how fast a simulator is, for `tune`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tuning {
    /// Sets of options with which it converges, each tighter than the one before.
    pub reference: Vec<toml::Table>,
    /// The axes along which options can be chosen.
    pub axes: Vec<Axis>,
}

/// Sets of options, of which one is chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// Whether the sets become looser from the first to the last.
    #[serde(default)]
    pub ordered: bool,
    /// The sets.
    pub values: Vec<toml::Table>,
}

/// A text that means failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// The class of failure that it means.
    pub class: Class,
    /// The text.
    pub text: String,
    /// Whether the text must be at the start of its line.
    #[serde(default)]
    pub start: bool,
    /// What it proves.
    #[serde(default)]
    pub weight: Weight,
    /// Text of a later line that takes it back: a pause that is resumed is no failure. Empty if
    /// there is none.
    #[serde(default)]
    pub unless_then: String,
}

/// What a text in a log proves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// The simulation failed, for the reason that the line states.
    #[default]
    Cause,
    /// The simulation failed; the reason is elsewhere in the log.
    Sign,
    /// The reason of a failure, if something else shows that the simulation failed: a warning.
    Hint,
}

fn zero() -> Vec<i32> {
    vec![0]
}

/// A description that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// There is no description of it.
    #[error("unknown simulator `{name}`; expected one of: {}", known.join(", "))]
    Unknown {
        /// The name.
        name: String,
        /// The names that are described.
        known: Vec<String>,
    },
    /// A site's description has a fault.
    #[error("[simulators.{name}]: {reason}")]
    Invalid {
        /// The name.
        name: String,
        /// The fault.
        reason: String,
    },
}

/// A value for a placeholder of [`Simulator::args`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// `before` and the path of a file in the attempt's folder.
    Work {
        /// The text before the path in the same argument.
        before: String,
        /// The file's name.
        file: String,
    },
}

/// The values of placeholders.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    /// Path of the deck.
    pub deck: &'a str,
    /// The deck's name without its ending.
    pub stem: &'a str,
    /// Threads of one simulation.
    pub threads: u32,
    /// Memory of one simulation, in GB.
    pub mem_gb: u32,
}

impl Simulator {
    /// Finds the simulator of a name: a built-in one, or one that `site` describes, the tables of
    /// `[simulators]`.
    ///
    /// A site's table with a built-in name, or with `base = "NAME"`, replaces the fields that it
    /// has.
    pub fn find(name: &str, site: &toml::Table) -> Result<Simulator, SimulatorError> {
        let built_in: toml::Table = toml::from_str(BUILT_IN).unwrap_or_default();
        let invalid = |reason: String| SimulatorError::Invalid { name: name.to_owned(), reason };
        let known = || {
            let mut known: Vec<String> = built_in.keys().chain(site.keys()).cloned().collect();
            known.sort();
            known.dedup();
            known
        };
        let unknown =
            |name: &str| SimulatorError::Unknown { name: name.to_owned(), known: known() };
        let mut own = match site.get(name) {
            Some(table) => {
                table.as_table().cloned().ok_or_else(|| invalid("not a table".into()))?
            }
            None => toml::Table::new(),
        };
        let base = match own.remove("base") {
            Some(base) => base.as_str().map(str::to_owned).ok_or_else(|| invalid("base".into()))?,
            None => name.to_owned(),
        };
        let mut table = match built_in.get(&base).and_then(toml::Value::as_table) {
            Some(table) => table.clone(),
            None if base == name && !own.is_empty() => toml::Table::new(),
            None => return Err(unknown(&base)),
        };
        table.extend(own);
        let simulator: Simulator = table.try_into().map_err(|e: toml::de::Error| {
            invalid(e.message().lines().next().unwrap_or_default().to_owned())
        })?;
        simulator.check().map_err(invalid)?;
        Ok(simulator)
    }

    /// The names of all simulators, built in or described by a site, in order.
    pub fn names(site: &toml::Table) -> Vec<String> {
        let built_in: toml::Table = toml::from_str(BUILT_IN).unwrap_or_default();
        let mut names: Vec<String> = built_in.keys().chain(site.keys()).cloned().collect();
        names.sort();
        names.dedup();
        names
    }

    fn check(&self) -> Result<(), String> {
        if self.program.is_empty() {
            return Err("`program` is empty".to_owned());
        }
        let sample = Values { deck: "d", stem: "s", threads: 1, mem_gb: 1 };
        for arg in &self.args {
            expand(arg, &sample)?;
        }
        if !self.args.iter().any(|arg| arg.contains("{deck}")) {
            return Err("no argument has the placeholder {deck}".to_owned());
        }
        if self.measures == MeasureSource::Files && self.measure_files.is_empty() {
            return Err("measures = \"files\" needs `measure_files`".to_owned());
        }
        for (field, value, needed) in [
            ("option", &self.option, &["{name}", "{value}"][..]),
            ("option_flag", &self.option_flag, &["{name}"]),
        ] {
            if let Some(missing) = needed.iter().find(|name| !value.contains(**name))
                && !value.is_empty()
            {
                return Err(format!("`{field}` lacks the placeholder {missing}"));
            }
        }
        if !matches!(self.batch.as_str(), "" | "ngspice") {
            return Err(format!("batch = \"{}\"; expected ngspice or nothing", self.batch));
        }
        if self.patterns.iter().any(|pattern| pattern.text.trim().is_empty()) {
            return Err("an empty pattern matches every log".to_owned());
        }
        Ok(())
    }

    /// The arguments of one simulation; `init_files` lets the simulator read the user's start-up files.
    pub fn command(&self, values: &Values<'_>, init_files: bool) -> Vec<Piece> {
        let init = if init_files { &[][..] } else { &self.init_args };
        init.iter().chain(&self.args).filter_map(|arg| expand(arg, values).ok()).collect()
    }

    /// Threads that one simulation uses of those that it is given.
    pub fn threads(&self, given: u32) -> u32 {
        if self.multi_threaded { given.max(1) } else { 1 }
    }

    /// Finds the version in the output that the simulator printed for `version_args`.
    pub fn version(&self, output: &str) -> String {
        let wanted = self.version_text.to_ascii_lowercase();
        let line = output.lines().find(|line| line.to_ascii_lowercase().contains(&wanted));
        line.unwrap_or(output).trim_matches(|c: char| c.is_whitespace() || c == '*').to_owned()
    }

    /// Whether a file name is that of a measure file of a deck.
    pub fn is_measure_file(&self, stem: &str, name: &str) -> bool {
        self.measure_files.iter().any(|pattern| {
            let pattern = pattern.replace("{stem}", stem);
            match pattern.split_once('#') {
                None => name == pattern,
                Some((before, after)) => name
                    .strip_prefix(before)
                    .and_then(|rest| rest.strip_suffix(after))
                    .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())),
            }
        })
    }
}

/// One argument with its placeholders filled.
fn expand(arg: &str, values: &Values<'_>) -> Result<Piece, String> {
    let mut text = String::new();
    let mut work = None;
    let mut rest = arg;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        text.push_str(before);
        match name {
            "deck" => text.push_str(values.deck),
            "stem" => text.push_str(values.stem),
            "threads" => text.push_str(&values.threads.to_string()),
            "mem_gb" => text.push_str(&values.mem_gb.to_string()),
            "out" | "log" => {
                let file = if name == "log" { ".log" } else { "" };
                work = Some((std::mem::take(&mut text), format!("{}{file}", values.stem)));
            }
            _ => {
                return Err(format!(
                    "unknown placeholder {{{name}}} in `{arg}`; \
                     expected {{deck}}, {{out}}, {{log}}, {{stem}}, {{threads}} or {{mem_gb}}"
                ));
            }
        }
        rest = after;
    }
    text.push_str(rest);
    Ok(match work {
        Some((before, file)) => Piece::Work { before, file: format!("{file}{text}") },
        None => Piece::Text(text),
    })
}

#[cfg(test)]
mod tests {
    use super::{Piece, Simulator, Values};

    fn values() -> Values<'static> {
        Values { deck: "TT/sim tx.sp", stem: "sim tx", threads: 8, mem_gb: 16 }
    }

    #[test]
    fn every_built_in_description_is_sound() {
        for name in Simulator::names(&toml::Table::new()) {
            Simulator::find(&name, &toml::Table::new()).unwrap_or_else(|e| panic!("{e}"));
        }
        let site: toml::Table = toml::from_str("[a]\n[hspice]\n").unwrap();
        let names = Simulator::names(&site);
        assert!(names[0] == "a" && names.iter().any(|name| name == "ngspice"), "{names:?}");
        assert_eq!(names.iter().filter(|name| *name == "hspice").count(), 1);
    }

    #[test]
    fn placeholders_are_filled_inside_arguments() {
        let hspice = Simulator::find("hspice", &toml::Table::new()).unwrap();
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(
            hspice.command(&values(), false),
            [
                text("-mt"),
                text("8"),
                text("-i"),
                text("TT/sim tx.sp"),
                text("-o"),
                Piece::Work { before: String::new(), file: "sim tx".to_owned() }
            ]
        );
    }

    #[test]
    fn a_site_changes_fields_and_adds_simulators() {
        let site: toml::Table = toml::from_str(
            "[ngspice]\nprogram = '/opt/ngspice'\n[fast]\nbase = 'hspice'\nargs = ['-raw={out}.raw', '{deck}']\n\
             [bad]\nprogram = 'x'\nargs = ['{dekc}']\n",
        )
        .unwrap();
        let ngspice = Simulator::find("ngspice", &site).unwrap();
        assert_eq!((ngspice.program.as_str(), ngspice.batch.as_str()), ("/opt/ngspice", "ngspice"));
        let fast = Simulator::find("fast", &site).unwrap();
        assert_eq!(
            fast.command(&values(), false)[0],
            Piece::Work { before: "-raw=".to_owned(), file: "sim tx.raw".to_owned() }
        );
        assert_eq!(
            Simulator::find("bad", &site).unwrap_err().to_string(),
            "[simulators.bad]: unknown placeholder {dekc} in `{dekc}`; \
             expected {deck}, {out}, {log}, {stem}, {threads} or {mem_gb}"
        );
        assert!(
            Simulator::find("ngspce", &site)
                .unwrap_err()
                .to_string()
                .starts_with("unknown simulator `ngspce`; expected one of: bad, fast, finesim,")
        );
    }

    #[test]
    fn measure_files_are_numbered() {
        let hspice = Simulator::find("hspice", &toml::Table::new()).unwrap();
        assert!(hspice.is_measure_file("tx", "tx.mt0") && hspice.is_measure_file("tx", "tx.ma12"));
        assert!(!hspice.is_measure_file("tx", "tx.mt") && !hspice.is_measure_file("tx", "ty.mt0"));
    }

    #[test]
    fn versions_are_found_in_banners() {
        let ngspice = Simulator::find("ngspice", &toml::Table::new()).unwrap();
        let banner =
            "******\n** ngspice-39 : Circuit level simulation program\n** The U. C. Berkeley\n";
        assert_eq!(ngspice.version(banner), "ngspice-39 : Circuit level simulation program");
    }
}
