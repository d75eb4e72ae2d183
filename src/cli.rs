//! The command line that every subcommand shares.

use crate::commands::{Command, definitions};
use crate::families::{by_family, first_look};
use crate::global::{Global, LogFormat};
use clap::error::ErrorKind;
use clap::{ArgMatches, Command as Definition, CommandFactory, FromArgMatches, Parser};
use std::ffi::OsString;
use std::io::Write;

const EXIT_CODES: &str = "\
Exit codes:
  0 fine   1 findings (a rule fired, a point failed, a limit is missed)   2 wrong usage or unreadable input
  75 another libchar works in this folder (holds the lock)   130/143 interrupted";

/// Characterize circuits at every PVT point; watch, simulate and predict fab processes
#[derive(Parser)]
#[command(version, subcommand_required = true, propagate_version = false)]
#[command(after_long_help = EXIT_CODES)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// The same program without its commands.
#[derive(Parser)]
#[command(name = "libchar", version, subcommand_required = true)]
struct Bare {
    #[command(flatten)]
    _global: Global,
}

impl Cli {
    /// The part of the definition that these arguments need: all of it for help, else the commands
    /// that they name.
    fn definition(args: &[OsString]) -> Definition {
        let asks_for_help = |arg: &OsString| {
            let text = arg.to_string_lossy();
            text == "help"
                || text == "--help"
                || (text.starts_with('-') && !text.starts_with("--") && text.contains('h'))
        };
        let is_named = |name: &str| args.iter().any(|arg| arg == name);
        let names: Vec<Definition> = match args.iter().any(asks_for_help) {
            true => Vec::new(),
            false => definitions(is_named),
        };
        match names.iter().any(|definition| is_named(definition.get_name())) {
            true => take_negative_numbers(Bare::command().subcommands(names)),
            false => by_family(take_negative_numbers(Cli::command())),
        }
    }

    /// Reads the command line. Ends the program with usage or help if that is asked for or due.
    pub fn read() -> Cli {
        let args: Vec<OsString> = std::env::args_os().collect();
        let mut definition = Cli::definition(args.get(1..).unwrap_or_default());
        if args.len() == 1 {
            // A script does not call the program like this: print to stderr, and exit with the code
            // of a usage error.
            let _ = std::io::stderr().write_all(first_look(&definition).as_bytes());
            std::process::exit(2);
        }
        let matches = definition.try_get_matches_from_mut(args);
        let read = matches.and_then(|matches| match infinite_number(&matches) {
            Some(found) => Err(definition.error(ErrorKind::InvalidValue, found)),
            None => Cli::from_arg_matches(&matches),
        });
        read.unwrap_or_else(|error| end(&error))
    }
}

/// Ends the program with help, or with the error in the command line: in JSON if that format is
/// asked for.
fn end(error: &clap::Error) -> ! {
    let args: Vec<String> = std::env::args().collect();
    let in_json = args.iter().any(|arg| arg == "--log-format=json")
        || args.windows(2).any(|pair| pair[0] == "--log-format" && pair[1] == "json");
    if !error.use_stderr() || !in_json {
        error.exit();
    }
    let text = error.to_string();
    let first = text.split("\n\n").next().unwrap_or_default();
    let message = first.trim_start_matches("error: ").split_whitespace().collect::<Vec<_>>();
    crate::log::Log::early(LogFormat::Json).fatal(&message.join(" "));
    std::process::exit(error.exit_code())
}

/// Lets every option take values such as `-1`, so that the command and not the parser reports a
/// value that is out of range.
fn take_negative_numbers(definition: Definition) -> Definition {
    definition
        .mut_args(|arg| {
            let takes_values = arg.get_action().takes_values() && !arg.is_positional();
            if takes_values { arg.allow_negative_numbers(true) } else { arg }
        })
        .mut_subcommands(take_negative_numbers)
}

/// Finds an option whose value is NaN or infinite, which no command can use.
fn infinite_number(matches: &ArgMatches) -> Option<String> {
    let own = matches.ids().find_map(|id| {
        let values = matches.try_get_many::<f64>(id.as_str()).ok().flatten()?;
        let value = values.into_iter().find(|value| !value.is_finite())?;
        let option = id.as_str().replace('_', "-");
        Some(format!("invalid value '{value}' for '--{option}': expected a finite number"))
    });
    own.or_else(|| matches.subcommand().and_then(|(_, below)| infinite_number(below)))
}
