//! Finds the extrema of an image: all roots of its slope.

use std::f64::consts::PI;

use crate::complex::Complex;

/// An extremum of the image: its angle 2 pi x/pitch and the intensity there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Turn {
    pub angle: f64,
    pub level: f64,
}

/// Coefficients over one pitch: I = c_0 + 2 Re Σ c_k exp(i k angle).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Series {
    pub terms: Vec<Complex>,
}

/// Amplitudes below this share of the mean are rounding errors.
const ROUNDING: f64 = 1e-15;

/// Accuracy of the angle of a root. The slope is zero there, so the error of the intensity is
/// quadratic in this.
const CLOSE: f64 = 1e-8;

impl Series {
    /// Intensity at the cosine of an angle, for a symmetric image (Clenshaw's sum).
    pub fn at_cosine(&self, cosine: f64) -> f64 {
        let (mut b1, mut b2) = (0.0, 0.0);
        for term in self.terms.iter().skip(1).rev() {
            (b1, b2) = (term.re + 2.0 * cosine * b1 - b2, b1);
        }
        let mean = self.terms.first().map_or(0.0, |c| c.re);
        mean + 2.0 * (cosine * b1 - b2)
    }

    /// Intensity at an angle.
    pub fn at(&self, angle: f64) -> f64 {
        self.sum(angle).0
    }

    /// Intensity and its derivative by the angle.
    pub fn sum(&self, angle: f64) -> (f64, f64) {
        let turn = Complex::turn(angle);
        let mut wave = Complex::real(1.0);
        let (mut value, mut slope) = (self.terms.first().map_or(0.0, |c| c.re), 0.0);
        for (k, c) in self.terms.iter().enumerate().skip(1) {
            wave = wave * turn;
            let term = *c * wave;
            value += 2.0 * term.re;
            slope -= 2.0 * k as f64 * term.im;
        }
        (value, slope)
    }

    /// The series without those last harmonics that are rounding errors.
    pub fn trimmed(mut self) -> Self {
        let least = ROUNDING * self.terms.first().map_or(0.0, |c| c.re.abs());
        while self.terms.len() > 1 && self.terms.last().is_some_and(|c| c.re.hypot(c.im) <= least) {
            self.terms.pop();
        }
        self
    }

    /// Extrema strictly between line and space (0 < angle < pi), in rising order, of a symmetric
    /// image, which always has extrema at 0 and pi.
    ///
    /// The slope there is -2 sin(angle) q, q = Σ k c_k U_{k-1}(cos angle), so the roots of q are
    /// searched.
    pub fn turns_between(&self) -> Vec<Turn> {
        let last = self.terms.len().saturating_sub(1);
        if last < 2 {
            return Vec::new();
        }
        let q = |angle: f64| {
            let cosine = angle.cos();
            let (mut b1, mut b2) = (0.0, 0.0);
            for (k, term) in self.terms.iter().enumerate().skip(1).rev() {
                (b1, b2) = (k as f64 * term.re + 2.0 * cosine * b1 - b2, b1);
            }
            b1
        };
        // U_{k-1} is a sum of k cosines of orders up to k - 1 whose squares sum to k (k² - 1)/3.
        let bend: f64 = self
            .terms
            .iter()
            .enumerate()
            .skip(1)
            .map(|(k, c)| (k * k * (k * k - 1)) as f64 / 3.0 * c.re.abs())
            .sum();
        let roots = roots(q, (0.0, PI), 2 * last + 2, bend, finest(last));
        let turn = |angle: f64| Turn { angle, level: self.at_cosine(angle.cos()) };
        roots.into_iter().filter(|r| *r > 1e-7 && *r < PI - 1e-7).map(turn).collect()
    }

    /// Extrema over a whole period, in rising order, from a little above -pi.
    pub fn turns_around(&self) -> Vec<Turn> {
        let last = self.terms.len().saturating_sub(1);
        if last == 0 {
            return Vec::new();
        }
        let bend: f64 = self
            .terms
            .iter()
            .enumerate()
            .map(|(k, c)| 2.0 * (k * k * k) as f64 * c.re.hypot(c.im))
            .sum();
        // Images often have extrema at 0 and pi, so the samples are offset from there.
        let count = 4 * last + 4;
        let off = 0.37 * 2.0 * PI / count as f64;
        let roots =
            roots(|angle| self.sum(angle).1, (off - PI, off + PI), count, bend, finest(last));
        roots.into_iter().map(|angle| Turn { angle, level: self.at(angle) }).collect()
    }
}

/// Number of intervals per half period that limits the resolution of neighbouring extrema.
fn finest(harmonics: usize) -> f64 {
    if harmonics <= 16 { 4096.0 } else { 64.0 * harmonics as f64 }
}

