//! One measure in full: maps over corner and temperature for each supply, dots, what drives it, the
//! values nearest to the limit.

use crate::drivers::drivers;
use crate::levels::{Cell, Levels};
use crate::model::{Domain, Measure, Row, State};
use crate::quantity::{self, Column, celsius, percent, share, short};
use crate::templates::markup;
use crate::{measures, pictures, sweep};
use minijinja::Value;
use serde::Serialize;
use std::collections::HashMap;

/// If the whole page has more cells than this, each measure shows only its worst value over the
/// supplies.
pub const MOST_CELLS: usize = 20_000;
/// Rows of the table of values nearest to their limits.
const NEAREST: usize = 5;

#[derive(Serialize)]
pub struct Panel {
    key: String,
    name: String,
    title: String,
    open: bool,
    sign: &'static str,
    class: &'static str,
    word: String,
    sentence: String,
    limits: String,
    unit: String,
    maps: Vec<Map>,
    folded: bool,
    dots: Value,
    moves: Option<Value>,
    curves: Vec<(Value, String)>,
    nearest: Vec<Near>,
}

#[derive(Serialize)]
struct Map {
    caption: String,
    name: String,
    columns: Vec<String>,
    rows: Vec<(String, Vec<Cell>)>,
}

#[derive(Serialize)]
struct Near {
    place: String,
    value: String,
    limit: String,
    margin: String,
    links: Vec<(String, String)>,
}

/// The panel of a measure; `folded` if the page has too many points for all maps.
pub fn panel(
    domain: &Domain,
    measure: &Measure,
    folded: bool,
    links: &dyn Fn(usize) -> Vec<(String, String)>,
) -> Panel {
    let unit = common_unit(measure);
    let values: Vec<f64> = measure.values().collect();
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let log = low > 0.0 && high > 100.0 * low;
    let (found, together) = drivers(domain, measure, log);
    let strongest = found.iter().max_by(|a, b| a.share.total_cmp(&b.share));
    let mut sentence = measures::limits(domain, measure);
    if let Some(driver) = strongest {
        let axis = &driver.axis;
        sentence =
            format!("{sentence}. The {axis} explains {} of the spread", share(driver.share, 0));
    }
    Panel {
        key: pictures::anchor(&measure.key),
        name: measure.name.clone(),
        title: measure.title.clone(),
        open: measure.state() == State::Missed,
        sign: measure.state().sign(),
        class: measure.state().class(),
        word: measures::word(measure),
        sentence: closed_line(domain, measure),
        limits: sentence,
        unit: unit.map_or_else(|| measure.unit.clone(), |column| column.unit(&measure.unit)),
        maps: maps(domain, measure, unit, folded),
        folded,
        dots: markup(pictures::dots(domain, measure)),
        moves: (!found.is_empty()).then(|| markup(pictures::moves(measure, &found, together, log))),
        curves: sweep::figures(domain, measure)
            .into_iter()
            .map(|(picture, caption)| (markup(picture), caption))
            .collect(),
        nearest: nearest(domain, measure, links),
    }
}

fn common_unit(measure: &Measure) -> Option<Column> {
    Column::of(measure.values(), &measure.unit, 4)
}

/// The line of a closed panel.
fn closed_line(domain: &Domain, measure: &Measure) -> String {
    let place = |row: &Row| domain.points[row.point].place.words();
    match (measure.state(), measure.worst()) {
        (State::Missed, Some(row)) => format!(
            "{} at {}: missed by {} at {} of {}",
            row.value.map(|value| short(value, &measure.unit)).unwrap_or_default(),
            place(row),
            row.margin_pct().map_or_else(
                || "its margin".to_owned(),
                |m| percent(m.abs()).trim_start_matches('+').to_owned()
            ),
            measure.missed().count(),
            quantity::count(measure.values().count(), "point")
        ),
        (_, Some(row)) => format!(
            "worst margin {} at {}",
            row.margin_pct().map(percent).unwrap_or_default(),
            place(row)
        ),
        _ => String::new(),
    }
}

/// The position of a map's cell: block, supply, corner, temperature.
type Key<'a> = (usize, &'a str, &'a str, u64);

