//! The tools of `[tool.NAME]`: whether each is there, in a version that is allowed, with a licence.

use super::{COMMAND_TIME, says, shown};
use anyhow::{Result, anyhow};
use libchar_core::version::{RANGE, Range, Version};
use libchar_core::{Fault, Faults};
use libchar_runner::Signals;
use libchar_runner::program::Program;

/// What is known of one tool: a line for its version, one for its licence.
pub fn ask(name: &str, table: &toml::Value, signals: &Signals) -> Vec<Result<String>> {
    let mut answers = vec![version(name, table, signals)];
    let licence = words(table, "licence");
    if let Some((path, args)) = licence.split_first() {
        let pattern = table.get("licence_pattern").and_then(toml::Value::as_str);
        answers.push(says(name, &program(path, args), 0, pattern, signals));
    }
    answers
}

/// The version that a tool tells, held to the range that is allowed.
fn version(name: &str, table: &toml::Value, signals: &Signals) -> Result<String> {
    let text = |key: &str| table.get(key).and_then(toml::Value::as_str);
    let range = text("version").map(|range| {
        let fault = |bound: String| {
            let found = format!("`{bound}` is no bound of versions");
            Faults::from(Fault::of(format!("tool.{name}.version"), found).expected(RANGE))
        };
        Range::parse(range).map(|parsed| (range, parsed)).map_err(fault)
    });
    let range = range.transpose()?;
    let args = words(table, "version_args");
    let args = if args.is_empty() { vec!["--version"] } else { args };
    let program = program(text("path").unwrap_or(name), &args);
    let (ended, output) = program.capture(1 << 20, signals)?;
    let shown = shown(&program);
    if ended.timed_out {
        return Err(anyhow!("{name}: `{shown}` did not answer in time"));
    }
    let output = String::from_utf8_lossy(&output);
    let told = output.lines().find_map(Version::find);
    match (range, told) {
        (None, None) => Ok(format!("{name}: `{shown}` answers")),
        (None, Some(version)) => Ok(format!("{name}: version {version}")),
        (Some((range, _)), None) => {
            Err(anyhow!("{name}: `{shown}` tells no version, expected {range}"))
        }
        (Some((range, allowed)), Some(version)) if allowed.allows(&version) => {
            Ok(format!("{name}: version {version} is within {range}"))
        }
        (Some((range, _)), Some(version)) => {
            Err(anyhow!("{name}: `{shown}` tells version {version}, expected {range}"))
        }
    }
}

fn words<'a>(table: &'a toml::Value, key: &str) -> Vec<&'a str> {
    let words = table.get(key).and_then(toml::Value::as_array).into_iter().flatten();
    words.filter_map(toml::Value::as_str).collect()
}

fn program(path: &str, args: &[&str]) -> Program {
    Program {
        path: path.into(),
        args: args.iter().map(Into::into).collect(),
        timeout: Some(COMMAND_TIME),
        ..Program::default()
    }
}