/// All roots of a function whose second derivative is at most `bend` in size.
///
/// Between two points `h` apart such a function stays within `bend` h²/8 of its chord. So an
/// interval contains no root if the function at both ends has the same sign and is farther from
/// zero than that. Other intervals are halved until there are as many as `finest` says: two roots
/// closer than that may be missed. Between two extrema at a distance h, harmonic k rises by at most
/// (k h)³/60 of its amplitude: 3e-8 for the first sixteen harmonics, and 2e-6 for the last one of
/// longer series, whose amplitudes are small themselves.
fn roots(
    f: impl Fn(f64) -> f64,
    (from, to): (f64, f64),
    count: usize,
    bend: f64,
    finest: f64,
) -> Vec<f64> {
    let step = (to - from) / count as f64;
    let mut roots = Vec::new();
    let mut before = (from, f(from));
    for i in 1..=count {
        let x = if i == count { to } else { from + step * i as f64 };
        let after = (x, f(x));
        within(&f, before, after, bend, PI / finest, &mut roots);
        before = after;
    }
    roots
}

fn within(
    f: &impl Fn(f64) -> f64,
    a: (f64, f64),
    b: (f64, f64),
    bend: f64,
    least: f64,
    roots: &mut Vec<f64>,
) {
    let width = b.0 - a.0;
    let reach = bend * width * width / 8.0;
    let changes = (a.1 < 0.0) != (b.1 < 0.0);
    // Where the slope is this steep throughout, the interval contains at most one root.
    let is_plain =
        if changes { reach < 0.25 * (a.1 - b.1).abs() } else { a.1.abs().min(b.1.abs()) > reach };
    if is_plain || width < least {
        if changes {
            roots.push(refine(f, a, b));
        }
        return;
    }
    let x = f64::midpoint(a.0, b.0);
    let middle = (x, f(x));
    within(f, a, middle, bend, least, roots);
    within(f, middle, b, bend, least, roots);
}

/// The root between two points of different sign, by regula falsi with the weights of the Illinois
/// rule.
fn refine(f: &impl Fn(f64) -> f64, mut a: (f64, f64), mut b: (f64, f64)) -> f64 {
    let mut side = 0;
    for _ in 0..60 {
        let x = (a.0 * b.1 - b.0 * a.1) / (b.1 - a.1);
        if !x.is_finite() || (b.0 - a.0).abs() < CLOSE {
            break;
        }
        let y = f(x);
        if (y < 0.0) == (a.1 < 0.0) {
            let moved = x - a.0;
            a = (x, y);
            if side == -1 {
                b.1 *= 0.5;
            }
            side = -1;
            if moved.abs() < CLOSE && y.abs() < 1e-3 * b.1.abs() {
                break;
            }
        } else {
            let moved = b.0 - x;
            b = (x, y);
            if side == 1 {
                a.1 *= 0.5;
            }
            side = 1;
            if moved.abs() < CLOSE && y.abs() < 1e-3 * a.1.abs() {
                break;
            }
        }
    }
    if a.1.abs() < b.1.abs() { a.0 } else { b.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(terms: &[f64]) -> Series {
        Series { terms: terms.iter().map(|c| Complex::real(*c)).collect() }
    }

    /// I' is a multiple of sin(x) (c_1 + 4 c_2 cos x): one extremum where cos x = -c_1/(4 c_2).
    #[test]
    fn two_harmonics_turn_where_the_formula_says() {
        for (c1, c2) in [(-0.3_f64, 0.1), (-0.3, 0.0751), (0.2, -0.2), (-1e-3, 0.3)] {
            let expected = (-c1 / (4.0 * c2)).acos();
            let turns = series(&[0.5, c1, c2]).turns_between();
            assert_eq!(turns.len(), 1, "{c1} {c2}");
            assert!((turns[0].angle - expected).abs() < 1e-7);
        }
        assert_eq!(series(&[0.5, -0.3, 0.07]).turns_between(), []);
    }

    /// cos(k x) has k - 1 extrema between 0 and pi and 2k around the period.
    #[test]
    fn every_turn_of_a_harmonic_is_found() {
        for k in [2_usize, 5, 17, 40] {
            let mut terms = vec![0.0; k + 1];
            (terms[0], terms[k]) = (1.0, 0.2);
            let series = series(&terms);
            assert_eq!(series.turns_between().len(), k - 1);
            assert_eq!(series.turns_around().len(), 2 * k);
        }
    }

    #[test]
    fn close_turns_are_told_apart() {
        // 1 + 4 r cos x has its root; two roots of a quadratic in cos x at distance 1e-3: q = 8 c_3 (u - a)(u - b).
        let (a, b) = (0.301, 0.302);
        let c3 = 0.05;
        // q = c_1 + 2 c_2 (2u) + 3 c_3 (4u² - 1).
        let c2 = -12.0 * c3 * (a + b) / 4.0;
        let c1 = 12.0 * c3 * a * b + 3.0 * c3;
        let turns = series(&[0.5, c1, c2, c3]).turns_between();
        let cosines: Vec<f64> = turns.iter().map(|t| t.angle.cos()).collect();
        assert_eq!(turns.len(), 2, "{cosines:?}");
        assert!((cosines[0] - b).abs() < 1e-6 && (cosines[1] - a).abs() < 1e-6, "{cosines:?}");
    }
}
