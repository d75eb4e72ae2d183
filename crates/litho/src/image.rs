//! The image at one focus as a Fourier series, and the figures read off it.

use std::f64::consts::PI;

use crate::complex::Complex;
use crate::job::Tone;

/// Intensity along x in units of the clear field: I(x) = c_0 + 2 Re Σ_k c_k exp(2 pi i k x / period).
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    pub(crate) period_nm: f64,
    pub(crate) pitch_nm: f64,
    pub(crate) tone: Tone,
    pub(crate) coefficients: Vec<Complex>,
}

/// A line as the resist sees it: the interval around the image's darkest point in which the image
/// is below a threshold (for a trench: around the brightest point, above it).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Left edge in nm.
    pub left_nm: f64,
    /// Right edge in nm.
    pub right_nm: f64,
}

impl Line {
    /// Width in nm.
    #[must_use]
    pub fn width_nm(&self) -> f64 {
        self.right_nm - self.left_nm
    }

    /// Whether the line covers x = 0, where the mask has its line.
    #[must_use]
    pub fn holds_center(&self) -> bool {
        self.left_nm < 0.0 && self.right_nm > 0.0
    }
}

impl Image {
    /// Intensity at `x` nm.
    #[must_use]
    pub fn at(&self, x_nm: f64) -> f64 {
        self.series(x_nm).0
    }

    /// Slope of intensity at `x` nm, per nm.
    #[must_use]
    pub fn slope(&self, x_nm: f64) -> f64 {
        self.series(x_nm).1
    }

    /// Intensity and slope.
    fn series(&self, x_nm: f64) -> (f64, f64) {
        let unit = 2.0 * PI / self.period_nm;
        let turn = Complex::turn(unit * x_nm);
        let mut wave = Complex::real(1.0);
        let mut value = self.coefficients.first().map_or(0.0, |c| c.re);
        let mut slope = 0.0;
        for (k, c) in self.coefficients.iter().enumerate().skip(1) {
            wave = wave * turn;
            let term = *c * wave;
            value += 2.0 * term.re;
            slope -= 2.0 * unit * k as f64 * term.im;
        }
        (value, slope)
    }

