//! Alerts in the history.

use crate::context::Context;
use libchar_history::Alert;

/// Alerts of one command; more are one alert with their number.
const MOST: usize = 100;

/// An alert that is raised.
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

/// Raises alerts of severity, message and details, as many as are bearable; `rest` tells how many more there are.
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
