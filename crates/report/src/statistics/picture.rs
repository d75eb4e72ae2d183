//! Pictures of samples: histogram with the normal curve, normal quantiles, measure against parameter.

use super::{Section, Statistics, moments_of};
use libchar_core::svg::{Axis, Chart};
use libchar_numeric::normal;

const BLUE: &str = "#1f5f99";
const RED: &str = "#b3261e";
const GREY: &str = "#777777";

/// Points that a picture draws at most; more are thinned evenly, and its description says so.
const MOST_POINTS: usize = 2000;

/// The pictures of one measure at one point: what each shows, and its SVG. None where there are fewer than two values.
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

/// Every so many of a list.
fn stride(n: usize) -> usize {
    n.div_ceil(MOST_POINTS).max(1)
}

fn thinned(n: usize) -> String {
    match stride(n) {
        1 => format!("{n} values"),
        step => format!("{n} values, one of {step} is drawn"),
    }
}

fn histogram(of: &Statistics, title: &str, sorted: &[f64]) -> String {
    let n = sorted.len() as f64;
    let (low, high) = (sorted[0], sorted[sorted.len() - 1]);
    // Scott (1979): 3.49 s n^(-1/3) wide, 200 at most.
    let (mean, sd) = moments_of(sorted);
    let range = if high > low { high - low } else { low.abs().max(1e-30) };
    let bins = (range / (3.49 * sd / n.cbrt())).ceil();
    let bins = if bins.is_finite() { bins.clamp(1.0, 200.0) as usize } else { 1 };
    let width = range / bins as f64;
    let mut counts = vec![0usize; bins];
    for value in sorted {
        counts[(((value - low) / width) as usize).min(bins - 1)] += 1;
    }
    let curve = |x: f64| n * width * normal::pdf((x - mean) / sd) / sd;
    let limits = [of.limits.0, of.limits.1];
    let shown = [low, low + range].into_iter().chain(limits.into_iter().flatten());
    let most = counts.iter().copied().max().unwrap_or(1) as f64;
    let tallest = if sd > 0.0 { most.max(curve(mean)) } else { most };
    let mut chart = Chart::new(
        heading(of),
        Axis::linear(title, shown),
        Axis::linear("samples", [0.0, tallest]),
    )
    .describe(format!(
        "{} in {bins} bins, with the normal curve of their mean and σ",
        sorted.len()
    ));
    for (i, count) in counts.iter().enumerate() {
        let from = low + width * i as f64;
        chart.rect((from, 0.0), (from + width, *count as f64), BLUE, 0.7);
    }
    if sd > 0.0 {
        let points: Vec<(f64, f64)> =
            (0..=100).map(|i| low + range * f64::from(i) / 100.0).map(|x| (x, curve(x))).collect();
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
    let (mean, sd) = moments_of(sorted);
    // Blom's positions.
    let z = |i: usize| normal::quantile((i as f64 + 0.625) / (n as f64 + 0.25));
    let mut shown: Vec<usize> = (0..n).step_by(stride(n)).collect();
    // The tails are what such a picture is for.
    shown.extend((0..n.min(20)).chain(n.saturating_sub(20)..n));
    shown.sort_unstable();
    shown.dedup();
    let ends = [z(0), z(n - 1)];
    let mut chart = Chart::new(
        heading(of),
        Axis::linear("normal quantile (σ)", ends),
        Axis::linear(title, [sorted[0], sorted[n - 1]]),
    )
    .describe(format!("{}; the line is the normal distribution of their mean and σ", thinned(n)));
    chart.line(&ends.map(|z| (z, mean + sd * z)), GREY, 1.5);
    for i in shown {
        chart.dot(z(i), sorted[i], 2.0, BLUE);
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
    for (x, y) in pairs.iter().step_by(stride(pairs.len())) {
        chart.dot(*x, *y, 2.0, BLUE);
    }
    chart.render()
}
