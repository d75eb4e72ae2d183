//! The chance that a line's width misses its tolerance, over the spread of dose, focus and photon noise.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::check::Job;
use crate::image::Image;
use crate::stack::ImageStack;
use crate::strict::{Doses, allowed};

/// Steps of focus per standard deviation, and number of standard deviations on each side.
const STEPS: usize = 8;
const SIGMAS: usize = 6;

/// Accuracy of the mean over focus where the trapezoidal rule is not exact.
const TOLERANCE: f64 = 1e-7;

/// Distance from best focus to which the risk is integrated, in nm.
pub(crate) fn farthest_nm(job: &Job) -> f64 {
    SIGMAS as f64 * job.focus_sigma_nm
}

/// Share of lines that do not print within cd (1 ± tolerance), 0 to 1.
///
/// # Formula
///
/// At focus f the line is right while the dose is within D_low(f) .. D_high(f), the limits of the process window. Dose is
/// normal about 1 with the job's spread s_D; photon noise of the width, sigma_CD, acts as a dose error of sigma_CD |dD/dCD|
/// taken at each limit, so
///
/// risk(f) = Phi(-(1 - D_low)/hypot(s_D, sigma_CD |D_low'|)) + Phi(-(D_high - 1)/hypot(s_D, sigma_CD |D_high'|))
///
/// (minus what lies in further ranges of dose, if there are any). The total risk is the mean of
/// risk(f) over a normal distribution of focus. A focus at which no dose prints counts as lost.
/// Both sides of best focus give the same image or its mirror image (symmetric lens, real orders),
/// so only one side is computed. With steps of an eighth of the standard deviation the trapezoidal
/// rule on a Gaussian is exact to rounding for a smooth integrand. If twice the step gives another
/// result, because a dose limit ends or another takes over, the mean is refined between the points
/// until it converges. (Linearizing the noise at the limit errs by up to a quarter of the risk
/// where noise dominates.)
pub(crate) fn yield_risk(job: &Job, stack: &ImageStack, threshold: f64, sigma_cd_nm: f64) -> f64 {
    let risk =
        |t: f64| risk_at_focus(job, &stack.image(t * job.focus_sigma_nm), threshold, sigma_cd_nm);
    if job.focus_sigma_nm == 0.0 {
        return risk(0.0);
    }
    let step = 1.0 / STEPS as f64;
    let at: Vec<f64> = (0..=STEPS * SIGMAS).map(|i| risk(step * i as f64)).collect();
    let trapezoid = |every: usize| {
        let (mut sum, mut weight) = (0.0, 0.0);
        for (i, value) in at.iter().enumerate().step_by(every) {
            let t = step * i as f64;
            let share = (-t * t / 2.0).exp() * if i == 0 { 1.0 } else { 2.0 };
            sum += share * value;
            weight += share;
        }
        (sum / weight, weight)
    };
    let (fine, weight) = trapezoid(1);
    if (fine - trapezoid(2).0).abs() <= 0.1 * TOLERANCE {
        return fine.clamp(0.0, 1.0);
    }
    let density = |t: f64, value: f64| 2.0 * (-t * t / 2.0).exp() * value;
    let mut sum = 0.0;
    for i in (0..at.len() - 1).step_by(2) {
        let t = [0, 1, 2].map(|j| step * (i + j) as f64);
        let y = [0, 1, 2].map(|j| density(t[j], at[i + j]));
        let f = |t: f64| density(t, risk(t));
        sum += simpson(&f, (t[0], y[0]), (t[1], y[1]), (t[2], y[2]), TOLERANCE / SIGMAS as f64, 24);
    }
    (sum / (weight * step)).clamp(0.0, 1.0)
}

/// Simpson's rule with adaptive bisection; after `depth` halvings the result is taken as it is.
pub(crate) fn simpson(
    f: &impl Fn(f64) -> f64,
    a: (f64, f64),
    m: (f64, f64),
    b: (f64, f64),
    tolerance: f64,
    depth: u32,
) -> f64 {
    let rule =
        |a: (f64, f64), m: (f64, f64), b: (f64, f64)| (b.0 - a.0) / 6.0 * (a.1 + 4.0 * m.1 + b.1);
    let point = |x: f64| (x, f(x));
    let (l, r) = (point(f64::midpoint(a.0, m.0)), point(f64::midpoint(m.0, b.0)));
    let (whole, halves) = (rule(a, m, b), rule(a, l, m) + rule(m, r, b));
    if depth == 0 || (halves - whole).abs() <= 15.0 * tolerance * (b.0 - a.0) {
        return halves + (halves - whole) / 15.0;
    }
    simpson(f, a, l, m, tolerance, depth - 1) + simpson(f, m, r, b, tolerance, depth - 1)
}

pub(crate) fn risk_at_focus(job: &Job, image: &Image, threshold: f64, sigma_cd_nm: f64) -> f64 {
    let Doses(ranges) = allowed(image, job, threshold);
    let spread = |width: f64, dose: f64| {
        if sigma_cd_nm == 0.0 {
            return job.dose_sigma;
        }
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
    // A dark line is widest at the least dose, a trench at the greatest.
    let width = |sign: f64| job.cd_nm * (1.0 + sign * image.sign() * job.cd_tolerance);
    let miss = |&(low, high): &(f64, f64)| {
        tail(1.0 - low, spread(width(1.0), low)) + tail(high - 1.0, spread(width(-1.0), high))
    };
    let hit: f64 = ranges.iter().map(|range| (1.0 - miss(range)).max(0.0)).sum();
    (1.0 - hit).clamp(0.0, 1.0)
}
