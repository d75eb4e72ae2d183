//! SVG pictures: control charts and capability histograms.

use super::report::{Report, Stage};
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_spc::capability::Specification;
use libchar_spc::chart::{Level, Panel, Scope};
use libchar_spc::normal;
use libchar_spc::violation::Verdict;

/// Points drawn one by one; longer series show the extremes of each bucket.
const MOST_POINTS: usize = 2000;
/// Violations that get a label.
const MOST_LABELS: usize = 200;

const SERIES: &str = PALETTE[0];
const ALARM: &str = PALETTE[1];
const LINE: &str = PALETTE[2];

/// One panel below the other.
pub fn control_chart(report: &Report) -> String {
    let count = report.stages.iter().map(|stage| stage.chart.panels.len()).max().unwrap_or(0);
    let pictures: Vec<String> = (0..count).map(|place| panel(report, place)).collect();
    stack(&pictures)
}

/// Several documents in one, with ids of their own.
fn stack(pictures: &[String]) -> String {
    const HEIGHT: usize = 420;
    if let [only] = pictures {
        return only.clone();
    }
    let total = HEIGHT * pictures.len();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"840\" height=\"{total}\" viewBox=\"0 0 840 {total}\">\n"
    );
    for (i, picture) in pictures.iter().enumerate() {
        let id = format!("plot{i}");
        let own = picture
            .replacen("<svg ", &format!("<svg y=\"{}\" ", i * HEIGHT), 1)
            .replace("id=\"plot\"", &format!("id=\"{id}\""))
            .replace("url(#plot)", &format!("url(#{id})"));
        svg.push_str(&own);
    }
    svg.push_str("</svg>\n");
    svg
}

fn panel(report: &Report, place: usize) -> String {
    let shown: Vec<(&Stage, &Panel, &Verdict)> = report
        .stages
        .iter()
        .filter_map(|stage| {
            Some((stage, stage.chart.panels.get(place)?, stage.verdicts.get(place)?))
        })
        .collect();
    let Some((_, first, _)) = shown.first() else {
        return String::new();
    };
    let lines = |panel: &Panel| -> Vec<f64> {
        [&panel.center, &panel.upper, &panel.lower]
            .into_iter()
            .flat_map(|level| match level {
                Level::Constant(value) => vec![*value],
                Level::Varying(values) => values.clone(),
            })
            .collect()
    };
    let points = shown.iter().map(|(stage, panel, _)| stage.offset + panel.values.len()).max();
    let x = Axis::linear("point", [1.0, points.unwrap_or(1) as f64]);
    let values = shown.iter().flat_map(|(_, panel, _)| panel.values.iter().copied());
    let y = Axis::linear(first.name, values.chain(shown.iter().flat_map(|(_, p, _)| lines(p))));
    let title = format!("{} of {}: {}", report.design.chart.name(), report.column(), first.name);
    let mut chart = Chart::new(title, x, y);
    for (stage, panel, verdict) in &shown {
        let at = |i: usize| (stage.offset + i + 1) as f64;
        zones(&mut chart, panel, at(0) - 0.5, at(panel.values.len() - 1) + 0.5);
        for (level, name) in [(&panel.center, "CL"), (&panel.upper, "UCL"), (&panel.lower, "LCL")] {
            draw_line(&mut chart, level, name, panel.values.len(), &at, shown.len() == 1);
        }
        if let Some(name) = &stage.name {
            chart.mark(at(0) - 0.5, name, "#777777");
        }
        chart.line(&thin(&panel.values, &at), SERIES, 1.2);
        if panel.values.len() <= MOST_POINTS {
            for (i, value) in panel.values.iter().enumerate() {
                chart.dot(at(i), *value, 2.0, SERIES);
            }
        }
        for event in verdict.events.iter().take(MOST_LABELS) {
            let id = verdict.rules[event.rule].id.as_str();
            let number = id.trim_start_matches(|c: char| !c.is_ascii_digit());
            let label = if number.is_empty() { "1" } else { number };
            for i in (event.first..=event.last).take(MOST_LABELS) {
                chart.dot(at(i), panel.values[i], 3.5, ALARM);
            }
            chart.label(at(event.first), panel.values[event.first], label, ALARM);
        }
    }
    chart.render()
}

