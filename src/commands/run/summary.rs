//! What a run leaves and says at its end: `run.csv`, ids on standard output, counts for people.

use super::plan::Job;
use super::status::{State, Status};
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::{Context as _, Result};
use libchar_core::{Cell, Frame, atomic};
use libchar_pvt::Point;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// The summary of a domain: one row a point of points.csv.
pub const FILE: &str = "run.csv";

/// Writes `run.csv`, or refreshes its time. Points that this run was not about count as they are on disk.
pub fn write(
    points: &[Point],
    jobs: &[Job],
    statuses: &[Option<Status>],
    ctx: &Context,
) -> Result<()> {
    let known: BTreeMap<&str, &Option<Status>> = jobs.iter().map(Job::id).zip(statuses).collect();
    let mut frame = frame();
    for point in points {
        match known.get(point.id.as_str()) {
            Some(status) => frame.push(row(&point.id, status.as_ref())),
            None => frame.push(row(&point.id, Status::read(&point.id).as_ref())),
        }
    }
    let path = Path::new(FILE);
    atomic::write_if_changed(path, &frame.to_csv()).context("cannot write run.csv")?;
    ctx.produces(path);
    Ok(())
}

fn frame() -> Frame {
    let columns = ["point", "status", "class", "reason", "attempts", "flaky", "recipe", "preset"];
    Frame::new("libchar.run", 1, columns)
}

fn row(point: &str, status: Option<&Status>) -> Vec<Cell> {
    let Some(status) = status else {
        let mut row = vec![Cell::from(point), "missing".into()];
        row.resize(8, Cell::Null);
        return row;
    };
    vec![
        point.into(),
        status.status.word().into(),
        status.class.map(|class| class.word()).into(),
        status.reason.as_deref().into(),
        i64::from(status.attempts).into(),
        status.flaky.into(),
        status.recipe.as_deref().into(),
        status.preset.as_deref().into(),
    ]
}

/// Prints the ids that are done, says how it went, and gives the outcome.
pub fn tell(
    jobs: &[Job],
    statuses: &[Option<Status>],
    simulated: usize,
    held: Option<&str>,
    ctx: &Context,
) -> Result<Outcome> {
    let done = |status: &Option<Status>| status.as_ref().is_some_and(|s| s.status == State::Done);
    if ctx.options.format.is_some() {
        let mut frame = frame();
        for (job, status) in jobs.iter().zip(statuses) {
            frame.push(row(job.id(), status.as_ref()));
        }
        ctx.print(&frame)?;
    } else {
        let mut out = ctx.stdout();
        for (job, _) in jobs.iter().zip(statuses).filter(|(_, status)| done(status)) {
            writeln!(out, "{}", job.id())?;
        }
        out.flush()?;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for status in statuses {
        *counts.entry(status.as_ref().map_or("missing", |s| s.status.word())).or_default() += 1;
    }
    {
        let mut metrics = ctx.metrics.borrow_mut();
        for (state, count) in &counts {
            metrics.gauge("libchar_points", "Points by state", &[("state", state)], *count as f64);
        }
    }
    let all_done = counts.get("done").copied().unwrap_or(0);
    let flaky = statuses.iter().flatten().filter(|status| status.flaky).count();
    let others: Vec<String> = counts
        .iter()
        .filter(|(state, _)| **state != "done")
        .map(|(state, count)| format!(", {count} {state}"))
        .collect();
    let flaky = if flaky > 0 { format!(" ({flaky} flaky)") } else { String::new() };
    let message = format!(
        "{all_done} of {} points done{flaky}{}; {simulated} simulated now",
        jobs.len(),
        others.concat()
    );
    ctx.log.info("summary", message);
    if let Some(reason) = held {
        ctx.log.warning(
            "held",
            format!("HELD: {reason}; the rest was not started, the next run tries one point first"),
        );
    }
    Ok(Outcome::found(jobs.len() - all_done))
}
