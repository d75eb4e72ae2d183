//! Alerts of `spc` in the history.

use crate::context::Context;
use libchar_history::Alert;

/// Largest number of alerts of one command; further ones are raised as a single alert with their
/// number.
const MOST: usize = 100;

/// Severity, message and details of an alert.
pub type Raised = (String, String, Option<String>);

/// Raises an alert; details are a JSON document.
pub fn alert(
    ctx: &Context,
    source: &str,
    severity: &str,
    message: String,
    details: Option<String>,
) {
    let (source, severity) = (source.to_owned(), severity.to_ascii_lowercase());
    ctx.journal.alert(Alert { source, severity, message, details });
}

/// Raises alerts, at most [`MOST`] of them; `rest` makes the message for the number of the others.
pub fn alerts(
    ctx: &Context,
    source: &str,
    found: impl ExactSizeIterator<Item = Raised>,
    rest: impl FnOnce(usize) -> String,
) {
    let more = found.len().saturating_sub(MOST);
    for (severity, message, details) in found.take(MOST) {
        alert(ctx, source, &severity, message, details);
    }
    if more > 0 {
        alert(ctx, source, "warning", rest(more), None);
    }
}
