//! Options that every command takes.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Options of every command.
#[derive(Args, Clone)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Run as if libchar had been started in this folder
    #[arg(short = 'C', long = "directory", value_name = "DIR", global = true)]
    pub directory: Option<PathBuf>,
    /// Output format of the results [default: table on a terminal, csv in a pipe]
    #[arg(long, value_enum, global = true)]
    pub format: Option<Format>,
    /// Apply the [env.NAME] overrides of the configuration
    #[arg(
        long = "env",
        value_name = "NAME",
        env = "LIBCHAR_ENV",
        hide_env_values = true,
        global = true
    )]
    pub environment: Option<String>,
    /// Record the run in this history database
    #[arg(
        long,
        value_name = "FILE",
        env = "LIBCHAR_HISTORY",
        hide_env_values = true,
        global = true
    )]
    pub history: Option<PathBuf>,
    /// Write metrics in Prometheus text format after the run
    #[arg(long, value_name = "FILE", global = true)]
    pub metrics: Option<PathBuf>,
    /// Write a make rule that lists the files that were read
    #[arg(long, value_name = "FILE", global = true)]
    pub depfile: Option<PathBuf>,
    /// Format of the messages on stderr
    #[arg(long, value_enum, default_value_t = LogFormat::Human, global = true)]
    pub log_format: LogFormat,
    /// Print only errors on stderr
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Print more details on stderr
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Put an apostrophe before CSV cells that a spreadsheet would read as a formula
    #[arg(long, global = true)]
    pub safe_cells: bool,
    /// Exit with 0 instead of 1 if there are findings
    #[arg(long, global = true)]
    pub exit_zero: bool,
    /// Wait until another libchar in the same folder has ended, instead of exiting with 75
    #[arg(long, global = true)]
    pub wait: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// Aligned columns for people
    Table,
    /// CSV with a header
    Csv,
    /// One JSON document that names its schema
    Json,
    /// One JSON object per line
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Plain text for people
    Human,
    /// One JSON object per line
    Json,
}

impl From<Format> for libchar_core::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Table => Self::Table,
            Format::Csv => Self::Csv,
            Format::Json => Self::Json,
            Format::Jsonl => Self::Jsonl,
        }
    }
}
