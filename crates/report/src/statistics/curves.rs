//! Pictures of swept axes: a measure along one axis, and over two.

use super::sweep::{Line, grids, lines};
use crate::results::Results;
use crate::specs::Specs;
use libchar_core::contour::Grid;
use libchar_core::svg::{Axis, Chart, PALETTE, linear_ticks, tick_label};
use std::collections::BTreeMap;

const LIMIT: &str = "#b3261e";
const INK: &str = "#333333";

/// The most lines that are named beside a picture; all lines are drawn, and the picture says how
/// many there are.
const MOST_NAMES: usize = 20;

/// Shades from light to dark, one for each fifth of the values.
const SHADES: [&str; 5] = ["#eff3ff", "#bdd7e7", "#9ecae1", "#6baed6", "#4292c6"];

/// What is fixed along a curve, and its places with their values.
type Curve = (String, Vec<(f64, f64)>);

/// The pictures of all swept axes: a title, and the SVG.
pub fn pictures(results: &Results, specs: &Specs) -> Vec<(String, String)> {
    let is_axis = results.is_axis();
    let axes: Vec<usize> = (0..results.sweep.len()).filter(|i| is_axis[*i]).collect();
    let mut found = Vec::new();
    for &axis in &axes {
        let mut measures: BTreeMap<String, Vec<Curve>> = BTreeMap::new();
        for ((points, measure), line) in lines(results, axis) {
            if line.len() > 1 {
                measures.entry(measure).or_default().push((points, line));
            }
        }
        let name = &results.sweep[axis];
        found.extend(measures.into_iter().map(|(measure, lines)| {
            (format!("{measure}_along_{name}"), along(&measure, name, &lines, specs))
        }));
    }
    for (i, &first) in axes.iter().enumerate() {
        for &second in &axes[i + 1..] {
            let names = [results.sweep[first].as_str(), results.sweep[second].as_str()];
            let all = grids(results, first, second);
            found.extend(all.into_iter().map(|(line, grid)| over(&line, names, &grid, specs)));
        }
    }
    found
}

fn title(measure: &str, specs: &Specs) -> String {
    let unit = specs.0.get(&measure.to_ascii_lowercase()).map(|spec| spec.unit.as_str());
    match unit.unwrap_or_default() {
        "" => measure.to_owned(),
        unit => format!("{measure} ({unit})"),
    }
}

/// Makes an axis: logarithmic if the places are positive and span two decades.
fn axis_over(title: &str, values: &[f64]) -> Axis {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low > 0.0 && high >= 100.0 * low {
        Axis::log(title, values.iter().copied())
    } else {
        Axis::linear(title, values.iter().copied())
    }
}

/// Limits of a measure at a point: those of its corner.
fn limits(measure: &str, points: &str, specs: &Specs) -> [Option<f64>; 2] {
    let corner = points.split('/').next().unwrap_or_default();
    let spec = specs.0.get(&measure.to_ascii_lowercase());
    let (lower, upper) = spec.map(|spec| spec.limits(corner)).unwrap_or_default();
    [lower, upper]
}

fn along(measure: &str, axis: &str, lines: &[Curve], specs: &Specs) -> String {
    let places: Vec<f64> =
        lines.iter().flat_map(|(_, line)| line.iter().map(|(x, _)| *x)).collect();
    let mut limited: Vec<f64> =
        lines.iter().flat_map(|(points, _)| limits(measure, points, specs)).flatten().collect();
    limited.sort_by(f64::total_cmp);
    limited.dedup();
    let values = lines.iter().flat_map(|(_, line)| line.iter().map(|(_, y)| *y));
    let values: Vec<f64> = values.chain(limited.iter().copied()).collect();
    let named = lines.len() <= MOST_NAMES;
    let longest = lines.iter().map(|(points, _)| points.chars().count()).max().unwrap_or(0);
    let room = if named { 6.5 * longest as f64 } else { 0.0 };
    let what =
        if lines.len() == 1 { "1 line".to_owned() } else { format!("{} lines", lines.len()) };
    let mut chart = Chart::new(
        format!("{measure} along {axis}"),
        axis_over(axis, &places),
        axis_over(&title(measure, specs), &values),
    )
    .size(840.0 + room, 420.0)
    .room(room)
    .describe(format!("{what}, one for each place where all but {axis} is fixed"));
    for limit in limited {
        chart.level(limit, "limit", LIMIT);
    }
    for (i, (points, line)) in lines.iter().enumerate() {
        let colour = PALETTE[i % PALETTE.len()];
        chart.line(line, colour, 1.5).marks(line.iter().copied(), 2.5, colour, false);
        if let (true, Some((_, last))) = (named, line.last()) {
            chart.beside(*last, points.as_str(), colour);
        }
    }
    chart.render()
}