fn maps(domain: &Domain, measure: &Measure, unit: Option<Column>, folded: bool) -> Vec<Map> {
    let many_extractions =
        domain.points.iter().any(|p| p.place.extraction != domain.points[0].place.extraction);
    let mut cells: HashMap<Key, Vec<&Row>> = HashMap::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for row in &measure.rows {
        let place = &domain.points[row.point].place;
        let mut block = row.step.clone();
        if many_extractions {
            block = format!("{} {block}", place.extraction).trim().to_owned();
        }
        let sweep = place.sweep_words();
        if !sweep.is_empty() {
            block = format!("{sweep} {block}").trim().to_owned();
        }
        let next = numbers.len();
        let block = *numbers.entry(block).or_insert(next);
        let supply = if folded { "" } else { place.supply.as_str() };
        let temperature = place.temp_c.unwrap_or(0.0).to_bits();
        cells.entry((block, supply, &place.corner, temperature)).or_default().push(row);
    }
    let supplies = domain.supplies();
    let supplies: Vec<(String, &str)> = if folded {
        vec![("worst over all supplies".to_owned(), "")]
    } else {
        supplies.iter().map(|place| (place.supply_words(), place.supply.as_str())).collect()
    };
    let levels = Levels::of(measure);
    let temperatures = domain.temperatures();
    let corners = domain.corners();
    let mut blocks: Vec<(String, usize)> = numbers.into_iter().collect();
    blocks.sort_by_key(|(_, number)| *number);
    let mut maps = Vec::new();
    for (block, number) in &blocks {
        for (words, supply) in &supplies {
            let row = |corner: &str| {
                let cell = |temperature: &f64| {
                    let key = (*number, *supply, corner, temperature.to_bits());
                    cells
                        .get(&key)
                        .map_or_else(Cell::empty, |rows| levels.cell(domain, rows, unit, measure))
                };
                (corner.to_owned(), temperatures.iter().map(cell).collect())
            };
            let rows: Vec<(String, Vec<Cell>)> = corners.iter().copied().map(row).collect();
            if rows.iter().all(|(_, cells)| cells.iter().all(|cell| cell.class.is_empty())) {
                continue;
            }
            let name = if *words == **supply {
                block.clone()
            } else {
                format!("{supply} {block}").trim().to_owned()
            };
            maps.push(Map {
                caption: words.clone(),
                name,
                columns: temperatures.iter().map(|t| celsius(*t)).collect(),
                rows,
            });
        }
    }
    maps
}

fn nearest(
    domain: &Domain,
    measure: &Measure,
    links: &dyn Fn(usize) -> Vec<(String, String)>,
) -> Vec<Near> {
    let mut rows: Vec<(&Row, f64)> =
        measure.rows.iter().filter_map(|row| Some((row, row.margin_pct()?))).collect();
    rows.sort_by(|a, b| a.1.total_cmp(&b.1));
    rows.into_iter()
        .take(NEAREST)
        .filter_map(|(row, margin)| {
            let (_, limit) = row.margin()?;
            let (value, limit) = quantity::apart(row.value?, limit, &measure.unit);
            let place = domain.points[row.point].place.words();
            Some(Near { place, value, limit, margin: percent(margin), links: links(row.point) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::inputs;

    #[test]
    fn a_map_has_a_cell_for_each_point_and_marks_what_is_missed() {
        let domain = Domain::read(&inputs());
        let panel = panel(&domain, &domain.measures[0], false, &|_| Vec::new());
        assert_eq!(panel.maps.len(), 2);
        let cells: Vec<&Cell> = panel
            .maps
            .iter()
            .flat_map(|map| map.rows.iter().flat_map(|(_, cells)| cells))
            .collect();
        assert_eq!(cells.len(), 8);
        let of = |class: &str| cells.iter().filter(|cell| cell.class == class).count();
        assert_eq!((of("mx"), of("mn")), (1, 1));
        assert!(cells.iter().any(|cell| cell.mark == "▲" && cell.text == "21.00"));
    }

    #[test]
    fn folded_maps_show_the_worst_over_the_supplies() {
        let domain = Domain::read(&inputs());
        let panel = panel(&domain, &domain.measures[0], true, &|_| Vec::new());
        assert_eq!(panel.maps.len(), 1);
        assert_eq!(panel.maps[0].rows[0].1[1].text, "21.00");
    }
}
