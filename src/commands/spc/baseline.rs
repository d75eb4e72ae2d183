//! Reads baseline files: the frozen limits of one chart or of many.

use crate::context::Context;
use anyhow::Result;
use libchar_spc::baseline::Baseline;
use libchar_spc::frozen::{Frozen, parse, parse_any};

/// Reads a baseline file.
///
/// # Errors
/// A file of another kind, with the place of the fault.
pub fn read(ctx: &Context, file: &str) -> Result<Baseline> {
    Ok(parse(file, &ctx.read(file)?.bytes)?)
}

/// Whether a file contains the limits of many charts.
///
/// # Errors
/// A file that cannot be read.
pub fn is_set(ctx: &Context, file: &str) -> Result<bool> {
    Ok(libchar_spc::frozen::is_set(&ctx.read(file)?.bytes))
}

/// Reads the limits of one chart or of many.
///
/// # Errors
/// As [`read`]; a file without limits.
pub fn read_any(ctx: &Context, file: &str) -> Result<Frozen> {
    Ok(parse_any(file, &ctx.read(file)?.bytes)?)
}
