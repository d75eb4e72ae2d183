//! Exit codes: what the result of a command means for the shell.

pub use libchar_campaign::explain::explain;
pub use libchar_campaign::interrupted::Interrupted;
use libchar_core::Refused;
use libchar_files::lock::LockError;
use std::fmt;
use std::io;

/// Result of a command that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to report.
    Fine,
    /// A finding: a rule fired, a point failed, a limit is missed, a check differs or a job is
    /// blocked.
    Findings,
}

impl Outcome {
    /// `Findings` if their number is not zero.
    pub fn found(findings: usize) -> Outcome {
        if findings == 0 { Outcome::Fine } else { Outcome::Findings }
    }
}

/// A mistake in how the command was called, without a place in a file.
#[derive(Debug)]
pub struct Usage(pub String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// Converts an error of a crate to one of this program.
pub fn refused(refused: Refused) -> anyhow::Error {
    match refused {
        Refused::Usage(message) => Usage(message).into(),
        Refused::Faults(faults) => faults.into(),
    }
}

/// The numeric exit code of a result.
pub fn number(result: &anyhow::Result<Outcome>) -> u8 {
    match result {
        Ok(Outcome::Fine) => 0,
        Ok(Outcome::Findings) => 1,
        Err(error) => {
            if let Some(Interrupted(signal)) = error.downcast_ref() {
                return u8::try_from(128 + signal).unwrap_or(130);
            }
            match error.downcast_ref() {
                Some(LockError::Held(..)) => 75,
                _ if is_closed_pipe(error) => 0,
                _ => 2,
            }
        }
    }
}

/// The meaning of an exit code, as the history stores it.
pub fn status(code: u8) -> &'static str {
    match code {
        0 => "done",
        1 => "findings",
        130 | 143 => "interrupted",
        _ => "failed",
    }
}

/// Whether the reader of our output has ended, as `head` does, which is not an error.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json =
            cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}
