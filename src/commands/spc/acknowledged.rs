//! Alarms that were acknowledged or resolved by `libchar alerts`.

use crate::context::Context;
use libchar_history::History;
use libchar_spc::acknowledged::Known;

/// Number of the newest alerts that are searched.
const MOST: usize = 10_000;

/// Alerts of a column that were acknowledged or resolved; empty without a history.
pub fn of_column(ctx: &Context, column: &str) -> Vec<Known> {
    let path = ctx.history_path().ok().filter(|path| path.is_file());
    let history = path.and_then(|path| History::read(&path).ok());
    let raised = history.and_then(|history| history.alerts(MOST, true).ok()).unwrap_or_default();
    let begins = format!("{column}: ");
    raised
        .into_iter()
        .filter(|raised| raised.state != "open" && raised.alert.source == "spc")
        .filter(|raised| raised.alert.message.starts_with(&begins))
        .filter_map(|raised| {
            let details = serde_json::from_str(raised.alert.details.as_deref()?).ok()?;
            Some(Known { state: raised.state, by: raised.changed_by, why: raised.why, details })
        })
        .collect()
}
