//! Finds the files of a domain that are out of date: decks that `gen` would write differently,
//! outputs of other decks or files, results that differ from the outputs.
//!
//! Contents are compared, not times: a copy of a domain is as up to date as the domain.

use crate::commands::r#gen;
use crate::context::Context;
use crate::domain;
use crate::log::Level;
use crate::readings;
use libchar_campaign::job;
use libchar_campaign::readings::{Reading, tidy};
use libchar_campaign::samples;
use libchar_core::hash;
use libchar_pvt::{Point, config, points};
use libchar_report::{FILE, ResultRow, Results, Stale};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Message for a report that was made of other results or limits.
pub const REPORT_DIFFERS: &str =
    "creport.txt is not what `libchar srt` would write now: the results or the limits changed";

/// Points whose files of one kind are out of date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Older {
    /// `decks`, `simulations` or `results`.
    what: &'static str,
    /// Why, as text that follows the number of points.
    why: &'static str,
    /// The points.
    points: Vec<String>,
    /// Number of points that were compared.
    of: usize,
}

impl Older {
    fn of(what: &'static str, why: &'static str, points: Vec<String>, of: usize) -> Option<Older> {
        (!points.is_empty()).then_some(Older { what, why, points, of })
    }

    /// Points, or blocks of their samples, whose outputs are of another deck, other files or
    /// another simulator than the present ones.
    pub fn simulations<'a>(stale: impl Iterator<Item = &'a Point>, of: usize) -> Option<Older> {
        let mut points: Vec<String> =
            stale.map(|point| samples::point_id(&point.id).to_owned()).collect();
        points.dedup();
        let why = "points were simulated with another deck or other files than those of now, or with another \
                   simulator: `libchar run` simulates them again";
        Older::of("simulations", why, points, of)
    }

    /// The message, in one line with the number of points.
    pub fn message(&self) -> String {
        let Older { why, points, of, .. } = self;
        format!("{} of {of} {why}; the first is {}", points.len(), points[0])
    }

    /// Warns in one line; names each point only in verbose messages.
    pub fn tell(&self, ctx: &Context) {
        ctx.log.warning_once("stale", self.message());
        for point in &self.points {
            ctx.log.point(Level::Debug, "stale", point, format!("stale {}", self.what));
        }
    }
}

/// The same as stored in a report.
pub fn stale(older: &[Older]) -> Vec<Stale> {
    let stale = |older: &Older| Stale { what: older.what.to_owned(), points: older.points.len() };
    older.iter().map(stale).collect()
}

/// Points whose decks in points.csv differ from those that `gen` would write now, by the
/// configuration, the tables and the template.
///
/// Returns `None` for a domain without `config.cfg` or template, and for one whose decks come from
/// a validated core. If the files have faults, the decks cannot be compared, and a warning says so.
pub fn decks(ctx: &Context, listed: &[Point]) -> Option<Older> {
    let is_ours = Path::new(config::FILE).exists()
        && Path::new(points::FILE).exists()
        && domain::template_path(ctx).exists()
        && ctx.config.text("core.path").is_none();
    if !is_ours {
        return None;
    }
    let Ok(domain) = domain::read(ctx) else { return unknown(ctx) };
    let Ok(samples) = r#gen::samples::older(&domain, ctx) else { return unknown(ctx) };
    let hashes: BTreeMap<&str, &str> =
        listed.iter().map(|p| (p.id.as_str(), p.deck_sha256.as_str())).collect();
    let mut differing: Vec<String> = (0..domain.matrix.len())
        .into_par_iter()
        .filter_map(|index| domain.matrix.cell(index))
        .filter_map(|cell| {
            let id = cell.id();
            let deck = domain.deck(&cell, None).ok()?;
            let same = hashes.get(id.as_str()) == Some(&hash::sha256(&deck).as_str());
            (!same || samples.contains(&id)).then_some(id)
        })
        .collect();
    let gone = listed.iter().map(|point| &point.id).filter(|id| !domain.matrix.contains(id));
    differing.extend(gone.cloned());
    let why = "decks are not those that `libchar gen` would write now: the configuration, the tables or the template \
               changed";
    Older::of("decks", why, differing, listed.len().max(domain.matrix.len()))
}

fn unknown(ctx: &Context) -> Option<Older> {
    let message = "the configuration, the tables or the template have faults now, so whether the decks are those \
                   of now is not known; `libchar check` names them";
    ctx.log.warning_once("stale", message);
    None
}

