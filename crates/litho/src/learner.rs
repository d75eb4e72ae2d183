//! The row of numbers by which a learner describes a job: its parameters, and [`crate::features`].
//!
//! A learner that gets only raw parameters has to discover diffraction by itself. The features give
//! it the known part. They are inputs of a prediction, never its result: the deviation of a fab's
//! measurements from the physics is what a learner is there to learn.

use thiserror::Error;

use crate::check::Job;
use crate::features::{FEATURES, features};
use crate::job::{Imaging, JobParameters, MaskKind, Polarization, Tone};
use crate::source::Source;

/// Names of the job's own values, as in files; they are the first values of a row.
pub const PARAMETER_NAMES: [&str; 12] = [
    "wavelength_nm",
    "na",
    "sigma_in",
    "sigma_out",
    "pitch_nm",
    "cd_nm",
    "mask_bias_nm",
    "dose_mj_cm2",
    "dose_sigma_pct",
    "resist_thickness_nm",
    "blur_nm",
    "focus_sigma_nm",
];

/// Names of the values that follow the parameters and the features: the same physics in the units
/// of the results.
pub const SCALED_NAMES: [&str; 3] = ["coarse_dof_nm", "coarse_ln_dof", "coarse_ln_ler3s"];

/// Number of values of a row.
pub const VALUES: usize = PARAMETER_NAMES.len() + FEATURES.len() + SCALED_NAMES.len();

/// Names of the values of a row, in order.
pub fn names() -> impl Iterator<Item = &'static str> {
    PARAMETER_NAMES.into_iter().chain(FEATURES).chain(SCALED_NAMES)
}

/// How a job prints, judged by the coarse image of the features. The intervals of predictions are
/// calibrated within each regime separately; [`crate::printing`] has the rule for the exact image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Regime {
    /// No first order passes the pupil from any point of the source: there is no image.
    NoImage,
    /// There is an image, but its exposure latitude at best focus is below 5 %: no depth of focus.
    NoWindow,
    /// It has a process window.
    Window,
}

impl Regime {
    /// All regimes, in order.
    pub const ALL: [Regime; 3] = [Regime::NoImage, Regime::NoWindow, Regime::Window];

    /// Name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Regime::NoImage => "no_image",
            Regime::NoWindow => "no_window",
            Regime::Window => "window",
        }
    }
}

/// The description of a job for a learner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Values of [`names`]; all finite.
    pub values: [f64; VALUES],
    /// How the job prints.
    pub regime: Regime,
}

/// Why a job has no row: it differs from a line under a disc or a ring in a way that no value of a
/// row expresses.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no feature expresses `{field}`: {what}")]
pub struct NotExpressed {
    /// The field of the job contract.
    pub field: &'static str,
    /// What is special about it.
    pub what: &'static str,
}

/// The row of a job.
///
/// # Errors
/// [`NotExpressed`] for a source, mask or setting that no value of a row expresses: a model could
/// not distinguish such a job from another.
pub fn row(job: &Job) -> Result<Row, NotExpressed> {
    let (sigma_in, sigma_out) = match job.source {
        Source::Conventional { sigma } => (0.0, sigma),
        Source::Annular { sigma_in, sigma_out } => (sigma_in, sigma_out),
        Source::Dipole { .. } | Source::Quadrupole { .. } | Source::Point { .. } => {
            return Err(NotExpressed { field: "source", what: "neither disc nor ring" });
        }
    };
    let Some(dose_mj_cm2) = job.dose_mj_cm2 else {
        return Err(NotExpressed { field: "dose_mj_cm2", what: "the job gives no dose" });
    };
    if let Some(field) = unusual(&job.parameters) {
        return Err(NotExpressed { field, what: "it is not at its default" });
    }
    let optics = &job.optics;
    let parameters = [
        optics.wavelength_nm,
        optics.na,
        sigma_in,
        sigma_out,
        job.pitch_nm,
        job.cd_nm,
        job.mask_cd_nm - job.cd_nm,
        dose_mj_cm2,
        100.0 * job.dose_sigma,
        job.resist.thickness_nm,
        job.resist.blur_nm,
        job.focus_sigma_nm,
    ];
    let features = features(job);
    let feature = |name: &str| {
        let at = FEATURES.iter().position(|feature| *feature == name);
        at.map_or(f64::NAN, |at| features[at])
    };
    let dof_nm = feature("dof_strict_units") * optics.wavelength_nm / (optics.na * optics.na);
    // Roughness is proportional to 1/NILS, which the feature follows only down to its floor. No
    // edge is rougher than its line is wide; where nothing prints the width is the only bound.
    let (nils, widest) = (feature("nils"), job.cd_nm.ln());
    let unfloored = feature("log_ler3s") + feature("log_nils") - nils.max(f64::MIN_POSITIVE).ln();
    let ln_ler3s = if nils > 0.0 { unfloored.min(widest) } else { widest };
    let scaled = [dof_nm, dof_nm.ln_1p(), ln_ler3s];
    let mut values = [0.0; VALUES];
    let all = parameters.into_iter().chain(features).chain(scaled);
    values.iter_mut().zip(all).for_each(|(to, from)| *to = from);
    let regime = if feature("order_margin") < 0.0 {
        Regime::NoImage
    } else if feature("el_strict_pct") < 100.0 * job.el_min {
        Regime::NoWindow
    } else {
        Regime::Window
    };
    Ok(Row { values, regime })
}

