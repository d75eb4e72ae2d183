//! Features of a job for a learner: its parameters, dimensionless groups and a coarse aerial image.
//!
//! A learner that sees only raw parameters has to discover diffraction by itself. These features hand
//! it the part that is known: Rayleigh units, the distance from the cut-off, and one Abbe image from a
//! few dozen source points, good to a few percent, in a few microseconds. They are inputs of a
//! prediction, never an answer: the exact image is the business of the rest of this crate.

use thiserror::Error;

use crate::check::Job;
use crate::coarse::{CoarseImage, CoarseWindow, LATITUDE};
use crate::job::{Imaging, JobParameters, MaskKind, Polarization};
use crate::source::Source;

/// Names of the job's own values, the first features, as they stand in files.
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

/// Names of the derived features, which follow.
pub const DERIVED_NAMES: [&str; 20] = [
    "ln_wavelength",
    "k1",
    "pitch_over_cutoff",
    "cutoff_margin",
    "inner_margin",
    "duty",
    "mask_bias_rel",
    "blur_rel",
    "focus_sigma_rayleigh",
    "resist_rayleigh",
    "ln_photons_edge",
    "coarse_intensity_edge",
    "coarse_nils",
    "coarse_nils_defocused",
    "coarse_el_pct",
    "coarse_ln_dof",
    "coarse_dof_nm",
    "coarse_meef",
    "coarse_ln_ler3s",
    "coarse_yield_risk",
];

/// Number of all features.
pub const FEATURES: usize = PARAMETER_NAMES.len() + DERIVED_NAMES.len();

/// How a job prints, as the coarse image sees it. Intervals hold within each regime by itself;
/// [`crate::printing`] has the rule for the exact image.
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

/// What a learner sees of a job.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Features {
    /// Values of [`PARAMETER_NAMES`], then of [`DERIVED_NAMES`]; all finite.
    pub values: [f64; FEATURES],
    /// How the job prints.
    pub regime: Regime,
}

/// Why a job has no features: it differs from a line under an annular source in a way that they do not
/// express.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the features do not express `{field}`: {what}")]
pub struct NotExpressed {
    /// The field of the job contract.
    pub field: &'static str,
    /// What it says.
    pub what: &'static str,
}

/// Features of a job.
///
/// # Errors
/// [`NotExpressed`] for a source, mask or setting that no feature carries: a model could not tell such a
/// job from another.
pub fn features(job: &Job) -> Result<Features, NotExpressed> {
    let line = LineSpace::of(job)?;
    let rayleigh_nm = line.wavelength_nm / (line.na * line.na);
    let nu = line.wavelength_nm / (line.pitch_nm * line.na);
    let image = CoarseImage::of(&line, nu, rayleigh_nm);
    let window = CoarseWindow::of(&line, &image, rayleigh_nm);
    let values = [
        line.wavelength_nm,
        line.na,
        line.sigma_in,
        line.sigma_out,
        line.pitch_nm,
        line.cd_nm,
        line.mask_cd_nm - line.cd_nm,
        line.dose_mj_cm2,
        100.0 * line.dose_sigma,
        line.resist_thickness_nm,
        line.blur_nm,
        line.focus_sigma_nm,
        line.wavelength_nm.ln(),
        line.cd_nm * line.na / line.wavelength_nm,
        nu,
        1.0 + line.sigma_out - nu,
        1.0 + line.sigma_in - nu,
        line.cd_nm / line.pitch_nm,
        line.mask_cd_nm / line.cd_nm - 1.0,
        line.blur_nm / line.cd_nm,
        line.focus_sigma_nm / rayleigh_nm,
        line.resist_thickness_nm / rayleigh_nm,
        window.photons_edge_nm2.max(1e-9).ln(),
        window.intensity_edge,
        window.nils,
        window.nils_defocused,
        window.el_pct,
        (1.0 + window.dof_nm).ln(),
        window.dof_nm,
        window.meef,
        window.ler3s_nm.max(1e-9).ln(),
        window.yield_risk,
    ];
    let regime = if nu > 1.0 + line.sigma_out {
        Regime::NoImage
    } else if window.el_pct < 100.0 * LATITUDE {
        Regime::NoWindow
    } else {
        Regime::Window
    };
    Ok(Features { values, regime })
}

/// A dark line in a clear field under an annular source; `sigma_in` 0 is the disc.
pub(crate) struct LineSpace {
    pub wavelength_nm: f64,
    pub na: f64,
    pub medium_index: f64,
    pub vector: bool,
    pub sigma_in: f64,
    pub sigma_out: f64,
    pub pitch_nm: f64,
    pub cd_nm: f64,
    pub mask_cd_nm: f64,
    pub dose_mj_cm2: f64,
    pub dose_sigma: f64,
    pub resist_thickness_nm: f64,
    pub resist_index: f64,
    pub absorption_per_um: f64,
    pub blur_nm: f64,
    pub focus_sigma_nm: f64,
    pub segment_nm: f64,
}

