//! Baseline files: frozen limits as JSON documents.

use crate::context::Context;
use anyhow::Result;
use libchar_core::{Fault, Faults, frame};
use libchar_spc::baseline::Baseline;
use libchar_spc::chart::Kind;
use serde_json::{Value, json};

/// Name and version of the document.
pub const SCHEMA: (&str, u32) = ("libchar.spc-baseline", 1);

/// Writes a baseline as its document.
pub fn document(baseline: &Baseline) -> Value {
    frame::document(SCHEMA.0, SCHEMA.1, json!(baseline))
}

/// Reads a baseline file.
///
/// # Errors
/// Anything that is not such a document, with its place.
pub fn read(ctx: &Context, file: &str) -> Result<Baseline> {
    parse(file, &ctx.read(file)?.bytes)
}

/// Reads a baseline from the bytes of a file.
///
/// # Errors
/// As [`read`].
pub fn parse(file: &str, bytes: &[u8]) -> Result<Baseline> {
    let origin = "a baseline that `libchar spc limits` wrote";
    Ok(libchar_core::document::read(file, bytes, SCHEMA, origin)?)
}

/// Refuses the baseline of another kind of chart than was asked for.
pub fn check_kind(baseline: &Baseline, asked: Option<Kind>, file: &str) -> Result<()> {
    let made_for = baseline.design.chart;
    match asked {
        Some(asked) if asked != made_for => {
            let found = format!("the baseline is of chart {}", made_for.name());
            let fault = Fault::of(file, found).expected(format!("one of chart {}", asked.name()));
            Err(Faults::from(fault).into())
        }
        _ => Ok(()),
    }
}
