//! Checks the tools of `[tool.NAME]`: whether each is installed, in an allowed version, with a
//! licence.

use super::{COMMAND_TIME, answer, called, says, shown, words};
use anyhow::{Result, anyhow};
use libchar_core::version::{RANGE, Range, Version};
use libchar_core::{Fault, Faults};
use libchar_runner::Signals;

/// The results for one tool: a line for its version and one for its licence.
pub fn ask(name: &str, table: &toml::Value, signals: &Signals) -> Vec<Result<String>> {
    let mut answers = vec![version(name, table, signals)];
    let licence = words(table, "licence");
    if let Some((path, args)) = licence.split_first() {
        let pattern = table.get("licence_pattern").and_then(toml::Value::as_str);
        answers.push(says(name, &called(path, args, COMMAND_TIME), 0, pattern, signals));
    }
    answers
}

/// The version of a tool, compared with the allowed range.
fn version(name: &str, table: &toml::Value, signals: &Signals) -> Result<String> {
    let text = |key: &str| table.get(key).and_then(toml::Value::as_str);
    let range = text("version").map(|range| {
        let fault = |bound: String| {
            let found = format!("`{bound}` is not a bound of versions");
            Faults::from(Fault::of(format!("tool.{name}.version"), found).expected(RANGE))
        };
        Range::parse(range).map(|parsed| (range, parsed)).map_err(fault)
    });
    let range = range.transpose()?;
    let args = words(table, "version_args");
    let args = if args.is_empty() { vec!["--version"] } else { args };
    let program = called(text("path").unwrap_or(name), &args, COMMAND_TIME);
    let (_, output) = answer(name, &program, signals)?;
    let shown = shown(&program);
    let told = output.lines().find_map(Version::find);
    match (range, told) {
        (None, None) => Ok(format!("{name}: `{shown}` answers")),
        (None, Some(version)) => Ok(format!("{name}: version {version}")),
        (Some((range, _)), None) => {
            Err(anyhow!("{name}: `{shown}` reports no version, expected {range}"))
        }
        (Some((range, allowed)), Some(version)) if allowed.allows(&version) => {
            Ok(format!("{name}: version {version} is within {range}"))
        }
        (Some((range, _)), Some(version)) => {
            Err(anyhow!("{name}: `{shown}` reports version {version}, expected {range}"))
        }
    }
}
