//! Passes on what a run reports besides its results: its notes, numbers for the history, metrics
//! and alerts.

use crate::context::Context;
use crate::registry::now;
use libchar_core::Note;
use libchar_core::told::{Alert, Kept, Metric};
use libchar_history::ResultRow;
use libchar_history::registry::NewAlert;

/// Prints a note on standard error.
pub fn say(ctx: &Context, note: Note) {
    match note {
        Note::Warning(about, message) => ctx.log.warning(about, message),
        Note::Alarm(about, message) => ctx.log.alarm(about, message),
        Note::Info(about, message) => ctx.log.info(about, message),
    }
}

/// Stores numbers in the history.
pub fn keep(ctx: &Context, kept: impl IntoIterator<Item = Kept>) {
    ctx.journal.results(kept.into_iter().map(|kept| ResultRow {
        point: kept.point,
        measure: kept.measure,
        value: kept.value,
        unit: kept.unit.map(str::to_owned),
        status: kept.status,
    }));
}

/// Sets metrics.
pub fn measure(ctx: &Context, metrics: impl IntoIterator<Item = Metric>) {
    let own = &mut ctx.metrics.borrow_mut();
    for m in metrics {
        let labels: Vec<(&str, &str)> = m.labels.iter().map(|(n, v)| (*n, v.as_str())).collect();
        match m.grows {
            true => own.counter(&m.name, m.help, &labels, m.value),
            false => own.gauge(&m.name, m.help, &labels, m.value),
        }
    }
}

/// An alert with the present time.
pub fn alert(alert: Alert) -> NewAlert {
    NewAlert {
        fired_at: now(),
        severity: alert.severity,
        job_id: alert.job,
        alert_type: alert.kind,
        message: alert.message,
        recommendation: alert.advice,
    }
}
