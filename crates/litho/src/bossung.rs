//! Line widths over dose and focus, and the figures read off a Bossung plot.

use serde::Serialize;

use crate::check::Job;
use crate::simulate::{printed, threshold};
use crate::stack::ImageStack;
use crate::strict::{Doses, allowed};
use crate::tcc::{TOLERANCE, Tcc};
use crate::window::farthest_nm;

/// One point of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Dose in units of the job's.
    pub dose: f64,
    /// Distance from best focus in nm.
    pub focus_nm: f64,
    /// Width of the one line in nm; `None` if not exactly one prints.
    pub cd_nm: Option<f64>,
    /// Normalized image log-slope at the printed edge.
    pub nils: Option<f64>,
}

/// The isofocal point, at which the image's intensity does not change with small defocus.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Isofocal {
    /// Width of the line there.
    pub cd_nm: f64,
    /// Dose that prints it, in units of the job's.
    pub dose: f64,
}

/// The images of a job at every focus, and the threshold that prints them.
pub struct Bossung {
    job: Job,
    stack: ImageStack,
    threshold: f64,
    /// Position of its best focus on the tool's focus scale, in nm.
    shift_nm: f64,
}

impl Bossung {
    /// Computes the images of a job up to the distance `farthest` (nm) from best focus. The
    /// threshold is the job's own, or the one that prints its target.
    #[must_use]
    pub fn new(job: &Job, farthest: f64) -> Self {
        let tcc = Tcc::new(job, farthest.abs().max(farthest_nm(job)), TOLERANCE);
        let stack = ImageStack::new(job, &tcc);
        let threshold = threshold(job, &stack.image(0.0));
        Self { job: job.clone(), stack, threshold, shift_nm: 0.0 }
    }

    /// Replaces the threshold: features that are exposed with one dose share the threshold of one
    /// of them.
    #[must_use]
    pub fn at_threshold(self, threshold: f64) -> Self {
        Self { threshold, ..self }
    }

    /// Puts the best focus at `nm` on the focus scale that the features share, as mask topography
    /// shifts it. The images must have been computed that much farther from best focus.
    #[must_use]
    pub fn shifted(self, nm: f64) -> Self {
        Self { shift_nm: nm, ..self }
    }

    /// Threshold of the resist at dose 1.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        self.threshold
    }

    /// Widths at every dose and focus, focus running fastest.
    #[must_use]
    pub fn matrix(&self, doses: &[f64], foci_nm: &[f64]) -> Vec<Cell> {
        let images: Vec<_> = foci_nm.iter().map(|f| self.stack.image(*f - self.shift_nm)).collect();
        let cell = |dose: f64, i: usize| {
            let found = printed(&images[i], self.threshold / dose);
            let (cd_nm, nils) = (found.map(|f| f.0.width_nm()), found.map(|f| f.1));
            Cell { dose, focus_nm: foci_nm[i], cd_nm, nils }
        };
        doses
            .iter()
            .flat_map(|&dose| (0..foci_nm.len()).map(move |i| (dose, i)))
            .map(|(d, i)| cell(d, i))
            .collect()
    }

    /// Doses that print within tolerance at a focus on the shared scale.
    #[must_use]
    pub fn doses(&self, focus_nm: f64) -> Doses {
        allowed(&self.stack.image(focus_nm - self.shift_nm), &self.job, self.threshold)
    }

    /// The width nearest to the target at whose edge the intensity's second derivative by focus is
    /// zero at best focus.
    #[must_use]
    pub fn isofocal(&self) -> Option<Isofocal> {
        const N: usize = 400;
        let h = 1e-3 * farthest_nm(&self.job);
        let (best, off) = (self.stack.image(0.0), self.stack.image(h));
        let bend = |x: f64| off.at(x) - best.at(x);
        let end = self.job.pitch_nm / 2.0;
        let target = self.job.cd_nm / 2.0;
        let mut nearest: Option<f64> = None;
        for i in 0..N {
            let (mut a, mut b) = (end * i as f64 / N as f64, end * (i + 1) as f64 / N as f64);
            if (bend(a) < 0.0) == (bend(b) < 0.0) {
                continue;
            }
            for _ in 0..60 {
                let x = f64::midpoint(a, b);
                if (bend(x) < 0.0) == (bend(a) < 0.0) { a = x } else { b = x }
            }
            let x = f64::midpoint(a, b);
            if nearest.is_none_or(|n| (x - target).abs() < (n - target).abs()) {
                nearest = Some(x);
            }
        }
        nearest.map(|x| Isofocal { cd_nm: 2.0 * x, dose: self.threshold / best.at(x) })
    }
}

/// Doses that all features share at a focus.
fn shared(features: &[&Bossung], focus_nm: f64) -> Doses {
    let all = Doses(vec![(0.0, f64::INFINITY)]);
    features.iter().fold(all, |common, feature| common.intersect(&feature.doses(focus_nm)))
}

fn percent(doses: &Doses) -> f64 {
    let latitude = doses.latitude();
    if latitude.is_finite() { 100.0 * latitude } else { 0.0 }
}

/// Exposure latitude in percent against depth of focus, for the window that all features share,
/// centred on focus 0. Returns one pair for each of `foci_nm`, which must rise from 0.
#[must_use]
pub fn el_dof(features: &[&Bossung], foci_nm: &[f64]) -> Vec<(f64, f64)> {
    let mut common = Doses(vec![(0.0, f64::INFINITY)]);
    let mut curve = Vec::new();
    for &focus in foci_nm {
        common = common.intersect(&shared(features, focus)).intersect(&shared(features, -focus));
        curve.push((2.0 * focus, percent(&common)));
    }
    curve
}

/// A process window that all features share, centred anywhere in focus.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Centred {
    /// Depth of focus in nm.
    pub dof_nm: f64,
    /// Its exposure latitude in percent.
    pub el_pct: f64,
    /// Middle of its foci in nm.
    pub centre_nm: f64,
}

/// Like [`el_dof`], but centred where the latitude is greatest, for foci from `-far_nm` to `far_nm`
/// in `steps` equal steps. Returns one value for each depth that is a whole number of steps. Of
/// equal centres the one nearest to 0 is taken.
#[must_use]
pub fn el_dof_best_centre(features: &[&Bossung], far_nm: f64, steps: usize) -> Vec<Centred> {
    let step = 2.0 * far_nm / steps.max(1) as f64;
    let doses: Vec<Doses> =
        (0..=steps).map(|i| shared(features, step * i as f64 - far_nm)).collect();
    let mut best: Vec<Centred> = (0..=steps)
        .map(|width| Centred { dof_nm: step * width as f64, el_pct: 0.0, centre_nm: 0.0 })
        .collect();
    for first in 0..=steps {
        let mut common = Doses(vec![(0.0, f64::INFINITY)]);
        for (width, doses) in doses[first..].iter().enumerate() {
            common = common.intersect(doses);
            let (el_pct, own) = (percent(&common), &mut best[width]);
            if el_pct <= 0.0 {
                break;
            }
            let centre_nm = step * (first as f64 + width as f64 / 2.0) - far_nm;
            let nearer = centre_nm.abs() < own.centre_nm.abs() - 1e-9 * step;
            let even = (el_pct - own.el_pct).abs() <= 1e-12 * el_pct;
            if (even && nearer) || (!even && el_pct > own.el_pct) {
                *own = Centred { el_pct, centre_nm, ..*own };
            }
        }
    }
    best
}
