//! The results of a run at its end: `run.csv`, ids on standard output, and counts.

use crate::context::Context;
use crate::exit::Outcome;
use crate::resources;
use anyhow::{Context as _, Result};
use libchar_campaign::job;
use libchar_campaign::outputs;
use libchar_campaign::status::{self, State, Status};
use libchar_campaign::summary::{FILE, Results, frame, row};
use libchar_core::words::count;
use libchar_files::atomic;
use libchar_history::Alert;
use libchar_pvt::Point;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Writes `run.csv`, or updates its time. Points outside this run count with their status on disk.
pub fn write(points: &[Point], results: &Results, ctx: &Context) -> Result<()> {
    let mut frame = frame();
    for point in points {
        match results.get(&point.id) {
            Some(status) => frame.push(row(&point.id, status)),
            None => frame.push(row(&point.id, Status::read(&point.id).as_ref())),
        }
    }
    let path = Path::new(FILE);
    atomic::write_if_changed(path, &frame.to_csv()).context("cannot write run.csv")?;
    ctx.produces(path);
    for point in job::with_blocks(points.to_vec())? {
        let folder = Path::new(&point.id);
        ctx.makes(folder.join(status::FILE));
        ctx.makes(folder.join(format!("{}.log", outputs::stem(point.deck_name()))));
        let status = results.get(&point.id).flatten();
        let recorded = status.and_then(|status| status.outputs.as_ref());
        recorded.into_iter().flatten().for_each(|output| ctx.makes(folder.join(&output.name)));
    }
    Ok(())
}

/// Numbers of a run besides the states of its points.
pub struct Tally {
    /// Points that were simulated.
    pub simulated: usize,
    /// Points that failed when they were simulated again and keep their earlier results.
    pub kept: usize,
    /// Points that were not started, although they were to be simulated again, and keep their
    /// earlier results.
    pub unstarted: usize,
    /// Why some points were not started.
    pub held: Option<String>,
}

/// Raises alerts if the share of failed points, or the use of the machine, exceeds the configured
/// threshold.
fn raise(ctx: &Context, failed: usize, points: usize) {
    resources::raise(ctx, "run", &resources::crossed(ctx));
    let most = ctx.config.number("alerts.failure_rate").unwrap_or(1.0);
    if failed as f64 > most * points as f64 {
        ctx.journal.alert(Alert {
            source: "run".to_owned(),
            severity: "critical".to_owned(),
            message: format!("{failed} of {} failed", count(points, "point")),
            details: Some(json!({ "failed": failed, "points": points, "limit": most }).to_string()),
        });
    }
}

/// Prints the ids of the points that are done, reports the result, and returns the outcome.
pub fn tell(results: &Results, tally: &Tally, ctx: &Context) -> Result<Outcome> {
    let Tally { simulated, kept, unstarted, held } = tally;
    let done = |status: Option<&Status>| status.is_some_and(|s| s.status == State::Done);
    if ctx.options.format.is_some() {
        let mut frame = frame();
        for (id, status) in results.iter() {
            frame.push(row(id, status));
        }
        ctx.print(&frame)?;
    } else {
        let mut out = ctx.stdout();
        for (id, _) in results.iter().filter(|(_, status)| done(*status)) {
            writeln!(out, "{id}")?;
        }
        out.flush()?;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, status) in results.iter() {
        *counts.entry(status.map_or("missing", |s| s.status.word())).or_default() += 1;
    }
    {
        let mut metrics = ctx.metrics.borrow_mut();
        for (state, count) in &counts {
            metrics.gauge("libchar_points", "Points by state", &[("state", state)], *count as f64);
        }
    }
    let all_done = counts.get("done").copied().unwrap_or(0);
    let points = results.len();
    let flaky = results.iter().filter(|(_, status)| status.is_some_and(|s| s.flaky)).count();
    let others: Vec<String> = counts
        .iter()
        .filter(|(state, _)| **state != "done")
        .map(|(state, count)| format!(", {count} {state}"))
        .collect();
    let flaky = if flaky > 0 { format!(" ({flaky} flaky)") } else { String::new() };
    let message = format!(
        "{all_done} of {} done{flaky}{}; {simulated} simulated now",
        count(points, "point"),
        others.concat()
    );
    let kept_text = match kept {
        0 => String::new(),
        1 => "; 1 failed this time and keeps its earlier result".to_owned(),
        n => format!("; {n} failed this time and keep their earlier results"),
    };
    let unstarted_text = match unstarted {
        0 => String::new(),
        1 => "; 1 was not simulated again and keeps its earlier result".to_owned(),
        n => format!("; {n} were not simulated again and keep their earlier results"),
    };
    ctx.log.info("summary", format!("{message}{kept_text}{unstarted_text}"));
    raise(ctx, counts.get("failed").copied().unwrap_or(0), points);
    if let Some(reason) = held {
        ctx.log.warning(
            "held",
            format!("HELD: {reason}; the rest was not started, the next run tries one point first"),
        );
    }
    Ok(Outcome::found(points - all_done + kept + unstarted))
}
