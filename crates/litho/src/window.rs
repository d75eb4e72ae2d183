//! Exposure latitude against focus: the process window.

use serde::Serialize;

use crate::check::Job;
use crate::mask::Mask;
use crate::stack::ImageStack;
use crate::strict::{Doses, allowed};

/// Dose limits at each focus, and the figures that follow from them. Doses are in units of the
/// job's dose.
///
/// # Formula
///
/// At each focus those doses are allowed that print exactly one line a pitch within its tolerance:
/// the rule of [`crate::printing::Printing::of`]. EL(f) is the height of the widest range of doses
/// that all focus up to f share. Depth of focus: 2 sup{f: EL(f) >= `el_min`}. Dose limits can have
/// extrema within a step of the grid, and windows can end between its points: both are searched
/// there. The grid ends at 1.5 lambda/NA²; a window that is still open there is `dof_capped`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProcessWindow {
    /// Distances from best focus in nm.
    pub focus_nm: Vec<f64>,
    /// Least dose that prints; `None` where no dose does.
    pub dose_low: Vec<Option<f64>>,
    /// Greatest dose that prints.
    pub dose_high: Vec<Option<f64>>,
    /// Ranges of dose between the two that do not print, at each focus of the grid; absent where there are none at all.
    #[serde(skip_serializing_if = "no_gaps")]
    pub dose_gaps: Vec<Vec<(f64, f64)>>,
    /// Normalized image log-slope at the nominal edge.
    pub nils: Vec<Option<f64>>,
    /// Exposure latitude in percent of the dose, common to all focus from best focus up to this
    /// one; 0 where there is none.
    pub el_pct: Vec<f64>,
    /// Exposure latitude at best focus in percent.
    pub el_best_focus_pct: f64,
    /// Depth of focus in nm at the job's least exposure latitude.
    pub dof_nm: f64,
    /// Least dose that prints over the whole depth of focus. A dose between this and
    /// `dose_high_at_dof` has that depth.
    pub dose_low_at_dof: Option<f64>,
    /// Greatest dose that prints over the whole depth of focus.
    pub dose_high_at_dof: Option<f64>,
    /// Whether the window is still open at the end of the grid, so that the true depth of focus is larger.
    pub dof_capped: bool,
    /// Twice the end of the grid in nm.
    pub dof_cap_nm: f64,
}

fn no_gaps(gaps: &[Vec<(f64, f64)>]) -> bool {
    gaps.iter().all(Vec::is_empty)
}

/// Points of the focus grid.
pub const FOCUS_POINTS: usize = 61;

/// Half the span of a process window in nm: 1.5 lambda/NA².
#[must_use]
pub fn farthest_nm(job: &Job) -> f64 {
    1.5 * job.optics.wavelength_nm / (job.optics.na * job.optics.na)
}

/// The allowed doses of a job at any focus.
pub(crate) struct Scan<'a> {
    pub job: &'a Job,
    pub stack: &'a ImageStack,
    pub threshold: f64,
}

impl Scan<'_> {
    /// Doses that print at a distance from best focus, on both sides of it.
    pub fn at(&self, focus_nm: f64) -> Doses {
        let one = |f: f64| allowed(&self.stack.image(f), self.job, self.threshold);
        let doses = one(focus_nm);
        // Masks with real orders give the same or mirrored images on both sides of focus.
        if focus_nm == 0.0 || !matches!(self.job.mask, Mask::Orders { .. }) {
            return doses;
        }
        doses.intersect(&one(-focus_nm))
    }
}

/// A focus, and the doses that all focus from best focus up to it share.
#[derive(Clone)]
pub(crate) struct Knot {
    pub focus_nm: f64,
    pub common: Doses,
}

