//! The pictures of a measure's samples: histogram, normal quantiles, scatter, shares of the variance.

use crate::model::{array, number, pairs, text};
use crate::pictures::{anchor, axes};
use crate::quantity::{count, share, short};
use crate::svg::{Picture, Scale};
use serde_json::Value;

const LEFT: f64 = 76.0;
const RIGHT: f64 = 460.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 234.0;
const SIZE: (f64, f64) = (480.0, 270.0);
/// The most bars of a picture of shares.
const MOST_BARS: usize = 12;

/// Counts in bins, the normal curve with their mean and σ, and the limits.
pub fn histogram(entry: &Value, key: &str) -> Option<String> {
    let shape = entry.get("shape").filter(|shape| shape.is_object())?;
    let (low, width) = (number(shape, "low")?, number(shape, "width")?);
    let numbers =
        |name: &str| -> Vec<f64> { array(shape, name).iter().filter_map(Value::as_f64).collect() };
    let (counts, normal) = (numbers("counts"), numbers("normal"));
    let unit = text(entry, "unit").unwrap_or_default();
    let limits = [number(entry, "lower"), number(entry, "upper")];
    let end = low + width * counts.len() as f64;
    let x =
        Scale::linear([low, end].into_iter().chain(limits.into_iter().flatten()), (LEFT, RIGHT));
    let most = counts.iter().chain(&normal).copied().fold(0.0, f64::max);
    let y = Scale::linear([0.0, most], (BOTTOM, TOP));
    let mut picture = Picture::new(SIZE.0, SIZE.1);
    zones(&mut picture, limits, x);
    axes(&mut picture, (x, &unit), (y, ""), (LEFT, RIGHT), (TOP, BOTTOM));
    for (i, n) in counts.iter().enumerate().filter(|(_, n)| **n > 0.0) {
        let (from, to) = (x.at(low + width * i as f64), x.at(low + width * (i as f64 + 1.0)));
        picture.rect("bar", (from, y.at(*n)), (to - from, y.at(0.0) - y.at(*n)));
    }
    let middle = |i: usize| x.at(low + width * (i as f64 + 0.5));
    let curve: Vec<(f64, f64)> =
        normal.iter().enumerate().map(|(i, n)| (middle(i), y.at(*n))).collect();
    picture.path("s2", &curve);
    let total: f64 = counts.iter().sum();
    let finding = format!(
        "{} from {} to {} in {}; the dashed line is the normal distribution of their mean and sigma.",
        count(total as usize, "value"),
        short(low, &unit),
        short(end, &unit),
        count(counts.len(), "bin")
    );
    Some(picture.finish(&format!("hist-{key}"), "Histogram of the samples", &finding))
}

/// The forbidden sides of the limits.
fn zones(picture: &mut Picture, [lower, upper]: [Option<f64>; 2], x: Scale) {
    let mut zone = |from: f64, to: f64, line: f64| {
        picture.rect("zone", (from, TOP), (to - from, BOTTOM - TOP));
        picture.line("lim", (line, TOP), (line, BOTTOM));
    };
    if let Some(upper) = upper {
        zone(x.at(upper), RIGHT, x.at(upper));
    }
    if let Some(lower) = lower {
        zone(LEFT, x.at(lower), x.at(lower));
    }
}

