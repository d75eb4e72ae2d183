//! The shape of an input's edge: a ramp, or the output waveform of a driver cell.

use crate::config::Thresholds;

/// An edge from one rail to the other, measured from its begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Time in seconds and the fraction of the swing, from (0, 0) to (length, 1), both in rising order.
    points: Vec<(f64, f64)>,
}

impl Shape {
    /// A ramp of this length.
    pub fn ramp(length_s: f64) -> Shape {
        Shape { points: vec![(0.0, 0.0), (length_s, 1.0)] }
    }

    /// The shape that crosses given fractions of the swing at given times, both in rising order. Begin and end are the
    /// points where lines through the first and the last two crossings meet the rails. `None` if the times do not rise.
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

    /// The time from begin to end, in seconds.
    pub fn length_s(&self) -> f64 {
        self.points.last().map_or(0.0, |(t, _)| *t)
    }

    /// The time at which a fraction of the swing is reached, in seconds from the begin.
    pub fn time_of(&self, part: f64) -> f64 {
        let at = self.points.windows(2).find(|w| part <= w[1].1);
        at.map_or(self.length_s(), |w| {
            w[0].0 + (w[1].0 - w[0].0) * (part - w[0].1) / (w[1].1 - w[0].1)
        })
    }

    /// The time at which the delay threshold is crossed, in seconds from the begin.
    pub fn middle_s(&self, delay: f64, rises: bool) -> f64 {
        self.time_of(if rises { delay } else { 1.0 - delay })
    }

    /// Points between begin and end: time in seconds from the begin, fraction of the swing.
    pub fn inner(&self) -> &[(f64, f64)] {
        &self.points[1..self.points.len() - 1]
    }
}

/// The waveforms of a driver cell at one condition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shapes {
    /// By transition in seconds: the shape of a falling edge, that of a rising one.
    pub all: Vec<(f64, [Shape; 2])>,
}

impl Shapes {
    /// The shape of an edge for a transition, as in the tables, in seconds; a ramp if there is no waveform.
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
