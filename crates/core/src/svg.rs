//! SVG charts with fixed decimals, so that the same data give the same bytes.

mod grid;
mod stack;
mod wafer;

pub use stack::{stack, stack_rendered};
pub use wafer::wafer;

use crate::number;
use std::fmt::Write;

/// Colours that stay apart for colour-blind readers (Okabe and Ito, 2008).
pub const PALETTE: [&str; 7] =
    ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

/// How values of an axis become lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Proportional.
    Linear,
    /// By the decimal logarithm; values must be positive.
    Log,
}

/// One axis.
#[derive(Debug, Clone)]
pub struct Axis {
    /// Title with unit, such as `depth (nm)`.
    pub title: String,
    /// Smallest value shown.
    pub min: f64,
    /// Largest value shown.
    pub max: f64,
    /// Linear or logarithmic.
    pub scale: Scale,
    /// Ticks with names of their own, such as lots or times; empty for round numbers.
    pub names: Vec<(f64, String)>,
}

impl Axis {
    /// A linear axis over the finite values, with a margin of 4 %; never of zero length.
    pub fn linear(title: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Axis {
        let (min, max) = bounds(values.into_iter().filter(|v| v.is_finite())).unwrap_or((0.0, 1.0));
        let margin = if max > min { 0.04 * (max - min) } else { 0.5 * max.abs().max(1.0) };
        Axis {
            title: title.into(),
            min: min - margin,
            max: max + margin,
            scale: Scale::Linear,
            names: Vec::new(),
        }
    }

    /// A logarithmic axis over whole decades that hold the positive values.
    pub fn log(title: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Axis {
        let positive = values.into_iter().filter(|v| v.is_finite() && *v > 0.0);
        let (min, max) = bounds(positive).unwrap_or((0.1, 1.0));
        let (low, high) = (min.log10().floor(), max.log10().ceil());
        let high = if high > low { high } else { low + 1.0 };
        Axis {
            title: title.into(),
            min: 10f64.powf(low),
            max: 10f64.powf(high),
            scale: Scale::Log,
            names: Vec::new(),
        }
    }

    /// The axis with names at its ticks; those that lie outside it are left out.
    pub fn named(mut self, names: impl IntoIterator<Item = (f64, String)>) -> Axis {
        let within = |at: &f64| (self.min..=self.max).contains(at);
        self.names = names.into_iter().filter(|(at, _)| within(at)).collect();
        self
    }

    /// Position of a value, 0 at the start and 1 at the end of the axis.
    fn fraction(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Linear => (value - self.min) / (self.max - self.min),
            Scale::Log => (value / self.min).log10() / (self.max / self.min).log10(),
        }
    }

    fn labels(&self) -> Vec<(f64, String)> {
        match self.names.is_empty() {
            true => self.ticks().into_iter().map(|tick| (tick, tick_label(tick))).collect(),
            false => self.names.clone(),
        }
    }

    fn ticks(&self) -> Vec<f64> {
        match self.scale {
            Scale::Linear => linear_ticks(self.min, self.max),
            Scale::Log => {
                let (low, high) =
                    (self.min.log10().round() as i32, self.max.log10().round() as i32);
                let step = ((high - low) / 8 + 1).max(1) as usize;
                (low..=high).step_by(step).map(|decade| 10f64.powi(decade)).collect()
            }
        }
    }
}

fn bounds(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |range, value| match range {
        None => Some((value, value)),
        Some((min, max)) => Some((min.min(value), max.max(value))),
    })
}

/// About six round numbers between two values.
pub fn linear_ticks(min: f64, max: f64) -> Vec<f64> {
    let rough = (max - min) / 6.0;
    let decade = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * decade).into_iter().find(|s| *s >= rough);
    let step = step.unwrap_or(10.0 * decade);
    let first = (min / step).ceil() as i64;
    (first..).map(|i| i as f64 * step).take_while(|tick| *tick <= max).take(20).collect()
}

const LEFT: f64 = 78.0;
const TOP: f64 = 36.0;
const RIGHT: f64 = 24.0;
const BOTTOM: f64 = 52.0;

