//! Shapes of a picture. The page's style sheet defines their look, so they have classes, never
//! colours.

use std::fmt::Write;

/// Classes of the lines of one picture, distinguished by colour and dashes; if there are more
/// lines, the classes repeat.
pub const LINES: [&str; 4] = ["s1", "s2", "s3", "s4"];

/// A picture under construction; coordinates are those of its view box.
pub struct Picture {
    width: f64,
    height: f64,
    body: String,
}

impl Picture {
    /// An empty picture of this size.
    pub fn new(width: f64, height: f64) -> Picture {
        Picture { width, height, body: String::new() }
    }

    /// A filled rectangle.
    pub fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let _ = write!(
            self.body,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            short(x),
            short(y),
            short(width.max(0.0)),
            short(height.max(0.0))
        );
    }

    /// A line between two points.
    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.path(class, &[from, to]);
    }

    /// A line through points.
    pub fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        let Some(((x, y), rest)) = points.split_first() else { return };
        let _ = write!(self.body, "<path class=\"{class}\" d=\"M{} {}", short(*x), short(*y));
        for (x, y) in rest {
            let _ = write!(self.body, "L{} {}", short(*x), short(*y));
        }
        self.body.push_str("\"/>");
    }

    /// Draws separate line pieces as one shape.
    pub fn pieces(&mut self, class: &str, pieces: &[[(f64, f64); 2]]) {
        if pieces.is_empty() {
            return;
        }
        let _ = write!(self.body, "<path class=\"{class}\" d=\"");
        for [from, to] in pieces {
            let [a, b, c, d] = [from.0, from.1, to.0, to.1].map(short);
            let _ = write!(self.body, "M{a} {b}L{c} {d}");
        }
        self.body.push_str("\"/>");
    }

    /// A dot without a tooltip.
    pub fn dot(&mut self, class: &str, (x, y): (f64, f64)) {
        let _ = write!(
            self.body,
            "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"2\"/>",
            short(x),
            short(y)
        );
    }

    /// Text; `anchor` is `start`, `middle` or `end`.
    pub fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: &str, text: &str) {
        let _ = write!(
            self.body,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            short(x),
            short(y),
            escaped(text)
        );
    }

    /// A mark with its tooltip: a ring, or a square if `bad`.
    pub fn mark(&mut self, bad: bool, (x, y): (f64, f64), title: &str) {
        let title = escaped(title);
        let (x, y) = (short(x), short(y));
        let _ = if bad {
            write!(
                self.body,
                "<path class=\"bad\" d=\"M{x} {y}m-3.5-3.5h7v7h-7z\"><title>{title}</title></path>"
            )
        } else {
            write!(
                self.body,
                "<circle class=\"ok\" cx=\"{x}\" cy=\"{y}\" r=\"2.6\"><title>{title}</title></circle>"
            )
        };
    }

    /// Returns the picture with a text for readers who cannot see it.
    pub fn finish(self, id: &str, title: &str, finding: &str) -> String {
        format!(
            "<svg class=\"c\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\
             <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>{}</svg>",
            short(self.width),
            short(self.height),
            escaped(title),
            escaped(finding),
            self.body
        )
    }

    /// Returns a small picture within a line or a cell of a table; without a label it is
    /// decoration.
    pub fn inline(self, class: &str, label: Option<&str>) -> String {
        let role = match label {
            Some(label) => format!("role=\"img\" aria-label=\"{}\"", escaped(label)),
            None => "aria-hidden=\"true\"".to_owned(),
        };
        let (width, height) = (short(self.width), short(self.height));
        format!(
            "<svg class=\"c {class}\" viewBox=\"0 0 {width} {height}\" {role}>{}</svg>",
            self.body
        )
    }
}

/// Text that is safe between tags and within quotes.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#x27;"),
            // Characters that XML 1.0 does not have.
            c if c.is_control() && !matches!(c, '\n' | '\t') => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

