//! What is said of a calibration besides its result, and what the history keeps.

use crate::context::Context;
use libchar_assurance::litho::matrix::Matrix;
use libchar_history::ResultRow;
use libchar_litho::fem::{Judged, PARAMETERS, Seen};

/// What was read and left out: no findings, but nothing is silent.
pub fn say(ctx: &Context, matrix: &Matrix, j: &Judged) {
    if matrix.blank > 0 {
        let message = format!(
            "{} points without a width say nothing, for `printed` does not tell whether they printed; --blanks-did-not-print uses them",
            matrix.blank
        );
        let unknown = matrix.points.iter().any(|p| p.seen == Seen::Unknown);
        if unknown {
            ctx.log.info("blank_widths", message);
        }
    }
    if !j.fit.dropped.is_empty() {
        let lines: Vec<String> =
            j.fit.dropped.iter().map(|&i| matrix.table.line(i).to_string()).collect();
        ctx.log.info("dropped", format!("dropped as outliers: lines {}", lines.join(", ")));
    }
}

/// Leaves the fit in the history.
pub fn record(ctx: &Context, j: &Judged, doubts: &[String]) {
    let status = if doubts.is_empty() { "ok" } else { "doubtful" };
    ctx.journal.results(j.fit.free.iter().map(|&k| ResultRow {
        point: None,
        measure: PARAMETERS[k].to_owned(),
        value: Some(j.fit.values[k]),
        unit: None,
        status: status.to_owned(),
    }));
    let rmse = j.held_out.0.into_iter();
    ctx.journal.results(rmse.map(|v| ResultRow::value("held_out_rmse_nm", v, Some("nm"))));
}