/// Width and height of a chart in pixels, unless they are changed.
const DEFAULT_SIZE: [f64; 2] = [840.0, 420.0];

/// A chart: axes, and shapes in data coordinates drawn in the order of the calls.
#[derive(Debug, Clone)]
pub struct Chart {
    width: f64,
    height: f64,
    title: String,
    x: Axis,
    y: Axis,
    body: String,
    legend: Vec<(String, String)>,
    description: String,
    /// Room to the right of the plot.
    right: f64,
    /// Texts beside the plot: height, text, colour.
    beside: Vec<(f64, String, String)>,
    /// Boxes that texts in the plot occupy: left, top, right, bottom.
    taken: Vec<[f64; 4]>,
    /// Left and right ends of the labels of [`Chart::mark`], and their lines from the top.
    marked: Vec<(f64, f64, usize)>,
}

impl Chart {
    /// An empty chart of 840 by 420 pixels.
    pub fn new(title: impl Into<String>, x: Axis, y: Axis) -> Chart {
        Chart {
            width: DEFAULT_SIZE[0],
            height: DEFAULT_SIZE[1],
            title: title.into(),
            x,
            y,
            body: String::new(),
            legend: Vec::new(),
            description: String::new(),
            right: RIGHT,
            beside: Vec::new(),
            taken: Vec::new(),
            marked: Vec::new(),
        }
    }

    /// A sentence that states the finding, for those who do not see the chart.
    pub fn describe(mut self, finding: impl Into<String>) -> Chart {
        self.description = finding.into();
        self
    }

    /// Leaves room for [`Chart::beside`], in pixels.
    pub fn room(mut self, pixels: f64) -> Chart {
        self.right = RIGHT + pixels;
        self
    }

    /// Changes the size in pixels.
    pub fn size(mut self, width: f64, height: f64) -> Chart {
        (self.width, self.height) = (width, height);
        self
    }

    fn px(&self, x: f64) -> f64 {
        LEFT + self.x.fraction(x) * (self.width - LEFT - self.right)
    }

    fn py(&self, y: f64) -> f64 {
        self.height - BOTTOM - self.y.fraction(y) * (self.height - TOP - BOTTOM)
    }

    /// A line through points; it breaks where a value is not finite.
    pub fn line(&mut self, points: &[(f64, f64)], colour: &str, width: f64) -> &mut Self {
        let pixels: Vec<(f64, f64)> =
            points.iter().map(|(x, y)| (self.px(*x), self.py(*y))).collect();
        for run in pixels.split(|(px, py)| !px.is_finite() || !py.is_finite()) {
            if run.is_empty() {
                continue;
            }
            let path: Vec<String> = run.iter().map(|(px, py)| format!("{px:.2},{py:.2}")).collect();
            let path = path.join(" ");
            let _ = writeln!(
                self.body,
                "<polyline clip-path=\"url(#plot)\" fill=\"none\" stroke=\"{colour}\" \
                 stroke-width=\"{width:.1}\" points=\"{path}\"/>"
            );
        }
        self
    }

    /// A dot with a radius in pixels.
    pub fn dot(&mut self, x: f64, y: f64, radius: f64, colour: &str) -> &mut Self {
        let (px, py) = (self.px(x), self.py(y));
        if px.is_finite() && py.is_finite() {
            let _ = writeln!(
                self.body,
                "<circle cx=\"{px:.2}\" cy=\"{py:.2}\" r=\"{radius:.1}\" fill=\"{colour}\"/>"
            );
        }
        self
    }

    /// A mark at every point. Points on the same pixel share one mark, so that the size of the plot
    /// bounds the number of marks.
    pub fn marks(
        &mut self,
        points: impl IntoIterator<Item = (f64, f64)>,
        radius: f64,
        colour: &str,
        is_hollow: bool,
    ) -> &mut Self {
        let mut seen = std::collections::BTreeSet::new();
        for (x, y) in points {
            let (px, py) = (self.px(x), self.py(y));
            if !px.is_finite()
                || !py.is_finite()
                || !seen.insert((px.round() as i64, py.round() as i64))
            {
                continue;
            }
            let fill = if is_hollow {
                format!("fill=\"none\" stroke=\"{colour}\"")
            } else {
                format!("fill=\"{colour}\"")
            };
            let _ = writeln!(
                self.body,
                "<circle cx=\"{px:.2}\" cy=\"{py:.2}\" r=\"{radius:.1}\" {fill}/>"
            );
        }
        self
    }

