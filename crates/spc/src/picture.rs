//! SVG pictures: control charts and capability histograms.

use crate::capability::Specification;
use crate::chart::{Level, Panel, Scope};
use crate::normal;
use crate::report::Report;
use crate::study::Stage;
use crate::violation::Verdict;
use libchar_core::number::significant;
use libchar_core::svg::{Axis, Chart, PALETTE, stack_rendered};
use libchar_core::table::times;
use libchar_core::{Fault, Table};

/// Largest number of points that are drawn individually; longer series show the extremes of each
/// bucket.
const MOST_POINTS: usize = 2000;
/// Largest number of texts on an axis of times or lots.
const MOST_TICKS: usize = 9;

const SERIES: &str = PALETTE[0];
const ALARM: &str = PALETTE[1];
const LINE: &str = PALETTE[2];
const SPEC: &str = PALETTE[3];
const NOTE: &str = "#777777";

/// What is drawn in addition to the chart.
#[derive(Debug, Clone, Default)]
pub struct Drawn {
    /// Lower and upper specification limits.
    pub limits: [Option<f64>; 2],
    /// Position as typed (point, time or lot) and text.
    pub annotations: Vec<(String, String)>,
}

/// The annotations in a table with the columns `at` and `text`.
///
/// # Errors
/// A missing column.
pub fn annotations(table: &Table) -> Result<Vec<(String, String)>, Fault> {
    let (at, text) = (table.column("at")?, table.column("text")?);
    let row = |row| (table.cell(row, at).to_owned(), table.cell(row, text).to_owned());
    Ok((0..table.len()).map(row).collect())
}

/// Draws the panels of a chart, one below the other.
pub fn control_chart(report: &Report, drawn: &Drawn, phase1: Option<usize>) -> String {
    let stages = &report.analysis.stages;
    let count = stages.iter().map(|stage| stage.chart.panels.len()).max().unwrap_or(0);
    let pictures: Vec<String> =
        (0..count).map(|place| panel(report, place, drawn, phase1)).collect();
    stack(&pictures)
}

/// Combines several pictures into one document; a single picture is returned unchanged.
pub fn stack(pictures: &[String]) -> String {
    match pictures {
        [only] => only.clone(),
        several => stack_rendered(several),
    }
}

/// The axis of the points, named by their times, lots or labels if there are any.
fn axis(report: &Report, points: usize) -> Axis {
    let labels = &report.prepared.labels;
    let title = report.prepared.context.first().map_or("point", |(name, _)| name.as_str());
    let axis = Axis::linear(title, [1.0, points.max(1) as f64]);
    if labels.is_empty() {
        return axis;
    }
    let step = points.div_ceil(MOST_TICKS).max(1);
    let names = (0..points).step_by(step).filter_map(|i| {
        let text = labels.get(i)?;
        // 16 characters show a time to the minute, and enough of a long name.
        let short: String = text.trim_end_matches('Z').chars().take(16).collect();
        Some(((i + 1) as f64, short.replace('T', " ")))
    });
    axis.named(names)
}

