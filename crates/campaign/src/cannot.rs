//! What cannot be done with a file of our own.

use anyhow::anyhow;
use std::io;
use std::path::Path;

/// A fault of a file of our own, with its name; `what` is the verb.
pub fn cannot(what: &str, path: &Path, error: io::Error) -> anyhow::Error {
    anyhow!(error).context(format!("cannot {what} {}", path.display()))
}