/// The first field that differs from its default and that no feature expresses.
fn unusual(p: &JobParameters) -> Option<&'static str> {
    [
        ("medium_index", p.medium_index.is_some()),
        ("imaging", p.imaging != Imaging::Auto),
        ("polarization", p.polarization != Polarization::Unpolarized),
        ("mask", p.mask != MaskKind::Binary),
        ("assist_nm", p.assist_nm.is_some()),
        ("resist_index", p.resist_index.is_some()),
        ("absorption_per_um", p.absorption_per_um.is_some()),
        ("tone", p.tone != Tone::Line),
        ("flare", p.flare != 0.0),
        ("placement_tol_nm", p.placement_tol_nm.is_some()),
        ("threshold", p.threshold.is_some()),
        ("defocus_nm", p.defocus_nm != 0.0),
        ("cd_tolerance_pct", p.cd_tolerance_pct.is_some_and(|v| v != 10.0)),
        ("el_min_pct", p.el_min_pct.is_some_and(|v| v != 5.0)),
        ("segment_nm", p.segment_nm.is_some_and(|v| v != 50.0)),
    ]
    .into_iter()
    .find(|(_, differs)| *differs)
    .map(|(field, _)| field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(change: impl FnOnce(&mut JobParameters)) -> Job {
        let mut p = JobParameters::new(193.0, 0.75, 260.0, 130.0);
        (p.dose_mj_cm2, p.sigma) = (Some(25.0), Some(0.7));
        (p.blur_nm, p.resist_thickness_nm) = (10.0, 100.0);
        change(&mut p);
        p.check().expect("a sound job")
    }

    fn value(job: &Job, name: &str) -> f64 {
        let at = names().position(|n| n == name).expect("a known name");
        row(job).expect("a row").values[at]
    }

    #[test]
    fn parameters_stand_under_their_names() {
        let job = job(|p| (p.sigma, p.sigma_in, p.sigma_out) = (None, Some(0.3), Some(0.8)));
        for (name, wanted) in
            [("na", 0.75), ("sigma_in", 0.3), ("sigma_out", 0.8), ("cd_nm", 130.0), ("duty", 0.5)]
        {
            assert_eq!(value(&job, name), wanted, "{name}");
        }
    }

    /// Computed by an independent program: ArF, NA 0.75, disc 0.7, pitch 260, no blur: DoF 637.8 nm.
    #[test]
    fn coarse_depth_of_focus_is_close_to_the_exact_one() {
        let job = job(|p| (p.blur_nm, p.resist_thickness_nm) = (0.0, 0.0));
        let ratio = value(&job, "coarse_dof_nm") / 637.8074560593633;
        assert!((ratio - 1.0).abs() < 0.06, "{ratio}");
        assert_eq!(row(&job).map(|r| r.regime), Ok(Regime::Window));
    }

    /// Pitch 120 at NA 0.9 and sigma 0.7 is beyond the cutoff `1 + sigma`: no first order passes.
    #[test]
    fn beyond_the_cutoff_there_is_no_image() {
        let job = job(|p| (p.na, p.pitch_nm, p.cd_nm) = (0.9, 120.0, 60.0));
        assert_eq!(row(&job).map(|r| r.regime), Ok(Regime::NoImage));
        assert!((value(&job, "coarse_ln_ler3s") - 60f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn what_no_value_carries_is_refused() {
        let dipole = job(|p| {
            (p.sigma, p.source) = (None, Some(crate::job::SourceKind::Dipole));
            (p.pole_center, p.pole_radius) = (Some(0.6), Some(0.2));
        });
        assert_eq!(
            row(&dipole).map(|_| ()).unwrap_err().to_string(),
            "no feature expresses `source`: neither disc nor ring"
        );
        let refused = |job: Job| row(&job).map(|_| ()).unwrap_err().field;
        assert_eq!(refused(job(|p| p.polarization = Polarization::Te)), "polarization");
        assert_eq!(refused(job(|p| p.dose_mj_cm2 = None)), "dose_mj_cm2");
    }

    #[test]
    fn extreme_jobs_stay_finite() {
        for pitch in [1.0, 37.0, 500.0, 2000.0] {
            for (wavelength, na) in [(13.5, 0.1), (13.5, 0.55), (193.0, 1.35), (436.0, 0.65)] {
                let pitch = f64::min(pitch, 39.9 * wavelength / na);
                let mut p = JobParameters::new(wavelength, na, pitch, pitch / 3.0);
                (p.dose_mj_cm2, p.focus_sigma_nm, p.dose_sigma_pct) =
                    (Some(0.1), Some(0.0), Some(0.0));
                let values = row(&p.check().expect("sound")).expect("a row").values;
                let bad = names().zip(values).find(|(_, v)| !v.is_finite());
                assert_eq!(bad, None, "{pitch} {wavelength} {na}");
            }
        }
    }
}