/// Bands of one sigma on either side of the centre, darker outwards.
fn zones(chart: &mut Chart, panel: &Panel, left: f64, right: f64) {
    let (Some(center), Some(sigma)) = (panel.center.constant(), panel.sigma.constant()) else {
        return;
    };
    if panel.scope != Scope::Zones || !sigma.is_finite() {
        return;
    }
    for (inner, opacity) in [(0.0, 0.04), (1.0, 0.08), (2.0, 0.12)] {
        for side in [-1.0, 1.0] {
            let band = |z: f64| center + side * z * sigma;
            chart.rect((left, band(inner)), (right, band(inner + 1.0)), LINE, opacity);
        }
    }
}

fn draw_line(
    chart: &mut Chart,
    level: &Level,
    name: &str,
    count: usize,
    at: &impl Fn(usize) -> f64,
    alone: bool,
) {
    let colour = if name == "CL" { LINE } else { ALARM };
    match level {
        Level::Constant(value) if !value.is_finite() => {}
        Level::Constant(value) if alone => {
            let label = format!("{name} {}", libchar_core::number::significant(*value, 5));
            chart.level(*value, &label, colour);
        }
        _ => {
            // Steps: the line of a point reaches half a point to either side.
            let steps: Vec<(f64, f64)> = (0..count)
                .flat_map(|i| [(at(i) - 0.5, level.at(i)), (at(i) + 0.5, level.at(i))])
                .collect();
            chart.line(&steps, colour, 1.0);
        }
    }
}

/// All points of a short series, the extremes of each bucket of a long one.
fn thin(values: &[f64], at: &impl Fn(usize) -> f64) -> Vec<(f64, f64)> {
    if values.len() <= MOST_POINTS {
        return values.iter().enumerate().map(|(i, value)| (at(i), *value)).collect();
    }
    let buckets = MOST_POINTS / 2;
    (0..buckets)
        .flat_map(|bucket| {
            let (from, to) =
                (bucket * values.len() / buckets, (bucket + 1) * values.len() / buckets);
            let extreme = |better: fn(f64, f64) -> bool| {
                (from..to).fold(from, |best, i| {
                    if better(values[i], values[best]) || values[best].is_nan() { i } else { best }
                })
            };
            let (low, high) = (extreme(|a, b| a < b), extreme(|a, b| a > b));
            [low.min(high), low.max(high)].map(|i| (at(i), values[i]))
        })
        .collect()
}

/// Histogram with limits, target and the normal curves of both sigmas.
pub fn histogram(
    column: &str,
    values: &[f64],
    specification: &Specification,
    center: f64,
    within: f64,
    overall: f64,
) -> String {
    let bounds = [specification.lsl, specification.usl, specification.target];
    let all = values.iter().copied().chain(bounds.into_iter().flatten());
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| (lo.min(v), hi.max(v)));
    let smallest = values.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Sturges' number of classes, but more for the heavy tails that long series show.
    let classes = ((values.len() as f64).log2().ceil() as usize + 1)
        .max((values.len() as f64).cbrt() as usize * 2)
        .clamp(5, 60);
    let width = ((largest - smallest) / classes as f64).max(f64::MIN_POSITIVE);
    let mut counts = vec![0usize; classes];
    for value in values {
        counts[(((value - smallest) / width) as usize).min(classes - 1)] += 1;
    }
    let scale = values.len() as f64 * width;
    let peak = counts.iter().copied().max().unwrap_or(0) as f64;
    let top = peak.max(scale * normal::pdf(0.0) / within.min(overall));
    let x = Axis::linear(column, [low, high]);
    let y = Axis::linear("values in class", [0.0, top]);
    let mut chart = Chart::new(format!("capability of {column}"), x, y);
    for (i, count) in counts.iter().enumerate() {
        let left = smallest + i as f64 * width;
        chart.rect((left, 0.0), (left + width, *count as f64), SERIES, 0.35);
    }
    for (sigma, colour, name) in [(within, PALETTE[2], "within"), (overall, PALETTE[3], "overall")]
    {
        let curve: Vec<(f64, f64)> = (0..=200)
            .map(|i| low + (high - low) * f64::from(i) / 200.0)
            .map(|v| (v, scale * normal::pdf((v - center) / sigma) / sigma))
            .collect();
        chart.line(&curve, colour, 1.5).legend(name, colour);
    }
    for (limit, name) in
        [(specification.lsl, "LSL"), (specification.usl, "USL"), (specification.target, "target")]
    {
        if let Some(limit) = limit {
            chart.mark(limit, name, ALARM);
        }
    }
    chart.render()
}