fn over(
    (points, measure): &Line,
    [first, second]: [&str; 2],
    grid: &Grid,
    specs: &Specs,
) -> (String, String) {
    let mut values: Vec<f64> = grid.values().collect();
    values.sort_by(f64::total_cmp);
    let fifth = |i: usize| values[i * values.len() / 5];
    let shade = |value: f64| {
        let dark = (1..5).filter(|i| value >= fifth(*i)).count();
        SHADES[if values[0] < values[values.len() - 1] { dark } else { 0 }].to_owned()
    };
    let title = title(measure, specs);
    // An axis extends as far as the fields around its first and last place.
    let ends = |places: &[f64]| -> Vec<f64> {
        let fields = libchar_core::contour::fields(places);
        let ends = fields.first().map(|f| f.0).into_iter().chain(fields.last().map(|f| f.1));
        ends.filter(|end| places[0] <= 0.0 || *end > 0.0).chain(places.iter().copied()).collect()
    };
    let mut chart = Chart::new(
        format!("{title} over {first} and {second} at {points}"),
        axis_over(first, &ends(&grid.x)),
        axis_over(second, &ends(&grid.y)),
    )
    .describe(format!(
        "From {} to {}; fields are shaded by fifths of the values, lines join equal values.",
        tick_label(values[0]),
        tick_label(values[values.len() - 1])
    ));
    chart.fields(grid, shade);
    if values[0] < values[values.len() - 1] {
        for level in linear_ticks(values[0], values[values.len() - 1]) {
            chart.contour(grid, level, &tick_label(level), INK, 0.8);
        }
    }
    for limit in limits(measure, points, specs).into_iter().flatten() {
        chart.contour(grid, limit, &format!("limit {}", tick_label(limit)), LIMIT, 2.0);
    }
    let place = points.replace(['/', ' '], "_").replace('*', "");
    (format!("{measure}_over_{first}_{second}_{place}"), chart.render())
}

#[cfg(test)]
mod tests {
    use super::pictures;
    use crate::Results;
    use crate::specs::{Spec, Specs};

    #[test]
    fn a_measure_is_drawn_along_each_axis_and_over_both() {
        let mut text =
            "point,corner,extraction,temp_c,supply,alter,measure,value,status,sweep_c,sweep_r\n"
                .to_owned();
        for c in [1.0, 2.0, 4.0] {
            for r in [10.0, 20.0] {
                let value = c * r;
                text += &format!("TT/t/t_25/v1/c_{c}/r_{r},TT,t,25,v1,1,m,{value},ok,{c},{r}\n");
            }
        }
        let mut specs = Specs::default();
        let spec = Spec { everywhere: (None, Some(50.0)), unit: "s".to_owned(), ..Spec::default() };
        specs.0.insert("m".to_owned(), spec);
        let found = pictures(&Results::parse("r", text.as_bytes()).unwrap(), &specs);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["m_along_c", "m_along_r", "m_over_c_r_TT_t_t_25_v1_c__r_"]);
        // Two lines along c with three marks each; a field for each of six places, and the limit between 40 and 80.
        assert_eq!(
            (found[0].1.matches("<polyline").count(), found[0].1.matches("<circle").count()),
            (2, 6)
        );
        assert!(found[0].1.contains("m (s)") && found[0].1.contains(">limit<"));
        assert_eq!(found[2].1.matches("<rect clip-path").count(), 6);
        assert!(found[2].1.contains(">limit 50<"), "{}", found[2].1);
        // Lines join equal values between 10 and 80, besides that of the limit.
        assert!(found[2].1.matches("<path clip-path").count() > 1);
    }
}
