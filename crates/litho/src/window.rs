//! Exposure latitude against focus: the process window.

use serde::Serialize;

use crate::check::Job;
use crate::image::Image;
use crate::stack::ImageStack;

/// Dose limits at each focus, and what follows from them. Doses are in units of the dose of the job.
///
/// # Formula
///
/// The line is `cd (1 ± tolerance)` wide where the threshold cuts the image at that width, so with I_f(w) the intensity at the
/// edge of a line of width w: D_low(f) = threshold / I_f(cd (1 + tol)), D_high(f) = threshold / I_f(cd (1 - tol)). A limit
/// exists only where the image rises outward there: else it is no edge of a line.
///
/// EL(f) is what is common to all focus up to f: least D_high less greatest D_low, the height of the largest window that is
/// 2 f wide. Depth of focus: twice the first focus at which EL, linear between the grid's points, falls below `el_min`,
/// or the last focus before a limit ceases to exist. The grid ends at 1.5 lambda/NA²; a window that is still open there is
/// `dof_capped`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProcessWindow {
    /// Distances from best focus in nm.
    pub focus_nm: Vec<f64>,
    /// Dose at which the line is as wide as allowed; `None` where no dose does it.
    pub dose_low: Vec<Option<f64>>,
    /// Dose at which the line is as narrow as allowed.
    pub dose_high: Vec<Option<f64>>,
    /// Normalized image log-slope at the nominal edge.
    pub nils: Vec<Option<f64>>,
    /// Exposure latitude in percent of the dose, common to all focus from best up to this one; 0 where there is none.
    pub el_pct: Vec<f64>,
    /// Exposure latitude at best focus in percent.
    pub el_best_focus_pct: f64,
    /// Depth of focus in nm at the job's least exposure latitude.
    pub dof_nm: f64,
    /// Whether the window is still open at the end of the grid, so that the true depth of focus is larger.
    pub dof_capped: bool,
    /// Twice the end of the grid in nm.
    pub dof_cap_nm: f64,
}

/// Points of the focus grid.
pub const FOCUS_POINTS: usize = 61;

/// Half the span of a process window in nm: 1.5 lambda/NA².
#[must_use]
pub fn farthest_nm(job: &Job) -> f64 {
    1.5 * job.optics.wavelength_nm / (job.optics.na * job.optics.na)
}

impl ProcessWindow {
    /// The window at a threshold, on [`FOCUS_POINTS`] values from best focus to [`farthest_nm`].
    pub(crate) fn new(job: &Job, stack: &ImageStack, threshold: f64) -> Self {
        let step_nm = farthest_nm(job) / (FOCUS_POINTS - 1) as f64;
        let focus_nm: Vec<f64> = (0..FOCUS_POINTS).map(|i| step_nm * i as f64).collect();
        let images: Vec<_> = focus_nm.iter().map(|f| stack.image(*f)).collect();
        let limits: Vec<_> = images.iter().map(|i| dose_limits(i, job, threshold)).collect();
        let el = common_latitude(&limits);
        let end = focus_nm.last().copied().unwrap_or(0.0);
        let (reach, dof_capped) = open_until(&focus_nm, &el, job.el_min);
        Self {
            dose_low: limits.iter().map(|l| l.0).collect(),
            dose_high: limits.iter().map(|l| l.1).collect(),
            nils: images.iter().map(|i| i.nils(job.cd_nm)).collect(),
            el_best_focus_pct: 100.0 * el.first().copied().flatten().map_or(0.0, |e| e.max(0.0)),
            el_pct: el.iter().map(|e| 100.0 * e.map_or(0.0, |e| e.max(0.0))).collect(),
            dof_nm: 2.0 * reach,
            dof_capped,
            dof_cap_nm: 2.0 * end,
            focus_nm,
        }
    }
}

/// Height of the window that all focus up to each one share; `None` from where a limit does not exist.
fn common_latitude(limits: &[(Option<f64>, Option<f64>)]) -> Vec<Option<f64>> {
    let mut common = Some((f64::NEG_INFINITY, f64::INFINITY));
    limits
        .iter()
        .map(|&(low, high)| {
            common =
                common.zip(low.zip(high)).map(|((a, b), (low, high))| (a.max(low), b.min(high)));
            common.map(|(low, high)| high - low)
        })
        .collect()
}

/// Doses at which the line has its greatest and its least allowed width.
pub(crate) fn dose_limits(image: &Image, job: &Job, threshold: f64) -> (Option<f64>, Option<f64>) {
    let dose = |width: f64| {
        let is_edge = width < job.pitch_nm && image.threshold_slope(width)? > 0.0;
        let at_edge = is_edge.then(|| image.threshold_for_width(width)).flatten()?;
        (at_edge > 0.0).then(|| threshold / at_edge)
    };
    (dose(job.cd_nm * (1.0 + job.cd_tolerance)), dose(job.cd_nm * (1.0 - job.cd_tolerance)))
}

/// How far from best focus the latitude stays at or above `least`, and whether it does to the end of the grid.
fn open_until(focus_nm: &[f64], el: &[Option<f64>], least: f64) -> (f64, bool) {
    let Some(first) = el.iter().position(|e| e.is_none_or(|e| e < least)) else {
        return (focus_nm.last().copied().unwrap_or(0.0), true);
    };
    if first == 0 {
        return (0.0, false);
    }
    let share = match (el[first - 1], el[first]) {
        (Some(a), Some(b)) if a > b => (a - least) / (a - b),
        _ => 0.0,
    };
    (focus_nm[first - 1] + share * (focus_nm[first] - focus_nm[first - 1]), false)
}
