//! What a run tells besides its results: its notes, its history, its metrics and its alerts.

use crate::context::Context;
use crate::registry::now;
use libchar_assurance::told::{Alert, Kept, Metric, Note};
use libchar_history::ResultRow;
use libchar_history::registry::NewAlert;

/// Says a note about `event`.
pub fn say(ctx: &Context, event: &str, note: &Note) {
    match note {
        Note::Info(text) => ctx.log.info(event, text),
        Note::Warning(text) => ctx.log.warning(event, text),
    }
}

/// Leaves numbers in the history.
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

/// An alert of this moment.
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
