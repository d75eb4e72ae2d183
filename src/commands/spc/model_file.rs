//! Forecast models in files.

use crate::context::Context;
use anyhow::Result;
use libchar_core::{Fault, Faults, frame};
use libchar_spc::forecast::Model;
use serde_json::Value;

const NAME: &str = "libchar.spc-forecast-model";
const VERSION: u32 = 1;

/// The bytes of a model file.
pub fn bytes(model: &Model) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    frame::write_json(&mut bytes, &frame::document(NAME, VERSION, serde_json::to_value(model)?))?;
    Ok(bytes)
}

/// Reads a model file.
///
/// # Errors
/// A document of another schema or version, and members that are missing or do not fit each other.
pub fn read(path: &str, ctx: &Context) -> Result<Model> {
    let source = ctx.read(path)?;
    let value: Value = serde_json::from_slice(&source.bytes)
        .map_err(|e| Faults::from(Fault::at(path, e.line(), e.column(), e.to_string())))?;
    let schema = (value["schema"]["name"].as_str(), value["schema"]["version"].as_u64());
    let fault = |found: String| {
        let expected = format!("a model written by `spc forecast fit` ({NAME} {VERSION})");
        Faults::from(Fault::of(path, found).expected(expected))
    };
    if schema != (Some(NAME), Some(VERSION.into())) {
        let found = schema.0.map_or("no schema".to_owned(), |name| format!("schema `{name}`"));
        return Err(fault(format!("{found}, version {}", schema.1.unwrap_or(0))).into());
    }
    let model: Model = serde_json::from_value(value).map_err(|e| fault(e.to_string()))?;
    model.check().map_err(|e| fault(e.to_string()))?;
    Ok(model)
}
