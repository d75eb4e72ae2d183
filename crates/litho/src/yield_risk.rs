//! The chance that a line's width misses its tolerance, over the spread of dose, focus and photon noise.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::check::Job;
use crate::image::Image;
use crate::stack::ImageStack;
use crate::window::dose_limits;

/// Steps of focus per standard deviation, and how many standard deviations each way.
const STEPS: usize = 8;
const SIGMAS: usize = 6;

/// Distance from best focus to which the risk is integrated, in nm.
pub(crate) fn farthest_nm(job: &Job) -> f64 {
    SIGMAS as f64 * job.focus_sigma_nm
}

/// Share of lines whose width leaves cd (1 ± tolerance), 0 to 1.
///
/// # Formula
///
/// At focus f the width stays inside while the dose is within D_low(f) .. D_high(f). Dose is normal about 1 with the job's
/// spread s_D; photon noise of the width, sigma_CD, acts as a dose error of sigma_CD |dD/dCD| taken at each limit, so
///
/// risk(f) = Phi(-(1 - D_low)/hypot(s_D, sigma_CD |D_low'|)) + Phi(-(D_high - 1)/hypot(s_D, sigma_CD |D_high'|))
///
/// and the risk is its mean over a normal focus. A focus at which the image is reversed at a limit, or has no limit,
/// counts as lost. Both sides of best focus give the same image (symmetric lens and source), so only one is computed. The
/// trapezoidal rule on a Gaussian at an eighth of its standard deviation is exact to rounding for a smooth integrand.
/// (Linearizing the noise at the limit errs by up to a quarter of the risk where noise dominates.)
pub(crate) fn yield_risk(job: &Job, stack: &ImageStack, threshold: f64, sigma_cd_nm: f64) -> f64 {
    let mut sum = 0.0;
    let mut weight = 0.0;
    let last = if job.focus_sigma_nm == 0.0 { 0 } else { STEPS * SIGMAS };
    for i in 0..=last {
        let t = i as f64 / STEPS as f64;
        let share = (-t * t / 2.0).exp() * if i == 0 { 1.0 } else { 2.0 };
        let image = stack.image(t * job.focus_sigma_nm);
        sum += share * risk_at_focus(job, &image, threshold, sigma_cd_nm);
        weight += share;
    }
    (sum / weight).clamp(0.0, 1.0)
}

pub(crate) fn risk_at_focus(job: &Job, image: &Image, threshold: f64, sigma_cd_nm: f64) -> f64 {
    let (Some(low), Some(high)) = dose_limits(image, job, threshold) else {
        return 1.0;
    };
    if low >= high {
        return 1.0;
    }
    let spread = |width: f64, dose: f64| {
        // dD/dCD of D = threshold / I, with I the level that prints a width.
        let slope = image.threshold_slope(width).unwrap_or(f64::INFINITY);
        job.dose_sigma.hypot(sigma_cd_nm * dose * dose / threshold * slope.abs())
    };
    let tail = |margin: f64, spread: f64| {
        if spread == 0.0 {
            return if margin > 0.0 { 0.0 } else { 1.0 };
        }
        Normal::standard().cdf(-margin / spread)
    };
    let wide = job.cd_nm * (1.0 + job.cd_tolerance);
    let narrow = job.cd_nm * (1.0 - job.cd_tolerance);
    let risk = tail(1.0 - low, spread(wide, low)) + tail(high - 1.0, spread(narrow, high));
    risk.min(1.0)
}
