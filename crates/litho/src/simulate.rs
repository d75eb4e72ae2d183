//! All results of one job: image, window, mask error, noise, yield.

use std::f64::consts::PI;

use serde::Serialize;

use crate::check::Job;
use crate::image::{Image, Line};
use crate::noise::Noise;
use crate::printing::Printing;
use crate::stack::ImageStack;
use crate::tcc::{TOLERANCE, Tcc};
use crate::window::{self, ProcessWindow};
use crate::yield_risk::{self, yield_risk};

/// Results of the image at one focus. Intensities are in units of the clear field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImageResult {
    /// Distance from best focus in nm.
    pub defocus_nm: f64,
    /// Intensity at the centre of the line.
    pub intensity_line_center: f64,
    /// Intensity at the centre of the space.
    pub intensity_space_center: f64,
    /// Intensity at the nominal edge, x = cd/2.
    pub intensity_edge: f64,
    /// Normalized image log-slope at the nominal edge; negative for a reversed image.
    pub nils: Option<f64>,
    /// (max - min)/(max + min) over the period.
    pub contrast: f64,
    /// Contrast between the centres of space and line.
    pub contrast_center: f64,
    /// Phase in rad between the orders 0 and 1 of an axial ray at this defocus; `None` if order 1 does not propagate.
    pub phase_first_order_rad: Option<f64>,
    /// Width of the line at the threshold, in nm; `None` if no line covers its centre.
    pub cd_nm: Option<f64>,
    /// Whether the line prints at this defocus.
    pub printing: Printing,
}

/// All results of one job by the built-in physics.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Simulation {
    /// Threshold of the resist in units of the clear field.
    pub threshold: f64,
    /// The image at best focus.
    pub best_focus: ImageResult,
    /// The image at the job's defocus.
    pub image: ImageResult,
    /// Dose limits against focus.
    pub window: ProcessWindow,
    /// Change of printed width per change of mask width at best focus; `None` without slope or with a mask of given orders.
    pub meef: Option<f64>,
    /// Photon noise; `None` without dose or resist thickness.
    pub noise: Option<Noise>,
    /// Share of lines out of tolerance; `None` if there is no noise to add (no dose, thickness or
    /// blur), unless the job does not print.
    pub yield_risk: Option<f64>,
}

/// Computes one job.
#[must_use]
pub fn simulate(job: &Job) -> Simulation {
    let farthest =
        window::farthest_nm(job).max(yield_risk::farthest_nm(job)).max(job.defocus_nm.abs());
    let tcc = Tcc::new(job, farthest, TOLERANCE);
    let stack = ImageStack::new(job, &tcc);
    let best = stack.image(0.0);
    let threshold = threshold(job, &best);
    let best_focus = describe(job, &best, 0.0, threshold);
    let image = if job.defocus_nm == 0.0 {
        best_focus.clone()
    } else {
        describe(job, &stack.image(job.defocus_nm), job.defocus_nm, threshold)
    };
    // A line that is out of tolerance at the job's threshold is judged by the same dose limits as
    // any other.
    let prints = [Printing::Prints, Printing::OutOfTolerance].contains(&best_focus.printing);
    let noise = Noise::of(job, best_focus.intensity_edge, best_focus.nils);
    let sigma_cd = noise.and_then(|n| n.sigma_cd_segment_nm);
    let risk = if prints {
        sigma_cd.map(|sigma| yield_risk(job, &stack, threshold, sigma))
    } else {
        Some(1.0)
    };
    Simulation {
        threshold,
        window: ProcessWindow::new(job, &stack, threshold),
        meef: meef(job, &best, &ImageStack::mask_slope(job, &tcc).image(0.0)),
        best_focus,
        image,
        noise,
        yield_risk: risk,
    }
}

/// The single line that a job prints at a level of intensity, and its log-slope; `None` if it does
/// not print exactly one.
#[must_use]
pub fn printed(image: &Image, threshold: f64) -> Option<(Line, f64)> {
    let (left_nm, right_nm) = crate::strict::only_line(image, threshold)?;
    let line = Line { left_nm, right_nm };
    let slope = image.sign() * image.slope(right_nm);
    Some((line, line.width_nm() * slope / threshold))
}

/// The resist's threshold: the job's own, else the one that prints the target at best focus (dose to size).
pub(crate) fn threshold(job: &Job, best: &Image) -> f64 {
    job.resist
        .threshold
        .or_else(|| best.threshold_for_width(job.cd_nm))
        .unwrap_or_else(|| best.at(job.cd_nm / 2.0))
}

fn describe(job: &Job, image: &Image, defocus_nm: f64, threshold: f64) -> ImageResult {
    ImageResult {
        defocus_nm,
        intensity_line_center: image.at(0.0),
        intensity_space_center: image.at(job.pitch_nm / 2.0),
        intensity_edge: image.at(job.cd_nm / 2.0),
        nils: image.nils(job.cd_nm),
        contrast: image.contrast(),
        contrast_center: image.contrast_center(),
        phase_first_order_rad: first_order_phase(job, defocus_nm),
        cd_nm: image.line(threshold).filter(Line::holds_center).map(|l| l.width_nm()),
        printing: Printing::of(job, image, threshold),
    }
}

/// Phase of a ray along the axis less that of order 1: 2 pi d/lambda (n - sqrt(n² - (lambda/period)²)).
fn first_order_phase(job: &Job, defocus_nm: f64) -> Option<f64> {
    let (lambda, n) = (job.optics.wavelength_nm, job.optics.medium_index);
    let sine = lambda / job.mask.period_nm(job.pitch_nm);
    (sine < n)
        .then(|| 2.0 * PI * defocus_nm / lambda * sine * sine / (n + (n * n - sine * sine).sqrt()))
}

/// Mask error enhancement factor: the edge moves by -(dI/dm)/(dI/dx) per nm of mask width m, and a line has two edges.
fn meef(job: &Job, best: &Image, by_mask: &Image) -> Option<f64> {
    if matches!(job.mask, crate::mask::Mask::Orders { .. }) {
        return None;
    }
    let x = job.cd_nm / 2.0;
    let slope = best.slope(x);
    let factor = -2.0 * by_mask.at(x) / slope;
    (best.sign() * slope > 0.0 && factor.is_finite()).then_some(factor)
}
