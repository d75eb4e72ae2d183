//! Finds the files of a domain that are out of date: decks that `gen` would write differently,
//! outputs of other decks or files, results that differ from the outputs.
//!
//! Contents are compared, not times: a copy of a domain is as up to date as the domain.

use crate::desk::Desk;
use crate::domain::{self, Domain};
use crate::generate;
use crate::job;
use crate::readings::{Reading, quietly, tidy};
use crate::samples::{self, DRAWS};
use anyhow::Result;
use libchar_core::{Note, hash};
use libchar_engine::Simulator;
use libchar_pvt::{Point, config, points};
use libchar_report::{FILE, ResultRow, Results, Stale};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Message for a report that was made of other results or limits.
pub const REPORT_DIFFERS: &str =
    "creport.txt is not what `libchar srt` would write now: the results or the limits changed";

/// Points whose files of one kind are out of date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Older {
    /// `decks`, `simulations` or `results`.
    pub what: &'static str,
    /// Why, as text that follows the number of points.
    why: &'static str,
    /// The points.
    pub points: Vec<String>,
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
pub fn decks(desk: &Desk<'_>, listed: &[Point]) -> Option<Older> {
    let is_ours = desk.has(config::FILE)
        && desk.has(points::FILE)
        && desk.has(desk.template())
        && desk.config.text("core.path").is_none();
    if !is_ours {
        return None;
    }
    let now = domain::read(desk).and_then(|domain| {
        let samples = older_samples(&domain, desk)?;
        Ok((domain, samples))
    });
    let Ok((domain, samples)) = now else {
        let message = "the configuration, the tables or the template have faults now, so whether the decks are those \
                       of now is not known; `libchar check` names them";
        desk.hears.notes(Note::Warning("stale", message.to_owned()));
        return None;
    };
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

/// The points for which `gen` would now draw or write other samples than its tables contain.
fn older_samples(domain: &Domain, desk: &Desk<'_>) -> Result<BTreeSet<String>> {
    let Some(varying) = &domain.varying else { return Ok(generate::left_over()) };
    let samples = varying.count().unwrap_or_else(present_samples);
    Ok(generate::sample(domain, varying, samples, loops(domain, desk), true)?.differing())
}

/// The present number of samples of each point.
pub fn present_samples() -> usize {
    let bytes = fs::read(DRAWS).unwrap_or_default();
    bytes.iter().filter(|byte| **byte == b'\n').count().saturating_sub(1)
}

/// Whether one process of the simulator may simulate several samples.
pub fn loops(domain: &Domain, desk: &Desk<'_>) -> bool {
    let simulator = Simulator::find(&domain.config.simulator, &desk.config.section("simulators"));
    simulator.is_ok_and(|simulator| simulator.batch == "ngspice") && desk.config.flag("run.batch")
}

/// Everything that is out of date about the points of a report. `from_file` says that `results` are
/// those of `results.csv`.
pub fn of_results(
    desk: &Desk<'_>,
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
    let read = outputs(desk, &chosen);
    let mut older: Vec<Older> = decks(desk, listed).into_iter().collect();
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
pub fn results_csv(desk: &Desk<'_>, listed: &[Point], results: &Results) -> Option<Older> {
    results_of(listed, outputs(desk, listed), results)
}

/// Reads the outputs of points and of the blocks of their samples.
fn outputs(desk: &Desk<'_>, points: &[Point]) -> Vec<(Point, Option<Reading>)> {
    // Faults in the table of blocks are reported by the commands that need it.
    let points = job::with_blocks(points.to_vec()).unwrap_or_else(|_| points.to_vec());
    let readings = quietly(desk, &points);
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
pub fn of_report(desk: &Desk<'_>, differs: impl Fn(&Results) -> bool) -> Vec<String> {
    let mut messages = Vec::new();
    let Ok(bytes) = fs::read(desk.path(FILE)) else { return messages };
    let Ok(results) = Results::parse(FILE, &bytes) else { return messages };
    desk.hears.reads(&desk.path(FILE));
    if desk.has(points::FILE)
        && let Ok(listed) = domain::read_points(desk)
    {
        let older = of_results(desk, &listed, &results, true);
        messages.extend(older.iter().map(Older::message));
    }
    if differs(&results) {
        messages.push(REPORT_DIFFERS.to_owned());
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::{Older, decks, of_results, results_csv};
    use crate::desk::Desk;
    use crate::domain;
    use crate::fixture::{Domain, Files, Table, config, log};
    use crate::generate::point;
    use crate::readings::{quietly, tidy};
    use libchar_core::hash;
    use libchar_pvt::Point;
    use std::fs;

    fn generated(desk: &Desk<'_>) -> Vec<Point> {
        let domain = domain::read(desk).unwrap();
        let of = |cell| {
            let deck = domain.deck(&cell, None).unwrap();
            point(&domain, &cell, &hash::sha256(&deck))
        };
        domain.matrix.cells().map(of).collect()
    }

    #[test]
    fn decks_are_of_the_template_of_now_or_older() {
        let table = Table::new();
        let (config, files) = (config(""), Files::default());
        let desk = table.desk(&config, &files);
        let mut listed = generated(&desk);
        assert_eq!(decks(&desk, &listed), None, "without points.csv nothing is generated");
        table.write("points.csv", "");
        assert_eq!(decks(&desk, &listed), None);
        listed[2].deck_sha256 = hash::sha256(b"other");
        let older = decks(&desk, &listed).unwrap();
        assert_eq!((older.what, older.points.as_slice()), ("decks", &[listed[2].id.clone()][..]));
        assert!(older.message().starts_with("1 of 4 decks are not those"), "{}", older.message());
        listed[2].id = "gone".to_owned();
        assert_eq!(decks(&desk, &listed).unwrap().points.len(), 2, "the one that is gone too");
        table.write("template/sim_tx.sp", "* {{ nothing }}\n");
        assert_eq!(decks(&desk, &listed), None);
        assert_eq!(
            files.1.borrow().len(),
            1,
            "nobody can say what the decks would be, and that is told"
        );
    }

    #[test]
    fn results_are_held_to_the_outputs() {
        let mut domain = Domain::new(2);
        for point in &domain.points {
            fs::write(format!("{}/sim_tx.log", point.id), log("1.000000e-09")).unwrap();
        }
        let (config, files) = (config(""), Files::default());
        let desk = Table::here(&config, &files);
        let read: Vec<_> = quietly(&desk, &domain.points).into_iter().flatten().collect();
        let mut results = tidy(&domain.points, &read);
        assert_eq!(results_csv(&desk, &domain.points, &results), None);
        assert_eq!(of_results(&desk, &domain.points, &results, true), []);
        results.rows[1].value = Some(2e-9);
        let older = results_csv(&desk, &domain.points, &results).unwrap();
        assert_eq!(
            (older.what, older.points.as_slice()),
            ("results", &[domain.points[1].id.clone()][..])
        );
        // A point that is no longer listed, and one whose outputs have faults, differ too.
        let gone = domain.points.remove(0);
        let older = results_csv(&desk, &domain.points, &results).unwrap();
        assert!(older.points.contains(&gone.id), "{older:?}");
    }

    #[test]
    fn blocks_of_one_point_count_once() {
        let domain = Domain::new(2);
        let block = |first| crate::samples::Block { first, samples: 2 };
        let points = [block(1), block(3)].map(|block| block.of_point(&domain.points[0], ""));
        let older = Older::simulations(points.iter(), 2).unwrap();
        assert_eq!(older.points, [domain.points[0].id.clone()]);
        assert_eq!(Older::simulations([].into_iter(), 2), None);
    }
}
