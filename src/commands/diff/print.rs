//! Printing the differences: rows for programs, a table for people, or a document.

use super::side::Side;
use crate::context::Context;
use anyhow::Result;
use libchar_core::Format;
use libchar_pages::diff::Comparison;
use libchar_pages::diff::reasons::Reason;
use libchar_pages::diff::rows;

pub fn print(
    comparison: &Comparison,
    [old, new]: [&Side; 2],
    reasons: &[Reason],
    worst: Option<usize>,
    ctx: &Context,
) -> Result<()> {
    let shown = rows::worst(comparison, worst);
    let sides = [old, new].map(|side| (side.name.as_str(), side.what.as_str()));
    match ctx.format() {
        Format::Json => {
            ctx.write_document("-", &rows::document(comparison, &shown, sides, reasons))?;
        }
        Format::Table => ctx.print(&rows::table(&shown))?,
        _ => ctx.print(&rows::rows(&shown))?,
    }
    for reason in reasons {
        ctx.log.info("diff", reason.text());
    }
    let hidden = comparison.differences.len() - shown.len();
    if hidden > 0 {
        ctx.log.info("diff", format!("{hidden} more differences are not shown (--worst)"));
    }
    ctx.log.info("diff", rows::summary(comparison));
    Ok(())
}
