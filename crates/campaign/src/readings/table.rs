//! Turns the readings of points into the tidy table: every measure that any point has, at every
//! point.

use super::folder::Reading;
use crate::samples::{self, Block};
use libchar_engine::measure::{Measure, Status};
use libchar_pvt::Point;
use libchar_report::{ResultRow, Results};
use std::collections::{HashMap, HashSet};

/// Returns the rows, ordered by point, then alter and sweep step, then measure in the order in
/// which the decks ask for them.
pub fn tidy(points: &[Point], readings: &[Reading]) -> Results {
    let names = names(readings);
    let places: HashMap<&str, usize> =
        names.iter().zip(0..).map(|(name, place)| (*name, place)).collect();
    let mut results = Results { sweep: swept(points, readings), rows: Vec::new() };
    for (point, reading) in points.iter().zip(readings) {
        if Block::of_id(&point.id).is_some() {
            results.rows.extend(of_samples(point, reading, &names, &results.sweep));
            continue;
        }
        let mut rows: Vec<&Measure> = reading.measures.rows.iter().collect();
        let here: HashSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let missing: Vec<Measure> = names
            .iter()
            .filter(|name| !here.contains(*name))
            .map(|name| Measure::missing(name))
            .collect();
        rows.extend(&missing);
        // Steps of a sweep, and the measures of each, stay in the order of their file.
        rows.sort_by_key(|row| {
            let place = places.get(row.name.as_str()).copied();
            (row.alter, place.filter(|_| row.sweep.is_empty()))
        });
        let axes = point.sweep.iter().map(|swept| (swept.name.as_str(), swept.value));
        let axes: HashMap<&str, f64> = axes.collect();
        let sweep = |row: &Measure| {
            let step = reading.measures.sweep.iter().zip(&row.sweep).filter(|(_, v)| v.is_finite());
            let mut step: HashMap<&str, f64> =
                step.map(|(name, value)| (name.as_str(), *value)).collect();
            step.extend(&axes);
            results.sweep.iter().map(|name| step.get(name.as_str()).copied()).collect()
        };
        let fresh: Vec<ResultRow> =
            rows.into_iter().map(|row| result(point, reading, row, sweep(row))).collect();
        results.rows.extend(fresh);
    }
    results
}

/// The rows of a block's samples, under the id of its point: every measure of every sample.
fn of_samples(
    block: &Point,
    reading: &Reading,
    names: &[&str],
    swept: &[String],
) -> Vec<ResultRow> {
    let point = Point { id: samples::point_id(&block.id).to_owned(), ..block.clone() };
    let value = |name: &String| {
        point.sweep.iter().find(|swept| swept.name == *name).map(|swept| swept.value)
    };
    let axes: Vec<Option<f64>> = swept.iter().map(value).collect();
    let mut rows = Vec::new();
    for (sample, measures) in &reading.samples {
        for name in names {
            let missing = || Measure::missing(name);
            let found = measures.rows.iter().find(|row| row.name == *name);
            let measure = found.map_or_else(missing, Measure::clone);
            let row = result(&point, reading, &measure, axes.clone());
            rows.push(ResultRow { sample: Some(*sample), ..row });
        }
    }
    rows
}

fn result(point: &Point, reading: &Reading, row: &Measure, sweep: Vec<Option<f64>>) -> ResultRow {
    ResultRow {
        point: point.id.clone(),
        corner: point.corner.clone(),
        extraction: point.extraction.clone(),
        temp_c: Some(point.temp_c),
        supply: point.supply.clone(),
        alter: row.alter,
        measure: row.name.clone(),
        value: row.value.filter(|_| row.status == Status::Ok),
        status: row.status.word().to_owned(),
        sample: None,
        preset: reading.preset.clone(),
        sweep,
    }
}

/// All measures: first those that decks ask for, in their order.
fn names(readings: &[Reading]) -> Vec<&str> {
    let mut known = HashSet::new();
    let asked = readings.iter().flat_map(|reading| reading.asked.iter());
    let found =
        readings.iter().flat_map(|reading| reading.measures.rows.iter().map(|row| &row.name));
    // Samples have the measures that their decks ask for.
    asked.chain(found).map(String::as_str).filter(|name| known.insert(*name)).collect()
}

/// The swept axes of the points, then the variables that the simulations sweep themselves.
fn swept(points: &[Point], readings: &[Reading]) -> Vec<String> {
    let mut known = HashSet::new();
    let axes = points.iter().flat_map(|point| &point.sweep).map(|swept| &swept.name);
    let steps = readings.iter().flat_map(|reading| &reading.measures.sweep);
    axes.chain(steps).filter(|name| known.insert(*name)).cloned().collect()
}
