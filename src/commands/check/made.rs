//! Checks the outputs of the stages: are the points simulated with the present inputs, are their
//! outputs complete, and are results and report up to date?

use super::{Report, Status};
use crate::commands::run::engine;
use crate::context::Context;
use crate::log::Level;
use crate::{domain, freshness};
use anyhow::Result;
use libchar_campaign::done::Doubt;
use libchar_campaign::engine::Engine;
use libchar_campaign::job::{self, Job};
use libchar_campaign::samples;
use libchar_campaign::status::Status as RunStatus;
use libchar_core::words::{are, count};
use libchar_pvt::{Point, RunConfig, points};
use libchar_report::{FILE, Results};
use libchar_runner::Signals;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Number of damaged outputs that are named; the others are only counted.
const MOST_NAMED: usize = 10;

pub fn check(config: &RunConfig, ctx: &Context, report: &mut Report) -> Result<()> {
    if !Path::new(points::FILE).exists() {
        return Ok(());
    }
    let Ok(listed) = domain::read_points(ctx) else { return Ok(()) };
    // A simulator that does not answer is reported in a line of its own.
    if let Ok(engine) = Signals::watch()
        .map_err(anyhow::Error::from)
        .and_then(|signals| engine::of(config, &ctx.config, &signals))
    {
        simulations(&listed, &engine, ctx, report);
    }
    made_of_results(&listed, ctx, report);
    Ok(())
}

fn simulations(listed: &[Point], engine: &Engine, ctx: &Context, report: &mut Report) {
    let mut keys = engine.keys();
    let all = match job::with_blocks(listed.to_vec()) {
        Ok(all) => all,
        Err(error) => return report.fail("simulations", &error.into()),
    };
    let (mut damaged, mut due) = (Vec::new(), Vec::new());
    let mut not_done = BTreeSet::new();
    for point in &all {
        // A missing deck is reported with the decks.
        let Ok(job) = Job::read(point.clone(), &engine.sizes, &mut keys) else { continue };
        let doubt = job.doubt(RunStatus::read(&point.id).as_ref(), engine, None);
        if doubt.is_some() {
            not_done.insert(samples::point_id(&point.id));
        }
        match doubt {
            None => {}
            Some(Doubt::Damaged(what)) => damaged.push(what),
            Some(doubt) => due.push((point.id.as_str(), doubt.to_string())),
        }
    }
    for what in damaged.iter().take(MOST_NAMED) {
        report.add(Status::Fail, "outputs", what.clone());
    }
    if damaged.len() > MOST_NAMED {
        let more = damaged.len() - MOST_NAMED;
        report.add(Status::Fail, "outputs", format!("and {more} more points with such outputs"));
    }
    let (of, done) = (listed.len(), listed.len() - not_done.len());
    for (id, why) in &due {
        ctx.log.point(Level::Debug, "due", id, why);
    }
    match due.first() {
        None if damaged.is_empty() => {
            report.add(
                Status::Pass,
                "simulations",
                format!("{done} of {} {} done", count(of, "point"), are(of)),
            );
        }
        None => {}
        Some((id, why)) => {
            let detail = format!(
                "{done} of {} {} done: `libchar run` simulates the others; the first is {id}, {why}",
                count(of, "point"),
                are(of)
            );
            report.add(Status::Warn, "simulations", detail);
        }
    }
}

fn made_of_results(listed: &[Point], ctx: &Context, report: &mut Report) {
    let Ok(bytes) = fs::read(FILE) else { return };
    let results = match Results::parse(FILE, &bytes) {
        Ok(results) => results,
        Err(error) => return report.fail("results", &error.into()),
    };
    match freshness::results_csv(ctx, listed, &results) {
        None => report.add(Status::Pass, "results", "results.csv says what the outputs say"),
        Some(older) => report.add(Status::Warn, "results", older.message()),
    }
    let Ok(text) = fs::read("creport.txt") else { return };
    match libchar_report::parse("creport.txt", &String::from_utf8_lossy(&text)) {
        Err(error) => report.fail("report", &error.into()),
        Ok(shown) if crate::commands::srt::differs(ctx, &results, &shown) => {
            report.add(Status::Warn, "report", freshness::REPORT_DIFFERS);
        }
        Ok(_) => {
            report.add(Status::Pass, "report", "creport.txt says what results and limits make")
        }
    }
}
