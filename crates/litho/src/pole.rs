//! The overlap of a disc off the axis with two pupils on the axis, cut into strips at the points
//! where another circle becomes its edge.

use crate::source::Disc;

/// Part of an overlap between two values of x; its lower and its upper edge are a single arc each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Strip {
    pub from: f64,
    pub to: f64,
}

/// A disc at a height above the axis, and the two pupils that its light must pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pole {
    pub disc: Disc,
    pub above: f64,
    pub pupils: [Disc; 2],
}

impl Pole {
    /// Lower and upper edge of the overlap at `x`.
    pub fn edges(&self, x: f64) -> (f64, f64) {
        let half = self.disc.half_height(x);
        let pupil = self.pupils.map(|p| p.half_height(x));
        let pupil = pupil[0].min(pupil[1]);
        ((self.above - half).max(-pupil), (self.above + half).min(pupil))
    }

    /// The overlap in strips from left to right.
    ///
    /// An edge becomes vertical where its circle ends. Strips are halved until every such point,
    /// except their own ends, is at least half their length away. A quadrature rule that handles a
    /// vertical edge at the end of a strip then handles all strips.
    pub fn strips(&self) -> Vec<Strip> {
        let discs = [self.disc, self.pupils[0], self.pupils[1]];
        let ends: Vec<f64> =
            discs.iter().flat_map(|d| [d.center - d.radius, d.center + d.radius]).collect();
        let low = discs.iter().map(|d| d.center - d.radius).fold(f64::NEG_INFINITY, f64::max);
        let high = discs.iter().map(|d| d.center + d.radius).fold(f64::INFINITY, f64::min);
        let mut cuts = vec![low, high];
        cuts.extend(self.pupils[0].crossing(self.pupils[1]));
        for pupil in self.pupils {
            cuts.extend(self.crossings(pupil).into_iter().flatten());
        }
        cuts.retain(|c| (low..=high).contains(c));
        cuts.sort_by(f64::total_cmp);
        let mut strips = Vec::new();
        let mut open: Vec<Strip> = cuts
            .windows(2)
            .rev()
            .map(|pair| Strip { from: pair[0], to: pair[1] })
            .filter(|s| s.to - s.from > 1e-14)
            .collect();
        while let Some(strip) = open.pop() {
            let (bottom, top) = self.edges(f64::midpoint(strip.from, strip.to));
            if bottom >= top {
                continue;
            }
            let length = strip.to - strip.from;
            let is_near = |end: &f64| {
                let off = (strip.from - end).max(end - strip.to);
                off > 1e-13 && off < 0.5 * length
            };
            if length > 1e-9 && ends.iter().any(is_near) {
                let middle = f64::midpoint(strip.from, strip.to);
                open.push(Strip { from: middle, to: strip.to });
                open.push(Strip { from: strip.from, to: middle });
            } else {
                strips.push(strip);
            }
        }
        strips
    }

    /// Points at which the edges of the disc and a pupil cross.
    fn crossings(&self, pupil: Disc) -> [Option<f64>; 2] {
        let (dx, dy) = (self.disc.center - pupil.center, self.above);
        let distance = dx.hypot(dy);
        let (r, s) = (pupil.radius, self.disc.radius);
        if distance == 0.0 {
            return [None, None];
        }
        // Distances from the pupil's centre along the line through both centres, and across it.
        let along = (distance * distance + (r - s) * (r + s)) / (2.0 * distance);
        let square = (r - along) * (r + along);
        if square < 0.0 {
            return [None, None];
        }
        let across = square.sqrt();
        [1.0, -1.0].map(|sign| Some(pupil.center + (along * dx - sign * across * dy) / distance))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    /// Area by the quadrature rule for which the strips are made.
    fn area(pole: &Pole) -> f64 {
        let rule = crate::quadrature::rule(24);
        let mut sum = 0.0;
        for strip in pole.strips() {
            let (middle, half) =
                (f64::midpoint(strip.from, strip.to), 0.5 * (strip.to - strip.from));
            for &(t, weight) in rule {
                let angle = PI / 2.0 * t;
                let (bottom, top) = pole.edges(middle + half * angle.sin());
                sum += weight * PI / 2.0 * half * angle.cos() * (top - bottom);
            }
        }
        sum
    }

    #[test]
    fn a_disc_within_both_pupils_keeps_its_area() {
        let unit = |center| Disc { center, radius: 1.0 };
        let disc = Disc { center: 0.1, radius: 0.2 };
        let pole = Pole { disc, above: 0.4, pupils: [unit(0.0), unit(0.3)] };
        assert!((area(&pole) - PI * 0.04).abs() < 1e-14);
    }

    /// The lens of two circles: r² acos((d² + r² - R²)/2dr) + R² acos((d² + R² - r²)/2dR) - half
    /// the kite.
    #[test]
    fn a_disc_that_a_pupil_cuts_has_the_lens_area() {
        for (x, y) in [(0.7, 0.5), (0.2, 0.95), (-0.6, 0.7), (0.0, 0.80001), (0.9999, 0.01)] {
            let (r, d) = (0.3_f64, f64::hypot(x, y));
            let cos_small = (d * d + r * r - 1.0) / (2.0 * d * r);
            let cos_large = (d * d + 1.0 - r * r) / (2.0 * d);
            let kite = (-d + r + 1.0) * (d + r - 1.0) * (d - r + 1.0) * (d + r + 1.0);
            let lens = if d + r <= 1.0 {
                PI * r * r
            } else {
                r * r * cos_small.acos() + cos_large.acos() - 0.5 * kite.sqrt()
            };
            let unit = Disc { center: 0.0, radius: 1.0 };
            let disc = Disc { center: x, radius: r };
            let pole = Pole { disc, above: y, pupils: [unit, unit] };
            let found = area(&pole);
            assert!((found - lens).abs() < 1e-10, "({x}, {y}): {found} against {lens}");
        }
    }
}
