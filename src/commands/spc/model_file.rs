//! Forecast models in files.

use crate::context::Context;
use anyhow::Result;
use libchar_core::{Fault, Faults, frame};
use libchar_spc::forecast::Model;
use serde_json::Value;

const SCHEMA: (&str, u32) = ("libchar.spc-forecast-model", 1);

/// A model as its document.
pub fn document(model: &Model) -> Result<Value> {
    Ok(frame::document(SCHEMA.0, SCHEMA.1, serde_json::to_value(model)?))
}

/// Reads a model file.
///
/// # Errors
/// A document of another schema or version, and members that are missing or do not fit each other.
pub fn read(path: &str, ctx: &Context) -> Result<Model> {
    let source = ctx.read(path)?;
    let origin = "a model that `libchar spc forecast fit` wrote";
    let model: Model = libchar_core::document::read(path, &source.bytes, SCHEMA, origin)?;
    model.check().map_err(|e| Faults::from(Fault::of(path, e.to_string()).expected(origin)))?;
    Ok(model)
}