    /// A text to the right of the plot at a height; texts too near each other move apart.
    pub fn beside(&mut self, y: f64, text: impl Into<String>, colour: &str) -> &mut Self {
        let py = self.py(y);
        if py.is_finite() {
            self.beside.push((py, text.into(), colour.to_owned()));
        }
        self
    }

    /// A text above or below a point, where it covers no other text. Returns false, and draws
    /// nothing, if there is no free place.
    pub fn callout(&mut self, x: f64, y: f64, text: &str, colour: &str) -> bool {
        self.callout_at((self.px(x), self.py(y)), text, colour)
    }

    fn callout_at(&mut self, (px, py): (f64, f64), text: &str, colour: &str) -> bool {
        if !px.is_finite() || !py.is_finite() {
            return false;
        }
        let half = 0.325 * 11.0 * text.chars().count() as f64;
        let px = px.clamp(LEFT + half, self.width - self.right - half);
        for offset in [-8.0, 17.0, -20.0, 29.0, -32.0] {
            let base = py + offset;
            let own = [px - half, base - 10.0, px + half, base + 2.0];
            let is_free = |other: &[f64; 4]| {
                own[2] < other[0] || other[2] < own[0] || own[3] < other[1] || other[3] < own[1]
            };
            if own[1] < TOP || own[3] > self.height - BOTTOM || !self.taken.iter().all(is_free) {
                continue;
            }
            self.taken.push(own);
            let _ = writeln!(
                self.body,
                "<text x=\"{px:.2}\" y=\"{base:.2}\" text-anchor=\"middle\" fill=\"{colour}\">{}</text>",
                escape(text)
            );
            return true;
        }
        false
    }

    /// A dashed horizontal line over the whole width, with a label at its right end.
    pub fn level(&mut self, y: f64, label: &str, colour: &str) -> &mut Self {
        let (left, right, py) = (LEFT, self.width - self.right, self.py(y));
        if py.is_finite() {
            let _ = writeln!(
                self.body,
                "<line x1=\"{left:.2}\" x2=\"{right:.2}\" y1=\"{py:.2}\" y2=\"{py:.2}\" stroke=\"{colour}\" stroke-dasharray=\"6 4\"/>"
            );
            let _ = writeln!(
                self.body,
                "<text x=\"{right:.2}\" y=\"{:.2}\" text-anchor=\"end\" fill=\"{colour}\">{}</text>",
                py - 4.0,
                escape(label)
            );
        }
        self
    }

    /// A dashed vertical line over the whole height, with a label at its top, below those that it would cover.
    pub fn mark(&mut self, x: f64, label: &str, colour: &str) -> &mut Self {
        let (top, bottom, px) = (TOP, self.height - BOTTOM, self.px(x));
        if px.is_finite() {
            let _ = writeln!(
                self.body,
                "<line x1=\"{px:.2}\" x2=\"{px:.2}\" y1=\"{top:.2}\" y2=\"{bottom:.2}\" stroke=\"{colour}\" stroke-dasharray=\"6 4\"/>"
            );
            let end = px + 4.0 + 0.65 * 11.0 * label.chars().count() as f64;
            let covers = |line: &usize| {
                let mut others = self.marked.iter();
                others.any(|(left, right, at)| at == line && px < *right && *left < end)
            };
            let line = (0..8).find(|line| !covers(line)).unwrap_or(0);
            self.marked.push((px, end, line));
            let _ = writeln!(
                self.body,
                "<text x=\"{:.2}\" y=\"{:.2}\" fill=\"{colour}\">{}</text>",
                px + 4.0,
                top + 12.0 + 14.0 * line as f64,
                escape(label)
            );
        }
        self
    }

