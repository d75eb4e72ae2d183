use crate::cli::Cli;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::{Context as _, Result};
use clap::{Args, CommandFactory};
use std::path::PathBuf;

/// Print the manual page of libchar, or write the pages of all commands into a folder
#[derive(Args)]
pub struct Man {
    /// Folder to write one page per command into
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub fn run(args: Man, ctx: &Context) -> Result<Outcome> {
    let mut root = Cli::command().name("libchar");
    // Building the definition gives every subcommand its full name.
    root.build();
    match args.folder {
        None => ctx.write("-", &page(&root)?)?,
        Some(folder) => {
            for command in commands(&root) {
                let name = command.get_display_name().unwrap_or(command.get_name());
                let path = folder.join(format!("{name}.1"));
                let path = path.to_str().context("the folder's name is not UTF-8")?;
                ctx.write(path, &page(command)?)?;
            }
        }
    }
    Ok(Outcome::Fine)
}

/// A command and all commands below it that a user can type.
fn commands(command: &clap::Command) -> Vec<&clap::Command> {
    let below = command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set() && sub.get_name() != "help")
        .flat_map(commands);
    std::iter::once(command).chain(below).collect()
}

fn page(command: &clap::Command) -> Result<Vec<u8>> {
    let version = env!("CARGO_PKG_VERSION");
    // The page has no date, so that it changes only when the commands change.
    let man = clap_mangen::Man::new(command.clone().version(version)).date("");
    let mut bytes = Vec::new();
    man.render(&mut bytes)?;
    Ok(bytes)
}
