//! Swept axes of a measure: its values along one axis, and over two with lines of equal value.

use crate::levels::Levels;
use crate::model::{Domain, Measure, Row};
use crate::pictures::{anchor, axes};
use crate::quantity::{count, short, tick};
use crate::svg::{LINES, Picture, Scale, apart};
use libchar_core::contour::{Grid, fields};
use std::collections::BTreeMap;

/// The most lines of a picture: those with the smallest margins or, without limits, those with the
/// greatest and least values.
const MOST_LINES: usize = 12;
/// Lines with more values than this have no mark at each value.
const MOST_MARKS: usize = 40;
const LEFT: f64 = 76.0;
const RIGHT: f64 = 400.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 264.0;

/// Rows grouped by everything that is fixed, each with the values of the open axes.
type Groups<'a> = BTreeMap<String, Vec<At<'a>>>;

/// Values of the open axes, and their row.
type At<'a> = (Vec<f64>, &'a Row);

/// One picture for each swept axis, then one for each pair of axes, each with its caption.
pub fn figures(domain: &Domain, measure: &Measure) -> Vec<(String, String)> {
    let Some(first) = measure.rows.first() else { return Vec::new() };
    let swept = &domain.points[first.point].place.sweep;
    let one = (0..swept.len()).filter_map(|i| along(domain, measure, i));
    let pairs = (0..swept.len()).flat_map(|i| (i + 1..swept.len()).map(move |j| (i, j)));
    let two = pairs.filter_map(|(i, j)| over(domain, measure, [i, j]));
    one.chain(two).collect()
}

fn groups<'a>(domain: &Domain, measure: &'a Measure, open: &[usize]) -> Groups<'a> {
    let many =
        domain.points.iter().any(|p| p.place.extraction != domain.points[0].place.extraction);
    let mut groups = Groups::new();
    for row in &measure.rows {
        let place = &domain.points[row.point].place;
        let at = |i: &usize| place.sweep.get(*i)?.value;
        let Some(at) = open.iter().map(at).collect::<Option<Vec<f64>>>() else { continue };
        let mut fixed = place.words_but(open);
        for more in [if many { place.extraction.as_str() } else { "" }, row.step.as_str()] {
            if !more.is_empty() {
                fixed = format!("{fixed}, {more}");
            }
        }
        groups.entry(fixed).or_default().push((at, row));
    }
    groups
}

/// The smallest margin of a group in percent, over rows with a limit.
fn least_margin(rows: &[At]) -> f64 {
    rows.iter().filter_map(|(_, row)| row.margin_pct()).fold(f64::INFINITY, f64::min)
}

fn greatest(rows: &[At]) -> f64 {
    rows.iter().filter_map(|(_, row)| row.value).fold(f64::NEG_INFINITY, f64::max)
}

fn axis_name<'a>(domain: &'a Domain, measure: &Measure, i: usize) -> &'a str {
    &domain.points[measure.rows[0].point].place.sweep[i].axis
}

