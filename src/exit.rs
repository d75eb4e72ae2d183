//! What a command's result means for the shell.

pub use libchar_campaign::interrupted::Interrupted;
use libchar_core::Refused;
use libchar_files::lock::LockError;
use std::fmt;
use std::io;

/// How a command ended when it did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to report.
    Fine,
    /// A rule fired, a point failed, a limit is missed, a check differs or a job is blocked.
    Findings,
}

impl Outcome {
    /// Findings if their number is not zero.
    pub fn found(findings: usize) -> Outcome {
        if findings == 0 { Outcome::Fine } else { Outcome::Findings }
    }
}

/// A mistake in how the command was called, said without a place.
#[derive(Debug)]
pub struct Usage(pub String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// What a domain refuses, as an error of this program.
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

/// What an exit code means, as the history writes it.
pub fn status(code: u8) -> &'static str {
    match code {
        0 => "done",
        1 => "findings",
        130 | 143 => "interrupted",
        _ => "failed",
    }
}

/// An error with its causes, each said once: libraries repeat theirs.
pub fn explain(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |said, cause| {
        match said.is_empty() {
            true => cause,
            false if said.contains(&cause) => said,
            false => format!("{said}: {cause}"),
        }
    })
}

/// Whether the reader of our output went away, as `head` does: that is no error.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json =
            cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use super::explain;
    use anyhow::anyhow;

    #[test]
    fn causes_are_said_once() {
        let error = anyhow!("disk full").context("cannot write x: disk full").context("no report");
        assert_eq!(explain(&error), "no report: cannot write x: disk full");
    }
}
