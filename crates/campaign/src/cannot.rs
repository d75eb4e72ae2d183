//! Errors of reading and writing libchar's own files.

use anyhow::anyhow;
use std::io;
use std::path::Path;

/// The error for one of libchar's own files, with its name; `what` is the verb.
pub fn cannot(what: &str, path: &Path, error: io::Error) -> anyhow::Error {
    anyhow!(error).context(format!("cannot {what} {}", path.display()))
}
