//! Small multiples: many series as a grid of little charts on one scale each, those with findings first.

use crate::svg::PALETTE;
use std::fmt::Write;

/// One little chart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Little {
    /// The title above it.
    pub title: String,
    /// A line below it, such as its capability.
    pub note: String,
    /// Values in order; gaps are NaN.
    pub values: Vec<f64>,
    /// Indices (from 0) of the values that are marked.
    pub marked: Vec<usize>,
    /// Centre.
    pub center: Option<f64>,
    /// Limits.
    pub limits: [Option<f64>; 2],
    /// Whether its frame is drawn as that of a chart with findings.
    pub is_found: bool,
}

const WIDE: f64 = 210.0;
const TALL: f64 = 112.0;
const COLUMNS: usize = 4;

/// Draws a grid; `title` stands above it.
pub fn grid(title: &str, charts: &[Little]) -> String {
    let rows = charts.len().div_ceil(COLUMNS).max(1);
    let (width, height) = (WIDE * COLUMNS as f64, TALL * rows as f64 + 30.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" font-family=\"sans-serif\" font-size=\"11\">\n<title>{0}</title>\n<text x=\"6\" y=\"18\" font-size=\"13\" fill=\"#555555\">{0}</text>\n",
        escape(title)
    );
    for (i, chart) in charts.iter().enumerate() {
        let left = WIDE * (i % COLUMNS) as f64;
        let top = TALL * (i / COLUMNS) as f64 + 26.0;
        little(&mut svg, chart, left, top);
    }
    svg.push_str("</svg>\n");
    svg
}

fn little(svg: &mut String, chart: &Little, left: f64, top: f64) {
    let frame = if chart.is_found { PALETTE[1] } else { "#c4c9cf" };
    let (x0, x1, y0, y1) = (left + 6.0, left + WIDE - 6.0, top + 18.0, top + TALL - 22.0);
    let _ = writeln!(
        svg,
        "<rect x=\"{x0:.1}\" y=\"{y0:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"none\" stroke=\"{frame}\"/>",
        x1 - x0,
        y1 - y0
    );
    let text = |svg: &mut String, y: f64, size: u8, colour: &str, text: &str| {
        // 34 characters are as wide as the frame.
        let cut: String = match text.chars().count() {
            0..=34 => text.to_owned(),
            _ => text.chars().take(33).chain(['…']).collect(),
        };
        let _ = writeln!(
            svg,
            "<text x=\"{x0:.1}\" y=\"{y:.1}\" font-size=\"{size}\" fill=\"{colour}\">{}</text>",
            escape(&cut)
        );
    };
    text(svg, top + 14.0, 11, "#333333", &chart.title);
    let colour = if chart.is_found { PALETTE[1] } else { "#777777" };
    text(svg, top + TALL - 10.0, 10, colour, &chart.note);
    let lines = chart.limits.iter().chain([&chart.center]).flatten().copied();
    let all = chart.values.iter().copied().chain(lines).filter(|v| v.is_finite());
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    if low > high {
        return;
    }
    let pad = if high > low { 0.06 * (high - low) } else { 0.5 * high.abs().max(1.0) };
    let (low, high) = (low - pad, high + pad);
    let y = |value: f64| y1 - (value - low) / (high - low) * (y1 - y0);
    let step = (x1 - x0 - 8.0) / chart.values.len().max(2).saturating_sub(1) as f64;
    let x = |i: usize| x0 + 4.0 + step * i as f64;
    for (value, colour) in
        chart.limits.iter().map(|l| (l, PALETTE[1])).chain([(&chart.center, PALETTE[2])])
    {
        if let Some(value) = value {
            let _ = writeln!(
                svg,
                "<path d=\"M{x0:.1} {0:.1}H{x1:.1}\" stroke=\"{colour}\" stroke-width=\"0.8\" fill=\"none\"/>",
                y(*value)
            );
        }
    }
    let mut path = String::new();
    let mut is_open = false;
    for (i, value) in chart.values.iter().enumerate() {
        if value.is_finite() {
            let _ = write!(path, "{}{:.1} {:.1}", if is_open { 'L' } else { 'M' }, x(i), y(*value));
        }
        is_open = value.is_finite();
    }
    let _ = writeln!(
        svg,
        "<path d=\"{path}\" stroke=\"{}\" stroke-width=\"1\" fill=\"none\"/>",
        PALETTE[0]
    );
    for i in chart.marked.iter().filter(|i| chart.values.get(**i).is_some_and(|v| v.is_finite())) {
        let _ = writeln!(
            svg,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"2.2\" fill=\"{}\"/>",
            x(*i),
            y(chart.values[*i]),
            PALETTE[1]
        );
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_and_limit_is_drawn_and_gaps_break_the_line() {
        let chart = Little {
            title: "a<b".to_owned(),
            values: vec![1.0, f64::NAN, 3.0, 9.0],
            marked: vec![3],
            center: Some(2.0),
            limits: [Some(5.0), None],
            is_found: true,
            ..Little::default()
        };
        let svg = grid("two", &[chart.clone(), Little::default(), chart]);
        assert_eq!((svg.matches("<circle").count(), svg.matches("a&lt;b").count()), (2, 2));
        assert_eq!(svg.matches('H').count(), 4);
        assert!(svg.contains("M6.0") || svg.contains("M10.0"), "{svg}");
        assert_eq!(grid("two", &[]), grid("two", &[]));
    }
}