impl ProcessWindow {
    /// The window at a threshold, on [`FOCUS_POINTS`] values from best focus to [`farthest_nm`].
    pub(crate) fn new(job: &Job, stack: &ImageStack, threshold: f64) -> Self {
        let scan = Scan { job, stack, threshold };
        let at = |focus_nm: f64| scan.at(focus_nm);
        let step_nm = farthest_nm(job) / (FOCUS_POINTS - 1) as f64;
        let focus_nm: Vec<f64> = (0..FOCUS_POINTS).map(|i| step_nm * i as f64).collect();
        let images: Vec<_> = focus_nm.iter().map(|f| stack.image(*f)).collect();
        let grid: Vec<Doses> = match job.mask {
            Mask::Orders { .. } => focus_nm.iter().map(|f| at(*f)).collect(),
            _ => images.iter().map(|i| allowed(i, job, threshold)).collect(),
        };
        let knots = knots(&at, &focus_nm, &grid);
        let (reach, common) = open_until(&at, &knots, job.el_min);
        let at_dof = common.as_ref().and_then(Doses::widest);
        let gaps = |d: &Doses| d.0.windows(2).map(|w| (w[0].1, w[1].0)).collect();
        let end = focus_nm.last().copied().unwrap_or(0.0);
        Self {
            dose_low: grid.iter().map(|d| Some(d.hull()?.0)).collect(),
            dose_high: grid.iter().map(|d| Some(d.hull()?.1)).collect(),
            dose_gaps: grid.iter().map(gaps).collect(),
            nils: images.iter().map(|i| i.nils(job.cd_nm)).collect(),
            el_best_focus_pct: 100.0 * grid.first().map_or(0.0, Doses::latitude),
            el_pct: focus_nm.iter().map(|f| 100.0 * common_at(&knots, *f).latitude()).collect(),
            dof_nm: 2.0 * reach,
            dose_low_at_dof: at_dof.map(|d| d.0),
            dose_high_at_dof: at_dof.map(|d| d.1),
            dof_capped: reach == end && common.is_some(),
            dof_cap_nm: 2.0 * end,
            focus_nm,
        }
    }
}

/// The grid's foci for as long as a common dose exists, and the foci between them at which a dose
/// limit has an extremum.
pub(crate) fn knots(scan: &dyn Fn(f64) -> Doses, focus_nm: &[f64], grid: &[Doses]) -> Vec<Knot> {
    let mut knots: Vec<Knot> = Vec::with_capacity(focus_nm.len() + 4);
    let mut add = |focus_nm: f64, doses: Doses| {
        let common = match knots.last() {
            Some(before) => before.common.intersect(&doses),
            None => doses,
        };
        let open = !common.0.is_empty();
        knots.push(Knot { focus_nm, common });
        open
    };
    for i in 0..grid.len() {
        if !add(focus_nm[i], grid[i].clone()) {
            break;
        }
        // A limit that has an extremum at point i or i + 1 may have a larger one between them.
        for (focus, doses) in peaks(scan, focus_nm, grid, i) {
            add(focus, doses);
        }
    }
    knots
}

