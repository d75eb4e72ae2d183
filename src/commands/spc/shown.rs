//! How an answer reaches the terminal.

use crate::context::Context;
use anyhow::Result;
use libchar_core::{Format, Frame};
use libchar_spc::note::Note;
use serde_json::Value;

/// Prints a document where JSON is asked for, else rows.
pub fn answer(
    ctx: &Context,
    document: impl FnOnce() -> Value,
    rows: impl FnOnce() -> Frame,
) -> Result<()> {
    match ctx.format() {
        Format::Json => ctx.write_document("-", &document()),
        _ => ctx.print(&rows()),
    }
}

/// Says on standard error what a reader should know.
pub fn say(ctx: &Context, note: Note) {
    match note {
        Note::Warning(about, message) => ctx.log.warning(about, message),
        Note::Info(about, message) => ctx.log.info(about, message),
    }
}
