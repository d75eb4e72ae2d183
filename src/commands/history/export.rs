//! Exports runs for other programs.

use super::show::body;
use crate::context::Context;
use anyhow::Result;
use libchar_core::words::count;
use libchar_core::{Cell, Format, Frame};
use libchar_history::{Filter, History as Database, Job};

const COLUMNS: [&str; 16] = [
    "run",
    "command",
    "folder",
    "user",
    "uid",
    "version",
    "status",
    "submitted_at",
    "completed_at",
    "duration_s",
    "exit_code",
    "point",
    "measure",
    "value",
    "unit",
    "result_status",
];

/// Writes the chosen runs, the oldest first: with `--format jsonl` one JSON object per run, else
/// one row per result, and one for a run without results.
pub fn export(database: &Database, filter: &Filter, output: &str, ctx: &Context) -> Result<()> {
    let mut jobs = database.jobs(filter)?;
    jobs.reverse();
    let format = ctx.format();
    let mut bytes = Vec::new();
    if format == Format::Jsonl {
        for job in &jobs {
            serde_json::to_writer(&mut bytes, &body(database, job)?)?;
            bytes.push(b'\n');
        }
    } else {
        let mut frame = Frame::new("libchar.history-export", 1, COLUMNS);
        for job in &jobs {
            push(database, job, &mut frame)?;
        }
        frame.write(format, &mut bytes)?;
    }
    ctx.write(output, &bytes)?;
    ctx.log.info("export", format!("{} -> {output}", count(jobs.len(), "run")));
    Ok(())
}

fn push(database: &Database, job: &Job, frame: &mut Frame) -> Result<()> {
    let own = || -> Vec<Cell> {
        vec![
            job.job_id.as_str().into(),
            job.command.as_str().into(),
            job.folder.as_str().into(),
            job.user.as_str().into(),
            job.uid.map(i64::from).into(),
            job.version.as_str().into(),
            job.status.as_str().into(),
            job.submitted_at.as_str().into(),
            job.completed_at.clone().into(),
            job.duration_s.into(),
            job.exit_code.map(i64::from).into(),
        ]
    };
    let results = database.results(&job.job_id)?;
    if results.is_empty() {
        frame.push([own(), vec![Cell::Null; 5]].concat());
    }
    for row in results {
        let result: Vec<Cell> = vec![
            row.point.into(),
            row.measure.into(),
            row.value.into(),
            row.unit.into(),
            row.status.into(),
        ];
        frame.push([own(), result].concat());
    }
    Ok(())
}