fn along(domain: &Domain, measure: &Measure, axis: usize) -> Option<(String, String)> {
    let mut lines: Vec<(String, Vec<At>)> = groups(domain, measure, &[axis]).into_iter().collect();
    for (_, line) in &mut lines {
        line.sort_by(|a, b| a.0[0].total_cmp(&b.0[0]));
    }
    lines.retain(|(_, line)| line.iter().filter(|(_, row)| row.value.is_some()).count() > 1);
    let of = lines.len();
    if of == 0 {
        return None;
    }
    lines.sort_by(|a, b| {
        let by_value = greatest(&b.1).total_cmp(&greatest(&a.1));
        least_margin(&a.1).total_cmp(&least_margin(&b.1)).then(by_value)
    });
    if of > MOST_LINES && measure.rows.iter().any(Row::limited) {
        lines.truncate(MOST_LINES);
    } else if of > MOST_LINES {
        lines.drain(MOST_LINES / 2..of - MOST_LINES / 2);
    }
    let rows = || lines.iter().flat_map(|(_, line)| line);
    let x = Scale::over(rows().map(|(at, _)| at[0]), (LEFT, RIGHT));
    let limits = rows().flat_map(|(_, row)| [row.lower, row.upper]).flatten();
    let y = Scale::over(rows().filter_map(|(_, row)| row.value).chain(limits), (BOTTOM, TOP));
    let longest = lines.iter().map(|(fixed, _)| fixed.chars().count()).max().unwrap_or(0) as f64;
    // Space for the names at the ends: 0.65 em of 11 units for each character.
    let mut picture = Picture::new(RIGHT + 16.0 + 7.2 * longest, 300.0);
    axes(&mut picture, (x, ""), (y, &measure.unit), (LEFT, RIGHT), (TOP, BOTTOM));
    let mut limits: Vec<f64> =
        rows().flat_map(|(_, row)| [row.lower, row.upper]).flatten().collect();
    limits.sort_by(f64::total_cmp);
    limits.dedup();
    for limit in limits {
        picture.line("lim", (LEFT, y.at(limit)), (RIGHT, y.at(limit)));
    }
    let mut ends = Vec::new();
    for (i, (fixed, line)) in lines.iter().enumerate() {
        let class = LINES[i % LINES.len()];
        let place = |(at, row): &At| Some((x.at(at[0]), y.at(row.value?)));
        // A missing value breaks the line.
        for run in line.split(|(_, row)| row.value.is_none()) {
            picture.path(class, &run.iter().filter_map(place).collect::<Vec<_>>());
        }
        for (at, row) in line.iter().filter(|(_, row)| row.missed || line.len() <= MOST_MARKS) {
            let Some(value) = row.value else { continue };
            let title = format!("{fixed}: {}", short(value, &measure.unit));
            picture.mark(row.missed, (x.at(at[0]), y.at(value)), &title);
        }
        ends.extend(line.iter().filter_map(place).next_back().map(|(_, height)| (height, fixed)));
    }
    let heights: Vec<f64> = ends.iter().map(|(height, _)| *height).collect();
    for (height, (_, fixed)) in apart(&heights, 13.0, BOTTOM).into_iter().zip(&ends) {
        picture.text("t2", (RIGHT + 8.0, height + 4.0), "start", fixed);
    }
    let name = axis_name(domain, measure, axis);
    picture.text("b", (RIGHT, BOTTOM + 32.0), "end", name);
    let shown =
        if lines.len() < of { format!("{} of {of} lines", lines.len()) } else { count(of, "line") };
    let chosen = match measure.rows.iter().any(Row::limited) {
        _ if lines.len() == of => "",
        true => ", those nearest to a limit or beyond",
        false => ", those of the greatest and of the least values",
    };
    let caption = format!("{} along {name}: {shown}{chosen}", measure.name);
    let id = format!("along-{}-{}", anchor(&measure.key), anchor(name));
    let svg =
        picture.finish(&id, &format!("{} along {name}", measure.name), &format!("{caption}."));
    Some((svg, caption))
}

