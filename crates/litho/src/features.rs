//! Features of a job that determine its results: scaled optics, and a coarse run of the physics.

use crate::check::Job;
use crate::noise::Noise;
use crate::quick::mtf;
use crate::stack::ImageStack;
use crate::strict::{Doses, allowed};
use crate::tcc::Tcc;
use crate::yield_risk::risk_at_focus;

/// Names of the features, in the order of [`features`]. Those that follow from the process window
/// contain `strict`. Earlier features counted other doses than those that print one line a pitch;
/// they had other names, so that a model that was trained on them is not mixed up with these.
pub const FEATURES: [&str; 25] = [
    "k1",
    "pitch_na",
    "duty",
    "bias_share",
    "sigma_reach",
    "order_margin",
    "mtf",
    "immersion",
    "blur_damping",
    "blur_units",
    "focus_sigma_units",
    "resist_depth_units",
    "log_photons",
    "intensity_edge",
    "nils",
    "log_nils",
    "el_strict_pct",
    "meef",
    "log_ler3s",
    "log_sigma_cd",
    "el_third_strict_pct",
    "el_two_thirds_strict_pct",
    "el_end_strict_pct",
    "dof_strict_units",
    "yield_risk_strict",
];

/// Tolerance of the coarse run.
const COARSE: f64 = 1e-3;

/// Numbers of focus values for the coarse window and for the coarse yield.
const WINDOW_POINTS: usize = 7;
const YIELD_POINTS: usize = 5;

/// Features of a job; every value is finite, whether the job prints or not.
///
/// Focus and lengths are in units of lambda/NA² and lambda/NA. Where a quantity does not exist (a job that does not print)
/// its feature takes the value of the worst job that does: EL 0, MEEF and LER at their caps, yield risk 1.
#[must_use]
pub fn features(job: &Job) -> [f64; FEATURES.len()] {
    let o = &job.optics;
    let length = o.wavelength_nm / o.na;
    let depth = length / o.na;
    let step = 1.5 * depth / (WINDOW_POINTS - 1) as f64;
    let farthest = (1.5 * depth).max((YIELD_POINTS - 1) as f64 * job.focus_sigma_nm);
    let tcc = Tcc::new(job, farthest, COARSE);
    let stack = ImageStack::new(job, &tcc);
    let best = stack.image(0.0);
    let edge = job.cd_nm / 2.0;
    let threshold = job.resist.threshold.unwrap_or_else(|| best.at(edge));
    let nils = best.nils(job.cd_nm).unwrap_or(0.0);
    let meef = -2.0 * ImageStack::mask_slope(job, &tcc).image(0.0).at(edge) / best.slope(edge);
    let meef = if nils > 0.0 && meef.is_finite() { meef.clamp(0.0, MEEF_CAP) } else { MEEF_CAP };
    let noise = Noise::of(job, best.at(edge), Some(nils.max(NILS_FLOOR)));
    let sigma_cd = noise.and_then(|n| n.sigma_cd_segment_nm);
    let el = latitudes(job, &stack, step, threshold);
    let frequency = o.wavelength_nm / (o.na * job.mask.period_nm(job.pitch_nm));
    [
        job.cd_nm / length,
        job.pitch_nm / length,
        job.cd_nm / job.pitch_nm,
        (job.mask_cd_nm - job.cd_nm) / job.pitch_nm,
        job.source.reach(),
        1.0 + job.source.reach() - frequency,
        mtf(frequency / 2.0),
        o.medium_index - 1.0,
        (-2.0 * (std::f64::consts::PI * job.resist.blur_nm / job.pitch_nm).powi(2)).exp(),
        job.resist.blur_nm / length,
        job.focus_sigma_nm / depth,
        job.resist.thickness_nm / (job.resist.index * depth),
        noise.map_or(0.0, |n| n.photons_absorbed_nm2.max(1e-6).ln()),
        best.at(edge),
        nils,
        nils.max(NILS_FLOOR).ln(),
        100.0 * el[0],
        meef,
        noise.and_then(|n| n.ler3s_nm).map_or(0.0, f64::ln),
        sigma_cd.map_or(0.0, |s| (s / job.cd_nm).ln()),
        100.0 * el[WINDOW_POINTS / 3],
        100.0 * el[2 * WINDOW_POINTS / 3],
        100.0 * el[WINDOW_POINTS - 1],
        dof(&el, job.el_min, step) / depth,
        if nils > 0.0 { coarse_risk(job, &stack, threshold, sigma_cd.unwrap_or(0.0)) } else { 1.0 },
    ]
}

/// Mask error above which features no longer tell jobs apart.
const MEEF_CAP: f64 = 15.0;

/// NILS below which roughness is extrapolated no further.
const NILS_FLOOR: f64 = 0.05;

/// Exposure latitude common to all focus up to each one; 0 where there is none.
fn latitudes(job: &Job, stack: &ImageStack, step: f64, threshold: f64) -> [f64; WINDOW_POINTS] {
    let mut common = Doses(vec![(0.0, f64::INFINITY)]);
    std::array::from_fn(|i| {
        if !common.0.is_empty() {
            let doses = allowed(&stack.image(step * i as f64), job, threshold);
            common = common.intersect(&doses);
        }
        common.latitude()
    })
}

fn dof(el: &[f64], least: f64, step: f64) -> f64 {
    let Some(first) = el.iter().position(|&e| e < least) else {
        return 2.0 * step * (el.len() - 1) as f64;
    };
    if first == 0 {
        return 0.0;
    }
    let (a, b) = (el[first - 1], el[first]);
    2.0 * step * (first as f64 - 1.0 + (a - least) / (a - b))
}

/// The yield risk by the trapezoidal rule at steps of one standard deviation of focus.
fn coarse_risk(job: &Job, stack: &ImageStack, threshold: f64, sigma_cd_nm: f64) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for i in 0..YIELD_POINTS {
        let t = i as f64;
        let share = (-t * t / 2.0).exp() * if i == 0 { 1.0 } else { 2.0 };
        sum += share
            * risk_at_focus(job, &stack.image(t * job.focus_sigma_nm), threshold, sigma_cd_nm);
        weight += share;
    }
    sum / weight
}
