//! Pictures of samples: histogram with the normal curve, normal quantiles, measure against parameter.

use super::shape::{self, stride};
use super::{Section, Statistics};
use libchar_core::svg::{Axis, Chart};

const BLUE: &str = "#1f5f99";
const RED: &str = "#b3261e";
const GREY: &str = "#777777";

/// The most bins of a histogram.
const MOST_BINS: usize = 200;
/// The number of values of each tail that a picture of quantiles always draws.
const TAIL: usize = 20;

/// The most points that a picture draws; more are thinned evenly, and its description says so.
const MOST_POINTS: usize = 2000;

/// The pictures of one measure at one point: a title, and the SVG. None if there are fewer than two
/// values.
pub fn pictures(section: &Section, of: &Statistics) -> Vec<(String, String)> {
    let mut sorted: Vec<f64> = of.series.values.iter().filter_map(|(_, value)| *value).collect();
    if sorted.len() < 2 || section.one_at_a_time {
        return Vec::new();
    }
    sorted.sort_unstable_by(f64::total_cmp);
    let title = match of.unit.as_str() {
        "" => of.series.measure.clone(),
        unit => format!("{} ({unit})", of.series.measure),
    };
    let mut pictures = vec![
        ("histogram".to_owned(), histogram(of, &title, &sorted)),
        ("quantiles".to_owned(), quantiles(of, &title, &sorted)),
    ];
    for (i, parameter) in section.parameters.iter().enumerate() {
        pictures.push((format!("against_{parameter}"), scatter(section, of, &title, i)));
    }
    pictures
}

fn heading(of: &Statistics) -> String {
    format!("{} at {}", of.series.measure, of.series.point)
}

fn thinned(n: usize) -> String {
    match stride(n, MOST_POINTS) {
        1 => format!("{n} values"),
        step => format!("{n} values, one of {step} is drawn"),
    }
}

fn histogram(of: &Statistics, title: &str, sorted: &[f64]) -> String {
    let bins = shape::histogram(sorted, MOST_BINS);
    let range = bins.width * bins.counts.len() as f64;
    let limits = [of.limits.0, of.limits.1];
    let shown = [bins.low, bins.low + range].into_iter().chain(limits.into_iter().flatten());
    let most = bins.counts.iter().copied().max().unwrap_or(1) as f64;
    let mut chart = Chart::new(
        heading(of),
        Axis::linear(title, shown),
        Axis::linear("samples", [0.0, most.max(bins.normal(bins.mean))]),
    )
    .describe(format!(
        "{} in {} bins, with the normal curve of their mean and σ",
        sorted.len(),
        bins.counts.len()
    ));
    for (i, count) in bins.counts.iter().enumerate() {
        let from = bins.low + bins.width * i as f64;
        chart.rect((from, 0.0), (from + bins.width, *count as f64), BLUE, 0.7);
    }
    if bins.sd > 0.0 {
        let points = (0..=100).map(|i| bins.low + range * f64::from(i) / 100.0);
        let points: Vec<(f64, f64)> = points.map(|x| (x, bins.normal(x))).collect();
        chart.line(&points, GREY, 1.5);
    }
    for (limit, name) in limits.into_iter().zip(["lower", "upper"]) {
        if let Some(limit) = limit {
            chart.mark(limit, name, RED);
        }
    }
    chart.render()
}

fn quantiles(of: &Statistics, title: &str, sorted: &[f64]) -> String {
    let n = sorted.len();
    let (mean, sd) = super::moments_of(sorted);
    let shown = shape::quantiles(sorted, MOST_POINTS, TAIL);
    let ends = [shown[0].0, shown[shown.len() - 1].0];
    let mut chart = Chart::new(
        heading(of),
        Axis::linear("normal quantile (σ)", ends),
        Axis::linear(title, [sorted[0], sorted[n - 1]]),
    )
    .describe(format!("{}; the line is the normal distribution of their mean and σ", thinned(n)));
    chart.line(&ends.map(|z| (z, mean + sd * z)), GREY, 1.5);
    for (z, value) in shown {
        chart.dot(z, value, 2.0, BLUE);
    }
    chart.render()
}

fn scatter(section: &Section, of: &Statistics, title: &str, parameter: usize) -> String {
    let pairs: Vec<(f64, f64)> = of
        .series
        .values
        .iter()
        .filter_map(|(sample, value)| {
            Some((*section.draws.get(sample)?.get(parameter)?, (*value)?))
        })
        .collect();
    let x = Axis::linear(section.parameters[parameter].clone(), pairs.iter().map(|(x, _)| *x));
    let y = Axis::linear(title, pairs.iter().map(|(_, y)| *y));
    let mut chart = Chart::new(heading(of), x, y).describe(thinned(pairs.len()));
    for (x, y) in pairs.iter().step_by(stride(pairs.len(), MOST_POINTS)) {
        chart.dot(*x, *y, 2.0, BLUE);
    }
    chart.render()
}
