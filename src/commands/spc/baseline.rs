//! Baseline files: frozen limits as JSON documents.

use crate::context::Context;
use anyhow::Result;
use libchar_core::{Fault, Faults, frame, input};
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
    let source = ctx.read(file)?;
    let text = input::text(file, &source.bytes).map_err(Faults::from)?;
    let fault = |e: serde_json::Error| {
        let expected = "a baseline that `libchar spc limits` wrote";
        Faults::from(Fault::at(file, e.line(), e.column(), e.to_string()).expected(expected))
    };
    let mut value: Value = serde_json::from_str(text).map_err(fault)?;
    let schema = value.as_object_mut().and_then(|object| object.shift_remove("schema"));
    if schema != Some(json!({ "name": SCHEMA.0, "version": SCHEMA.1 })) {
        let found = match schema {
            Some(schema) => format!("a document with schema {schema}"),
            None => "no `schema` in the document".to_owned(),
        };
        let expected = format!(
            "schema {} version {}: a file that `libchar spc limits` wrote",
            SCHEMA.0, SCHEMA.1
        );
        return Err(Faults::from(Fault::of(file, found).expected(expected)).into());
    }
    serde_json::from_value(value).map_err(|e| {
        Faults::from(
            Fault::of(file, e.to_string()).expected("a baseline that `libchar spc limits` wrote"),
        )
        .into()
    })
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
