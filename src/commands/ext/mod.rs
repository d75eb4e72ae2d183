//! `ext`: collects the measures of all points in one tidy table.

mod files;

use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::freshness::{self, Older};
use crate::log::Level;
use crate::sources::desk;
use crate::{domain, stage};
use anyhow::Result;
use clap::Args;
use libchar_campaign::readings::{self, Reading, tidy};
use libchar_campaign::tables::{self, MEASURES};
use libchar_campaign::{job, listed};
use libchar_core::Faults;
use libchar_core::words::count;
use libchar_history::ResultRow as Recorded;
use libchar_pvt::Point;
use libchar_report::{FILE, Results};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

/// Number of faulty points that are named on stderr; the others are only counted.
const MOST_NAMED: usize = 10;

const EXAMPLES: &str = "\
Examples:
  libchar ext                          read every point of the domain; write results.csv and measures/*.csv
  libchar gen | grep ^TT/ | libchar ext -      read only these points, and print their results
  libchar ext old/run.mt0 sim.log      convert measure files and logs of your own
  libchar ext --print 'v(y)' sim.log   also read what `print v(y)` wrote into the log

A failed measure gives a row with status `failed`, a measure that was not found a row with status `missing`; both give
exit code 1. If a pipe carries only some of the points, their results are printed, and results.csv and measures/*.csv,
which hold all points, are not changed. A file that cannot be trusted (a row that is cut, a measure named twice, a file of an
earlier run) gives exit code 2 and no table.";

/// Extract the measures of every point, or of measure files and logs
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Ext {
    /// Measure files and logs to convert, or `-` to read ids of points from standard input [default: the domain]
    #[arg(value_name = "FILE")]
    inputs: Vec<String>,

    /// Also take this `print` output of the files as a measure, such as `v(y)`; for a domain set `measures.print`
    #[arg(long, value_name = "NAME")]
    print: Vec<String>,
}

pub fn run(args: Ext, ctx: &Context) -> Result<Outcome> {
    let is_domain =
        matches!(args.inputs.as_slice(), [] | [_]) && args.inputs.iter().all(|i| i == "-");
    if is_domain && !args.print.is_empty() {
        return Err(Usage(
            "--print goes with files; a domain has measures.print in libchar.toml".to_owned(),
        )
        .into());
    }
    match args.inputs.as_slice() {
        [] => stage::run("ext", ctx, || extract(ctx, &domain::read_points(ctx)?, None)),
        [dash] if dash == "-" => stage::run("ext", ctx, || {
            // Standard input is read to its end first, because the stages before this one are still
            // writing the domain.
            let ids = ctx.read("-")?;
            let points = domain::read_points(ctx)?;
            let wanted = listed::read(&points, &ids.name, &ids.bytes)?;
            extract(ctx, &points, Some(&wanted))
        }),
        files => files::convert(files, &args.print, ctx),
    }
}

fn extract(ctx: &Context, all: &[Point], piped: Option<&BTreeSet<String>>) -> Result<Outcome> {
    let is_wanted = |point: &&Point| piped.is_none_or(|wanted| wanted.contains(&point.id));
    let points: Vec<Point> = all.iter().filter(is_wanted).cloned().collect();
    ctx.begin("ext", json!({ "points": points.len(), "piped": piped.is_some() }));
    let lock = if piped.is_some() { Context::lock_after_pipe } else { Context::lock };
    let _lock = lock(ctx, Path::new("."), "ext")?;
    let results = of_points(ctx, all, &points)?;
    let is_whole = points.len() == all.len();
    if is_whole {
        write(ctx, &results)?;
    } else {
        let message = format!(
            "{} of {} came through the pipe: {FILE} and {MEASURES} of the domain stay",
            points.len(),
            count(all.len(), "point")
        );
        let level = if points.is_empty() { Level::Warning } else { Level::Info };
        ctx.log.tell(level, "part", message);
    }
    record(ctx, &results, is_whole);
    if piped.is_some() || ctx.options.format.is_some() {
        ctx.print(&results.frame())?;
    }
    Ok(Outcome::found(results.faulty()))
}

/// Reads the outputs of some of the points, and reports their faults.
pub fn of_points(ctx: &Context, all: &[Point], points: &[Point]) -> Result<Results> {
    let (of, points) = (points.len(), job::with_blocks(points.to_vec())?);
    let readings = read_all(ctx, &points)?;
    name_faulty(ctx, &points, &readings);
    freshness::tell_decks(ctx, all);
    let stale = points.iter().zip(&readings).filter(|(_, reading)| reading.is_stale);
    if let Some(older) = Older::simulations(stale.map(|(point, _)| point), of) {
        freshness::tell(&older, ctx);
    }
    Ok(tidy(&points, &readings))
}

/// Reads the outputs of all points, in order.
fn read_all(ctx: &Context, points: &[Point]) -> Result<Vec<Reading>> {
    ctx.config.consent("simulators").map_err(Faults::from)?;
    let mut readings = Vec::with_capacity(points.len());
    let mut faults = Vec::new();
    for result in readings::all(&desk(ctx), points) {
        match result {
            Ok(reading) => readings.push(reading),
            Err(more) => faults.extend(more),
        }
    }
    Ok(Faults::or(readings, faults)?)
}

/// Reports which points lack values, and why.
fn name_faulty(ctx: &Context, points: &[Point], readings: &[Reading]) {
    let faulty =
        points.iter().zip(readings).filter_map(|(point, reading)| Some((point, reading.why()?)));
    let mut unnamed = 0;
    for (index, (point, why)) in faulty.enumerate() {
        if index < MOST_NAMED {
            ctx.log.point(Level::Warning, "measure", &point.id, why);
        } else {
            unnamed += 1;
        }
    }
    if unnamed > 0 {
        ctx.log.warning("measure", format!("and {unnamed} more points without some value"));
    }
}

/// Writes the tables: first those of single measures, `results.csv` last.
pub fn write(ctx: &Context, results: &Results) -> Result<()> {
    tables::write(Path::new(""), results)?.iter().for_each(|path| ctx.produces(path));
    Ok(())
}

/// Records the results in history and metrics, and reports them to the user.
pub fn record(ctx: &Context, results: &Results, is_written: bool) {
    let specs = ctx.config.section("specs");
    let unit = |measure: &str| specs.get(measure)?.get("unit")?.as_str().map(str::to_owned);
    // Only nominal results go into the history; samples remain in the table.
    let nominal = results.rows.iter().filter(|row| row.sample.is_none());
    ctx.journal.results(nominal.map(|row| Recorded {
        point: Some(row.point.clone()),
        measure: row.measure.clone(),
        value: row.value,
        unit: unit(&row.measure),
        status: row.status.clone(),
    }));
    let mut counts = Vec::new();
    for status in ["ok", "failed", "missing"] {
        let count = results.rows.iter().filter(|row| row.status == status).count();
        let help = "Measures of the last extraction by status";
        ctx.metrics.borrow_mut().gauge(
            "libchar_measures",
            help,
            &[("status", status)],
            count as f64,
        );
        counts.push(format!("{count} {status}"));
    }
    let written = if is_written { format!(" -> {FILE}") } else { String::new() };
    let measures = count(results.rows.len(), "measure");
    let message = format!("{measures}: {}{written}", counts.join(", "));
    ctx.log.info("ext", message);
}