    /// A filled rectangle between two corners.
    pub fn rect(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        colour: &str,
        opacity: f64,
    ) -> &mut Self {
        let (x0, x1) = (self.px(from.0), self.px(to.0));
        let (y0, y1) = (self.py(from.1), self.py(to.1));
        if [x0, x1, y0, y1].iter().all(|v| v.is_finite()) {
            let _ = writeln!(
                self.body,
                "<rect clip-path=\"url(#plot)\" x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{colour}\" fill-opacity=\"{opacity:.2}\"/>",
                x0.min(x1),
                y0.min(y1),
                (x1 - x0).abs(),
                (y1 - y0).abs()
            );
        }
        self
    }

    /// A text beside a point.
    pub fn label(&mut self, x: f64, y: f64, text: &str, colour: &str) -> &mut Self {
        let (px, py) = (self.px(x), self.py(y));
        if px.is_finite() && py.is_finite() {
            let _ = writeln!(
                self.body,
                "<text x=\"{:.2}\" y=\"{:.2}\" text-anchor=\"middle\" fill=\"{colour}\">{}</text>",
                px,
                py - 7.0,
                escape(text)
            );
        }
        self
    }

    /// An entry of the legend.
    pub fn legend(&mut self, label: impl Into<String>, colour: &str) -> &mut Self {
        self.legend.push((label.into(), colour.to_owned()));
        self
    }

    /// The chart as an SVG document.
    pub fn render(&self) -> String {
        let (w, h) = (self.width, self.height);
        let (plot_w, plot_h) = (w - LEFT - self.right, h - TOP - BOTTOM);
        let mut svg = String::new();
        let _ = writeln!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w:.0}\" height=\"{h:.0}\" viewBox=\"0 0 {w:.0} {h:.0}\" font-family=\"sans-serif\" font-size=\"11\" role=\"img\">"
        );
        let _ = writeln!(svg, "<title>{}</title>", escape(&self.title));
        if !self.description.is_empty() {
            let _ = writeln!(svg, "<desc>{}</desc>", escape(&self.description));
        }
        let _ = writeln!(
            svg,
            "<clipPath id=\"plot\"><rect x=\"{LEFT:.0}\" y=\"{TOP:.0}\" width=\"{plot_w:.0}\" height=\"{plot_h:.0}\"/></clipPath>"
        );
        let _ = writeln!(svg, "<rect width=\"{w:.0}\" height=\"{h:.0}\" fill=\"#ffffff\"/>");
        let _ = writeln!(
            svg,
            "<text x=\"{LEFT:.0}\" y=\"20\" font-size=\"14\" font-weight=\"bold\">{}</text>",
            escape(&self.title)
        );
        let bottom = h - BOTTOM;
        for (tick, label) in self.x.labels() {
            let px = self.px(tick);
            let _ = writeln!(
                svg,
                "<line x1=\"{px:.2}\" x2=\"{px:.2}\" y1=\"{TOP:.0}\" y2=\"{bottom:.2}\" stroke=\"#eeeeee\"/>"
            );
            let _ = writeln!(
                svg,
                "<text x=\"{px:.2}\" y=\"{:.2}\" text-anchor=\"middle\">{}</text>",
                bottom + 16.0,
                escape(&label)
            );
        }
        for tick in self.y.ticks() {
            let py = self.py(tick);
            let _ = writeln!(
                svg,
                "<line x1=\"{LEFT:.0}\" x2=\"{:.2}\" y1=\"{py:.2}\" y2=\"{py:.2}\" stroke=\"#eeeeee\"/>",
                w - self.right
            );
            let _ = writeln!(
                svg,
                "<text x=\"{:.2}\" y=\"{:.2}\" text-anchor=\"end\">{}</text>",
                LEFT - 6.0,
                py + 4.0,
                tick_label(tick)
            );
        }
        let _ = writeln!(
            svg,
            "<rect x=\"{LEFT:.0}\" y=\"{TOP:.0}\" width=\"{plot_w:.0}\" height=\"{plot_h:.0}\" fill=\"none\" stroke=\"#444444\"/>"
        );
        svg.push_str(&self.body);
        let _ = writeln!(
            svg,
            "<text x=\"{:.2}\" y=\"{:.2}\" text-anchor=\"middle\">{}</text>",
            LEFT + plot_w / 2.0,
            h - 14.0,
            escape(&self.x.title)
        );
        let _ = writeln!(
            svg,
            "<text transform=\"translate(16 {:.2}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            TOP + plot_h / 2.0,
            escape(&self.y.title)
        );
        for (i, (label, colour)) in self.legend.iter().enumerate() {
            let y = TOP + 14.0 + 16.0 * i as f64;
            let _ = writeln!(
                svg,
                "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"14\" height=\"4\" fill=\"{colour}\"/>",
                w - self.right - 150.0,
                y - 5.0
            );
            let _ = writeln!(
                svg,
                "<text x=\"{:.2}\" y=\"{y:.2}\">{}</text>",
                w - self.right - 130.0,
                escape(label)
            );
        }
        self.write_beside(&mut svg);
        svg.push_str("</svg>\n");
        svg
    }

    /// Writes the texts beside the plot. They first move downwards until each is at least a line
    /// below the one before, then upwards so that none leaves the plot.
    fn write_beside(&self, svg: &mut String) {
        const LINE: f64 = 13.0;
        let mut texts = self.beside.clone();
        texts.sort_by(|a, b| a.0.total_cmp(&b.0));
        for i in 1..texts.len() {
            texts[i].0 = texts[i].0.max(texts[i - 1].0 + LINE);
        }
        let mut lowest = self.height - BOTTOM + LINE;
        for text in texts.iter_mut().rev() {
            text.0 = text.0.min(lowest - LINE);
            lowest = text.0;
        }
        for (py, text, colour) in &texts {
            let _ = writeln!(
                svg,
                "<text x=\"{:.2}\" y=\"{:.2}\" fill=\"{colour}\">{}</text>",
                self.width - self.right + 6.0,
                py + 4.0,
                escape(text)
            );
        }
    }
}

