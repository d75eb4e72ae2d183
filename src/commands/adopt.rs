//! `adopt`: decks, measure files and logs of a site's own scripts become points, results and an entry of the history.

use super::ext;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::log::Level;
use crate::sources::desk;
use anyhow::{Context as _, Result};
use clap::Args;
pub use libchar_campaign::adopt::ADOPTED;
use libchar_campaign::adopt::{self, Gathered, Places, gather};
use libchar_core::Faults;
use libchar_core::hash;
use libchar_core::words::{are, count};
use libchar_engine::Simulator;
use libchar_files::atomic;
use libchar_history::Input;
use libchar_pvt::{Point, config, points};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// Number of faulty files that are named; the others are only counted.
const MOST_NAMED: usize = 10;

const EXAMPLES: &str = "\
Examples:
  libchar -C old2024 adopt ~/runs/2024 --pattern '{corner}_{temp}/{supply}'
  libchar -C old2024 adopt ~/runs/2024 --pattern '*/sim_{corner}_{temp}_{vccn}.mt0' --at 2024-03-01
  libchar -C old2024 adopt ~/runs/2024 --map corners.csv --simulator hspice
  libchar -C old2024 srt && libchar -C old2024 report --html old.html

A pattern is matched against the path below DIR of each measure file or log, or of its folder; * stands for any
text within a name. {temp} may be m40, -40, 25c; {vccn} may be 1.1, 1p1, 0.99v. A map is a CSV with a column `path` (a
file or folder below DIR) and the columns corner, temp_c and, if known, extraction, supply, vccn_v, vcctx_v.

Nothing in DIR is changed. Decks, measure files and logs are copied to the points' folders here; every status.json, the report
and the history say that the results were adopted, not simulated here. Exit code 1: some files were left out; the reasons are printed.";

/// Take over the results of simulations that were run without libchar
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Adopt {
    /// Folder with the decks, measure files and logs of the simulations
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Pattern of the paths below DIR, with {corner}, {extraction}, {temp}, {supply}, {vccn}, {vcctx}
    #[arg(long, value_name = "PATTERN", required_unless_present = "map")]
    pattern: Option<String>,
    /// CSV that gives corner, temperature and supply of each file or folder, in place of --pattern
    #[arg(long, value_name = "FILE", conflicts_with = "pattern")]
    map: Option<String>,
    /// Extraction of results whose path or map gives none
    #[arg(long, value_name = "NAME", default_value = "typical")]
    extraction: String,
    /// Simulator that produced the results
    #[arg(long, value_name = "NAME")]
    simulator: Option<String>,
    /// Time of the simulations for the history: a date, or a time with its UTC offset [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

pub fn run(args: Adopt, ctx: &Context) -> Result<Outcome> {
    let here = Path::new(".");
    let map = args.map.as_deref().map(|map| ctx.read(map)).transpose()?;
    let pattern = args.pattern.as_deref().unwrap_or_default();
    let places = Places::of(pattern, map.as_ref(), &args.extraction, &desk(ctx))?;
    let at = args.at.as_deref().map(time).transpose()?;
    refuse_own(&args.folder)?;
    let _lock = ctx.lock(here, "adopt")?;
    let simulator = simulator(args.simulator.as_deref(), ctx)?;
    let Gathered { points: ordered, left_out, files } =
        gather(adopt::simulated(&args.folder)?, &places);
    if ordered.is_empty() {
        tell(&left_out, ctx);
        let message = format!(
            "nothing to adopt below {}: no measure file or log that matches",
            args.folder.display()
        );
        return Err(Usage(message).into());
    }
    let mut points = Vec::with_capacity(ordered.len());
    let mut digests = String::new();
    for (point, simulated) in ordered {
        let point = adopt::copy(point, &simulated, simulator.as_ref())?;
        digests.push_str(&format!("{} {}\n", point.id, simulated.digest));
        points.push(point);
    }
    write_points(&points, ctx)?;
    ctx.begin(
        "adopt",
        json!({
            "adopted": ADOPTED,
            "folder": args.folder.display().to_string(),
            "pattern": args.pattern,
            "map": args.map,
            "simulator": args.simulator,
            "points": points.len(),
            "left_out": left_out.len(),
        }),
    );
    if let Some(at) = at {
        ctx.journal.at(at);
    }
    ctx.journal.input(Input::digest(
        "adopted",
        args.folder.display().to_string(),
        hash::sha256(digests.as_bytes()),
    ));
    let results = ext::of_points(ctx, &points, &points)?;
    ext::write(ctx, &results)?;
    ext::record(ctx, &results, true);
    tell(&left_out, ctx);
    let message = format!(
        "{} of {} {} adopted, not simulated here; {} left out",
        count(points.len(), "point"),
        count(files, "file"),
        are(points.len()),
        left_out.len()
    );
    ctx.log.info("adopted", message);
    if ctx.options.format.is_some() {
        ctx.print(&results.frame())?;
    }
    Ok(Outcome::found(results.faulty() + left_out.len()))
}

/// Finds the simulator with a given name.
fn simulator(name: Option<&str>, ctx: &Context) -> Result<Option<(String, Simulator)>> {
    let Some(name) = name else { return Ok(None) };
    ctx.config.consent("simulators").map_err(Faults::from)?;
    let simulator = Simulator::find(name, &ctx.config.section("simulators"))?;
    Ok(Some((name.to_owned(), simulator)))
}

fn tell(left_out: &[String], ctx: &Context) {
    for why in left_out.iter().take(MOST_NAMED) {
        ctx.log.warning("left-out", format!("left out: {why}"));
    }
    for why in left_out.iter().skip(MOST_NAMED) {
        ctx.log.tell(Level::Debug, "left-out", format!("left out: {why}"));
    }
    if left_out.len() > MOST_NAMED {
        let more = left_out.len() - MOST_NAMED;
        ctx.log.warning("left-out", format!("and {more} more are left out; --verbose lists them"));
    }
}

/// Refuses to write into a domain of `gen` or into the adopted folder itself.
fn refuse_own(folder: &Path) -> Result<()> {
    if !folder.is_dir() {
        return Err(Usage(format!("{} is not a folder", folder.display())).into());
    }
    if Path::new(config::FILE).exists() {
        let message = "this is a domain that `gen` makes: adopt into a folder of its own, -C OTHER";
        return Err(Usage(message.to_owned()).into());
    }
    if fs::canonicalize(folder)? == fs::canonicalize(".")? {
        let message = "the adopted folder is only read: adopt it into another one, -C OTHER";
        return Err(Usage(message.to_owned()).into());
    }
    Ok(())
}

fn write_points(points: &[Point], ctx: &Context) -> Result<()> {
    let mut frame = points::frame(1, std::iter::empty());
    points.iter().for_each(|point| frame.push(points::row(point)));
    atomic::sync_file_system(Path::new("."))?;
    atomic::write(Path::new(points::FILE), &frame.to_csv()).context("cannot write points.csv")?;
    ctx.produces(Path::new(points::FILE));
    Ok(())
}

/// Parses a time; a date means its beginning in UTC.
fn time(text: &str) -> Result<String> {
    let time = text.parse::<jiff::Timestamp>().or_else(|_| format!("{text}T00:00:00Z").parse());
    time.map(|time| time.to_string()).map_err(|_| {
        Usage(format!("--at is `{text}`; expected a date such as 2024-03-01, or a time such as 2024-03-01T08:00:00Z"))
            .into()
    })
}
