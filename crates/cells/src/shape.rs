//! How an input changes: by a ramp, or as the output of a driver cell does.

use crate::config::Thresholds;

/// A change from one rail to the other, from its begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Time in seconds and the part of the way that is done, from (0, 0) to (length, 1), both rising.
    points: Vec<(f64, f64)>,
}

impl Shape {
    /// A ramp of this length.
    pub fn ramp(length_s: f64) -> Shape {
        Shape { points: vec![(0.0, 0.0), (length_s, 1.0)] }
    }

    /// The shape that crosses parts of the way at times, both rising. Begin and end are where lines through the first and
    /// the last two crossings meet the rails. `None` where times do not rise.
    pub fn through(crossings: &[(f64, f64)]) -> Option<Shape> {
        if crossings.len() < 2 || crossings.windows(2).any(|w| w[0].0 >= w[1].0) {
            return None;
        }
        let line = |(t0, f0): (f64, f64), (t1, f1): (f64, f64), part: f64| {
            t0 + (t1 - t0) * (part - f0) / (f1 - f0)
        };
        let n = crossings.len();
        let begin = line(crossings[0], crossings[1], 0.0);
        let end = line(crossings[n - 2], crossings[n - 1], 1.0);
        let inner = crossings.iter().map(|(t, part)| (t - begin, *part));
        let points = std::iter::once((0.0, 0.0)).chain(inner).chain([(end - begin, 1.0)]).collect();
        Some(Shape { points })
    }

    /// From begin to end, in seconds.
    pub fn length_s(&self) -> f64 {
        self.points.last().map_or(0.0, |(t, _)| *t)
    }

    /// When a part of the way is done, in seconds from the begin.
    pub fn time_of(&self, part: f64) -> f64 {
        let at = self.points.windows(2).find(|w| part <= w[1].1);
        at.map_or(self.length_s(), |w| {
            w[0].0 + (w[1].0 - w[0].0) * (part - w[0].1) / (w[1].1 - w[0].1)
        })
    }

    /// When the delay threshold is crossed, in seconds from the begin.
    pub fn middle_s(&self, delay: f64, rises: bool) -> f64 {
        self.time_of(if rises { delay } else { 1.0 - delay })
    }

    /// Points between begin and end: time in seconds from the begin, part of the way.
    pub fn inner(&self) -> &[(f64, f64)] {
        &self.points[1..self.points.len() - 1]
    }
}

/// The waveforms of a driver cell at one condition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shapes {
    /// By transition in seconds: of a falling edge, of a rising one.
    pub all: Vec<(f64, [Shape; 2])>,
}

impl Shapes {
    /// The shape of an edge with a transition, as in the tables, in seconds; a ramp if there is none.
    pub fn of(shapes: Option<&Shapes>, t: &Thresholds, slew_s: f64, rises: bool) -> Shape {
        let is = |(own, _): &&(f64, [Shape; 2])| (own - slew_s).abs() <= 1e-9 * slew_s;
        let found = shapes.and_then(|shapes| shapes.all.iter().find(is));
        found.map_or_else(
            || Shape::ramp(t.ramp(slew_s)),
            |(_, both)| both[usize::from(rises)].clone(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn a_shape_goes_through_its_crossings_and_meets_the_rails_on_straight_lines() {
        let shape = Shape::through(&[(5.0, 0.25), (6.0, 0.5), (9.0, 0.75)]).unwrap();
        assert!((shape.length_s() - 8.0).abs() < 1e-12);
        assert!((shape.time_of(0.5) - 2.0).abs() < 1e-12);
        assert!((shape.time_of(0.625) - 3.5).abs() < 1e-12);
        assert_eq!(shape.middle_s(0.25, false), shape.time_of(0.75));
        assert_eq!(Shape::through(&[(5.0, 0.25), (5.0, 0.5)]), None);
        assert_eq!(Shape::ramp(2.0).time_of(0.5), 1.0);
    }
}
