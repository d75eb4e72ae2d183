//! Results of jobs in the history.

use crate::context::Context;
use libchar_assurance::litho::NamedJob;
use libchar_assurance::litho::answer::Answer;
use libchar_assurance::litho::report::{Measured, results};
use libchar_history::ResultRow;

/// Leaves every result in the history, by job.
pub fn record<'a>(ctx: &Context, rows: impl Iterator<Item = (&'a NamedJob, &'a Answer)>) {
    for (named, answer) in rows {
        let row = |found: Measured| ResultRow {
            point: Some(found.job),
            measure: found.measure.to_owned(),
            value: found.value,
            unit: found.unit.map(str::to_owned),
            status: found.status.to_owned(),
        };
        ctx.journal.results(results(named, answer).into_iter().map(row));
    }
}
