//! Runs, results, alerts and counts as rows.

use crate::context::Context;
use anyhow::Result;
use libchar_core::{Cell, Frame};
use libchar_history::{Filter, History as Database, Job};

/// Prints the chosen runs.
pub fn jobs(database: &Database, filter: &Filter, ctx: &Context) -> Result<()> {
    ctx.print(&job_list(&database.jobs(filter)?))
}

fn job_list(jobs: &[Job]) -> Frame {
    let columns = ["run", "command", "status", "exit_code", "submitted_at", "duration_s", "folder"];
    let mut frame = Frame::new("libchar.history", 1, columns);
    for job in jobs {
        frame.push(vec![
            job.job_id.as_str().into(),
            job.command.as_str().into(),
            job.status.as_str().into(),
            job.exit_code.map(i64::from).into(),
            job.submitted_at.as_str().into(),
            job.duration_s.into(),
            job.folder.as_str().into(),
        ]);
    }
    frame
}

/// The results of a run.
pub fn results(database: &Database, job_id: &str) -> Result<Frame> {
    let mut frame =
        Frame::new("libchar.run-results", 1, ["point", "measure", "value", "unit", "status"]);
    for row in database.results(job_id)? {
        frame.push(vec![
            row.point.into(),
            row.measure.into(),
            row.value.into(),
            row.unit.into(),
            row.status.into(),
        ]);
    }
    Ok(frame)
}

/// Counts over the whole history.
pub fn statistics(database: &Database) -> Result<Frame> {
    let statistics = database.statistics()?;
    let mut frame =
        Frame::new("libchar.history-stats", 1, ["command", "status", "count", "mean_duration_s"]);
    for (name, count) in [
        ("jobs", statistics.jobs),
        ("job_stages", statistics.job_stages),
        ("results", statistics.results),
        ("open_alerts", statistics.open_alerts),
    ] {
        frame.push(vec![format!("all {name}").into(), Cell::Null, count.into(), Cell::Null]);
    }
    for row in statistics.by_status {
        frame.push(vec![
            row.command.into(),
            row.status.into(),
            row.jobs.into(),
            row.mean_duration_s.into(),
        ]);
    }
    Ok(frame)
}

/// The newest alerts of runs.
pub fn alerts(database: &Database, limit: usize) -> Result<Frame> {
    let columns = ["alert", "raised_at", "source", "severity", "state", "message", "run"];
    let mut frame = Frame::new("libchar.alerts", 1, columns);
    for row in database.alerts(limit, true)? {
        frame.push(vec![
            row.alert_id.into(),
            row.raised_at.into(),
            row.alert.source.into(),
            row.alert.severity.into(),
            row.state.into(),
            row.alert.message.into(),
            row.job_id.into(),
        ]);
    }
    Ok(frame)
}