/// Foci between point `i` and the next at which the least dose is largest or the greatest dose is
/// smallest.
fn peaks(
    scan: &dyn Fn(f64) -> Doses,
    focus_nm: &[f64],
    grid: &[Doses],
    i: usize,
) -> Vec<(f64, Doses)> {
    let limit = |d: &Doses, side: usize| d.hull().map(|h| if side == 0 { h.0 } else { -h.1 });
    let mut found = Vec::new();
    for side in [0, 1] {
        for middle in [i, i + 1] {
            if middle == 0 || middle + 1 >= grid.len() {
                continue;
            }
            let at = |j: usize| limit(&grid[j], side);
            let (Some(a), Some(b), Some(c)) = (at(middle - 1), at(middle), at(middle + 1)) else {
                continue;
            };
            if b < a || b < c {
                continue;
            }
            let step = focus_nm[1] - focus_nm[0];
            let vertex = vertex((-step, a), (0.0, b), (step, c)) + focus_nm[middle];
            if vertex <= focus_nm[i] || vertex >= focus_nm[i + 1] {
                continue;
            }
            found.push((vertex, scan(vertex)));
            // Repeat closer to the extremum.
            let near = 0.1 * step;
            let (left, right) = (scan(vertex - near), scan(vertex + near));
            let last = found.last().and_then(|(_, d)| limit(d, side));
            if let (Some(a), Some(b), Some(c)) = (limit(&left, side), last, limit(&right, side)) {
                let closer =
                    vertex + self::vertex((-near, a), (0.0, b), (near, c)).clamp(-near, near);
                if closer > focus_nm[i] && closer < focus_nm[i + 1] {
                    found.push((closer, scan(closer)));
                }
            }
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found
}

/// Position of the extremum of the parabola through three points.
fn vertex(a: (f64, f64), b: (f64, f64), c: (f64, f64)) -> f64 {
    let (left, right) = ((b.0 - a.0) * (b.1 - c.1), (b.0 - c.0) * (b.1 - a.1));
    let turn = b.0 - 0.5 * ((b.0 - a.0) * left - (b.0 - c.0) * right) / (left - right);
    if turn.is_finite() { turn } else { b.0 }
}

fn common_at(knots: &[Knot], focus_nm: f64) -> Doses {
    let last = knots.iter().rev().find(|k| k.focus_nm <= focus_nm);
    last.map(|k| k.common.clone()).unwrap_or_default()
}

/// Distance from best focus up to which the latitude is at least `least`, and the common doses
/// there; `None` if it is below even at best focus.
pub(crate) fn open_until(
    scan: &dyn Fn(f64) -> Doses,
    knots: &[Knot],
    least: f64,
) -> (f64, Option<Doses>) {
    let falls_short = |d: &Doses| d.0.is_empty() || d.latitude() < least;
    let Some(first) = knots.iter().position(|k| falls_short(&k.common)) else {
        let last = knots.last();
        return (last.map_or(0.0, |k| k.focus_nm), last.map(|k| k.common.clone()));
    };
    let Some(before) = first.checked_sub(1).map(|i| &knots[i]) else {
        return (0.0, None);
    };
    let excess = |d: &Doses| if d.0.is_empty() { None } else { Some(d.latitude() - least) };
    // The latitude falls steadily or ends with a jump: false position while it exists, bisection
    // otherwise.
    let (mut a, mut kept) = (before.focus_nm, before.common.clone());
    let (mut b, mut below) = (knots[first].focus_nm, excess(&knots[first].common));
    let mut above = excess(&kept).unwrap_or(0.0);
    let close = 1e-11 * knots.last().map_or(0.0, |k| k.focus_nm) + f64::MIN_POSITIVE;
    for i in 0..80 {
        if b - a <= close {
            break;
        }
        let secant = below.map(|y| a + (b - a) * above / (above - y));
        let x = secant
            .filter(|x| i % 3 != 2 && *x > a && *x < b)
            .unwrap_or_else(|| f64::midpoint(a, b));
        let common = kept.intersect(&scan(x));
        match excess(&common) {
            Some(y) if y >= 0.0 => (a, above, kept) = (x, y, common),
            y => (b, below) = (x, y),
        }
        if above == 0.0 {
            break;
        }
    }
    (a, Some(kept))
}

#[cfg(test)]
mod common_tests {
    use super::*;

    #[test]
    fn between_knots_the_doses_of_the_last_one_count() {
        let knot = |focus_nm: f64| Knot { focus_nm, common: Doses(vec![(1.0, 2.0 + focus_nm)]) };
        let knots = [0.0, 10.0, 20.0].map(knot);
        for (focus_nm, dose) in [(0.0, 2.0), (9.0, 2.0), (10.0, 12.0), (15.0, 12.0), (99.0, 22.0)] {
            assert_eq!(common_at(&knots, focus_nm).0, [(1.0, dose)], "{focus_nm}");
        }
        assert!(common_at(&knots, -1.0).0.is_empty());
    }
}
