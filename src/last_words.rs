//! The last message of a program, and its exit code.

use crate::exit::{Interrupted, Outcome, explain, is_closed_pipe, number};
use crate::global::LogFormat;
use crate::log::Log;
use libchar_core::Faults;
use libchar_core::fault::escape_lines;
use std::io::{self, Write};
use std::process::ExitCode;

/// Prints the error, if there is one, and returns the exit code.
pub fn code(result: &anyhow::Result<Outcome>, exit_zero: bool, log: &Log) -> ExitCode {
    if let Err(error) = result
        && !is_closed_pipe(error)
        && !error.is::<Interrupted>()
    {
        match (error.downcast_ref::<Faults>(), log.format) {
            (Some(faults), LogFormat::Json) => faults.iter().for_each(|fault| log.fault(fault)),
            // Faults begin with their place, so that editors find it. If stderr is closed, nobody
            // can be told.
            (Some(faults), LogFormat::Human) => drop(writeln!(io::stderr(), "{faults}")),
            (None, LogFormat::Json) => log.fatal(&explain(error)),
            (None, LogFormat::Human) => {
                drop(writeln!(io::stderr(), "libchar: {}", escape_lines(&explain(error))));
            }
        }
    }
    match number(result) {
        1 if exit_zero => ExitCode::SUCCESS,
        code => ExitCode::from(code),
    }
}