impl LineSpace {
    fn of(job: &Job) -> Result<Self, NotExpressed> {
        let (sigma_in, sigma_out) = match job.source {
            Source::Conventional { sigma } => (0.0, sigma),
            Source::Annular { sigma_in, sigma_out } => (sigma_in, sigma_out),
            Source::Dipole { .. } | Source::Point { .. } => {
                return Err(NotExpressed { field: "source", what: "neither disc nor ring" });
            }
        };
        let Some(dose_mj_cm2) = job.dose_mj_cm2 else {
            return Err(NotExpressed { field: "dose_mj_cm2", what: "the job gives no dose" });
        };
        if let Some(field) = unusual(&job.parameters) {
            return Err(NotExpressed { field, what: "it is not at its default" });
        }
        Ok(LineSpace {
            wavelength_nm: job.optics.wavelength_nm,
            na: job.optics.na,
            medium_index: job.optics.medium_index,
            vector: job.optics.vector.is_some(),
            sigma_in,
            sigma_out,
            pitch_nm: job.pitch_nm,
            cd_nm: job.cd_nm,
            mask_cd_nm: job.mask_cd_nm,
            dose_mj_cm2,
            dose_sigma: job.dose_sigma,
            resist_thickness_nm: job.resist.thickness_nm,
            resist_index: job.resist.index,
            absorption_per_um: job.resist.absorption_per_um,
            blur_nm: job.resist.blur_nm,
            focus_sigma_nm: job.focus_sigma_nm,
            segment_nm: job.segment_nm,
        })
    }
}

/// The first setting that differs from its default and that no feature carries.
fn unusual(p: &JobParameters) -> Option<&'static str> {
    [
        ("medium_index", p.medium_index.is_some()),
        ("imaging", p.imaging != Imaging::Auto),
        ("polarization", p.polarization != Polarization::Unpolarized),
        ("mask", p.mask != MaskKind::Binary),
        ("resist_index", p.resist_index.is_some()),
        ("absorption_per_um", p.absorption_per_um.is_some()),
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
        let mut p = JobParameters::new(193.0, 0.9, 300.0, 150.0);
        p.dose_mj_cm2 = Some(25.0);
        p.sigma = Some(0.28);
        change(&mut p);
        p.check().unwrap()
    }

    fn value(job: &Job, name: &str) -> f64 {
        let all = PARAMETER_NAMES.iter().chain(&DERIVED_NAMES);
        let at = all.into_iter().position(|n| *n == name).unwrap();
        features(job).unwrap().values[at]
    }

    /// Three beams that all pass from every source point: `NILS = 8`, intensity 1/4 at the edge.
    #[test]
    fn three_beams_are_exact() {
        let job = job(|p| p.imaging = Imaging::Auto);
        let mut scalar = LineSpace::of(&job).unwrap();
        scalar.vector = false;
        let nu = 193.0 / (300.0 * 0.9);
        let image = CoarseImage::of(&scalar, nu, 193.0 / 0.81);
        let window = CoarseWindow::of(&scalar, &image, 193.0 / 0.81);
        // The weights of a disc by a few points add up to one within a percent.
        assert!((window.nils - 8.0).abs() < 1e-9, "{}", window.nils);
        assert!((window.intensity_edge - 0.25).abs() < 0.01);
    }

    /// Computed values of an independent program: ArF, NA 0.75, disc 0.7, pitch 260.
    #[test]
    fn a_dense_line_is_close_to_the_exact_image() {
        let job = job(|p| {
            (p.na, p.pitch_nm, p.cd_nm, p.sigma) = (0.75, 260.0, 130.0, Some(0.7));
        });
        for (name, exact) in [
            ("coarse_nils", 2.5703399126191986),
            ("coarse_el_pct", 26.020183253818385),
            ("coarse_dof_nm", 637.8074560593633),
            ("coarse_meef", 1.1533048480823815),
        ] {
            let ratio = value(&job, name) / exact;
            assert!((ratio - 1.0).abs() < 0.06, "{name}: {ratio}");
        }
        assert_eq!(features(&job).unwrap().regime, Regime::Window);
    }

    /// Pitch 120 at NA 0.9 and sigma 0.7 is beyond `1 + sigma`: no first order.
    #[test]
    fn beyond_the_cutoff_there_is_no_image() {
        let job = job(|p| (p.pitch_nm, p.cd_nm, p.sigma) = (120.0, 60.0, Some(0.7)));
        let found = features(&job).unwrap();
        assert_eq!(found.regime, Regime::NoImage);
        assert_eq!(value(&job, "coarse_nils"), 0.0);
        assert!(found.values.iter().all(|v| v.is_finite()));
    }

    #[test]
    fn what_no_feature_carries_is_refused() {
        let dipole = job(|p| {
            p.sigma = None;
            p.source = Some(crate::job::SourceKind::Dipole);
            (p.pole_center, p.pole_radius) = (Some(0.6), Some(0.2));
        });
        assert_eq!(
            features(&dipole).unwrap_err().to_string(),
            "the features do not express `source`: neither disc nor ring"
        );
        let tilted = job(|p| p.polarization = Polarization::Te);
        assert_eq!(features(&tilted).unwrap_err().field, "polarization");
        assert_eq!(features(&job(|p| p.dose_mj_cm2 = None)).unwrap_err().field, "dose_mj_cm2");
    }

    #[test]
    fn extreme_jobs_stay_finite() {
        for pitch in [1.0, 37.0, 500.0, 20_000.0] {
            for (wavelength, na) in [(13.5, 0.1), (13.5, 0.55), (193.0, 1.35), (436.0, 0.65)] {
                let mut p = JobParameters::new(wavelength, na, pitch, pitch / 3.0);
                p.dose_mj_cm2 = Some(0.1);
                p.focus_sigma_nm = Some(0.0);
                p.dose_sigma_pct = Some(0.0);
                let found = features(&p.check().unwrap()).unwrap();
                assert!(found.values.iter().all(|v| v.is_finite()), "{pitch} {wavelength} {na}");
            }
        }
    }
}