/// Everything that is out of date about the points of a report. `from_file` says that `results` are
/// those of `results.csv`.
pub fn of_results(
    ctx: &Context,
    listed: &[Point],
    results: &Results,
    from_file: bool,
) -> Vec<Older> {
    let here: BTreeSet<&str> = results.rows.iter().map(|row| row.point.as_str()).collect();
    let chosen: Vec<Point> = listed
        .iter()
        .filter(|point| from_file || here.contains(point.id.as_str()))
        .cloned()
        .collect();
    let read = outputs(ctx, &chosen);
    let mut older: Vec<Older> = decks(ctx, listed).into_iter().collect();
    if !from_file {
        // If the results are a selection, only the selected points are reported.
        older.iter_mut().for_each(|older| older.points.retain(|id| here.contains(id.as_str())));
        older.retain(|older| !older.points.is_empty());
    }
    let is_stale = |reading: &Option<Reading>| reading.as_ref().is_some_and(|r| r.is_stale);
    let stale = read.iter().filter(|(_, reading)| is_stale(reading)).map(|(point, _)| point);
    older.extend(Older::simulations(stale, chosen.len()));
    if from_file {
        older.extend(results_of(&chosen, read, results));
    }
    older
}

/// Points whose outputs differ from the given content of `results.csv`.
pub fn results_csv(ctx: &Context, listed: &[Point], results: &Results) -> Option<Older> {
    results_of(listed, outputs(ctx, listed), results)
}

/// Reads the outputs of points and of the blocks of their samples.
fn outputs(ctx: &Context, points: &[Point]) -> Vec<(Point, Option<Reading>)> {
    // Faults in the table of blocks are reported by the commands that need it.
    let points = job::with_blocks(points.to_vec()).unwrap_or_else(|_| points.to_vec());
    let readings = readings::quietly(ctx, &points);
    points.into_iter().zip(readings).collect()
}

fn results_of(
    points: &[Point],
    outputs: Vec<(Point, Option<Reading>)>,
    results: &Results,
) -> Option<Older> {
    let (read, unreadable): (Vec<_>, Vec<_>) =
        outputs.into_iter().partition(|(_, reading)| reading.is_some());
    let unreadable: BTreeSet<&str> =
        unreadable.iter().map(|(point, _)| samples::point_id(&point.id)).collect();
    let (read, readings): (Vec<Point>, Vec<_>) =
        read.into_iter().filter_map(|(point, reading)| Some((point, reading?))).unzip();
    let now = tidy(&read, &readings);
    let (then, now) = (rows(results), rows(&now));
    let differs = |id: &&str| unreadable.contains(id) || then.get(id) != now.get(id);
    let ids = points.iter().map(|point| point.id.as_str());
    let mut differing: Vec<String> = ids.filter(differs).map(str::to_owned).collect();
    let listed: BTreeSet<&str> = points.iter().map(|point| point.id.as_str()).collect();
    let gone = then.keys().filter(|id| !listed.contains(**id));
    differing.extend(gone.map(|id| (*id).to_owned()));
    let why = "points have other values in the outputs than in results.csv: `libchar ext` reads them again";
    Older::of("results", why, differing, points.len())
}

fn rows(results: &Results) -> BTreeMap<&str, Vec<&ResultRow>> {
    let mut rows: BTreeMap<&str, Vec<&ResultRow>> = BTreeMap::new();
    for row in &results.rows {
        rows.entry(row.point.as_str()).or_default().push(row);
    }
    rows
}

/// Everything in a report of `report` that is out of date: the results, or the limits, which
/// `differs` compares.
pub fn of_report(ctx: &Context, differs: impl Fn(&Results) -> bool) -> Vec<String> {
    let mut messages = Vec::new();
    let Ok(bytes) = fs::read(FILE) else { return messages };
    let Ok(results) = Results::parse(FILE, &bytes) else { return messages };
    ctx.depends(Path::new(FILE));
    if Path::new(points::FILE).exists()
        && let Ok(listed) = domain::read_points(ctx)
    {
        let older = of_results(ctx, &listed, &results, true);
        messages.extend(older.iter().map(Older::message));
    }
    if differs(&results) {
        messages.push(REPORT_DIFFERS.to_owned());
    }
    messages
}