/// Values against normal quantiles; normal values lie on the line.
pub fn quantiles(entry: &Value, key: &str) -> Option<String> {
    let points = pairs(entry.get("shape")?, "quantiles");
    let unit = text(entry, "unit").unwrap_or_default();
    let (first, last) = (points.first()?, points.last()?);
    let mean = number(entry.get("mean")?, "value")?;
    let sd = entry.get("sd").and_then(|sd| number(sd, "value"));
    let x = Scale::linear(points.iter().map(|(z, _)| *z), (LEFT, RIGHT));
    let y = Scale::linear(points.iter().map(|(_, value)| *value), (BOTTOM, TOP));
    let mut picture = Picture::new(SIZE.0, SIZE.1);
    axes(&mut picture, (x, "σ"), (y, &unit), (LEFT, RIGHT), (TOP, BOTTOM));
    if let Some(sd) = sd {
        let line = [first.0, last.0].map(|z| (x.at(z), y.at(mean + sd * z)));
        picture.path("s2", &line);
    }
    for (z, value) in &points {
        picture.dot("dt", (x.at(*z), y.at(*value)));
    }
    let p = entry.get("normality").and_then(|of| number(of, "p"));
    let test = p.map_or_else(String::new, |p| format!(" The test of normality has p = {p:.2}."));
    let finding = format!(
        "From {} at {:.1} sigma to {} at {:.1} sigma; normal values lie on the line.{test}",
        short(first.1, &unit),
        first.0,
        short(last.1, &unit),
        last.0
    );
    Some(picture.finish(&format!("qq-{key}"), "Normal quantiles of the samples", &finding))
}

/// A scatter plot of the measure against a partner, with the caption.
pub fn scatter(
    entry: &Value,
    partner: &Value,
    partner_unit: &str,
    key: &str,
) -> Option<(String, String)> {
    let values = pairs(partner, "values");
    let (with, name) = (text(partner, "with")?, text(entry, "measure")?);
    let unit = text(entry, "unit").unwrap_or_default();
    let x = Scale::linear(values.iter().map(|(x, _)| *x), (LEFT, RIGHT));
    let y = Scale::linear(values.iter().map(|(_, y)| *y), (BOTTOM, TOP));
    let mut picture = Picture::new(SIZE.0, SIZE.1);
    axes(&mut picture, (x, partner_unit), (y, &unit), (LEFT, RIGHT), (TOP, BOTTOM));
    for (a, b) in &values {
        picture.dot("dt", (x.at(*a), y.at(*b)));
    }
    let of = number(partner, "pairs").unwrap_or(0.0) as usize;
    let thinned =
        if values.len() < of { format!(", {} of them drawn", values.len()) } else { String::new() };
    let caption = format!("{name} against {with}: {}{thinned}", count(of, "sample"));
    let id = format!("with-{key}-{}", anchor(&with));
    let svg = picture.finish(&id, &format!("{name} against {with}"), &format!("{caption}."));
    Some((svg, caption))
}

/// Shares of the variance as bars from zero; they may be negative if parameters correlate.
pub fn shares(effects: &[(String, f64)], key: &str) -> String {
    let mut sorted: Vec<&(String, f64)> = effects.iter().collect();
    sorted.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let shown = &sorted[..sorted.len().min(MOST_BARS)];
    let line = 22.0;
    let height = 20.0 + line * shown.len() as f64;
    let room = shown.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(4) as f64;
    let (left, right) = ((7.8 * room + 16.0).min(220.0), 390.0);
    let scale =
        Scale::linear(shown.iter().map(|(_, share)| *share).chain([0.0, 1.0]), (left, right));
    let mut picture = Picture::new(480.0, height);
    let zero = scale.at(0.0);
    picture.line("ax", (zero, 6.0), (zero, height - 6.0));
    for (i, (name, of)) in shown.iter().enumerate() {
        let y = 20.0 + line * i as f64;
        let (from, to) = (scale.at(of.min(0.0)), scale.at(of.max(0.0)));
        picture.text("b", (left - 6.0, y + 4.0), "end", name);
        picture.rect("bar", (from, y - 6.0), (to - from, 12.0));
        picture.text("", (right + 8.0, y + 4.0), "start", &share(*of, 1).replace('-', "−"));
    }
    let words: Vec<String> =
        shown.iter().map(|(name, of)| format!("{name} {}", share(*of, 1))).collect();
    let finding = format!("Shares of the variance: {}.", words.join(", "));
    picture.finish(&format!("share-{key}"), "What makes the spread", &finding)
}
