//! Charts below each other in one document.

use super::{Chart, DEFAULT_SIZE, escape};
use std::fmt::Write;

/// Charts of one width below each other, as one SVG document; the first gives the title.
pub fn stack(charts: &[Chart]) -> String {
    let width = charts.iter().map(|chart| chart.width).fold(0.0, f64::max);
    let height: f64 = charts.iter().map(|chart| chart.height).sum();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n"
    );
    if let Some(first) = charts.first() {
        let _ = writeln!(svg, "<title>{}</title>", escape(&first.title));
    }
    let mut top = 0.0;
    for (i, chart) in charts.iter().enumerate() {
        svg.push_str(&placed(&chart.render(), i, top));
        top += chart.height;
    }
    svg.push_str("</svg>\n");
    svg
}

/// Rendered charts of the default size below each other, as one SVG document.
pub fn stack_rendered(charts: &[String]) -> String {
    let [width, each] = DEFAULT_SIZE;
    let height = each * charts.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n"
    );
    for (i, chart) in charts.iter().enumerate() {
        svg.push_str(&placed(chart, i, each * i as f64));
    }
    svg.push_str("</svg>\n");
    svg
}

/// A chart at its place in a document, with ids that are unique there.
fn placed(chart: &str, number: usize, top: f64) -> String {
    chart
        .replace("\"plot\"", &format!("\"plot{number}\""))
        .replace("url(#plot)", &format!("url(#plot{number})"))
        .replacen("<svg ", &format!("<svg y=\"{top:.0}\" "), 1)
}

#[cfg(test)]
mod tests {
    use super::{stack, stack_rendered};
    use crate::svg::{Axis, Chart};

    #[test]
    fn charts_below_each_other_share_no_id() {
        let chart = |title: &str| {
            let axis = || Axis::linear("", [0.0, 1.0]);
            let mut chart = Chart::new(title, axis(), axis());
            chart.line(&[(0.0, 0.0), (1.0, 1.0)], "#000000", 1.0);
            chart
        };
        let svg = stack(&[chart("first"), chart("second")]);
        for text in ["id=\"plot0\"", "id=\"plot1\"", "url(#plot0)", "url(#plot1)", "<svg y=\"420\""]
        {
            assert_eq!(svg.matches(text).count(), 1, "{text}");
        }
    }

    #[test]
    fn charts_below_each_other_keep_their_own_clips() {
        let chart = "<svg width=\"1\"><g id=\"plot\" clip-path=\"url(#plot)\"/></svg>\n".to_owned();
        let both = stack_rendered(&[chart.clone(), chart]);
        assert!(both.contains("height=\"840\"") && both.contains("<svg y=\"420\""));
        for i in 0..2 {
            assert!(
                both.contains(&format!("id=\"plot{i}\" clip-path=\"url(#plot{i})\"")),
                "{both}"
            );
        }
    }
}