fn over(domain: &Domain, measure: &Measure, open: [usize; 2]) -> Option<(String, String)> {
    let groups = groups(domain, measure, &open);
    let of = groups.len();
    let (fixed, rows) = groups.into_iter().min_by(|a, b| {
        let by_value = greatest(&b.1).total_cmp(&greatest(&a.1));
        least_margin(&a.1).total_cmp(&least_margin(&b.1)).then(by_value)
    })?;
    let values: Vec<(f64, f64, f64)> =
        rows.iter().filter_map(|(at, row)| Some((at[0], at[1], row.value?))).collect();
    let grid = Grid::of(&values)?;
    let x = Scale::over(grid.x.iter().copied(), (LEFT, RIGHT));
    let y = Scale::over(grid.y.iter().copied(), (BOTTOM, TOP));
    let placed = grid.placed(|at| x.at(at), |at| y.at(at));
    let mut picture = Picture::new(480.0, 300.0);
    let levels = Levels::of(measure);
    let (columns, lines) = (fields(&placed.x), fields(&placed.y));
    for (at, row) in &rows {
        let Some(value) = row.value else { continue };
        let column = grid.x.partition_point(|place| *place < at[0]);
        let line = grid.y.partition_point(|place| *place < at[1]);
        let (left, right) = (columns[column].0.max(LEFT), columns[column].1.min(RIGHT));
        let (top, bottom) = (lines[line].1.max(TOP), lines[line].0.min(BOTTOM));
        picture.rect(levels.class(row, value), (left, top), (right - left, bottom - top));
    }
    axes(&mut picture, (x, ""), (y, ""), (LEFT, RIGHT), (TOP, BOTTOM));
    let scale = Scale::over(grid.values(), (0.0, 1.0));
    for level in scale.ticks(6.0) {
        let pieces = placed.line(level);
        picture.pieces("ct", &pieces);
        if let Some([(x, y), _]) = pieces.get(pieces.len() / 2) {
            picture.text("t2", (*x, y - 3.0), "middle", &tick(level, &measure.unit));
        }
    }
    let limits = rows.first().map(|(_, row)| [row.lower, row.upper]);
    for limit in limits.into_iter().flatten().flatten() {
        picture.pieces("lim", &placed.line(limit));
    }
    let names = open.map(|i| axis_name(domain, measure, i));
    picture.text("b", (RIGHT, BOTTOM + 32.0), "end", names[0]);
    picture.text("b", (RIGHT + 8.0, TOP + 10.0), "start", names[1]);
    let [first, second] = names;
    let least = grid.values().fold(f64::INFINITY, f64::min);
    let most = grid.values().fold(f64::NEG_INFINITY, f64::max);
    let place =
        if of > 1 { format!(" at {fixed}, the worst of {of} places") } else { String::new() };
    let caption = format!("{} over {first} and {second}{place}", measure.name);
    let id = format!("over-{}-{}-{}", anchor(&measure.key), anchor(first), anchor(second));
    let range = format!(
        "{caption}: from {} to {}.",
        short(least, &measure.unit),
        short(most, &measure.unit)
    );
    Some((
        picture.finish(&id, &format!("{} over {first} and {second}", measure.name), &range),
        caption,
    ))
}

#[cfg(test)]
mod tests {
    use super::figures;
    use crate::input::DomainInputs;
    use crate::model::Domain;
    use serde_json::json;

    /// m = c r, three values of c by two of r, at two corners, one of which misses its limit of 70.
    fn domain() -> Domain {
        let mut points = Vec::new();
        let mut rows = Vec::new();
        for (corner, factor) in [("SS", 1.0), ("TT", 0.5)] {
            for c in [1.0, 2.0, 4.0] {
                for r in [10.0, 20.0] {
                    let id = format!("{corner}/t/t_25/v1/c_{c}/r_{r}");
                    let value = factor * c * r;
                    points.push(json!({ "point": id, "corner": corner, "extraction": "t",
                        "temp_c": 25, "supply": "v1", "vccn_v": 1.0, "sweep_c": c.to_string(), "sweep_r": r.to_string() }));
                    rows.push(json!({ "point": id, "step": "", "value": value, "status": "ok", "lower": null,
                        "upper": 70.0, "result": if value > 70.0 { "FAIL" } else { "PASS" } }));
                }
            }
        }
        let measure = json!({ "measure": "m", "alter": 1, "unit": "s", "typ": null, "rows": rows });
        let creport =
            json!({ "schema": { "name": "libchar.creport", "version": 1 }, "measures": [measure] });
        Domain::read(&DomainInputs { creport, points, ..DomainInputs::default() })
    }

    #[test]
    fn a_measure_is_drawn_along_each_axis_and_over_both() {
        let domain = domain();
        let found = figures(&domain, &domain.measures[0]);
        let captions: Vec<&str> = found.iter().map(|(_, caption)| caption.as_str()).collect();
        assert_eq!(captions[..2], ["m along c: 4 lines", "m along r: 6 lines"]);
        assert!(captions[2].starts_with("m over c and r at SS, 25"), "{captions:?}");
        let count = |i: usize, what: &str| found[i].0.matches(what).count();
        assert_eq!((count(0, "class=\"bad\""), count(0, "class=\"ok\"")), (1, 11));
        // The worst corner's six fields, one of them missed, and the line of the limit.
        assert_eq!(
            (count(2, "<rect"), count(2, "class=\"mx\""), count(2, "class=\"lim\"")),
            (6, 1, 1)
        );
    }

    #[test]
    fn nothing_swept_draws_nothing() {
        let domain = Domain::read(&crate::model::tests::inputs());
        assert!(figures(&domain, &domain.measures[0]).is_empty());
    }
}
