//! Further figures of a process window: how far it reaches, its area, its largest rectangle.

use serde::Serialize;

use crate::check::Job;
use crate::simulate::threshold;
use crate::stack::ImageStack;
use crate::strict::Doses;
use crate::tcc::{TOLERANCE, Tcc};
use crate::window::{FOCUS_POINTS, Knot, Scan, farthest_nm, knots};
use crate::yield_risk::{self, yield_risk};

/// Extent of a process window. Doses are in units of the job's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Extent {
    /// Twice the first distance from best focus, in nm, at which the job's own dose does not print;
    /// twice the end of the focus grid if there is none.
    pub dof_nominal_dose_nm: f64,
    /// First distance from best focus in nm at which no dose prints; the end of the grid if there is none before it.
    pub last_focus_nm: f64,
    /// Integral of the window's height (greatest minus least dose) over focus on both sides, up to
    /// `last_focus_nm`, in percent nm.
    pub area_pct_nm: f64,
    /// Greatest product of depth and latitude of a rectangle that is centred on best focus, in percent nm.
    pub max_rectangle_pct_nm: f64,
    /// Depth of focus of that rectangle in nm.
    pub max_rectangle_dof_nm: f64,
    /// Exposure latitude of that rectangle in percent.
    pub max_rectangle_el_pct: f64,
    /// Share of lines out of tolerance because of the spread of dose and focus, without photon
    /// noise.
    pub yield_risk_no_noise: f64,
}

impl Extent {
    /// The extent of a job's window.
    #[must_use]
    pub fn of(job: &Job) -> Self {
        let far = farthest_nm(job);
        let tcc = Tcc::new(job, far.max(yield_risk::farthest_nm(job)), TOLERANCE);
        let stack = ImageStack::new(job, &tcc);
        let scan = Scan { job, stack: &stack, threshold: threshold(job, &stack.image(0.0)) };
        let step = far / (FOCUS_POINTS - 1) as f64;
        let focus: Vec<f64> = (0..FOCUS_POINTS).map(|i| step * i as f64).collect();
        let grid: Vec<Doses> = focus.iter().map(|f| scan.at(*f)).collect();
        let end = |lost: &dyn Fn(&Doses) -> bool| first(&scan, &focus, &grid, lost);
        let nominal = end(&|d| !d.contains(1.0));
        let last = end(&|d| d.0.is_empty()).unwrap_or(far);
        let knots = knots(&|f| scan.at(f), &focus, &grid);
        let (depth, latitude) = rectangle(&scan, &knots);
        Self {
            dof_nominal_dose_nm: 2.0 * nominal.unwrap_or(far),
            last_focus_nm: last,
            area_pct_nm: 200.0 * area(&scan, &focus, last),
            max_rectangle_pct_nm: 100.0 * depth * latitude,
            max_rectangle_dof_nm: depth,
            max_rectangle_el_pct: 100.0 * latitude,
            yield_risk_no_noise: yield_risk(job, &stack, scan.threshold, 0.0),
        }
    }
}

/// The first focus at which a condition holds, found by bisection between points of the grid.
fn first(scan: &Scan, focus: &[f64], grid: &[Doses], lost: &dyn Fn(&Doses) -> bool) -> Option<f64> {
    let i = grid.iter().position(lost)?;
    let Some(before) = i.checked_sub(1) else { return Some(0.0) };
    let (mut a, mut b) = (focus[before], focus[i]);
    for _ in 0..40 {
        let x = f64::midpoint(a, b);
        if lost(&scan.at(x)) { b = x } else { a = x }
    }
    Some(b)
}

/// Integral of the window's height over focus from 0 to `end`, refined by bisection until it
/// converges.
fn area(scan: &Scan, focus: &[f64], end: f64) -> f64 {
    let height = |f: f64| scan.at(f).hull().map_or(0.0, |(low, high)| high - low);
    let point = |x: f64| (x, height(x));
    let scale = height(0.0) * end;
    let mut cuts: Vec<f64> = focus.iter().copied().filter(|f| *f < end).collect();
    // Just inside `end`: at `end` itself the window may have closed with a jump.
    cuts.push(end * (1.0 - 1e-9));
    cuts.windows(2)
        .map(|pair| {
            let (a, b) = (point(pair[0]), point(pair[1]));
            let m = point(f64::midpoint(a.0, b.0));
            yield_risk::simpson(&height, a, m, b, 1e-7 * scale / end.max(1e-300), 24)
        })
        .sum()
}

/// Depth and latitude of the greatest rectangle: that of the best knot, refined between its
/// neighbours by a golden-section search.
fn rectangle(scan: &Scan, knots: &[Knot]) -> (f64, f64) {
    let product = |k: &Knot| k.focus_nm * k.common.latitude();
    let Some(best) =
        (0..knots.len()).max_by(|a, b| product(&knots[*a]).total_cmp(&product(&knots[*b])))
    else {
        return (0.0, 0.0);
    };
    let start = &knots[best.saturating_sub(1)];
    let (mut a, mut b) = (start.focus_nm, knots[(best + 1).min(knots.len() - 1)].focus_nm);
    let latitude = |f: f64| {
        let inner = knots.iter().rev().find(|k| k.focus_nm <= f).unwrap_or(start);
        inner.common.intersect(&scan.at(f)).latitude()
    };
    let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
    let (mut x, mut y) = (b - golden * (b - a), a + golden * (b - a));
    let (mut at_x, mut at_y) = (x * latitude(x), y * latitude(y));
    for _ in 0..40 {
        if at_x > at_y {
            (b, y, at_y) = (y, x, at_x);
            x = b - golden * (b - a);
            at_x = x * latitude(x);
        } else {
            (a, x, at_x) = (x, y, at_y);
            y = a + golden * (b - a);
            at_y = y * latitude(y);
        }
    }
    let refined = f64::midpoint(a, b);
    let (found, known) = (refined * latitude(refined), product(&knots[best]));
    if found >= known {
        (2.0 * refined, latitude(refined))
    } else {
        (2.0 * knots[best].focus_nm, knots[best].common.latitude())
    }
}
