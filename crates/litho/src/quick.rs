//! Instant estimates by formula, which do not depend on the source's shape, the mask or the resist.

use std::f64::consts::PI;

use serde::Serialize;

use crate::check::Job;

/// Smallest half pitch by Rayleigh: k1 lambda / NA (k1 from 0.25, the limit of any optics, to about 0.61).
#[must_use]
pub fn resolution_nm(wavelength_nm: f64, na: f64, k1: f64) -> f64 {
    k1 * wavelength_nm / na
}

/// Depth of focus by Rayleigh in the paraxial limit: k2 lambda / NA², for a dry lens of small aperture.
///
/// At NA 0.9 it overstates the depth by 1.4, and it fails altogether for immersion: see [`depth_of_focus_nm`].
#[must_use]
pub fn depth_of_focus_paraxial_nm(wavelength_nm: f64, na: f64, k2: f64) -> f64 {
    k2 * wavelength_nm / (na * na)
}

/// Depth of focus by Rayleigh at any aperture below the index `n` of the medium.
///
/// # Formula
///
/// k2 lambda / (2 (n - sqrt(n² - NA²))): the defocus that puts a phase of pi k2 between axis and rim, times k2's usual
/// meaning. It becomes n k2 lambda / NA² for a small aperture (the usual paraxial formula leaves n out).
#[must_use]
pub fn depth_of_focus_nm(wavelength_nm: f64, na: f64, n: f64, k2: f64) -> f64 {
    k2 * wavelength_nm * (n + ((n - na) * (n + na)).max(0.0).sqrt()) / (2.0 * na * na)
}

/// Contrast that incoherent light transfers at a spatial frequency, given as a fraction of the
/// cut-off 2 NA / lambda.
///
/// # Formula
///
/// (2/pi)(acos v - v sqrt(1 - v²)), the area that two pupils share; 0 from the cut-off on, and even
/// in v. It is exact for sigma of at least 1 and neglects coherence below: at sigma 0.5 a frequency
/// of v = 0.3 is still transferred fully.
#[must_use]
pub fn mtf(f_over_cutoff: f64) -> f64 {
    let v = f_over_cutoff.abs();
    if v >= 1.0 {
        return 0.0;
    }
    2.0 / PI * (v.acos() - v * ((1.0 - v) * (1.0 + v)).sqrt())
}

/// The estimates for one job.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// Process factor k1 of the half pitch: pitch NA / (2 lambda). No optics resolve a pitch with
    /// less than 0.25.
    pub k1_half_pitch: f64,
    /// Least half pitch at k1 = 0.25.
    pub resolution_nm: f64,
    /// Depth of focus at k2 = 0.5, by the formula for any aperture.
    pub dof_nm: f64,
    /// Depth of focus at k2 = 0.5 by the paraxial formula k2 lambda / NA².
    pub dof_paraxial_nm: f64,
    /// Spatial frequency of the pitch divided by the cut-off 2 NA/lambda: the argument of [`mtf`].
    pub f_over_cutoff: f64,
    /// Incoherent contrast transfer at the pitch.
    pub mtf: f64,
}

impl Estimate {
    /// Estimates a job.
    #[must_use]
    pub fn of(job: &Job) -> Self {
        let o = &job.optics;
        let f_over_cutoff = o.wavelength_nm / (2.0 * o.na * job.pitch_nm);
        Self {
            k1_half_pitch: job.pitch_nm * o.na / (2.0 * o.wavelength_nm),
            resolution_nm: resolution_nm(o.wavelength_nm, o.na, 0.25),
            dof_nm: depth_of_focus_nm(o.wavelength_nm, o.na, o.medium_index, 0.5),
            dof_paraxial_nm: depth_of_focus_paraxial_nm(o.wavelength_nm, o.na, 0.5),
            f_over_cutoff,
            mtf: mtf(f_over_cutoff),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rayleigh_as_in_the_textbooks() {
        // Mack, Fundamental Principles of Optical Lithography, 2007: ArF at NA 0.75.
        assert!((resolution_nm(193.0, 0.75, 0.25) - 64.333).abs() < 1e-3);
        assert!((depth_of_focus_paraxial_nm(193.0, 0.75, 0.5) - 171.556).abs() < 1e-3);
    }

    #[test]
    fn the_general_depth_of_focus_has_the_paraxial_one_as_its_limit() {
        let (general, paraxial) = (
            depth_of_focus_nm(193.0, 1e-3, 1.0, 0.5),
            depth_of_focus_paraxial_nm(193.0, 1e-3, 0.5),
        );
        assert!((general / paraxial - 1.0).abs() < 1e-6);
        assert!(
            depth_of_focus_nm(193.0, 0.9, 1.0, 0.5)
                < 0.75 * depth_of_focus_paraxial_nm(193.0, 0.9, 0.5)
        );
    }

    #[test]
    fn mtf_is_exact_at_known_frequencies() {
        assert!((mtf(0.0) - 1.0).abs() < 1e-15);
        assert!((mtf(0.25) - 0.685_037_642_474_292_7).abs() < 1e-14);
        assert!((mtf(-0.75) - 0.144_293_612_814_387_52).abs() < 1e-14);
        assert_eq!(mtf(1.0), 0.0);
        assert_eq!(mtf(1.3), 0.0);
    }
}
