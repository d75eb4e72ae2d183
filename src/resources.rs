//! Alerts of what of the machine is in use.

use crate::context::Context;
use libchar_campaign::resources;
pub use libchar_campaign::resources::Crossed;
use libchar_history::Alert;

/// The thresholds that are exceeded now. The use of each resource becomes a metric.
pub fn crossed(ctx: &Context) -> Vec<Crossed> {
    resources::crossed(&ctx.config, |metric, help, used| {
        ctx.metrics.borrow_mut().gauge(metric, help, &[], used);
    })
}

/// Raises an alert for each of them.
pub fn raise(ctx: &Context, source: &str, crossed: &[Crossed]) {
    crossed.iter().for_each(|crossed| raise_once(ctx, crossed.alert(source)));
}

/// Raises an alert, unless the same one is open or acknowledged.
pub fn raise_once(ctx: &Context, alert: Alert) {
    if !ctx.history_path().is_ok_and(|path| resources::stands(&path, &alert)) {
        ctx.journal.alert(alert);
    }
}
