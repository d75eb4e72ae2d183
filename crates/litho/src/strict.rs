//! The doses at which an image prints exactly one line a pitch within tolerance: the common rule
//! for window, printing and yield.

use std::f64::consts::PI;

use crate::check::Job;
use crate::image::Image;
use crate::job::Tone;
use crate::turns::{Series, Turn};

/// Modulation below which an image counts as flat: (max - min)/(max + min).
pub const FLAT: f64 = 1e-9;

/// Doses, in units of the job's, that print at one focus: ranges in rising order that do not
/// overlap; mostly one, or none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doses(pub Vec<(f64, f64)>);

impl Doses {
    /// Whether a dose prints.
    #[must_use]
    pub fn contains(&self, dose: f64) -> bool {
        self.0.iter().any(|&(low, high)| (low..=high).contains(&dose))
    }

    /// Doses in both sets.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        let mut both = Vec::new();
        for a in &self.0 {
            for b in &other.0 {
                let (low, high) = (a.0.max(b.0), a.1.min(b.1));
                if low <= high {
                    both.push((low, high));
                }
            }
        }
        Self(both)
    }

    /// The widest range.
    #[must_use]
    pub fn widest(&self) -> Option<(f64, f64)> {
        self.0.iter().copied().max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
    }

    /// Relative height of the widest range; 0 if no dose prints.
    #[must_use]
    pub fn latitude(&self) -> f64 {
        self.widest().map_or(0.0, |(low, high)| high - low)
    }

    /// Least and greatest dose.
    #[must_use]
    pub fn hull(&self) -> Option<(f64, f64)> {
        Some((self.0.first()?.0, self.0.last()?.1))
    }
}

/// Requirements of a line: limits of its width and place, as angles of half a width, with pitch = 2
/// pi.
#[derive(Clone, Copy, Debug)]
struct Target {
    narrow: f64,
    wide: f64,
    placement: Option<f64>,
}

impl Target {
    fn of(job: &Job) -> Self {
        let unit = 2.0 * PI / job.pitch_nm;
        Self {
            narrow: unit * job.cd_nm * (1.0 - job.cd_tolerance) / 2.0,
            wide: (unit * job.cd_nm * (1.0 + job.cd_tolerance) / 2.0).min(PI),
            placement: job.placement_tol_nm.map(|tol| unit * tol),
        }
    }
}

impl Image {
    /// The image as a series over one pitch, in which the line is dark for either tone.
    pub(crate) fn series_of_line(&self) -> Series {
        let step = (self.period_nm / self.pitch_nm).round().max(1.0) as usize;
        let sign = self.sign();
        let terms = self.coefficients.iter().step_by(step).map(|c| c.scale(sign)).collect();
        Series { terms }.trimmed()
    }
}

/// Doses at which the line meets the requirements; `threshold` is what the resist needs at a dose
/// of 1.
///
/// # Rule
///
/// At dose D the resist sees S = {x in one pitch: I(x) < threshold/D} (a trench: >). D is allowed
/// if S is exactly one interval, contains x = 0, is cd (1 ± tolerance) wide, and its centre lies
/// within `placement_tol_nm` of 0 where the job has one. For a symmetric image, with a and b half
/// of the least and greatest width: D_high = threshold/max I over 0..a, D_low = threshold/min I
/// over b..pitch/2, minus threshold/(B, A) for every stretch of a..b over which I falls from A to
/// B.
pub(crate) fn allowed(image: &Image, job: &Job, threshold: f64) -> Doses {
    let series = image.series_of_line();
    let mean = series.terms.first().map_or(0.0, |c| c.re.abs());
    let swing: f64 = series.terms.iter().skip(1).map(|c| c.re.hypot(c.im)).sum();
    if swing <= FLAT * mean {
        return Doses::default();
    }
    let target = Target::of(job);
    let levels = if image.is_mirrored() {
        mirrored(&series, &target)
    } else {
        Around::new(&series).allowed(&target)
    };
    doses(levels, threshold, image.tone)
}

/// Converts ranges of the level that cuts the line to ranges of dose.
fn doses(levels: Vec<(f64, f64)>, threshold: f64, tone: Tone) -> Doses {
    let positive = |(low, high): (f64, f64)| match tone {
        Tone::Line => (low, high),
        Tone::Trench => (-high, -low),
    };
    let mut doses: Vec<(f64, f64)> = levels
        .into_iter()
        .map(positive)
        .filter(|(low, high)| *low > 0.0 && low <= high)
        .map(|(low, high)| (threshold / high, threshold / low))
        .collect();
    doses.sort_by(|a, b| a.0.total_cmp(&b.0));
    Doses(doses)
}