fn panel(report: &Report, place: usize, drawn: &Drawn, phase1: Option<usize>) -> String {
    let stages = report.analysis.stages.iter();
    let shown: Vec<(&Stage, &Panel, &Verdict)> = stages
        .filter_map(|stage| {
            Some((stage, stage.chart.panels.get(place)?, stage.verdicts.get(place)?))
        })
        .collect();
    let Some((_, first, _)) = shown.first() else {
        return String::new();
    };
    let lines = |panel: &Panel| -> Vec<f64> {
        let levels = [&panel.center, &panel.upper, &panel.lower].into_iter();
        levels
            .flat_map(|level| match level {
                Level::Constant(value) => vec![*value],
                Level::Varying(values) => values.clone(),
            })
            .collect()
    };
    let limits = if place == 0 { drawn.limits } else { [None, None] };
    let values = shown.iter().flat_map(|(_, panel, _)| panel.values.iter().copied());
    let all = values.chain(shown.iter().flat_map(|(_, p, _)| lines(p)));
    let y = Axis::linear(first.name, all.chain(limits.into_iter().flatten()));
    let name = report.analysis.design.chart.name();
    let title = format!("{name} of {}: {}", report.column(), first.name);
    let events: usize = shown.iter().map(|(.., verdict)| verdict.events.len()).sum();
    let finding = format!("{} points, {events} events", report.analysis.points());
    let height = (y.min, y.max);
    let mut chart =
        Chart::new(title, axis(report, report.analysis.points()), y).room(96.0).describe(finding);
    if let Some(count) = phase1 {
        let end = count as f64 + 0.5;
        chart.rect((0.5, height.0), (end, height.1), SERIES, 0.08);
        chart.mark(end, "limits from the points to the left", NOTE);
    }
    for (limit, name) in limits.into_iter().zip(["LSL", "USL"]) {
        if let Some(limit) = limit {
            chart.level(limit, "", SPEC).beside(
                limit,
                format!("{name} {}", significant(limit, 5)),
                SPEC,
            );
        }
    }
    for (stage, panel, verdict) in &shown {
        let at = |i: usize| (stage.offset + i + 1) as f64;
        zones(&mut chart, panel, at(0) - 0.5, at(panel.values.len().saturating_sub(1)) + 0.5);
        for (level, name) in [(&panel.center, "CL"), (&panel.upper, "UCL"), (&panel.lower, "LCL")] {
            draw_line(&mut chart, level, name, panel.values.len(), &at, shown.len() == 1);
        }
        if let Some(name) = &stage.name {
            chart.mark(at(0) - 0.5, name, NOTE);
        }
        chart.line(&thin(&panel.values, &at), SERIES, 1.2);
        if panel.values.len() <= MOST_POINTS {
            let dots = panel.values.iter().enumerate().map(|(i, value)| (at(i), *value));
            chart.marks(dots, 2.0, SERIES, false);
        }
        let left_out = report.analysis.excluded.iter().filter_map(|i| i.checked_sub(stage.offset));
        let hollow = left_out.filter_map(|i| Some((at(i), *panel.values.get(i)?)));
        chart.marks(hollow, 4.0, NOTE, true);
        for event in &verdict.events {
            let id = verdict.rules[event.rule].id.as_str();
            let is_known = report.acknowledged.iter().any(|known| {
                known.rule_id == id
                    && known.panel == panel.name
                    && known.point == stage.offset + event.first + 1
            });
            // Known alarms are hollow and grey, so that new ones stand out.
            let colour = if is_known { NOTE } else { ALARM };
            let alarms = (event.first..=event.last).map(|i| (at(i), panel.values[i]));
            chart.marks(alarms, 3.5, colour, is_known);
            let text = if is_known { &format!("{id} known") } else { id };
            chart.callout(at(event.first), panel.values[event.first], text, colour);
        }
    }
    if place == 0 {
        annotate(&mut chart, report, &drawn.annotations);
    }
    chart.render()
}

/// Marks annotations at their points, given by number, time, lot or label.
fn annotate(chart: &mut Chart, report: &Report, annotations: &[(String, String)]) {
    for (at, text) in annotations {
        let labels = &report.prepared.labels;
        let named = labels.iter().position(|label| label == at);
        // A time between those of two points is marked between them.
        let place =
            named.map(|i| (i + 1) as f64).or_else(|| at.parse::<f64>().ok()).or_else(|| {
                let (form, when) = times::parse(at, None)?;
                let is_later = |label: &String| {
                    times::parse(label, None).is_some_and(|(own, time)| own == form && time > when)
                };
                let later = labels.iter().position(is_later).unwrap_or(labels.len());
                (!labels.is_empty()).then_some(later as f64 + 0.5)
            });
        if let Some(place) = place {
            chart.mark(place, text, NOTE);
        }
    }
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
            let label = format!("{name} {}", significant(*value, 5));
            chart.level(*value, "", colour).beside(*value, label, colour);
        }
        _ => {
            // Steps: the limit of a point extends half a point to either side.
            let steps: Vec<(f64, f64)> = (0..count)
                .flat_map(|i| [(at(i) - 0.5, level.at(i)), (at(i) + 0.5, level.at(i))])
                .collect();
            chart.line(&steps, colour, 1.0);
            // The value of the last step is written at its end.
            let last = (0..count).rev().map(|i| level.at(i)).find(|value| value.is_finite());
            if let Some(value) = last {
                chart.beside(value, format!("{name} {}", significant(value, 5)), colour);
            }
        }
    }
}

/// All points of a short series, or the extremes of each bucket of a long one.
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
    told: &[String],
) -> String {
    let bounds = [specification.lsl, specification.usl, specification.target];
    let all = values.iter().copied().chain(bounds.into_iter().flatten());
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| (lo.min(v), hi.max(v)));
    let smallest = values.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Sturges' number of classes, but more of them for long series, which show heavy tails.
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
    let room = if told.is_empty() { 24.0 } else { 190.0 };
    let height = y.max;
    let mut chart =
        Chart::new(format!("capability of {column}"), x, y).room(room).describe(told.join(", "));
    for (line, text) in told.iter().enumerate() {
        chart.beside(height * (0.9 - 0.06 * line as f64), text, NOTE);
    }
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
            chart.mark(limit, &format!("{name} {}", significant(limit, 5)), ALARM);
        }
    }
    chart.render()
}