    /// Mean intensity.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.coefficients.first().map_or(0.0, |c| c.re)
    }

    /// Whether the image is symmetric about x = 0, to rounding.
    #[must_use]
    pub fn is_mirrored(&self) -> bool {
        let scale = self.mean().abs().max(1e-300);
        self.coefficients.iter().all(|c| c.im.abs() <= 1e-12 * scale)
    }

    /// Normalized image log-slope at the edge of a line of width `cd_nm`: cd dlnI/dx at x = cd/2.
    ///
    /// Positive where the line is the darker side (a trench: the brighter); `None` where the intensity is zero.
    #[must_use]
    pub fn nils(&self, cd_nm: f64) -> Option<f64> {
        let (value, slope) = self.series(cd_nm / 2.0);
        (value > 0.0).then_some(self.sign() * cd_nm * slope / value)
    }

    /// Least and greatest intensity, and their positions within a period around x = 0.
    #[must_use]
    pub fn extremes(&self) -> ((f64, f64), (f64, f64)) {
        let n = self.samples();
        let step = self.period_nm / n as f64;
        let position = |i: usize| step * i as f64 - self.period_nm / 2.0;
        let values: Vec<f64> = (0..n).map(|i| self.at(position(i))).collect();
        let best = |sign: f64| {
            let i = (0..n)
                .min_by(|&i, &j| {
                    // Of equal samples take the one nearest x = 0.
                    let near = |i: usize| position(i).abs();
                    (sign * values[i])
                        .total_cmp(&(sign * values[j]))
                        .then(near(i).total_cmp(&near(j)))
                })
                .unwrap_or(0);
            let x = self.stationary(position(i) - step, position(i) + step, sign);
            let (here, there) = (self.at(x), values[i]);
            if sign * here < sign * there { (x, here) } else { (position(i), there) }
        };
        (best(1.0), best(-1.0))
    }

    /// (max - min) / (max + min) over the whole period.
    #[must_use]
    pub fn contrast(&self) -> f64 {
        let ((_, low), (_, high)) = self.extremes();
        ratio(low, high)
    }

    /// Contrast between the centres of line and space; negative for a reversed image.
    #[must_use]
    pub fn contrast_center(&self) -> f64 {
        self.sign() * ratio(self.at(0.0), self.at(self.pitch_nm / 2.0))
    }

    /// The line around x = 0 at a threshold: from the image's darkest point within half a pitch of
    /// x = 0 out to both edges.
    ///
    /// `None` if nothing there is below the threshold, or if the dark region does not end within a pitch.
    #[must_use]
    pub fn line(&self, threshold: f64) -> Option<Line> {
        let n = self.samples();
        let step = self.pitch_nm / n as f64;
        let darkest = self.darkest();
        if !self.prints_at(darkest, threshold) {
            return None;
        }
        let edge = |direction: f64| {
            let mut inside = darkest;
            for i in 1..=n {
                let x = darkest + direction * step * i as f64;
                if !self.prints_at(x, threshold) {
                    return Some(self.crossing(inside, x, threshold));
                }
                inside = x;
            }
            None
        };
        Some(Line { left_nm: edge(-1.0)?, right_nm: edge(1.0)? })
    }

    /// Number of separate dark regions within a pitch at a threshold (1 for a line that prints).
    #[must_use]
    pub fn dark_regions(&self, threshold: f64) -> usize {
        let n = self.samples();
        let dark = |i: usize| {
            let x = self.period_nm * (i % n) as f64 / n as f64 + 1e-3 * self.period_nm / n as f64;
            self.prints_at(x, threshold)
        };
        let starts = (0..n).filter(|&i| !dark(i) && dark(i + 1)).count();
        let pitches = (self.period_nm / self.pitch_nm).round().max(1.0) as usize;
        starts.div_ceil(pitches)
    }

    /// Threshold at which the line is `width_nm` wide.
    ///
    /// For a symmetric image this is the intensity at half the width, whatever surrounds it; else
    /// the threshold is searched between the darkest and the brightest point.
    #[must_use]
    pub fn threshold_for_width(&self, width_nm: f64) -> Option<f64> {
        if self.is_mirrored() {
            return Some(self.at(width_nm / 2.0));
        }
        let ((_, low), (_, high)) = self.extremes();
        let (mut low, mut high) = (low, high);
        let darkest = self.darkest();
        let wider = |t: f64| self.line(t).is_none_or(|l| l.width_nm() > width_nm);
        for _ in 0..200 {
            let t = f64::midpoint(low, high);
            if t <= low || t >= high {
                break;
            }
            let is_wide = self.prints_at(darkest, t) && wider(t);
            if is_wide == (self.tone == Tone::Line) { high = t } else { low = t }
        }
        let t = f64::midpoint(low, high);
        let found = self.line(t)?.width_nm();
        ((found - width_nm).abs() < 1e-6 * self.pitch_nm).then_some(t)
    }

    /// Derivative of [`Self::threshold_for_width`] by the width, per nm; positive for a line and
    /// negative for a trench.
    pub(crate) fn threshold_slope(&self, width_nm: f64) -> Option<f64> {
        if self.is_mirrored() {
            return Some(self.slope(width_nm / 2.0) / 2.0);
        }
        let step = 1e-3 * width_nm;
        let wide = self.threshold_for_width(width_nm + step)?;
        let narrow = self.threshold_for_width(width_nm - step)?;
        Some((wide - narrow) / (2.0 * step))
    }

    /// 1 for a dark line, -1 for a bright one.
    pub(crate) fn sign(&self) -> f64 {
        if self.tone == Tone::Line { 1.0 } else { -1.0 }
    }

    /// Whether the line is printed at `x`: darker than the threshold, or brighter for a trench.
    fn prints_at(&self, x: f64, threshold: f64) -> bool {
        self.sign() * (self.at(x) - threshold) < 0.0
    }

    /// Darkest (for a trench brightest) point within half a pitch of x = 0.
    fn darkest(&self) -> f64 {
        let n = self.samples();
        let step = self.pitch_nm / n as f64;
        let mut best = (0.0, self.sign() * self.at(0.0));
        for i in 1..=n / 2 {
            for x in [step * i as f64, -step * i as f64] {
                let value = self.sign() * self.at(x);
                if value < best.1 {
                    best = (x, value);
                }
            }
        }
        let x = self.stationary(best.0 - step, best.0 + step, self.sign());
        if self.sign() * self.at(x) < best.1 { x } else { best.0 }
    }

    /// Number of samples of a period that is large enough not to miss an extremum between them.
    fn samples(&self) -> usize {
        16 * (self.coefficients.len() + 1)
    }

    /// Position between two points at which the slope passes zero, from falling to rising if `sign`
    /// is 1.
    fn stationary(&self, mut a: f64, mut b: f64, sign: f64) -> f64 {
        for _ in 0..100 {
            let x = f64::midpoint(a, b);
            if x <= a || x >= b {
                break;
            }
            if sign * self.slope(x) < 0.0 { a = x } else { b = x }
        }
        f64::midpoint(a, b)
    }

    /// Position of the line's edge between a point in the line and one outside.
    fn crossing(&self, mut below: f64, mut above: f64, threshold: f64) -> f64 {
        for _ in 0..100 {
            let x = f64::midpoint(below, above);
            if x == below || x == above {
                break;
            }
            if self.prints_at(x, threshold) { below = x } else { above = x }
        }
        f64::midpoint(below, above)
    }
}

fn ratio(low: f64, high: f64) -> f64 {
    let sum = low + high;
    if sum > 0.0 { (high - low) / sum } else { 0.0 }
}
