//! `config`: prints every value and its origin, manages trusted folders, writes an example, and
//! checks files.

mod example;
mod folders;
mod node;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_core::config::{Config as Settings, KEYS};
use libchar_core::words::count;
use libchar_core::{Fault, Faults, Frame};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  libchar config                        every value and the file, variable or flag that it came from
  libchar config example >libchar.toml  all keys with their meaning and default, as comments
  libchar config check libchar.toml     check a file; exit 2 if it has a fault
  libchar config node parse LIBRARY     split the name of a library into its parts, by the pattern of its process node
  libchar config trust .                start the programs that libchar.toml names here, whoever can write it";

/// Print every configuration value and where it came from
#[derive(Args)]
#[command(after_long_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Config {
    #[command(subcommand)]
    action: Option<Action>,
    /// Print all keys with their defaults and meaning instead of the values
    #[arg(long)]
    keys: bool,
}

#[derive(Subcommand)]
enum Action {
    /// Check configuration files; exit 1 if a file names programs but is not trusted, 2 if a file has a fault
    Check {
        /// Files to check [default: those that are in effect here]
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Print an example configuration file with all keys, as comments
    Example,
    /// Work with process nodes and the names of their libraries
    #[command(subcommand)]
    Node(node::Action),
    /// Trust the configuration files below a folder: start the programs that they name, whoever can write the files
    Trust {
        /// Folder of the configuration files
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Stop trusting the configuration files below a folder
    Untrust {
        /// Folder of the configuration files
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

pub fn run(args: Config, ctx: &Context) -> Result<Outcome> {
    ctx.look("config");
    match args.action {
        None => ctx.print(&if args.keys { keys() } else { values(ctx) })?,
        Some(Action::Check { files }) => return check(&files, ctx),
        Some(Action::Example) => ctx.write("-", example::text().as_bytes())?,
        Some(Action::Node(action)) => return node::run(&action, ctx),
        Some(Action::Trust { folder }) => folders::trust(&folder, ctx)?,
        Some(Action::Untrust { folder }) => folders::untrust(&folder, ctx)?,
    }
    Ok(Outcome::Fine)
}

fn values(ctx: &Context) -> Frame {
    let mut frame = Frame::new("libchar.config", 1, ["key", "value", "origin"]);
    for (key, setting) in ctx.config.iter() {
        let value = match setting.shown() {
            value if value.is_str() => value.as_str().unwrap_or_default().to_owned(),
            value => value.to_string(),
        };
        frame.push(vec![key.into(), value.into(), setting.origin.to_string().into()]);
    }
    frame
}

fn keys() -> Frame {
    let mut frame =
        Frame::new("libchar.config-keys", 1, ["key", "default", "variable", "expected", "about"]);
    for key in KEYS {
        let variable = (!key.path.contains('*')).then(|| key.variable());
        frame.push(vec![
            key.path.into(),
            key.default.into(),
            variable.into(),
            key.kind.expected().into(),
            key.about.into(),
        ]);
    }
    frame
}

/// Checks the given files. Without any, the files in effect are checked: these were already read,
/// since a fault in them ends the program earlier, so only settings of untrusted files are
/// reported.
fn check(files: &[PathBuf], ctx: &Context) -> Result<Outcome> {
    let mut faults: Vec<Fault> = Vec::new();
    for file in files {
        let name = file.display().to_string();
        let bytes = ctx.read(&name)?.bytes;
        let variable = |name: &str| std::env::var(name).ok();
        let environment = ctx.options.environment.as_deref();
        if let Err(more) =
            Settings::defaults().add_file(&name, &bytes, environment, &variable, None)
        {
            faults.extend(more.into_vec());
        }
    }
    Faults::or((), faults)?;
    let mut frame = Frame::new("libchar.config-check", 1, ["file", "finding"]);
    let withheld = if files.is_empty() { ctx.config.withheld() } else { Vec::new() };
    for fault in &withheld {
        let expected = fault.expected.as_deref().unwrap_or_default();
        frame.push(vec![
            fault.file.as_str().into(),
            format!("{}; it has no effect without {expected}", fault.found).into(),
        ]);
    }
    ctx.print(&frame)?;
    let read = if files.is_empty() { ctx.files.len() } else { files.len() };
    ctx.log.info(
        "config",
        format!("{} read, {}", count(read, "file"), count(withheld.len(), "finding")),
    );
    Ok(Outcome::found(withheld.len()))
}
