//! Asks programs, before a run, whether everything that it needs is there: the simulator, the
//! scheduler, licences, tools.

mod tools;

use crate::commands::run::engine;
use crate::context::Context;
use crate::preflight::Found;
use anyhow::{Result, anyhow};
use libchar_campaign::cluster::Scheduler;
use libchar_campaign::cluster::settings::executor as executor_of;
use libchar_campaign::cluster::site::Site;
use libchar_core::glob::matches;
use libchar_core::{Fault, Faults};
use libchar_pvt::RunConfig;
use libchar_runner::cluster::{Executor, Listed};
use libchar_runner::program::Program;
use libchar_runner::{Ended, Signals};
use std::collections::BTreeSet;
use std::time::Duration;

/// Time limit of a program of `[check.commands]`.
const COMMAND_TIME: Duration = Duration::from_secs(30);

/// The programs that do not answer; `executor` is the scheduler that the user typed. `passed` is
/// called for each program that does.
pub fn of(
    config: &RunConfig,
    executor: Option<&str>,
    ctx: &Context,
    mut passed: impl FnMut(&'static str, String),
) -> Found {
    let mut found = Found::new();
    let signals = match Signals::watch() {
        Ok(signals) => signals,
        Err(error) => return vec![("simulator", error.into())],
    };
    match engine::of(config, &ctx.config, &signals) {
        Ok(engine) => passed("simulator", engine.version),
        Err(error) => found.push(("simulator", error)),
    }
    match executor_of(executor, &ctx.config)
        .map(|executor| executor.map(|executor| list(&executor, &signals)))
    {
        Ok(Some(Ok(jobs))) => {
            passed("executor", format!("the scheduler answers; {} jobs are yours", jobs.len()));
        }
        Ok(Some(Err(error))) => found.push(("executor", error)),
        Ok(None) => {}
        Err(error) if executor.is_some() => found.push(("executor", error)),
        // A wrong setting is reported with the domain.
        Err(_) => {}
    }
    for (check, key) in [("commands", "check.commands"), ("tools", "tool")] {
        if let Err(error) = ctx.config.consent(key) {
            found.push((check, Faults::from(error).into()));
            continue;
        }
        for (name, table) in ctx.config.section(key) {
            let answers = match check {
                "tools" => tools::ask(&name, &table, &signals),
                _ => vec![ask(&name, &table, &signals)],
            };
            for answer in answers {
                match answer {
                    Ok(line) => passed(check, line),
                    Err(error) => found.push((check, error)),
                }
            }
        }
    }
    found
}

/// The user's jobs that a scheduler lists.
fn list(executor: &Executor, signals: &Signals) -> Result<BTreeSet<Listed>> {
    Site { executor, signals }.list()
}

/// Asks one program of `[check.commands]`.
fn ask(name: &str, table: &toml::Value, signals: &Signals) -> Result<String> {
    let program = program(&format!("check.commands.{name}"), table, COMMAND_TIME)?;
    let wanted = table.get("exit_code").and_then(toml::Value::as_integer).unwrap_or(0);
    let pattern = table.get("pattern").and_then(toml::Value::as_str);
    says(name, &program, wanted, pattern, signals)
}

/// The answer of a program of the site: the line that matches the pattern, or that the program
/// ended as it should.
fn says(
    name: &str,
    program: &Program,
    wanted: i64,
    pattern: Option<&str>,
    signals: &Signals,
) -> Result<String> {
    let (ended, output) = answer(name, program, signals)?;
    let shown = shown(program);
    if ended.code.map(i64::from) != Some(wanted) {
        let code = ended.code.map_or_else(|| "a signal".to_owned(), |code| code.to_string());
        return Err(anyhow!("{name}: `{shown}` ended with {code}, expected {wanted}"));
    }
    match pattern {
        None => Ok(format!("{name}: `{shown}` ended with {wanted}")),
        Some(pattern) => match output.lines().find(|line| matches(pattern, line.trim())) {
            Some(line) => Ok(format!("{name}: {}", line.trim())),
            None => Err(anyhow!("{name}: no line of the output of `{shown}` is `{pattern}`")),
        },
    }
}

/// Runs a program of the site; returns how it ended and everything that it printed.
fn answer(name: &str, program: &Program, signals: &Signals) -> Result<(Ended, String)> {
    let (ended, output) =
        program.capture(1 << 20, signals).map_err(|error| anyhow!("{name}: {error}"))?;
    if ended.timed_out {
        return Err(anyhow!("{name}: `{}` did not answer in time", shown(program)));
    }
    Ok((ended, String::from_utf8_lossy(&output).into_owned()))
}

/// The words of a list in a table; empty if the key is absent.
fn words<'a>(table: &'a toml::Value, key: &str) -> Vec<&'a str> {
    let words = table.get(key).and_then(toml::Value::as_array).into_iter().flatten();
    words.filter_map(toml::Value::as_str).collect()
}

/// A program with a time limit.
fn called(path: &str, args: &[&str], time: Duration) -> Program {
    Program {
        path: path.into(),
        args: args.iter().map(Into::into).collect(),
        timeout: Some(time),
        ..Program::default()
    }
}

/// A program with its arguments, as typed in a shell.
fn shown(program: &Program) -> String {
    let words = std::iter::once(program.path.as_os_str())
        .chain(program.args.iter().map(|arg| arg.as_os_str()));
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Reads a program of the site from its table in the configuration, with `command` and `timeout`.
///
/// # Errors
/// A table without a command.
pub fn program(key: &str, table: &toml::Value, time: Duration) -> Result<Program, Faults> {
    let words = words(table, "command");
    let Some((path, args)) = words.split_first() else {
        let fault = Fault::of(key, "no command").expected("command = [\"program\", \"argument\"]");
        return Err(fault.into());
    };
    let own = table.get("timeout").and_then(toml::Value::as_str);
    let own = own.and_then(|time| libchar_core::duration::parse(time).ok());
    Ok(called(path, args, own.unwrap_or(time)))
}