/// Allowed levels for a symmetric image.
fn mirrored(series: &Series, target: &Target) -> Vec<(f64, f64)> {
    let (a, b) = (target.narrow, target.wide);
    let at = |angle: f64| series.at_cosine(angle.cos());
    let (level_a, level_b) = (at(a), at(b));
    let (center, space) = (series.at_cosine(1.0), series.at_cosine(-1.0));
    let (mut dark, mut bright) = (level_a.max(center), level_b.min(space));
    // If the levels at these four points are in the wrong order, no extremum between them can
    // correct it.
    if dark > bright {
        return Vec::new();
    }
    let turns = series.turns_between();
    for turn in &turns {
        if turn.angle < a {
            dark = dark.max(turn.level);
        } else if turn.angle > b {
            bright = bright.min(turn.level);
        }
    }
    if dark > bright {
        return Vec::new();
    }
    let mut levels = vec![(dark, bright)];
    let mut before = level_a;
    let inner = turns.iter().filter(|t| t.angle >= a && t.angle <= b).map(|t| t.level);
    for level in inner.chain([level_b]) {
        if level < before {
            levels = without(&levels, (level, before));
        }
        before = level;
    }
    levels
}

/// Ranges with an open interval removed.
fn without(ranges: &[(f64, f64)], (low, high): (f64, f64)) -> Vec<(f64, f64)> {
    let parts = |&(a, b): &(f64, f64)| [(a, b.min(low)), (a.max(high), b)];
    ranges.iter().flat_map(parts).filter(|(a, b)| a < b).collect()
}

/// An asymmetric image, with its extrema within a pitch.
pub(crate) struct Around<'a> {
    series: &'a Series,
    turns: Vec<Turn>,
}

impl<'a> Around<'a> {
    pub fn new(series: &'a Series) -> Self {
        Self { series, turns: series.turns_around() }
    }

    /// Edges of the line at a level, as angles left and right of 0; `None` if the line does not
    /// contain 0 or is not the only one.
    pub fn edges(&self, level: f64) -> Option<(f64, f64)> {
        let n = self.turns.len();
        if n < 2 || self.series.at(0.0) >= level {
            return None;
        }
        // Between neighbouring extrema the image is monotone, so it crosses the level once if they
        // are on different sides of it.
        let is_dark = |i: usize| self.turns[i % n].level < level;
        let crossings: Vec<usize> = (0..n).filter(|&i| is_dark(i) != is_dark(i + 1)).collect();
        let [first, second] = crossings[..] else { return None };
        let (enter, leave) = if is_dark(first) { (second, first) } else { (first, second) };
        let edge = |i: usize| {
            let (a, b) = (self.turns[i].angle, self.turns[(i + 1) % n].angle);
            let b = if b <= a { b + 2.0 * PI } else { b };
            self.cross(a, b, level)
        };
        let (left, right) = (edge(enter), edge(leave));
        Some((
            left - 2.0 * PI * (left / (2.0 * PI)).ceil(),
            right - 2.0 * PI * (right / (2.0 * PI)).floor(),
        ))
    }

    /// Position at which the image crosses a level, between two angles on different sides of it.
    fn cross(&self, mut a: f64, mut b: f64, level: f64) -> f64 {
        let starts_dark = self.series.at(a) < level;
        for _ in 0..80 {
            let x = f64::midpoint(a, b);
            if x <= a || x >= b {
                break;
            }
            if (self.series.at(x) < level) == starts_dark { a = x } else { b = x }
        }
        f64::midpoint(a, b)
    }

    /// Allowed levels.
    fn allowed(&self, target: &Target) -> Vec<(f64, f64)> {
        let mut cuts: Vec<f64> = self.turns.iter().map(|t| t.level).collect();
        cuts.push(self.series.at(0.0));
        cuts.sort_by(f64::total_cmp);
        let mut found = Vec::new();
        for pair in cuts.windows(2) {
            // Between the levels of two extrema the number of lines is constant, and a single line
            // widens with the level.
            let sliver = 1e-12 * (pair[1] - pair[0]);
            let (low, high) = (pair[0] + sliver, pair[1] - sliver);
            if low >= high || self.edges(f64::midpoint(low, high)).is_none() {
                continue;
            }
            let width = |level: f64| self.edges(level).map_or(0.0, |(l, r)| r - l);
            let ends = |level: f64| width(level) >= 2.0 * target.narrow;
            let exceeds = |level: f64| width(level) > 2.0 * target.wide;
            if !ends(high) || exceeds(low) {
                continue;
            }
            let from = if ends(low) { low } else { change(low, high, ends) };
            let to = if exceeds(high) { change(low, high, exceeds) } else { high };
            match target.placement {
                None => found.push((from, to)),
                Some(tolerance) => found.extend(self.placed(from, to, tolerance)),
            }
        }
        found
    }