/// A number with at most two decimals.
fn short(value: f64) -> String {
    let text = format!("{:.2}", if value.is_finite() { value } else { 0.0 });
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Moves the heights of texts apart, so that each is at least a line from its neighbours; their
/// order stays the same.
pub fn apart(heights: &[f64], line: f64, lowest: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|a, b| heights[*a].total_cmp(&heights[*b]));
    let mut placed = heights.to_vec();
    for pair in order.windows(2) {
        placed[pair[1]] = placed[pair[1]].max(placed[pair[0]] + line);
    }
    let mut below = lowest + line;
    for i in order.into_iter().rev() {
        placed[i] = placed[i].min(below - line);
        below = placed[i];
    }
    placed
}

/// The least and the greatest finite value; the first is above the second if there is none.
fn ends(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let finite = values.into_iter().filter(|value| value.is_finite());
    finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
}

/// A scale from values to places along an axis.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    values: (f64, f64),
    places: (f64, f64),
    log: bool,
}

impl Scale {
    /// A scale over the finite values, 4 % wider; logarithmic if they are positive and span two
    /// decades.
    pub fn over(values: impl IntoIterator<Item = f64>, places: (f64, f64)) -> Scale {
        let (low, high) = ends(values);
        if low > 0.0 && high > 100.0 * low && high.is_finite() {
            let room = (high / low).powf(0.04);
            return Scale { values: (low / room, high * room), places, log: true };
        }
        Scale::linear([low, high], places)
    }

    /// A linear scale over the finite values, 4 % wider.
    pub fn linear(values: impl IntoIterator<Item = f64>, places: (f64, f64)) -> Scale {
        let (low, high) = ends(values);
        if low > high {
            return Scale { values: (0.0, 1.0), places, log: false };
        }
        let room = if high > low { 0.04 * (high - low) } else { 0.5 * high.abs().max(1e-30) };
        Scale { values: (low - room, high + room), places, log: false }
    }

    /// Whether equal distances are equal ratios.
    pub fn is_log(&self) -> bool {
        self.log
    }

    /// The place of a value, clipped to the axis.
    pub fn at(&self, value: f64) -> f64 {
        let (low, high) = self.values;
        let fraction = if self.log {
            (value / low).ln() / (high / low).ln()
        } else {
            (value - low) / (high - low)
        };
        self.places.0 + fraction.clamp(0.0, 1.0) * (self.places.1 - self.places.0)
    }

    /// Round values along the axis.
    pub fn ticks(&self, about: f64) -> Vec<f64> {
        let (low, high) = self.values;
        if self.log {
            let decades = low.log10().ceil() as i32..=high.log10().floor() as i32;
            let ticks: Vec<f64> = decades.map(|decade| 10f64.powi(decade)).collect();
            let step = (ticks.len() as f64 / about).ceil().max(1.0) as usize;
            return ticks.into_iter().step_by(step).collect();
        }
        let rough = (high - low) / about;
        let decade = 10f64.powf(rough.log10().floor());
        let step =
            [1.0, 2.0, 5.0, 10.0].map(|m| m * decade).into_iter().find(|step| *step >= rough);
        let step = step.unwrap_or(10.0 * decade);
        let first = (low / step).ceil() as i64;
        (first..first + 20).map(|i| i as f64 * step).take_while(|tick| *tick <= high).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_is_escaped() {
        let mut picture = Picture::new(10.0, 10.0);
        picture.text("t2", (1.0, 2.0), "start", "<script>\"'&\u{1b}");
        let svg = picture.finish("m-x", "\"><b>", "&");
        assert!(svg.contains("&lt;script&gt;&quot;&#x27;&amp;\u{fffd}"));
        assert!(!svg.contains("<b>") && !svg.contains("<script>"));
    }

    #[test]
    fn texts_move_apart_in_their_order() {
        assert_eq!(apart(&[50.0, 10.0, 52.0], 12.0, 60.0), [48.0, 10.0, 60.0]);
    }

    #[test]
    fn larger_values_lie_farther_along() {
        let scale = Scale::over([1.0, 3.0], (10.0, 110.0));
        assert!(scale.at(1.0) < scale.at(2.0) && scale.at(2.0) < scale.at(3.0));
        assert!((scale.at(2.0) - 60.0).abs() < 1e-9);
        let log = Scale::over([1.0, 1000.0], (0.0, 3.0));
        assert!(log.is_log() && (log.at(10f64.powf(1.5)) - 1.5).abs() < 1e-9);
        assert_eq!(log.ticks(6.0), [1.0, 10.0, 100.0, 1000.0]);
    }
}
