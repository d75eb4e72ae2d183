//! Reads files of forecast models.

use crate::context::Context;
use anyhow::Result;
use libchar_spc::forecast::Model;

/// Reads a model file.
///
/// # Errors
/// As [`Model::read`].
pub fn read(path: &str, ctx: &Context) -> Result<Model> {
    Ok(Model::read(path, &ctx.read(path)?.bytes)?)
}