    /// The parts of a range of levels for which the line's centre is within a tolerance of 0.
    fn placed(&self, from: f64, to: f64, tolerance: f64) -> Vec<(f64, f64)> {
        const STEPS: usize = 32;
        let is_placed = |level: f64| {
            self.edges(level).is_some_and(|(l, r)| f64::midpoint(l, r).abs() <= tolerance)
        };
        let at = |i: usize| from + (to - from) * i as f64 / STEPS as f64;
        let mut parts = Vec::new();
        let mut start = is_placed(from).then_some(from);
        for i in 1..=STEPS {
            let (a, b) = (at(i - 1), at(i));
            match (start, is_placed(b)) {
                (None, true) => start = Some(change(a, b, is_placed)),
                (Some(s), false) => {
                    parts.push((s, change(a, b, |level| !is_placed(level))));
                    start = None;
                }
                _ => {}
            }
        }
        parts.extend(start.map(|s| (s, to)));
        parts
    }
}

/// Position before `high` at which a condition that is false at `low` becomes true.
fn change(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..60 {
        let x = f64::midpoint(low, high);
        if x <= low || x >= high {
            break;
        }
        if holds(x) { high = x } else { low = x }
    }
    f64::midpoint(low, high)
}

/// The single line that an image prints at a level of intensity: left and right edge in nm. `None`
/// if there is not exactly one line that contains x = 0.
pub(crate) fn only_line(image: &Image, level: f64) -> Option<(f64, f64)> {
    let series = image.series_of_line();
    let level = image.sign() * level;
    let unit = image.pitch_nm / (2.0 * PI);
    if !image.is_mirrored() {
        return Around::new(&series).edges(level).map(|(l, r)| (unit * l, unit * r));
    }
    let half = unit * half_width(&series, level)?;
    Some((-half, half))
}

/// Half the width, as an angle, of the single line of a symmetric image.
pub(crate) fn half_width(series: &Series, level: f64) -> Option<f64> {
    let space = series.at_cosine(-1.0);
    if series.at_cosine(1.0) >= level || space < level {
        return None;
    }
    let turns = series.turns_between();
    let (mut before, mut bracket) = (0.0, None);
    let mut is_dark = true;
    for turn in turns.iter().copied().chain([Turn { angle: PI, level: space }]) {
        if (turn.level < level) != is_dark {
            if bracket.is_some() {
                return None;
            }
            bracket = Some((before, turn.angle));
            is_dark = !is_dark;
        }
        before = turn.angle;
    }
    let (mut a, mut b) = bracket?;
    // Newton's method, kept within the bracket: the image rises from a to b.
    let mut angle = f64::midpoint(a, b);
    for _ in 0..60 {
        let (value, slope) = series.sum(angle);
        if value < level {
            a = angle
        } else {
            b = angle
        }
        let step = (level - value) / slope;
        let next = angle + step;
        let next = if next > a && next < b { next } else { f64::midpoint(a, b) };
        if (next - angle).abs() < 1e-14 {
            return Some(next);
        }
        angle = next;
    }
    Some(angle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::complex::Complex;

    #[test]
    fn ranges_lose_what_is_cut_out() {
        assert_eq!(without(&[(0.0, 1.0)], (0.2, 0.4)), [(0.0, 0.2), (0.4, 1.0)]);
        assert_eq!(without(&[(0.0, 1.0)], (-1.0, 0.4)), [(0.4, 1.0)]);
        assert_eq!(without(&[(0.0, 1.0)], (-1.0, 2.0)), []);
        let a = Doses(vec![(0.0, 1.0), (2.0, 4.0)]);
        assert_eq!(a.intersect(&Doses(vec![(0.5, 3.0)])).0, [(0.5, 1.0), (2.0, 3.0)]);
        assert_eq!(a.widest(), Some((2.0, 4.0)));
    }

    /// The rule for asymmetric images, applied to a symmetric one, agrees with the closed form.
    #[test]
    fn both_ways_to_the_levels_agree() {
        for terms in [[0.5, -0.2, 0.03, 0.02], [0.4, -0.15, -0.12, 0.05], [0.4, -0.1, 0.1, -0.06]] {
            let series = Series { terms: terms.iter().map(|c| Complex::real(*c)).collect() };
            let target = Target { narrow: 1.3, wide: 1.7, placement: None };
            let closed = mirrored(&series, &target);
            let around = Around::new(&series).allowed(&target);
            let total = |ranges: &[(f64, f64)]| ranges.iter().map(|r| r.1 - r.0).sum::<f64>();
            assert!((total(&closed) - total(&around)).abs() < 1e-9, "{closed:?} {around:?}");
        }
    }
}