/// The text of a tick.
pub fn tick_label(tick: f64) -> String {
    let text = number::significant(tick, 5);
    let (mantissa, exponent) =
        text.split_once('e').map_or((text.as_str(), None), |(m, e)| (m, Some(e)));
    let mantissa = if mantissa.contains('.') {
        mantissa.trim_end_matches('0').trim_end_matches('.')
    } else {
        mantissa
    };
    exponent.map_or(mantissa.to_owned(), |exponent| format!("{mantissa}e{exponent}"))
}

/// Text made safe inside an SVG element; control characters are dropped.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{Axis, Chart, linear_ticks};

    #[test]
    fn a_hostile_title_stays_text_and_odd_values_break_the_line() {
        let x = Axis::linear("run", [0.0, 2.0]);
        let y = Axis::log("concentration (cm⁻³)", [1e15, 3e20]);
        let mut chart = Chart::new("<script>", x, y);
        chart
            .line(&[(0.0, 1e16), (1.0, f64::NAN), (2.0, 1e18)], "#000", 1.0)
            .dot(1.0, 0.0, 2.0, "#000");
        let svg = chart.render();
        assert!(svg.contains("&lt;script&gt;") && !svg.contains("NaN") && !svg.contains("inf"));
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert_eq!(svg, chart.render());
    }

    /// SVG counts pixels from the top left: a greater value lies above and to the right, within the frame.
    #[test]
    fn axes_rise_up_and_to_the_right() {
        let chart = Chart::new("t", Axis::linear("x", [0.0, 10.0]), Axis::log("y", [1.0, 100.0]));
        assert!(chart.px(0.0) < chart.px(5.0) && chart.px(5.0) < chart.px(10.0));
        assert!(chart.py(1.0) > chart.py(10.0) && chart.py(10.0) > chart.py(100.0));
        assert!((chart.py(10.0) - f64::midpoint(chart.py(1.0), chart.py(100.0))).abs() < 1.0);
        assert!(chart.py(100.0) > 0.0 && chart.py(1.0) < 420.0 && chart.px(10.0) < 840.0);
    }

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(linear_ticks(-0.1, 1.03), [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]);
    }
}
